"""What is told of numbers that are not written as programs write them: marks, units, parts, ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from journeyman.bundle.reader import missing_of
from journeyman.sources.meaning.seen import Seen
from journeyman.sources.meaning.units import is_currency
from journeyman.table.columns import Flags, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Column

_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def tell(seen: Seen) -> Iterator[Finding]:
    """How many cells were rewritten (``number_format``, ``decimal_comma``, ``units``), and marks that contradict each
    other (``decimal_ambiguous``)."""
    column, texts = seen.column, seen.texts
    if column.kind != "number" or texts is None or seen.is_plain:
        return
    is_changed = np.zeros(len(texts.levels), np.bool_)
    is_changed[texts.codes[~missing_of(seen.read.values)]] = True
    is_changed &= np.array([_PLAIN.fullmatch(text.strip()) is None for text in texts.levels], np.bool_)
    if not is_changed.any():
        return
    if column.decimal == ".,":
        yield _contradictory(seen, texts, is_changed)
    units = [column.unit, *(one.partition("=")[0] for one in column.other_units)]
    is_unit = column.notation == "plain" and any(units) and not (is_currency(column.unit) or column.unit == "%")
    is_unit = is_unit or (column.notation == "plain" and len(units) > 1)
    if is_unit:
        yield _units(seen, texts, is_changed, [one for one in units if one])
    how = _how(column, told_unit=is_unit)
    if (how or not is_unit) and column.decimal != ".,":
        yield _format(seen, texts, is_changed, how)


def _format(seen: Seen, texts: Strings, is_changed: Flags, how: Sequence[str]) -> Finding:
    column = seen.column
    count = int(texts.counts()[is_changed].sum())
    is_comma = column.decimal == "," and len(how) == 1
    is_plain = column.notation == "plain" and column.ranges == "refused"
    remedy = "decimal=… or kind=category" if is_plain else "kind=category"
    return Finding(
        code="decimal_comma" if is_comma else "number_format",
        severity="info",
        message=f"the numbers of {column.name!r} are written with {', '.join(how) or 'marks of their own'} in "
        f"{count:,} cells",
        columns=(column.name,),
        numbers={"count": count, "examples": seen.examples(is_changed)},
        remedy=Remedy(action="review", words=f"if that is wrong, say --column {column.name}:{remedy}"),
    )


def _how(column: Column, *, told_unit: bool) -> list[str]:
    """In words, how the numbers are written."""
    marks = [f"decimal mark {column.decimal!r}"] if column.decimal == "," else []
    marks += [f"thousands mark {column.thousands!r}"] if column.thousands else []
    if column.unit and column.notation == "plain" and not told_unit:
        marks.append(f"unit {column.unit!r}")
    parts = {"feet": "feet and inches (in inches now)", "clock": "hours and minutes (in hours now)"}
    marks += [parts[column.notation]] if column.notation in parts else []
    return marks + (["ranges (their middle, or their only end)"] if column.ranges == "middle" else [])


def _units(seen: Seen, texts: Strings, is_changed: Flags, units: Sequence[str]) -> Finding:
    column = seen.column
    count = int(texts.counts()[is_changed].sum())
    if column.other_units:
        listed = ", ".join(repr(one) for one in units)
        into = f"all are in {column.unit!r} now" if column.unit else "all are multiplied out now"
        message = f"the numbers of {column.name!r} carry the units {listed} in {count:,} cells; {into}"
    else:
        message = f"the numbers of {column.name!r} carry the unit {column.unit!r} in {count:,} cells"
    return Finding(
        code="units",
        severity="info",
        message=message,
        columns=(column.name,),
        numbers={"count": count, "examples": seen.examples(is_changed), "units": list(column.other_units)},
        remedy=Remedy(
            action="review", words=f"if that is wrong, say --column {column.name}:other_units=… or kind=category"
        ),
    )


def _contradictory(seen: Seen, texts: Strings, is_changed: Flags) -> Finding:
    counts = texts.counts().tolist()
    by_mark = {
        name: sum(count for text, count in zip(texts.levels, counts, strict=True) if mark in text)
        for name, mark in (("with_comma", ","), ("with_point", "."))
    }
    name = seen.column.name
    count = int(texts.counts()[is_changed].sum())
    return Finding(
        code="decimal_ambiguous",
        severity="warning",
        message=f"the numbers of {name!r} have decimal commas in {by_mark['with_comma']:,} cells and decimal points in "
        f"{by_mark['with_point']:,}; each is read as it stands",
        columns=(name,),
        rows=tuple(seen.rows_of(is_changed)[:100]),
        numbers={"count": count, "examples": seen.examples(is_changed), **by_mark},
        remedy=Remedy(
            action="review", words=f"if one of them parts thousands, say --column {name}:decimal=. or decimal=,"
        ),
    )
