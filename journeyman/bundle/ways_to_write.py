"""Ways to write numbers, dates and truth values: the spellings that a column is tried under."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from journeyman.bundle.cells import fold
from journeyman.bundle.date_formats import date_written
from journeyman.table.schema import Column

#: Decimal mark, thousands mark and groups, the likeliest first.
NUMBER_FORMS = (
    (".", "", "thousands"),
    (".", ",", "thousands"),
    (",", "", "thousands"),
    (",", ".", "thousands"),
    (".", " ", "thousands"),
    (",", " ", "thousands"),
    (".", "'", "thousands"),
    (",", "'", "thousands"),
    (".", ",", "lakhs"),
)
#: Date formats, the likeliest first; where day and month are open, the first that fits is the likeliest.
DATE_FORMATS = (
    *("iso", "d.m.y", "m/d/y", "d/m/y", "d-m-y", "m-d-y", "y/m/d", "y.m.d", "d m y", "y m d"),
    *("d b y", "b d y", "y b d", "b y", "y b", "y-m", "y/m", "y:m", "m/y", "m-y", "quarter", "ymd"),
)
#: Dates that are written as numbers: any number may be one, so they have to be near those of training.
COUNTED = ("epoch", "serial")
TRUE_WORDS, FALSE_WORDS = ("true", "yes", "y", "t", "1", "1.0"), ("false", "no", "n", "f", "0", "0.0")
#: Of the cells that have anything beside a number, so many may have something else there.
ODD_ONES = 0.05
_AMOUNT = re.compile(r"[(+-]*(?P<before>[^0-9().,+-]*)[+-]?[0-9][0-9.,' ]*(?P<after>[^0-9()]*)\)?")


def date_example(date_format: str) -> str:
    """The last day of 2024 in a date format, for people to see what is meant.

    >>> date_example("iso"), date_example("d.m.y"), date_example("b d y")
    ('2024-12-31', '31.12.2024', 'Dec 31 2024')
    """
    written = date_written(datetime(2024, 12, 31, tzinfo=UTC), date_format)
    return written.removesuffix(" 00:00").removesuffix("T00:00").removesuffix("000000")


def alternatives(column: Column, texts: Sequence[str]) -> Iterator[Column]:
    """The column as it may be written elsewhere; none for kinds that are words.

    Parameters
    ----------
    texts : cells of it, which tell what stands beside numbers
    """
    if column.kind == "number":
        # Where the model knows a unit, another one is another thing, and not another way to write it.
        for unit in (column.unit,) if column.unit else dict.fromkeys(("", *_units(texts))):
            for decimal, thousands, groups in NUMBER_FORMS:
                yield replace(column, decimal=decimal, thousands=thousands, groups=groups, unit=unit)
    elif column.kind == "date":
        for name in (*DATE_FORMATS, *COUNTED):
            yield replace(column, date_format=name, date_formats=())
    elif {fold(one) for one in column.true_words} & set(TRUE_WORDS):
        missing = {fold(one) for one in column.missing}
        words = [tuple(one for one in words if one not in missing) for words in (TRUE_WORDS, FALSE_WORDS)]
        yield replace(column, true_words=(*column.true_words, *words[0]), false_words=(*column.false_words, *words[1]))


def _units(texts: Sequence[str]) -> Iterator[str]:
    """What stands beside a number in most of the cells that have anything beside one."""
    found: Counter[str] = Counter()
    for text in texts:
        match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip())
        beside = "" if match is None else (match["before"].strip() or match["after"].strip())
        if beside and match is not None and not (match["before"].strip() and match["after"].strip()):
            found[beside] += 1
    for unit, count in found.most_common(1):
        if count >= (1 - ODD_ONES) * found.total():
            yield unit
