"""A window gives lines by their place, with the number they have in the file."""

from __future__ import annotations

import pytest

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.form import Window
from journeyman.sources.text.regular import lines_of


@pytest.fixture
def window() -> Window:
    text = "é,1\r\nb,2\nc,3\rd,4".encode()
    return Window(text, lines_of(text, Dialect(), 2, final=True), 10, final=True)


def test_lines_stand_without_their_ends(window: Window) -> None:
    assert [window.line(place) for place in range(len(window))] == ["é,1", "b,2", "c,3", "d,4"]


def test_line_ends_are_told_apart(window: Window) -> None:
    assert [window.end(place) for place in range(len(window))] == ["\r\n", "\n", "\r", ""]


def test_numbers_go_on_from_the_lines_before(window: Window) -> None:
    assert [window.number(place) for place in range(len(window))] == [11, 12, 13, 14]


def test_several_lines_are_verbatim_with_the_ends_between_them(window: Window) -> None:
    assert window.verbatim(0, 2) == "é,1\r\nb,2"
    assert window.verbatim(1, 4) == "b,2\nc,3\rd,4"


def test_size_is_in_bytes_and_counts_line_ends(window: Window) -> None:
    assert window.size(0, 1) == 6
    assert window.size(0, 4) == len(window.text)
