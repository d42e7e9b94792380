"""Amounts of a decision rule as terms: arithmetic over the cells of a row, unknown where it has no finite value."""

from __future__ import annotations

from collections.abc import Mapping

from journeyman.bundle.amount import Amount
from journeyman.bundle.expression_tree import Cell, Node, Told
from journeyman.deployment.sql import numbers
from journeyman.deployment.sql.bounds import BEYOND
from journeyman.deployment.sql.choices import where
from journeyman.deployment.sql.term import Book, Term


def amount_term(
    book: Book, amount: Amount, values: Mapping[str, Term], prediction: Term | None, actual: Term | None
) -> Term:
    """What an amount is worth in a row; missing where that is not known.

    Parameters
    ----------
    values : the cells that amounts read, by column
    prediction, actual : where a number is predicted
    """
    if isinstance(amount, float):
        return book.number(amount)
    return _node(book, amount.tree, values, {"prediction": prediction, "actual": actual})


def _node(book: Book, node: Node, values: Mapping[str, Term], told: Mapping[str, Term | None]) -> Term:
    if isinstance(node, float):
        return book.number(node)
    if isinstance(node, Cell):
        return values[node.column]
    if isinstance(node, Told):
        found = told[node.answer]
        return book.number(None) if found is None else found
    parts = [_node(book, part, values, told) for part in node.parts]
    if node.name == "negative":
        return numbers.negative(book, parts[0])
    if node.name == "abs":
        return numbers.size(book, parts[0])
    first, second = parts
    if node.name in ("min", "max"):
        return numbers.extreme(book, "least" if node.name == "min" else "most", first, second)
    if node.name == "/":
        by_zero = numbers.equal(book, second, book.number(0.0))
        return _finite(book, where(book, by_zero, book.number(None), numbers.divide(book, first, second)))
    if node.name == "*":
        return _finite(book, numbers.multiply(book, first, second))
    return _finite(book, (numbers.add if node.name == "+" else numbers.subtract)(book, first, second))


def _finite(book: Book, one: Term) -> Term:
    """Missing where it would be infinite."""
    if one.bounds.size < BEYOND or one.is_constant:
        return one
    inside = numbers.less(book, numbers.size(book, one), book.number(BEYOND))
    return where(book, inside, one, book.number(None))
