"""Features of a world: what stands in its rows before there is an outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from journeyman.table.columns import Integers, Numbers

#: Names of the first numbers, with the mean and spread they are shown with; the law reads them in standard units.
_NUMBERS = (
    ("age", 45.0, 13.0),
    ("income", 42_000.0, 9_000.0),
    ("balance", 1_200.0, 800.0),
    ("visits", 20.0, 6.0),
    ("distance", 30.0, 10.0),
    ("score", 500.0, 100.0),
)
_REGIONS = ("north", "south", "east", "west")
#: What a missing number says to a law, in standard units. Missing is a value of its own for the law, so the best
#: answer to a row with gaps is known, not only bounded.
MISSING_SAYS = 0.5
#: Columns of the features that may have gaps: the first numbers, and the first words.
_GAPPED = 3
_START = np.datetime64("2023-01-01")
#: Days between the first and the last row of a table with dates.
SPAN_DAYS = 731


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How many features there are: numbers, and the number of levels of each column of words."""

    numbers: int
    words: tuple[int, ...]
    missing: float


@dataclass(frozen=True, kw_only=True)
class Features:
    """Rows without their outcome.

    Shapes: ``numbers`` (rows, numbers) in standard units, missing is NaN; ``words`` (rows, words) codes, of which the
    one behind the last level is missing. ``hidden``: column place → (rows,) its values before cells went missing,
    where the law reads what is not recorded. ``time`` (rows,): 0 to 1 within a table, beyond 1 after it; None without
    dates. ``notes``: arrays that plants remember of the rows. ``columns``: columns that plants added, as shown.
    """

    numbers: Numbers
    words: Integers
    levels: tuple[int, ...]
    hidden: Mapping[int, Numbers] = field(default_factory=dict)
    time: Numbers | None = None
    notes: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.numbers)

    def known(self) -> Numbers:
        """What the law reads of the numbers, (rows, numbers), without gaps."""
        read = np.nan_to_num(self.numbers, nan=MISSING_SAYS)
        for place, values in self.hidden.items():
            read[:, place] = values
        return read

    def take(self, rows: Any) -> Features:
        """Some rows, without the columns that plants added."""
        return replace(
            self,
            numbers=self.numbers[rows],
            words=self.words[rows],
            hidden={place: values[rows] for place, values in self.hidden.items()},
            time=None if self.time is None else self.time[rows],
            notes={name: values[rows] for name, values in self.notes.items()},
            columns={},
        )

    def noted(self, name: str, values: Any) -> Features:
        """The same, with something to remember of each row."""
        return replace(self, notes={**self.notes, name: values})

    def beside(self, name: str, cells: Any) -> Features:
        """The same with another column."""
        return replace(self, columns={**self.columns, name: cells})

    def shown(self) -> dict[str, Any]:
        """The columns as a table has them: float64 with NaN, lists of str with None."""
        columns: dict[str, Any] = {} if self.time is None else {"date": dates(self.time)}
        for place in range(self.numbers.shape[1]):
            columns[number_name(place)] = shown_number(place, self.numbers[:, place])
        for place, count in enumerate(self.levels):
            columns[word_name(place)] = cells_of(self.words[:, place], level_names(place, count))
        return {**columns, **self.columns}


def independent(sizes: Sizes, random: np.random.Generator, rows: int) -> Features:
    """Features that know nothing of one another: standard normal numbers, equally likely words, gaps by chance."""
    numbers = random.standard_normal((rows, sizes.numbers))
    words = np.zeros((rows, len(sizes.words)), np.int64)
    for place, count in enumerate(sizes.words):
        words[:, place] = random.integers(0, count, rows)
    return with_gaps(Features(numbers=numbers, words=words, levels=sizes.words), sizes, random)


def with_gaps(features: Features, sizes: Sizes, random: np.random.Generator) -> Features:
    """The same with cells missing by chance in the first numbers and the first words."""
    numbers, words = features.numbers.copy(), features.words.copy()
    for place in range(min(_GAPPED, sizes.numbers)):
        numbers[random.uniform(size=len(numbers)) < sizes.missing, place] = np.nan
    if sizes.words:
        words[random.uniform(size=len(words)) < sizes.missing, 0] = sizes.words[0]
    return replace(features, numbers=numbers, words=words)


def number_name(place: int) -> str:
    """The name of a number."""
    return _NUMBERS[place][0] if place < len(_NUMBERS) else f"number_{place + 1}"


def shown_number(place: int, values: Any) -> Any:
    """Standard units → what is shown: an array, or one threshold."""
    _, mean, spread = _NUMBERS[place] if place < len(_NUMBERS) else ("", 0.0, 1.0)
    return mean + spread * values


def word_name(place: int) -> str:
    """The name of a column of words."""
    return ("region", "product")[place] if place < 2 else f"word_{place + 1}"


def level_names(place: int, count: int) -> tuple[str, ...]:
    """The levels of a column of words."""
    first = _REGIONS if place == 0 else ()
    return tuple(first[one] if one < len(first) else f"{word_name(place)} {one + 1}" for one in range(count))


def cells_of(codes: Integers, levels: Sequence[str]) -> list[str | None]:
    """Codes as words; the code behind the last level is missing."""
    named = np.empty(len(levels) + 1, dtype=object)
    named[:-1] = levels
    named[-1] = None
    cells: list[str | None] = named[codes].tolist()
    return cells


def whole_days(time: Numbers) -> Numbers:
    """Times moved to the day on which they are shown, so that the law reads what the table says."""
    return np.floor(time * SPAN_DAYS) / SPAN_DAYS


def dates(time: Numbers) -> list[str | None]:
    """Times as ISO dates; NaN is None."""
    known = np.isfinite(time)
    days = np.floor(np.where(known, time, 0) * SPAN_DAYS + 1e-6).astype(np.int64)
    cells: list[str | None] = np.datetime_as_string(_START + days).tolist()
    return cells if known.all() else [cell if one else None for cell, one in zip(cells, known, strict=True)]
