"""Rows that do not fit the others, and places where a number over time departs from its usual course."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from journeyman.anomalies.find import FEWEST_ROWS, anomalies_in
from journeyman.anomalies.find_series import FEWEST, strange_places
from journeyman.anomalies.found import Anomalies
from journeyman.brief.brief import Brief
from journeyman.checks.check import MOST_ROWS_TOLD, looked_at, sample, some
from journeyman.checks.evidence.answer import ranks_of
from journeyman.checks.identifier import why_identifier
from journeyman.table.columns import Numbers
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Dates, Table

#: An audit asks it, a build does not.
THOROUGH = True
#: So many rows are looked at, of so many columns: others are drawn, or left out, evenly.
_MOST_ROWS, _MOST_COLUMNS = 2_000, 60
#: A table is a series where so large a share of its times is distinct, and so many of its steps are within a tenth of
#: the usual one; of so many numbers at most the course is looked at, over so many rows at most.
_DISTINCT, _EVEN, _MOST_COURSES, _LONGEST = 0.95, 0.8, 10, 20_000
#: A number has a course where it takes so many values, and is like the one before it: a correlation of ranks.
_FEWEST_VALUES, _LIKE_BEFORE = 20, 0.3
_SECOND = 1e6


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """A finding for the rows that are stranger than chance makes any, and one for each number with a strange course.

    Nothing is changed and nothing left out: a row that does not fit may be an error, or the case that matters most.
    """
    if table.rows < FEWEST_ROWS:
        return Skip(f"there are fewer than {FEWEST_ROWS} rows")
    names = _compared(table, brief)
    if not names:
        return Skip("there is no column to compare")
    left_out = set(table.schema.names) - set(names)
    found = [_of_rows(seen)] if (seen := anomalies_in(table, left_out, _MOST_ROWS)).beyond else []
    return (*found, *_of_courses(table, names))


def _compared(table: Table, brief: Brief) -> list[str]:
    """The columns that are compared: those that could become features, but no ids; of very many some, evenly spread."""
    names = [column.name for column in looked_at(table, brief) if column.kind not in ("id", "text")]
    names = [name for name in names if name != brief.predict]
    if len(names) > _MOST_COLUMNS:
        names = [names[place] for place in np.linspace(0, len(names) - 1, _MOST_COLUMNS).astype(int)]
    return [name for name in names if not why_identifier(table, table.schema[name])]


def _of_rows(seen: Anomalies) -> Finding:
    by_column = Counter(cell.column for row in seen.strange for cell in row.cells)
    columns = tuple(name for name, _ in by_column.most_common(5))
    where = f", most often by {_listed(columns[:3])}" if columns else ""
    reasons = [{"row": one.row + 1, "columns": [cell.column for cell in one.cells]} for one in seen.strange[:20]]
    does = "does" if seen.beyond == 1 else "do"
    return Finding(
        code="anomalies",
        severity="info",
        message=f"{some(seen.beyond, 'row')} of {seen.looked_at:,} looked at {does} not fit the others{where}",
        columns=columns,
        rows=tuple(one.row for one in seen.strange[:MOST_ROWS_TOLD]),
        numbers={"rows": seen.beyond, "looked_at": seen.looked_at, "reasons": reasons},
        remedy=Remedy(action="review", words="look at them; none is changed or left out"),
    )


def _listed(names: tuple[str, ...]) -> str:
    shown = [repr(name) for name in names]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _of_courses(table: Table, names: list[str]) -> Iterator[Finding]:
    """A finding for each number of a series that departs from its course."""
    times = _times(table)
    if times is None:
        return
    # Of a longer one the newest part.
    order = np.argsort(times, kind="stable")[-_LONGEST:]
    numbers = [name for name in names if table.schema[name].kind == "number"]
    for name in numbers[:_MOST_COURSES]:
        values = np.asarray(table.values[name], dtype=np.float64)[order]
        seen = strange_places(times[order], values) if _has_course(values) else None
        if seen is None or not seen.places:
            continue
        rows = table.row_numbers[order[[one.place for one in seen.places]]]
        when = np.datetime64(int(times[order][seen.places[0].place] * _SECOND), "us")
        yield Finding(
            code="anomalies",
            severity="info",
            message=f"{name!r} departs from its usual course at {some(len(rows), 'place')}, most of all at"
            f" {str(when)[:19].replace('T', ' ')}: {seen.places[0].why}",
            columns=(name,),
            rows=tuple(rows.tolist()),
            numbers={"places": len(rows), "values": len(values)},
            remedy=Remedy(action="review", words="look at them; none is changed or left out"),
        )


def _times(table: Table) -> Numbers | None:
    """The time of each row in seconds, where the table is a series: one row a time."""
    if table.rows < FEWEST:
        return None
    for column in table.schema:
        value = table.values[column.name]
        if not isinstance(value, Dates) or value.missing.any():
            continue
        some_times = value.at[sample(table.rows, _MOST_ROWS)]
        # Of long tables most have many rows a time, and a few rows show it.
        if len(np.unique(some_times)) < _DISTINCT * len(some_times):
            continue
        distinct = np.unique(value.at)
        steps = np.diff(distinct)
        if len(distinct) < _DISTINCT * table.rows or len(distinct) < FEWEST:
            continue
        usual = float(np.median(steps))
        if np.mean(np.abs(steps - usual) <= 0.1 * usual) >= _EVEN:
            return np.asarray(value.at / _SECOND)
    return None


def _has_course(values: Numbers) -> bool:
    """Whether a number in order of time hangs together: what is drawn anew each time has no usual course."""
    known = values[np.isfinite(values)]
    if len(known) < FEWEST or len(np.unique(known)) < _FEWEST_VALUES:
        return False
    ranks = ranks_of(known)
    return float(np.corrcoef(ranks[1:], ranks[:-1])[0, 1]) >= _LIKE_BEFORE
