from __future__ import annotations

from journeyman.report.naming import naming


def test_of_two_classes_it_is_said_from_which_chance_on() -> None:
    told = {"label_rule": {"scale": [0.0, 1.0], "shift": [0.0, 0.1234]}, "metric": "f1", "positive": "yes"}
    assert naming(told) == (
        "It was to do best by F1: so “yes” is named from a probability of 12.3 % on."
        " More rows may be named wrongly by that, and rare classes are found."
    )


def test_of_several_it_is_said_that_it_is_not_always_the_likeliest() -> None:
    told = {"label_rule": {"scale": [1.0, 2.0, 3.0], "shift": [0.0, 0.0, 0.0]}, "metric": "balanced_accuracy"}
    wanted = "It was to do best by balanced accuracy: so it is not always the likeliest class that is named."
    assert naming(told).startswith(wanted)


def test_where_the_likeliest_is_named_nothing_is_said() -> None:
    assert naming({"label_rule": None, "metric": "f1"}) == ""
    assert naming({}) == ""
