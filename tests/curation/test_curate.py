from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.brief.aim import find_aim
from journeyman.brief.brief import Brief
from journeyman.checks.look import look
from journeyman.curation.curate import Curation, curate
from journeyman.errors import BriefError
from journeyman.simulation.world import World
from journeyman.table.table import SetAside, Table

Make = Callable[..., Table]


def curated(table: Table, **options: Any) -> Curation:
    brief = Brief(predict=options.pop("predict", "y"), **options)
    return curate(table, brief, find_aim(table, brief), look(table, brief))


def plain(rows: int = 100, seed: int = 0, **more: Any) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    words = np.array(["no", "yes"])[(random.uniform(size=rows) < 0.3).astype(int)]
    return {"x": random.normal(size=rows), "w": random.integers(0, 9, rows).astype(str), "y": words, **more}


def test_independent_rows_of_classes_are_stratified(table_of: Make) -> None:
    table = table_of(plain())
    found = curated(table, seed=3)
    assert (found.folds.kind, found.folds.count, len(found.target)) == ("stratified", 10, 100)
    assert found.target.groups is None
    assert (found.target.fold_kind, found.target.seed, found.target.classes) == ("stratified", 3, ("no", "yes"))
    shares = [found.target.values[found.folds.scored(fold)].sum() for fold in range(5)]
    assert max(shares) - min(shares) <= 1
    assert found.reason == "every row is usable; rows are independent → 10 stratified folds"
    again = curated(table, seed=3)
    assert (again.folds.number == found.folds.number).all()
    assert (curated(table, seed=4).folds.number != found.folds.number).any()


def test_numbers_are_split_at_random(table_of: Make) -> None:
    found = curated(table_of(plain() | {"y": np.random.default_rng(1).normal(size=100)}))
    assert (found.folds.kind, found.target.task, found.target.classes) == ("random", "regression", ())


def test_the_incumbent_is_never_a_feature(table_of: Make) -> None:
    cells = plain()
    table = table_of({**cells, "today": cells["y"], "score": np.arange(100.0) % 7})
    found = curated(table, current="today", columns={"score": {"role": "incumbent"}})
    assert found.table.features().names == ("x", "w")
    assert found.table.schema["today"].role == found.table.schema["score"].role == "incumbent"
    assert len(found.table.values["today"]) == found.table.rows


def test_roles_come_from_remedies_and_the_brief_wins(table_of: Make) -> None:
    cells = plain(more=["EU"] * 100, customer_id=range(100), z=range(7, 107), v=np.arange(100.0) % 7)
    table = table_of(cells)
    found = curated(table, ignore=("v",), columns={"z": {"role": "feature"}})
    roles = {column.name: column.role for column in found.table.schema}
    assert roles == {
        "x": "feature", "w": "feature", "y": "target", "more": "ignored", "customer_id": "ignored", "z": "feature",
        "v": "ignored",
    }  # fmt: skip
    assert found.table.features().names == ("x", "z", "w")
    assert found.table.schema["v"].role_reason == "the brief says so"


def test_rows_without_a_target_are_set_aside_and_counted(table_of: Make) -> None:
    cells = plain()
    cells["y"] = [None if place % 5 == 0 else word for place, word in enumerate(cells["y"])]
    found = curated(table_of(cells))
    assert (found.table.rows, found.table.ledger.used, found.table.ledger.read) == (80, 80, 100)
    assert found.table.ledger.set_aside[:2] == (
        SetAside(0, "target_missing_values"),
        SetAside(5, "target_missing_values"),
    )
    assert len(found.table.ledger.set_aside) == 20
    assert not np.isnan(found.target.values).any()
    assert "20 rows are set aside, 80 used" in found.reason
    assert found.table.row_numbers[:3].tolist() == [1, 2, 3]


def test_a_class_of_one_row_is_set_aside_and_told(table_of: Make) -> None:
    cells = plain()
    cells["y"] = np.array([*cells["y"][:-1], "maybe"])
    found = curated(table_of(cells))
    assert found.target.task == "binary"
    assert found.table.ledger.set_aside == (SetAside(99, "rare_class"),)
    assert (found.findings[0].code, "'maybe'" in found.findings[0].message) == ("rare_class", True)


