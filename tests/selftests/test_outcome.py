from __future__ import annotations

import json
from typing import Any

import pytest

from journeyman.selftests.outcome import On, Outcome, Selftest, State


def outcome(state: State, on: On = "ours", **changed: Any) -> Outcome:
    told: dict[str, Any] = {"name": "two runs", "must_not": "differ", "seen": "they <differ>", "numbers": {"files": 3}}
    return Outcome(**{**told, **changed}, on=on, state=state, seconds=1.234)


@pytest.mark.parametrize(
    ("states", "passed", "sentence"),
    [
        (["passed", "passed"], True, "all 2 passed"),
        (["passed", "not told"], True, "1 of 2 passed, 1 could not be told"),
        (["passed", "failed"], False, "1 of 2 failed"),
        (["failed", "not told"], False, "1 of 2 failed, 1 could not be told"),
    ],
)
def test_what_could_not_be_told_did_not_fail(states: list[State], passed: bool, sentence: str) -> None:
    found = Selftest(tuple(outcome(one) for one in states), 2.0, "our tables")
    assert found.passed is passed
    assert found.sentence == sentence
    assert bool(found.remedy) is not passed


def test_the_remedy_tells_our_fault_from_what_may_lie_in_the_table() -> None:
    ours = Selftest((outcome("failed"), outcome("failed", "yours")), 2.0, "")
    yours = Selftest((outcome("passed"), outcome("failed", "yours")), 2.0, "")
    assert "install journeyman anew" in ours.remedy
    assert "on this table" in yours.remedy
    assert "install" not in yours.remedy


def test_the_repr_is_the_page() -> None:
    found = Selftest((outcome("passed", "yours", name="leak"), outcome("failed")), 61.0, "our tables")
    assert repr(found).splitlines()[:4] == [
        "<Selftest: 1 of 2 failed, 61 s>",
        "  + leak, your table: they <differ> (1 s)",
        "  ! two runs: they <differ> (1 s)",
        "      must not: differ",
    ]
    assert "&lt;differ&gt;" in found._repr_html_()


def test_all_of_it_is_data() -> None:
    data = json.loads(json.dumps(Selftest((outcome("failed"),), 2.04, "our tables", 5).as_data()))
    assert (data["passed"], data["seed"], data["seconds"]) == (False, 5, 2.0)
    assert data["outcomes"] == [
        {
            "name": "two runs",
            "on": "ours",
            "must_not": "differ",
            "seen": "they <differ>",
            "numbers": {"files": 3},
            "state": "failed",
            "seconds": 1.2,
        }
    ]
