from __future__ import annotations

import pytest

from journeyman.bundle.cell import fold, missing_words, plain_text, simplify, spell
from journeyman.table.schema import Column


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (" 12 ", "12"),
        ("\uff11\uff12", "12"),  # full-width
        ("\u0663\u0664\u0665", "345"),  # Arabic
        ("\u0967\u0968", "12"),  # Devanagari
        ("1\u00a0234", "1 234"),
        ("1\u202f234", "1 234"),  # the narrow blank of French typesetting
        ("\u22125", "-5"),
        ("10\u201319", "10-19"),
        ("1\u2019000", "1'000"),
        ("\u0661\u066b\u0665", "1.5"),  # Arabic decimal mark
        ("caf\u00e9", "caf\u00e9"),
    ],
)
def test_digits_and_marks_of_every_script_are_made_plain(text: str, plain: str) -> None:
    assert plain_text(text) == plain


def test_spellings_are_compared_composed_stripped_and_without_case() -> None:
    assert fold(" CAFE\u0301 ") == fold("Caf\u00e9")
    assert missing_words(Column(name="x", kind="number", missing=("N/A",))) == {"", "n/a"}


def test_simple_cells_stay_what_they_are() -> None:
    assert [simplify(cell) for cell in ("a", 1, 2.5, None, True)] == ["a", 1, 2.5, None, True]
    assert spell(2.0) == "2"
