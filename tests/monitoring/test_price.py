from __future__ import annotations

from dataclasses import replace

from journeyman.monitoring.price import all_of_it, amount, mean_of, of_share, promised_change
from journeyman.monitoring.reference import Measure, Reference


def test_means_are_weighted_by_rows_and_know_nothing_of_batches_without() -> None:
    recent = [{"rows": 10, "x": 1.0}, {"rows": 30, "x": 2.0}, {"rows": 5, "x": None}]
    assert mean_of(recent, "x") == 1.75
    assert mean_of(recent, "y") is None


def test_what_is_at_stake_is_said_in_money_where_there_is_a_rule(small: Reference) -> None:
    assert "no row gets a prediction" in all_of_it(small)
    assert promised_change(small, [{"rows": 1, "promised": 2.0}]) == ""
    rich = replace(
        small,
        payoff={"value": 5000.0, "low": 4000.0, "high": 6000.0},
        promise=Measure("promised_loss", -10.0, 10.0, -5.0, -4.0),
    )
    assert "5,000 per 1,000 rows" in all_of_it(rich)
    assert "500 per 1,000" in of_share(rich, 0.1)
    assert promised_change(rich, [{"rows": 1, "promised": 2.0}]).startswith("decisions promise 2,000 per 1,000")
    assert amount(1.0) == "1"
