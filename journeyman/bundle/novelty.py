"""How strange a row is beside the rows that a model was built from: a p-value, and the cells that make it so.

A row is strange by one cell that is very surprising (`journeyman.bundle.profile`), or by many that are rather: its
score is the larger of its largest surprise and, brought to the same scale, the sum of its surprises as far as they are
above what the most surprising cell of an ordinary row reaches (as the truncated product of p-values, Zaykin et al.
2002). What scores mean is learnt from rows that the profiles had not seen (`journeyman.bundle.novelty_learnt`), so the
p-value holds however columns hang together: of rows that come as they came, a share p has a p-value of p or less.
"""

from __future__ import annotations

import math
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from journeyman.bundle.profile import (
    LevelProfile,
    NumberProfile,
    NumberSurprise,
    Profile,
    level_surprise,
    profile_from_data,
)
from journeyman.table.columns import MISSING_WORD, TERM_END, Columns, Flags, Numbers
from journeyman.table.schema import Column

#: The share of rows like those of training that is called unusual.
SHARE = 0.01
#: Most columns with a profile, and most scores that are kept.
MOST_PROFILES, MOST_SCORES = 256, 1024
#: How much a surprise counts that is not above the ordinary: just so much that hardly two rows are equally strange.
_FAINT = 0.01
#: A cell that gives so much of a row's score is named as the reason; at most so many are.
_NAMED_SHARE, MOST_NAMED = 0.2, 3


@dataclass(frozen=True, kw_only=True)
class Novelty:
    """What a bundle knows of how strange rows can be; data in the manifest, and nobody's row in it.

    Parameters
    ----------
    share : the share of rows that is called unusual, of rows that come as those of training
    rows : rows whose scores are known
    profiles : by column
    start, scale : what brings sums of surprise to the scale of single ones
    scores : rising; some of those scores
    stranger : how many of the rows score above each
    """

    share: float
    rows: int
    profiles: Mapping[str, Profile]
    start: float
    scale: float
    scores: tuple[float, ...]
    stranger: tuple[int, ...]

    def score(self, largest: Numbers, total: Numbers) -> Numbers:
        """How strange rows are, (rows,), by the largest surprise of each and the `Meter`'s sum: larger is stranger."""
        found: Numbers = np.maximum(largest, self.start + self.scale * total) + _FAINT * total
        return found

    def score_one(self, largest: float, total: float) -> float:
        """The same of one row, the same float."""
        return max(largest, self.start + self.scale * total) + _FAINT * total

    @property
    def limit(self) -> float:
        """The p-value from which on down a row is unusual: with few rows, only what is stranger than all of them."""
        return max(self.share, 1.0 / (self.rows + 1.0))

    def p_value(self, score: float) -> float:
        """The share of rows that are as strange, this one among them: never below 1 / (rows + 1)."""
        place = bisect_left(self.scores, score) - 1
        return (1.0 + (self.stranger[place] if place >= 0 else self.rows)) / (self.rows + 1.0)

    def p_values(self, scores: Numbers) -> Numbers:
        """The p-values of many scores, (rows,)."""
        place = np.searchsorted(np.array(self.scores), scores, side="left")
        stranger = np.array([self.rows, *self.stranger], np.float64)
        found: Numbers = (1.0 + stranger[place]) / (self.rows + 1.0)
        return found

    def as_data(self) -> dict[str, Any]:
        """The novelty as JSON holds it."""
        return {
            "share": self.share,
            "rows": self.rows,
            "profiles": {name: one.as_data() for name, one in self.profiles.items()},
            "start": self.start,
            "scale": self.scale,
            "scores": list(self.scores),
            "stranger": list(self.stranger),
        }


