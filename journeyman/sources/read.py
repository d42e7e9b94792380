"""The door: any source → a table that knows what its columns mean."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np

from journeyman.errors import InputError, SourceError, nearest
from journeyman.plan.shelf import modules
from journeyman.sources.folder import files_of, is_folder
from journeyman.sources.meaning import understand
from journeyman.sources.raw import Raw, cells_of
from journeyman.sources.sample import MOST_HELD, Sampler
from journeyman.sources.source import Source, open_source
from journeyman.sources.stack import stacked
from journeyman.table.columns import Integers, Strings
from journeyman.table.finding import Finding
from journeyman.table.schema import Column, Schema
from journeyman.table.table import Ledger, Table, Values

#: Files below this many bytes are read at once, whatever their kind; larger ones so many rows at a time.
SMALL, BATCH = 2**24, 2**17


def read_raw(source: object, *, table: str = "", query: str = "") -> Raw:
    """Read the cells of one source as they stand.

    Parameters
    ----------
    source : a path (``book.xlsx#Sheet2`` names a part), an address, a pandas, polars or Arrow table, a dict of
        columns, or a list of rows
    table : which of several tables: a sheet, a table of a database, a file in an archive
    query : a SELECT, for databases

    Raises
    ------
    SourceError : there is no such file, it is no regular file, or nothing on the shelf reads it
    """
    if isinstance(source, Raw):
        return source
    opened = open_source(source, table=table, query=query)
    kind = _kind_for(opened)
    if kind is None:
        files = files_of(opened.file)
        return replace(stacked([read_raw(one, table=table, query=query) for one in files]), name=opened.name)
    raw: Raw = kind.read_raw(opened)
    return replace(raw, findings=(*opened.findings, *raw.findings)) if opened.findings else raw


def read(
    *sources: object,
    overrides: Mapping[str, Mapping[str, str]] | None = None,
    target: str | None = None,
    table: str = "",
    query: str = "",
    most: int = MOST_HELD,
    tell: Callable[[str], None] | None = None,
) -> Table:
    """Read sources of one shape as one table, and find what each column means.

    Parameters
    ----------
    overrides : what the user says about columns: ``{"zip": {"kind": "category"}}``
    target : the column to predict, whose words stay words and whose numbers stay numbers
    table, query : as in `read_raw`, for each source
    most : bytes of cells that are held at once; of a larger table a uniform sample of the rows is used, and told
    tell : told, while a large source is read, how many rows were read so far

    Raises
    ------
    SourceError : a source cannot be read, or sources differ in their columns
    InputError : ``target`` or an override names a column that is not there
    """
    raw = gathered(*sources, table=table, query=query, most=most, tell=tell)
    return meant(raw, overrides=overrides, target=target)


def gathered(
    *sources: object,
    table: str = "",
    query: str = "",
    most: int = MOST_HELD,
    tell: Callable[[str], None] | None = None,
) -> Raw:
    """The cells of sources of one shape, one below the other, as `read` takes them.

    Rows that are set aside are in the ledger, and not in the frame.

    Raises
    ------
    SourceError : a source cannot be read, or sources differ in their columns
    """
    if not sources:
        raise SourceError("there is nothing to read", remedy="name a file", code="file_missing")
    sampler = Sampler(most)
    for source in sources:
        for one in _files(source):
            sampler.add(_told(_batches(one, table, query), tell))
    raw = stacked(sampler.held())
    first = sources[0]
    if len(sources) == 1 and isinstance(first, str | os.PathLike) and is_folder(Path(first)):
        return replace(raw, name=Path(first).resolve().name)
    return raw


def _files(source: object) -> Sequence[object]:
    """The source; of a folder that no kind takes as a whole, its files."""
    if not isinstance(source, str | os.PathLike) or not is_folder(Path(source)):
        return [source]
    opened = open_source(source)
    return [source] if _kind_for(opened) else files_of(opened.file)


def meant(raw: Raw, *, overrides: Mapping[str, Mapping[str, str]] | None = None, target: str | None = None) -> Table:
    """Find what each column of the cells means; ``overrides`` and ``target`` as in `read`.

    Raises
    ------
    SourceError : there are no rows, or it is not clear which column is the target
    InputError : ``target`` or an override names a column that is not there
    """
    if not raw.rows:
        raise SourceError(
            f"{raw.origin.partition(':')[0]} has no rows",
            because=f"it has columns ({', '.join(raw.frame.columns[:5])}) and nothing below them",
            remedy="name a file with rows",
            code="no_rows",
        )
    names = set(raw.frame.columns)
    wishes = {name if name in names else name.strip(): dict(said) for name, said in (overrides or {}).items()}
    if target is not None and target not in names:
        target = target.strip()
    _require_columns(raw, wishes, target)
    columns: list[Column] = []
    values: dict[str, Values] = {}
    findings = list(raw.findings)
    numbers, kept = raw.numbers(), raw.kept() if raw.ledger.set_aside else None
    if kept is not None:
        numbers = numbers[kept]
    for name in raw.frame.columns:
        some = cells_of(raw.frame[name])
        if kept is not None:
            some = some.take(kept) if isinstance(some, Strings) else np.asarray(some)[kept]
        meaning = understand(name, some, is_target=name == target, wishes=wishes.get(name))
        columns.append(meaning.column)
        values[name] = meaning.read.values
        findings += [_renumbered(one, numbers) for one in meaning.findings]
    schema = Schema(tuple(columns))
    if target is not None:
        schema = schema.with_role(target, "target", "it is to be predicted")
    used = len(numbers)
    return Table(
        name=raw.name,
        schema=schema,
        values=values,
        rows=used,
        ledger=Ledger(read=raw.ledger.read, used=used, set_aside=raw.ledger.set_aside, sampled=raw.ledger.sampled),
        origin=raw.origin,
        digest=raw.digest,
        row_numbers=numbers,
        findings=tuple(findings),
    )


def _batches(source: object, table: str, query: str) -> Iterator[Raw]:
    """A source in batches where its kind can give them and it is large, else at once."""
    if not isinstance(source, Raw):
        opened = open_source(source, table=table, query=query)
        kind = _kind_for(opened)
        is_small = opened.path is not None and opened.path.is_file() and opened.path.stat().st_size < SMALL
        if kind is not None and hasattr(kind, "batches") and not is_small:
            yield from _with_findings(kind.batches(opened, BATCH), opened.findings)
            return
        source = opened
    yield read_raw(source)


def _told(batches: Iterable[Raw], tell: Callable[[str], None] | None) -> Iterator[Raw]:
    """The same batches; each but the first is told, so that who waits for long sees that it goes on."""
    read = 0
    for batch in batches:
        if tell is not None and read:
            tell(f"{batch.name}: {read + batch.ledger.read:,} rows so far")
        read += batch.ledger.read
        yield batch


def _with_findings(batches: Iterable[Raw], findings: tuple[Finding, ...]) -> Iterator[Raw]:
    for batch in batches:
        yield replace(batch, findings=(*findings, *batch.findings))


def _kind_for(source: Source) -> ModuleType | None:
    """The kind on the shelf that is surest to read the source; where two are as sure, the first by name.

    None for a folder that no kind takes as a whole: its files are a table together.
    """
    kinds = [module for module in modules("sources") if hasattr(module, "claims") and hasattr(module, "read_raw")]
    sure = {kind: kind.claims(source) for kind in kinds}
    best = max(kinds, key=lambda kind: sure[kind])
    if sure[best]:
        return best
    if source.path is not None:
        return None
    if source.address:
        raise SourceError(
            f"{source.address} is an address, not a file",
            because=f"{source.address.partition(':')[0]}:// is not among the schemes that are read; it is not allowed",
            remedy="fetch it first, and name the file",
            code="scheme_not_allowed",
        )
    raise SourceError(
        f"a {type(source.given).__name__} is no table",
        because="it is neither a file nor a table in memory",
        remedy="give a file, a pandas, polars or Arrow table, a dict of columns, or a list of dicts",
        code="not_a_table",
    )


def _require_columns(raw: Raw, wishes: Mapping[str, object], target: str | None) -> None:
    for name in [*wishes, *([] if target is None else [target])]:
        if name not in raw.frame.columns:
            raise InputError(
                f"{raw.name} has no column {name!r}", remedy=nearest(name, raw.frame.columns), code="column_missing"
            )
    twice = [one for finding in raw.findings if finding.code == "duplicate_names" for one in finding.columns]
    twins = [one for one in twice if target is not None and one.rpartition("_")[0] == target]
    if target is not None and twins and not raw.frame[target].equals(raw.frame[twins[0]], null_equal=True):
        raise SourceError(
            f"the column {target!r} stands twice in {raw.name}, with different cells",
            because="it is not clear which of them is to be predicted",
            remedy="rename or remove one of them",
            code="ambiguous_target",
        )


def _renumbered(finding: Finding, numbers: Integers) -> Finding:
    """A finding whose rows count as in the source."""
    return replace(finding, rows=tuple(int(numbers[row]) for row in finding.rows)) if finding.rows else finding
