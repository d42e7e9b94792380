"""Some of the training rows, what shallow trees leave of them, and the columns that ideas for features are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from journeyman.plan.target import Target
from journeyman.preparation.derive.gain import Gain, Judge, binned
from journeyman.preparation.derive.keys import number_key, value_key, word_key
from journeyman.preparation.derive.rest import rest_of
from journeyman.table.columns import Columns, Integers, Numbers

#: Rows and cells that ideas are judged on at most.
_MOST_ROWS, _MOST_CELLS, _FEWEST_OF_WIDE = 10_000, 1_500_000, 1_000
#: Columns that take part as keys, and as numbers.
MOST_KEYS, MOST_NUMBERS = 16, 14
#: An idea is judged in each of so many parts of the rows by the others.
_PARTS = 5
#: How many standard errors an idea's gain must exceed, and how many times that of its parts.
ERRORS, _OVER_PARTS = 2.0, 1.1


class Idea(NamedTuple):
    """A feature that was thought of.

    Parameters
    ----------
    kind, recipe : what it is
    bins, size : its rows in bins, (rows,) in ``range(size)``
    gain : what it would bring
    only : the output that it is for; None for all
    """

    kind: str
    recipe: tuple[int, ...]
    bins: Integers
    size: int
    gain: Gain
    only: int | None = None


class Board:
    """What ideas are made of, and judged by.

    ``numbers`` are places of number columns and ``keys`` columns read as keys, both by what trees use them for, the
    most used first. The first ``together`` of the keys may stand together in one feature; those behind them are numbers
    again, read by their values that come again. ``sizes`` and ``codes`` are those of the keys.
    """

    def __init__(self, columns: Columns, target: Target) -> None:
        some = _some_rows(columns, target)
        self.columns, self.target = columns.take(some), target.take(some)
        words = [place for place, name in enumerate(columns.word_names) if name not in columns.text_names]
        word_keys = [word_key(place, columns.words[place]) for place in words]
        cells = np.column_stack([self.columns.numbers, *(key.codes(self.columns) for key in word_keys)])
        width = columns.numbers.shape[1]
        rest = rest_of(cells, list(range(width, cells.shape[1])), self.target)
        used = [place for place in np.argsort(-rest.importance, kind="stable").tolist() if rest.importance[place] > 0]
        self.numbers = [place for place in used if place < width][:MOST_NUMBERS]
        coarse = [
            number_key(place, columns.numbers[:, place]) if place < width else word_keys[place - width]
            for place in used[:MOST_KEYS]
        ]
        values = [value_key(place, columns.numbers[:, place]) for place in self.numbers]
        self.keys = (*coarse, *(key for key in values if key is not None))
        self.together = len(coarse)
        self.sizes = [key.size for key in self.keys]
        self.codes = [key.codes(self.columns) for key in self.keys]
        self.judge = Judge(rest, np.maximum(self.target.encoding_folds(_PARTS).number, 0))
        self.loss = self.judge.loss()
        self._of_keys = [self._gain(own, size) for own, size in zip(self.codes, self.sizes, strict=True)]
        self._of_numbers = {place: self._gain(*binned(self.number(place))) for place in self.numbers}

    def number(self, place: int) -> Numbers:
        """A number of these rows."""
        return self.columns.numbers[:, place]

    def of_key(self, key: int) -> float:
        """What a key alone would bring."""
        return self._of_keys[key]

    def of_number(self, place: int) -> float:
        """What a number alone would bring."""
        return self._of_numbers[place]

    def idea(self, kind: str, recipe: tuple[int, ...], made: Numbers, parts: Sequence[float]) -> Iterator[Idea]:
        """A made number as an idea, if it is promising beside its parts."""
        bins, size = binned(made)
        gain = self.judge.gain(bins, size)
        if is_promising(gain, parts):
            yield Idea(kind, recipe, bins, size, gain)

    def _gain(self, bins: Integers, size: int) -> float:
        return float(self.judge.gain(bins, size).value.sum())


def is_promising(gain: Gain, parts: Sequence[float]) -> bool:
    """Whether it brings something for sure, and more than what it is made of."""
    return gain.surely(ERRORS) > 0 and float(gain.value.sum()) > _OVER_PARTS * max(0.0, *parts)


def _some_rows(columns: Columns, target: Target) -> Integers:
    """Positions of the rows that ideas are judged on, in their order."""
    most = min(_MOST_ROWS, max(_MOST_CELLS // (len(columns.names) * target.outputs), _FEWEST_OF_WIDE))
    if len(target) <= most:
        return np.arange(len(target))
    random = np.random.default_rng(np.random.PCG64(target.seed))
    return np.sort(random.choice(len(target), most, replace=False))
