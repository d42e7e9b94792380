"""Each text becomes its place along a few main directions of its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.made_names import made_names
from journeyman.preparation.text import bags
from journeyman.table.columns import Columns, Numbers

if TYPE_CHECKING:
    from scipy.sparse import csr_array

#: Directions are found on so many distinct texts, evenly spread: more hardly move them.
_MOST_TEXTS = 8000
#: Directions beside those that are kept, and rounds that sharpen them (Halko, Martinsson, Tropp 2011).
_BESIDE, _ROUNDS = 10, 4
#: Directions that hold less than this part of the first are noise of the arithmetic.
_LEAST = 1e-6


class Topics(Step):
    """Main directions of texts.

    For learners that take numbers. A text's terms are weighed by inverse document frequency, and the text is put in
    its place along the main directions of all training texts (latent semantic analysis, Deerwester and others 1990).
    The numbers ``"<name>: topic 1"`` … and the count of its terms, ``"<name>: terms"``, stand behind the other
    numbers; the texts go. Equal texts count once.

    A missing text is 0 in every direction and its count is missing; an empty text, and one without a term that
    training knew, is 0 in every direction. Terms that fewer than two training texts have are not told apart.

    Parameters
    ----------
    directions : the most directions of a text
    vocabulary : the most terms of a text
    """

    answers: ClassVar[str] = needs.TEXT_AS_TOPICS

    directions: int = 40
    vocabulary: int = 20_000

    def fit(self, columns: Columns, target: Target) -> State:
        """State: the packed vocabularies, and ``directions_<n>`` (terms, directions) of the n-th text."""
        return bags.remembered(self, columns, None, lambda: self._fit(columns))

    def _fit(self, columns: Columns) -> dict[str, np.ndarray]:
        vocabularies: list[bags.Vocabulary] = []
        state: dict[str, np.ndarray] = {}
        for place, name in enumerate(columns.texts):
            vocabulary, found = bags.learn(bags.text_of(columns, name), self.vocabulary)
            vocabularies.append(vocabulary)
            state[f"directions_{place}"] = _directions(found.weighed(vocabulary), self.directions)
        return {**bags.pack(columns.texts, vocabularies), **state}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Sums of the texts' terms, by text, then by row."""
        numbers, names = [columns.numbers], columns.number_names
        for place, (name, vocabulary) in enumerate(bags.unpack(state).items()):
            found, directions = bags.look_up(bags.text_of(columns, name), vocabulary), state[f"directions_{place}"]
            numbers.append(_numbers(found, vocabulary, directions)[found.places])
            names += made_names(_names(name, directions.shape[1]), columns.names + names)
        return columns.without_texts().with_numbers(np.hstack(numbers), names)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Look-ups of terms, their sums, and a division."""
        numbers, names = [wires.numbers], wires.number_names
        for place, (name, vocabulary) in enumerate(bags.unpack(state).items()):
            directions = state[f"directions_{place}"]
            width = directions.shape[1]
            sums, missing = bags.express_sums(graph, wires, name, vocabulary, directions)
            if width:
                numbers.append(bags.express_rounded(graph, bags.express_weighted(graph, sums, width)))
            count = bags.express_count(graph, sums, width)
            numbers.append(graph.add("Where", missing, graph.constant(np.nan), count))
            names += made_names(_names(name, width), wires.names + names)
        return graph.with_numbers(graph.without_texts(wires), graph.join(*numbers), names)


def _names(name: str, directions: int) -> tuple[str, ...]:
    return (*(f"{name}: topic {one + 1}" for one in range(directions)), f"{name}: terms")


def _numbers(found: bags.Bags, vocabulary: bags.Vocabulary, directions: Numbers) -> Numbers:
    """The numbers of each distinct text, (texts, directions + 1)."""
    topics = bags.rounded(bags.weighted_sums(found, vocabulary, directions))
    return np.column_stack([topics, np.where(found.missing, np.nan, found.counts)])


def _directions(texts: csr_array, most: int) -> Numbers:
    """The main directions of weighed texts, (terms, directions): the first right singular vectors.

    By random projection, from a fixed seed; each direction's largest part is positive.
    """
    number, terms = texts.shape
    if number > _MOST_TEXTS:
        texts = texts[np.unique(np.linspace(0, number - 1, _MOST_TEXTS).astype(np.int64))]
        number = _MOST_TEXTS
    size = min(most + _BESIDE, number, terms)
    if not size or not texts.nnz:
        return np.zeros((terms, 0))
    random = np.random.default_rng(np.random.PCG64(0))
    back = texts.T.tocsr()
    basis, _ = np.linalg.qr(texts @ random.normal(size=(terms, size)))
    for _ in range(_ROUNDS):
        basis, _ = np.linalg.qr(back @ basis)
        basis, _ = np.linalg.qr(texts @ basis)
    _, sizes, found = np.linalg.svd((back @ basis).T, full_matrices=False)
    kept = found[:most][sizes[:most] > _LEAST * sizes[0]]
    signs = np.sign(kept[np.arange(len(kept)), np.abs(kept).argmax(axis=1)])
    return np.ascontiguousarray((kept * signs[:, None]).T)
