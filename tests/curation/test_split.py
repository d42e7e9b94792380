from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.curation.split import Split, split
from journeyman.plan.target import Target
from journeyman.preparation.encode.target_mean import TargetMean
from journeyman.table.columns import Columns
from journeyman.table.table import Table

Make = Callable[..., Table]
ROWS = 900


def made(table: Table, values: np.ndarray | None = None, **options: Any) -> Split:
    values = np.random.default_rng(9).normal(size=table.rows) if values is None else values
    return split(table, Brief(predict="y", **options), Target(task="regression", values=values), None)


def plain(**more: Any) -> dict[str, Any]:
    random = np.random.default_rng(0)
    return {"x": random.normal(size=ROWS), "w": random.integers(0, 9, ROWS).astype(str), **more}


def test_a_found_time_judges_by_the_future_and_stays_a_feature(table_of: Make) -> None:
    day = np.datetime64("2024-01-01") + np.random.default_rng(1).permutation(ROWS) // 3
    found = made(table_of(plain(order_date=day)))
    assert (found.folds.kind, found.folds.count, found.time) == ("forward", 5, "'order_date'")
    assert "learn from the past, score on the future" in found.reason
    assert "rows carry 'order_date'" in found.reason
    assert found.schema["order_date"].role == "time"
    assert "order_date" in [one.name for one in found.schema.features]
    for fold in found.folds.usable:
        assert day[found.folds.training(fold)].max() < day[found.folds.scored(fold)].min()
    assert found.target.folds(4).kind == "forward"
    other = made(table_of(plain(order_date=day)), when="none")
    assert (other.folds.kind, other.time) == ("random", "")


def test_rows_without_a_found_time_are_learnt_from_and_never_scored(table_of: Make) -> None:
    day = np.datetime64("2024-01-01") + np.arange(ROWS) // 3
    day[-5:] = np.datetime64("NaT")
    found = made(table_of(plain(date=day)))
    assert (found.folds.number[-5:] == -1).all()
    assert len(found.target) == ROWS


def test_the_order_of_the_rows_may_be_time(table_of: Make) -> None:
    slow = np.sin(np.arange(ROWS) / 40)
    found = made(table_of(plain(hour=np.arange(ROWS) % 24)), slow)
    assert (found.folds.kind, found.time) == ("forward", "the order of the rows")
    assert (np.diff(found.folds.number) >= 0).all()


def test_whom_rows_are_about_stay_together_and_are_no_feature(table_of: Make) -> None:
    who = np.random.default_rng(2).integers(0, 150, ROWS)
    values = np.random.default_rng(3).normal(size=150)[who]
    found = made(table_of(plain(patient=[f"p{one}" for one in who])), values)
    assert (found.folds.kind, found.entity, found.schema["patient"].role) == ("entity", "patient", "entity")
    assert "patient" not in [one.name for one in found.schema.features]
    for one in range(150):
        assert len(set(found.folds.number[who == one].tolist())) <= 1
    sizes = np.bincount(found.folds.number)
    assert sizes.max() <= 1.2 * sizes.min()
    assert made(table_of(plain(patient=[f"p{one}" for one in who])), values, entity="none").folds.kind == "random"


def test_a_text_that_names_them_stays_a_feature_for_what_it_says(table_of: Make) -> None:
    who = np.random.default_rng(2).integers(0, 150, ROWS)
    values = np.random.default_rng(3).normal(size=150)[who]
    table = table_of(plain(name=[f"a {('sunny', 'quiet')[one % 2]} room, number {one}, by the sea" for one in who]))
    schema = table.schema.with_column(replace(table.schema["name"], kind="text"))
    found = made(replace(table, schema=schema), values)
    assert (found.folds.kind, found.entity) == ("entity", "name")
    assert "name" in [one.name for one in found.schema.features]
    for one in range(150):
        assert len(set(found.folds.number[who == one].tolist())) <= 1
    told = made(replace(table, schema=schema.with_role("name", "entity", "said")), values)
    assert (told.entity, told.schema["name"].role) == ("name", "entity")


def test_time_wins_over_whom_rows_are_about(table_of: Make) -> None:
    day = np.datetime64("2024-01-01") + np.arange(ROWS) // 3
    who = np.random.default_rng(2).integers(0, 150, ROWS)
    values = np.random.default_rng(3).normal(size=150)[who]
    found = made(table_of(plain(date=day, patient=[f"p{one}" for one in who], number_id=who)), values)
    assert (found.folds.kind, found.time) == ("forward", "'date'")
    assert "may be in the past and in the future" in found.reason
    assert found.entity in ("patient", "number_id")
    (one,) = [one for one in found.findings if one.code == "groups"]
    assert "may be in the past and in the future" in one.message
    assert "belong together" not in one.message
    # Words that come back stay a feature; numbers that are ids never do.
    assert found.schema["patient"].role == "feature"
    # Inside a fold their encoding knows them then, as it will know those of rows to come; as evidence they are one.
    assert found.target.groups is None
    assert found.units is not None
    assert len(np.unique(found.units)) == 150
    lone = made(table_of(plain(date=day, patient_id=who)), values)
    assert (lone.entity, lone.schema["patient_id"].role) == ("patient_id", "entity")
    assert lone.target.groups is lone.units


