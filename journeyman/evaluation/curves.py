"""What an additive model is, for people: each curve with how sure it is, and how many rows stand behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import numpy as np

from journeyman.evaluation.probed import Probed, probe
from journeyman.learners.learner import Learner
from journeyman.learners.terms import Readable, Term
from journeyman.plan.combine import Chain
from journeyman.plan.retarget import Retargeted
from journeyman.plan.step import State, Step, within
from journeyman.table.columns import MISSING_WORD, Columns, Numbers, Strings

#: A 95 % interval from five parts of the rows: the quantile of Student's t with four degrees of freedom.
_TIMES = 2.776
#: So many curves are told, those that move answers most.
MOST_CURVES = 40
#: So many training rows, evenly spread, give levels their names.
MOST_ROWS = 100_000
#: On which scale a curve adds up: the target's own, the logarithm of odds, of a rate, or of one more than the target.
Scale = Literal["target", "log odds", "log rate", "log"]
_SCALES: tuple[Scale, ...] = ("target", "log odds", "log odds", "log rate")


@dataclass(frozen=True, kw_only=True)
class Axis:
    """The cells of a term along one column.

    A column of numbers has ``cuts``: its cells are up to the first, up to each next, beyond the last, and missing. A
    column of words has ``levels``, one cell each, and missing or unknown words at the end. Where a curve ``is_line``,
    its values are those at the cuts themselves, straight lines lie between, and the last is what missing says.
    """

    name: str
    cuts: tuple[float, ...] = ()
    levels: tuple[str, ...] = ()
    is_line: bool = False

    @property
    def is_words(self) -> bool:
        """Whether the cells are levels."""
        return bool(self.levels)


@dataclass(frozen=True, kw_only=True)
class Curve:
    """One term: over one column, or two.

    Shapes: ``values`` (cells, outputs) are added to the score of a row in that cell, the mean over all training rows
    being 0; ``low`` and ``high`` (cells, outputs) their 95 % intervals; ``rows`` (cells,) the training rows there. The
    second of two columns runs fastest. ``size`` is by how much the term moves a score on average.
    """

    axes: tuple[Axis, ...]
    values: tuple[tuple[float, ...], ...]
    low: tuple[tuple[float, ...], ...]
    high: tuple[tuple[float, ...], ...]
    rows: tuple[int, ...]
    size: float


@dataclass(frozen=True, kw_only=True)
class Curves:
    """All there is to an additive model: scores are ``intercept`` (outputs,) and one cell's values of each curve.

    ``scale`` says what a score is. ``left_out`` counts the curves that are not told, which move answers least.
    ``untold`` names columns that add something which is no curve: dates and texts of a linear model. ``has_intervals``:
    whether it is known how sure the values are; where it is not, ``low`` and ``high`` are the values themselves.
    """

    scale: Scale
    intercept: tuple[float, ...]
    curves: tuple[Curve, ...]
    left_out: int
    untold: tuple[str, ...] = ()
    has_intervals: bool = True

    def as_data(self) -> dict[str, Any]:
        """The curves as ``run.json`` holds them."""
        return asdict(self)


def curves_of(plan: Step, state: State, columns: Columns) -> Curves | None:
    """The curves of a fitted plan; None where it is not one model that adds up.

    Parameters
    ----------
    columns : the training rows, by which levels get their names
    """
    if columns.rows > MOST_ROWS:
        columns = columns.take(np.linspace(0, columns.rows - 1, MOST_ROWS).astype(np.int64))
    found = _readable(plan, state, columns)
    if found is None:
        return None
    link = int(found.learnt["link"][0])
    is_rate = bool(found.learnt["is_rate"][0]) if "is_rate" in found.learnt else False
    scale: Scale = "log" if found.is_logarithm else "log rate" if is_rate else _SCALES[link]
    if isinstance(found.learner, Readable):
        terms, names = found.learner.terms(found.learnt), found.learner.names(found.learnt)
        told, intercept = [_curve(one, names, found.given, columns) for one in terms.terms], terms.intercept
        untold: tuple[str, ...] = ()
    else:
        asked = probe(found.plan, found.state, columns, scale)
        if asked is None:
            return None
        told, intercept, untold = [_line(one) for one in asked.sums], asked.intercept, asked.untold
    told = sorted((one for one in told if one.size > 0), key=lambda one: -one.size)
    return Curves(
        scale=scale,
        intercept=tuple(intercept.tolist()),
        curves=tuple(told[:MOST_CURVES]),
        left_out=len(told[MOST_CURVES:]),
        untold=untold,
        has_intervals=isinstance(found.learner, Readable),
    )


@dataclass(frozen=True)
class _Found:
    """A learner that adds up, what it learnt, and the columns that it was given; and the plan that it stands in."""

    learner: Learner
    learnt: State
    given: Columns
    plan: Step
    state: State
    is_logarithm: bool = False


def _readable(plan: Step, state: State, columns: Columns) -> _Found | None:
    """The learner within chains, and within plans that only choose rows or scale the target."""
    if isinstance(plan, Learner):
        return _Found(plan, state, columns, plan, state) if plan.adds_up else None
    if isinstance(plan, Chain):
        given = columns
        for place, step in enumerate(plan.steps[:-1]):
            given = step.apply(within(state, str(place)), given)
        found = _readable(plan.steps[-1], within(state, str(len(plan.steps) - 1)), given)
        return None if found is None else replace(found, plan=plan, state=state)
    inner = getattr(plan, "inner", None)
    if not isinstance(inner, Step):
        return None
    found = _readable(inner, within(state, "inner"), columns)
    if found is None or not isinstance(plan, Retargeted) or "shift" not in state:
        return found
    return replace(found, is_logarithm=True)


def _curve(term: Term, names: Sequence[str], given: Columns, columns: Columns) -> Curve:
    axes = []
    for place, cuts in zip(term.columns, term.cuts, strict=True):
        name = names[place]
        if name in given.code_names and name in columns.word_names:
            words = columns.words[columns.word_names.index(name)]
            codes = given.numbers[:, given.number_names.index(name)]
            axes.append(Axis(name=name, levels=tuple(_levels(words, codes, len(cuts) + 1))))
        else:
            axes.append(Axis(name=name, cuts=tuple(cuts.tolist())))
    size = float((term.rows @ np.abs(term.values)).max() / max(term.rows.sum(), 1.0))
    far = _TIMES * term.spread
    return Curve(
        axes=tuple(axes),
        values=_rounded(term.values),
        low=_rounded(term.values - far),
        high=_rounded(term.values + far),
        rows=tuple(term.rows.astype(int).tolist()),
        size=size,
    )


def _line(one: Probed) -> Curve:
    axis = Axis(name=one.name, cuts=one.points, levels=one.levels, is_line=not one.levels)
    values = _rounded(one.values)
    size = float((one.rows @ np.abs(one.values)).max() / max(one.rows.sum(), 1.0))
    rows = tuple(one.rows.astype(int).tolist())
    return Curve(axes=(axis,), values=values, low=values, high=values, rows=rows, size=size)


def _levels(words: Strings, codes: Numbers, count: int) -> Iterator[str]:
    """What the codes 0, 1, … stand for; several rare words may share one."""
    counts: list[Mapping[str, int]] = []
    for code in range(count):
        there = np.bincount(words.codes[codes == code], minlength=len(words.levels))
        counts.append({words.levels[place]: int(there[place]) for place in np.flatnonzero(there)})
    for one in counts:
        if len(one) == 1:
            word = next(iter(one))
            yield "missing" if word == MISSING_WORD else word
        else:
            yield f"{len(one)} rare ones" if one else "none"


def _rounded(values: Numbers) -> tuple[tuple[float, ...], ...]:
    """Values with as many digits as anybody reads."""
    return tuple(tuple(float(f"{value:.9g}") for value in row) for row in values.tolist())
