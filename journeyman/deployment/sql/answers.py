"""What stands behind the table's own columns: the prediction, chances or bounds, the decision, the status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

from journeyman.bundle.manifest import Manifest
from journeyman.bundle.uncertainty import Spread
from journeyman.deployment.sql import numbers
from journeyman.deployment.sql.amounts import amount_term
from journeyman.deployment.sql.bounds import BEYOND
from journeyman.deployment.sql.choices import where
from journeyman.deployment.sql.reading import Reading
from journeyman.deployment.sql.strangeness import is_strange
from journeyman.deployment.sql.term import Book, Term


def answers(
    manifest: Manifest, outputs: Sequence[Term], reading: Reading, *, with_status: bool
) -> list[tuple[str, Term]]:
    """Names and terms of the columns that `Model.predict` gives, but for sets of labels and routes.

    Parameters
    ----------
    outputs : what the graph answers
    with_status : whether to say which rows are unusual, too; what is refused is always NULL
    """
    book = reading.book
    refused = reduce(
        lambda first, second: numbers.either(book, first, second),
        [
            *(reading.column(column).refused for column in manifest.columns),
            *(_is_none(book, one) for one in outputs),
        ],
    )
    known = [where(book, refused, book.number(None), one) for one in outputs]
    found: list[tuple[str, Term]] = []
    if manifest.task == "regression":
        found.append(("prediction", known[0]))
        if isinstance(manifest.uncertainty, Spread):
            found += _bounds(book, manifest.uncertainty, known[0])
    else:
        one = book.number(1.0)
        chances = [numbers.subtract(book, one, known[0]), known[0]] if manifest.task == "binary" else known
        label = _label(book, manifest, chances)
        found.append(("prediction", where(book, refused, book.word(None), label)))
        found += [(f"probability_{name}", chance) for name, chance in zip(manifest.classes, chances, strict=True)]
    decided = None
    if manifest.rule is not None:
        told = known if manifest.task == "regression" else [chance for name, chance in found if name != "prediction"]
        decided = _decided(book, manifest, told, reading)
        found.append(("decision", where(book, refused, book.word(None), decided[0])))
    if with_status:
        unusual = is_strange(manifest, reading)
        if decided is not None:
            unusual = numbers.either(book, unusual, decided[1])
        status = where(book, unusual, book.word("unusual"), book.word("ok"))
        found.append(("status", where(book, refused, book.word("refused"), status)))
    return found


def _is_none(book: Book, answer: Term) -> Term:
    """Whether an answer is missing, or would be infinite."""
    gone = numbers.is_missing(book, answer)
    if answer.bounds.size < BEYOND:
        return gone
    return numbers.either(
        book, gone, numbers.compare(book, "greater_or_equal", numbers.size(book, answer), book.number(BEYOND))
    )


def _label(book: Book, manifest: Manifest, chances: Sequence[Term]) -> Term:
    """The label of the largest worth, of equal ones the first; of two classes the second, or from one half on."""
    names, rule = [book.word(name) for name in manifest.classes], manifest.label_rule
    worth = (
        chances if rule is None else [_worth(book, *one) for one in zip(chances, rule.scale, rule.shift, strict=True)]
    )
    if manifest.task == "binary":
        against = book.number(0.5) if rule is None else worth[0]
        return where(book, numbers.compare(book, "greater_or_equal", worth[1], against), names[1], names[0])
    largest = reduce(lambda first, second: numbers.extreme(book, "most", first, second), worth)
    found = names[-1]
    for name, one in zip(names[-2::-1], worth[-2::-1], strict=True):
        found = where(book, numbers.compare(book, "greater_or_equal", one, largest), name, found)
    return found


def _worth(book: Book, chance: Term, scale: float, shift: float) -> Term:
    return numbers.subtract(book, numbers.multiply(book, chance, book.number(scale)), book.number(shift))


def _bounds(book: Book, spread: Spread, predicted: Term) -> list[tuple[str, Term]]:
    """Lower and upper bounds: what is added by the bin in which the prediction lies."""
    sides = []
    for values in (spread.low, spread.high):
        added = book.number(values[-1])
        for cut, value in zip(spread.cuts[::-1], values[-2::-1], strict=True):
            is_in = numbers.compare(book, "less_or_equal", predicted, book.number(cut))
            added = where(book, is_in, book.number(value), added)
        sides.append(numbers.add(book, predicted, added))
    low, high = sides
    if spread.floor is not None:
        floor = numbers.extreme(book, "least", predicted, book.number(spread.floor))
        low = numbers.extreme(book, "most", low, floor)
    return [("low", low), ("high", high)]


def _decided(book: Book, manifest: Manifest, told: Sequence[Term], reading: Reading) -> tuple[Term, Term]:
    """The action of the largest expected amount, and whether a row is unusual for what the amounts read."""
    rule = manifest.rule
    if rule is None:
        raise TypeError("a bundle without a rule decides nothing")
    read = {column.name: reading.column(column) for column in manifest.rule_columns}
    values: Mapping[str, Term] = {name: one.value for name, one in read.items()}
    promises = [book.number(0.0) for _ in rule.names]
    if rule.is_for_numbers:
        for place, amount, residuals in rule.spreads():
            worth = [
                amount_term(book, amount, values, told[0], numbers.add(book, told[0], book.number(residual)))
                for residual in residuals
            ]
            promises[place] = numbers.divide(book, numbers.add(book, *worth), book.number(float(len(worth))))
    else:
        parts: list[list[Term]] = [[] for _ in rule.names]
        for chance, amounts in zip(told, rule.pairs(manifest.classes), strict=True):
            for place, amount in amounts:
                parts[place].append(numbers.multiply(book, chance, amount_term(book, amount, values, None, None)))
        promises = [numbers.add(book, *some) if some else book.number(0.0) for some in parts]
    unknown = reduce(
        lambda first, second: numbers.either(book, first, second),
        [book.flag(False), *(_is_none(book, one) for one in promises)],
    )
    best, most = book.word(rule.names[0]), book.number(rule.cutoff)
    for name, promise in list(zip(rule.names, promises, strict=True))[1:]:
        is_better = numbers.greater(book, promise, most)
        best, most = where(book, is_better, book.word(name), best), where(book, is_better, promise, most)
    odd = unknown
    for one in read.values():
        for flag in (one.refused, one.lost, numbers.is_missing(book, one.value)):
            odd = numbers.either(book, odd, flag)
    return where(book, unknown, book.word(rule.names[0]), best), odd