def test_what_is_known_of_whom_comes_back_helps_over_time(table_of: Make) -> None:
    random = np.random.default_rng(4)
    who = random.integers(0, 150, ROWS)
    values = random.normal(size=150)[who] + 0.1 * random.normal(size=ROWS)
    day = np.datetime64("2024-01-01") + np.arange(ROWS) // 3
    table = table_of(plain(date=day, patient=[f"p{one}" for one in who]))
    found = made(table, values)
    assert found.target.fold_kind == "forward"
    words = Columns.of(rows=ROWS, words=[table.values["patient"]], word_names=["patient"])
    _, encoded = TargetMean().fit_apply(words, found.target)
    assert np.corrcoef(encoded.numbers[:, 0], values)[0, 1] > 0.8


def test_over_time_too_rows_that_are_alike_are_one_piece_of_evidence(table_of: Make) -> None:
    day = np.datetime64("2024-01-01") + np.arange(ROWS) // 3
    copies = np.arange(ROWS) // 2
    values = np.random.default_rng(3).normal(size=ROWS)
    found = split(table_of(plain(date=day)), Brief(predict="y"), Target(task="regression", values=values), copies)
    assert found.target.fold_kind == "forward"
    assert found.units is copies
    assert found.target.groups is copies


def test_a_panel_is_split_by_whom_it_is_about(table_of: Make) -> None:
    year, who = np.tile(np.arange(1990.0, 2005.0), 60), np.repeat(np.arange(60), 15)
    values = np.random.default_rng(3).normal(size=60)[who]
    found = made(
        table_of(plain(year=year, country=[f"c{one}" for one in who], area=[f"a{one % 7}" for one in who])), values
    )
    assert (found.folds.kind, found.entity, found.time) == ("entity", "country", "")
    assert [one.code for one in found.findings] == ["groups", "time_order"]
    assert found.reason.endswith("; not by 'year', because nearly every 'country' is seen at each of it")


def test_one_thing_measured_several_times_stays_on_one_side(table_of: Make) -> None:
    random = np.random.default_rng(0)
    of = np.arange(ROWS) // 3
    cells = {name: random.uniform(size=ROWS)[of].round(3) for name in ("cement", "water", "slag", "ash")}
    found = made(table_of({**cells, "age": random.permutation(ROWS) % 90.0}))
    assert (found.folds.kind, found.entity) == ("entity", "")
    assert "differ in 'age' alone" in found.reason
    assert (found.folds.number[::3] == found.folds.number[2::3]).all()


def test_rows_equal_but_for_the_target_are_kept_together(table_of: Make) -> None:
    random = np.random.default_rng(0)
    of = np.r_[0 : ROWS - 60, 0:60]
    table = table_of({name: random.normal(size=ROWS)[of] for name in "abcd"})
    found = made(table)
    assert found.folds.kind == "random"
    assert (found.folds.number[-60:] == found.folds.number[:60]).all()
    assert "120 rows that equal another one in all but the target are kept on one side" in found.reason


def test_rows_that_stand_several_times_are_told_as_the_audit_tells_them(table_of: Make) -> None:
    random = np.random.default_rng(0)
    of = np.r_[0 : ROWS - 60, 0:60]
    table = table_of({name: random.normal(size=ROWS)[of] for name in "abcd"})
    copies = np.arange(ROWS)
    copies[-20:] = np.arange(40, 60)
    values = random.normal(size=ROWS)
    found = split(table, Brief(predict="y"), Target(task="regression", values=values), copies)
    assert found.reason.endswith(
        "120 rows that equal another one in all but the target are kept on one side (40 of them in the target, too)"
    )
    narrow = table_of({"w": random.integers(0, 9, ROWS).astype(str)})
    found = split(narrow, Brief(predict="y"), Target(task="regression", values=values), copies)
    assert found.reason.endswith("; 40 duplicate rows kept on one side")


def test_why_a_date_is_not_gone_by_is_said(table_of: Make) -> None:
    random = np.random.default_rng(2)
    who = random.integers(0, 60, 200)
    day = np.datetime64("2024-01-01") + np.arange(200)
    cells = {"order_date": day, "customer": [f"c{one}" for one in who], "x": random.normal(size=200)}
    found = made(table_of(cells), random.normal(size=60)[who])
    assert (found.folds.kind, found.entity) == ("entity", "customer")
    assert found.reason.endswith("; not by 'order_date', because 200 rows are few for that")


def test_fewer_folds_are_scored_in_little_time(table_of: Make) -> None:
    table = table_of({"x": np.arange(40_000) * 7 % 1009, "w": np.arange(40_000) * 3 % 101})
    found = made(table, seconds=0.5)
    assert (found.folds.kind, found.folds.count, found.folds.usable) == ("random", 2, (0, 1))
    assert len(found.folds.training(0)) == 32_000
    assert "2 of the 5 folds are scored" in found.reason
    day = np.datetime64("2024-01-01") + np.arange(40_000) // 100
    found = made(table_of({"date": day, "x": np.arange(40_000) % 7}), seconds=0.5)
    assert (found.folds.kind, found.folds.count) == ("forward", 3)
    assert found.folds.number[-1] == 2
    assert 15_000 < len(found.folds.training(0)) < 25_000, "few stretches are long ones"


def test_tiny_tables(table_of: Make) -> None:
    day = np.datetime64("2024-01-01") + np.arange(30)
    found = made(table_of({"date": day, "customer_id": np.arange(30) // 2, "x": np.arange(30) % 3}))
    assert found.folds.kind == "random"
    assert len(found.folds.usable) == 10
