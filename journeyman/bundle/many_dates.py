"""Many dates at once: what `journeyman.bundle.date_cells` reads one by one, for texts of a few layouts.

A layout is a text with its digits left out. Texts of one layout are read together, as a matrix of their characters;
what has names of months, zones with hours, halves of days or anything odd is left to the reader of single cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from journeyman.bundle.cell import OK, UNUSUAL
from journeyman.bundle.date_cells import date_reader, missing_moments
from journeyman.bundle.date_formats import DAY, date_pattern
from journeyman.table.columns import NO_DATE, Flags, Integers
from journeyman.table.schema import Column

#: Fewer texts are read as quickly one by one.
ENOUGH = 500
_LONGEST, _MOST_LAYOUTS = 32, 12
_ZERO, _NINE = ord("0"), ord("9")
_OF_NUMBERS = np.frombuffer(b"0123456789.+- ", np.uint8)
_MONTH_ENDS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])

Matrix = NDArray[np.uint8]


def read_dates(column: Column, texts: Sequence[object]) -> tuple[Integers, Flags, NDArray[np.int8]] | None:
    """Many texts as dates: microseconds, which are missing, and states, (texts,); None where there are too few.

    What comes is what `journeyman.bundle.date_cells.date_reader` gives for each of them.
    """
    if len(texts) < ENOUGH or set(map(type, texts)) != {str}:
        return None
    words = cast("Sequence[str]", texts)
    at = np.full(len(words), NO_DATE, np.int64)
    is_done = np.zeros(len(words), np.bool_)
    for places, found, is_date in _by_layout(column, words):
        at[places[is_date]] = found[is_date]
        is_done[places[is_date]] = True
    states = np.full(len(words), OK, np.int8)
    states[is_done & ~_is_within(column, at)] = UNUSUAL
    missing = is_done & np.isin(at, list(missing_moments(column)))
    at[missing], states[missing] = NO_DATE, OK
    read = date_reader(column)
    for place in np.flatnonzero(~is_done).tolist():
        value, states[place] = read(words[place])
        missing[place] = value is None
        at[place] = NO_DATE if value is None else value
    return at, missing, states


def _is_within(column: Column, at: Integers) -> Flags:
    low = -np.inf if column.low is None else column.low
    high = np.inf if column.high is None else column.high
    found: Flags = (at >= low) & (at <= high)
    return found


def _by_layout(column: Column, words: Sequence[str]) -> Iterator[tuple[NDArray[np.int64], Integers, Flags]]:
    """For each layout: its texts' places, what they are, and which of them are dates."""
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    formats = tuple(dict.fromkeys((column.date_format, *column.date_formats, "iso")))
    for size in np.unique(sizes).tolist():
        if not 0 < size <= _LONGEST:
            continue
        places = [place for place in np.flatnonzero(sizes == size).tolist() if words[place].isascii()]
        left = np.array(places, np.int64)
        joined = "".join([words[place] for place in places]).encode("ascii")
        marks = np.frombuffer(joined, np.uint8).reshape(-1, size)
        is_digit = (marks >= _ZERO) & (marks <= _NINE)
        layout = np.where(is_digit, np.uint8(_ZERO), marks)
        for _ in range(_MOST_LAYOUTS):
            if not len(left):
                break
            same = (layout == layout[0]).all(axis=1)
            spans = [one for one in (_spans(name, layout[0]) for name in _before_numbers(formats, layout[0])) if one]
            if spans:
                yield left[same], *_read(marks[same], spans)
            left, marks, layout = left[~same], marks[~same], layout[~same]


def _before_numbers(formats: Sequence[str], layout: NDArray[np.uint8]) -> Sequence[str]:
    """The formats that come before one that takes any number, where a layout is a number; else all."""
    if not np.isin(layout, _OF_NUMBERS).all():
        return formats
    return formats[: next((place for place, name in enumerate(formats) if name in ("epoch", "serial")), len(formats))]


def _spans(date_format: str, layout: NDArray[np.uint8]) -> dict[str, tuple[int, int]]:
    """Where the parts of a date stand in a layout, empty where it is none of the format that is read here."""
    if date_format in ("epoch", "serial", "quarter") or "b" in date_format:
        return {}
    text = "".join(map(chr, layout.tolist())).replace("0", "1")
    found = date_pattern(date_format).fullmatch(text)
    if not found or any(found.groupdict().get(name) for name in ("half", "zone")):
        return {}
    return {name: found.span(name) for name, value in found.groupdict().items() if value}


def _read(marks: Matrix, formats: Sequence[dict[str, tuple[int, int]]]) -> tuple[Integers, Flags]:
    """Texts of one layout in the first of some formats that takes each: what they are, and which are dates."""
    at = np.full(len(marks), NO_DATE, np.int64)
    is_date = np.zeros(len(marks), np.bool_)
    for spans in formats:
        found, is_found = _in_format(marks, spans)
        is_new = is_found & ~is_date
        at[is_new] = found[is_new]
        is_date |= is_found
    return at, is_date


def _in_format(marks: Matrix, spans: dict[str, tuple[int, int]]) -> tuple[Integers, Flags]:
    part = {name: _number(marks[:, first:end]) for name, (first, end) in spans.items()}
    year, month = part["y"], part["m"]
    if spans["y"][1] - spans["y"][0] == 2:
        year = year + np.where(year >= 69, 1900, 2000)
    zero = np.zeros(len(marks), np.int64)
    day, hour = part.get("d", zero + 1), part.get("hour", zero)
    minute, second = part.get("minute", zero), part.get("second", zero)
    is_date = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (hour <= 23) & (minute <= 59) & (second <= 59)
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    is_date &= day <= _MONTH_ENDS[np.clip(month, 0, 12)] + (is_leap & (month == 2))
    fraction = zero
    if "part" in spans:
        first, end = spans["part"]
        digits = min(end - first, 6)
        fraction = _number(marks[:, first : first + digits]) * 10 ** (6 - digits)
    since = ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction
    return _days(year, month, day) * DAY + since, is_date


def _number(marks: Matrix) -> Integers:
    """Digits as a number, row by row."""
    value = np.zeros(len(marks), np.int64)
    for place in range(marks.shape[1]):
        value = value * 10 + (marks[:, place].astype(np.int64) - _ZERO)
    return value


def _days(year: Integers, month: Integers, day: Integers) -> Integers:
    """Days since 1970-01-01 in the Gregorian calendar, by eras of 400 years that start in March (H. Hinnant)."""
    shifted = year - (month <= 2)
    era = shifted // 400
    of_era = shifted - era * 400
    of_year = (153 * (month + np.where(month > 2, -3, 9)) + 2) // 5 + day - 1
    found: Integers = era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468
    return found


def dates_of_numbers(column: Column, values: NDArray[np.float64]) -> tuple[Integers, Flags, NDArray[np.int8]] | None:
    """Many numbers as dates since 1970, as in `read_dates`; None where a column's numbers are written otherwise."""
    if column.date_format != "epoch" or any(name in ("ymd", "serial") for name in column.date_formats):
        return None
    size = np.abs(values)
    missing = ~(size < 10**17)
    is_refused = missing & ~np.isnan(values)
    times = np.where(size < 10**11, 10**6, np.where(size < 10**14, 1000, 1))
    at = np.where(missing, NO_DATE, np.rint(np.where(missing, 0, values) * times)).astype(np.int64)
    missing |= ~missing & np.isin(at, list(missing_moments(column)))
    at[missing] = NO_DATE
    states = np.where(is_refused, 2, np.where(missing | _is_within(column, at), OK, UNUSUAL)).astype(np.int8)
    return at, missing, states
