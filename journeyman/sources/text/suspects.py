"""Rows of a frame that may be no rows of the table, found in all of them at once: totals, names, empty rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from journeyman.sources.text.ending import TOTAL, is_total
from journeyman.sources.text.form import Form

if TYPE_CHECKING:
    import polars as pl

#: So many columns are looked at in every row, to find those that are to be looked at whole.
_SOME = 20
#: So many of the last rows are looked at one by one for a cell.
_LAST = 8


class Suspects:
    """Finds them in a table's frames.

    Parameters
    ----------
    form : how the table is read
    """

    def __init__(self, form: Form) -> None:
        self.form = form
        self.never_empty = form.columns.never_empty()[:_SOME] if form.width > 2 else []
        self.named = [(place, name) for place, name in enumerate(form.header) if name]

    def totals(self, frame: pl.DataFrame) -> list[int]:
        """Rows that sum up others: they say so, and lack cells which no row lacked at the beginning."""
        import polars as pl

        if not self.never_empty or not frame.height:
            return []
        lacking = frame.select(pl.any_horizontal([pl.nth(place).is_null() for place in self.never_empty]))
        places = lacking.to_series().arg_true()
        if not len(places):
            return []
        said = frame[places].select(pl.any_horizontal(pl.all().str.contains(TOTAL)).fill_null(value=False))
        return [
            place
            for place in places.filter(said.to_series()).to_list()
            if is_total([cell or "" for cell in frame.row(place)], self.form.columns)
        ]

    def names(self, frame: pl.DataFrame) -> list[int]:
        """Rows that are the names of the columns."""
        import polars as pl

        if not self.named or not frame.height:
            return []
        some = [pl.nth(place) == name for place, name in self.named[:_SOME]]
        again = frame.select(pl.all_horizontal(some).fill_null(value=False)).to_series().arg_true().to_list()
        return [place for place in again if self._are_names(frame.row(place))]

    def _are_names(self, row: Sequence[str | None]) -> bool:
        return all(row[place] == name for place, name in self.named)

    def empty(self, frame: pl.DataFrame) -> list[int]:
        """Rows without any cell."""
        import polars as pl

        if not frame.height:
            return []
        some = [pl.nth(place).is_null() for place in range(min(frame.width, _SOME))]
        places = frame.select(pl.all_horizontal(some)).to_series().arg_true().to_list()
        return [place for place in places if not any(frame.row(place))] if frame.width > _SOME else places


def last_filled(frame: pl.DataFrame) -> int:
    """The last row with any cell; -1 where there is none."""
    import polars as pl

    for place in range(frame.height - 1, max(frame.height - _LAST, 0) - 1, -1):
        if any(frame.row(place)):
            return place
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series().arg_true()
    return int(filled[-1]) if len(filled) else -1
