from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from journeyman.learners.additive import Additive
from journeyman.learners.learner import Problem
from journeyman.plan.target import Target
from journeyman.table.columns import Columns

QUICK = Additive(rounds=150, rate=0.1, patience=20)


def columns_of(numbers: np.ndarray, codes: tuple[str, ...] = ()) -> Columns:
    names = [f"x{place}" for place in range(numbers.shape[1])]
    return Columns.of(rows=len(numbers), numbers=numbers, number_names=names, code_names=codes)


def table(rows: int = 1200) -> tuple[np.ndarray, np.ndarray]:
    """A wave, a level's value, and a pair of which neither column says anything alone."""
    random = np.random.default_rng(4)
    numbers = np.column_stack(
        [random.uniform(-2, 2, rows), random.integers(0, 5, rows), random.normal(size=rows), random.normal(size=rows)]
    )
    values = np.sin(2 * numbers[:, 0]) + np.array([0.0, 1.0, -1.0, 0.5, 0.0])[numbers[:, 1].astype(int)]
    return numbers, values + 1.5 * np.sign(numbers[:, 2] * numbers[:, 3]) + random.normal(0, 0.2, rows)


def test_curves_and_levels_are_found_and_pairs_only_where_they_are_asked_for() -> None:
    numbers, values = table()
    columns, target = columns_of(numbers, ("x1",)), Target(task="regression", values=values)
    errors = []
    for pairs in (0, 2):
        learner = replace(QUICK, pairs=pairs)
        state = learner.fit(columns, target)
        terms = learner.terms(state).terms
        assert [one.columns for one in terms if len(one.columns) == 2] == ([(2, 3)] if pairs else [])
        levels = next(one for one in terms if one.columns == (1,)).values[:5, 0]
        np.testing.assert_allclose(levels - levels[0], [0.0, 1.0, -1.0, 0.5, 0.0], atol=0.35)
        errors.append(np.std(learner.apply(state, columns).numbers[:, 0] - values))
    assert errors[1] < 0.5 < 1.2 < errors[0]


def test_a_score_is_exactly_the_sum_of_what_its_cells_say() -> None:
    numbers, values = table(400)
    columns = columns_of(numbers, ("x1",))
    learner = replace(QUICK, pairs=2)
    state = learner.fit(columns, Target(task="binary", values=(values > 0) * 1.0, classes=("no", "yes")))
    terms = learner.terms(state)
    score = sum(one.values[one.cells(numbers)] for one in terms.terms) + terms.intercept
    np.testing.assert_allclose(learner.apply(state, columns).numbers, 1 / (1 + np.exp(-score)), rtol=1e-12)
    for one in terms.terms:
        assert abs(one.rows @ one.values[:, 0]) < 1e-6 * len(numbers)
        assert one.rows.sum() == len(numbers)


def test_the_interval_holds_the_true_curve_for_most_rows() -> None:
    inside = []
    for seed in range(3):
        random = np.random.default_rng(seed)
        x = random.normal(size=(800, 2))
        curve = np.sin(2 * x[:, 0])
        target = Target(task="regression", values=curve + random.normal(size=800))
        learner = Additive()
        term = next(one for one in learner.terms(learner.fit(columns_of(x), target)).terms if one.columns == (0,))
        cells = term.cells(x)
        gap = np.abs(term.values[cells, 0] - (curve - curve.mean()))
        inside.append(np.mean(gap <= 2.776 * term.spread[cells, 0]))
        # Its width says something: it is no wider than the curve is high.
        assert 2.776 * term.spread[cells, 0].mean() < 1.0
    assert np.mean(inside) > 0.85


@pytest.mark.parametrize("task", ["binary", "regression"])
@pytest.mark.parametrize("loss", ["", "absolute"])
def test_directions_are_kept_even_against_the_rows(task: str, loss: str) -> None:
    random = np.random.default_rng(6)
    numbers = random.normal(size=(500, 3))
    values = np.sin(3 * numbers[:, 0]) - numbers[:, 1] + 0.3 * random.normal(size=500)
    target = Target(task="regression", values=values)
    if task == "binary":
        target = Target(task="binary", values=(values > 0) * 1.0, classes=("no", "yes"))
    learner = replace(QUICK, pairs=3, rising=("x0",), falling=("x1",), loss=loss)
    state = learner.fit(columns_of(numbers), target)
    for place, sign in ((0, 1), (1, -1)):
        rows = np.repeat(numbers[:20], 50, axis=0)
        rows[:, place] = np.tile(np.linspace(-4, 4, 50), 20)
        steps = np.diff(learner.apply(state, columns_of(rows)).numbers.reshape(20, 50), axis=1)
        assert (sign * steps).min() >= -1e-12
    free = replace(learner, rising=(), falling=())
    answers = free.apply(free.fit(columns_of(numbers), target), columns_of(rows)).numbers.reshape(20, 50)
    assert answers.std() > 0


def test_what_training_never_had_missing_or_seen_adds_nothing() -> None:
    numbers, values = table(400)
    columns = columns_of(numbers, ("x1",))
    state = QUICK.fit(columns, Target(task="regression", values=values))
    gone = np.full((1, 4), np.nan)
    intercept = QUICK.terms(state).intercept[0]
    assert QUICK.apply(state, columns_of(gone)).numbers[0, 0] == pytest.approx(intercept)


def test_missing_cells_that_tell_have_a_value_of_their_own() -> None:
    numbers, values = table(600)
    lost = np.random.default_rng(1).random(600) < 0.3
    numbers[lost, 2] = np.nan
    state = QUICK.fit(columns_of(numbers), Target(task="regression", values=values + 3.0 * lost))
    term = next(one for one in QUICK.terms(state).terms if one.columns == (2,))
    assert term.values[-1, 0] > 1.5
    assert term.rows[-1] == lost.sum()


def test_time_order_groups_weights_and_rates_are_taken() -> None:
    numbers, values = table(400)
    base = Target(task="regression", values=np.exp(values / 2), weights=np.linspace(0.1, 2, 400))
    for target in (
        replace(base, fold_kind="forward", order=np.arange(400)),
        replace(base, groups=np.repeat(np.arange(8), 50)),
    ):
        learner = replace(QUICK, pairs=1, loss="rate")
        answers = learner.apply(learner.fit(columns_of(numbers), target), columns_of(numbers)).numbers[:, 0]
        assert answers.min() > 0
        assert np.corrcoef(np.log(answers), values)[0, 1] > 0.5


def test_with_few_rows_or_no_variety_the_answer_is_the_constant() -> None:
    few = columns_of(np.arange(10.0)[:, None])
    state = QUICK.fit(few, Target(task="regression", values=np.arange(10.0)))
    assert np.ptp(QUICK.apply(state, few).numbers) == 0
    same = columns_of(np.arange(50.0)[:, None])
    answers = QUICK.apply(QUICK.fit(same, Target(task="regression", values=np.full(50, 7.0))), same).numbers
    np.testing.assert_allclose(answers, 7.0)


def test_it_is_proposed_with_and_without_pairs_as_something_to_read() -> None:
    forms = list(Additive.candidates(Problem(task="regression", rows=5000, numbers=4, metric="mae", rising=("a",))))
    assert [one.learner.pairs for one in forms] == [0, 15]
    assert all(one.is_readable and one.only_on_request and one.learner.rising == ("a",) for one in forms)
    assert {one.learner.loss for one in forms} == {"absolute"}
    assert len(list(Additive.candidates(Problem(task="multiclass", rows=5000, numbers=4, classes=20)))) == 1
