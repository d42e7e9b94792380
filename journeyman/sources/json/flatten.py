"""Records → columns: nested objects become columns ``a.b``, lists stay JSON text in their cell."""

from __future__ import annotations

import json
from collections.abc import Mapping

from journeyman.sources.series import Kind, kinds_of

#: Objects within objects are opened so deep; deeper ones stay JSON text.
DEEPEST = 6
#: With more columns than this, objects are not opened at all.
WIDEST = 10_000

#: The keys that lead to a cell.
Path = tuple[str, ...]


class TooWide(Exception):
    """Opened objects give more columns than anybody means."""


class Columns:
    """Columns that grow by records; cells that a record lacks are missing.

    Parameters
    ----------
    deepest : objects within objects are opened so deep
    """

    def __init__(self, deepest: int = DEEPEST) -> None:
        self.deepest = deepest
        self.rows = 0
        self.objects: dict[Path, int] = {}
        self.lists: dict[Path, int] = {}
        self.kinds: dict[Path, set[Kind]] = {}
        self._keys: dict[Path, dict[str, None]] = {}
        self._gaps: dict[Path, int] = {}
        self._start = 0
        self._cells: dict[Path, list[object]] = {}
        self._top: dict[str, list[object]] = {}

    def add(self, record: Mapping[str, object]) -> None:
        """One more row."""
        held = self.rows - self._start
        for key, value in record.items():
            if isinstance(value, dict | list):
                self._nested((key,), value, record)
                continue
            cells = self._top.get(key)
            if cells is not None and len(cells) == held:
                cells.append(value)
            else:
                self._put((key,), value, record)
        self.rows += 1

    def skip(self) -> None:
        """One more row without any cell: it is set aside."""
        self.rows += 1

    def take(self) -> dict[Path, list[object]]:
        """The cells since the last time, every column as long as there were rows; they are not held any more."""
        taken, self._cells, self._top = self._cells, {}, {}
        held = self.rows - self._start
        self._start = self.rows
        for path in self._gaps:
            cells = taken.get(path, [])
            self._gaps[path] += held - len(cells)
            cells.extend([None] * (held - len(cells)))
            self.kinds.setdefault(path, set()).update(kinds_of(cells))
        return taken

    def counts(self) -> dict[Path, int]:
        """In how many rows each column was named, be it as null."""
        return {path: self.rows - gaps for path, gaps in self._gaps.items()}

    def paths(self) -> list[Path]:
        """All columns, in the order of the records' keys: a key that comes late stands where its record has it."""
        found: list[Path] = []
        left: list[Path] = [()]
        while left:
            path = left.pop()
            if path in self._gaps:
                found.append(path)
            left += [(*path, key) for key in reversed(self._keys.get(path, {}))]
        return found

    def _put(self, path: Path, value: object, record: Mapping[str, object]) -> None:
        cells = self._cells.get(path)
        if cells is None:
            cells = self._cells[path] = []
            if len(path) == 1:
                self._top[path[0]] = cells
            if path not in self._gaps:
                self._place(path, record)
                self._gaps[path] = self._start
                self._require_width()
        gap = self.rows - self._start - len(cells)
        if gap:
            self._gaps[path] += gap
            cells.extend([None] * gap)
        cells.append(value)

    def _nested(self, path: Path, value: dict[str, object] | list[object], record: Mapping[str, object]) -> None:
        if isinstance(value, list):
            if any(isinstance(one, dict) for one in value):
                self.lists[path] = self.lists.get(path, 0) + 1
            self._put(path, as_text(value), record)
        elif len(path) > self.deepest:
            self.lists[path] = self.lists.get(path, 0) + 1
            self._put(path, as_text(value), record)
        else:
            if path not in self.objects:
                self._place(path, record)
            self.objects[path] = self.objects.get(path, 0) + 1
            for key, inner in value.items():
                if isinstance(inner, dict | list):
                    self._nested((*path, key), inner, value)
                else:
                    self._put((*path, key), inner, value)

    def _place(self, path: Path, record: Mapping[str, object]) -> None:
        """Remember where among its neighbours a key stands that is met first, and all others of its record."""
        keys = self._keys.setdefault(path[:-1], {})
        if path[-1] in keys:
            return
        behind: dict[str | None, list[str]] = {None: []}
        before: str | None = None
        for key in record:
            if key in keys:
                before = key
            else:
                behind.setdefault(before, []).append(key)
        order = [*behind[None], *(one for key in keys for one in (key, *behind.get(key, ())))]
        self._keys[path[:-1]] = dict.fromkeys(order)

    def _require_width(self) -> None:
        if len(self._gaps) > WIDEST and self.deepest and any(len(path) > 1 for path in self._gaps):
            raise TooWide


def as_text(value: object) -> str:
    """A list or an object as JSON text, in its own order."""
    try:
        return _ENCODER.encode(value)
    except RecursionError:
        return _unwound(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False)


class _Mark(str):
    """Text between values."""

    __slots__ = ()


def _unwound(value: object) -> str:
    """As `as_text`, without recursion."""
    written: list[str] = []
    left: list[object] = [value]
    while left:
        one = left.pop()
        if isinstance(one, list) and one:
            left.append(_Mark("]"))
            for item in reversed(one):
                left += [item, _Mark(", ")]
            left[-1] = _Mark("[")
        elif isinstance(one, dict) and one:
            left.append(_Mark("}"))
            for key, inner in reversed(one.items()):
                left += [inner, _Mark(f"{_ENCODER.encode(key)}: "), _Mark(", ")]
            left[-1] = _Mark("{")
        else:
            written.append(str(one) if isinstance(one, _Mark) else _ENCODER.encode(one))
    return "".join(written)
