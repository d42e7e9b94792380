"""Regularised linear, logistic and Poisson regression."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import ClassVar

import numpy as np

from journeyman.learners.dense_needs import DENSE_NEEDS
from journeyman.learners.few_columns import few_columns
from journeyman.learners.learner import Candidate, Learner, Problem, answer_names
from journeyman.learners.link import answer_range, express_link, link_of, linked
from journeyman.learners.penalised import Path, chosen
from journeyman.learners.pieces import express_in_pieces, in_pieces, learn_pieces
from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.losses import Loss, Solution, loss_for, loss_of, of_all_classes
from journeyman.plan.step import State
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Integers, Numbers

#: Strengths tried inside the training rows, strongest first. Squared losses cost next to nothing at one strength more;
#: and only they go on to the weak end, which collinear columns such as spectra need.
STRENGTHS = tuple(10.0 ** np.arange(4, -4.1, -1.0))
SQUARED_STRENGTHS = tuple(10.0 ** np.arange(5, -6.1, -0.5))
#: A linear model needs no more cells than this, counted once for each class; larger tables are thinned to evenly
#: spread rows.
CELLS = 8_000_000
#: The strength hardly depends on the number of rows, so it is chosen on no more cells than this.
CELLS_TO_TRY = 1_500_000
#: From so many numbers on many of them say nearly the same.
MANY_NUMBERS = 100
#: From so many columns on, and with fewer rows for each than this, it may pay to leave most of them out.
MANY_COLUMNS, FEW_ROWS = 20, 20
#: Pieces of each number in splines; a table is not widened by more than these in all.
_PIECES, MOST_PIECES = 16, 400
#: A class that training did not hold has this score.
UNSEEN = -15.0
#: How a solution is found, of rows in which every class is there.
Solve = Callable[[Numbers, Target, Loss], Solution]

_NEEDS = (*DENSE_NEEDS, needs.WORDS_AS_INDICATORS)


class Linear(Learner):
    """A linear model with squared penalty.

    Logistic regression for classes; for numbers, by ``loss``, ridge regression, least absolute deviations, or Poisson
    regression, whose answers are exponentials. Numbers must be there and of like scale. The penalty is chosen by
    cross-validation inside the training rows (``strength`` 0), or given. Answers for numbers stay inside the range of
    the training target, widened by a tenth: a far-off row cannot make them explode. Missing and unseen: as the steps
    before it filled them; a NaN that is left counts as 0, the mean of a scaled column.

    With ``pieces`` its lines bend at quantiles (linear splines; the penalty holds neighbouring slopes together). On
    eight tables of 400 to 4,000 training rows that halved what it lost to tuned boosted trees, from 13 to 6 percent of
    the error, at a fifth of their time.

    Sources: Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 2nd ed., sections 3.4, 4.4 and 5.2;
    Eilers and Marx, Flexible smoothing with B-splines and penalties, Statistical Science 1996, for the penalty.

    Parameters
    ----------
    strength : of the penalty; 0 where it is to be chosen
    loss : for numbers: ``squared``, ``absolute`` or ``poisson``; classes have the logistic loss whatever it says
    pieces : each number is also given as how far it has come through each of so many pieces of its range
    few : whether it goes by few columns, which the lasso chooses, and by no others
    """

    adds_up: ClassVar[bool] = True

    strength: float = 0.0
    loss: Loss = "squared"
    pieces: int = 0
    few: bool = False

    @classmethod
    def candidates(cls, problem: Problem) -> Iterator[Candidate]:
        """Always on the board, with skewed numbers evened and far ones drawn in; of a skewed target's logarithm; and in
        splines.

        In splines it made blends with boosted trees one percent better on 19 tables on which nothing was tuned; on
        ranks it changed nothing.

        Where columns are many beside rows, by few of them too: on planted tables of which few columns count that made
        the error of blends 7 to 30 % smaller (benchmarks/wide.py). On a table of very many numbers, of which many say
        nearly the same, along its main directions too.
        """
        learner = cls(loss=loss_of(problem.task, problem.metric))
        # Its coefficients hardly change with more rows, but the indicators of many levels would fill the memory.
        width = problem.numbers + problem.few_levels + problem.many_levels * problem.outputs + 1
        most_rows = max(5_000, min(30_000, CELLS // width))
        # Exponentials of scores, where there are several a row, take longer than products with few columns.
        scores = 4.0 if problem.outputs > 1 else 0.0
        seconds = (0.4 * width + scores) / (problem.columns + 1)
        plain = Candidate(
            name="linear model",
            learner=learner,
            needs=(*_NEEDS, needs.SKEW_EVENED, needs.OUTLIERS_HELD),
            optional=problem.may_pay,
            floor=True,
            weight=3,
            most_rows=most_rows,
            seconds_per_million=seconds,
        )
        yield plain
        if problem.log_form and learner.loss != "poisson":
            # Powers and products of numbers are sums there.
            name = "linear model, logarithm of the target"
            yield replace(plain, name=name, form=problem.log_form, floor=False, weight=4, worth=0.4)
        if problem.numbers:
            bent = width + min(_PIECES * problem.numbers, MOST_PIECES)
            yield Candidate(
                name="linear model, splines",
                learner=cls(loss=learner.loss, pieces=_PIECES),
                needs=(*_NEEDS, needs.OUTLIERS_HELD),
                optional=problem.may_pay,
                weight=4,
                most_rows=max(5_000, min(30_000, CELLS // bent)),
                # Of several scores a row the products with columns are quick; their exponentials are not.
                seconds_per_million=((0.15 / problem.outputs + 0.02) * bent + scores) / (problem.columns + 1),
                worth=0.45,
                is_readable=True,
            )
        if width >= MANY_COLUMNS and problem.rows < FEW_ROWS * width:
            yield replace(
                plain,
                name="linear model, few columns",
                learner=replace(learner, few=True),
                floor=False,
                weight=4,
                seconds_per_million=10 * seconds,
                worth=0.4,
                is_readable=True,
            )
        if problem.numbers >= MANY_NUMBERS:
            yield replace(
                plain,
                name="linear model, main directions",
                needs=(*_NEEDS, needs.OUTLIERS_HELD, needs.FEW_DIRECTIONS),
                floor=False,
                weight=4,
                worth=0.3,
            )

    def fit(self, columns: Columns, target: Target) -> State:
        """Choose the penalty, then fit on all training rows."""
        bent = learn_pieces(np.nan_to_num(columns.numbers), self.pieces, MOST_PIECES) if self.pieces else {}
        design = in_pieces(bent, columns.numbers) if bent else np.nan_to_num(columns.numbers, copy=True)
        design, target = _thinned(design, target, CELLS)
        loss = loss_for(target, self.loss)
        solve = _of_few if self.few else partial(_of_all, strength=self.strength)
        coefficients, intercepts = _solution(design, target, loss, solve)
        return {
            "coefficients": coefficients,
            "intercepts": intercepts,
            "range": _range(target, loss),
            "is_rate": np.array([loss == "poisson"]),
            "link": link_of(target.task),
            **bent,
        }

    def apply(self, state: State, columns: Columns) -> Columns:
        """A matrix product and the link."""
        design = in_pieces(state, columns.numbers) if "source" in state else np.nan_to_num(columns.numbers)
        score = design @ state["coefficients"] + state["intercepts"]
        low, high = state["range"].tolist()
        score = np.clip(score, low, high)
        score = np.exp(score) if state["is_rate"][0] else linked(state["link"], score)
        return Columns.of(rows=columns.rows, numbers=score, number_names=answer_names(score.shape[1]))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """The same product and link as nodes."""
        coefficients = state["coefficients"]
        if "source" in state:
            filled = express_in_pieces(state, graph, wires.numbers, len(wires.number_names))
        else:
            # What has no say is not asked for.
            kept = np.flatnonzero(coefficients.any(axis=1))
            filled = graph.pick(wires.numbers, kept.tolist(), len(coefficients))
            coefficients = coefficients[kept]
            if filled:
                filled = graph.add("Where", graph.add("IsNaN", filled), graph.constant(0.0), filled)
        score = graph.add("MatMul", filled, graph.constant(coefficients)) if filled else graph.zeros(wires)
        score = graph.add("Add", score, graph.constant(state["intercepts"]))
        low, high = state["range"].tolist()
        score = graph.add("Clip", score, graph.constant(low), graph.constant(high))
        score = graph.add("Exp", score) if state["is_rate"][0] else express_link(state["link"], graph, score)
        return Wires(score, answer_names(state["coefficients"].shape[1]), "", "", (), "", ())


def _solution(design: Numbers, target: Target, loss: Loss, solve: Solve) -> Solution:
    seen = np.unique(target.codes) if target.task != "regression" else np.zeros(0, np.int64)
    if target.outputs > 1 and len(seen) < target.outputs:
        return _of_seen(design, target, solve, seen)
    return solve(design, target, loss)


def _of_all(design: Numbers, target: Target, loss: Loss, strength: float) -> Solution:
    if not strength:
        tried, its_target = _thinned(design, target, CELLS_TO_TRY)
        strength = _chosen(tried, its_target, loss)
    return Path(design, target, loss).at(strength)


def _of_few(design: Numbers, target: Target, loss: Loss) -> Solution:
    """A solution in which only chosen columns have coefficients other than 0."""
    tried, its_target = _thinned(design, target, CELLS_TO_TRY)
    if len(its_target) < 20 or design.shape[1] == 0:
        return _of_all(design, target, loss, 0.0)
    few = few_columns(tried, its_target, loss)
    coefficients, intercepts = Path(design[:, few.columns], target, loss).at(few.strength)
    whole = np.zeros((design.shape[1], coefficients.shape[1]))
    whole[few.columns] = coefficients
    return whole, intercepts


def _chosen(design: Numbers, target: Target, loss: Loss) -> float:
    if len(target) < 20 or design.shape[1] == 0:
        return 10.0
    return chosen(design, target, loss, SQUARED_STRENGTHS if loss == "squared" else STRENGTHS)


def _of_seen(design: Numbers, target: Target, solve: Solve, seen: Integers) -> Solution:
    """Scores of the classes that are there; the others are next to impossible."""
    if len(seen) < 2:
        alone = np.zeros((design.shape[1], len(seen))), np.zeros(len(seen))
        return of_all_classes(alone, seen, target.outputs, UNSEEN)
    codes = np.searchsorted(seen, target.codes).astype(float)
    names = tuple(target.classes[code] for code in seen)
    fewer = replace(target, values=codes, classes=names, task="binary" if len(seen) == 2 else "multiclass")
    return of_all_classes(_solution(design, fewer, "logistic", solve), seen, target.outputs, UNSEEN)


def _range(target: Target, loss: Loss) -> Numbers:
    """The least and the largest score that there can be."""
    if loss == "poisson":
        # An answer of 0 would be infinitely wrong where the truth is not 0.
        high = float(target.values.max())
        return np.log([max(float(target.mean()[0]) / 1000, 1e-300), max(high * 1.1, 1e-299)])
    return answer_range(target)


def _thinned(design: Numbers, target: Target, cells: int) -> tuple[Numbers, Target]:
    most = max(1000, cells // max(design.shape[1] * target.outputs, 1))
    if len(target) <= most:
        return design, target
    rows = np.linspace(0, len(target) - 1, most).astype(np.int64)
    return design[rows], target.take(rows)
