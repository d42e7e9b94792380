"""Texts as bags of terms: which terms are told apart, what each weighs, and what a text's terms sum up to.

A text is the set of its terms. A term weighs its inverse document frequency, ``log((1 + texts) / (1 + texts with it)) +
1`` (Spärck Jones 1972, smoothed as scikit-learn does), and a text's weights are divided by their length, the root of
the sum of their squares. Whatever a step makes of that is a sum over the text's terms of rows of a table, divided by
one number; so it is in the graph, which never holds a row of as many numbers as there are terms.

Terms are counted once for all folds: what was counted is kept by the identity of `Strings.levels`. And what was fitted
on some rows is kept for the next candidate that asks for the same.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from journeyman.plan.graph import BOOL, Graph, Wires
from journeyman.plan.step import State, Step, text_array, words_of
from journeyman.plan.target import Target
from journeyman.store.digest import digest_arrays
from journeyman.table.columns import MISSING_WORD, MOST_TERMS, TERM_END, Columns, Flags, Integers, Numbers, Strings

if TYPE_CHECKING:
    from scipy.sparse import csr_array

#: A term must be in so many distinct texts, or nothing can be learnt from it.
FEWEST_TEXTS = 2
#: Numbers made of texts are rounded to multiples of this, so that sums in another order give the same bits.
GRID = 2.0**-20
#: So many columns are kept counted, and so many terms of texts in all of them together.
_MOST_KEPT = 64
_MOST_CELLS_KEPT = 40_000_000
#: So many fits are remembered: two steps on five folds and on all rows.
_MOST_REMEMBERED = 12


@dataclass(frozen=True)
class Vocabulary:
    """The terms that are told apart, in order of their letters, and what each weighs, (terms,)."""

    terms: tuple[str, ...]
    weights: Numbers


@dataclass(frozen=True)
class Bags:
    """The distinct texts of a column in use.

    Shapes: ``matrix`` (texts, terms) sparse float64 of 0 and 1; ``counts`` (texts,) all terms of each, known or not;
    ``missing`` (texts,); ``places`` (rows,) which text each row has.
    """

    matrix: csr_array
    counts: Numbers
    missing: Flags
    places: Integers

    def lengths(self, vocabulary: Vocabulary) -> Numbers:
        """The length of each text's weights, (texts,); 1 where it has no known term."""
        return length(self.matrix @ vocabulary.weights**2)

    def weighed(self, vocabulary: Vocabulary) -> csr_array:
        """The weights of each text's terms, of length 1, (texts, terms)."""
        found = self.matrix.copy()
        found.data = vocabulary.weights[found.indices]
        found.data /= np.repeat(self.lengths(vocabulary), np.diff(found.indptr))
        return found


@dataclass(frozen=True)
class _Counted:
    """All texts of a column with those of their terms that more than one of them has."""

    levels: tuple[str, ...]
    index: dict[str, int]
    matrix: csr_array
    counts: Numbers


_kept: OrderedDict[int, _Counted] = OrderedDict()
_remembered: OrderedDict[Hashable, tuple[Any, dict[str, Any]]] = OrderedDict()


