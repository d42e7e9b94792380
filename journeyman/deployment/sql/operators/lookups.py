"""Look-ups: texts and whole numbers to whole numbers, places to rows of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.deployment.sql.choices import chosen, where
from journeyman.deployment.sql.term import Book, Kind, Term, Value, cannot_be_said, table_of
from journeyman.deployment.sql.wires import Call, Operator, Wire, constants

#: A table is written out up to this many rows.
_MOST_ROWS = 20_000


def _label_encoder(call: Call) -> Wire:
    given = call.attributes
    takes, gives = ("strings" if f"{side}_strings" in given else "int64s" for side in ("keys", "values"))
    keys: Sequence[Any] = [_plain(key) for key in given[f"keys_{takes}"]]
    values = [_plain(value) for value in given[f"values_{gives}"]]
    otherwise = given["default_string" if gives == "strings" else "default_int64"]
    kind: Kind = "word" if gives == "strings" else "whole"
    table = table_of(zip(keys, values, strict=True), _plain(otherwise))
    full = dict(zip(keys, values, strict=True))

    def encoded(book: Book, one: Term) -> Term:
        found = chosen(book, lambda key: full.get(key, table.otherwise), kind, (one,))
        return found or book.lookup(one, table, kind)

    return call.each(encoded)


def _plain(value: Any) -> Value:
    return str(value) if isinstance(value, str) else int(value)


def _gather(call: Call) -> Wire:
    table, places = call.inputs
    axis = int(call.attributes.get("axis", 0)) % len(table.shape)
    if places.value is not None:
        if table.value is not None:
            return Wire.constant(np.take(table.value, places.value, axis=axis))
        return Wire.of(np.take(call.cells(0), places.value, axis=axis))
    if table.value is None or axis != 0:
        raise cannot_be_said("it picks columns by what stands in the row")
    return Wire.of(_rows(call.book, table.value, call.cells(1)))


def _rows(book: Book, table: NDArray[Any], places: NDArray[np.object_]) -> NDArray[np.object_]:
    """Rows of a table at places that hang on the row."""
    found = np.empty((*places.shape, *table.shape[1:]), dtype=object)
    for column in np.ndindex(table.shape[1:]):
        entries = list(constants(book, np.asarray(table[(slice(None), *column)])))
        for place in np.ndindex(places.shape):
            at: Any = places[place]
            found[(*place, *column)] = _entry(book, entries, at)
    return found


def _entry(book: Book, column: Sequence[Term], place: Term) -> Term:
    """The entry of a column of constants at a place."""
    kind, last = column[0].kind, len(column) - 1
    values = [one.data for one in column]
    found = chosen(book, lambda at: values[min(max(int(at or 0), 0), last)], kind, (place,))
    if found is not None:
        return found
    if place.operator == "where":
        # Each of the two may be at far fewer places than both.
        condition, yes, no = place.parts
        return where(book, condition, _entry(book, column, yes), _entry(book, column, no))
    first, last = max(int(place.bounds.low), 0), min(int(place.bounds.high), last)
    if last - first > _MOST_ROWS:
        raise cannot_be_said("it looks up more rows of a table than a database wants to read")
    # No place lies beyond the last, which stands for everything else.
    return book.lookup(place, table_of(zip(range(first, last), values[first:last], strict=True), values[last]), kind)


SAYS: Mapping[str, Operator] = {"LabelEncoder": _label_encoder, "Gather": _gather}
