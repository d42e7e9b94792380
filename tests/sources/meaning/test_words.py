from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pytest

from journeyman.sources.meaning import Meaning
from journeyman.sources.meaning.evidence import Words
from journeyman.sources.meaning.words import lengths

Mean = Callable[..., Meaning]


def test_kinds_that_are_wished_for(mean: Mean) -> None:
    for kind in ("category", "text", "id"):
        found = mean(["1", "2.0", "2"], wishes={"kind": kind}).column
        assert (found.kind, found.numeric_spelling) == (kind, True)
    assert not mean(["007", "8"], wishes={"kind": "category"}).column.numeric_spelling


def test_short_cells_are_taken_apart_into_characters(mean: Mean) -> None:
    assert mean(["alpha", "beta"], wishes={"kind": "text"}).column.terms == "characters"
    assert mean(["alpha is", "beta is"], wishes={"kind": "text"}).column.terms == "words"


def lists(random: np.random.Generator, separator: str, items: int = 12) -> list[str]:
    names = np.array([f"item {chr(97 + place // 26)}{chr(97 + place % 26)}" for place in range(items)])
    return [
        separator.join(names[np.sort(random.choice(items, random.integers(1, 5), replace=False))]) for _ in range(600)
    ]


@pytest.mark.parametrize("separator", ["|", ", ", ";", '", "'])
def test_lists_are_taken_apart_into_their_items(mean: Mean, separator: str) -> None:
    found = mean(lists(np.random.default_rng(0), separator)).column
    assert (found.kind, found.terms) == ("text", "items")
    assert "items" in found.reason


def test_what_only_looks_like_a_list_is_none(mean: Mean) -> None:
    random = np.random.default_rng(1)
    towns = [f"town {one}, {'abcdefgh'[one % 8]}" for one in random.integers(0, 300, 600)]
    sizes = [f"{a};{b}" for a, b in random.integers(0, 20, (600, 2))]
    few = [lists(random, "|")[place] for place in random.integers(0, 20, 600)]
    few = [sorted(set(few))[place % 20] for place in range(600)]
    prose = [f"well, {' '.join(lists(random, ' ')[0].split())} went there, and then not" for _ in range(60)]
    people = [f"last {'abcdefghijklmno'[a]}, first {'abcdefgh'[b]}" for a, b in random.integers(0, (15, 8), (600, 2))]
    words = random.choice(["true", "false", "no"], (600, 4))
    keys = ("wifi", "tv", "pool", "bar")
    flags = [json.dumps(dict(zip(keys[: 3 + place % 2], one, strict=False))) for place, one in enumerate(words)]
    games = [",".join(random.choice(list("WLD"), random.integers(2, 7))) for _ in range(600)]
    for cells in (towns, sizes, few, prose, people, flags, games):
        assert mean(cells).column.terms != "items"


def test_long_tables_have_lists_too(mean: Mean) -> None:
    random = np.random.default_rng(0)
    some = lists(random, "|")
    found = mean([some[place] for place in random.integers(0, 600, 20_000)]).column
    assert (found.kind, found.terms) == ("text", "items")


def test_blanks_are_one(mean: Mean) -> None:
    found = mean(["New York", "New  York", "New\u00a0York ", "Oslo"])
    assert found.column.levels == ("New York", "Oslo")


@pytest.mark.parametrize("distinct", [3500, 2500])
def test_all_different_and_nearly_all_different_are_told_apart(mean: Mean, distinct: int) -> None:
    codes = [f"k{place}" for place in range(distinct)]
    assert mean([*codes, "", "NA"]).column.kind == "id"
    assert mean([*codes, *codes[:30], ""]).column.kind == "category"


def test_a_script_without_blanks_has_words_too() -> None:
    assert lengths(Words(["これはとても"], [1]))[0] == 4
    assert lengths(Words(["ab cd"], [1])) == (2, 5)
