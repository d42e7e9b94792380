"""Where in a JSON document the table is: a list of objects, a list of lists, or lists that are columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from journeyman.errors import SourceError, nearest
from journeyman.table.finding import Finding

#: A document is searched so deep.
_DEEPEST = 8
#: Entries of a document that name the columns of its lists.
_NAMING = ("columns", "fields", "header", "headers", "names", "columnNames", "column_names")
_NAME_KEYS = ("name", "label", "id", "title", "field")

Form = Literal["objects", "lists", "columns", "rows_by_key", "columns_by_key"]


@dataclass(frozen=True)
class Found:
    """A table in a document.

    Parameters
    ----------
    path : the keys that lead to it, joined by points; ``""`` for the document itself
    form : how it is written: ``"objects"`` (a list of them), ``"lists"`` (one a row), ``"columns"`` (a list for each),
        ``"rows_by_key"`` and ``"columns_by_key"`` (objects of objects)
    value : the list or object
    names : what the document calls the columns of ``"lists"``; empty where it does not say
    """

    path: str
    form: Form
    value: Any
    names: tuple[str, ...] = ()


def table_in(document: Mapping[str, Any], shown: str, part: str = "") -> tuple[Found | None, tuple[Finding, ...]]:
    """Find the one table of a document; None where the document is a single record.

    Parameters
    ----------
    part : the path, or the last key of the path, that was asked for

    Raises
    ------
    SourceError : there are several, and none was asked for; or the one asked for is not there
    """
    tables = _described(document, [_named(document, one) for one in _tables(document, (), 0)])
    if part:
        asked = [one for one in tables if part in (one.path, one.path.rpartition(".")[2])]
        if len(asked) != 1:
            raise SourceError(
                f"{shown} has no table {part!r}",
                because="it holds no list of records of that name",
                remedy=nearest(part, [one.path for one in tables]),
                code="table_missing",
            )
        tables = asked
    if len(tables) > 1:
        listed = ", ".join(f"{one.path!r} ({len(one.value):,} entries)" for one in tables[:6])
        raise SourceError(
            f"{shown} holds {len(tables)} tables: {listed}" + (", …" if len(tables) > 6 else ""),
            because="it is not clear which of them is meant",
            remedy=f"say which, as --table {tables[0].path}",
            code="ambiguous_table",
        )
    if not tables:
        return None, ()
    return tables[0], _told(document, tables[0])


def rows_of(found: Found) -> Iterator[Any]:
    """The rows of a table that is not written as a list: each an object."""
    table = found.value
    if found.form == "columns":
        for cells in zip(*table.values(), strict=True):
            yield dict(zip(table, cells, strict=True))
    elif found.form == "columns_by_key":
        for key in next(iter(table.values())):
            yield {name: cells.get(key) for name, cells in table.items()}
    else:
        is_counted = all(key.isdigit() for key in table)
        for key, cells in table.items():
            yield cells if is_counted else {"key": key, **cells}


def _tables(value: Mapping[str, Any], path: tuple[str, ...], depth: int) -> Iterator[Found]:
    here = ".".join(path)
    form = _form_of_object(value)
    if form:
        yield Found(here, form, value)
        return
    for key, inner in value.items():
        if isinstance(inner, list) and inner:
            form = _form_of_list(inner)
            if form:
                yield Found(".".join((*path, key)), form, inner)
        elif isinstance(inner, dict) and depth < _DEEPEST:
            yield from _tables(inner, (*path, key), depth + 1)


def _form_of_list(items: list[Any]) -> Form | None:
    some = [one for one in items[:1000] if one is not None]
    if some and sum(isinstance(one, dict) for one in some) * 2 > len(some):
        return "objects"
    if some and all(isinstance(one, list) for one in some) and any(some):
        return "lists"
    return None


def _form_of_object(value: Mapping[str, Any]) -> Form | None:
    """Whether an object is itself a table: of columns, or of objects that are alike."""
    inner = list(value.values())
    if not inner:
        return None
    if all(isinstance(one, list) for one in inner):
        lengths = {len(one) for one in inner}
        is_flat = all(not isinstance(cell, dict | list) for one in inner for cell in one[:100])
        return "columns" if len(lengths) == 1 and lengths != {0} and is_flat else None
    if not all(isinstance(one, dict) and one for one in inner):
        return None
    keys = [set(one) for one in inner[:1000]]
    if all(key.isdigit() for one in keys for key in one):
        return "columns_by_key" if all(one == keys[0] for one in keys) else None
    is_flat = all(not isinstance(cell, dict | list) for one in inner[:100] for cell in one.values())
    shared = set.intersection(*keys)
    is_alike = len(inner) > 1 and 2 * len(shared) >= max(len(one) for one in keys)
    return "rows_by_key" if is_flat and is_alike else None


def _named(document: Mapping[str, Any], table: Found) -> Found:
    """A table of lists with the names that the document gives beside it, or in its description."""
    if table.form != "lists":
        return table
    width = max(len(one) for one in table.value if isinstance(one, list))
    for names in _name_lists(document, 0):
        if len(names) == width:
            return Found(table.path, table.form, table.value, tuple(names))
    return table


def _name_lists(value: Mapping[str, Any], depth: int) -> Iterable[list[str]]:
    for key, inner in value.items():
        if key in _NAMING and isinstance(inner, list):
            names = [_name_in(one) for one in inner]
            if names and all(names):
                yield [str(name) for name in names]
        elif isinstance(inner, dict) and depth < _DEEPEST:
            yield from _name_lists(inner, depth + 1)


def _name_in(entry: object) -> str | None:
    if isinstance(entry, str):
        return entry
    if isinstance(entry, dict):
        return next((str(entry[key]) for key in _NAME_KEYS if isinstance(entry.get(key), str)), None)
    return None


def _described(document: Mapping[str, Any], tables: list[Found]) -> list[Found]:
    """The tables without those that only describe the columns of another."""
    if len(tables) < 2:
        return tables
    descriptions = [one for one in tables if one.path.rpartition(".")[2] in _NAMING and one.form == "objects"]
    others = [one for one in tables if one not in descriptions]
    return others or tables


def _told(document: Mapping[str, Any], table: Found) -> tuple[Finding, ...]:
    if not table.path:
        return ()
    first = table.path.partition(".")[0]
    left = [key for key in document if key != first]
    message = f"the table stands under {table.path!r}"
    if left:
        shown = ", ".join(repr(key) for key in left[:5]) + (", …" if len(left) > 5 else "")
        message += f"; what stands beside it is not read: {shown}"
    return (Finding(code="table_chosen", severity="info", message=message, numbers={"left": left[:20]}),)
