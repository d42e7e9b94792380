from __future__ import annotations

import json

import pytest

from journeyman.cli.printing import one_line, print_document, print_error
from journeyman.errors import InputError


@pytest.mark.parametrize("bad", ["\x1b]0;title\x07", "a\u202eb", "a\u2028b", "a\x00b", "a\rb", "\ud800", "\x9b31m"])
def test_nothing_that_a_terminal_obeys_is_left(bad: str) -> None:
    shown = one_line(bad)
    assert shown.isprintable()
    shown.encode("utf-8")


def test_ordinary_writing_stays() -> None:
    for text in ("plain", "naïve café", "日本語 – “quoted” · →", "👍"):
        assert one_line(text) == text
    assert one_line("a\nb\tc\r\nd") == "a b c d"


def test_parts_that_are_empty_are_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    print_error(InputError("only this"))
    assert capsys.readouterr().err == "error: only this\n"


def test_a_document_is_json_with_letters_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    print_document({"name": "café"})
    shown = capsys.readouterr().out
    assert "café" in shown
    assert json.loads(shown) == {"name": "café"}
    with pytest.raises(ValueError, match="JSON"):
        print_document({"value": float("nan")})
