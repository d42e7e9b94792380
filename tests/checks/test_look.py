from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks import look as door
from journeyman.checks.look import checks, clusters, joined, look, with_remedies
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]

OUTSIDE = """
from journeyman.table.finding import Finding, Remedy

def look(table, brief):
    '''Says how many rows there are.'''
    return Finding(code="rows_counted", severity="info", message=f"{table.rows} rows were counted")
"""

PROGRAM = """
import json
import journeyman as jm
found = jm.audit({"x": list(range(0, 60, 2)), "y": ["no", "yes", "no"] * 10}, predict="y")
print(json.dumps([one.code for one in found.findings]))
"""


def a_check(look: Callable[..., Any], name: str = "made", **more: Any) -> ModuleType:
    module = ModuleType(f"somewhere.checks.{name}")
    module.look = look  # type: ignore[attr-defined]
    for key, value in more.items():
        setattr(module, key, value)
    return module


def test_every_file_on_the_shelf_is_asked() -> None:
    names = {module.__name__.rpartition(".")[2] for module in checks()}
    files = {path.stem for path in Path(door.__file__).parent.glob("[a-z]*.py")}
    # what is no check is what checks are made with
    assert files - names == {"look", "check"}
    assert len(names) >= 6


def test_a_check_that_fails_is_a_finding_and_the_others_go_on(table_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(table: Table, brief: Brief) -> None:
        raise ZeroDivisionError("by nought")

    sees = Finding(code="seen", severity="info", message="something")
    shelf = [
        a_check(fails, "failing"),
        a_check(lambda table, brief: (sees, sees)),
        a_check(lambda table, brief: sees),
        a_check(lambda table, brief: Skip("not for me")),
        a_check(lambda table, brief: None),
    ]
    monkeypatch.setattr(door, "modules", lambda name: tuple(shelf))
    found = look(table_of({"x": [1, 2]}), Brief())
    assert [one.code for one in found] == ["check_failed", "seen", "seen", "seen"]
    assert found[0].severity == "info"
    assert "'failing'" in found[0].message
    assert "by nought" in found[0].message


def test_rows_stay_together_by_any_check_whose_remedy_says_so(table_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    table = table_of({"x": range(6)})
    first = a_check(lambda table, brief: None, "one", clusters=lambda table, brief: np.array([7, 7, 1, 2, 3, 4]))
    second = a_check(lambda table, brief: None, "two", clusters=lambda table, brief: np.array([0, 1, 1, 2, 3, 3]))
    monkeypatch.setattr(door, "modules", lambda name: (first, second))
    one, two = (
        Finding(code=code, severity="info", message="", remedy=Remedy(action="group")) for code in ("one", "two")
    )
    assert clusters(table, Brief(), []) is None
    alone = clusters(table, Brief(), [one])
    both = clusters(table, Brief(), [one, two])
    assert alone is not None
    assert both is not None
    assert alone.tolist() == [4, 4, 0, 1, 2, 3]
    assert len(np.unique(both)) == 3
    assert both[0] == both[1] == both[2]
    assert both[4] == both[5]


def test_a_thorough_check_is_asked_only_by_who_has_the_time(table_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Finding(code="made", severity="info", message="m")
    module = a_check(lambda table, brief: told, THOROUGH=True)
    monkeypatch.setattr(door, "checks", lambda: iter([module]))
    table = table_of({"x": [1, 2]})
    assert look(table, Brief()) == ()
    assert look(table, Brief(), thorough=True) == (told,)


def test_groups_are_joined_through_any_number_of_links() -> None:
    chain = joined(np.array([0, 0, 1, 1, 2, 2]), np.array([9, 1, 1, 2, 2, 3]))
    assert len(np.unique(chain)) == 1
    assert joined(np.array([], np.int64), np.array([], np.int64)).shape == (0,)


def test_a_role_in_the_brief_wins_over_a_remedy(table_of: Make) -> None:
    schema = table_of({"a": [1], "b": [1]}).schema
    findings = [
        Finding(
            code="leak",
            severity="warning",
            message="m",
            columns=("a", "b"),
            remedy=Remedy(action="role", value="ignored"),
        )
    ]
    roles = with_remedies(schema, Brief(columns={"b": {"role": "feature"}}), findings)
    assert [(column.role, column.role_reason) for column in roles] == [("ignored", "m"), ("feature", "")]


def test_all_checks_together_are_quick(table_of: Make) -> None:
    random = np.random.default_rng(0)
    cells: dict[str, Any] = {f"n{place}": random.normal(size=100_000).round(3) for place in range(20)}
    levels = np.array([f"w{place}" for place in range(500)])
    cells |= {f"w{place}": levels[random.integers(0, 500, 100_000)] for place in range(8)}
    cells |= {"d": np.datetime64("2024-01-01") + random.integers(0, 900, 100_000), "y": random.integers(0, 2, 100_000)}
    table = table_of(cells)
    began = time.process_time()
    assert look(table, Brief(predict="y")) == ()
    assert time.process_time() - began < 2


def test_a_check_joins_from_outside_as_one_file(tmp_path: Path) -> None:
    shelf = tmp_path / "neighbours" / "checks"
    shelf.mkdir(parents=True)
    for folder in (shelf.parent, shelf):
        (folder / "__init__.py").write_text("")
    (shelf / "rows_counted.py").write_text(OUTSIDE)
    facts = tmp_path / "neighbours-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: neighbours\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text("[journeyman.shelves]\nneighbours = neighbours\n")
    house = str(Path(door.__file__).parents[2])
    for path, expected in ((str(tmp_path), True), ("", False)):
        surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join([house, path] if path else [house])}
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(PROGRAM)],
            env=surroundings, cwd=tmp_path / "neighbours", capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert ("rows_counted" in json.loads(done.stdout)) == expected
