from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.curation.entity import Entity, find_entity
from journeyman.curation.likeness import goal_of
from journeyman.plan.target import Target
from journeyman.simulation.world import World
from journeyman.table.finding import Finding
from journeyman.table.table import Table

Make = Callable[..., Table]
ROWS = 2000
RANDOM = np.random.default_rng(0)
WHO = np.random.default_rng(1).integers(0, 250, ROWS)


def of(who: np.ndarray, strength: float = 1.0) -> np.ndarray:
    random = np.random.default_rng(2)
    return strength * random.normal(size=who.max() + 1)[who] + random.normal(size=len(who))


def found(table: Table, values: np.ndarray) -> tuple[Entity | None, tuple[Finding, ...]]:
    return find_entity(table, tuple(table.schema), goal_of(Target(task="regression", values=values)))


def cells(**more: Any) -> dict[str, Any]:
    random = np.random.default_rng(3)
    return {"x": random.normal(size=ROWS), "w": random.integers(0, 9, ROWS).astype(str), **more}


@pytest.mark.parametrize(
    "more",
    [
        {"customer_id": WHO.astype(float)},
        {"customer": [f"c{one}" for one in WHO]},
        {"bin": WHO.astype(float), "lat": np.random.default_rng(4).normal(size=250)[WHO], "lot": WHO % 60.0},
        {"site": [f"s{one}" for one in WHO], "area": [f"a{one % 31}" for one in WHO]},
    ],
)
def test_whom_rows_are_about_is_found(table_of: Make, more: dict[str, Any]) -> None:
    entity, told = found(table_of(cells(**more)), of(WHO))
    assert entity is not None
    assert entity.name == next(iter(more))
    assert (told[0].code, told[0].severity, told[0].columns) == ("groups", "warning", (entity.name,))
    assert "--entity none" in told[0].remedy.words


@pytest.mark.parametrize(
    "more",
    [
        {"state": [f"s{one}" for one in WHO % 50]},
        {"amount": WHO.astype(float)},
        {"product_id": (WHO % 12).astype(float)},
        {"meal_id": (WHO % 31).astype(float)},
        {"code": [f"c{one}" for one in WHO % 45], "kind": [f"k{one % 5}" for one in WHO % 45]},
    ],
)
def test_categories_and_measurements_are_not(table_of: Make, more: dict[str, Any]) -> None:
    who = np.unique(next(iter(more.values())), return_inverse=True)[1]
    assert found(table_of(cells(**more)), of(who))[0] is None


def test_many_small_groups_without_a_target_in_common_are_no_entity(table_of: Make) -> None:
    table = table_of(cells(site=[f"s{one}" for one in WHO], area=[f"a{one % 31}" for one in WHO]))
    assert found(table, RANDOM.normal(size=ROWS)) == (None, ())


def test_ids_that_cross_are_asked_about(table_of: Make) -> None:
    pairs = np.random.default_rng(5).permutation(200 * 150)[:9000]
    user, film = pairs // 150, pairs % 150
    table = table_of({"userId": user.astype(float), "movieId": film.astype(float), "x": np.arange(9000.0) % 7})
    entity, asked = found(table, of(user, 3.0))
    assert entity is None
    assert "meet" in asked[0].message
    assert "--entity userId" in asked[0].remedy.words


def test_few_people_with_many_rows_each_are_found_wherever_they_lie(table_of: Make) -> None:
    who = np.random.default_rng(6).integers(0, 12, ROWS)
    table = table_of(cells(subject=[f"p{one}" for one in who], age=20.0 + np.arange(12)[who]))
    entity, _ = found(table, of(who, 4.0))
    assert entity is not None
    assert entity.name == "subject"


def test_alike_but_perhaps_known_is_asked_about(table_of: Make) -> None:
    entity, asked = found(table_of(cells(artist=[f"a{one}" for one in WHO])), of(WHO, 2.0))
    assert entity is None
    assert "--entity artist" in asked[0].remedy.words


def test_measurements_that_stand_in_rows_of_one_thing_are_asked_about(table_of: Make) -> None:
    random = np.random.default_rng(6)
    rate = np.round(random.lognormal(3, 0.5, 250), 3)
    table = table_of(cells(rate=rate[WHO]))
    entity, asked = found(table, of(WHO, 2.0))
    assert entity is None
    assert "--entity rate" in asked[0].remedy.words
    # A steep course makes rows of one value alike, and those of values beside it as much.
    assert found(table, 5 * np.log(rate[WHO]) + random.normal(size=ROWS)) == (None, ())
    assert found(table, random.normal(size=ROWS)) == (None, ())


def test_kinds_and_places_that_fix_broader_ones_are_asked_about(table_of: Make) -> None:
    for kind, broader in (("model", "brand"), ("postcode", "county"), ("product", "category")):
        fixed = {kind: [f"m{one}" for one in WHO], broader: [f"b{one % 31}" for one in WHO]}
        entity, asked = found(table_of(cells(**fixed)), of(WHO, 2.0))
        assert entity is None, kind
        assert f"--entity {kind}" in asked[0].remedy.words
        measured = cells(**fixed, height=np.random.default_rng(7).normal(size=250)[WHO])
        entity, _ = found(table_of(measured), of(WHO, 2.0))
        assert entity is not None, kind


@pytest.mark.parametrize("seed", range(3))
def test_worlds_with_and_without_entities(table_of: Make, seed: int) -> None:
    for kind in ("entities", "linear", "no_signal"):
        plants: Any = ("entities",) if kind == "entities" else ()
        world = World(law="no_signal" if kind == "no_signal" else "linear", plants=plants, rows=1000, seed=seed)
        columns = dict(world.columns)
        answer = np.unique(columns.pop(world.target), return_inverse=True)[1].astype(float)
        entity, _ = found(table_of(columns), answer)
        assert (entity is not None) == (kind == "entities"), kind


def test_names_that_are_read_as_text_name_somebody_too(table_of: Make) -> None:
    columns = cells(customer=[f"customer {one}" for one in WHO], height=150.0 + WHO)
    entity, _ = found(table_of(columns, {"customer": "text"}), of(WHO, 3.0))
    assert entity is not None
    assert entity.name == "customer"
    note, _ = found(table_of(cells(note=columns["customer"]), {"note": "text"}), of(WHO, 3.0))
    assert note is None
