from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.model import load
from journeyman.bundle.reader import Reader
from journeyman.bundle.router import Router
from journeyman.bundle.write import write_routed
from journeyman.errors import InternalError

MAKE = Callable[..., Any]


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_the_same_plan_gives_the_same_bytes(task: str, make_bundle: MAKE, written: MAKE, tmp_path: Path) -> None:
    again = make_bundle(tmp_path / "again", task)
    for name in ("model.onnx", "manifest.json", "card.md"):
        assert (again / name).read_bytes() == (written(task) / name).read_bytes()
    assert sorted(one.name for one in again.iterdir()) == ["card.md", "manifest.json", "model.onnx"]


def test_golden_rows_are_made_up(written: MAKE, make_table: MAKE) -> None:
    data = json.loads((written() / "manifest.json").read_bytes())
    ages = set(make_table(50)["age"].tolist())
    assert not ages & {cell for cell in data["golden"]["cells"]["age"] if isinstance(cell, float)}
    assert len(data["golden"]["answers"]) >= 10
    assert np.isfinite(data["golden"]["answers"]).all()


def test_a_graph_that_does_not_answer_as_the_plan_is_not_written(
    make_bundle: MAKE, make_table: MAKE, columns: Any, tmp_path: Path
) -> None:
    check = Reader(columns).batch(make_table(50), 50).columns
    with pytest.raises(InternalError, match="fitted plan"):
        make_bundle(tmp_path / "bundle", expected=np.full((50, 1), 0.5), check=check)
    assert not (tmp_path / "bundle").exists()


def test_a_difference_on_strange_rows_alone_is_found(make_bundle: MAKE, scores: Any, tmp_path: Path) -> None:
    """Missing dates are not among the rows that are checked, but among the golden rows."""

    class Twisted(scores):  # type: ignore[misc]  # a class that a fixture gives
        """Takes another number where a date is missing."""

        def express(self, state: Any, graph: Any, wires: Any) -> Any:
            found = super().express(state, graph, wires)
            bonus = graph.add("Where", wires.dates_missing, graph.constant(0.25), graph.constant(0.0))
            return graph.with_numbers(found, graph.add("Add", found.numbers, bonus), found.number_names)

    with pytest.raises(InternalError, match="made-up"):
        make_bundle(tmp_path / "bundle", plan=Twisted(task="binary"))


def test_what_would_not_be_loaded_again_is_not_written(make_bundle: MAKE, tmp_path: Path) -> None:
    with pytest.raises(InternalError, match="positive class"):
        make_bundle(tmp_path / "bundle", positive="no")
    assert not (tmp_path / "bundle").exists()


def test_facts_are_kept(make_bundle: MAKE, tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "bundle", facts={"plan": {"step": "x"}, "rows": 3, "sentence": "ä <b>"})
    assert load(folder).manifest.facts == {"plan": {"step": "x"}, "rows": 3, "sentence": "ä <b>"}
    assert "sentence: ä &lt;b&gt;" in (folder / "card.md").read_text()


def test_writing_again_replaces_the_bundle(make_bundle: MAKE, tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "bundle", "binary")
    make_bundle(folder, "regression")
    assert load(folder).task == "regression"


def test_a_graph_that_would_not_be_loaded_again_is_told_before() -> None:
    """What a search asks before it ships a model."""
    from journeyman.bundle.write import refusal
    from journeyman.learners.constant import Constant
    from journeyman.plan.graph import Graph, Wires
    from journeyman.plan.step import State, Step
    from journeyman.plan.target import Target
    from journeyman.table.columns import Columns

    class Swelling(Step):
        def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
            wide = graph.constant(np.zeros((1, 1 << 21)))
            swollen = graph.add("ReduceSum", graph.add("Add", graph.zeros(wires), wide), keepdims=1)
            return graph.with_numbers(wires, swollen, ("answer.0",))

    columns = Columns.of(rows=1, numbers=np.zeros((1, 1)), number_names=("x",))
    assert "large" in refusal(Swelling(), {}, columns, 1)
    fitted = Constant().fit(columns, Target(task="regression", values=np.zeros(1)))
    assert refusal(Constant(), fitted, columns, 1) == ""


def test_what_is_known_of_rows_is_written_alike_and_cases_only_where_asked_for(
    make_bundle: MAKE, known: MAKE, tmp_path: Path
) -> None:
    one = make_bundle(tmp_path / "one", known=known("binary"))
    again = make_bundle(tmp_path / "again", known=known("binary"))
    names = ["card.md", "cases.json", "manifest.json", "model.onnx"]
    assert sorted(path.name for path in one.iterdir()) == names
    for name in names:
        assert (one / name).read_bytes() == (again / name).read_bytes()
    assert "400 rows of the training table" in (one / "card.md").read_text()
    assert len(load(one).similar({"age": 30, "income": 1.0, "since": "1.1.1990", "city": "Oslo"})) == 3
    # Written again without cases, none of before stay behind.
    make_bundle(one, known=known("binary", cases=False))
    assert sorted(path.name for path in one.iterdir()) == ["card.md", "manifest.json", "model.onnx"]
    assert "training table" not in (one / "card.md").read_text()
    assert load(one).cases is None


def test_a_router_leaves_what_is_known_as_it_is(known_bundle: Path, tmp_path: Path) -> None:
    router = Router(thresholds=(0.9, None), audit_share=0.1, seed=1, promise="")
    routed = load(write_routed(known_bundle, tmp_path / "routed", router))
    assert routed.cases == load(known_bundle).cases
    assert routed.manifest.novelty == load(known_bundle).manifest.novelty
