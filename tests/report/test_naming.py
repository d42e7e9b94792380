from __future__ import annotations

from journeyman.report.naming import naming


def test_of_two_classes_it_is_said_from_which_chance_on() -> None:
    told = {"label_rule": {"scale": [0.0, 1.0], "shift": [0.0, 0.1234]}, "metric": "f1", "positive": "yes"}
    assert naming(told) == (
        "“yes” is named from a probability of 12.3 % on, where F1 is best if probabilities come true."
        " The probabilities stay as they are."
    )


def test_of_several_it_is_said_that_it_is_not_always_the_likeliest() -> None:
    told = {"label_rule": {"scale": [1.0, 2.0, 3.0], "shift": [0.0, 0.0, 0.0]}, "metric": "balanced_accuracy"}
    assert naming(told).startswith(
        "It is not always the likeliest class that is named, where balanced accuracy is best"
    )


def test_where_the_likeliest_is_named_nothing_is_said() -> None:
    assert naming({"label_rule": None, "metric": "f1"}) == ""
    assert naming({}) == ""
