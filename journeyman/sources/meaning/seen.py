"""A column whose cells were read, for those who tell what reading brought to light."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from journeyman.bundle.cells import fold, spell
from journeyman.bundle.reader import ReadCells, missing_of
from journeyman.bundle.wishes import spellings
from journeyman.sources.meaning.evidence import Evidence
from journeyman.table.columns import MISSING_WORD, Flags, Strings
from journeyman.table.schema import Column
from journeyman.table.table import Dates

_EXAMPLES = 3
_LONGEST = 80


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A column, its cells as they were and as they were read.

    Parameters
    ----------
    wishes : what the user said about it
    """

    column: Column
    evidence: Evidence
    read: ReadCells
    wishes: Mapping[str, str]

    @cached_property
    def is_plain(self) -> bool:
        """Whether its cells are numbers as programs write them, and empty cells: there is nothing to tell of them."""
        return self.column.kind == "number" and self.evidence.plain is not None

    @cached_property
    def has_gaps(self) -> bool:
        """Whether a value is missing."""
        return bool(missing_of(self.read.values).any())

    @cached_property
    def wished_missing(self) -> frozenset[str]:
        """What the user said counts as missing, as spellings are compared."""
        said = self.wishes.get("missing", "")
        return frozenset(map(fold, spellings(self.column, said.split("|")))) if said else frozenset()

    @property
    def texts(self) -> Strings | None:
        """The cells, where they are text."""
        return self.evidence.cells if isinstance(self.evidence.cells, Strings) else None

    def codes_of(self, rows: Flags) -> list[int]:
        """The codes of the texts that stand in some rows; ``rows`` is (rows,)."""
        texts = self.texts
        if texts is None:
            return []
        is_there = np.zeros(len(texts.levels), np.bool_)
        is_there[texts.codes[rows]] = True
        return np.flatnonzero(is_there).tolist()

    def rows_of(self, is_such: Flags) -> list[int]:
        """The rows (from 0) whose text is one of some; ``is_such`` is (levels,)."""
        texts = self.texts
        return [] if texts is None else np.flatnonzero(is_such[texts.codes]).tolist()

    def examples(self, is_such: Flags) -> list[list[object]]:
        """The first cells whose text is one of some: row (from 1), as it was, as it was read."""
        texts = self.texts
        if texts is None:
            return []
        found: list[list[object]] = []
        known: set[int] = set()
        for row in np.flatnonzero(is_such[texts.codes]).tolist():
            code = int(texts.codes[row])
            if code not in known:
                known.add(code)
                found.append([row + 1, _short(texts.levels[code]), self.shown(row)])
            if len(found) == _EXAMPLES:
                break
        return found

    def written(self, row: int) -> str:
        """A cell as it stands in the source, in words."""
        texts = self.texts
        if texts is not None:
            return _short(texts.levels[texts.codes[row]])
        cell = np.asarray(self.evidence.cells)[row]
        if isinstance(cell, np.datetime64):
            return str(cell.astype("datetime64[s]")).removesuffix("T00:00:00")
        return spell(float(cell))

    def shown(self, row: int) -> str:
        """What a cell was read as, in words; empty where it is missing."""
        values = self.read.values
        if isinstance(values, Strings):
            word = values.levels[values.codes[row]]
            return "" if word == MISSING_WORD else _short(word)
        if isinstance(values, Dates):
            if values.missing[row]:
                return ""
            moment = str(np.datetime64(int(values.at[row]), "us").astype("datetime64[s]"))
            return moment.removesuffix("T00:00:00")
        value = float(values[row])
        return "" if value != value else spell(value)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
