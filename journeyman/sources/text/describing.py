"""What there is to tell of a text table before its rows are read: of its dialect, and of its names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from journeyman.sources.layout import several_names
from journeyman.sources.names import clean_names
from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.opening import Opened
from journeyman.sources.text.telling import shown_text
from journeyman.table.finding import Finding, Remedy

_ALSO = {"one": ", one blank behind each belongs to it", "around": ", blanks around it were removed"}
#: What was assumed of the row of names.
_NAMES_HOW = {
    "dropped": "has an empty name too many; it was dropped",
    "split": "lacks a delimiter; it was split where the names then fit the columns",
    "quote": "has a quote that does not close a name; it was kept as a character",
    "delimiter": "has another delimiter than the rows",
    "unnamed first": "has a name less than the rows have cells; the first column is unnamed",
    "unnamed last": "has fewer names than the rows have cells; the last columns are unnamed",
    "cut": "has more names than the rows have cells; the last names were left out",
}


@dataclass(frozen=True)
class Described:
    """The columns of a table.

    Parameters
    ----------
    names : fit to be typed
    kept : the places of the columns that are kept
    counts_from : where the first column has no name and counts the rows, from 0 or 1; it is left out then
    is_trailing : whether the last column has neither name nor cell, for a delimiter ends every row; it is left out then
    findings : what there is to tell
    """

    names: tuple[str, ...]
    kept: tuple[int, ...]
    counts_from: int | None
    is_trailing: bool
    findings: tuple[Finding, ...]


def described(opened: Opened) -> Described:
    """The columns of a table, by its first rows."""
    form, rows = opened.form, opened.rows
    findings = list(_of_dialect(form.dialect)) if form.width > 1 else []
    if len(opened.names.at) > 1:
        findings.append(several_names(opened.names.at, "line"))
    kept = list(range(form.width))
    if not form.header:
        findings.append(_no_names(opened))
        names = tuple(f"column_{place + 1}" for place in kept)
        return Described(names, tuple(kept), None, is_trailing=False, findings=tuple(findings))
    findings += _of_names(opened)
    is_trailing = form.width > 1 and not form.header[-1].strip() and not any(row[-1] for row in rows)
    if is_trailing:
        kept.pop()
        message = "every row ends with a delimiter; the empty column was dropped"
        findings.append(Finding(code="trailing_delimiter", severity="info", message=message))
    begin = _counts_from([row[0] for row in rows]) if not form.header[0].strip() and len(kept) > 1 else None
    if begin is not None:
        kept.remove(0)
        message = f"the first column has no name and counts the rows from {begin}; it was left out"
        findings.append(Finding(code="index_column", severity="info", message=message, numbers={"first": begin}))
    cleaned, told = clean_names([form.header[place] for place in kept])
    return Described(tuple(cleaned), tuple(kept), begin, is_trailing, (*findings, *told))


def _of_dialect(dialect: Dialect) -> Iterator[Finding]:
    if dialect.slots:
        message = f"cells stand below each other, from the characters {_listed(dialect.slots)}; blanks were removed"
        yield Finding(code="delimiter", severity="info", message=message, numbers={"places": list(dialect.slots)})
        return
    if dialect.delimiter not in (",", "\t") or dialect.blanks:
        message = f"cells are separated by {dialect.spelled()}{_ALSO.get(dialect.blanks, '')}"
        yield Finding(code="delimiter", severity="info", message=message, numbers={"delimiter": dialect.delimiter})
    if dialect.quote == "'":
        yield Finding(code="quote", severity="info", message="cells are quoted with apostrophes")
    if dialect.escape:
        message = f"quotes and delimiters in cells stand behind a {dialect.escape}, which was removed there"
        yield Finding(code="escape", severity="info", message=message)


def _listed(places: Iterable[int]) -> str:
    return ", ".join(str(place + 1) for place in places)


def _no_names(opened: Opened) -> Finding:
    first = shown_text(" | ".join(opened.rows[0])) if opened.rows else ""
    return Finding(
        code="no_header",
        severity="warning",
        message=(
            f"the first row ({first}) is like those below it, so it is data; the columns are named column_1, "
            "column_2, …"
        ),
        remedy=Remedy(action="review", words="add a row of names if the first row was one"),
    )


def _of_names(opened: Opened) -> Iterator[Finding]:
    """What was assumed of the row of names."""
    names = opened.names
    if not names.how:
        return
    line = names.at[-1]
    example = [line, shown_text(names.text), shown_text(" | ".join(names.cells))]
    yield Finding(
        code="stray_quote" if names.how == "quote" else "ragged_header",
        severity="warning",
        message=f"the row of names (line {line:,}) {_NAMES_HOW[names.how]}",
        numbers={"count": 1, "lines": [line], "examples": [example]},
        remedy=Remedy(action="review", words="compare the names with the cells below them"),
    )


def _counts_from(cells: list[str]) -> int | None:
    """0 or 1 where the cells count on from there: 0, 1, 2 …; None where they do not."""
    if not cells:
        return None
    return next((begin for begin in (0, 1) if cells == [str(begin + place) for place in range(len(cells))]), None)