def test_copies_stay_on_one_side(table_of: Make) -> None:
    for seed in range(3):
        world = World(plants=("duplicates",), rows=300, seed=seed)
        found = curated(table_of(dict(world.columns)), predict=world.target)
        assert world.truth.clusters is not None
        for cluster in np.unique(world.truth.clusters):
            assert len(set(found.folds.number[world.truth.clusters == cluster].tolist())) == 1
        assert found.table.rows == 300
        assert "kept on one side" in found.reason
        inner = found.target.folds(3)
        for cluster in np.unique(world.truth.clusters):
            assert len(set(inner.number[world.truth.clusters == cluster].tolist())) == 1


def test_copies_and_missing_targets_at_once(table_of: Make) -> None:
    origin = np.r_[0:100, 0:50]
    cells = {name: np.array(one, object)[origin] for name, one in plain().items()}
    cells["y"][[3, 103]] = None
    found = curated(table_of(cells))
    assert found.target.groups is not None
    assert len(found.target.groups) == 148
    assert found.folds.number[0] == found.folds.number[99]
    assert found.table.row_numbers[99] == 100


def test_one_entity_stays_on_one_side(table_of: Make) -> None:
    random = np.random.default_rng(0)
    who = random.integers(0, 30, 200).astype(str).astype(object)
    who[:3] = None
    found = curated(table_of(plain(200, who=who)), entity="who")
    assert (found.folds.kind, found.folds.count, found.table.schema["who"].role) == ("entity", 10, "entity")
    assert "who" not in found.table.features().names
    for one in {*who[3:]}:
        assert len(set(found.folds.number[who == one].tolist())) == 1
    assert found.target.groups is not None
    assert len(set(found.target.groups[:3].tolist())) == 3
    assert "'who'" in found.reason
    by_role = curated(table_of(plain(200, who=who)), columns={"who": {"role": "entity"}})
    assert (by_role.folds.number == found.folds.number).all()


def test_fewer_folds_where_a_class_is_small_or_entities_are_few(table_of: Make) -> None:
    cells = plain(60)
    cells["y"] = np.array(["no"] * 57 + ["yes"] * 3)
    assert curated(table_of(cells)).folds.count == 3
    who = np.array(["a", "b", "c"])[np.arange(60) % 3]
    found = curated(table_of(plain(60, who=who)), entity="who")
    assert found.folds.count == 3
    assert all(len(found.folds.scored(fold)) for fold in range(3))
    with pytest.raises(BriefError, match="cannot be split by 'who'"):
        curated(table_of(plain(60, who=["a"] * 60)), entity="who")
    of_one = plain(60, who=["a"] * 30 + ["b"] * 30)
    of_one["y"] = np.array(["no"] * 30 + ["yes"] * 30)
    with pytest.raises(BriefError, match="all rows of a class"):
        curated(table_of(of_one), entity="who")


def test_many_classes_keep_ten_folds_though_one_is_small(table_of: Make) -> None:
    cells = plain(100)
    cells["y"] = np.array(["a"] * 50 + ["b"] * 48 + ["c"] * 2)
    found = curated(table_of(cells))
    assert (found.folds.count, found.target.classes) == (10, ("a", "b", "c"))


