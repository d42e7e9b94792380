"""Texts of few terms become a 0/1 column for each term: the genres of a film, what a flat has, short phrases."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.made_names import made_names
from journeyman.preparation.text import bags
from journeyman.table.columns import Columns, Numbers

#: Of the terms of a text so many, on average over texts, must be told apart, or the column is left to other steps.
ENOUGH = 0.9


class Items(Step):
    """Which terms a text holds, each by itself.

    For texts whose terms are few and come again and again, as the items of a list do: what one adds does not depend on
    how many stand beside it, which main directions, where texts are of one length, cannot say. A number
    ``"<name>: <term>"`` for each term (1 where the text holds it) and the count of all its terms, ``"<name>: terms"``,
    stand behind the other numbers; these texts go. A text of more terms stays as it is.

    A missing text holds none, and its count is missing; an empty one, and one of terms that training did not know,
    holds none of the known.

    Parameters
    ----------
    most : the most terms of a text that are told apart, the most frequent ones; two training texts must hold each
    """

    answers: ClassVar[str] = needs.TEXT_AS_ITEMS

    most: int = 100

    def fit(self, columns: Columns, target: Target) -> State:
        """State: the packed vocabularies of those texts that are taken apart."""
        found = {}
        for name in columns.texts:
            vocabulary, texts = bags.learn(bags.text_of(columns, name), self.most)
            there = texts.counts > 0
            known = texts.matrix.sum(axis=1)[there] / texts.counts[there]
            if vocabulary.terms and known.mean() >= ENOUGH:
                found[name] = bags.Vocabulary(vocabulary.terms, np.ones(len(vocabulary.terms)))
        return bags.pack(list(found), list(found.values()))

    def apply(self, state: State, columns: Columns) -> Columns:
        """Zeros and ones of each distinct text, given to its rows."""
        numbers, names = [columns.numbers], columns.number_names
        vocabularies = bags.unpack(state)
        for name, vocabulary in vocabularies.items():
            found = bags.look_up(bags.text_of(columns, name), vocabulary)
            numbers.append(_numbers(found)[found.places])
            names += made_names(_names(name, vocabulary), columns.names + names)
        return columns.without(list(vocabularies)).with_numbers(np.hstack(numbers), names)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Look-ups of terms and their sums."""
        numbers, names = [wires.numbers], wires.number_names
        vocabularies = bags.unpack(state)
        for name, vocabulary in vocabularies.items():
            width = len(vocabulary.terms)
            sums, missing = bags.express_sums(graph, wires, name, vocabulary, np.eye(width))
            numbers.append(graph.pick(sums, list(range(width)), width + 2))
            count = bags.express_count(graph, sums, width)
            numbers.append(graph.add("Where", missing, graph.constant(np.nan), count))
            names += made_names(_names(name, vocabulary), wires.names + names)
        kept = graph.select(wires, [name for name in wires.names if name not in vocabularies])
        return graph.with_numbers(kept, graph.join(*numbers), names)


def _names(name: str, vocabulary: bags.Vocabulary) -> tuple[str, ...]:
    return (*(f"{name}: {term}" for term in vocabulary.terms), f"{name}: terms")


def _numbers(found: bags.Bags) -> Numbers:
    """The numbers of each distinct text, (texts, terms + 1)."""
    return np.column_stack([found.matrix.toarray(), np.where(found.missing, np.nan, found.counts)])
