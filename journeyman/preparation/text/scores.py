"""Each text becomes the out-of-fold answer of a linear model on its terms."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.losses import losses, of_all_classes
from journeyman.plan.step import State, Step, text_array, words_of
from journeyman.plan.target import Target
from journeyman.preparation.made_names import made_names
from journeyman.preparation.text import bags
from journeyman.table.columns import Columns, Numbers

#: Strengths of the penalty that are tried, strongest first, as the loss of how many rows it weighs.
STRENGTHS = (4.0, 1.0, 0.25, 0.05)
#: A fit sees at most so many rows (divided by the outputs), evenly spread.
MOST_ROWS = 40_000
FEWEST_ROWS = 4_000
#: With more classes than this there are no scores.
MOST_CLASSES = 64
#: The odds of what training never saw, on a logarithmic scale.
_NEVER = -12.0
#: Beside the state: what training rows are given.
_SCORES = "scores of training rows"


class Scores(Step):
    """Answers of a linear model on the terms of all texts.

    For learners that take few numbers, beside `Topics`: rare terms that tell much are in no main direction. A model
    with a squared penalty, logistic for classes and ridge for numbers, learns from the weighed terms of all texts
    together; its answer, ``"texts: score"`` (for several classes ``"texts: score of <class>"``), stands behind the
    other numbers, as log odds, or on the target's scale. The texts stay. With more than 64 classes there are none.

    Training rows get scores that rows of other folds gave (stacking, Wolpert 1992), so their own target does not show
    in them; rows that no fold scores get the training mean. The penalty is the best of four on the first fold's rows.
    A missing or empty text, and one without a term that training knew, adds nothing to the model's constant.

    Parameters
    ----------
    vocabulary : the most terms of a text
    folds : how many folds give the training rows their scores
    """

    answers: ClassVar[str] = needs.TEXT_AS_SCORES
    library: ClassVar[str] = "sklearn.linear_model"

    vocabulary: int = 20_000
    folds: int = 3

    def fit(self, columns: Columns, target: Target) -> State:
        """State: the packed vocabularies, ``coefficients`` (terms, outputs), ``constants``, ``unit``, ``classes``."""
        state = bags.remembered(self, columns, target, lambda: self._fit(columns, target))
        del state[_SCORES]
        return state

    def apply(self, state: State, columns: Columns) -> Columns:
        """Sums of the texts' terms, and the model's constant."""
        names = _names(state, columns.names)
        if not names:
            return columns
        total = np.zeros((columns.rows, len(names)))
        for (name, vocabulary), coefficients in zip(bags.unpack(state).items(), _parts(state), strict=True):
            found = bags.look_up(bags.text_of(columns, name), vocabulary)
            total += bags.weighted_sums(found, vocabulary, coefficients)[found.places]
        return _with(columns, bags.rounded(total + state["constants"]) * state["unit"], names)

    def fit_apply(self, columns: Columns, target: Target) -> tuple[State, Columns]:
        """The state of all rows; and each row with the score that rows of other folds gave."""
        state = bags.remembered(self, columns, target, lambda: self._fit(columns, target))
        scores = state.pop(_SCORES)
        names = _names(state, columns.names)
        return state, _with(columns, bags.rounded(scores) * state["unit"], names) if names else columns

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Look-ups of terms, their sums, a division and a constant."""
        names = _names(state, wires.names)
        if not names:
            return wires
        outputs = len(names)
        total = graph.constant(state["constants"])
        for (name, vocabulary), coefficients in zip(bags.unpack(state).items(), _parts(state), strict=True):
            sums, _ = bags.express_sums(graph, wires, name, vocabulary, coefficients)
            total = graph.add("Add", total, bags.express_weighted(graph, sums, outputs))
        scores = graph.add("Mul", bags.express_rounded(graph, total), graph.constant(state["unit"]))
        return graph.with_numbers(wires, graph.join(wires.numbers, scores), wires.number_names + names)

    def _fit(self, columns: Columns, target: Target) -> dict[str, Any]:
        """The state, and beside it the training rows' scores from other folds in its units, (rows, outputs)."""
        names = columns.texts if target.outputs <= MOST_CLASSES else ()
        vocabularies: list[bags.Vocabulary] = []
        designs = []
        for name in names:
            vocabulary, found = bags.learn(bags.text_of(columns, name), self.vocabulary)
            vocabularies.append(vocabulary)
            designs.append(found.weighed(vocabulary)[found.places])
        constants, unit = _constants(target)
        coefficients = np.zeros((sum(len(one.terms) for one in vocabularies), target.outputs))
        scores = np.tile(constants, (columns.rows, 1))
        if len(coefficients) and _differs(target):
            from scipy.sparse import hstack

            design = hstack(designs, format="csr")
            strength = self._score(design, target, unit, scores)
            coefficients, constants = _solve(design, target, strength, unit)[:2]
        return {
            **bags.pack(names, vocabularies),
            "coefficients": coefficients,
            "constants": constants,
            "unit": np.array([unit]),
            "classes": text_array(target.classes if target.task == "multiclass" else ()),
            _SCORES: scores,
        }

    def _score(self, design: Any, target: Target, unit: float, scores: Numbers) -> float:
        """Fill in the scores of the rows that folds score; give the strength that was best on the first of them."""
        strength = 0.0
        folds = target.encoding_folds(self.folds)
        for fold in range(folds.count):
            training, scored = folds.training(fold), folds.scored(fold)
            if not len(training) or not len(scored):
                continue
            known = target.take(training)
            if not _differs(known):
                scores[scored] = _constants(known)[0] if target.classes else float(known.values.mean()) / unit
                continue
            rows = design[training]
            start = None
            best = np.inf
            for tried in (strength,) if strength else STRENGTHS:
                coefficients, constants, start = _solve(rows, known, tried, unit, start)
                answer = design[scored] @ coefficients + constants
                loss = _loss(answer, target.take(scored), unit)
                if loss >= best:
                    break
                best, scores[scored], strength = loss, answer, tried
        return strength or STRENGTHS[1]


