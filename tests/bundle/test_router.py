from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.manifest import MANIFEST
from journeyman.bundle.model import load
from journeyman.bundle.router import Router, router_from_data, row_lots
from journeyman.bundle.write import write_routed
from journeyman.errors import BundleError

ROUTER = Router(thresholds=(0.6, 0.7), audit_share=0.2, seed=3, promise="At most 2 % are wrong.")


def test_sure_and_usual_rows_are_automated_and_some_of_them_audited() -> None:
    rows = 4000
    random = np.random.default_rng(1)
    places, chances = random.integers(0, 2, rows), random.uniform(0.5, 1, rows)
    usual = random.random(rows) < 0.9
    feeds = {"numbers": random.normal(size=(rows, 3))}
    routes = ROUTER.routes(places, chances, usual, feeds)
    alone = usual & (chances >= np.where(places == 1, 0.7, 0.6))
    assert set(routes[~alone]) == {"person"}
    assert set(routes[alone]) == {"automate", "audit"}
    assert np.mean(routes[alone] == "audit") == pytest.approx(0.2, abs=0.03)


def test_a_class_without_threshold_is_never_automated() -> None:
    routes = Router(thresholds=(None, 0.0)).routes(
        np.array([0, 1]), np.array([1.0, 1.0]), np.ones(2, np.bool_), {"numbers": np.zeros((2, 1))}
    )
    assert routes[0] == "person" != routes[1]


def test_lots_hang_on_what_a_row_holds_and_on_nothing_else() -> None:
    random = np.random.default_rng(2)
    words = random.choice(np.array(["a", "b", "ü\ud800"], dtype=object), (500, 2))
    numbers, dates = random.normal(size=(500, 2)), random.integers(-9, 9, (500, 1))
    feeds = {"words": words, "numbers": numbers, "dates": dates, "dates_missing": dates > 0}
    lots = row_lots(feeds, 7)
    order = random.permutation(500)
    assert np.array_equal(row_lots({name: feed[order] for name, feed in feeds.items()}, 7), lots[order])
    assert row_lots({name: feed[4:5] for name, feed in feeds.items()}, 7)[0] == lots[4]
    assert len(np.unique(lots)) == 500
    assert abs(lots.mean() - 0.5) < 0.06
    assert not np.array_equal(row_lots(feeds, 8), lots)
    changed = {**feeds, "numbers": numbers[:, ::-1]}
    assert not np.any(row_lots(changed, 7) == lots), "which column holds a number matters"


def test_equal_numbers_have_equal_lots_however_they_are_spelt() -> None:
    one = row_lots({"numbers": np.array([[0.0, np.nan]])}, 0)
    other = row_lots({"numbers": np.array([[-0.0, -np.nan]])}, 0)
    assert one == other


def test_no_rows_have_no_lots() -> None:
    assert len(row_lots({"numbers": np.empty((0, 2))}, 0)) == 0


def test_a_router_is_read_as_it_was_written() -> None:
    assert router_from_data(json.loads(json.dumps(ROUTER.as_data())), ("no", "yes")) == ROUTER
    assert router_from_data(None, ()) is None


@pytest.mark.parametrize(
    "change",
    [
        {"thresholds": [0.5]},
        {"thresholds": [0.5, 1.5]},
        {"thresholds": [0.5, True]},
        {"audit_share": -0.1},
        {"seed": -1},
        {"seed": 0.5},
        {"promise": 3},
        {"promise": "x" * 3000},
        {"more": 1},
    ],
)
def test_a_router_that_is_none_of_ours_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="router"):
        router_from_data({**ROUTER.as_data(), **change}, ("no", "yes"))


@pytest.mark.parametrize("task", ["binary", "multiclass"])
def test_a_routed_bundle_answers_as_before_and_routes_one_row_as_many(
    written: Callable[[str], Path], make_table: Callable[..., dict[str, Any]], tmp_path: Path, task: str
) -> None:
    router = Router(thresholds=(0.6,) * (2 if task == "binary" else 3), audit_share=0.3, seed=1, promise="Kept.")
    routed = load(write_routed(written(task), tmp_path / "bundle", router))
    rows = make_table(60)
    plain, seen = load(written(task)).predict(rows), routed.predict(rows)
    assert plain.route is None
    assert seen.route is not None
    assert np.array_equal(plain.probabilities, seen.probabilities, equal_nan=True)
    assert set(seen.route) == {"automate", "person", "audit"}
    assert seen.as_columns()["route"] is seen.route
    alone = [routed.predict_one({name: cells[row] for name, cells in rows.items()}) for row in range(60)]
    assert [one["route"] for one in alone] == seen.route.tolist()
    assert [one["route"] for one in seen] == seen.route.tolist()
    assert set(seen.refusing([0, 1], "no row").route[:2]) == {"person"}
    assert "What it decides alone" in (tmp_path / "bundle" / "card.md").read_text("utf-8")


def test_a_damaged_router_is_refused(written: Callable[[str], Path], tmp_path: Path) -> None:
    folder = write_routed(written("binary"), tmp_path / "bundle", Router(thresholds=(0.5, 0.5)))
    path = folder / MANIFEST
    data = json.loads(path.read_text())
    data["router"]["thresholds"] = [0.5]
    path.write_text(json.dumps(data))
    with pytest.raises(BundleError, match="manifest"):
        load(folder)
