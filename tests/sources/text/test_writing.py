"""Rows of some lines become a frame, the sound ones as they stand and the mended ones beside them."""

from __future__ import annotations

from dataclasses import replace

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.form import Form, Window
from journeyman.sources.text.records import Judge
from journeyman.sources.text.regular import lines_of
from journeyman.sources.text.writing import Block, Writer


def block_of(text: str, form: Form) -> Block:
    data = text.encode()
    window = Window(data, lines_of(data, form.dialect, form.width, final=True), 1, final=True)
    return Writer(window, form).lines(Judge(form))[0]


TEXT = 'Ada,36,2024-01-10,red\nBo,"4""1",2024-02-11,""\n\nCem,,29,2024-03-12,blue\r\nDo\x1fra,29,2024-03-12,'


def test_sound_and_mended_rows_keep_their_order_and_their_lines(form: Form) -> None:
    block = block_of(TEXT, form)
    assert block.frame.rows() == [
        ("Ada", "36", "2024-01-10", "red"),
        ("Bo", '4"1', "2024-02-11", None),
        ("Cem", "29", "2024-03-12", "blue"),
        ("Do\x1fra", "29", "2024-03-12", None),
    ]
    assert block.lines.tolist() == [2, 3, 5, 6]
    assert block.ends.tolist() == [1, 1, 2, 0]
    assert [(one.row, one.line, one.how) for one in block.mended] == [(2, 5, ("dropped",))]
    assert [(one.code, one.line) for one in block.left_out] == [("blank_lines", 4)]


def test_delimiters_of_two_characters_may_stand_in_quotes(form: Form) -> None:
    text = 'Ada||36||2024-01-10||"re||d"\nB|o||41||2024-02-11||b\x1f\n'
    block = block_of(text, replace(form, dialect=Dialect(delimiter="||")))
    assert block.frame.rows() == [("Ada", "36", "2024-01-10", "re||d"), ("B|o", "41", "2024-02-11", "b\x1f")]


def test_rows_that_are_left_out_later_take_their_line_with_them(form: Form) -> None:
    block = block_of(TEXT, form)
    block.leave([0, 3])
    assert block.frame["column_1"].to_list() == ["Bo", "Cem"]
    assert block.lines.tolist() == [3, 5]
    assert [one.row for one in block.mended] == [1]
