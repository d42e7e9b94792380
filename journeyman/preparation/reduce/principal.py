"""Numbers are replaced by their places along few main directions."""

from __future__ import annotations

from math import ceil, frexp, log2
from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.made_names import made_names
from journeyman.table.columns import Columns, Numbers

#: Directions are found from no more cells than this; larger tables are thinned to evenly spread rows.
_CELLS = 20_000_000
#: Up to this many columns (or rows) the directions are exact; beyond, they are sought at random.
_EXACT = 400
#: Directions sought beyond those that are wanted, and rounds of the search.
_SPARE, _ROUNDS = 10, 4
#: Whole numbers up to 2^53 are exact in float64.
_BITS = 52
#: Steps between which all products are finite, and no step is 0.
_LEAST_STEP, _MOST_STEP = 2.0**-1000, 2.0**940


class Principal(Step):
    """Principal components.

    For learners that suffer from many columns that say nearly the same. Numbers of like scale are replaced by their
    places along the directions in which training varies most, ``"direction 1"``, ``"direction 2"`` …: as many as hold
    ``share`` of the variance, and at most ``most``. A missing number counts as 0. Level codes stay, in front. A number
    far beyond training's largest counts as twice that. Signs: the largest weight of a direction is positive.

    Weights and numbers are rounded to grids of powers of two that leave every sum exact in float64. So the product is
    the same to the last bit in whatever order it is summed up, and no threshold behind it can be met here and missed
    in the graph.

    Source: Halko, Martinsson, Tropp, Finding Structure with Randomness, SIAM Review 53 (2011), algorithm 4.4.

    Parameters
    ----------
    most : the most directions
    share : how much of the variance is enough
    """

    answers: ClassVar[str] = needs.FEW_DIRECTIONS

    most: int = 50
    share: float = 0.99

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``codes`` and ``sources``, places, int64; ``centre`` (sources,); ``weights`` (sources, directions),
        whole; ``grid``, (3,): the numbers' step, the most steps, and what one step of the product is.
        """
        codes = set(columns.code_names)
        is_code = np.array([name in codes for name in columns.number_names], bool)
        sources = np.flatnonzero(~is_code)
        most = max(_CELLS // max(len(sources), 1), 2)
        rows = np.unique(np.linspace(0, max(columns.rows - 1, 0), min(most, columns.rows)).astype(np.int64))
        numbers = np.nan_to_num(columns.numbers[np.ix_(rows, sources)])
        # In units of about the largest, so that neither sums nor squares become infinite.
        unit = 2 * _power_above(float(np.abs(numbers).max(initial=0.0)) / 4)
        numbers /= unit
        centre = numbers.mean(axis=0) if len(numbers) else np.zeros(len(sources))
        numbers -= centre
        directions = _directions(numbers, self.most, self.share)
        # The sizes of a direction's weights sum to the root of their number at most.
        spare = _BITS - ceil(log2(max(len(sources), 1)) / 2)
        number_bits, weight_bits = (spare + 1) // 2, spare // 2
        # Training's largest is at half the most steps, so that what is somewhat larger has its own place.
        largest = _power_above(float(np.abs(numbers).max(initial=0.0)))
        step = max(largest * 2.0 ** (1 - number_bits) * unit, _LEAST_STEP)
        return {
            "codes": np.flatnonzero(is_code),
            "sources": sources,
            "centre": centre * unit,
            "weights": np.rint(directions * 2.0**weight_bits),
            "grid": np.array([step, 2.0**number_bits, min(step * 2.0**-weight_bits, _MOST_STEP)]),
        }

    def apply(self, state: State, columns: Columns) -> Columns:
        """Round, and multiply whole numbers."""
        steps = columns.numbers[:, state["sources"]]  # a copy, changed in place: wide tables fill the memory
        step, most, product_step = state["grid"].tolist()
        np.nan_to_num(steps, copy=False)
        with np.errstate(over="ignore"):  # held at once
            steps -= state["centre"]
            steps /= step
        np.clip(np.rint(steps, out=steps), -most, most, out=steps)
        places = steps @ state["weights"] * product_step
        kept = columns.numbers[:, state["codes"]]
        return columns.with_numbers(np.hstack([kept, places]), _names(state, columns.number_names, columns.names))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Round, MatMul, Mul."""
        width, places = len(wires.number_names), ""
        step, most, product_step = state["grid"].tolist()
        if state["weights"].size:
            numbers = graph.pick(wires.numbers, state["sources"].tolist(), width)
            numbers = graph.add("Where", graph.add("IsNaN", numbers), graph.constant(0.0), numbers)
            away = graph.add("Sub", numbers, graph.constant(state["centre"]))
            steps = graph.add("Round", graph.add("Div", away, graph.constant(step)))
            steps = graph.add("Clip", steps, graph.constant(-most), graph.constant(most))
            product = graph.add("MatMul", steps, graph.constant(state["weights"]))
            places = graph.add("Mul", product, graph.constant(product_step))
        kept = graph.pick(wires.numbers, state["codes"].tolist(), width)
        return graph.with_numbers(wires, graph.join(kept, places), _names(state, wires.number_names, wires.names))


def _names(state: State, numbers: tuple[str, ...], there: tuple[str, ...]) -> tuple[str, ...]:
    directions = [f"direction {place + 1}" for place in range(state["weights"].shape[1])]
    return (*(numbers[place] for place in state["codes"].tolist()), *made_names(directions, there))


def _power_above(number: float) -> float:
    """The least power of two above a number that is not negative; 1 above 0."""
    return 2.0 ** max(frexp(number)[1], -1000) if number > 0 else 1.0


def _directions(numbers: Numbers, most: int, share: float) -> Numbers:
    """Directions (columns, found) of the most variance of centred numbers, each of length 1."""
    rows, width = numbers.shape
    total = float((numbers**2).sum())
    if not total > 0:
        return np.zeros((width, 0))
    if width <= _EXACT:
        variance, basis = np.linalg.eigh(numbers.T @ numbers)
    else:
        # Either all rows' own span, or one that some directions, drawn by chance, are turned into.
        span = numbers.T if rows <= _EXACT else _found(numbers, most + _SPARE)
        inner = numbers @ span
        variance, inner_basis = np.linalg.eigh(span.T @ (numbers.T @ inner)) if rows > _EXACT else np.linalg.eigh(inner)
        basis = span @ inner_basis
    order = np.argsort(variance)[::-1][:most]
    variance = variance[order]
    # What is left by rounding is no direction.
    real = int((variance > 1e-12 * variance[0]).sum())
    enough = int(np.searchsorted(np.cumsum(variance), share * total)) + 1
    basis = basis[:, order[: min(real, enough)]]
    basis = basis / np.sqrt((basis**2).sum(axis=0))
    # Rounded before the largest is sought: of weights that are equal but for rounding, the first one decides.
    largest = np.abs(basis).round(6).argmax(axis=0)
    return np.asarray(basis * np.where(basis[largest, np.arange(basis.shape[1])] < 0, -1.0, 1.0))


def _found(numbers: Numbers, count: int) -> Numbers:
    """An orthonormal basis (columns, count) of about the main directions; the same one each time."""
    random = np.random.default_rng(np.random.PCG64(0))
    basis = random.standard_normal((numbers.shape[1], count))
    for _ in range(_ROUNDS):
        basis, _ = np.linalg.qr(numbers.T @ (numbers @ np.linalg.qr(basis)[0]))
    return basis
