"""The terms of a text: vectors that any other implementation has to give, too."""

from __future__ import annotations

import time

import pytest

from journeyman.bundle.terms import MOST_CHARACTERS, terms_of
from journeyman.table.columns import MOST_TERMS, TERM_END
from journeyman.table.schema import TERMS

VECTORS: list[tuple[str, str, list[str]]] = [
    ("words", "", []),
    ("words", " \t\u00a0\u200b\ufeff\ud800", []),
    ("words", "Good", ["good"]),
    ("words", "not good", ["not", "good", "not good"]),
    ("words", "so so", ["so", "so so"]),
    ("words", "Don’t", ["don't"]),
    ("words", "'tis", ["'", "tis", "' tis"]),
    ("words", "£5!", ["£", "5", "£ 5", "!", "5 !"]),
    ("words", "a-b", ["a", "-", "a -", "b", "- b"]),
    ("words", "STRASSE Straße", ["strasse", "strasse strasse"]),
    ("words", "e\u0301 é", ["é", "é é"]),
    ("words", "Привет, мир", ["привет", ",", "привет ,", "мир", ", мир"]),
    ("words", "日本 go", ["日", "本", "日 本", "go", "本 go"]),
    ("words", "ไทย", ["ไ", "ท", "ไ ท", "ย", "ท ย"]),
    ("words", "안녕 하세요", ["안녕", "하세요", "안녕 하세요"]),
    ("words", "3×4", ["3", "×", "3 ×", "4", "× 4"]),
    ("words", "ok👍👍", ["ok", "👍", "ok 👍", "👍 👍"]),
    ("words", "نعم؟", ["نعم", "؟", "نعم ؟"]),
    ("characters", "", []),
    ("characters", "a", ["a", " a "]),
    ("characters", "abc", ["abc", " ab", "bc ", " abc", "abc "]),
    ("items", "", []),
    ("items", "Drama", ["drama"]),
    ("items", "Action|Sci-Fi| film  noir ", ["action", "sci-fi", "film noir"]),
    ("items", "['Wifi', \"TV, flat\", Wifi]", ["wifi", "tv", "flat"]),
    ("items", "{a;b},\u3001c\t\nd\u200b", ["a", "b", "c", "d"]),
    ("items", ",;|' '", []),
    ("characters", "ab 1", ["ab", " ab", "ab ", " ab ", "1", " 1 "]),
]


@pytest.mark.parametrize(("form", "text", "terms"), VECTORS)
def test_vectors(form: str, text: str, terms: list[str]) -> None:
    assert terms_of(text, form) == terms


@pytest.mark.parametrize("form", TERMS)
def test_terms_are_distinct_bounded_and_never_hold_the_mark_between_them(form: str) -> None:
    text = " ; ".join(f"word{one}\x1f{one}" for one in range(2000))
    terms = terms_of(text, form)
    assert len(terms) == len(set(terms)) == MOST_TERMS
    assert not any(TERM_END in term or not term for term in terms)
    assert terms_of("x" * MOST_CHARACTERS + " y", "words") == ["x" * MOST_CHARACTERS]


def test_a_long_cell_takes_no_long_time() -> None:
    started = time.perf_counter()
    for text in ("a" * 10**7, "'" * 10**6, "a'" * 10**6, "é" * 10**6, " " * 10**7):
        for form in TERMS:
            terms_of(text, form)
    assert time.perf_counter() - started < 2
