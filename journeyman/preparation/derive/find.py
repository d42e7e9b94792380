"""Finding features: many are thought of, few are kept, on some of the training rows.

Each idea is judged by how much it explains of what shallow trees leave, in each part of the rows by what the other
parts taught. Of each kind the best is taken, then always the one that explains most of what the chosen ones leave.

Sources: the kinds after TabPrep (Erickson et al., AutoGluon 1.5, 2025); gain on what a model leaves after Zhang et al.,
OpenFE, ICML 2023. Measured on 14 tables of 400 to 4,000 rows: a few that are chosen together are worth more than all
that are promising alone, and kinds chosen each by itself more than all in one choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journeyman.plan.target import Target
from journeyman.preparation.derive.board import ERRORS, Board, Idea
from journeyman.preparation.derive.ideas import ARITHMETIC, COUNT, IDEAS, JOINT, RELATIVE, VALUE
from journeyman.preparation.derive.joint import NONE
from journeyman.preparation.derive.keys import Key
from journeyman.table.columns import Columns, Integers

#: Fewer rows tell nothing of features.
_FEWEST_ROWS = 100
#: Ideas of a kind that come to the choice, and the share of the loss that a chosen one must explain.
_FINALISTS, _LEAST_SHARE = 60, 0.0005


@dataclass(frozen=True)
class Found:
    """Recipes of features, and the keys that they read.

    Shapes: ``arithmetic`` (n, 3), ``relative`` (n, 3), ``joint`` (n, 4), all int64; see the files of those names.
    Frequencies, and means over values, stand among the joint ones.
    """

    keys: tuple[Key, ...]
    arithmetic: Integers
    relative: Integers
    joint: Integers


def find(columns: Columns, target: Target, kinds: Sequence[str], most: int) -> Found:
    """The features worth making of these training rows, at most so many; mostly few, and often none."""
    is_told = bool(columns.number_names) or len(columns.word_names) > len(columns.texts)
    if len(target) < _FEWEST_ROWS or not is_told or np.ptp(target.values) == 0:
        return _as_found((), [])
    board = Board(columns, target)
    chosen: list[Idea] = []
    for kind in kinds:
        chosen += _chosen(list(IDEAS[kind](board)), board, min(most, 2 * len(columns.names)) - len(chosen))
    return _as_found(board.keys, chosen)


def _chosen(ideas: Sequence[Idea], board: Board, most: int) -> list[Idea]:
    """The best idea; then always the one that explains most of what the chosen ones leave."""
    finalists = sorted(ideas, key=lambda one: -one.gain.surely(1.0))[:_FINALISTS]
    pursuit = board.judge.pursuit([(one.bins, one.size, one.only) for one in finalists])
    chosen: list[Idea] = []
    while len(chosen) < most and (place := pursuit.take(ERRORS, _LEAST_SHARE * board.loss)) is not None:
        chosen.append(finalists[place])
    return chosen


def _as_found(keys: Sequence[Key], chosen: Sequence[Idea]) -> Found:
    """The recipes, in places of the keys that are in use."""
    joint = [one.recipe for one in chosen if one.kind in (JOINT, COUNT, VALUE)]
    relative = [one.recipe for one in chosen if one.kind == RELATIVE]
    used = sorted({key for one in joint for key in one[:3] if key != NONE} | {one[1] for one in relative})
    new = {NONE: NONE, **{key: place for place, key in enumerate(used)}}
    return Found(
        keys=tuple(keys[key] for key in used),
        arithmetic=_table([one.recipe for one in chosen if one.kind == ARITHMETIC], 3),
        relative=_table([(how, new[key], number) for how, key, number in relative], 3),
        joint=_table([(*(new[key] for key in one[:3]), one[3]) for one in joint], 4),
    )


def _table(recipes: Sequence[Sequence[int]], width: int) -> Integers:
    return np.array(recipes, np.int64).reshape(-1, width)
