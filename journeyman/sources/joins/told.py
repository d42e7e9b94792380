"""What a join has to tell: what came of it, and why it cannot be made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from journeyman.errors import SourceError
from journeyman.sources.joins.keys import IGNORED, Found
from journeyman.sources.raw import Raw
from journeyman.table.finding import Finding, Remedy
from journeyman.table.joined import Joined

if TYPE_CHECKING:
    import polars as pl

#: Above this share of rows without a match it is a warning.
MANY_UNMATCHED = 0.01


def of_join(
    raw: Raw, what: Joined, found: Found, left: Sequence[pl.Series], right: Sequence[pl.Series]
) -> tuple[Finding, ...]:
    """How many rows found their match, which did so only in another spelling, and which did not.

    Parameters
    ----------
    left, right : the key columns of both tables
    """
    return (
        _told(raw, what, found),
        *_of_spelling(raw, what, found, left, right),
        *_of_unmatched(raw, what, found, left),
    )


def several_rows(other: Raw, keys: Mapping[str, str], key: pl.Series, main: str) -> SourceError:
    """The joined table has several rows for a key.

    Parameters
    ----------
    key : (rows,) the key of each row, as text
    main : what the other table is called
    """
    import polars as pl

    counts = key.drop_nulls().value_counts(name="rows").filter(pl.col("rows") > 1)
    places = (key == key.filter(key.is_duplicated() & key.is_not_null())[0]).arg_true().to_list()
    example = ", ".join(f"{name} = {_shown(other.frame[name][places[0]])}" for name in keys.values())
    listed = " and ".join(f"{place + 1:,}" for place in places[:2])
    by = ", ".join(keys.values())
    return SourceError(
        f"{other.name} cannot be joined by {by}: it has several rows for one key (duplicate keys)",
        because=f"{counts.height:,} keys stand in {int(counts['rows'].sum()):,} rows, as {example} in rows {listed}; "
        f"joined so, rows of {main} would become several",
        remedy=f"make one row of each key first, as SELECT {by}, count(*) AS rows, avg(…) AS … GROUP BY {by}, "
        "or join by more columns",
        code="duplicate_keys",
    )


def nothing_matches(raw: Raw, other: Raw, keys: Mapping[str, str]) -> SourceError:
    """Not one row has a match."""
    first = ", ".join(f"{name} = {_shown(raw.frame[name].drop_nulls().head(1).to_list())}" for name in keys)
    second = ", ".join(f"{name} = {_shown(other.frame[name].drop_nulls().head(1).to_list())}" for name in keys.values())
    return SourceError(
        f"no row of {raw.name} finds its match in {other.name}",
        because=f"keys look like {first} in the one, and like {second} in the other",
        remedy="join by other columns, or spell the keys alike",
        code="join_unmatched",
    )


def _told(raw: Raw, what: Joined, found: Found) -> Finding:
    matched = raw.rows - found.rows.null_count()
    renamed = {old: new for old, new in what.columns.items() if old != new}
    also = (
        f"; names that were taken got {what.name}_ in front: {', '.join(list(renamed.values())[:5])}" if renamed else ""
    )
    return Finding(
        code="joined",
        severity="info",
        message=f"{what.name} was joined by {', '.join(what.keys)}: {len(what.columns)} more columns, {matched:,} of "
        f"{raw.rows:,} rows found their match{also}",
        columns=tuple(what.columns.values()),
        numbers={"matched": matched, "unmatched": raw.rows - matched, "digest": what.digest, "renamed": renamed},
    )


def _of_spelling(
    raw: Raw, what: Joined, found: Found, left: Sequence[pl.Series], right: Sequence[pl.Series]
) -> list[Finding]:
    told = []
    for level, count in found.counts.items():
        if level == "exact":
            continue
        examples: list[list[Any]] = [
            [_number(raw, row), _key(left, row), _key(right, int(found.rows[row]))] for row in found.by[level]
        ]
        first = examples[0]
        numbers = {"count": count, "examples": examples}
        told.append(
            Finding(
                code="join_key_spelling",
                severity="warning",
                message=f"{count:,} of {raw.rows:,} rows found their match in {what.name} only without regard to "
                f"{IGNORED[level]}: {first[1]} in row {first[0]:,} was taken for {first[2]}",
                columns=tuple(what.keys),
                rows=tuple(row - 1 for row, *_ in examples),
                numbers=numbers,
                remedy=Remedy(action="review", words="spell the keys alike if these are different things"),
            )
        )
    return told


def _of_unmatched(raw: Raw, what: Joined, found: Found, left: Sequence[pl.Series]) -> list[Finding]:
    count = found.rows.null_count()
    if not count:
        return []
    places = found.rows.is_null().arg_true().head(3).to_list()
    examples: list[list[Any]] = [[_number(raw, place), _key(left, place), ""] for place in places]
    return [
        Finding(
            code="join_unmatched",
            severity="warning" if count > MANY_UNMATCHED * raw.rows else "info",
            message=f"{count:,} of {raw.rows:,} rows ({count / raw.rows:.1%}) found no match in {what.name} (first in "
            f"row {examples[0][0]:,}: {examples[0][1]}); their cells of it are missing",
            columns=tuple(what.keys),
            rows=tuple(row - 1 for row, *_ in examples),
            numbers={"count": count, "rows": raw.rows, "examples": examples},
            remedy=Remedy(action="review", words=f"add their rows to {what.name} if they should be there"),
        )
    ]


def _number(raw: Raw, place: int) -> int:
    """The number of a row in its source, from 1."""
    return int(raw.numbers()[place]) + 1


def _key(columns: Sequence[pl.Series], row: int) -> str:
    return ", ".join(_shown(one[row]) for one in columns)


def _shown(cell: Any) -> str:
    if isinstance(cell, list):
        cell = cell[0] if cell else None
    text = "nothing" if cell is None else repr(cell) if isinstance(cell, str) else str(cell)
    return text if len(text) <= 60 else text[:59] + "…"