def _names(state: State, there: tuple[str, ...]) -> tuple[str, ...]:
    if not len(words_of(state["names"])):
        return ()
    classes = words_of(state["classes"])
    return made_names([f"texts: score of {one}" for one in classes] or ["texts: score"], there)


def _with(columns: Columns, scores: Numbers, names: tuple[str, ...]) -> Columns:
    return columns.with_numbers(np.hstack([columns.numbers, scores]), columns.number_names + names)


def _parts(state: State) -> list[Numbers]:
    """The coefficients of each text."""
    return np.split(state["coefficients"], np.cumsum(state["widths"])[:-1])


def _differs(target: Target) -> bool:
    return len(target) > 1 and bool(target.values.min() < target.values.max())


def _constants(target: Target) -> tuple[Numbers, float]:
    """The best constant score, in units; and the unit: 1 for classes, near the target's spread for numbers.

    A unit is a power of two, so that multiplying by it rounds nothing.
    """
    if target.task == "regression":
        spread = float(target.values.std()) if len(target) else 0.0
        unit = 2.0 ** np.round(np.log2(spread)) if np.isfinite(spread) and spread > 1e-200 else 1.0
        return (target.mean() if len(target) else np.zeros(1)) / unit, float(unit)
    shares = np.clip(target.mean() if len(target) else np.full(target.outputs, 0.5), 1e-5, 1 - 1e-5)
    return np.log(shares / (1 - shares)) if target.outputs == 1 else np.log(shares), 1.0


def _solve(
    design: Any, target: Target, strength: float, unit: float, start: Any = None
) -> tuple[Numbers, Numbers, Any]:
    """Coefficients (terms, outputs), constants (outputs,), and the model, from which the next strength may start."""
    most = max(FEWEST_ROWS, MOST_ROWS // target.outputs)
    if len(target) > most:
        stay = np.linspace(0, len(target) - 1, most).astype(np.int64)
        if _differs(target.take(stay)):
            design, target = design[stay], target.take(stay)
    if target.task == "regression":
        from sklearn.linear_model import Ridge

        ridge = Ridge(alpha=strength * 4, solver="sparse_cg", tol=1e-3, max_iter=200)
        ridge.fit(design, target.values / unit, sample_weight=target.weights)
        return np.asarray(ridge.coef_, np.float64)[:, None], np.atleast_1d(np.float64(ridge.intercept_)), None
    from sklearn.linear_model import LogisticRegression

    model = start
    if model is None:
        model = LogisticRegression(solver="lbfgs", max_iter=60, tol=1e-3, warm_start=True)
    model.C = 1.0 / strength
    with warnings.catch_warnings():
        # Stopping early is a regularised answer too; the folds judge it.
        warnings.simplefilter("ignore")
        model.fit(design, target.codes, sample_weight=target.weights)
    if target.outputs == 1:
        return np.asarray(model.coef_, np.float64).T.copy(), np.asarray(model.intercept_, np.float64).copy(), model
    seen = np.unique(target.codes)
    solution = of_all_classes((model.coef_.T, model.intercept_), seen, target.outputs, _NEVER)
    return *solution, model


def _loss(score: Numbers, target: Target, unit: float) -> float:
    """The sum of losses of scores in units."""
    weights = np.ones(len(target)) if target.weights is None else target.weights
    if target.task == "regression":
        return float(weights @ losses(score, replace(target, values=target.values / unit), "squared"))
    return float(weights @ losses(score, target, "logistic"))
