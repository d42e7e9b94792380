"""Ideas for features, a function a kind: all that could be made of the columns that trees use, and is promising."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from journeyman.preparation.derive.arithmetic import arithmetic, arithmetic_candidates
from journeyman.preparation.derive.board import ERRORS, Board, Idea, is_promising
from journeyman.preparation.derive.gain import Gain
from journeyman.preparation.derive.joint import NONE, frequency_column, joint_codes, joint_keys, joint_size
from journeyman.preparation.derive.relative import HOW, group_table, relative
from journeyman.table.columns import Integers

ARITHMETIC, RELATIVE, COUNT, JOINT, VALUE = "arithmetic", "relative", "count", "joint", "value"
KINDS = (ARITHMETIC, RELATIVE, COUNT, JOINT, VALUE)
#: Numbers that are put beside a group; keys that take part in joint codes of two and of three.
_BESIDE, _IN_TWOS, _IN_THREES = 8, 14, 7
#: A joint code has so many rows in the mean: means over fewer are mostly noise.
_ROWS_OF_A_CODE = 8


def arithmetic_ideas(board: Board) -> Iterator[Idea]:
    """Differences, sums, products and ratios of each two numbers."""
    for recipe in arithmetic_candidates(board.numbers):
        operator, first, second = recipe
        made = arithmetic(operator, board.number(first), board.number(second))
        yield from board.idea(ARITHMETIC, recipe, made, (board.of_number(first), board.of_number(second)))


def relative_ideas(board: Board) -> Iterator[Idea]:
    """Each number beside the others of each group."""
    for key, read in enumerate(board.keys[: board.together]):
        for place in board.numbers[:_BESIDE] if read.is_exact else ():
            if read.levels is None and read.place == place:
                continue
            group = group_table(board.codes[key], board.sizes[key], board.number(place))[board.codes[key]]
            for how in range(len(HOW)):
                made = relative(how, board.number(place), group[:, 0], group[:, 1])
                yield from board.idea(RELATIVE, (how, key, place), made, (board.of_key(key), board.of_number(place)))


def count_ideas(board: Board) -> Iterator[Idea]:
    """How frequent each level is, and each two together."""
    for keys in joint_keys(board.sizes, range(min(board.together, _IN_TWOS)), ()):
        found = joint_codes(keys, board.sizes, board.codes)
        made = frequency_column(found, keys, board.sizes, [key.pooled for key in board.keys])
        parts = [board.of_key(key) for key in keys if key != NONE]
        yield from board.idea(COUNT, (*keys, NONE), made, parts)


def joint_ideas(board: Board) -> Iterator[Idea]:
    """Means of the target over joint codes of words and numbers of few values: one, two and three of them."""
    exact = [key for key, read in enumerate(board.keys[: board.together]) if read.is_exact]
    sizes, codes = [board.sizes[key] for key in exact], [board.codes[key] for key in exact]
    known: dict[frozenset[int], float] = {}
    for keys in joint_keys(sizes, range(min(len(exact), _IN_TWOS)), range(min(len(exact), _IN_THREES))):
        chosen = frozenset(keys) - {NONE}
        found, size = joint_codes(keys, sizes, codes), joint_size(keys, sizes)
        if len(found) < _ROWS_OF_A_CODE * np.count_nonzero(np.bincount(found, minlength=size)):
            continue
        gain = board.judge.gain(found, size)
        known[chosen] = float(gain.value.sum())
        is_new = len(chosen) > 1 or board.keys[exact[keys[0]]].levels is not None
        if is_new and is_promising(gain, [known.get(chosen - {key}, 0.0) for key in chosen]):
            recipe = tuple(NONE if key == NONE else exact[key] for key in keys)
            yield from _each_class(JOINT, recipe, found, size, gain)


def value_ideas(board: Board) -> Iterator[Idea]:
    """Means of the target over values of a number that come again."""
    for key in range(board.together, len(board.keys)):
        found, size = board.codes[key], board.sizes[key]
        gain = board.judge.gain(found, size)
        if is_promising(gain, [board.of_number(board.keys[key].place)]):
            yield from _each_class(VALUE, (key, NONE, NONE), found, size, gain)


def _each_class(kind: str, keys: tuple[int, ...], found: Integers, size: int, gain: Gain) -> Iterator[Idea]:
    """Of several classes, each that the codes tell something of is a feature of its own."""
    for output in np.flatnonzero(gain.value > ERRORS * gain.error).tolist():
        yield Idea(kind, (*keys, output), found, size, gain.only(output), output)


IDEAS: Mapping[str, Callable[[Board], Iterator[Idea]]] = {
    ARITHMETIC: arithmetic_ideas,
    RELATIVE: relative_ideas,
    COUNT: count_ideas,
    JOINT: joint_ideas,
    VALUE: value_ideas,
}
