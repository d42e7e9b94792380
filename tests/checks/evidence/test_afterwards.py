from __future__ import annotations

import pytest

from journeyman.checks.evidence.afterwards import says_afterwards


@pytest.mark.parametrize("name", ["closed_on", "ResolutionDate", "Refund Amount", "is_cancelled", "date-of-death"])
def test_words_of_the_end(name: str) -> None:
    assert says_afterwards(name)


@pytest.mark.parametrize("name", ["age", "friend", "weekend", "postcode", "paidup2", "Spending", "", "日付"])
def test_other_words_that_hold_them(name: str) -> None:
    assert not says_afterwards(name)
