"""The formats in which dates are written: each a grammar of text, and how a date of our own is written in it.

A format is ``"iso"``; or the order of year, month and day with what stands between them, as ``"d/m/y"``, where ``b`` is
a month by its name, as ``"d b y"``; or an order without a day, as ``"y:m"`` and ``"b y"``; or one of a few names:
``"ymd"`` (20240131, and 20240131170500), ``"quarter"`` (2020Q3), ``"epoch"`` (seconds or milliseconds since 1970) and
``"serial"`` (days since 1899-12-30, as spreadsheets count).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache

from journeyman.bundle.cell import fold
from journeyman.bundle.months import MONTHS, SHORT

#: A time in microseconds since 1970-01-01 UTC; None where the text is none, or the calendar has no such day.
ReadDate = Callable[[str], int | None]

DAY = 86_400_000_000
#: What is written as a number.
NUMBERED = ("ymd", "epoch", "serial")
NAMED = ("iso", "quarter", *NUMBERED)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_SERIAL_DAY = date(1899, 12, 30).toordinal()
#: Below this many since 1970 they are seconds (until the year 5138), below the next milliseconds, then microseconds.
_SECONDS, _MILLISECONDS, _MICROSECONDS = 10**11, 10**14, 10**17
_TIME = (
    r"(?:(?:[T ]|, )\s*(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<part>[0-9]{1,9}))?)?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?\s?(?P<zone>Z|z|UTC|GMT|[+-][0-9]{2}:?(?:[0-9]{2})?)?)?"
)
_ISO = r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})"
_QUARTER = r"(?:(?P<y>[0-9]{4})[ ./-]?[QqKkTt](?P<q>[1-4])|[QqKkTt](?P<q2>[1-4])[ ./-]?(?P<y2>[0-9]{4}))"
_YMD = r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?:(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2}))?"
_PARTS = {
    "y": r"(?P<y>[0-9]{4}|[0-9]{2})",
    "m": r"(?P<m>[0-9]{1,2})",
    "d": r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th|º|ª|er|\.)?",
    "b": r"(?P<b>[^\W\d_]{3,12})\.?",
}
#: Between a month's name and what stands beside it; a day of the week may stand before all.
_BESIDE_NAME = r"(?:[\s,./-]+|\s?(?=[^\W\d_])|(?<=[^\W\d_])\s?)(?:(?:de|del|of)\s+)?"
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,?\s+)?"
_ORDER = re.compile(r"[dmy](?P<mark>[^a-zA-Z0-9])[dmy](?P=mark)[dmy]")
_SHORT_ORDER = re.compile(r"(?:y[^a-zA-Z0-9]m|m[^a-zA-Z0-9.]y)")
_NAMED_ORDER = frozenset({"d b y", "b d y", "y b d", "b y", "y b"})


def is_date_format(text: str) -> bool:
    """Whether a text is a format that `date_text_reader` knows.

    >>> is_date_format("d/m/y"), is_date_format("b y"), is_date_format("d.d.y")
    (True, True, False)
    """
    if text in NAMED or text in _NAMED_ORDER or _SHORT_ORDER.fullmatch(text):
        return True
    return bool(_ORDER.fullmatch(text)) and len({*text[::2]}) == 3


@cache
def date_pattern(date_format: str) -> re.Pattern[str]:
    """The grammar of a date format.

    >>> bool(date_pattern("d.m.y").fullmatch("3.4.2024 17:05")), bool(date_pattern("b d y").fullmatch("May 3rd, 1999"))
    (True, True)
    """
    fixed = {"iso": _ISO + _TIME, "quarter": _QUARTER, "ymd": _YMD}
    fixed |= {"epoch": r"(?P<number>-?[0-9]{1,17}(?:\.[0-9]+)?)", "serial": r"(?P<number>[0-9]{1,6}(?:\.[0-9]+)?)"}
    if date_format in fixed:
        return re.compile(fixed[date_format])
    if "b" in date_format:
        return re.compile(_WEEKDAY + _BESIDE_NAME.join(_PARTS[part] for part in date_format.split()) + _TIME)
    # Between figures a point belongs to the order, not to the day.
    parts = {**_PARTS, "d": r"(?P<d>[0-9]{1,2})"}
    if len(date_format) == 3:
        parts["y"] = r"(?P<y>[0-9]{4})"
        return re.compile(re.escape(date_format[1]).join(parts[part] for part in date_format[::2]))
    return re.compile(re.escape(date_format[1]).join(parts[part] for part in date_format[::2]) + _TIME)


def date_text_reader(date_format: str) -> ReadDate:
    """The reader of dates written in a format; a time without a zone is taken as UTC, a part of a year as its start."""
    matched = date_pattern(date_format).fullmatch
    if date_format in ("epoch", "serial"):
        of_number = since_epoch if date_format == "epoch" else since_serial

        def read_number(text: str) -> int | None:
            return of_number(float(text)) if matched(text) else None

        return read_number

    def read(text: str) -> int | None:
        found = matched(text)
        return None if found is None else _microseconds(found)

    return read


def number_date(date_format: str, value: float) -> int | None:
    """A date that is written as a number, in microseconds since 1970-01-01 UTC; None where it is none."""
    if date_format == "epoch":
        return since_epoch(value)
    if date_format == "serial":
        return since_serial(value)
    return date_text_reader("ymd")(f"{value:.0f}") if value.is_integer() else None


def since_epoch(value: float) -> int | None:
    """Seconds, milliseconds or microseconds since 1970, by their size, in microseconds.

    >>> since_epoch(1700000000) == since_epoch(1700000000000) == 1_700_000_000_000_000
    True
    """
    size = abs(value)
    if not size < _MICROSECONDS:
        return None
    return round(value * (10**6 if size < _SECONDS else 1000 if size < _MILLISECONDS else 1))


def since_serial(value: float) -> int | None:
    """Days since 1899-12-30, as spreadsheets count them, in microseconds since 1970.

    >>> since_serial(45000) // DAY == (date(2023, 3, 15) - date(1970, 1, 1)).days
    True
    """
    return round((value - (_EPOCH_DAY - _SERIAL_DAY)) * DAY) if 0 <= value < 300_000 else None


def date_written(when: datetime, date_format: str) -> str:
    """A time in a format, to the minute where the format has one.

    >>> date_written(datetime(2024, 1, 31, 17, 5), "d b y"), date_written(datetime(2024, 1, 31), "quarter")
    ('31 Jan 2024 17:05', '2024Q1')
    """
    clock = f"{when.hour:02}:{when.minute:02}"
    if date_format == "iso":
        return f"{when.year:04}-{when.month:02}-{when.day:02}T{clock}"
    if date_format == "quarter":
        return f"{when.year:04}Q{(when.month + 2) // 3}"
    if date_format == "ymd":
        return f"{when.year:04}{when.month:02}{when.day:02}{when.hour:02}{when.minute:02}00"
    days = (when.toordinal() - _EPOCH_DAY) + (when.hour * 60 + when.minute) / 1440
    if date_format == "epoch":
        return str(round(days * 86_400))
    if date_format == "serial":
        return f"{days + _EPOCH_DAY - _SERIAL_DAY:.6f}"
    part = {"y": f"{when.year:04}", "m": str(when.month), "d": str(when.day), "b": SHORT[when.month]}
    written = "".join(part.get(mark, mark) for mark in date_format)
    return f"{written} {clock}" if "d" in date_format else written


def _microseconds(found: re.Match[str]) -> int | None:
    """The time that a pattern found, or None where the calendar has no such time."""
    part = found.groupdict()
    written = part["y"] or part["y2"]
    year, month = int(written), _month(part)
    if len(written) == 2:
        year += 1900 if year >= 69 else 2000
    if month is None:
        return None
    try:
        days = date(year, month, int(part.get("d") or 1)).toordinal() - _EPOCH_DAY
    except ValueError:
        return None
    since = _since_midnight(part) if part.get("hour") else 0
    return None if since is None else days * DAY + since


def _since_midnight(part: dict[str, str | None]) -> int | None:
    """The time of day in microseconds, in UTC, or None where no clock shows it."""
    hour, minute, second = int(part["hour"] or 0), int(part["minute"] or 0), int(part["second"] or 0)
    half, zone = part.get("half"), part.get("zone") or ""
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in "pP" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    fraction = int((part.get("part") or "0")[:6].ljust(6, "0"))
    offset = 0
    if zone[:1] in ("+", "-"):
        clock = zone[1:].replace(":", "")
        offset = (int(clock[:2]) * 60 + int(clock[2:] or 0)) * (1 if zone[0] == "+" else -1)
    return ((hour * 60 + minute - offset) * 60 + second) * 1_000_000 + fraction


def _month(part: dict[str, str | None]) -> int | None:
    if name := part.get("b"):
        return MONTHS.get(fold(name))
    if quarter := part.get("q") or part.get("q2"):
        return int(quarter) * 3 - 2
    return int(part["m"] or 0)
