from __future__ import annotations

import numpy as np

from journeyman.sources.meaning import understand
from journeyman.table.columns import Strings
from journeyman.table.finding import Finding

WORDS = "the quick brown fox jumps over a lazy dog while rain falls on all roofs of an old town by night".split()  # noqa: SIM905 - a sentence


def told(*held: str) -> list[Finding]:
    random = np.random.default_rng(0)
    cells = [" ".join(random.choice(WORDS, 12)) for _ in range(200)]
    for place, text in enumerate(held):
        cells[place * 7] += f" {text} and so on"
    return [one for one in understand("note", Strings.of(cells)).findings if one.code == "pii"]


def test_what_reaches_somebody_is_counted_by_sort_and_not_shown() -> None:
    (found,) = told("jane@canary.example", "joe@canary.example", "call +44 7700 900123", "or 0151 2345678 now")
    assert found.numbers == {"sorts": {"e-mail addresses": 2, "phone numbers": 2}}
    assert "canary" not in found.message
    assert "900123" not in found.message
    assert (found.columns, found.remedy.action) == (("note",), "review")


def test_cards_and_accounts_must_check() -> None:
    (found,) = told("4111 1111 1111 1111", "4111111111111111", "GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432")
    assert found.numbers == {"sorts": {"card numbers": 2, "bank accounts": 2}}
    assert told("4111111111111112", "4111111111111113", "GB82WEST12345698765433", "GB82WEST12345698765434") == []


def test_one_slip_numbers_dates_and_levels_are_none() -> None:
    assert told("jane@canary.example") == []
    assert told("12345678", "1,234,567.89", "2024-01-02 10:11:12", "order 20240102 of 7", "version 0.12.345.6789") == []
    assert told(*["10.0.0.1 and 0.123456789"] * 3, "0x123456789") == []
    assert told(*["part 0012345678"] * 3, *["item 01234567"] * 3) == []
