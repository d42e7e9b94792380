"""Numbers on a scale of their own middle half, with far ones drawn in."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.scale.some import express_replaced, replaced
from journeyman.table.columns import Columns, Flags, Numbers

_LARGEST = float(np.finfo(np.float64).max)
#: Scores beyond this are as good as infinitely far: their places differ by less than one in 10^11.
_FAR = 1e6


class SmoothClip(Step):
    """Robust scores, drawn in.

    For networks and linear models on numbers with outliers. ``z = (x - median) / (interquartile range)``, then
    ``z / sqrt(1 + (z / bound)^2)``, which lies between ``-bound`` and ``bound`` and hardly moves what is near the
    middle. Where the interquartile range is 0, half the range counts, and where that is 0, 1. Columns of only 0 and 1
    stay as they are (other numbers, which training did not hold, count as the nearer of the two), and so do level
    codes. Missing stays missing.

    Source: Holzmüller, Grinsztajn, Steinwart, Better by Default: Strong Pre-Tuned MLPs and Boosted Trees on Tabular
    Data, NeurIPS 2024, section 3.

    Parameters
    ----------
    bound : how far from 0 a number can come
    """

    answers: ClassVar[str] = needs.OUTLIERS_HELD

    bound: float = 3.0

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``scaled`` and ``flags``, places of columns, int64; ``middle`` and ``spread`` of the scaled ones."""
        codes = set(columns.code_names)
        is_code = np.array([name in codes for name in columns.number_names], bool)
        is_flag = _is_flag(columns.numbers) & ~is_code
        scaled = np.flatnonzero(~is_flag & ~is_code)
        middle, spread = _middle_and_spread(columns.numbers[:, scaled])
        return {"scaled": scaled, "flags": np.flatnonzero(is_flag), "middle": middle, "spread": spread}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Scale and draw in."""
        numbers = columns.numbers
        with np.errstate(over="ignore"):  # an infinite score is held like any other
            score = np.clip((numbers[:, state["scaled"]] - state["middle"]) / state["spread"], -_FAR, _FAR)
        drawn = score / np.sqrt((score / self.bound) ** 2 + 1.0)
        changed = replaced(numbers, state["scaled"], drawn)
        changed[:, state["flags"]] = np.clip(numbers[:, state["flags"]], 0.0, 1.0)
        return columns.with_numbers(changed, columns.number_names)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Sub, Div, and the root."""
        width = len(wires.number_names)
        places, parts = np.concatenate([state["scaled"], state["flags"]]), []
        if not len(places):
            return wires
        if len(state["scaled"]):
            some = graph.pick(wires.numbers, state["scaled"].tolist(), width)
            score = graph.add("Sub", some, graph.constant(state["middle"]))
            score = _held(graph, graph.add("Div", score, graph.constant(state["spread"])), -_FAR, _FAR)
            part = graph.add("Div", score, graph.constant(self.bound))
            root = graph.add("Sqrt", graph.add("Add", graph.add("Mul", part, part), graph.constant(1.0)))
            parts.append(graph.add("Div", score, root))
        if len(state["flags"]):
            parts.append(_held(graph, graph.pick(wires.numbers, state["flags"].tolist(), width), 0.0, 1.0))
        return express_replaced(graph, wires, places, graph.join(*parts))


def _held(graph: Graph, numbers: str, low: float, high: float) -> str:
    """Comparisons instead of Clip, which says nothing of NaN."""
    least, most = graph.constant(low), graph.constant(high)
    numbers = graph.add("Where", graph.add("Greater", numbers, most), most, numbers)
    return graph.add("Where", graph.add("Less", numbers, least), least, numbers)


def _is_flag(numbers: Numbers) -> Flags:
    """Which columns hold only 0 and 1, both or one of them."""
    missing = np.isnan(numbers)
    return np.asarray(((numbers == 0) | (numbers == 1) | missing).all(axis=0) & ~missing.all(axis=0))


def _middle_and_spread(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Median, and interquartile range or what stands for it, of each column."""
    if not numbers.size:
        return np.zeros(numbers.shape[1]), np.ones(numbers.shape[1])
    ordered = np.sort(numbers, axis=0)  # NaN goes last
    last = np.maximum((~np.isnan(numbers)).sum(axis=0) - 1, 0)

    def quantile(share: float) -> Numbers:
        place = last * share
        low, part = np.floor(place).astype(np.int64), place % 1.0
        columns = np.arange(numbers.shape[1])
        left, right = np.nan_to_num(ordered[low, columns]), np.nan_to_num(ordered[np.ceil(place).astype(int), columns])
        # Not left + part * (right - left): the difference may be infinite.
        return np.asarray(np.where(left == right, left, left * (1.0 - part) + right * part))

    with np.errstate(over="ignore"):
        between = np.minimum(quantile(0.75) - quantile(0.25), _LARGEST)
    half_range = quantile(1.0) / 2 - quantile(0.0) / 2
    spread = np.where(between > 0, between, np.where(half_range > 0, half_range, 1.0))
    return quantile(0.5), spread
