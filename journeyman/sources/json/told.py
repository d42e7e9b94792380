"""What came to light in a JSON source, as findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from journeyman.sources.json.decode import Notes
from journeyman.sources.json.flatten import Columns, Path
from journeyman.table.finding import Finding, Remedy
from journeyman.table.table import SetAside

_SHOWN = 3
_WHY = {
    "json_invalid": "are no JSON object",
    "ragged_rows": "have more cells than there are columns",
}


def findings_of(
    notes: Notes, columns: Columns, rows: int, set_aside: Sequence[SetAside], names: Mapping[Path, str]
) -> tuple[Finding, ...]:
    """Everything that was repaired, set aside, or is not standard.

    Parameters
    ----------
    rows : how many records were read
    names : the column of each path
    """
    return (
        *_nonstandard(notes),
        *_repeated(notes),
        *_recoded(notes),
        *_aside(set_aside, rows),
        *_ragged(columns, rows - len(set_aside), names),
        *_kept_as_text(notes, columns, names),
    )


def _nonstandard(notes: Notes) -> Iterator[Finding]:
    if not notes.nonstandard:
        return
    parts = [
        (notes.nan, "NaN where a number is due, which counts as missing"),
        (notes.infinite, "Infinity where a number is due"),
        (notes.commas, "a comma behind the last item"),
    ]
    told = "; ".join(f"{what} ({count:,} ×)" for count, what in parts if count)
    yield Finding(
        code="json_nonstandard",
        severity="warning",
        message=f"it holds what standard JSON does not know: {told}",
        numbers={"count": notes.nonstandard, "nan": notes.nan, "infinite": notes.infinite, "commas": notes.commas},
        remedy=Remedy(action="review", words="write null where there is no number"),
    )


def _repeated(notes: Notes) -> Iterator[Finding]:
    if notes.repeated:
        yield Finding(
            code="duplicate_names",
            severity="warning",
            message=f"{_counted(notes.repeated, 'object')} had a key twice, as {notes.first_repeated!r}; the last was "
            "taken",
            numbers={"count": notes.repeated, "key": notes.first_repeated},
            remedy=Remedy(action="review", words="give each key once"),
        )


def _recoded(notes: Notes) -> Iterator[Finding]:
    if notes.recoded:
        yield Finding(
            code="encoding",
            severity="warning",
            message="the text is not UTF-8, as JSON has to be; where it is not, it was read as Windows-1252",
            numbers={"count": notes.recoded},
            remedy=Remedy(action="review", words="look at letters with accents, or save the file as UTF-8"),
        )


def _aside(set_aside: Sequence[SetAside], rows: int) -> Iterator[Finding]:
    for code, why in _WHY.items():
        some = [one for one in set_aside if one.code == code]
        if some:
            place = f"line {some[0].line:,}" if some[0].line else f"record {some[0].row + 1:,}"
            yield Finding(
                code=code,
                severity="warning",
                message=f"{len(some):,} of {rows:,} records {why}, the first at {place}; they were set aside",
                rows=tuple(one.row for one in some),
                numbers={
                    "count": len(some),
                    "lines": [one.line for one in some[:_SHOWN]],
                    "text": [one.text[:200] for one in some[:_SHOWN]],
                },
                remedy=Remedy(action="review", words="mend those records if their content is wanted"),
            )


def _ragged(columns: Columns, rows: int, names: Mapping[Path, str]) -> Iterator[Finding]:
    """Keys of the records themselves; what objects within them lack is the objects' affair."""
    held = {path: count for path, count in columns.counts().items() if len(path) == 1}
    for path, count in columns.objects.items():
        if len(path) == 1:
            held[path] = held.get(path, 0) + count
    gaps = {path[0]: rows - count for path, count in held.items() if count < rows}
    if gaps:
        worst = sorted(gaps, key=lambda key: -gaps[key])[:_SHOWN]
        told = ", ".join(f"{gaps[key]:,} have no {key!r}" for key in worst) + (", …" if len(gaps) > _SHOWN else "")
        shown = tuple(names[key,] for key in gaps if (key,) in names)
        yield Finding(
            code="ragged_rows",
            severity="info",
            message=f"not every one of {rows:,} records has every key ({told}); what a record lacks is missing",
            columns=shown,
            numbers={"count": sum(gaps.values()), "examples": [[key, gaps[key]] for key in worst]},
        )


def _kept_as_text(notes: Notes, columns: Columns, names: Mapping[Path, str]) -> Iterator[Finding]:
    listed = [names[path] for path in columns.lists if path in names]
    if listed or notes.deep:
        shown = ", ".join(repr(name) for name in listed[:_SHOWN]) + (", …" if len(listed) > _SHOWN else "")
        parts = [f"lists of objects, or objects in objects, stay JSON text in {shown}"] if listed else []
        parts += [f"{_counted(notes.deep, 'record')} nested too deep to be opened"] if notes.deep else []
        yield Finding(
            code="nested_values",
            severity="info",
            message="; ".join(parts),
            columns=tuple(listed),
            numbers={"count": sum(columns.lists.values()), "deep": notes.deep},
        )


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" + ("s" if count > 1 else "")