def test_forward_in_time(table_of: Make) -> None:
    random = np.random.default_rng(0)
    day = np.datetime64("2024-01-01") + random.permutation(np.arange(120) // 2)
    cells = plain(120, day=day)
    for kind, column in (("date", day), ("number", (day - day.min()).astype(int))):
        found = curated(table_of(cells | {"day": column}), when="day")
        assert (found.folds.kind, found.folds.count, found.target.fold_kind) == ("forward", 5, "forward"), kind
        for fold in range(5):
            past, future = found.folds.training(fold), found.folds.scored(fold)
            assert day[past].max() < day[future].min()
        assert found.table.schema["day"].role == "time"
        assert found.target.order is not None


def test_rows_without_a_time_or_weight_are_set_aside(table_of: Make) -> None:
    day = np.datetime64("2024-01-01") + np.arange(100)
    day[4] = np.datetime64("NaT")
    weight = np.ones(100)
    weight[7] = np.nan
    found = curated(table_of(plain(day=day, weight=weight)), when="day", weight="weight")
    assert found.table.ledger.set_aside == (SetAside(4, "time_missing"), SetAside(7, "weight_missing"))
    assert {one.code for one in found.findings} == {"time_missing", "weight_missing"}
    assert found.target.weights is not None
    assert found.target.weights.shape == (98,)


def test_only_the_proportion_of_weights_counts(table_of: Make) -> None:
    weight = 1.0 + np.arange(100) % 3
    once, other = (
        curated(table_of(plain(weight=unit * weight)), weight="weight").target.weights for unit in (1.0, 1e-200)
    )
    assert once is not None
    assert other is not None
    np.testing.assert_allclose(once, weight / weight.mean())
    np.testing.assert_allclose(other, once)


def test_few_times_make_fewer_blocks_and_the_past_holds_both_classes(table_of: Make) -> None:
    cells = plain(120, year=2000 + np.arange(120) // 40)
    assert curated(table_of(cells), when="year").folds.count == 2
    late = plain(120, year=np.arange(120.0) + 0.5)
    late["y"] = np.array(["no"] * 69 + ["yes", "no", "no"] * 17)
    found = curated(table_of(late), when="year")
    assert len(found.folds.training(0)) > 80
    assert len(np.unique(found.target.codes[found.folds.training(0)])) == 2
    with pytest.raises(BriefError, match="cannot be split by the time"):
        curated(table_of(plain(120, year=[2000.0] * 120)), when="year")


@pytest.mark.parametrize(
    ("more", "options", "words"),
    [
        ({"t": ["x", "y"] * 50}, {"when": "t"}, "time of decision"),
        ({"t": [1, -1] * 50}, {"weight": "t"}, "negative in row 2"),
        ({"t": [0] * 100}, {"weight": "t"}, "0 in every row"),
        ({"t": ["x", "y"] * 50}, {"weight": "t"}, "no numbers"),
        ({"t": [1, 2] * 50}, {"ignore": ("x", "w", "t")}, "no column is left"),
        ({"t": [1, 2] * 50}, {"entity": "t", "columns": {"w": {"role": "entity"}}}, "2 columns of the role entity"),
    ],
)
def test_what_cannot_be_is_refused(table_of: Make, more: dict[str, Any], options: dict[str, Any], words: str) -> None:
    with pytest.raises(BriefError, match=words) as refused:
        curated(table_of(plain(**more)), **options)
    assert refused.value.remedy


def test_a_table_whose_classes_are_single_rows_copied_is_told(table_of: Make) -> None:
    random = np.random.default_rng(0)
    cells = {
        "x": np.r_[random.normal(size=60), [9.5] * 30],
        "v": np.r_[random.normal(size=60), [7.5] * 30],
        "y": ["no"] * 60 + ["yes"] * 30,
    }
    table = table_of(cells)
    found = curated(table, columns={"x": {"role": "feature"}, "v": {"role": "feature"}})
    assert found.target.groups is None
    assert "equal rows are not kept together" in found.findings[-1].message


def test_a_column_called_none_is_the_time(table_of: Make) -> None:
    found = curated(table_of(plain(120, none=np.arange(120))), when="none")
    assert (found.folds.kind, found.time) == ("forward", "'none'")
    assert "none" in found.table.features().names


def test_what_was_found_is_told(table_of: Make) -> None:
    day = np.datetime64("2024-01-01") + np.arange(600) // 4
    found = curated(table_of(plain(600, sold_date=day)))
    assert (found.time, found.entity, found.folds.kind) == ("'sold_date'", "", "forward")
    assert found.table.schema["sold_date"].role == "time"
    assert curated(table_of(plain(600, sold_date=day)), when="none").folds.kind == "stratified"


def test_whom_rows_are_about_is_found_though_it_gives_the_target_away(table_of: Make) -> None:
    random = np.random.default_rng(0)
    who = np.arange(800) % 40
    answer = np.array(["no", "yes"])[random.integers(0, 2, 40)]
    gait = random.normal(size=40)[who] + 0.01 * random.normal(size=800)
    table = table_of({"person": [f"p{one}" for one in who], "gait": gait, "x": np.arange(800) % 7, "y": answer[who]})
    found = curated(table)
    assert (found.folds.kind, found.entity) == ("entity", "person")
