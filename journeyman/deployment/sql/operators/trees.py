"""Trees as one of two, and one of two within: ``CASE WHEN … THEN … ELSE … END``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from journeyman.deployment.sql import numbers
from journeyman.deployment.sql.choices import chosen, where
from journeyman.deployment.sql.term import Book, Term, too_large
from journeyman.deployment.sql.wires import Call, Operator, Wire

#: All trees of one node have at most so many leaves.
MOST_LEAVES = 10_000
_TESTS = ("less_or_equal", "less", "greater_or_equal", "greater", "equal")
_UNEQUAL, _MEMBER = 5, 6


def _trees(call: Call) -> Wire:
    given, book = call.attributes, call.book
    if len(given["leaf_weights"]) > MOST_LEAVES:
        raise too_large(f"its trees have {len(given['leaf_weights']):,} leaves")
    rows = call.cells(0)
    found = np.empty((rows.shape[0], int(given["n_targets"])), dtype=object)
    for row in range(rows.shape[0]):
        grown = _Trees(book, given, list(rows[row]))
        parts: list[list[Term]] = [[] for _ in range(found.shape[1])]
        for root in given["tree_roots"].tolist():
            for target, tree in grown.tree(root).items():
                parts[target].append(tree)
        for target, some in enumerate(parts):
            found[row, target] = numbers.add(book, *some) if some else book.number(0.0)
    return Wire.of(found)


class _Trees:
    """The trees of one node over the numbers of a row."""

    def __init__(self, book: Book, given: Mapping[str, Any], features: Sequence[Term]) -> None:
        self._book, self._features = book, features
        self._weights, self._targets = given["leaf_weights"].tolist(), given["leaf_targetids"].tolist()
        self._sides = [
            (given[f"nodes_{side}nodeids"].tolist(), given[f"nodes_{side}leafs"].tolist()) for side in ("true", "false")
        ]
        modes = given["nodes_modes"].tolist()
        tracks = given["nodes_missing_value_tracks_true"].tolist() if _TRACKS in given else [0] * len(modes)
        sets = _sets(given.get("membership_values"))
        splits, asked = given["nodes_splits"].tolist(), given["nodes_featureids"].tolist()
        self._tests = [
            (features[feature], mode, split, next(sets) if mode == _MEMBER else (), track)
            for feature, mode, split, track in zip(asked, modes, splits, tracks, strict=True)
        ]

    def tree(self, root: int) -> dict[int, Term]:
        """What a tree adds to each target that it has leaves for."""
        order = [root]
        for node in order:
            order += [side[node] for side, is_leaf in self._sides if not is_leaf[node]]
        targets: dict[int, dict[int, Term]] = {}
        for node in reversed(order):
            yes, no = (
                self._leaf(side[node]) if is_leaf[node] else targets.pop(side[node]) for side, is_leaf in self._sides
            )
            zero, test = self._book.number(0.0), self._test(node)
            targets[node] = {
                target: where(self._book, test, yes.get(target, zero), no.get(target, zero))
                for target in sorted({*yes, *no})
            }
        return targets[root]

    def _leaf(self, leaf: int) -> dict[int, Term]:
        return {self._targets[leaf]: self._book.number(self._weights[leaf])}

    def _test(self, node: int) -> Term:
        book = self._book
        feature, mode, split, members, track = self._tests[node]
        if mode == _MEMBER:
            test = _is_member(book, feature, members)
        elif mode == _UNEQUAL:
            test = numbers.opposite(book, numbers.compare(book, "equal", feature, book.number(split)))
        else:
            test = numbers.compare(book, _TESTS[mode], feature, book.number(split))
        return numbers.either(book, test, numbers.is_missing(book, feature)) if track else test


_TRACKS = "nodes_missing_value_tracks_true"


def _is_member(book: Book, feature: Term, members: Sequence[float]) -> Term:
    known = frozenset(members)
    found = chosen(book, lambda value: value in known, "flag", (feature,))
    return found or book.make("member", (feature,), tuple(members), "flag", book.flag(False).bounds)


def _sets(values: Any) -> Any:
    """The sets of the membership splits, in their order; each ends with a missing number."""
    members: list[float] = []
    for value in [] if values is None else values.tolist():
        if value != value:
            yield tuple(members)
            members = []
        else:
            members.append(value)


SAYS: Mapping[str, Operator] = {"TreeEnsemble": _trees}
