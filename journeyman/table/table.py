"""A table: typed columns, what each of them is, and the ledger of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from journeyman.table.columns import MISSING_WORD, Columns, Flags, Integers, Numbers, Strings
from journeyman.table.finding import Finding
from journeyman.table.joined import Joined
from journeyman.table.schema import Schema


@dataclass(frozen=True)
class Dates:
    """One column of dates: microseconds since 1970-01-01 UTC, (rows,), with its missing flags."""

    at: Integers
    missing: Flags

    def take(self, rows: Any) -> Dates:
        """The cells at some rows."""
        return Dates(self.at[rows], self.missing[rows])


#: What a column's cells are: float64 (rows,) for numbers and flags, `Strings` for category, text and id, `Dates`.
#: A text's cells are its terms, as the reader took them out of it, joined by `TERM_END`.
Values = Numbers | Strings | Dates


@dataclass(frozen=True)
class SetAside:
    """A row that was read and is not used.

    Parameters
    ----------
    row : its position in the source, from 0; of several sources, in one after the other
    code : why, in the vocabulary of findings
    line : the line of a text file, or the row of a sheet, where it begins, from 1; 0 where there is none
    text : the record as it stands in the source, cut at `LONGEST_RECORD` characters; empty where it has no text
    source : the file it stands in, where there are several
    """

    row: int
    code: str
    line: int = 0
    text: str = ""
    source: str = ""


#: So much of a record that is set aside is kept.
LONGEST_RECORD = 2_000


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Rows read = rows used + rows set aside, each of which is kept with its number and the code of why.

    ``sampled`` of the rows set aside are not listed: a table larger than memory is read as a sample of its rows.
    """

    read: int
    used: int
    set_aside: tuple[SetAside, ...] = ()
    sampled: int = 0

    def as_data(self) -> dict[str, Any]:
        """The numbers as JSON holds them, with how many rows were set aside for which reason."""
        counts: dict[str, Any] = {"read": self.read, "used": self.used, "set_aside": len(self.set_aside)}
        if self.set_aside:
            counts["reasons"] = dict(sorted(Counter(one.code for one in self.set_aside).items()))
        return counts | ({"sampled": self.sampled} if self.sampled else {})


@dataclass(frozen=True, kw_only=True)
class Table:
    """The data: typed values by column name, the schema, the ledger, and what reading it brought to light.

    Parameters
    ----------
    origin : where it came from, in words ("churn.csv: 7,043 rows, 21 columns (';' separated)")
    digest : SHA-256 of the source's bytes, or of the values where there is no file
    row_numbers : (rows,) the number of each row in the source, counted from 0
    joined : the tables that were joined to it
    """

    name: str
    schema: Schema
    values: Mapping[str, Values]
    rows: int
    ledger: Ledger
    origin: str
    digest: str
    row_numbers: Integers
    findings: tuple[Finding, ...] = ()
    joined: tuple[Joined, ...] = ()

    def take(self, rows: Any) -> Table:
        """Some rows (positions or a mask)."""
        numbers = self.row_numbers[rows]
        values = {
            name: value[rows] if isinstance(value, np.ndarray) else value.take(rows)
            for name, value in self.values.items()
        }
        return replace(self, values=values, rows=len(numbers), row_numbers=numbers)

    def with_schema(self, schema: Schema) -> Table:
        """The same cells under another schema."""
        return replace(self, schema=schema)

    def missing(self, name: str) -> Flags:
        """Which cells of a column are missing, (rows,)."""
        value = self.values[name]
        if isinstance(value, Strings):
            return np.array([level == MISSING_WORD for level in value.levels] or [False])[value.codes]
        if isinstance(value, Dates):
            return value.missing
        return np.isnan(value)

    def features(self) -> Columns:
        """The feature columns in blocks, in the order of `Schema.features`; what the first step of a plan takes."""
        features = self.schema.features
        texts = [column.name for column in features if column.kind == "text"]
        return blocks({column.name: self.values[column.name] for column in features}, self.rows, texts)


def blocks(values: Mapping[str, Values], rows: int, texts: Sequence[str] = ()) -> Columns:
    """Values by name → the three blocks, each in the order of the mapping; ``texts`` names the texts among them."""
    numbers = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    dates = {name: value for name, value in values.items() if isinstance(value, Dates)}
    words = {name: value for name, value in values.items() if isinstance(value, Strings)}
    return Columns.of(
        rows=rows,
        numbers=_stack(list(numbers.values()), rows, np.float64),
        number_names=tuple(numbers),
        dates=_stack([value.at for value in dates.values()], rows, np.int64),
        dates_missing=_stack([value.missing for value in dates.values()], rows, np.bool_),
        date_names=tuple(dates),
        words=tuple(words.values()),
        word_names=tuple(words),
        text_names=tuple(texts),
    )


def _stack(columns: Sequence[Any], rows: int, kind: type) -> Any:
    return np.column_stack(columns).astype(kind, copy=False) if columns else np.empty((rows, 0), kind)
