"""What ideas for features are made of."""

from __future__ import annotations

import numpy as np

from journeyman.plan.target import Target
from journeyman.preparation.derive.board import Board
from journeyman.table.columns import Columns, Strings

RANDOM = np.random.default_rng(np.random.PCG64(6))


def columns_of(rows: int) -> Columns:
    return Columns.of(
        rows=rows,
        numbers=RANDOM.normal(size=(rows, 3)),
        number_names=("a", "b", "c"),
        words=(Strings.of(RANDOM.choice(["x", "y", "z"], rows).tolist()), Strings.of(["long text"] * rows)),
        word_names=("w", "note"),
        text_names=("note",),
    )


def test_columns_come_in_the_order_of_their_use_and_texts_are_no_keys() -> None:
    columns = columns_of(900)
    values = 3 * columns.numbers[:, 2] + 1.0 * columns.words[0].codes + 0.1 * RANDOM.normal(size=900)
    board = Board(columns, Target(task="regression", values=values))
    assert board.numbers[0] == 2
    assert {key.place for key in board.keys if key.levels is not None} == {0}
    assert len(board.keys) == len(board.sizes) == len(board.codes)


def test_ideas_are_judged_on_some_rows_of_many() -> None:
    columns = columns_of(30_000)
    board = Board(columns, Target(task="regression", values=columns.numbers[:, 0]))
    assert board.columns.rows == len(board.target) == 10_000
