"""The door: any source → a table that knows what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np

from journeyman.bundle.cells import simplify, spell
from journeyman.bundle.reader import Cells
from journeyman.errors import InputError, SourceError, nearest
from journeyman.plan.shelf import modules
from journeyman.sources.meaning import understand
from journeyman.sources.raw import Raw
from journeyman.store.digest import digest_data
from journeyman.table.columns import Strings
from journeyman.table.finding import Finding
from journeyman.table.schema import Column, Schema
from journeyman.table.table import Ledger, Table, Values

#: Files that are probably tables are offered first.
_TABLES = (".csv", ".tsv", ".txt", ".gz", ".parquet", ".pq")


def read_raw(source: object) -> Raw:
    """Read the cells of one source as they stand.

    Parameters
    ----------
    source : a path of a CSV or Parquet file, a pandas, polars or Arrow table, a dict of columns, or a list of rows

    Raises
    ------
    SourceError : there is no such file, it is no regular file, or nothing on the shelf reads it
    """
    if isinstance(source, Raw):
        return source
    if isinstance(source, str | Path):
        _require_file(source)
    for kind in _kinds():
        if kind.takes(source):
            raw: Raw = kind.read_raw(source)
            return raw
    raise SourceError(
        f"a {type(source).__name__} is no table",
        because="it is neither a file nor a table in memory",
        remedy="give a CSV or Parquet file, a pandas, polars or Arrow table, a dict of columns, or a list of dicts",
        code="not_a_table",
    )


def read(
    *sources: object, overrides: Mapping[str, Mapping[str, str]] | None = None, target: str | None = None
) -> Table:
    """Read sources of one shape as one table, and find what each column means.

    Parameters
    ----------
    overrides : what the user says about columns: ``{"zip": {"kind": "category"}}``
    target : the column to predict, whose words stay words and whose numbers stay numbers

    Raises
    ------
    SourceError : a source cannot be read, or sources differ in their columns
    InputError : ``target`` or an override names a column that is not there
    """
    if not sources:
        raise SourceError("there is nothing to read", remedy="name a file", code="file_missing")
    raws = [read_raw(source) for source in sources]
    _require_one_shape(raws)
    if not any(raw.rows for raw in raws):
        raise SourceError(
            f"{raws[0].origin.partition(':')[0]} has no rows",
            because=f"it has columns ({', '.join(list(raws[0].cells())[:5])}) and nothing below them",
            remedy="name a file with rows",
            code="no_rows",
        )
    cells = raws[0].cells() if len(raws) == 1 else _joined([raw.cells() for raw in raws])
    wishes = {name if name in cells else name.strip(): dict(said) for name, said in (overrides or {}).items()}
    if target is not None and target not in cells:
        target = target.strip()
    _require_columns(raws, cells, wishes, target)
    columns: list[Column] = []
    values: dict[str, Values] = {}
    findings = [finding for raw in raws for finding in raw.findings]
    set_aside = _set_aside(raws)
    rows = sum(raw.rows for raw in raws)
    kept = np.setdiff1d(np.arange(rows), [row for row, _ in set_aside]) if set_aside else None
    for name in list(cells):
        some = cells.pop(name)
        if kept is not None:
            some = some.take(kept) if isinstance(some, Strings) else np.asarray(some)[kept]
        meaning = understand(name, some, is_target=name == target, wishes=wishes.get(name))
        columns.append(meaning.column)
        values[name] = meaning.read.values
        findings += [_renumbered(one, kept) for one in meaning.findings]
    schema = Schema(tuple(columns))
    if target is not None:
        schema = schema.with_role(target, "target", "it is to be predicted")
    used = rows - len(set_aside)
    return Table(
        name=raws[0].name,
        schema=schema,
        values=values,
        rows=used,
        ledger=Ledger(read=sum(raw.ledger.read for raw in raws), used=used, set_aside=set_aside),
        origin=raws[0].origin if len(raws) == 1 else " + ".join(raw.origin for raw in raws),
        digest=raws[0].digest if len(raws) == 1 else digest_data([raw.digest for raw in raws]),
        row_numbers=np.arange(rows) if kept is None else kept,
        findings=tuple(findings),
    )


def _kinds() -> list[ModuleType]:
    return [module for module in modules("sources") if hasattr(module, "takes") and hasattr(module, "read_raw")]


def _require_file(source: str | Path) -> None:
    path = Path(source)
    if "://" in str(source):
        raise SourceError(
            f"{source} is an address, not a file",
            because="this version reads files and tables in memory",
            remedy="fetch it first, and name the file",
            code="scheme_not_allowed",
        )
    if path.is_dir():
        raise SourceError(f"{path} is a folder", remedy="name a file in it", code="not_a_file")
    if not path.exists():
        folder = path.parent
        names = [one.name for one in folder.iterdir() if one.is_file()] if folder.is_dir() else []
        names.sort(key=lambda one: (Path(one).suffix.casefold() not in _TABLES, one))
        raise SourceError(
            f"there is no file {path}",
            because="" if folder.is_dir() else f"there is no folder {folder}",
            remedy=nearest(path.name, names) if names else "name a file that exists",
            code="file_missing",
        )
    if not path.is_file():
        raise SourceError(f"{path} is not a regular file", remedy="name a file", code="not_a_file")


def _require_one_shape(raws: Sequence[Raw]) -> None:
    first = raws[0].frame.columns
    for raw in raws[1:]:
        missing = [name for name in first if name not in raw.frame.columns]
        extra = [name for name in raw.frame.columns if name not in first]
        if missing or extra:
            because = [f"{raw.name} lacks {missing[0]!r}"] if missing else []
            because += [f"only {raw.name} has {extra[0]!r}"] if extra else []
            raise SourceError(
                f"{raws[0].name} and {raw.name} are not of one shape",
                because=" and ".join(because),
                remedy="give files with the same columns",
                code="column_missing",
            )


def _require_columns(
    raws: Sequence[Raw], cells: Mapping[str, Cells], wishes: Mapping[str, object], target: str | None
) -> None:
    for name in [*wishes, *([] if target is None else [target])]:
        if name not in cells:
            raise InputError(
                f"{raws[0].name} has no column {name!r}", remedy=nearest(name, cells), code="column_missing"
            )
    for raw in raws:
        twice = [one for finding in raw.findings if finding.code == "duplicate_names" for one in finding.columns]
        twins = [one for one in twice if target is not None and one.rpartition("_")[0] == target]
        if target is not None and twins and not raw.frame[target].equals(raw.frame[twins[0]], null_equal=True):
            raise SourceError(
                f"the column {target!r} stands twice in {raw.name}, with different cells",
                because="it is not clear which of them is to be predicted",
                remedy="rename or remove one of them",
                code="ambiguous_target",
            )


def _set_aside(raws: Sequence[Raw]) -> tuple[tuple[int, str], ...]:
    start = 0
    found: list[tuple[int, str]] = []
    for raw in raws:
        found += [(start + row, code) for row, code in raw.ledger.set_aside]
        start += raw.rows
    return tuple(found)


def _renumbered(finding: Finding, kept: np.ndarray[tuple[int, ...], np.dtype[np.int64]] | None) -> Finding:
    if kept is None or not finding.rows:
        return finding
    return replace(finding, rows=tuple(int(kept[row]) for row in finding.rows))


def _joined(parts: Sequence[Mapping[str, Cells]]) -> dict[str, Cells]:
    """The cells of several sources, one below the other."""
    return {name: _below([part[name] for part in parts]) for name in parts[0]}


def _below(parts: Sequence[Cells]) -> Cells:
    arrays = [part for part in parts if isinstance(part, np.ndarray)]
    kinds = {"M" if one.dtype.kind == "M" else "n" for one in arrays}
    if len(arrays) == len(parts) and len(kinds) == 1:
        return np.concatenate(arrays)
    return Strings.of([word for part in parts for word in _texts(part)])


def _texts(cells: Cells) -> list[str]:
    if isinstance(cells, Strings):
        return [str(word) for word in cells.cells().tolist()]
    return [_text(simplify(cell)) for cell in cells]


def _text(cell: object) -> str:
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, float):
        return spell(cell) if abs(cell) != float("inf") else str(cell)
    return str(cell)
