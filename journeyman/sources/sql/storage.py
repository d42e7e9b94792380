"""Columns of SQLite, in which every cell has a type of its own, as columns of one type each.

Numbers stay numbers and text stays text as long as a column holds one of them. Where it holds both, every cell is taken
as text, spelt exactly, and that is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from journeyman.bundle.cells import spell
from journeyman.errors import SourceError
from journeyman.sources.raw import EXACT
from journeyman.table.finding import Finding, Remedy

if TYPE_CHECKING:
    import polars as pl

#: What a whole column is read as.
Form = Literal["integer", "real", "text", "blob"]
#: What a cell is, in the words of SQLite; text without a letter counts apart.
Storage = Literal["integer", "real", "text", "blob", "blank"]
_TYPES: dict[type, Storage] = {int: "integer", float: "real", str: "text", bytes: "blob"}
_ORDER: tuple[Storage, ...] = ("integer", "real", "text", "blob")
_WORDS = {"integer": "whole numbers", "real": "numbers", "text": "text", "blob": "binary values", "blank": "blanks"}


@dataclass
class Met:
    """What a column was seen to hold, cell by cell.

    Parameters
    ----------
    counts : how many cells there are of each storage; NULL counts nowhere
    first : the first of them: its row from 0, and the cell
    is_beyond : whether a whole number is too large to be exact as a float
    """

    counts: dict[Storage, int] = field(default_factory=dict)
    first: dict[Storage, tuple[int, Any]] = field(default_factory=dict)
    is_beyond: bool = False

    def add(self, cells: Sequence[Any], start: int) -> pl.Series:
        """Look at more cells, the first of which is in row ``start``, and pack them."""
        series, kinds = packed(cells), set(map(type, cells)) - {type(None)}
        if len(kinds) != 1:
            # A mixture is rare, and gone over cell by cell.
            storages = [_storage(cell) for cell in cells]
            for one in set(storages):
                if one is not None:
                    self._count(one, storages.count(one), storages.index(one), cells, start)
            self.is_beyond |= any(type(cell) is int and abs(cell) > EXACT for cell in cells)
            return series
        kind = _TYPES[kinds.pop()]
        there = series.is_not_null()
        if kind == "text":
            blank = (series.str.strip_chars() == "").fill_null(False)
            there &= ~blank
            self._count_where("blank", blank, cells, start)
        elif kind == "integer":
            low, high = series.min(), series.max()
            self.is_beyond |= max(-int(str(low)), int(str(high))) > EXACT
        self._count_where(kind, there, cells, start)
        return series

    def _count_where(self, kind: Storage, are: pl.Series, cells: Sequence[Any], start: int) -> None:
        if count := int(are.sum()):
            self._count(kind, count, int(are.arg_true()[0]), cells, start)

    def _count(self, kind: Storage, count: int, place: int, cells: Sequence[Any], start: int) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + count
        self.first.setdefault(kind, (start + place, cells[place]))

    @property
    def form(self) -> Form:
        """What the column is read as."""
        return form_of(self.counts.keys(), self.is_beyond)


def form_of(storages: Sequence[Storage] | Any, is_beyond: bool) -> Form:
    """What a column of such cells is read as."""
    kinds = set(storages) - {"blank"}
    if kinds == {"integer"}:
        return "integer"
    if kinds and kinds <= {"integer", "real"}:
        # As floats, large whole numbers would lose digits.
        return "text" if is_beyond and "real" in kinds else "real"
    # A blank is missing among numbers; beside binary values it is a text as any other.
    return "blob" if set(storages) == {"blob"} else "text"


def packed(cells: Sequence[Any]) -> pl.Series:
    """Some cells of a column in the tightest type that holds them; a mixture is spelt out."""
    import polars as pl

    kinds = set(map(type, cells)) - {type(None)}
    if kinds == {int}:
        return pl.Series(cells, dtype=pl.Int64)
    if kinds == {float}:
        return pl.Series(cells, dtype=pl.Float64)
    if kinds <= {int, float} and not any(type(cell) is int and abs(cell) > EXACT for cell in cells):
        return pl.Series([None if cell is None else float(cell) for cell in cells], dtype=pl.Float64)
    if kinds == {bytes}:
        return pl.Series(cells, dtype=pl.Binary)
    if kinds == {str}:
        return pl.Series(cells, dtype=pl.String)
    return pl.Series([_spelt(cell) for cell in cells], dtype=pl.String)


def as_form(series: pl.Series, form: Form, place: str) -> pl.Series:
    """Packed cells as the form of their whole column.

    Raises
    ------
    SourceError : they cannot be: the rows are others than those by which the form was found
    """
    import polars as pl

    own = series.dtype
    if form == "text":
        if own == pl.Float64:
            return pl.Series([_spelt(cell) for cell in series.to_list()], dtype=pl.String)
        return ("0x" + series.bin.encode("hex")) if own == pl.Binary else series.cast(pl.String)
    wanted = {"integer": pl.Int64, "real": pl.Float64, "blob": pl.Binary}[form]
    if own == pl.String and wanted != pl.Binary:
        # Numbers among blanks were spelt out with them.
        letters = series.str.strip_chars()
        series = letters.set(letters == "", None).cast(wanted, strict=False)
        fits = series.null_count() == letters.replace("", None).null_count()
    else:
        fits = own in (wanted, pl.Int64 if wanted == pl.Float64 else wanted) or series.null_count() == len(series)
    if not fits:
        raise SourceError(
            f"{place} gives other rows each time it is asked",
            because="a column held one type of cells at first, and another type later",
            remedy="leave out what is drawn at random, or write the rows to a file first",
            code="mixed_types",
        )
    return series.cast(wanted)


def told(name: str, met: Met) -> Finding | None:
    """What is to be told of a column whose cells are of several types; None where they are of one."""
    counts, first = dict(met.counts), dict(met.first)
    if "blob" in counts and "blank" in counts:
        counts["text"] = counts.get("text", 0) + counts["blank"]
        first["text"] = min((first[kind] for kind in ("text", "blank") if kind in first), key=lambda one: one[0])
    numbers = counts.get("integer", 0) + counts.get("real", 0)
    kinds = {"number": numbers, "text": counts.get("text", 0), "blob": counts.get("blob", 0)}
    present = {kind: count for kind, count in kinds.items() if count}
    if len(present) < 2:
        return _of_blanks(name, met) if numbers and counts.get("blank") else None
    ordered: dict[str, int] = {kind: counts[kind] for kind in _ORDER if kind in counts}
    rare = min((one for one in _ORDER if one in counts), key=lambda one: (counts[one], -_ORDER.index(one)))
    row, cell = first[rare]
    parts = [f"{_WORDS[kind]} in {count:,} rows" for kind, count in ordered.items()]
    return Finding(
        code="mixed_types",
        severity="warning",
        message=f"{name!r} holds {' and '.join(parts)} (the first of the rarer kind in row {row + 1:,}: "
        f"{_shown(cell)})",
        columns=(name,),
        rows=(row,),
        numbers={"count": counts[rare], **ordered, "examples": [[row + 1, _shown(cell), _shown(_spelt(cell))]]},
        remedy=Remedy(action="review", words="correct the rarer ones in the database, or leave the column out"),
    )


def _of_blanks(name: str, met: Met) -> Finding:
    count, (row, cell) = met.counts["blank"], met.first["blank"]
    return Finding(
        code="missing_tokens",
        severity="info",
        message=f"{name!r} holds numbers, and blank text in {count:,} rows (first in row {row + 1:,}); those were "
        "taken as missing",
        columns=(name,),
        rows=(row,),
        numbers={"count": count, "examples": [[row + 1, cell, ""]]},
    )


def _storage(cell: Any) -> Storage | None:
    if cell is None:
        return None
    kind = _TYPES[type(cell)]
    return "blank" if kind == "text" and not cell.strip() else kind


def _spelt(cell: Any) -> str | None:
    """A cell as text, exactly."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bytes):
        return "0x" + cell.hex()
    if isinstance(cell, float):
        return spell(cell) if abs(cell) != float("inf") else str(cell)
    return str(cell)


def _shown(cell: Any) -> str:
    text = repr(_spelt(cell)) if isinstance(cell, str | bytes) else str(_spelt(cell))
    return text if len(text) <= 60 else text[:59] + "…"
