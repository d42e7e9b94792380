"""The columns that parts of one table have in common, and what is told where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journeyman.sources.series import as_type
from journeyman.table.finding import Finding, Remedy

if TYPE_CHECKING:
    import polars as pl

_SHOWN = 3


@dataclass(frozen=True)
class Shape:
    """The columns of all parts together.

    Parameters
    ----------
    columns : each column's type, in which the cells of every part can stand
    findings : which parts lack a column, and which hold one as another type
    """

    columns: Mapping[str, pl.DataType]
    findings: tuple[Finding, ...] = ()


def shape_of(parts: Mapping[str, Mapping[str, pl.DataType]]) -> Shape:
    """Find the columns that hold the cells of every part.

    Numbers of several widths are numbers, dates and moments are moments; types that have nothing in common are text.

    Parameters
    ----------
    parts : the types of each part's columns, by the part's name
    """
    names = list(dict.fromkeys(name for columns in parts.values() for name in columns))
    held = {name: {part: columns[name] for part, columns in parts.items() if name in columns} for name in names}
    columns = {name: type_for(list(dict.fromkeys(types.values()))) for name, types in held.items()}
    findings = [_lacking(name, types, parts) for name, types in held.items() if len(types) < len(parts)]
    findings += [_differing(name, types, columns[name]) for name, types in held.items() if _differ(types)]
    return Shape(columns, tuple(findings))


def conformed(frame: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    """A part's rows with the columns of all: those that it lacks are missing in every row."""
    import polars as pl

    have = dict(zip(frame.columns, frame.get_columns(), strict=True))
    return pl.DataFrame(
        [
            as_type(have[name], kind) if name in have else pl.Series(name, [None] * frame.height, dtype=kind)
            for name, kind in shape.columns.items()
        ]
    )


def type_for(kinds: Sequence[pl.DataType]) -> pl.DataType:
    """The narrowest type that holds cells of all these types."""
    import polars as pl

    known = [kind for kind in kinds if kind != pl.Null]
    if len(known) < 2:
        return known[0] if known else pl.String()
    if all(kind.is_integer() for kind in known):
        return pl.String() if pl.UInt64 in known else pl.Int64()
    if all(kind.is_integer() or kind.is_float() or kind.is_decimal() for kind in known):
        return pl.Float64()
    if all(isinstance(kind, pl.Datetime | pl.Date) for kind in known):
        zones = {kind.time_zone for kind in known if isinstance(kind, pl.Datetime)}
        if len(zones) == 1 or None not in zones:
            return pl.Datetime("us", zones.pop() if len(zones) == 1 else "UTC")
    return pl.String()


def _differ(types: Mapping[str, pl.DataType]) -> bool:
    import polars as pl

    return len({pl.String() if isinstance(kind, pl.Categorical | pl.Enum) else kind for kind in types.values()}) > 1


def _lacking(name: str, types: Mapping[str, object], parts: Mapping[str, object]) -> Finding:
    without = [part for part in parts if part not in types]
    listed = ", ".join(without[:_SHOWN]) + (", …" if len(without) > _SHOWN else "")
    return Finding(
        code="column_missing",
        severity="warning",
        message=f"{len(without):,} of {len(parts):,} parts have no column {name!r} ({listed}); it is missing there",
        columns=(name,),
        numbers={"count": len(without), "parts": len(parts), "examples": without[:_SHOWN]},
        remedy=Remedy(action="review", words="write all parts with the same columns, or leave those parts out"),
    )


def _differing(name: str, types: Mapping[str, pl.DataType], kind: pl.DataType) -> Finding:
    import polars as pl

    first: dict[pl.DataType, str] = {}
    for part, one in types.items():
        first.setdefault(one, part)
    told = "; ".join(f"{str(one).lower()} in {part}" for one, part in list(first.items())[:_SHOWN])
    is_text = kind == pl.String
    return Finding(
        code="mixed_types",
        severity="warning" if is_text else "info",
        message=f"{name!r} is of several types: {told}; it is read as {'text' if is_text else str(kind).lower()}",
        columns=(name,),
        numbers={"types": [str(one) for one in first]},
        remedy=Remedy(action="review", words="write all parts with one type") if is_text else Remedy(),
    )
