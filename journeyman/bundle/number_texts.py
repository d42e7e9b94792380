"""A column of text that holds plain numbers, read already; the texts are at hand where one is to be shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from journeyman.table.columns import Numbers


class NumberTexts(Sequence[object]):
    """Cells of text, every one of which is a plain number or empty.

    Parameters
    ----------
    numbers : (rows,) what each cell is, NaN where it is empty
    text : the cell of a row as it stands, None where it is empty
    """

    def __init__(self, numbers: Numbers, text: Callable[[int], object]) -> None:
        self.numbers, self._text = numbers, text

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, row: int) -> object: ...

    @overload
    def __getitem__(self, row: slice) -> list[object]: ...

    def __getitem__(self, row: int | slice) -> object:
        if isinstance(row, slice):
            return [self._text(place) for place in range(*row.indices(len(self)))]
        return self._text(int(row))
