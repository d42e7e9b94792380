"""Missing numbers are estimated from the other columns."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import DOUBLE, Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.impute.missing_flags import flag_name
from journeyman.preparation.made_names import made_names
from journeyman.preparation.scale.some import express_replaced
from journeyman.table.columns import Columns, Flags, Integers, Numbers

#: A column is estimated where it misses so many training rows, and has so many to learn from.
FEWEST_MISSING, FEWEST_THERE = 20, 50
#: So many columns that miss cells are estimated at most, those that miss most; so many say something of them.
MOST_ESTIMATED, MOST_OTHERS = 60, 200
#: The strength of the penalty, in rows.
_PENALTY = 10.0
#: Scores end here, and weights, both in standard deviations; both are whole numbers of steps of 2^-16.
_FARTHEST, _MOST_WEIGHT, _STEP = 8.0, 32.0, 2.0**-16
#: So many rows, evenly spread, say how columns go together.
_MOST_ROWS = 50_000


class Estimated(Step):
    """Missing numbers estimated.

    For tables in which what is missing stands in other numbers: each missing number becomes what a ridge regression
    on the other numbers says (on their standard scores, missing ones at their mean), held inside the column's own
    range, and a 0/1 column says that it was missing. A column that misses few training rows is left as it is, and so
    are level codes. The target has no part in it.

    Scores and weights are whole numbers of small steps, so that every sum is exact, in whatever order, and no threshold
    behind it is met here and missed in the graph.

    Source: van Buuren, Flexible Imputation of Missing Data, 2018; one round of regressions, whose answer is the mean.
    """

    answers: ClassVar[str] = needs.MISSING_ESTIMATED

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``estimated`` (k,) and ``others`` (m,), places, int64; ``middle`` and ``spread`` (m,) of the others;
        ``weights`` (m, k), whole; ``start``, ``unit``, ``low``, ``high`` (k,).
        """
        codes = set(columns.code_names)
        places = np.array([place for place, name in enumerate(columns.number_names) if name not in codes], np.int64)
        numbers = columns.numbers[:, places]
        estimated = estimable(numbers)
        others = _others(numbers)
        middle, spread = _middle_and_spread(numbers)
        shape = (len(others), len(estimated))
        state = {"estimated": places[estimated], "others": places[others], "middle": middle[others]}
        state |= {"spread": spread[others], "weights": np.zeros(shape), "start": middle[estimated]}
        # A power of two, so that scaling is exact, too, in whatever order a runtime does it.
        scale = 2.0 ** np.ceil(np.log2(spread[estimated]))
        state |= {"unit": scale * _STEP**2}
        state |= {"low": np.zeros(shape[1]), "high": np.zeros(shape[1])}
        rows = np.unique(np.linspace(0, max(len(numbers) - 1, 0), min(len(numbers), _MOST_ROWS)).astype(np.int64))
        steps = _steps(numbers[np.ix_(rows, others)], middle[others], spread[others])
        for place, column in enumerate(estimated.tolist()):
            there = ~np.isnan(numbers[rows, column])
            wanted = (numbers[rows, column][there] - middle[column]) / scale[place]
            state["weights"][:, place] = _ridge(steps[there] * _STEP, wanted, others == column)
            state["low"][place], state["high"][place] = np.nanmin(numbers[:, column]), np.nanmax(numbers[:, column])
        return state

    def apply(self, state: State, columns: Columns) -> Columns:
        """Fill, and put the 0/1 columns behind."""
        places = state["estimated"]
        if not len(places):
            return columns
        steps = _steps(columns.numbers[:, state["others"]], state["middle"], state["spread"])
        answer = (steps @ state["weights"]) * state["unit"] + state["start"]
        answer = np.clip(answer, state["low"], state["high"])
        numbers = columns.numbers.copy()
        missing = np.isnan(numbers[:, places])
        numbers[:, places] = np.where(missing, answer, numbers[:, places])
        flags = missing.astype(np.float64)
        return columns.with_numbers(
            np.hstack([numbers, flags]), self._names(state, columns.number_names, columns.names)
        )

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Round, one matrix product of whole numbers, and Where."""
        places, width = state["estimated"].tolist(), len(wires.number_names)
        if not places:
            return wires
        others = graph.pick(wires.numbers, state["others"].tolist(), width)
        scores = graph.add("Sub", others, graph.constant(state["middle"]))
        scores = graph.add("Div", scores, graph.constant(state["spread"]))
        scores = graph.add("Where", graph.add("IsNaN", scores), graph.constant(0.0), scores)
        scores = graph.add("Clip", scores, graph.constant(-_FARTHEST), graph.constant(_FARTHEST))
        steps = graph.add("Round", graph.add("Div", scores, graph.constant(_STEP)))
        answer = graph.add("MatMul", steps, graph.constant(state["weights"]))
        answer = graph.add("Mul", answer, graph.constant(state["unit"]))
        answer = graph.add("Add", answer, graph.constant(state["start"]))
        answer = graph.add("Max", graph.add("Min", answer, graph.constant(state["high"])), graph.constant(state["low"]))
        own = graph.pick(wires.numbers, places, width)
        missing = graph.add("IsNaN", own)
        filled = graph.add("Where", missing, answer, own)
        wires = express_replaced(graph, wires, state["estimated"], filled)
        flags = graph.add("Cast", missing, to=DOUBLE)
        return graph.with_numbers(
            wires, graph.join(wires.numbers, flags), self._names(state, wires.number_names, wires.names)
        )

    @classmethod
    def worth_trying(cls, columns: Columns) -> tuple[str, ...]:
        """All numbers, where one that misses cells has others beside it."""
        codes = set(columns.code_names)
        names = tuple(name for name in columns.number_names if name not in codes)
        places = [columns.number_names.index(name) for name in names]
        return names if len(names) > 1 and len(estimable(columns.numbers[:, places])) else ()

    def _names(self, state: State, names: tuple[str, ...], there: tuple[str, ...]) -> tuple[str, ...]:
        flags = [flag_name(names[place]) for place in state["estimated"].tolist()]
        return names + made_names(flags, there)


def estimable(numbers: Numbers) -> Integers:
    """Places of the columns that can be estimated and are worth it, those that miss most first."""
    gone = np.isnan(numbers).sum(axis=0)
    varies = np.array([len(np.unique(one[~np.isnan(one)][:1000])) > 1 for one in numbers.T], np.bool_)
    able = np.flatnonzero((gone >= FEWEST_MISSING) & (len(numbers) - gone >= FEWEST_THERE) & varies)
    return np.asarray(able[np.argsort(-gone[able], kind="stable")][:MOST_ESTIMATED], np.int64)


def _others(numbers: Numbers) -> Integers:
    """Places of the columns that estimates are made from: those that miss least."""
    gone = np.isnan(numbers).sum(axis=0)
    return np.sort(np.argsort(gone, kind="stable")[:MOST_OTHERS])


def _middle_and_spread(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Mean and standard deviation of what is there in each column; 0 and 1 where there is nothing, or no spread."""
    middle, spread = np.zeros(numbers.shape[1]), np.ones(numbers.shape[1])
    for place in range(numbers.shape[1]):
        there = numbers[:, place]
        there = there[~np.isnan(there)]
        unit = float(np.abs(there).max(initial=0.0)) or 1.0
        if len(there):
            middle[place] = (there / unit).mean() * unit
            own = ((there - middle[place]) / unit).std() * unit
            spread[place] = own if own > 0 and np.isfinite(own) else 1.0
    return middle, spread


def _steps(numbers: Numbers, middle: Numbers, spread: Numbers) -> Numbers:
    """Standard scores in whole steps, missing ones 0."""
    with np.errstate(over="ignore", invalid="ignore"):  # held at once
        scores = (numbers - middle) / spread
    scores = np.clip(np.where(np.isnan(scores), 0.0, scores), -_FARTHEST, _FARTHEST)
    return np.asarray(np.rint(scores / _STEP))


def _ridge(scores: Numbers, wanted: Numbers, own: Flags) -> Numbers:
    """Weights in whole steps; the column's own is 0."""
    scores = np.where(own, 0.0, scores)
    products = scores.T @ scores + _PENALTY * np.eye(scores.shape[1])
    weights = np.linalg.solve(products, scores.T @ wanted)
    return np.asarray(np.rint(np.clip(weights, -_MOST_WEIGHT, _MOST_WEIGHT) / _STEP))