def remembered(
    step: Step, columns: Columns, target: Target | None, fit: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """What a step fitted on the texts of these rows in this process: from memory, or now. Nobody may change it."""
    words = [text_of(columns, name) for name in columns.texts]
    arrays: dict[str, Any] = {f"codes {place}": one.codes for place, one in enumerate(words)}
    facts: tuple[Any, ...] = ()
    if target is not None:
        facts = (target.task, target.classes, target.fold_kind, target.seed)
        given = {name: getattr(target, name) for name in ("values", "weights", "groups", "order")}
        arrays |= {name: array for name, array in given.items() if array is not None}
    levels = tuple(one.levels for one in words)
    key = (step, columns.rows, columns.texts, tuple(map(id, levels)), facts, digest_arrays(arrays))
    if key not in _remembered:
        found = fit()
        for array in found.values():
            array.setflags(write=False)
        # The levels are kept with it, so that their identity stays theirs.
        _remembered[key] = (levels, found)
        while len(_remembered) > _MOST_REMEMBERED:
            _remembered.popitem(last=False)
    _remembered.move_to_end(key)
    return dict(_remembered[key][1])


def length(squares: Any) -> Numbers:
    """The root of sums of squares; 1 where there is nothing."""
    return np.sqrt(np.where(squares > 0, squares, 1.0))


def rounded(numbers: Numbers) -> Numbers:
    """To the nearest multiple of `GRID`."""
    return np.asarray(np.rint(numbers / GRID) * GRID)


def learn(column: Strings, most: int) -> tuple[Vocabulary, Bags]:
    """The most frequent terms of some texts, and these texts in them. Equal texts count once."""
    used, places, missing = _used(column)
    counted = _counted(column.levels)
    matrix = counted.matrix[used]
    texts = int(matrix.shape[0] - missing.sum())
    frequency = np.bincount(matrix.indices, minlength=len(counted.index))
    order = sorted(_frequent(frequency, tuple(counted.index), most))
    kept = np.array([place for _, place in order], np.int64)
    weights = np.log((1 + texts) / (1 + frequency[kept])) + 1
    vocabulary = Vocabulary(tuple(term for term, _ in order), weights)
    return vocabulary, Bags(_columns_of(matrix, kept), counted.counts[used], missing, places)


def look_up(column: Strings, vocabulary: Vocabulary) -> Bags:
    """Any texts in known terms."""
    used, places, missing = _used(column)
    counted = _kept.get(id(column.levels))
    if counted is not None and counted.levels is column.levels:
        found = [counted.index.get(term, -1) for term in vocabulary.terms]
        if -1 not in found:
            matrix = _columns_of(counted.matrix[used], np.array(found, np.int64))
            return Bags(matrix, counted.counts[used], missing, places)
    index = {term: place for place, term in enumerate(vocabulary.terms)}
    matrix, counts = _count([column.levels[place] for place in used.tolist()], index, grows=False)
    return Bags(matrix, counts, missing, places)


def pack(names: Sequence[str], vocabularies: Sequence[Vocabulary]) -> dict[str, np.ndarray]:
    """Vocabularies as arrays: ``names`` of the texts, ``terms`` (column after column), ``widths`` and ``weights``."""
    return {
        "names": text_array(list(names)),
        "terms": text_array([term for one in vocabularies for term in one.terms]),
        "widths": np.array([len(one.terms) for one in vocabularies], np.int64),
        "weights": np.concatenate([np.zeros(0), *(one.weights for one in vocabularies)]),
    }


def unpack(state: State) -> dict[str, Vocabulary]:
    """The vocabularies that `pack` packed, by the name of the text."""
    terms = words_of(state["terms"])
    ends = np.cumsum(state["widths"]).tolist()
    parts = zip(words_of(state["names"]), [0, *ends], ends, strict=False)
    return {name: Vocabulary(terms[start:end], state["weights"][start:end]) for name, start, end in parts}


def text_of(columns: Columns, name: str) -> Strings:
    """A text by name."""
    return columns.words[columns.word_names.index(name)]


def weighted_sums(bags: Bags, vocabulary: Vocabulary, table: Numbers) -> Numbers:
    """The sums of a table's rows (terms, width) over each distinct text, by its terms' weights, (texts, width)."""
    sums = bags.matrix @ _with_squares(vocabulary, table)
    return np.asarray(sums[:, :-1] / length(sums[:, -1:]))


def express_sums(graph: Graph, wires: Wires, name: str, vocabulary: Vocabulary, table: Numbers) -> tuple[str, str]:
    """The sums of a text's weighed rows of a table, and where it is missing.

    Parameters
    ----------
    table : (terms, width), a row a term

    Returns
    -------
    float64 (N, width + 2), behind the table's columns the squares of the weights, and last the count of all terms, all
    0 for a missing text; bool (N, 1)
    """
    table = _with_squares(vocabulary, table)
    word = graph.pick(wires.words, [wires.word_names.index(name)], len(wires.word_names))
    is_missing = graph.add(
        "LabelEncoder",
        word,
        domain="ai.onnx.ml",
        keys_strings=[MISSING_WORD],
        values_int64s=[1],
        default_int64=0,
    )
    missing = graph.add("Cast", is_missing, to=BOOL)
    pieces = graph.add("StringSplit", word, delimiter=TERM_END, maxsplit=MOST_TERMS - 1)
    terms = list(vocabulary.terms)
    # Behind the known terms: no term at all (shorter texts are filled up with it), then every other term.
    places = graph.add(
        "LabelEncoder",
        pieces,
        domain="ai.onnx.ml",
        keys_strings=[*terms, ""],
        values_int64s=list(range(len(terms) + 1)),
        default_int64=len(terms) + 1,
    )
    whole = np.zeros((len(terms) + 2, table.shape[1] + 1))
    whole[: len(terms), :-1] = table
    whole[:, -1] = 1.0
    whole[len(terms), -1] = 0.0
    rows = graph.add("Gather", graph.constant(whole), places, axis=0)
    sums = graph.add("ReduceSum", rows, graph.constant([1, 2], np.int64), keepdims=0)
    return graph.add("Where", missing, graph.constant(0.0), sums), missing


def express_weighted(graph: Graph, sums: str, width: int) -> str:
    """The twin of `weighted_sums`, (N, width), from what `express_sums` gave."""
    squares = graph.pick(sums, [width], width + 2)
    part = graph.pick(sums, list(range(width)), width + 2)
    there = graph.add("Greater", squares, graph.constant(0.0))
    lengths = graph.add("Sqrt", graph.add("Where", there, squares, graph.constant(1.0)))
    return graph.add("Div", part, lengths)


def express_count(graph: Graph, sums: str, width: int) -> str:
    """How many terms each text has, known or not, (N, 1), from what `express_sums` gave."""
    return graph.pick(sums, [width + 1], width + 2)


def express_rounded(graph: Graph, numbers: str) -> str:
    """The twin of `rounded`."""
    whole = graph.add("Round", graph.add("Div", numbers, graph.constant(GRID)))
    return graph.add("Mul", whole, graph.constant(GRID))


def _with_squares(vocabulary: Vocabulary, table: Numbers) -> Numbers:
    """A table's rows by the weights of their terms, and behind them the squares of the weights, (terms, width + 1)."""
    return np.column_stack([vocabulary.weights[:, None] * table, vocabulary.weights**2])


def _used(column: Strings) -> tuple[Integers, Integers, Flags]:
    """The levels in use, which of them each row has, and which of them mean missing."""
    used, places = np.unique(column.codes, return_inverse=True)
    missing = np.array([column.levels[place] == MISSING_WORD for place in used.tolist()], np.bool_)
    return used.astype(np.int64), places.reshape(-1).astype(np.int64), missing


def _counted(levels: tuple[str, ...]) -> _Counted:
    known = _kept.get(id(levels))
    if known is not None and known.levels is levels:
        _kept.move_to_end(id(levels))
        return known
    index: dict[str, int] = {}
    matrix, counts = _count(levels, index, grows=True)
    # What one text alone has is in no vocabulary, whichever of the texts it is learnt from.
    kept = np.flatnonzero(np.bincount(matrix.indices, minlength=len(index)) >= FEWEST_TEXTS)
    terms = list(index)
    counted = _Counted(
        levels, {terms[place]: new for new, place in enumerate(kept.tolist())}, _columns_of(matrix, kept), counts
    )
    _kept[id(levels)] = counted
    while len(_kept) > 1 and (len(_kept) > _MOST_KEPT or _cells_kept() > _MOST_CELLS_KEPT):
        _kept.popitem(last=False)
    return counted


def _cells_kept() -> int:
    return sum(int(one.matrix.nnz) for one in _kept.values())


def _count(levels: Sequence[str], index: dict[str, int], *, grows: bool) -> tuple[csr_array, Numbers]:
    """Texts in terms: the terms of an index, or of one that grows with what is met."""
    from array import array

    from scipy.sparse import csr_array

    found, ends, counts = array("i"), [0], []
    for level in levels:
        terms = [] if level == MISSING_WORD else level.split(TERM_END, MOST_TERMS - 1)
        counts.append(len(terms) - terms.count(""))
        if grows:
            found.extend([index.setdefault(term, len(index)) for term in terms if term])
        else:
            found.extend([index[term] for term in terms if term in index])
        ends.append(len(found))
    places = np.frombuffer(found, np.int32) if len(found) else np.zeros(0, np.int32)
    shape = (len(levels), len(index))
    return csr_array((np.ones(len(places)), places, np.array(ends)), shape=shape), np.array(counts, np.float64)


def _columns_of(matrix: csr_array, kept: Integers) -> csr_array:
    """Some columns, in another order."""
    from scipy.sparse import csr_array

    new = np.full(matrix.shape[1], -1, np.int32)
    new[kept] = np.arange(len(kept))
    places = new[matrix.indices]
    stays = places >= 0
    ends = np.concatenate([[0], np.cumsum(stays)])[matrix.indptr]
    found = csr_array((np.ones(int(stays.sum())), places[stays], ends), shape=(matrix.shape[0], len(kept)))
    found.sort_indices()
    return found


def _frequent(frequency: Integers, terms: Sequence[str], most: int) -> list[tuple[str, int]]:
    """The most frequent terms with their places; of equally frequent ones the first by their letters."""
    enough = np.flatnonzero(frequency >= FEWEST_TEXTS)
    if len(enough) <= most:
        return [(terms[place], place) for place in enough.tolist()]
    edge = int(np.partition(frequency[enough], -most)[-most])
    above = [(terms[place], place) for place in enough[frequency[enough] > edge].tolist()]
    equal = sorted((terms[place], place) for place in enough[frequency[enough] == edge].tolist())
    return [*above, *equal[: most - len(above)]]
