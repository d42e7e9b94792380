"""Which rows are unusual: what no reader can make sense of, and rows that are strange beside those of training.

One value a little out of range, one more rare level: of a wide table nearly every new row has some. So a row is not
unusual for a cell alone, but where it is stranger, all cells together, than a stated share of rows that come as the
training rows came. Where a bundle does not know how strange rows are, every cell out of range, or of a level that was
never met, makes its row unusual.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from journeyman.bundle.novelty import Meter, Novelty
from journeyman.bundle.reader import MOST_TROUBLES, Batch, Cells, Trouble, shown_at
from journeyman.bundle.shown import typed_cell
from journeyman.table.columns import MISSING_WORD, Columns, Numbers, Objects, Strings
from journeyman.table.schema import Column


class Unusual:
    """Says which of the rows that a reader read are unusual, and why. A row alone is judged as it is among others.

    Parameters
    ----------
    columns : the feature columns
    """

    def __init__(self, novelty: Novelty, columns: Sequence[Column]) -> None:
        self._novelty, self._meter = novelty, Meter(novelty.profiles, columns)
        self._numbers = [one.name for one in columns if one.kind in ("number", "flag")]
        self._dates = [one.name for one in columns if one.kind == "date"]
        self._words = [one.name for one in columns if one.kind in ("category", "text")]

    def many(self, batch: Batch, cells: Mapping[str, Cells]) -> tuple[Objects, tuple[Trouble, ...], Numbers]:
        """The status of each row, the first troubles, and the p-value of each row, NaN where it was refused."""
        novelty = self._novelty
        p_values = novelty.p_values(novelty.score(*self._meter.many(batch.columns)))
        refused = batch.status == "refused"
        p_values[refused] = np.nan
        with np.errstate(invalid="ignore"):
            strange = p_values <= novelty.limit
        status = np.where(refused, "refused", np.where(strange | batch.lost, "unusual", "ok")).astype(object)
        found = [one for one in batch.troubles if status[one.row] != "ok"]
        told = {(one.row, one.column) for one in found}
        first = np.flatnonzero(strange)[:MOST_TROUBLES]
        columns = batch.columns.take(first)
        for place, (row, names) in enumerate(zip(first.tolist(), self._meter.strangest(columns), strict=True)):
            for name in names:
                if (row, name) not in told:
                    shown = shown_at(cells[name], row)
                    found.append(self._trouble(row, columns, place, name, shown, float(p_values[row])))
        found.sort(key=lambda one: one.row)
        return status, tuple(found[:MOST_TROUBLES]), p_values

    def one(
        self, row: Mapping[str, Any], feeds: Mapping[str, Any], status: str, troubles: tuple[Trouble, ...]
    ) -> tuple[str, tuple[Trouble, ...]]:
        """The status of one row, and its troubles.

        Parameters
        ----------
        feeds, status, troubles : what the reader made of the row
        """
        if status == "refused":
            return status, troubles
        numbers = feeds["numbers"][0].tolist() if self._numbers else []
        words = feeds["words"][0].tolist() if self._words else []
        dates: list[float] = []
        if self._dates:
            pairs = zip(feeds["dates"][0].tolist(), feeds["dates_missing"][0].tolist(), strict=True)
            dates = [math.nan if gone else float(at) for at, gone in pairs]
        novelty = self._novelty
        p_value = novelty.p_value(novelty.score_one(*self._meter.one(numbers, dates, words)))
        if p_value > novelty.limit:
            # What has a value is judged with the row; what has none could not be read, or is not there.
            is_lost = status != "ok" and any(self._is_lost(one.column, row, numbers, dates, words) for one in troubles)
            return ("unusual", troubles) if is_lost else ("ok", ())
        columns = _columns_of(feeds, self._numbers, self._dates, self._words)
        told = {one.column for one in troubles}
        more = [name for name in self._meter.strangest(columns)[0] if name not in told]
        found = [self._trouble(0, columns, 0, name, shown_at([row.get(name)], 0), p_value) for name in more]
        return "unusual", (*troubles, *found)

    def _is_lost(
        self,
        name: str,
        row: Mapping[str, Any],
        numbers: Sequence[float],
        dates: Sequence[float],
        words: Sequence[str],
    ) -> bool:
        if name not in row:
            return True
        if name in self._words:
            return words[self._words.index(name)] == MISSING_WORD
        if name in self._dates:
            return math.isnan(dates[self._dates.index(name)])
        return math.isnan(numbers[self._numbers.index(name)])

    def _trouble(self, row: int, columns: Columns, place: int, name: str, shown: str, p_value: float) -> Trouble:
        what = "few training rows lack it" if typed_cell(columns, name, place) is None else "such a cell is rare"
        count = self._novelty.rows
        if p_value * (count + 1) < 1.5:
            return Trouble(row, name, shown, f"{what}: none of {count:,} training rows is as strange as this row")
        return Trouble(row, name, shown, f"{what}: about 1 in {1 / p_value:,.0f} training rows is as strange")


def _columns_of(
    feeds: Mapping[str, Any], numbers: Sequence[str], dates: Sequence[str], words: Sequence[str]
) -> Columns:
    """The graph's inputs of one row as typed columns."""
    return Columns.of(
        rows=1,
        numbers=feeds.get("numbers"),
        number_names=numbers,
        dates=feeds.get("dates"),
        dates_missing=feeds.get("dates_missing"),
        date_names=dates,
        words=[Strings.of([word]) for word in (feeds["words"][0].tolist() if words else [])],
        word_names=words,
    )
