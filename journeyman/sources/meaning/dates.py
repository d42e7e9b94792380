"""Dates and times, in one format or several; whether day or month comes first is decided over the whole column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from journeyman.bundle.cells import plain_text
from journeyman.bundle.date_formats import date_pattern, date_text_reader
from journeyman.bundle.ways_to_write import DATE_FORMATS
from journeyman.sources.meaning.evidence import Evidence, Words
from journeyman.sources.meaning.missing import IN_DATES
from journeyman.table import said
from journeyman.table.columns import Flags
from journeyman.table.schema import Column

#: Asked before numbers, for 1957:01 is no clock; what is plain numbers is left to them.
TURN = 15

#: Written as numbers: they are dates only beside others that are written as dates.
BESIDE = ("serial",)
#: Serial numbers of days from 1954 to 2064.
_SERIALS = (20_000, 60_000)
#: Share of cells that must look like dates, and that must be some.
NEARLY_ALL, MOST = 0.95, 0.5
#: A format among several has so many of the cells, or two.
_ENOUGH = 0.01
_MONTHS_ALONE = ("y-m", "y/m", "y:m", "m/y", "m-y")
_DOUBLE_YEAR = re.compile(r"[0-9]{2}([0-9]{2})[/-]([0-9]{2})")
#: A part that is the same in so many dates and is 1 is the day: dates that name months.
_MONTHS = 3


@dataclass(frozen=True)
class _Fit:
    """How a format fits some texts: which look like it, and what each would be, None where it is none."""

    name: str
    looks: Flags
    values: Sequence[int | None]

    @property
    def is_date(self) -> Flags:
        return np.array([value is not None for value in self.values], np.bool_)


def propose(evidence: Evidence) -> Column | None:
    """The column as dates, where nearly all cells look like some."""
    must = evidence.kind == "date"
    if not must and (evidence.kind is not None or evidence.typed or evidence.plain is not None):
        return None
    plain = Column(name=evidence.name, kind="date", missing=IN_DATES)
    words = evidence.sample.without(IN_DATES)
    if not words.texts:
        return plain if must else None
    few = words.first(20)
    if not must and not any(fit.looks.any() for fit in _fits(few)):
        return None
    fits = _fits(words)
    chosen = _chosen(fits, np.array(words.counts, np.float64))
    if not chosen:
        return plain if must else None
    looks = _share(np.logical_or.reduce([fit.looks for fit in chosen]), words)
    good = _share(np.logical_or.reduce([fit.is_date for fit in chosen]), words)
    # Months alone look like much else: hardly any of them may be wrong.
    least = NEARLY_ALL if chosen[0].name in _MONTHS_ALONE else MOST
    if not must and (looks < NEARLY_ALL or good < least or _are_double_years(chosen[0], words)):
        return None
    names = tuple(fit.name for fit in chosen)
    how = f"written {names[0]}" if len(names) == 1 else f"in {len(names)} formats ({', '.join(names)})"
    reason = f"the cells are dates {how}" if good == 1.0 else f"{said.share(good)} of the cells are dates"
    column = replace(plain, date_format=names[0], date_formats=names[1:], reason=reason)
    is_open = bool(open_twins(column, words))
    column = replace(column, sure=0.6 if is_open else round(good, 3))
    is_proved = must or evidence.is_whole or float(evidence.reading(column).refused.mean()) <= 2 - NEARLY_ALL - good
    return column if is_proved else None


def twin_of(date_format: str) -> str:
    """The format with day and month the other way round.

    >>> twin_of("d/m/y")
    'm/d/y'
    """
    return date_format.replace("d", "?").replace("m", "d").replace("?", "m")


def open_twins(column: Column, words: Words) -> tuple[str, ...]:
    """Formats of a column of which the order of day and month could be the other one just as well."""
    found = []
    for name in (column.date_format, *column.date_formats):
        twin = twin_of(name)
        if twin == name or twin not in DATE_FORMATS:
            continue
        fit, other = _fit(name, words.texts), _fit(twin, words.texts)
        if other.is_date.sum() < fit.is_date.sum() or not any(
            one is not None and one != two for one, two in zip(fit.values, other.values, strict=True)
        ):
            continue
        if not _names_months(fit):
            found.append(name)
    return tuple(found)


def _fits(words: Words) -> list[_Fit]:
    return [_fit(name, words.texts) for name in (*DATE_FORMATS, *BESIDE)]


def _fit(name: str, texts: Sequence[str]) -> _Fit:
    clean = [plain_text(text) for text in texts]
    matched, read = date_pattern(name).fullmatch, date_text_reader(name)
    looks = np.array([matched(text) is not None for text in clean], np.bool_)
    if name in BESIDE:
        looks &= np.array([_is_serial(text) for text in clean], np.bool_)
    values = [read(text) if look else None for text, look in zip(clean, looks.tolist(), strict=True)]
    if "b" in name:
        # A word before a year is only a date where it is a month.
        looks &= np.array([value is not None for value in values], np.bool_)
    return _Fit(name, looks, values)


def _chosen(fits: Sequence[_Fit], counts: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[_Fit]:
    """The fewest formats that take nearly all cells; of those that take as many the likelier one."""
    left = np.ones(len(counts), np.bool_)
    chosen: list[_Fit] = []
    total = float(counts.sum())
    while left.any():
        best, best_gain = None, (0.0, 0.0, 0)
        for place, fit in enumerate(fits):
            if fit.name in BESIDE and not chosen:
                continue
            taken = float(counts[left & fit.is_date].sum())
            gain = (round(taken / total, 9), float(_names_months(fit)), -place)
            if gain > best_gain and _is_enough(taken, total, chosen):
                best, best_gain = fit, gain
        if best is None:
            break
        chosen.append(best)
        left &= ~best.looks
    return chosen


def _is_enough(taken: float, total: float, chosen: Sequence[_Fit]) -> bool:
    return taken > 0 if not chosen else taken >= max(2, _ENOUGH * total)


def _names_months(fit: _Fit) -> bool:
    """Whether every date is the first of a month, and there are several months: 1/1/2000, 4/1/2000, 7/1/2000."""
    known = [value for value in fit.values if value is not None]
    if "d" not in fit.name or len(known) < 2:
        return False
    days = np.array(known, np.int64).astype("datetime64[us]").astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    different = {int(one) % 12 for one in months.astype(np.int64).tolist()}
    return bool((days == months.astype("datetime64[D]")).all()) and len(different) >= _MONTHS


def _are_double_years(fit: _Fit, words: Words) -> bool:
    """Whether what looks like a month is the year after: 2019/20, 2020/21."""
    pairs = [(_DOUBLE_YEAR.fullmatch(text.strip())) for text in words.texts] if fit.name in ("y/m", "y-m") else []
    return bool(pairs) and all(pair and (int(pair[1]) + 1) % 100 == int(pair[2]) for pair in pairs)


def _is_serial(text: str) -> bool:
    try:
        return _SERIALS[0] <= float(text) <= _SERIALS[1]
    except ValueError:
        return False


def _share(is_such: Flags, words: Words) -> float:
    return float(np.array(words.counts, np.float64)[is_such].sum()) / max(words.cells, 1)
