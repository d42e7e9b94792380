from __future__ import annotations

import pytest

from journeyman.automation.savings import cases_a_year, savings
from journeyman.errors import BriefError


def test_hours_and_money_follow_from_the_share_and_its_interval() -> None:
    found = savings((0.5, 0.4, 0.6), minutes=12, hourly=40)
    assert found is not None
    assert found.hours == pytest.approx((100, 80, 120))
    assert found.money == pytest.approx((4000, 3200, 4800))
    assert found.period == "1,000 cases"
    assert found.as_data()["hours"] == pytest.approx({"value": 100, "low": 80, "high": 120})


def test_where_the_log_has_dates_savings_are_those_of_a_year() -> None:
    found = savings((0.5, 0.4, 0.6), minutes=6, hourly=None, a_year=500)
    assert found is not None
    assert (found.hours[0], found.money, found.period) == (25, None, "a year")
    assert cases_a_year(100, 0.0, 10 * 86400e6) is None


def test_without_minutes_nothing_is_said_and_a_price_alone_is_refused() -> None:
    assert savings((0.5, 0.4, 0.6), minutes=None, hourly=None) is None
    with pytest.raises(BriefError, match="--minutes"):
        savings((0.5, 0.4, 0.6), minutes=None, hourly=40)
    with pytest.raises(BriefError, match="--minutes"):
        savings((0.5, 0.4, 0.6), minutes=0, hourly=None)
