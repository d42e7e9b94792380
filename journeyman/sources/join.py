"""Tables joined to another one: its rows keep their number and order, whatever the joined table holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from journeyman.errors import InputError, SourceError
from journeyman.sources.joins.keys import find, spelt, together
from journeyman.sources.joins.said import Said, pairs, said
from journeyman.sources.joins.told import nothing_matches, of_join, several_rows
from journeyman.sources.names import fresh_name
from journeyman.sources.raw import Raw
from journeyman.store.digest import digest_data
from journeyman.table.finding import Finding
from journeyman.table.joined import Joined, joined_from_data

#: A reader of one source.
Read = Callable[[str], Raw]


def join(raw: Raw, joins: Sequence[str], read: Read, known: Sequence[Joined] = ()) -> Raw:
    """Join tables to the rows of a source, one after the other; the second may use columns of the first.

    Each row gets the cells of the one row that has its key; where there is none, they are missing. Columns whose name
    is taken get the joined table's name in front.

    Parameters
    ----------
    joins : ``FILE:KEY``, ``FILE:a,b`` or ``FILE:left=right``
    read : reads a joined table
    known : the joins of an earlier run: columns are called as they were there

    Raises
    ------
    BriefError : a join cannot be read
    SourceError : a table cannot be read, has no such key, several rows for one key, or not one row that matches
    """
    if raw.joined:
        # It was done when these cells were read.
        return raw
    for text in joins:
        one = said(text)
        raw = _joined(raw, one, read(one.source), known)
    return raw


def require_joined(raw: Raw, facts: Mapping[str, Any], needed: Sequence[str]) -> None:
    """Refuse rows that lack what was joined to the rows a model learnt from, and say which join is missing.

    Parameters
    ----------
    facts : of the bundle
    needed : the columns that the model reads

    Raises
    ------
    InputError : a column is missing that came from a joined table
    """
    for one in joins_of(facts):
        missing = [name for name in one.columns.values() if name in needed and name not in raw.frame.columns]
        if missing:
            others = f", nor {len(missing) - 1} more" if len(missing) > 1 else ""
            raise InputError(
                f"{raw.name} has no column {missing[0]!r}{others}",
                because=f"the model was built with {one.name} joined by {', '.join(one.keys)}",
                remedy=f"add --join {one.said}, with the newest rows of {one.name}",
                code="column_missing",
            )


def without_joined(raw: Raw) -> Raw:
    """A source as it was before anything was joined to it, to write it back."""
    joined = [name for one in raw.joined for name in one.columns.values()]
    return replace(raw, frame=raw.frame.drop(joined), joined=()) if joined else raw


def joins_of(facts: Mapping[str, Any]) -> tuple[Joined, ...]:
    """The joins that a bundle tells of; none where it tells of none, or not as it should."""
    try:
        return joined_from_data(facts.get("joined"))
    except (AttributeError, KeyError, TypeError, ValueError):
        return ()


def _joined(raw: Raw, one: Said, other: Raw, known: Sequence[Joined]) -> Raw:
    import polars as pl

    other, findings = _single(other.at(other.kept()) if other.ledger.set_aside else other, other.findings)
    keys = pairs(one, raw.frame.columns, other.frame.columns, raw.name, other.name)
    other, twins = _one_row_a_key(other, keys, raw.name)
    names = _names(raw, other, keys, known)
    left, right = [raw.frame[name] for name in keys], [other.frame[name] for name in keys.values()]
    found = find(left, right)
    if raw.rows and found.rows.null_count() == raw.rows:
        raise nothing_matches(raw, other, keys)
    cells = [other.frame[name].gather(found.rows).alias(new) for name, new in names.items()]
    what = Joined(
        said=one.shown,
        name=other.name,
        origin=other.origin,
        digest=other.digest,
        to=raw.digest,
        keys=keys,
        columns=names,
    )
    told = of_join(raw, what, found, left, right)
    return replace(
        raw,
        frame=pl.DataFrame([*raw.frame.get_columns(), *cells]),
        origin=f"{raw.origin}; {len(names)} more of {other.name}, joined by {', '.join(keys)}",
        digest=digest_data([raw.digest, what.digest, sorted(keys.items())]),
        findings=(*raw.findings, *findings, *twins, *told),
        joined=(*raw.joined, what),
    )


def _single(other: Raw, findings: Sequence[Finding]) -> tuple[Raw, list[Finding]]:
    """The joined table and its findings, which name it and no longer the columns and rows of the main one."""
    told = [replace(finding, message=f"{other.name}: {finding.message}", rows=(), columns=()) for finding in findings]
    return replace(other, findings=()), told


def _one_row_a_key(other: Raw, keys: Mapping[str, str], main: str) -> tuple[Raw, list[Finding]]:
    """The joined table with one row for each key.

    Raises
    ------
    SourceError : a key stands in several rows that differ
    """
    import polars as pl

    key = together([spelt(other.frame[name]) for name in keys.values()])
    if key.drop_nulls().is_unique().all():
        return other, []
    # Names were cleaned, so none is empty.
    numbered = other.frame.with_row_index("")
    once = numbered.unique(other.frame.columns, keep="first", maintain_order=True).to_series(0).cast(pl.Int64)
    kept = key.gather(once)
    if not kept.drop_nulls().is_unique().all():
        raise several_rows(other, keys, key, main)
    count = other.rows - len(once)
    message = f"{other.name} holds {count:,} rows twice or more often; each was taken once"
    finding = Finding(code="duplicate_rows", severity="info", message=message, numbers={"count": count})
    return replace(other, frame=other.frame[once.to_list()]), [finding]


def _names(raw: Raw, other: Raw, keys: Mapping[str, str], known: Sequence[Joined]) -> dict[str, str]:
    """What the joined columns are called: as they were in an earlier run, else so that no name is taken twice.

    Raises
    ------
    SourceError : the joined table has nothing but keys, or the rows hold already what it would bring
    """
    before = next((one for one in known if one.name == other.name and dict(one.keys) == dict(keys)), None)
    before = before or next((one for one in known if dict(one.keys) == dict(keys)), None)
    taken, names = set(raw.frame.columns), {}
    for name in other.frame.columns:
        if name in keys.values():
            continue
        new = before.columns.get(name, "") if before is not None else name
        if before is not None and new in taken:
            raise SourceError(
                f"{raw.name} has a column {new!r} already, which --join brings from {other.name}",
                because="the model was built with the joined one, and it is not clear which of the two is meant",
                remedy=f"leave out --join, or the column {new!r}",
                code="ambiguous_join",
            )
        if not new or new in taken:
            new = fresh_name(f"{other.name}_{name}", taken)
        taken.add(new)
        names[name] = new
    if not names:
        raise SourceError(
            f"{other.name} brings nothing to join",
            because=f"it has no columns but {', '.join(keys.values())}",
            remedy="leave the join out",
            code="no_rows",
        )
    return names
