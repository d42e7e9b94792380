"""What is told of dates: that they are written in several formats, or that day and month are open."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from journeyman.bundle.cells import plain_text
from journeyman.bundle.date_formats import date_pattern, date_text_reader
from journeyman.sources.meaning.dates import BESIDE, open_twins, twin_of
from journeyman.sources.meaning.missing import IN_DATES
from journeyman.sources.meaning.seen import Seen
from journeyman.table.columns import Strings
from journeyman.table.finding import Finding, Remedy

#: So many cells are looked at for an example.
_LOOKED_AT = 500


def tell(seen: Seen) -> Iterator[Finding]:
    """Dates in several formats (``date_formats``), and dates of which day and month are open (``date_ambiguous``)."""
    column = seen.column
    if column.kind != "date" or seen.texts is None:
        return
    words = seen.evidence.sample.without(IN_DATES)
    if column.date_formats:
        yield _several(seen, seen.texts)
    open_ones = () if {"date_format", "date_formats"} & seen.wishes.keys() else open_twins(column, words)
    if open_ones:
        twin = twin_of(open_ones[0])
        yield Finding(
            code="date_ambiguous",
            severity="warning",
            message=f"the dates of {column.name!r} can be read day first or month first; {_example(seen, twin)}",
            columns=(column.name,),
            numbers={"cells": int((~seen.read.refused).sum())},
            remedy=Remedy(
                action="review", words=f"say which: --column {column.name}:date_format={open_ones[0]} or {twin}"
            ),
        )


def _example(seen: Seen, twin: str) -> str:
    """How a date was read that would be another one the other way round."""
    other = date_text_reader(twin)
    for row in np.flatnonzero(~seen.read.refused)[:_LOOKED_AT].tolist():
        text = seen.written(row)
        moment = other(plain_text(text))
        if moment is not None and str(np.datetime64(moment, "us"))[:10] != seen.shown(row)[:10]:
            return f"{text!r} was read as {seen.shown(row)}"
    return f"they were read as {seen.column.date_format}"


def _several(seen: Seen, texts: Strings) -> Finding:
    column = seen.column
    names = (column.date_format, *column.date_formats)
    matched = [date_pattern(name).fullmatch for name in names]
    form = np.array(
        [next((place for place, one in enumerate(matched) if one(plain_text(text))), 0) for text in texts.levels]
    )
    counts = texts.counts()
    by_form = {name: int(counts[form == place].sum()) for place, name in enumerate(names)}
    listed = ", ".join(f"{name} {count:,}" for name, count in by_form.items())
    has_serials = any(name in BESIDE for name in names)
    return Finding(
        code="date_formats",
        severity="warning" if has_serials else "info",
        message=f"the dates of {column.name!r} are written in {len(names)} formats ({listed})"
        + ("; serial numbers are days as a spreadsheet counts them" if has_serials else ""),
        columns=(column.name,),
        numbers={"count": int(counts[form > 0].sum()), "examples": seen.examples(form > 0), **by_form},
        remedy=Remedy(action="review", words=f"to read fewer of them, say --column {column.name}:date_formats=…"),
    )
