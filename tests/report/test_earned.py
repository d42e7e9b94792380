from __future__ import annotations

from journeyman.report.earned import parts_earned

TOLD = {
    "metric": "rmse",
    "parts": [
        {"name": "a", "candidates": 2, "seconds": 3.5, "gain": {"value": 0.2, "low": 0.1, "high": 0.3}},
        {"name": "b", "candidates": 1, "seconds": 0.5, "gain": {"value": 0.0, "low": -0.1, "high": 0.1}},
    ],
    "tenfold": {"value": 0.012, "low": 0.0, "high": 0.05},
}


def test_what_is_beyond_noise_is_marked_and_the_tenfold_said_with_its_bound() -> None:
    told = parts_earned({"earned": TOLD})
    assert told is not None
    assert [(line[0], line[1], line[4]) for line in told.lines] == [
        ("a", "2 candidates", True),
        ("b", "1 candidate", False),
    ]
    assert told.tenfold == "Ten times the time would likely bring 0.012, and at most 0.050 of RMSE."


def test_what_there_was_no_time_for_is_said() -> None:
    told = parts_earned({"earned": {**TOLD, "unjudged": 3}})
    assert told is not None
    assert told.unjudged == "There was no time to see what 3 more parts earned."


def test_nothing_is_said_of_what_nothing_is_known_of() -> None:
    assert parts_earned({}) is None
    told = parts_earned({"earned": {**TOLD, "tenfold": None}})
    assert told is not None
    assert told.tenfold == ""
    nothing = parts_earned({"earned": {**TOLD, "tenfold": {"value": 0.0, "low": 0.0, "high": 0.0}}})
    assert nothing is not None
    assert "nothing more" in nothing.tenfold
