from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from journeyman.evaluation.looks import MOST_BUILDS, Look, Odometer, cells_digest, looks_before, note_look
from journeyman.store.journal import Journal

LOOK = Look(source="s", target="churn", outcomes="o", request="r")


def build(runs: Path, name: str, look: Look) -> Odometer:
    """What a build does: count, then note."""
    folder = runs / name
    odometer = looks_before(runs, look, own=folder)
    journal = Journal(folder / "journal.jsonl")
    journal.add("start")
    note_look(journal, look, odometer)
    journal.close()
    return odometer


def test_builds_of_other_requests_count_and_repeats_do_not(tmp_path: Path) -> None:
    assert build(tmp_path, "a", LOOK).before == ()
    assert build(tmp_path, "b", LOOK).before == (), "the same request shows nothing new"
    other = replace(LOOK, request="q")
    assert build(tmp_path, "c", other).before == ("r",), "the two are one"
    assert build(tmp_path, "d", replace(LOOK, request="p")).before == ("r", "q")
    assert build(tmp_path, "e", LOOK).before == (), "a repeat has the count of what it repeats"
    assert build(tmp_path, "f", other).before == ("r",)
    assert looks_before(tmp_path, replace(LOOK, request="x")).before == ("r", "q", "p")


def test_a_run_that_goes_on_keeps_its_count(tmp_path: Path) -> None:
    assert build(tmp_path, "a", LOOK).count == 0
    build(tmp_path, "b", replace(LOOK, request="q"))
    assert looks_before(tmp_path, LOOK, own=tmp_path / "a").before == ()
    other = replace(LOOK, request="x")
    assert looks_before(tmp_path, other, own=tmp_path / "a").before == ("q",), "its own looks never count"


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({"outcomes": "x"}, True),
        ({"source": "x"}, True),
        ({"source": "x", "outcomes": "x"}, False),
        ({"source": "x", "outcomes": "x", "target": "x"}, False),
        ({"target": "x", "outcomes": "x"}, False),
    ],
)
def test_only_the_same_rows_count(changes: dict[str, str], counts: bool, tmp_path: Path) -> None:
    """A column more, in another file, and the same rows judge still; another target is judged by other answers."""
    build(tmp_path, "a", replace(LOOK, request="q", **changes))
    assert looks_before(tmp_path, LOOK).count == counts


@pytest.mark.parametrize(
    "content", [b"\xff", b'{"event": "look"}', b'{"event": "look", "source": 1, "before": []}', b""]
)
def test_what_lies_beside_a_run_may_be_anything(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "journal.jsonl").write_bytes(content + b"\n")
    (tmp_path / "b" / "journal.jsonl").mkdir(parents=True)
    (tmp_path / "c").write_text("")
    assert looks_before(tmp_path, LOOK) == Odometer()
    assert looks_before(tmp_path / "nowhere", LOOK) == Odometer()


def test_what_intervals_leave_out_is_spent_once_however_many_builds_there_are() -> None:
    left = [Odometer(("",) * count).left_out for count in range(2000)]
    assert left[0] == 0.05
    assert all(one > other for one, other in itertools.pairwise(left))
    assert sum(left[1:]) == pytest.approx(0.05, rel=1e-3)
    assert Odometer().share == 0.95


def test_intervals_widen_by_the_normal_quantiles() -> None:
    assert Odometer().stretch == 1
    assert Odometer(("a", "b")).stretch == pytest.approx(NormalDist().inv_cdf(1 - 0.05 / 12) / 1.959964, rel=1e-6)
    assert Odometer(("",) * (MOST_BUILDS - 1)).stretch < 2


def test_after_too_many_builds_the_rows_say_no_more() -> None:
    last = Odometer(("",) * (MOST_BUILDS - 1))
    assert not last.refusal
    assert "times as wide" in last.sentence
    spent = Odometer(("",) * MOST_BUILDS)
    assert spent.refusal.startswith("20 builds were judged by the same rows")
    assert spent.sentence == spent.refusal
    assert Odometer(("a",)).sentence.startswith("1 other build was judged by these rows before")


def test_the_best_of_many_builds_is_flattered_in_one_table_of_twenty_at_most() -> None:
    """Nothing to find, 20 builds that are judged by the same rows, and the best is kept, at its place in the row."""
    random = np.random.default_rng(0)
    scores = random.normal(size=(20_000, MOST_BUILDS))
    kept = scores.argmax(axis=1)
    limits = np.array([NormalDist().inv_cdf(1 - Odometer(("",) * k).left_out / 2) for k in range(MOST_BUILDS)])
    assert (scores.max(axis=1) > limits[kept]).mean() <= 0.05
    assert (scores.max(axis=1) > limits[0]).mean() > 0.3, "what is promised without counting"


def test_digests_of_cells_follow_their_columns(table_of: Callable[..., Any]) -> None:
    cells = {"x": [1.0, None], "y": ["a", "b"], "day": np.array(["2024-01-01", "NaT"], "datetime64[us]")}
    one = table_of(cells)
    same, other = table_of(cells, name="else"), table_of({**cells, "x": [1.0, 2.0]})
    assert cells_digest(one) == cells_digest(same) != cells_digest(other)
    assert cells_digest(one, "y") == cells_digest(other, "y") != cells_digest(one)
    assert cells_digest(one, "y") != cells_digest(table_of({**cells, "y": ["b", "a"]}), "y")
    assert cells_digest(one, "day") != cells_digest(one, "y")
    renamed = table_of({("z" if name == "y" else name): one for name, one in cells.items()})
    assert cells_digest(renamed, "z") != cells_digest(one, "y")


def test_a_look_is_noted_once(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    for _ in range(2):
        note_look(journal, LOOK, Odometer(("q",)))
    journal.close()
    lines = [json.loads(line) for line in (tmp_path / "journal.jsonl").read_text().splitlines()]
    assert [(one["event"], one["before"]) for one in lines] == [("look", ["q"])]
