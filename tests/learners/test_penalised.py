from __future__ import annotations

import numpy as np
import pytest

from journeyman.learners import penalised
from journeyman.learners.penalised import Path, chosen
from journeyman.plan.losses import losses
from journeyman.plan.target import Target

TASKS = {"squared": "regression", "absolute": "regression", "poisson": "regression", "logistic": "binary"}


def example(loss: str, rows: int, columns: int) -> tuple[np.ndarray, Target]:
    random = np.random.default_rng(8)
    design = random.normal(size=(rows, columns)) + 0.5
    signal = design[:, 0] - 0.5 * design[:, 1]
    weights = random.uniform(0.5, 2.0, rows)
    if loss == "logistic":
        values = (signal + random.logistic(size=rows) > 0).astype(float)
        return design, Target(task="binary", values=values, classes=("no", "yes"), weights=weights)
    values = (
        random.poisson(np.exp(signal / 2)).astype(float) if loss == "poisson" else signal + random.normal(size=rows)
    )
    return design, Target(task="regression", values=values, weights=weights)


@pytest.mark.parametrize("loss", TASKS)
@pytest.mark.parametrize("columns", [4, 60])
@pytest.mark.parametrize("strength", [0.5, 50.0])
def test_no_small_step_makes_a_solution_better(loss: str, columns: int, strength: float) -> None:
    design, target = example(loss, 40, columns)
    coefficients, intercepts = Path(design, target, loss).at(strength)
    weights = target.weights / target.weights.mean()

    def cost(by: np.ndarray, start: np.ndarray) -> float:
        score = design @ by + start
        if loss == "absolute":
            # What is minimised is rounded off near 0.
            middle = np.median(target.values)
            rounding = 0.1 * np.median(np.abs(target.values - middle))
            each = np.sqrt((score[:, 0] - target.values) ** 2 + rounding**2)
        else:
            each = losses(score, target, loss)
        return float(weights @ each) + 0.5 * strength * float((by**2).sum())

    best = cost(coefficients, intercepts)
    for place in range(columns):
        for size in (-0.03, 0.03):
            moved = coefficients.copy()
            moved[place] += size
            assert cost(moved, intercepts) > best - 1e-4 * abs(best)
    assert cost(coefficients, intercepts + 0.03) > best - 1e-4 * abs(best)


@pytest.mark.parametrize("products", [0, 10**9])
def test_many_classes_agree_with_scikit_learn(products: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(penalised, "NEWTON_PRODUCTS", products)
    from sklearn.linear_model import LogisticRegression

    random = np.random.default_rng(9)
    design = random.normal(size=(300, 5))
    codes = np.digitize(design[:, 0] + random.normal(size=300), [-0.5, 0.5]).astype(float)
    coefficients, intercepts = Path(
        design, Target(task="multiclass", values=codes, classes=("a", "b", "c")), "logistic"
    ).at(2)
    theirs = LogisticRegression(C=0.5, tol=1e-8, max_iter=1000).fit(design, codes)
    ours = design @ coefficients + intercepts
    wanted = theirs.decision_function(design)
    np.testing.assert_allclose(
        ours - ours.mean(axis=1, keepdims=True), wanted - wanted.mean(axis=1, keepdims=True), atol=0.02
    )


def test_collinear_spectra_want_a_weak_penalty_and_noise_a_strong_one() -> None:
    random = np.random.default_rng(10)
    base = np.cumsum(random.normal(size=(120, 80)) * 0.02, axis=1) + random.normal(size=(120, 1))
    design = (base - base.mean(axis=0)) / base.std(axis=0)
    values = 50 * (design[:, 40] - design[:, 41]) + 50 * (design[:, 10] - design[:, 12])
    strengths = tuple(10.0 ** np.arange(4, -6.1, -0.5))
    assert chosen(design, Target(task="regression", values=values), "squared", strengths) < 0.1
    noise = Target(task="regression", values=random.normal(size=120))
    assert chosen(random.normal(size=(120, 80)), noise, "squared", strengths) >= 100


def test_groups_stay_together_when_the_strength_is_chosen() -> None:
    random = np.random.default_rng(11)
    groups = np.repeat(np.arange(30), 4)
    design = np.eye(30)[groups] * 5
    values = random.normal(size=30)[groups] + random.normal(size=120) * 0.1
    alone = Target(task="regression", values=values)
    together = Target(task="regression", values=values, groups=groups, fold_kind="entity")
    strengths = (1e4, 1.0)
    assert chosen(design, alone, "squared", strengths) < chosen(design, together, "squared", strengths)
