"""Columns that are left out by what the first rows hold: what of later rows does not agree with that is told.

A row with a cell in the last column, which was left out as empty, is set aside; nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeyman.sources.text.describing import Described
from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.rows import Batch
from journeyman.sources.text.telling import Told
from journeyman.table.finding import Finding, Remedy
from journeyman.table.table import LONGEST_RECORD, SetAside


class Leaving:
    """Looks whether the columns that are left out hold what they held at the beginning.

    Parameters
    ----------
    columns : which are left out, and why
    """

    def __init__(self, columns: Described, dialect: Dialect) -> None:
        self.columns, self.dialect = columns, dialect
        self.miscounted = 0
        self.filled = Told()

    def look(self, batch: Batch, given: int) -> list[SetAside]:
        """Rows of a batch that are set aside, by their place in it.

        Parameters
        ----------
        given : rows of the table before the batch
        """
        if self.columns.counts_from is not None and not self.miscounted:
            self.miscounted = _miscounted(batch, self.columns.counts_from + given)
        if not self.columns.is_trailing:
            return []
        aside = []
        for place in batch.frame.to_series(batch.frame.width - 1).is_not_null().arg_true().to_list():
            text = self.dialect.delimiter.join(cell or "" for cell in batch.frame.row(place))[:LONGEST_RECORD]
            line = int(batch.lines[place])
            self.filled.add(line, text, row=given + place)
            aside.append(SetAside(place, "ragged_rows", line, text))
        return aside

    def findings(self) -> Iterator[Finding]:
        """What there is to tell in the end."""
        if self.miscounted:
            yield Finding(
                code="index_column",
                severity="warning",
                message=f"the first column, which was left out, does not count rows beyond line {self.miscounted:,}",
                numbers={"lines": [self.miscounted]},
                remedy=Remedy(action="review", words="give it a name in the file if it means something"),
            )
        if self.filled.count:
            some = "1 row has" if self.filled.count == 1 else f"{self.filled.count:,} rows have"
            where = f"row {self.filled.rows[0] + 1:,}, line {self.filled.lines[0]:,}"
            yield Finding(
                code="ragged_rows",
                severity="warning",
                message=f"{some} a cell in the last column, which has no name (first: {where}); set aside",
                rows=tuple(self.filled.rows),
                numbers={"count": self.filled.count, "lines": self.filled.lines, "examples": self.filled.examples()},
                remedy=Remedy(action="review", words="give the last column a name in the file"),
            )


def _miscounted(batch: Batch, begin: int) -> int:
    """The first line in which the first column does not count on; 0 where there is none."""
    import polars as pl

    counted = pl.Series(range(begin, begin + batch.frame.height), dtype=pl.Int64).cast(pl.String)
    wrong = (batch.frame.to_series(0) != counted).fill_null(value=True).arg_true()
    return int(batch.lines[int(wrong[0])]) if len(wrong) else 0
