"""Python values → one polars column: typed where all cells are of one type, otherwise text in which nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from journeyman.bundle.cells import spell
from journeyman.sources.raw import EXACT, cells_of
from journeyman.table.columns import Strings

if TYPE_CHECKING:
    import polars as pl

#: What cells are. Whole numbers are ``"large"`` beyond what a float holds exactly, ``"huge"`` beyond 64 bits.
Kind = Literal["truth", "whole", "large", "huge", "number", "text", "date", "moment", "time", "span"]

_LARGEST = 2**63
_KINDS: dict[type, Kind] = {
    bool: "truth",
    float: "number",
    str: "text",
    date: "date",
    datetime: "moment",
    time: "time",
    timedelta: "span",
}


def kinds_of(cells: Iterable[object]) -> set[Kind]:
    """What kinds of cells there are; None is missing, and of no kind.

    >>> sorted(kinds_of([1, None, 2.5, "x"]))
    ['number', 'text', 'whole']
    """
    listed = cells if isinstance(cells, Sequence) else list(cells)
    types = set(map(type, listed)) - {type(None)}
    kinds = {_KINDS[one] for one in types if one is not int}
    if int in types:
        sizes = [abs(cell) for cell in listed if type(cell) is int]
        kinds.add("whole" if max(sizes) <= EXACT else "large" if max(sizes) < _LARGEST else "huge")
    return kinds


def type_of(kinds: set[Kind]) -> pl.DataType:
    """The one type that holds such cells exactly: text where no other does, and where there are no cells.

    >>> type_of({"whole", "number"}), type_of({"large", "number"}), type_of({"date", "moment"})
    (Float64, String, Datetime(time_unit='us', time_zone=None))
    """
    import polars as pl

    choices: tuple[tuple[set[Kind], pl.DataType], ...] = (
        (set(), pl.String()),
        ({"truth"}, pl.Boolean()),
        ({"whole", "large"}, pl.Int64()),
        ({"whole", "number"}, pl.Float64()),
        ({"date"}, pl.Date()),
        ({"date", "moment"}, pl.Datetime("us")),
        ({"time"}, pl.Time()),
        ({"span"}, pl.Duration("us")),
    )
    return next((kind for some, kind in choices if kinds <= some), pl.String())


def series_of(name: str, cells: Sequence[object], kind: pl.DataType | None = None) -> pl.Series:
    """One column of cells; None is missing.

    Parameters
    ----------
    kind : the type of the column, as `type_of` said of these cells and others; None finds it
    """
    import polars as pl

    if kind is None:
        kind = type_of(kinds_of(cells))
    if kind == pl.String:
        texts = [cell if cell is None else spelled(cell) for cell in cells]
        try:
            return pl.Series(name, texts, dtype=kind)
        except UnicodeEncodeError:
            return pl.Series(name, [None if text is None else whole_letters(text) for text in texts], dtype=kind)
    if kind == pl.Float64:
        return pl.Series(name, [cell if cell is None else float(cell) for cell in cells], dtype=kind)  # type: ignore[arg-type]  # its cells are numbers
    if isinstance(kind, pl.Datetime):
        return pl.Series(name, [_moment(cell) for cell in cells], dtype=kind)
    return pl.Series(name, cells, dtype=kind)


def whole_letters(text: str) -> str:
    """Text in which half a surrogate pair, which stands for no letter, is U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def texts_of(series: pl.Series) -> pl.Series:
    """A typed column as text, each cell in its shortest spelling; missing stays missing."""
    import polars as pl

    if series.dtype == pl.String:
        return series
    if series.dtype.is_float() or series.dtype == pl.Boolean:
        return series_of(series.name, series.to_list(), pl.String())
    cells = cells_of(series) if series.dtype.is_nested() or series.dtype == pl.Binary else None
    if isinstance(cells, Strings):
        return pl.Series(series.name, [str(cell) or None for cell in cells.cells()], dtype=pl.String)
    return series.cast(pl.String)


def as_type(series: pl.Series, kind: pl.DataType) -> pl.Series:
    """A column as a type that holds all its cells exactly."""
    import polars as pl

    if series.dtype == kind:
        return series
    return texts_of(series) if kind == pl.String else series.cast(kind)


def spelled(cell: object) -> str:
    """A cell as text: numbers in their shortest spelling, dates and times as ISO 8601 writes them.

    >>> spelled(3.0), spelled(date(2024, 5, 1)), spelled(timedelta(hours=26, minutes=30))
    ('3', '2024-05-01', '26:30:00')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return spell(cell) if abs(cell) < float("inf") else str(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return _clock(cell)
    return str(cell)


def _moment(cell: object) -> object:
    """A day as the moment at which it begins."""
    return datetime.combine(cell, time()) if isinstance(cell, date) and not isinstance(cell, datetime) else cell


def _clock(span: timedelta) -> str:
    """Hours, minutes and seconds; hours may be more than a day has."""
    sign = "-" if span < timedelta(0) else ""
    seconds, rest = divmod(abs(span), timedelta(seconds=1))
    part = f".{rest.microseconds:06d}".rstrip("0") if rest else ""
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{part}"
