from __future__ import annotations

from journeyman.repairs.shapes import runs, shapes


def test_letters_and_digits_of_any_script_are_kinds_and_marks_stand() -> None:
    assert shapes(["01M450", "Ås, 5", "東京"]) == ["99A999", "Aa, 9", "aa"]
    assert shapes(["a1"] * 1000) == ["a9"] * 1000


def test_few_texts_and_many_have_the_same_shapes() -> None:
    texts = ["(918) 696-7509", "Ñandú 3", "x_y", "٣٤", ""]
    assert shapes(texts) == shapes(texts * 100)[: len(texts)]


def test_runs_say_how_long_each_kind_stands() -> None:
    assert runs("99A999") == ("9A9", (2, 1, 3))
    assert runs("") == ("", ())
