from __future__ import annotations

from typing import Any

import pytest

from journeyman.automation.limits import read_limits, require_known
from journeyman.errors import BriefError


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2%", {"": 0.02}),
        (" 0.5 % ", {"": 0.005}),
        (0.1, {"": 0.1}),
        ("yes=1%, no=0.05", {"yes": 0.01, "no": 0.05}),
        ("a=b=1%", {"a=b": 0.01}),
        ({"yes": "1%"}, {"yes": 0.01}),
    ],
)
def test_limits_are_read(given: Any, expected: dict[str, float]) -> None:
    assert read_limits(given) == pytest.approx(expected)


@pytest.mark.parametrize("given", ["", "two", "0", "-1%", "60%", "yes=", {}, "yes=1%,2%", "nan", "inf"])
def test_what_is_no_error_rate_is_refused(given: Any) -> None:
    with pytest.raises(BriefError, match="--max-error"):
        read_limits(given)


def test_a_number_that_is_meant_as_percent_is_asked_back() -> None:
    with pytest.raises(BriefError) as caught:
        read_limits("2")
    assert "2%" in caught.value.because
    with pytest.raises(BriefError) as caught:
        read_limits("150%")
    assert "did you mean" not in caught.value.because


def test_a_limit_of_a_decision_that_nobody_took_is_refused() -> None:
    require_known({"good": 0.1, "bad": 0.2}, ["bad", "good"])
    require_known({"": 0.1}, ["bad", "good"])
    with pytest.raises(BriefError) as caught:
        require_known({"good": 0.1, "bda": 0.2}, ["bad", "good"])
    assert "did you mean 'bad'?" in str(caught.value)
