from __future__ import annotations

import contextlib
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

import journeyman as jm
from journeyman.errors import BriefError, InputError, InternalError, ResourceError
from journeyman.selftests import selftest as room
from journeyman.selftests.outcome import Outcome, Seen
from journeyman.selftests.selftest import cases, selftest
from journeyman.simulation.world import World
from journeyman.trials.interruption import Interrupted

WORLD = World(rows=60)


def case(name: str, ours: Callable[..., Seen] | None = None, yours: Callable[..., Seen] | None = None) -> ModuleType:
    made = ModuleType(f"selftests.cases.{name}")
    given = {"MUST_NOT": f"break {name}", "ours": ours, "yours": yours}
    vars(made).update({key: value for key, value in given.items() if value is not None})
    return made


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> list[ModuleType]:
    """Cases of a test's own, and no workers."""
    found: list[ModuleType] = []
    monkeypatch.setattr(room, "cases", lambda: found)
    monkeypatch.setattr(room, "workers", lambda: contextlib.nullcontext(None))
    return found


def right(*given: Any) -> Seen:
    return Seen(True, "all is well")


def test_the_shelf_is_walked() -> None:
    found = {one.__name__.rpartition(".")[2]: one for one in cases()}
    assert {"bayes_risk", "bundle", "duplicated_rows", "planted_leak", "shuffled_target", "two_runs"} <= found.keys()
    assert {name for name, one in found.items() if hasattr(one, "yours")} == {
        "duplicated_rows",
        "planted_leak",
        "shuffled_target",
    }
    assert jm.selftest is selftest


def test_without_a_table_only_ours_are_tried(shelf: list[ModuleType]) -> None:
    shelf += [case("two_runs", right), case("leak", right, right)]
    said: list[Any] = []
    found = selftest(progress=said.append)
    assert [(one.name, one.on, one.state) for one in found.outcomes] == [
        ("two runs", "ours", "passed"),
        ("leak", "ours", "passed"),
    ]
    assert [one for one in said if isinstance(one, Outcome)] == list(found.outcomes)
    assert found.passed
    assert found.seconds >= 0


def test_with_a_table_its_rows_are_tried_too(shelf: list[ModuleType]) -> None:
    shelf.append(case("leak", right, lambda bench, subject: Seen(None, f"{subject.table.rows} rows")))
    found = selftest(WORLD.columns, f" {WORLD.target}", seed=3)
    assert [(one.on, one.state, one.seen) for one in found.outcomes][1:] == [("yours", "not told", "60 rows")]
    assert "60 of the 60 rows" in found.about
    assert found.seed == 3


@pytest.mark.parametrize(
    ("raised", "ours", "yours"),
    [
        (InternalError("the bundle was not written"), "failed", "failed"),
        (ValueError("a bug"), "failed", "failed"),
        (InputError("no column is left", remedy="x"), "failed", "not told"),
    ],
)
def test_what_breaks_has_failed_and_the_others_are_tried(
    shelf: list[ModuleType], raised: Exception, ours: str, yours: str
) -> None:
    def breaks(*given: Any) -> Seen:
        raise raised

    shelf += [case("broken", breaks, breaks), case("whole", right)]
    found = selftest(WORLD.columns, WORLD.target)
    assert [one.state for one in found.outcomes] == [ours, "passed", yours]
    assert str(raised) in found.outcomes[0].seen


def test_surroundings_and_interruptions_end_it(shelf: list[ModuleType]) -> None:
    def breaks(*given: Any) -> Seen:
        raise raised

    raised: Exception = ResourceError("the disk is full", remedy="x")
    shelf.append(case("broken", breaks))
    with pytest.raises(ResourceError):
        selftest()
    raised = Interrupted(130)
    with pytest.raises(KeyboardInterrupt):
        selftest()


@pytest.mark.parametrize("given", [{"source": WORLD.columns}, {"predict": "y"}])
def test_a_table_and_its_target_belong_together(shelf: list[ModuleType], given: dict[str, Any]) -> None:
    with pytest.raises(BriefError, match="--predict COLUMN"):
        selftest(**given)


def test_a_table_that_cannot_be_used_is_told_at_once(shelf: list[ModuleType]) -> None:
    shelf.append(case("never", lambda bench: pytest.fail("it was tried")))
    with pytest.raises(InputError, match="no column 'no'"):
        selftest(WORLD.columns, "no")
    with pytest.raises(BriefError, match="too few"):
        selftest({"x": [1, 2, 3], "y": [1, 2, 3]}, "y")
