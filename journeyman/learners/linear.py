"""Regularised linear and logistic regression."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from journeyman.learners.learner import Candidate, Learner, Problem, answer_names
from journeyman.learners.link import express_link, link_of, linked
from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Numbers

#: Strengths tried inside the training rows, strongest first.
STRENGTHS = (1000.0, 100.0, 10.0, 1.0, 0.1)
#: A linear model needs no more cells than this, counted once for each class; larger tables are thinned to evenly
#: spread rows.
CELLS = 8_000_000
#: Up to this many, the strength is tried out; beyond, it hardly matters, and trying five costs more than it gains.
CELLS_TO_TRY = 2_000_000


class Linear(Learner):
    """A linear model with squared penalty: logistic regression for classes, ridge regression for numbers.

    Numbers must be there and of like scale. The penalty is chosen by cross-validation inside the training rows
    (``strength`` 0), or given. Answers for numbers stay inside the range of the training target, widened by a tenth:
    a far-off row cannot make them explode. Missing and unseen: as the steps before it filled them; a NaN that is left
    counts as 0, the mean of a scaled column.

    Source: Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 2nd ed., sections 3.4 and 4.4.
    """

    strength: float = 0.0

    @classmethod
    def candidates(cls, problem: Problem) -> Iterator[Candidate]:
        """Always on the board."""
        yield Candidate(
            name="linear model",
            learner=cls(),
            needs=(
                needs.DATES_AS_NUMBERS,
                needs.RARE_LEVELS_JOINED,
                needs.WORDS_AS_INDICATORS,
                needs.NOTHING_MISSING,
                needs.LIKE_SCALES,
            ),
            floor=True,
            weight=3,
            # Its coefficients hardly change with more, but the indicators of many levels would fill the memory.
            most_rows=30_000,
            seconds_per_million=3.0,
        )

    def fit(self, columns: Columns, target: Target) -> State:
        """Choose the penalty, then fit on all training rows."""
        most = max(1000, CELLS // max(columns.numbers.shape[1] * target.outputs, 1))
        if len(target) > most:
            rows = np.linspace(0, len(target) - 1, most).astype(np.int64)
            columns, target = columns.take(rows), target.take(rows)
        design = np.nan_to_num(columns.numbers, copy=True)
        strength = self.strength or self._chosen(design, target)
        coefficients, intercepts = _solve(design, target, strength)
        low, high = -np.inf, np.inf
        if target.task == "regression":
            spread = float(np.ptp(target.values)) * 0.1
            low, high = float(target.values.min()) - spread, float(target.values.max()) + spread
        return {
            "coefficients": coefficients,
            "intercepts": intercepts,
            "range": np.array([max(low, -1e300), min(high, 1e300)]),
            "link": link_of(target.task),
        }

    def apply(self, state: State, columns: Columns) -> Columns:
        """A matrix product and the link."""
        score = np.nan_to_num(columns.numbers) @ state["coefficients"] + state["intercepts"]
        low, high = state["range"].tolist()
        score = linked(state["link"], np.clip(score, low, high))
        return Columns.of(rows=columns.rows, numbers=score, number_names=answer_names(score.shape[1]))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """The same product and link as nodes."""
        coefficients = state["coefficients"]
        if len(coefficients):
            filled = graph.add("Where", graph.add("IsNaN", wires.numbers), graph.constant(0.0), wires.numbers)
            score = graph.add("MatMul", filled, graph.constant(coefficients))
        else:
            score = graph.zeros(wires)
        score = graph.add("Add", score, graph.constant(state["intercepts"]))
        low, high = state["range"].tolist()
        score = graph.add("Clip", score, graph.constant(low), graph.constant(high))
        score = express_link(state["link"], graph, score)
        return Wires(score, answer_names(coefficients.shape[1]), "", "", (), "", ())

    def _chosen(self, design: Numbers, target: Target) -> float:
        """The strength with the least out-of-fold loss inside the training rows."""
        if len(target) < 20 or design.shape[1] == 0:
            return 10.0
        if design.size * target.outputs > CELLS_TO_TRY:
            return 1.0
        folds = target.folds(3)
        losses = np.zeros(len(STRENGTHS))
        for fold in range(3):
            train, judge = folds.training(fold), folds.scored(fold)
            if not len(train) or not len(judge):
                continue
            inner, outer = target.take(train), target.take(judge)
            for place, strength in enumerate(STRENGTHS):
                coefficients, intercepts = _solve(design[train], inner, strength)
                losses[place] += _loss(design[judge] @ coefficients + intercepts, outer)
        return STRENGTHS[int(losses.argmin())]


def _solve(design: Numbers, target: Target, strength: float) -> tuple[Numbers, Numbers]:
    """Coefficients (columns, outputs) and intercepts (outputs,)."""
    outputs, columns = target.outputs, design.shape[1]
    if target.task == "regression":
        return _ridge(design, target, strength)
    seen = np.unique(target.codes)
    if columns == 0 or len(seen) < 2:
        shares = np.clip(target.mean(), 1e-6, 1 - 1e-6)
        logits = np.log(shares / (1 - shares)) if outputs == 1 else np.log(shares)
        return np.zeros((columns, outputs)), logits
    from sklearn.linear_model import LogisticRegression

    solver = "newton-cholesky" if columns * len(seen) <= 400 else "lbfgs"
    model = LogisticRegression(C=1.0 / strength, solver=solver, max_iter=100, tol=1e-4)
    import warnings

    with warnings.catch_warnings():
        # Stopping early is a regularised answer too; the folds judge it.
        warnings.simplefilter("ignore")
        model.fit(design, target.codes, sample_weight=target.weights)
    if outputs == 1:
        return np.asarray(model.coef_, float).T.copy(), np.asarray(model.intercept_, float)
    coefficients = np.zeros((columns, outputs))
    intercepts = np.full(outputs, -15.0)
    if len(seen) == 2:
        coefficients[:, seen[1]] = model.coef_[0]
        intercepts[seen] = [0.0, float(model.intercept_[0])]
    else:
        coefficients[:, seen] = model.coef_.T
        intercepts[seen] = model.intercept_
    return coefficients, intercepts


def _ridge(design: Numbers, target: Target, strength: float) -> tuple[Numbers, Numbers]:
    weights = np.ones(len(target)) if target.weights is None else target.weights
    total = weights.sum()
    centre, mean = weights @ design / total, float(weights @ target.values / total)
    root = np.sqrt(weights)[:, None]
    moved, wanted = (design - centre) * root, (target.values - mean) * root[:, 0]
    if design.shape[1] <= design.shape[0]:
        gram = moved.T @ moved + strength * np.eye(design.shape[1])
        coefficients = np.linalg.solve(gram, moved.T @ wanted) if design.shape[1] else np.zeros(0)
    else:
        gram = moved @ moved.T + strength * np.eye(design.shape[0])
        coefficients = moved.T @ np.linalg.solve(gram, wanted)
    return coefficients[:, None], np.array([mean - float(centre @ coefficients)])


def _loss(score: Numbers, target: Target) -> float:
    weights = np.ones(len(target)) if target.weights is None else target.weights
    if target.task == "regression":
        return float(weights @ (score[:, 0] - target.values) ** 2)
    if target.outputs == 1:
        return float(weights @ (np.logaddexp(0.0, score[:, 0]) - score[:, 0] * target.values))
    top = score.max(axis=1)
    normal = top + np.log(np.exp(score - top[:, None]).sum(axis=1))
    return float(weights @ (normal - score[np.arange(len(target)), target.codes]))
