from __future__ import annotations

from journeyman.checks.evidence.given_names import GIVEN_NAMES


def test_names_are_single_words_in_lower_case_and_hold_no_city_or_month_of_many_tables() -> None:
    assert all(name.islower() and name.isalpha() for name in GIVEN_NAMES)
    assert {"anna", "mohammed", "wei", "john"} <= GIVEN_NAMES
    assert not {"paris", "london", "may", "june", "will be", "total"} & GIVEN_NAMES
