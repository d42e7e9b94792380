"""What the cells of a column are like, learnt from the sound rows: how surprising is a cell in this column?

A column's model is a mixture of four views of a cell: it stood there before; it has a mask that stood there before
(``99/99/9999``); it has a shape that stood there before (``9/9/9``); it is a text of the column's letters and lengths.
Every character of a cell is paid for, so that the sums over the cells of a row can be compared between two ways of
taking the same line apart. Surprises are in nats.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from journeyman.sources.text.shapes import TYPED, is_missing, kind_of, mask_of, shape_of

#: How much is believed in each view.
_LEVEL, _MASK, _SHAPE, _TEXT = 0.3, 0.3, 0.2, 0.2
#: What a letter or digit costs where only its class is known.
_PER_CLASS = {"9": math.log(10), "a": math.log(26), "A": math.log(26)}
#: A run of letters or digits may have another length than any before.
_PER_RUN = 1.5
#: Characters there may be that no cell of the column has.
_ALPHABET = 120
#: Common beginnings shorter than this mean nothing.
_PREFIX = 4
#: What a cell costs beyond its characters that is no number, date or the like where nearly all cells are.
_FOREIGN = 3.0
#: Classes of characters that a cell may begin or end with.
_CLASSES = 8
#: Of so many cells it is found what they are.
_KINDS = 300
#: Of a longer cell, the rest costs what its beginning does a character.
_LONGEST = 400


@dataclass(frozen=True)
class ColumnModel:
    """What the cells of one column are like.

    Parameters
    ----------
    rows : cells that it was learnt from
    empty : how many of them were empty
    levels, masks, shapes : how often each cell, mask and shape stood there
    letters : surprise of each character, and of a new one under ``""``
    length, spread : mean and standard deviation of the logarithm of a cell's length
    edges : how often a class of character stands first, and last
    kinds : what the cells are, where they are no words
    strict : whether nearly all filled cells are of those kinds
    fresh : for each shape, how likely a cell of it has a mask that is new
    prefix : what all filled cells begin with
    quoted : share of the filled cells that stood in quotes
    """

    rows: int
    empty: int
    levels: Mapping[str, int]
    masks: Mapping[str, int]
    shapes: Mapping[str, int]
    letters: Mapping[str, float]
    length: float
    spread: float
    edges: tuple[Mapping[str, int], Mapping[str, int]]
    kinds: frozenset[str]
    strict: bool
    fresh: Mapping[str, float]
    prefix: str = ""
    quoted: float = 0.0
    _seen: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    @property
    def typed(self) -> bool:
        """Whether nearly all filled cells have one of a few shapes, as numbers, dates and codes do."""
        filled = self.rows - self.empty
        usual = sum(count for _, count in Counter(self.shapes).most_common(4))
        return filled >= 4 and usual >= 0.9 * filled and not any("a a" in shape for shape in self.shapes)

    def fits(self, cell: str) -> bool:
        """Whether a cell may stand here: any text in a column of texts; in others what looks as the others do."""
        if not cell.strip():
            return self.empty > 0 or self.rows < 8
        if not self.typed or cell in self.levels or is_missing(cell) or kind_of(cell) in self.kinds:
            return True
        return shape_of(mask_of(cell)) in self.shapes

    def surprise(self, cell: str) -> float:
        """Minus the logarithm of the probability of a cell in this column."""
        known = self._seen.get(cell)
        if known is None:
            if len(self._seen) > 20_000:
                self._seen.clear()
            known = self._seen[cell] = self._surprise(cell)
        return known

    def _surprise(self, cell: str) -> float:
        if cell == "":
            return -math.log((self.empty + 0.5) / (self.rows + 1))
        scale = 1.0
        if len(cell) > _LONGEST:
            scale, cell = len(cell) / _LONGEST, cell[:_LONGEST]
        total = self.rows + 1.0
        mask = mask_of(cell)
        shape = shape_of(mask)
        classes = self._of_classes(cell, mask)
        fresh = self.fresh.get(shape, 0.0)
        views = [
            (_LEVEL, self.levels.get(cell, 0) / total, 0.0),
            (_MASK, self.masks.get(mask, 0) / total, classes),
            (_SHAPE, fresh * self.shapes.get(shape, 0) / total, classes + _PER_RUN),
            (_TEXT, (self.rows - self.empty + 0.5) / total, self._of_letters(cell, mask)),
        ]
        parts = [math.log(weight * share) - cost for weight, share, cost in views if share > 0]
        top = max(parts)
        foreign = _FOREIGN if self.strict and self._is_foreign(cell) else 0.0
        return -(top + math.log(sum(math.exp(part - top) for part in parts))) * scale + foreign

    def _is_foreign(self, cell: str) -> bool:
        return cell not in self.levels and kind_of(cell) not in (*self.kinds, "missing")

    def _of_classes(self, cell: str, mask: str) -> float:
        begin = len(self.prefix) if self.prefix and cell.startswith(self.prefix) else 0
        return sum(_PER_CLASS.get(letter, 0.0) for letter in mask[begin:])

    def _of_letters(self, cell: str, mask: str) -> float:
        rest = cell[len(self.prefix) :] if self.prefix and cell.startswith(self.prefix) else cell
        new = self.letters[""]
        away = (math.log(len(cell)) - self.length) / self.spread
        letters = sum(self.letters.get(letter, new) for letter in rest)
        return letters + 0.5 * away * away + math.log(len(cell) + 1) + self._of_edges(mask)

    def _of_edges(self, mask: str) -> float:
        first, last = self.edges
        filled = self.rows - self.empty + 0.5 * _CLASSES
        return -math.log((first.get(mask[0], 0) + 0.5) * (last.get(mask[-1], 0) + 0.5) / filled / filled)


class Columns(Sequence[ColumnModel]):
    """Models of the columns of rows that all have as many cells; each is learnt when somebody asks for it.

    Parameters
    ----------
    rows : (rows, columns) cells
    quoted : which of the cells stood in quotes, (rows, columns); nothing where that is not known
    width : how many columns there are, where there are no rows
    """

    def __init__(self, rows: Sequence[Sequence[str]], quoted: Sequence[Sequence[bool]] = (), *, width: int = 0) -> None:
        self._rows, self._quoted = rows, quoted
        self._width = len(rows[0]) if rows else width
        self._learnt: dict[int, ColumnModel] = {}

    def __len__(self) -> int:
        return self._width

    def never_empty(self) -> list[int]:
        """The places of the columns that have no empty cell."""
        return [place for place in range(self._width) if self._rows and all(row[place] for row in self._rows)]

    @overload
    def __getitem__(self, place: int) -> ColumnModel: ...
    @overload
    def __getitem__(self, place: slice) -> list[ColumnModel]: ...
    def __getitem__(self, place: int | slice) -> ColumnModel | list[ColumnModel]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(self._width))]
        if not -self._width <= place < self._width:
            raise IndexError(place)
        place %= self._width
        if place not in self._learnt:
            cells = [row[place] for row in self._rows]
            self._learnt[place] = learn_column(cells, [row[place] for row in self._quoted])
        return self._learnt[place]


def learn_column(cells: Sequence[str], quoted: Sequence[bool] = ()) -> ColumnModel:
    """The model of one column.

    >>> model = learn_column(["2024-01-02", "2024-03-04", "2024-05-06", "2024-07-08", "2024-09-10"])
    >>> model.surprise("2025-01-01") < model.surprise("Ada Lovelace") / 2, model.typed, model.fits("x")
    (True, True, False)
    """
    filled = [cell for cell in cells if cell]
    masks = [mask_of(cell[:_LONGEST]) for cell in filled]
    letters = Counter(letter for cell in filled for letter in cell[:_LONGEST])
    count = sum(letters.values()) + 0.5 * _ALPHABET
    lengths = [math.log(len(cell)) for cell in filled]
    mean = sum(lengths) / len(lengths) if lengths else 2.0
    variance = sum((one - mean) ** 2 for one in lengths) / len(lengths) if lengths else 1.0
    kinds = Counter(kind for kind in map(kind_of, filled[:_KINDS]) if kind != "missing")
    prefix = _common_beginning(filled) if len(set(filled)) > 2 else ""
    return ColumnModel(
        rows=len(cells),
        empty=len(cells) - len(filled),
        levels=Counter(filled),
        masks=Counter(masks),
        shapes=Counter(shape_of(mask) for mask in masks),
        letters={**{one: -math.log((n + 0.5) / count) for one, n in letters.items()}, "": -math.log(0.5 / count)},
        length=mean,
        spread=max(math.sqrt(variance), 0.25),
        edges=(Counter(mask[0] for mask in masks), Counter(mask[-1] for mask in masks)),
        kinds=frozenset(kind for kind, count in kinds.items() if kind in TYPED and count >= 0.02 * sum(kinds.values())),
        strict=sum(count for kind, count in kinds.items() if kind in TYPED) >= 0.95 * sum(kinds.values()) > 0,
        fresh=_fresh(Counter(masks)),
        prefix=prefix if len(prefix) >= _PREFIX else "",
        quoted=sum(quoted) / len(filled) if quoted and filled else 0.0,
    )


def _common_beginning(cells: Sequence[str]) -> str:
    first, last = min(cells), max(cells)
    length = next((place for place, (one, two) in enumerate(zip(first, last, strict=False)) if one != two), None)
    return first if length is None else first[:length]


def _fresh(masks: Mapping[str, int]) -> dict[str, float]:
    """How likely the next cell of a shape has a new mask: as often as masks stood there once (Good and Turing)."""
    counts: Counter[str] = Counter()
    once: Counter[str] = Counter()
    for mask, count in masks.items():
        shape = shape_of(mask)
        counts[shape] += count
        once[shape] += count == 1
    return {shape: (once[shape] + 0.5) / (count + 1.0) for shape, count in counts.items()}
