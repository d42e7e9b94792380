from __future__ import annotations

import pytest

from journeyman.table.edits import counted, near, vocabulary_of, without_marks

KNOWN = vocabulary_of({"Female": 100, "Not Applicable": 50, "acute care hospitals": 40, "No": 30})


@pytest.mark.parametrize(
    ("written", "slip", "text"),
    [
        ("Femaale", "added", "Female"),
        ("Feale", "lost", "Female"),
        ("Femael", "swapped", "Female"),
        ("Femala", "changed", "Female"),
        ("acuxe care hospixals", "overwritten", "acute care hospitals"),
        ("NotApplicable", "marks", "Not Applicable"),
        ("Not Applicable***", "marks", "Not Applicable"),
        ("oN", "swapped", "No"),
        ("o", "lost", "No"),
    ],
)
def test_every_kind_of_slip_leads_back_to_its_text(written: str, slip: str, text: str) -> None:
    assert (text, slip) in {(one.text, one.slip) for one in near(written, KNOWN)}


def test_two_slips_lead_nowhere_and_a_text_is_not_near_itself() -> None:
    assert list(near("Fmeael", KNOWN)) == []
    assert list(near("Female", KNOWN)) == []
    assert list(near("", KNOWN)) == []


def test_what_is_overwritten_is_left_out_where_only_hands_are_asked_for() -> None:
    assert list(near("acuxe care hospixals", KNOWN, by_hand=True)) == []


def test_long_texts_are_compared_by_their_marks_alone() -> None:
    known = vocabulary_of({"a" * 500: 3})
    assert list(near("a" * 499, known)) == []
    assert [one.slip for one in near("A" * 500 + ".", known)] == ["marks"]


def test_letters_and_digits_are_left_of_a_text() -> None:
    assert without_marks(" São-Paulo 5. ") == "sãopaulo5"
    assert counted(("a", "b"), (2, 0)) == {"a": 2}
