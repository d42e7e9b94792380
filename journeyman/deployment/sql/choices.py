"""What is done with constants is done now, not in the database: a function of few constants is few constants again."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence

from journeyman.deployment.sql.bounds import either, held
from journeyman.deployment.sql.term import Book, Kind, Term, Value, table_of

#: A function of terms is computed for each of their constants up to this many.
MOST_CHOICES = 4096

Fold = Callable[..., Value]


def chosen(book: Book, fold: Fold, kind: Kind, parts: Sequence[Term]) -> Term | None:
    """A function of terms that are all known now, or a lookup or a tree of the function's values; None otherwise.

    Parameters
    ----------
    fold : the function, of constants (None is missing)
    kind : of what it gives
    """
    if all(part.is_constant for part in parts):
        return book.constant(plain(fold(*(part.data for part in parts)), kind), kind)
    open_parts = {part.number: part for part in parts if not part.is_constant}
    if any(not 0 < part.choices <= MOST_CHOICES for part in open_parts.values()):
        return None
    first, *others = open_parts.values()
    if first.operator == "lookup":
        if any(one.operator != "lookup" or one.parts != first.parts for one in others):
            return None
        return _lookup(book, fold, kind, parts, list(open_parts.values()))
    if first.operator == "where" and not others:
        return _mapped(book, lambda leaf: _applied(fold, parts, first, leaf), kind, first, {})
    return None


def plain(value: Value, kind: Kind) -> Value:
    """A constant as its kind has it: no number is infinite, what is none is missing."""
    if value is None or kind == "word":
        return value
    if kind == "flag":
        return bool(value)
    if kind == "whole":
        return int(value)
    number = float(value)
    return None if math.isnan(number) else held(number)


def where(book: Book, condition: Term, yes: Term, no: Term) -> Term:
    """One of two terms, as a condition says; where it is not known the second."""
    if condition.is_constant:
        return yes if condition.data else no
    if yes is no:
        return yes
    if condition.operator == "lookup":
        parts = (condition, yes, no)
        subjects = {one.parts for one in parts if one.operator == "lookup"}
        if len(subjects) == 1 and all(one.operator in ("lookup", "constant") for one in parts):
            found = chosen(book, lambda is_so, a, b: a if is_so else b, yes.kind, parts)
            if found is not None:
                return found
    choices = yes.choices + no.choices if yes.choices and no.choices else 0
    return book.make("where", (condition, yes, no), None, yes.kind, either(yes.bounds, no.bounds), choices)


def _applied(fold: Fold, parts: Sequence[Term], term: Term, leaf: Value) -> Value:
    return fold(*(leaf if part is term else part.data for part in parts))


def _lookup(book: Book, fold: Fold, kind: Kind, parts: Sequence[Term], lookups: Sequence[Term]) -> Term:
    tables = {one.number: dict(zip(one.data.keys, one.data.values, strict=True)) for one in lookups}

    def value(key: Hashable) -> Value:
        given = [part.data if part.is_constant else tables[part.number].get(key, part.data.otherwise) for part in parts]
        return plain(fold(*given), kind)

    keys = dict.fromkeys(key for one in lookups for key in one.data.keys)
    # No table has a key that is no text and no number.
    table = table_of(((key, value(key)) for key in keys), value(None))
    return book.lookup(lookups[0].parts[0], table, kind)


def _mapped(book: Book, change: Callable[[Value], Value], kind: Kind, term: Term, done: dict[int, Term]) -> Term:
    """A tree with its leaves changed."""
    found = done.get(term.number)
    if found is not None:
        return found
    if term.is_constant:
        found = book.constant(plain(change(term.data), kind), kind)
    elif term.operator == "lookup":
        found = book.lookup(term.parts[0], term.data.mapped(lambda one: plain(change(one), kind)), kind)
    else:
        condition, yes, no = term.parts
        found = where(
            book,
            condition,
            _mapped(book, change, kind, yes, done),
            _mapped(book, change, kind, no, done),
        )
    done[term.number] = found
    return found
