from __future__ import annotations

from journeyman.learners.directions import directions_of, held_to


def test_names_become_places_with_signs() -> None:
    assert directions_of(["a", "b", "c"], ["c", "gone"], ["a"]) == {0: -1, 2: 1}


def test_settings_are_as_they_were_without_directions() -> None:
    settings = {"objective": "regression_l1", "num_leaves": 3}
    assert held_to({}, 3, settings) == settings


def test_a_loss_that_keeps_no_direction_gives_way() -> None:
    held = held_to({1: -1}, 3, {"objective": "regression_l1"})
    assert held == {"objective": "regression", "monotone_constraints": [0, -1, 0]}
    assert held_to({1: -1}, 2, {"objective": "poisson"})["objective"] == "poisson"