class Meter:
    """Adds up the surprise of rows: the profiles, made ready for the columns of a model.

    Parameters
    ----------
    columns : the feature columns; those without a profile do not count
    """

    def __init__(self, profiles: Mapping[str, Profile], columns: Sequence[Column]) -> None:
        named = {column.name: column for column in columns}
        self._numbers: dict[str, NumberSurprise] = {}
        self._words: dict[str, tuple[dict[str, float], float, float]] = {}
        for name, profile in profiles.items():
            if isinstance(profile, NumberProfile):
                self._numbers[name] = NumberSurprise(profile)
            else:
                known = level_surprise(profile, named[name].levels)
                self._words[name] = (known[0] | {MISSING_WORD: known[2]}, known[1], known[2])
        #: Of so many cells, the largest surprise is about this.
        self._ordinary = math.log(max(len(profiles), 1))
        of = {kinds: [one.name for one in columns if one.kind in kinds] for kinds in _BLOCKS}
        self._places = [
            (block, place, name)
            for block, names in zip(("numbers", "dates", "words"), of.values(), strict=True)
            for place, name in enumerate(names)
            if name in profiles
        ]
        self._word_places = [(place, name) for block, place, name in self._places if block == "words"]
        numbered = [(block, place, self._numbers[name]) for block, place, name in self._places if name in self._numbers]
        #: For one row: lines of numbers and of dates, each with its place; and what words surprise by.
        self._lines, self._date_lines = (
            [(place, *one.lines, one.missing) for its, place, one in numbered if its == block]
            for block in ("numbers", "dates")
        )

    def many(self, columns: Columns) -> tuple[Numbers, Numbers]:
        """The largest surprise of each row, and the sum of what is above the ordinary, (rows,) each."""
        largest, total = np.zeros(columns.rows), np.zeros(columns.rows)
        for surprise in self._surprises(columns):
            largest = np.maximum(largest, surprise)
            total = total + self._counts(surprise)
        return largest, total

    def one(self, numbers: Sequence[float], dates: Sequence[float], words: Sequence[str]) -> tuple[float, float]:
        """The same of one row, the same floats as among others. A missing date is NaN."""
        found: list[float] = []
        for cells, lines in ((numbers, self._lines), (dates, self._date_lines)):
            for place, knots, heights, slopes, gone in lines:
                cell = cells[place]
                if cell != cell:
                    found.append(gone)
                    continue
                # As `NumberSurprise.one`, without a call for each cell.
                cell = knots[0] if cell < knots[0] else knots[-1] if cell > knots[-1] else cell
                at = bisect_right(knots, cell) - 1
                found.append(heights[at] + (cell - knots[at]) * slopes[at])
        for place, name in self._word_places:
            word = words[place]
            if name in self._numbers:
                number = self._numbers[name]
                found.append(number.missing if word == MISSING_WORD else number.one(float(_terms(word))))
            else:
                known, unseen, _ = self._words[name]
                found.append(known.get(word, unseen))
        total, ordinary = 0.0, self._ordinary
        for surprise in found:
            total += (surprise - ordinary if surprise > ordinary else 0.0) + _FAINT * surprise
        return max(0.0, *found), total

    def strangest(self, columns: Columns) -> list[tuple[str, ...]]:
        """For each row the columns that give most of its score, most first."""
        surprises = list(self._surprises(columns))
        if not surprises:
            return [()] * columns.rows
        parts = np.array([self._counts(one) for one in surprises])
        names = [name for _, _, name in self._places]
        found = []
        for part in parts.T:
            order = np.argsort(-part, kind="stable")[:MOST_NAMED]
            enough = _NAMED_SHARE * part.sum()
            found.append(tuple(names[at] for place, at in enumerate(order) if not place or part[at] >= enough))
        return found

    def _counts(self, surprise: Numbers) -> Numbers:
        return np.maximum(surprise - self._ordinary, 0.0) + _FAINT * surprise

    def _surprises(self, columns: Columns) -> Any:
        """The surprise of the cells of one column after the other, (rows,) each."""
        for block, place, name in self._places:
            if block == "numbers":
                cells = columns.numbers[:, place]
                yield self._numbers[name].many(cells, np.isnan(cells))
            elif block == "dates":
                gone: Flags = columns.dates_missing[:, place]
                yield self._numbers[name].many(columns.dates[:, place].astype(np.float64), gone)
            else:
                words = columns.words[place]
                if name in self._numbers:
                    counts = np.array([float(_terms(level)) for level in words.levels] or [0.0])[words.codes]
                    gone = np.array([level == MISSING_WORD for level in words.levels] or [False])[words.codes]
                    yield self._numbers[name].many(counts, gone)
                else:
                    known, unseen, _ = self._words[name]
                    yield np.array([known.get(level, unseen) for level in words.levels] or [0.0])[words.codes]


_BLOCKS = (("number", "flag"), ("date",), ("category", "text"))


def _terms(text: str) -> int:
    """How many terms a text has."""
    return text.count(TERM_END) + 1 if text else 0


def terms_of_words(words: Columns, place: int) -> Numbers:
    """How many terms the texts of a column have, (rows,)."""
    column = words.words[place]
    return np.array([float(_terms(level)) for level in column.levels] or [0.0])[column.codes]


def novelty_from_data(data: Any, columns: Sequence[Column]) -> Novelty | None:
    """What `Novelty.as_data` wrote, trusting none of it; None for None.

    Raises
    ------
    ValueError : it is nothing that we write, or does not fit the columns
    """
    if data is None:
        return None
    names = {"share", "rows", "profiles", "start", "scale", "scores", "stranger"}
    _require(isinstance(data, Mapping) and set(data) == names, "is not one that we write")
    rows, share, scores, stranger = (data[name] for name in ("rows", "share", "scores", "stranger"))
    _require(type(rows) is int and 0 < rows < 1 << 53, "stands on no rows")
    _require(_is_number(share) and 0 < share < 1, "calls no share of rows unusual")
    _require(all(_is_number(data[name]) for name in ("start", "scale")), "has a scale that is none")
    for one in (scores, stranger):
        _require(isinstance(one, list) and 0 < len(one) <= MOST_SCORES, "has no scores, or too many")
    _require(all(map(_is_number, scores)) and len(stranger) == len(scores), "has scores that are none")
    _require(all(type(one) is int and 0 <= one <= rows for one in stranger), "counts rows that are not there")
    _require(all(one < other for one, other in pairwise(scores)), "has scores that do not rise")
    _require(all(one >= other for one, other in pairwise(stranger)), "counts rows upwards")
    _require(isinstance(data["profiles"], Mapping) and len(data["profiles"]) <= MOST_PROFILES, "has no profiles")
    kinds = {column.name: column.kind for column in columns}
    profiles = {name: profile_from_data(one) for name, one in data["profiles"].items()}
    for name, profile in profiles.items():
        is_levels = isinstance(profile, LevelProfile)
        _require(name in kinds and is_levels == (kinds[name] == "category"), "does not fit its columns")
    return Novelty(
        share=float(share),
        rows=rows,
        profiles=profiles,
        start=float(data["start"]),
        scale=float(data["scale"]),
        scores=tuple(float(one) for one in scores),
        stranger=tuple(stranger),
    )


def _require(condition: bool, otherwise: str) -> None:
    if not condition:
        raise ValueError(f"its novelty {otherwise}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max
