"""What was found of a table once, and is asked for by many checks: kept while the table lives, for the last few."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import ref

from journeyman.table.table import Table

Question = TypeVar("Question")
Found = TypeVar("Found")
#: Of so many tables and questions what was found is kept.
_MOST = 4


class Remembered(Generic[Question, Found]):
    """Answers to questions about tables; a table is known by being the same one, not by its cells."""

    def __init__(self) -> None:
        self._known: deque[tuple[ref[Table], Question, Found]] = deque(maxlen=_MOST)

    def of(self, table: Table, question: Question, find: Callable[[], Found]) -> Found:
        """What was found before, or else what ``find`` finds now."""
        for known, asked, found in self._known:
            if known() is table and asked == question:
                return found
        found = find()
        self._known.append((ref(table), question, found))
        return found
