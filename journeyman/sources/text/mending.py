"""Bring a broken record to the columns of its table: the cheapest way of taking its text apart, if it is clearly so.

A way of taking a record apart costs what its cells surprise the columns they come to stand in (`columns.py`), and
something for each thing that must be assumed: that a quote is a character, that a delimiter is missing, is one too many
or is content, that cells are missing at the end, or that the record has another delimiter than its table. The search
keeps the few cheapest ways to every place (Viterbi with a short list), so that the best is known with its lead before
the second best; without a lead nothing is repaired.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journeyman.sources.text.columns import ColumnModel
from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.parsing import parse_line
from journeyman.sources.text.reading import Piece, pieces_of, split_places

#: What must be assumed, in nats.
_MISSING, _EXTRA, _SHORT, _OTHER = 7.0, 5.0, 3.0, 9.0
#: What is clear has this lead before the second best way that gives other cells.
LEAD = 3.0
#: Ways that are so much worse than another one to the same place, which pays for the same characters, are left.
_BEAM = 60.0
#: Ways that are kept to each place.
_WAYS = 3
#: A record with more delimiters is not searched, nor one with so many cells more than columns.
_MOST, _MOST_EXTRA = 1_500, 8
#: So often is a column asked about a cell; a record that needs more is left.
_LOOKS = 150_000
#: Delimiters that a record may have instead of its table's, and what one of them costs inside a cell.
_OTHERS = {" ": 0.3, "\t": 3.0, ";": 3.0, ",": 3.0, "|": 3.0}


@dataclass
class Effort:
    """How much work may still be done for the records of a file; in questions to columns, of some microseconds each."""

    left: int = 12_000_000


@dataclass(frozen=True)
class Mended:
    """A record brought to its columns.

    Parameters
    ----------
    cells : the cells, one for each column
    how : what had to be assumed: ``"split"``, ``"joined"``, ``"dropped"``, ``"quote"``, ``"short"``, ``"delimiter"``
    lead : by how many nats the second best way is worse
    """

    cells: tuple[str, ...]
    how: tuple[str, ...]
    lead: float


@dataclass(frozen=True)
class _Way:
    """One way to a place in the record; ``key`` tells ways with the same cells apart from others."""

    cost: float
    key: int
    cell: str | None
    how: str
    before: _Way | None
    edits: int = 0


def mend(text: str, dialect: Dialect, columns: Sequence[ColumnModel], effort: Effort | None = None) -> Mended | None:
    """The cells of a broken record, one for each column; None where no way is clearly the best or all fit badly.

    Parameters
    ----------
    effort : is used up by the search; where nothing is left of it, nothing is mended
    """
    effort = effort or Effort()
    if effort.left <= 0:
        return None
    parsed = parse_line(text, dialect)
    is_whole = parsed.open is None and not (parsed.stray or parsed.literal)
    has_enough = is_whole and len(parsed.cells) >= len(columns)
    inside = _cost_inside(dialect)
    if is_whole and inside >= 1 and len(parsed.cells) > len(columns) + _MOST_EXTRA:
        return None
    for splits in (False, True) if has_enough else (True,):
        ways = _ways(text, dialect, columns, inside, effort, splits=splits)
        found = _clear(ways, columns)
        if found is not None and "short" not in found.how:
            return found
    for other, inside in _OTHERS.items():
        if other != dialect.delimiter and _may_be(text, other, dialect, len(columns)):
            foreign = Dialect(delimiter=other, quote=dialect.quote, escape=dialect.escape)
            others = _ways(text, foreign, columns, inside, effort, splits=False)
            ways += [_Way(way.cost + _OTHER, way.key, None, "delimiter", way) for way in others]
    ways.sort(key=lambda way: way.cost)
    return _clear(ways, columns)


def _clear(ways: Sequence[_Way], columns: Sequence[ColumnModel]) -> Mended | None:
    """The cheapest way, where it has a lead before the second and its cells fit."""
    if not ways:
        return None
    best = ways[0]
    second = next((way for way in ways if way.key != best.key), None)
    lead = second.cost - best.cost if second else float("inf")
    cells, how = _told(best)
    fits = all(
        column.fits(cell.strip("\"'") if "quote" in how else cell)
        for column, cell in zip(columns, cells, strict=True)
        if cell or "short" not in how
    )
    return Mended(cells, how, lead) if lead >= LEAD and fits else None


def _cost_inside(dialect: Dialect) -> float:
    return 0.3 if dialect.delimiter == " " else 4.0


def _may_be(text: str, other: str, dialect: Dialect, width: int) -> bool:
    """Whether the record may have another delimiter: it has enough of it, and too few of its own."""
    return (text.count(other) >= (width - 1) // 2 + 1 and text.count(dialect.delimiter) < width - 1) or (
        text.count(other) >= width - 1 and width > 2 and dialect.quote in text
    )


def _ways(
    text: str, dialect: Dialect, columns: Sequence[ColumnModel], inside: float, effort: Effort, *, splits: bool
) -> list[_Way]:
    """The cheapest ways through the record, cheapest first; ``splits``: whether delimiters may be missing."""
    if text.count(dialect.delimiter) > _MOST:
        return []
    search = _Search(text, dialect, columns, inside, splits=splits)
    found = search.run()
    effort.left -= search.looks
    return found


class _Search:
    """The cheapest ways to every (column, delimiter) of one record."""

    def __init__(
        self, text: str, dialect: Dialect, columns: Sequence[ColumnModel], inside: float, *, splits: bool
    ) -> None:
        self.columns = columns
        self.splits = splits
        self.looks = 0
        self.parts: dict[tuple[int, int, bool], list[tuple[Piece, Piece, float]]] = {}
        self.record = pieces_of(text, dialect, inside)
        self.inside = inside
        start = _Way(0.0, 0, None, "", None)
        self.kept: list[dict[int, list[_Way]]] = [{} for _ in range(len(self.record) + 1)]
        self.kept[0][0] = [start]

    def run(self) -> list[_Way]:
        width, last = len(self.columns), len(self.record)
        for place in range(last):
            here = self.kept[place]
            bound = min((way.cost for ways in here.values() for way in ways), default=0.0) + _BEAM
            if self.looks > _LOOKS:
                return []
            for column in range(width + 1):  # a step may lead to the next column in the same place
                for way in tuple(here.get(column, ())):
                    if way.cost <= bound:
                        self._step(place, column, way)
        done: list[_Way] = []
        for column, ways in self.kept[last].items():
            done += [self._filled(way, column) if column < width else way for way in ways]
        return _shortest(done)

    def _step(self, place: int, column: int, way: _Way) -> None:
        if self.record.is_empty(place) and way.edits < 3:
            self._keep(place + 1, column, _Way(way.cost + _EXTRA, way.key, None, "dropped", way, way.edits + 1))
        if column == len(self.columns):
            return
        if self.splits and way.edits < 2:
            # a delimiter is missing beside an empty cell
            cost = way.cost + _MISSING + self.columns[column].surprise("")
            self._keep(place, column + 1, _next(way, cost, "", "split", edits=1))
        for piece in self.record.pieces(place, self._longest(column)):
            if piece.cost < float("inf"):
                cost = way.cost + piece.cost + self._cost(column, piece)
                self._keep(piece.end, column + 1, _next(way, cost, piece.text, piece.how))
            is_one = piece.end == place + 1 or self.inside >= 1
            if self.splits and is_one and column + 1 < len(self.columns) and way.edits < 2:
                self._split(place, piece, column, way)

    def _split(self, place: int, piece: Piece, column: int, way: _Way) -> None:
        """The piece as two cells, whose delimiter is missing, at the best places for it."""
        found = []
        at = (place, piece.end, piece.quoted)
        if at not in self.parts:
            self.parts[at] = list(split_places(piece, self.record.dialect))
        for left, right, extra in self.parts[at]:
            cost = extra + self._cost(column, left) + self._cost(column + 1, right) + left.cost + right.cost
            found.append((cost, left, right))
        found.sort(key=lambda one: one[0])
        for cost, left, right in found[:_WAYS]:
            middle = _next(way, way.cost, left.text, left.how)
            whole = _next(middle, way.cost + cost + _MISSING, right.text, right.how or "split", edits=1)
            self._keep(piece.end, column + 2, _Way(whole.cost, whole.key, whole.cell, "split", middle, whole.edits))

    def _filled(self, way: _Way, column: int) -> _Way:
        for model in self.columns[column:]:
            cost = way.cost + _SHORT + model.surprise("")
            way = _Way(cost, hash((way.key, "")), "", "short", way, way.edits)
        return way

    def _cost(self, column: int, piece: Piece) -> float:
        self.looks += 1
        model = self.columns[column]
        cost = model.surprise(piece.bare)
        if piece.quoted and model.quoted < 0.02 and piece.text:
            cost += 1.0
        return cost

    def _longest(self, column: int) -> int:
        """How many pieces between delimiters a cell of the column may have, where it has no quotes."""
        if self.inside < 1:
            return 3 if self.columns[column].typed else 80
        return 3

    def _keep(self, place: int, column: int, way: _Way) -> None:
        ways = self.kept[place].setdefault(column, [])
        for number, other in enumerate(ways):
            if other.key == way.key:
                if way.cost < other.cost:
                    ways[number] = way
                return
        ways.append(way)
        if len(ways) > _WAYS:
            ways.remove(max(ways, key=lambda one: one.cost))


def _next(way: _Way, cost: float, cell: str, how: str, edits: int = 0) -> _Way:
    return _Way(cost, hash((way.key, cell)), cell, how, way, way.edits + edits)


def _shortest(ways: list[_Way]) -> list[_Way]:
    best: dict[int, _Way] = {}
    for way in ways:
        if way.key not in best or way.cost < best[way.key].cost:
            best[way.key] = way
    return sorted(best.values(), key=lambda one: one.cost)[:_WAYS]


def _told(way: _Way) -> tuple[tuple[str, ...], tuple[str, ...]]:
    steps = list(_steps(way))[::-1]
    cells = tuple(one.cell for one in steps if one.cell is not None)
    return cells, tuple(dict.fromkeys(one.how for one in steps if one.how))


def _steps(way: _Way | None) -> Iterator[_Way]:
    while way is not None:
        yield way
        way = way.before
