"""The target along each column: how well the column alone tells it, and the target's mean for words and stretches."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from journeyman.brief.aim import labelled
from journeyman.brief.brief import Brief
from journeyman.bundle.cells import spell
from journeyman.checks.check import looked_at, sample
from journeyman.checks.evidence.alone import alone_of
from journeyman.checks.evidence.answer import Answer, answer_of
from journeyman.statistics.proportion import proportion
from journeyman.table.columns import MISSING_WORD, Flags, Integers, Numbers, Strings
from journeyman.table.finding import Skip
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Table

#: Rows that means are taken of, stretches of a number, words that are shown, and rows that a group needs.
MOST_ROWS, STRETCHES, WORDS, FEWEST = 20_000, 10, 8, 5
#: A number with no more different values is shown value by value.
FEW_VALUES = 6
#: Characters of a word that are shown.
_LONGEST = 40


@dataclass(frozen=True, kw_only=True)
class Group:
    """The target in some rows: its mean with a 95 % interval.

    Parameters
    ----------
    label : the word that they have; empty for a stretch of a number
    at : where the stretch is, the mean of its values; None for words
    """

    value: float
    low: float
    high: float
    rows: int
    label: str = ""
    at: float | None = None


@dataclass(frozen=True, kw_only=True)
class Along:
    """A column and the target.

    Parameters
    ----------
    score : what the column alone reaches out of fold: the area under the curve (the mean over classes), or the share of
        the ranks' variance that it explains
    measure : which of the two
    of : what the groups' values are, in words; empty where there are no groups
    overall : the mean over all rows
    """

    name: str
    score: float
    measure: str
    of: str = ""
    is_rate: bool = False
    overall: float | None = None
    groups: tuple[Group, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)


def along(table: Table, brief: Brief, names: AbstractSet[str], untold: AbstractSet[str]) -> tuple[Along, ...]:
    """The target along some columns; nothing where no target is named or too few rows have one.

    Parameters
    ----------
    names : the columns that are asked
    untold : those of which no value may be shown; texts and ids are such, too
    """
    answer, scores = answer_of(table, brief), alone_of(table, brief)
    if isinstance(answer, Skip) or isinstance(scores, Skip):
        return ()
    measure = "share of variance explained" if answer.is_number else "AUC"
    means = _means(table, brief, answer)
    found = []
    for column in looked_at(table, brief):
        if column.name not in names or column.name not in scores:
            continue
        one = Along(name=column.name, score=round(scores[column.name].score, 4), measure=measure)
        is_told = column.name not in untold and column.kind not in ("id", "text")
        found.append(means.along(one, table, column) if means and is_told else one)
    return tuple(found)


@dataclass(frozen=True)
class _Means:
    """The target as one number a row: ``rows`` (n,) positions, ``values`` (n,)."""

    rows: Integers
    values: Numbers
    of: str
    is_rate: bool

    def along(self, one: Along, table: Table, column: Column) -> Along:
        value = table.values[column.name]
        if isinstance(value, Strings):
            groups = self._by_word(value)
        else:
            groups = self._by_value(value, column) or self._by_stretch(value, table, column.name)
        if len(groups) < 2:
            return one
        return replace(one, of=self.of, is_rate=self.is_rate, overall=float(self.values.mean()), groups=groups)

    def _by_word(self, value: Strings) -> tuple[Group, ...]:
        codes = value.codes[self.rows]
        counts = np.bincount(codes, minlength=len(value.levels))
        most = sorted(np.flatnonzero(counts >= FEWEST).tolist(), key=lambda code: (-counts[code], code))[:WORDS]
        return tuple(self._group(codes == code, label=_shown(value.levels[code])) for code in most)

    def _by_value(self, value: Dates | Numbers, column: Column) -> tuple[Group, ...]:
        """A group for each value of a flag, and of numbers that are few; none of others."""
        if isinstance(value, Dates):
            return ()
        cells = value[self.rows]
        values = np.unique(cells[~np.isnan(cells)])
        if len(values) > FEW_VALUES:
            return ()
        asked = [one for one in values.tolist() if (cells == one).sum() >= FEWEST]
        return tuple(self._group(cells == one, label=_spelt(one, column)) for one in asked)

    def _by_stretch(self, value: Dates | Numbers, table: Table, name: str) -> tuple[Group, ...]:
        cells = (value.at if isinstance(value, Dates) else value)[self.rows].astype(np.float64)
        there = ~table.missing(name)[self.rows]
        if there.sum() < 2 * FEWEST:
            return ()
        edges = np.unique(np.quantile(cells[there], np.linspace(0, 1, STRETCHES + 1)[1:-1]))
        places = np.searchsorted(edges, np.where(there, cells, edges[0]), side="right")
        found = []
        for place in range(len(edges) + 1):
            inside = there & (places == place)
            if inside.sum() >= FEWEST:
                found.append(self._group(inside, at=float(cells[inside].mean())))
        return tuple(found)

    def _group(self, inside: Flags, *, label: str = "", at: float | None = None) -> Group:
        values = self.values[inside]
        count = len(values)
        if self.is_rate:
            value, low, high, _ = proportion(values == 1, np.ones(count), np.arange(count))
        else:
            value, half = float(values.mean()), 1.96 * float(values.std(ddof=1)) / float(np.sqrt(count))
            low, high = value - half, value + half
        return Group(value=value, low=low, high=high, rows=count, label=label, at=at)


def _means(table: Table, brief: Brief, answer: Answer) -> _Means | None:
    """The target as a number, None where it has more than two classes."""
    known = np.flatnonzero(~table.missing(brief.predict))
    rows = known[sample(len(known), MOST_ROWS)]
    if answer.is_number:
        value = table.values[brief.predict]
        if isinstance(value, Strings | Dates):
            return None
        return _Means(rows, value[rows], f"mean of {brief.predict}", is_rate=False)
    if answer.values.shape[1] > 1:
        return None
    codes, labels = labelled(table, brief.predict)
    asked = int(codes[answer.rows][answer.values[:, 0] == 1][0])
    return _Means(rows, (codes[rows] == asked).astype(np.float64), f"share of {labels[asked]!r}", is_rate=True)


def _spelt(value: float, column: Column) -> str:
    words = {1.0: column.true_words, 0.0: column.false_words}.get(value, ()) if column.kind == "flag" else ()
    return words[0] if words else spell(value)


def _shown(word: str) -> str:
    if word == MISSING_WORD:
        return "missing"
    return word if len(word) <= _LONGEST else word[: _LONGEST - 1] + "…"
