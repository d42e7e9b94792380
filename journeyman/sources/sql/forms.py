"""How columns of databases are asked for: each as a number, a date or text that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from journeyman.sources.sql.quoting import quoted, select, within
from journeyman.table.finding import Finding, Remedy

if TYPE_CHECKING:
    import polars as pl

#: A name for what is read, within our own statements.
_GIVEN = quoted("journeyman: given")
#: Moments that can be told: not infinite, and of a year with four digits.
_WITHIN = "({0} >= '0001-01-01' AND {0} < '10000-01-01')"


@dataclass(frozen=True)
class Form:
    """How a column is asked for.

    Parameters
    ----------
    name : as the statement gives it
    sql : an expression over the column, which is called ``c0``, ``c1`` …
    told : of dates, under which condition they can be told; the others are counted. Empty for everything else
    question, if_not : a condition over all cells under which ``sql`` holds them exactly, and what holds them else;
        empty where there is no question
    """

    name: str
    sql: str
    told: str = ""
    question: str = ""
    if_not: str = ""


def column(place: int) -> str:
    """What a column is called within our statements.

    >>> column(0)
    '"c0"'
    """
    return quoted(f"c{place}")


def moment(name: str, own: str, told: str = _WITHIN) -> Form:
    """A date or a time: missing where it cannot be told.

    Parameters
    ----------
    told : the condition under which it can be, with ``{0}`` for the column
    """
    condition = told.format(own)
    return Form(name, f"CASE WHEN {condition} THEN {own} END", told=condition)


def given(sql: str, width: int) -> str:
    """A statement as a table, its columns called by their places."""
    return f"{within(sql)} AS {_GIVEN} ({', '.join(column(place) for place in range(width))})"


def questions(forms: Sequence[Form], table: str) -> str:
    """A statement that answers what is open about the forms, in one row; empty where nothing is."""
    asked = [
        f"coalesce(bool_and({form.question}), true) AS {column(at)}" for at, form in enumerate(forms) if form.question
    ]
    return select(", ".join(asked), table) if asked else ""


def answered(forms: Sequence[Form], answers: Sequence[bool]) -> tuple[Form, ...]:
    """The forms, with the answers taken in."""
    left = iter(answers)
    return tuple(form if not form.question or next(left) else Form(form.name, form.if_not) for form in forms)


def statement(forms: Sequence[Form], table: str) -> str:
    """What is asked in the end: a column for each form, and behind them a flag for each moment that cannot be told."""
    flags = [f"({column(place)} IS NOT NULL AND NOT {form.told})" for place, form in enumerate(forms) if form.told]
    asked = [*(form.sql for form in forms), *flags]
    return select(", ".join(f"{one} AS {quoted(f'o{at}')}" for at, one in enumerate(asked)), table)


@dataclass
class OutOfReach:
    """Moments that cannot be told, column by column: how many, and the first row."""

    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, are: pl.Series, start: int) -> None:
        """Count those of one part, the first row of which is ``start``."""
        count = int(are.sum())
        if count:
            self.counts[name] = self.counts.get(name, 0) + count
            self.first.setdefault(name, start + int(are.arg_true()[0]))

    def findings(self) -> tuple[Finding, ...]:
        """What is to be told of them."""
        return tuple(
            Finding(
                code="infinite_values",
                severity="warning",
                message=f"{name!r} holds {count:,} dates that are infinite, before the year 1 or after 9999 (first in "
                f"row {self.first[name] + 1:,}); they were taken as missing",
                columns=(name,),
                rows=(self.first[name],),
                numbers={"count": count},
                remedy=Remedy(action="review", words="write NULL where there is no date"),
            )
            for name, count in self.counts.items()
        )
