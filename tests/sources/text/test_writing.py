"""Rows are written as text that polars cannot misread."""

from __future__ import annotations

import numpy as np
import polars as pl

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.form import Form, Window
from journeyman.sources.text.notes import Mending
from journeyman.sources.text.records import Judge
from journeyman.sources.text.regular import lines_of
from journeyman.sources.text.writing import Block, Writer


def test_cells_keep_their_text_whatever_they_hold(form: Form) -> None:
    text = b'Ada,36,2024-01-10,"x,y"\n"say ""no""",41,2024-02-11, blue \n'
    lines = lines_of(text, Dialect(), 4, final=True)
    block, used = Writer(Window(text, lines, 1, True), form).lines(Judge(form))
    assert used == 2
    assert block.frame.rows() == [("Ada", "36", "2024-01-10", "x,y"), ('say "no"', "41", "2024-02-11", " blue ")]
    assert block.lines.tolist() == [2, 3]


def test_rows_that_are_left_out_take_what_was_mended_with_them() -> None:
    mended = [Mending(0, 2, ("short",), "a", ("a",)), Mending(2, 4, ("short",), "c", ("c",))]
    block = Block(pl.DataFrame({"x": ["a", "b", "c"]}), np.array([2, 3, 4]), np.ones(3, np.int8), mended)
    block.leave([0])
    assert block.frame["x"].to_list() == ["b", "c"]
    assert (block.lines.tolist(), len(block.ends)) == ([3, 4], 2)
    assert [(one.row, one.line) for one in block.mended] == [(1, 4)]
