"""Times that are written as whole numbers: seconds or milliseconds since 1970, and days as 20240131."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from journeyman.bundle.cells import spell
from journeyman.bundle.date_formats import number_date
from journeyman.sources.meaning.evidence import Evidence
from journeyman.sources.meaning.missing import IN_DATES
from journeyman.sources.meaning.sampling import some_numbers
from journeyman.sources.meaning.seen import Seen
from journeyman.table.columns import Numbers
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Column

#: When columns are refined: after gaps are known, before identifiers are looked for.
AFTER = 20

#: Seconds from 1990 to 2040; milliseconds are a thousand times, microseconds a million times as many.
_SINCE, _UNTIL = 631_152_000, 2_208_988_800
_SCALES = (1, 1_000, 1_000_000)
#: Days as eight digits.
_FIRST_DAY, _LAST_DAY = 1900_01_01, 2100_01_01
#: So many different numbers must all be days of the calendar: of numbers drawn at random hardly one in thirty is.
_ENOUGH = 8
_LOOKED_AT = 500
#: Numbers that stand for no time, and the moments that they would be.
HOLES = {
    -1.0: ("1969-12-31T23:59:59",),
    0.0: ("1970-01-01",),
    29991231.0: ("2999-12-31",),
    99991231.0: ("9999-12-31",),
    99999999.0: (),
}
#: Where more of the cells are such numbers, nobody knows what they are.
_MOST_HOLES = 0.5
_NAMED = re.compile(
    r"(?i)(^|[\W_]|[a-z](?-i:(?=[A-Z])))(ts|time|timestamp|epoch|unix|date|datetime|at|on|created|updated|modified)"
    r"($|[\W_\d]|(?-i:(?=[A-Z])))|time$|date$|stamp"
)


def refine(column: Column, evidence: Evidence) -> Column:
    """The column as dates, where its numbers are times and can be nothing else."""
    if column.kind != "number" or evidence.kind is not None or evidence.is_target or column.unit:
        return column
    values = evidence.numbers(column)
    numbers = values[~np.isnan(values)]
    there, holes = _apart(numbers)
    if not len(there) or not _whole_and_large(there):
        return column
    known = dict.fromkeys((*IN_DATES, *column.missing, *holes))
    dated = replace(column, kind="date", missing=tuple(known))
    scales = scales_of(there)
    if scales and (len(scales) > 1 or _NAMED.search(column.name)):
        how = {1: "seconds", 1_000: "milliseconds", 1_000_000: "microseconds"}
        since = " and ".join(how[scale] for scale in scales)
        return replace(dated, date_format="epoch", sure=0.9, reason=f"the numbers are {since} since 1970")
    if _are_days(there):
        return replace(dated, date_format="ymd", sure=0.95, reason="the numbers are days, written as 20240131")
    return column


def _apart(numbers: Numbers) -> tuple[Numbers, tuple[str, ...]]:
    """Numbers without those that programs write where there is no time, and these, as days where they are that."""
    is_hole = np.isin(numbers, list(HOLES))
    if not is_hole.any() or is_hole.mean() > _MOST_HOLES:
        return numbers, ()
    spelt = [mark for hole in np.unique(numbers[is_hole]).tolist() for mark in (spell(hole), *HOLES[hole])]
    return numbers[~is_hole], tuple(spelt)


def numbered_format(values: Numbers) -> str:
    """The format in which numbers are most likely dates, where a person says that they are.

    Parameters
    ----------
    values : (rows,), missing is NaN
    """
    there = values[~np.isnan(values)]
    if not len(there) or scales_of(there):
        return "epoch"
    if _are_days(there, enough=1):
        return "ymd"
    return "serial" if float(np.median(there)) < 300_000 else "epoch"


def scales_of(there: Numbers) -> tuple[int, ...]:
    """On which scales all numbers are times of our days, none where some are not; each must hold several of them."""
    on = [(there >= _SINCE * scale) & (there <= _UNTIL * scale) for scale in _SCALES]
    if not np.logical_or.reduce(on).all():
        return ()
    return tuple(scale for scale, is_on in zip(_SCALES, on, strict=True) if is_on.any())


def tell(seen: Seen) -> Finding | None:
    """Seconds and milliseconds in one column (``epoch_mixed``)."""
    column = seen.column
    if column.kind != "date" or "epoch" not in (column.date_format, *column.date_formats):
        return None
    numbers = seen.evidence.numbers(Column(name=column.name, kind="number", missing=column.missing))
    there = numbers[~np.isnan(numbers)]
    counts = {
        name: int(((there >= _SINCE * scale) & (there <= _UNTIL * scale)).sum())
        for name, scale in zip(("seconds", "milliseconds", "microseconds"), _SCALES, strict=True)
    }
    mixed = {name: count for name, count in counts.items() if count}
    if len(mixed) < 2:
        return None
    usual = max(mixed, key=lambda name: mixed[name])
    first = next(scale for name, scale in zip(counts, _SCALES, strict=True) if name == usual)
    rows = np.flatnonzero(~np.isnan(numbers) & ~((numbers >= _SINCE * first) & (numbers <= _UNTIL * first)))
    return Finding(
        code="epoch_mixed",
        severity="warning",
        message=f"the times of {column.name!r} are "
        + " and ".join(f"{name} since 1970 ({count:,} cells)" for name, count in mixed.items())
        + "; each is read by its size",
        columns=(column.name,),
        rows=tuple(rows[:100].tolist()),
        numbers={
            "count": len(rows),
            "examples": [[int(row) + 1, f"{numbers[row]:.0f}", seen.shown(int(row))] for row in rows[:3]],
            **mixed,
        },
        remedy=Remedy(action="review", words=f"if they are no times, say --column {column.name}:kind=number"),
    )


def _whole_and_large(there: Numbers) -> bool:
    first = there[:1000]
    if float(np.abs(first).min()) < _FIRST_DAY or bool((first != np.floor(first)).any()):
        return False
    return float(np.abs(there).min()) >= _FIRST_DAY and not bool((there != np.floor(there)).any())


def _are_days(there: Numbers, enough: int = _ENOUGH) -> bool:
    if float(there.min()) < _FIRST_DAY or float(there.max()) >= _LAST_DAY:
        return False
    different = some_numbers(there, _LOOKED_AT)
    return len(different) >= enough and all(number_date("ymd", float(one)) is not None for one in different)
