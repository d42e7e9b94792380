from __future__ import annotations

import time

import pytest

from journeyman.sources.meaning.learnt.shapes import MOST_CHARACTERS, SHAPES, STOP_WORDS


@pytest.mark.parametrize(
    ("shape", "text", "other"),
    [
        ("whole", "-12", "1.5"),
        ("number", "1.5e3", "1,5"),
        ("grouped", "$1,234,567.5", "12,34"),
        ("percent", "5.5 %", "5"),
        ("money", "$5.00", "5 kg"),
        ("unit", "5 kg", "kg"),
        ("three_parts", "3/4/2024", "3/4"),
        ("iso", "2024-01-02T05:06", "2024-1-2"),
        ("month_name", "3 january 2024", "marching on"),
        ("only_address", "https://a.b/c", "see https://a.b/c"),
        ("mail", "a@b.c", "a@b"),
        ("code", "A-17", "A"),
        ("hexadecimal", "0fe312ab9", "0123456789"),
        ("titles", "John Smith", "john smith"),
        ("beyond_ascii", "café", "cafe"),
        ("sentence", "It is.", "It is"),
    ],
)
def test_shapes(shape: str, text: str, other: str) -> None:
    assert SHAPES[shape].fullmatch(text)
    if shape != "month_name":
        assert not SHAPES[shape].fullmatch(other)


def test_no_text_takes_long() -> None:
    began = time.perf_counter()
    for text in ("a" * 300, "1," * 150, "1 " * 150, "a, " * 100, "@" * 300, "((((" * 75, "-." * 150, "Aa " * 100):
        for pattern in SHAPES.values():
            pattern.fullmatch(text[:MOST_CHARACTERS] + "\n")
    assert time.perf_counter() - began < 1
    assert "the" in STOP_WORDS
