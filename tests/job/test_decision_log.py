from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from journeyman.errors import BriefError, InputError
from journeyman.job.decision_log import (
    Log,
    cases_in_a_year,
    decisions_in,
    part_of,
    places_of,
    understand_log,
    which_decision,
)
from journeyman.job.run import say_nothing
from journeyman.sources.read import read, read_raw


def log(rows: int = 300, *, selective: bool = False) -> pl.DataFrame:
    random = np.random.default_rng(1)
    income = random.normal(size=rows)
    approved = income + 0.5 * random.normal(size=rows) > 0
    paid = random.random(rows) < 0.7
    outcome = [
        "" if selective and not one else "paid" if other else "bad" for one, other in zip(approved, paid, strict=True)
    ]
    return pl.DataFrame(
        {
            "income": income,
            "clerk": random.choice(["ann", "bob"], rows),
            "outcome": [one or None for one in outcome],
            "decision": np.where(approved, "+", "-"),
        }
    )


def understood(frame: pl.DataFrame, outcome: str | None = None) -> Log:
    return understand_log(
        read_raw(frame), "decision", outcome, "clerk", when=None, entity=None, ignore=None, seed=0, say=say_nothing
    )


def test_without_outcome_people_are_imitated_from_what_they_knew() -> None:
    found = understood(log().drop("outcome"))
    assert (found.goal, found.target) == ("imitate", "decision")
    assert [one.name for one in found.understood.curation.table.schema.features] == ["income"]


def test_an_outcome_known_of_all_is_predicted_and_the_decision_is_no_feature() -> None:
    found = understood(log(), "outcome")
    assert (found.goal, found.target) == ("outcome", "outcome")
    assert "decision" not in [one.name for one in found.understood.curation.table.schema.features]


def test_an_outcome_known_for_one_decision_only_is_not_predicted() -> None:
    found = understood(log(selective=True), "outcome")
    assert found.goal == "imitate"
    assert found.known is not None
    assert found.known.acted == ("+",)
    assert "outcome" not in [one.name for one in found.understood.curation.table.schema.features]


def test_places_are_those_of_the_models_classes() -> None:
    frame = log().drop("outcome")
    found = understood(frame)
    truth = (frame["decision"] == "+").to_numpy().astype(int)
    assert np.array_equal(places_of(found, ("-", "+")), truth)
    assert np.array_equal(places_of(found, ("+", "other")), np.where(truth == 1, 0, -1))


def test_decisions_are_found_also_where_one_is_spelt_like_a_missing_cell(tmp_path: Path) -> None:
    frame = log().drop("outcome", "clerk")
    frame.write_csv(tmp_path / "log.csv")
    found = decisions_in(tmp_path / "log.csv")
    assert [one.name for one in found] == ["decision"]
    assert "'decision'" in which_decision(found).happened
    assert "which" in which_decision(()).happened or "no column" in which_decision(()).happened


def test_what_is_no_decision_among_a_few_or_not_there_is_refused() -> None:
    frame = log().with_columns(decision=pl.Series(np.arange(300) % 40))
    with pytest.raises(InputError, match="among a few"):
        understood(frame)
    with pytest.raises(BriefError) as caught:
        understood(log().drop("clerk"))
    assert "clerk" in caught.value.happened


def test_a_part_of_a_source_is_a_source_of_its_own() -> None:
    raw = read_raw(log())
    part = part_of(raw, np.array([5, 1]))
    assert part.rows == 2
    assert part.digest != raw.digest
    assert part.frame["income"][0] == raw.frame["income"][5]
    assert read(part).rows == 2


def test_cases_in_a_year_need_dates() -> None:
    found = understood(log().drop("outcome"))
    assert cases_in_a_year(found.understood.curation.table, found.understood) is None
    days = np.array("2024-01-01", "datetime64[D]") + np.arange(300)
    dated = understand_log(
        read_raw(log().with_columns(decided_on=days)),
        "decision",
        None,
        None,
        when="decided_on",
        entity=None,
        ignore="outcome,clerk",
        seed=0,
        say=say_nothing,
    )
    assert dated.understood.curation.target.fold_kind == "forward"
    assert cases_in_a_year(dated.understood.curation.table, dated.understood) == pytest.approx(366, abs=2)
