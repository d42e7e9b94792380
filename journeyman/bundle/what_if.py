"""What a model would answer if one cell of a row were another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from journeyman.bundle.background import TypedCell
from journeyman.bundle.profile import SHARES, NumberProfile, Profile
from journeyman.bundle.shown import shown_cell, typed_cell
from journeyman.errors import InputError, nearest
from journeyman.statistics.label_rule import LabelRule, labels
from journeyman.table.columns import Columns, Integers, Numbers, Strings
from journeyman.table.schema import Column

#: Most points of a curve.
POINTS = 33
#: Where quantiles are known, points lie between these two of them: further out hardly any row has been.
_LOW, _HIGH = 0.01, 1 - 0.01
_DAY = 86_400_000_000.0


@dataclass(frozen=True, kw_only=True)
class Curve:
    """The model's answer for each value that a column may take, all other cells of the row as they are.

    It says what the model would answer, not what would happen: who changes the cell in the world may change others.

    Parameters
    ----------
    column, kind : what is varied: ``"number"``, ``"flag"``, ``"date"`` or ``"category"``
    values : the values, (points,): numbers, microseconds since 1970-01-01 UTC for dates, 1 and 0 for flags, or words
    shown : the same in words
    answers : (points,) the chance of ``label``, or the predicted number
    label : the class whose chance it is: of two the positive one, of more the one that is predicted now
    at : the row's own value, None where it is missing; ``place`` is its place in ``values``, None where it is not there
    answer : the model's answer for the row as it is
    """

    column: str
    kind: str
    values: tuple[TypedCell, ...]
    shown: tuple[str, ...]
    answers: Numbers
    label: str | None
    at: TypedCell
    place: int | None
    answer: float

    def as_data(self) -> dict[str, Any]:
        """The curve as JSON holds it."""
        told = {name: getattr(self, name) for name in ("column", "kind", "label", "at", "place", "answer")}
        answers = [round(one, 9) for one in self.answers.tolist()]
        return {**told, "values": list(self.values), "shown": list(self.shown), "answers": answers}


def curve(
    answer: Callable[[Columns], Numbers],
    row: Columns,
    column: Column,
    classes: Sequence[str],
    profile: Profile | None = None,
    rule: LabelRule | None = None,
) -> Curve:
    """Vary one cell: numbers and dates over the range of training, flags over both values, words over the levels.

    Parameters
    ----------
    row : one row, read
    classes : labels; empty for numbers
    profile : of the column, where it is known: points then lie where rows are
    rule : which of several classes is named, whose chance the curve shows; None for the likeliest

    Raises
    ------
    InputError : the column is a text, or training saw no value of it
    """
    at = typed_cell(row, column.name, 0)
    values = _values(column, at, profile)
    own = answer(row)[0]
    output = int(labels(own[None], rule)[0]) if len(own) > 1 else 0
    answers = answer(_with_values(row, column, values))[:, output]
    label = None if not classes else classes[1 if len(classes) == 2 else output]
    place = values.index(at) if at is not None else None
    shown = tuple(shown_cell(column, one) for one in values)
    return Curve(
        column=column.name,
        kind=column.kind,
        values=tuple(values),
        shown=shown,
        answers=answers,
        label=label,
        at=at,
        place=place,
        answer=float(own[output]),
    )


def column_named(columns: Sequence[Column], name: str) -> Column:
    """The column of a model by name.

    Raises
    ------
    InputError : the model reads no such column; near names are offered
    """
    for column in columns:
        if column.name == name:
            return column
    raise InputError(
        f"the model reads no column {str(name)[:80]!r}",
        remedy=nearest(str(name), [column.name for column in columns]),
        code="column_missing",
    )


def _values(column: Column, at: TypedCell, profile: Profile | None) -> list[TypedCell]:
    """The points, in order, the row's own value among them."""
    if column.kind == "flag":
        return [0.0, 1.0]
    if column.kind == "category":
        words: list[TypedCell] = list(column.levels[:POINTS])
        return words if at is None or at in words else [*words, at]
    if column.kind == "text":
        raise InputError(
            f"{column.name!r} is a text", because="there is no range of texts", remedy="ask for another column"
        )
    if column.low is None or column.high is None:
        raise InputError(
            f"column {column.name!r} has no range",
            because="no training row has a value there",
            remedy="ask for another",
        )
    ends = [column.low, column.high]
    low, high = ends
    step = 1.0 if column.kind == "date" else 0.0
    if isinstance(profile, NumberProfile):
        quantiles = np.array(profile.quantiles)
        low, high = (profile.quantiles[SHARES.index(share)] for share in (_LOW, _HIGH))
        # Whole numbers, and dates without a time of day, stay such.
        whole = _DAY if column.kind == "date" else 1.0
        step = whole if np.all(quantiles == whole * np.round(quantiles / whole)) else step
    # Halves: the difference of two very large numbers may be infinite.
    share = np.linspace(0, 1, POINTS - 2)
    points = np.concatenate([low * (1 - share) + high * share, ends])
    if step:
        points = step * np.round(points / step)
    points = np.unique(np.append(points, [] if at is None else [float(at)]))
    if column.kind == "date":
        return list(points.astype(np.int64).tolist())
    return list(points.tolist())


def _with_values(row: Columns, column: Column, values: Sequence[TypedCell]) -> Columns:
    """As many copies of a row as there are values, each with one of them."""
    copies = row.take(np.zeros(len(values), np.int64))
    if column.kind == "category":
        place = copies.word_names.index(column.name)
        words = Strings.of([str(one) for one in values])
        return replace(copies, words=(*copies.words[:place], words, *copies.words[place + 1 :]))
    if column.kind == "date":
        place = copies.date_names.index(column.name)
        dates: Integers = copies.dates.copy()
        missing = copies.dates_missing.copy()
        dates[:, place], missing[:, place] = np.array(values, np.int64), False
        return replace(copies, dates=dates, dates_missing=missing)
    place = copies.number_names.index(column.name)
    numbers = copies.numbers.copy()
    numbers[:, place] = np.array(values, np.float64)
    return replace(copies, numbers=numbers)
