from __future__ import annotations

from journeyman.table.edits import vocabulary_of
from journeyman.table.slips import crowded, slips, stars


def test_a_rare_text_one_slip_from_a_frequent_one_is_a_slip_of_it() -> None:
    words = {"Female": 50, "Male": 45, "Femael": 1}
    ((margin, one),) = slips("Femael", vocabulary_of(words), crowded(words), set())
    assert (one.text, one.slip) == ("Female", "swapped")
    assert margin > 10
    assert slips("Male", vocabulary_of(words), crowded(words), set()) == []


def test_where_words_crowd_being_near_says_little() -> None:
    codes = {f"AB{place}": 20 for place in range(10)}
    assert slips("AB9", vocabulary_of(codes | {"AB1": 400}), crowded(codes), set()) == []


def test_a_word_with_many_slips_around_it_is_a_star() -> None:
    around = {"hospital": 90, "hospitl": 2, "hopsital": 2, "hosspital": 1, "ospital": 1}
    assert stars(around, texts=5, cells=96) == ["hospital"]
    assert stars(around, texts=50, cells=96) == []
