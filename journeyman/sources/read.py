"""The door: any source → a table that knows what its columns mean."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Unpack

import numpy as np

from journeyman.errors import InputError, SourceError, nearest
from journeyman.plan.shelf import modules
from journeyman.sources.folder import files_of, is_folder
from journeyman.sources.join import join
from journeyman.sources.meaning import understand
from journeyman.sources.named import Named, Naming, naming_of
from journeyman.sources.personal import personal_data, some_texts
from journeyman.sources.raw import Raw, cells_of
from journeyman.sources.sample import MOST_HELD, Sampler
from journeyman.sources.source import Source, open_source
from journeyman.sources.stack import stacked
from journeyman.table.columns import Integers, Strings
from journeyman.table.finding import Finding
from journeyman.table.joined import Joined
from journeyman.table.schema import Column, Schema
from journeyman.table.table import Ledger, Table, Values

if TYPE_CHECKING:
    import polars as pl

#: So many rows are read at a time.
BATCH = 2**17


def read_raw(source: object, *, known: Sequence[Joined] = (), names: Sequence[str] = (), **named: Unpack[Named]) -> Raw:
    """Read the cells of one source as they stand, with what is to be joined to them.

    Parameters
    ----------
    source : a path (``book.xlsx#Sheet2`` names a part), an address, a pandas, polars or Arrow table, a dict of
        columns, or a list of rows
    known : the joins of an earlier run, whose columns are called as they were there
    names : of columns that the source is known to have, from a model that it is for
    named : which table, which query, what to join (`journeyman.sources.named.Named`)

    Raises
    ------
    SourceError : there is no such file, it is no regular file, nothing on the shelf reads it, or a join cannot be made
    """
    naming = naming_of(**named)
    return with_joins(_raw(source, naming, tuple(names)), known=known, **named)


def read_parts(
    source: object, *, names: Sequence[str] = (), rows: int = BATCH, **named: Unpack[Named]
) -> Iterator[Raw]:
    """The same cells as `read_raw` gives, so many rows at a time, with memory for as many; findings come with the last.

    A source whose kind gives its rows only at once, a folder, and a table with joins are one part.

    Raises
    ------
    SourceError : as in `read_raw`, at the part that cannot be read, too
    """
    naming = naming_of(**named)
    if naming.join or isinstance(source, Raw):
        yield read_raw(source, names=names, **named)
        return
    opened = replace(
        open_source(source, table=naming.table, query=naming.query, reach=naming.reach), names=tuple(names)
    )
    kind = _kind_for(opened)
    if kind is None or not hasattr(kind, "batches"):
        yield _raw(source, naming, tuple(names))
        return
    last: Raw | None = None
    for batch in kind.batches(opened, rows):
        if last is not None:
            yield last
        last = batch
    if last is not None:
        yield replace(last, findings=(*opened.findings, *last.findings))


def with_joins(raw: Raw, *, known: Sequence[Joined] = (), **named: Unpack[Named]) -> Raw:
    """Cells that were read, with what is to be joined to them; ``known`` and ``named`` as in `read_raw`.

    Raises
    ------
    SourceError : a joined table cannot be read, or not be joined
    """
    naming = naming_of(**named)
    return join(raw, naming.join, _joinable(naming), known)


def _raw(source: object, naming: Naming, names: tuple[str, ...] = ()) -> Raw:
    """The cells of one source, alone."""
    if isinstance(source, Raw):
        return source
    opened = replace(open_source(source, table=naming.table, query=naming.query, reach=naming.reach), names=names)
    kind = _kind_for(opened)
    if kind is None:
        return replace(stacked([_raw(one, naming, names) for one in files_of(opened.file)]), name=opened.name)
    raw: Raw = kind.read_raw(opened)
    return replace(raw, findings=(*opened.findings, *raw.findings)) if opened.findings else raw


def read(
    *sources: object,
    overrides: Mapping[str, Mapping[str, str]] | None = None,
    target: str | None = None,
    most: int = MOST_HELD,
    tell: Callable[[str], None] | None = None,
    **named: Unpack[Named],
) -> Table:
    """Read sources of one shape as one table, and find what each column means.

    Parameters
    ----------
    overrides : what the user says about columns: ``{"zip": {"kind": "category"}}``
    target : the column to predict, whose words stay words and whose numbers stay numbers
    most : bytes of cells that are held at once; of a larger table a uniform sample of the rows is used, and told
    tell : told, while a large source is read, how many rows were read so far
    named : as in `read_raw`, for each source

    Raises
    ------
    SourceError : a source cannot be read, or sources differ in their columns
    InputError : ``target`` or an override names a column that is not there
    """
    raw = gathered(*sources, most=most, tell=tell, **named)
    return meant(raw, overrides=overrides, target=target)


def gathered(
    *sources: object,
    most: int = MOST_HELD,
    tell: Callable[[str], None] | None = None,
    **named: Unpack[Named],
) -> Raw:
    """The cells of sources of one shape, one below the other, as `read` takes them.

    Rows that are set aside are in the ledger, and not in the frame.

    Raises
    ------
    SourceError : a source cannot be read, or sources differ in their columns
    """
    if not sources:
        raise SourceError("there is nothing to read", remedy="name a file", code="file_missing")
    naming, sampler = naming_of(**named), Sampler(most)
    for source in sources:
        for one in _files(source):
            sampler.add(_told(_batches(one, naming), tell))
    raw = join(stacked(sampler.held()), naming.join, _joinable(naming))
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
            because=f"it has columns ({_listed(raw.frame.columns)}) and nothing below them",
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
    looked_at: dict[str, Sequence[str]] = {}
    numbers, kept = raw.numbers(), raw.kept() if raw.ledger.set_aside else None
    if kept is not None:
        numbers = numbers[kept]
    for name in raw.frame.columns:
        some = cells_of(raw.frame[name])
        if kept is not None:
            some = some.take(kept) if isinstance(some, Strings) else np.asarray(some)[kept]
        looked_at[name] = some_texts(some)
        meaning = understand(name, some, is_target=name == target, wishes=wishes.get(name))
        columns.append(_without_bytes(meaning.column, raw.frame[name]))
        values[name] = meaning.read.values
        findings += [_renumbered(one, numbers) for one in meaning.findings]
    told = personal_data(looked_at)
    findings += [] if told is None else [told]
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
        joined=raw.joined,
    )


def _batches(source: object, naming: Naming) -> Iterator[Raw]:
    """A source in batches where its kind can give them: how many rows a file holds, its size does not say."""
    if not isinstance(source, Raw):
        opened = open_source(source, table=naming.table, query=naming.query, reach=naming.reach)
        kind = _kind_for(opened)
        if kind is not None and hasattr(kind, "batches"):
            yield from _with_findings(kind.batches(opened, BATCH), opened.findings)
            return
        source = opened
    yield _raw(source, naming)


def _joinable(naming: Naming) -> Callable[[str], Raw]:
    """A reader of tables that are joined; each is read once."""
    alone = Naming(reach=naming.reach)
    return cache(lambda source: _raw(source, alone))


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


def _without_bytes(column: Column, cells: pl.Series) -> Column:
    """Pictures, digests and the like are no feature, unless somebody says so."""
    import polars as pl

    if cells.dtype != pl.Binary or column.role != "feature":
        return column
    return replace(column, role="ignored", role_reason="it holds bytes, not text or numbers")


def _listed(names: Sequence[str]) -> str:
    """Some names, and how many there are where not all are told."""
    return ", ".join(names) if len(names) <= 8 else f"{', '.join(names[:6])}, … {len(names):,} in all"


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
    """A finding of a column whose rows, and those of its examples, count as in the source."""
    rows = tuple(int(numbers[row]) for row in finding.rows)
    told = dict(finding.numbers)
    if "examples" in told:
        told["examples"] = [_counted(one, numbers) for one in told["examples"]]
    return replace(finding, rows=rows, numbers=told)


def _counted(example: Sequence[object], numbers: Integers) -> list[object]:
    """An example whose row, from 1, counts as in the source."""
    row, *shown = example
    return [int(numbers[row - 1]) + 1 if isinstance(row, int) and 0 < row <= len(numbers) else row, *shown]
