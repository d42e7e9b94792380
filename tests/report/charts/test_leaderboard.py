from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from journeyman.report.charts.leaderboard import MOST, draw, draw_axis, facts


def test_floors_ties_and_the_chosen_one_are_marked(made_up: Callable[..., dict[str, Any]]) -> None:
    record = facts(made_up())
    assert record is not None
    assert [one.name for one in record.marks if one.chosen] == ["lightgbm, few leaves"]
    assert sum(one.ties for one in record.marks) == 3
    assert [one.name for one in record.marks if one.floor] == ["linear", "best single rule", "constant"]


def test_many_candidates_are_cut_but_never_the_floors(made_up: Callable[..., dict[str, Any]]) -> None:
    board = [{"name": f"m{place}", "score": place / 10, "low": None, "high": None} for place in range(40)]
    board.append({"name": "constant", "score": 9.0, "floor": True})
    record = facts(made_up(leaderboard=board))
    assert record is not None
    assert len(record.marks) == MOST + 1
    assert record.marks[-1].name == "constant"


def test_a_score_alone_is_no_comparison(made_up: Callable[..., dict[str, Any]]) -> None:
    assert facts(made_up(leaderboard=[{"name": "constant", "score": 1.0}])) is None
    assert facts(made_up(leaderboard=[{"name": "a", "score": None}, {"name": "b", "score": float("nan")}])) is None


def test_ties_stand_together(made_up: Callable[..., dict[str, Any]]) -> None:
    record = facts(made_up())
    assert record is not None
    assert [len(group) for group in record.groups] == [3, 1, 1, 1, 1]
    assert record.best_floor == 0.4655
    assert not record.is_more_better


def test_marks_lie_inside_the_picture_even_where_all_are_equal(made_up: Callable[..., dict[str, Any]]) -> None:
    board = [{"name": "<b>", "score": 2.0, "low": 2.0, "high": 2.0}, {"name": "c" * 80, "score": 2.0}]
    record = facts(made_up(leaderboard=board))
    assert record is not None
    for mark in record.marks:
        picture = ElementTree.fromstring(str(draw(record, mark)))  # noqa: S314 - our own text
        places = [float(one.attrib["cx"].rstrip("%")) for one in picture.findall("circle")]
        assert len(places) == 1
        assert 0 < places[0] < 100
        assert (picture.findtext("title") or "").startswith(mark.name)


def test_one_that_is_far_off_does_not_push_the_others_together(made_up: Callable[..., dict[str, Any]]) -> None:
    board = [{"name": f"m{place}", "score": 1 + place / 100} for place in range(9)] + [{"name": "far", "score": 1e6}]
    record = facts(made_up(leaderboard=board))
    assert record is not None
    assert record.high < 2
    assert "far off" in draw(record, record.marks[-1])
    assert record.across(record.marks[0].score) < record.across(record.marks[8].score) - 0.2


def test_the_axis_has_round_numbers(made_up: Callable[..., dict[str, Any]]) -> None:
    record = facts(made_up())
    assert record is not None
    assert "0.500" in draw_axis(record)
