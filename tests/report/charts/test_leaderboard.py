from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from journeyman.report.charts.leaderboard import MOST, draw, facts


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


def test_marks_lie_inside_the_picture_even_where_all_are_equal(made_up: Callable[..., dict[str, Any]]) -> None:
    board = [{"name": "<b>", "score": 2.0, "low": 2.0, "high": 2.0}, {"name": "c" * 80, "score": 2.0}]
    record = facts(made_up(leaderboard=board))
    assert record is not None
    picture = ElementTree.fromstring(str(draw(record)))  # noqa: S314 - our own text
    width = float(picture.attrib["viewBox"].split()[2])
    assert all(0 < float(one.attrib["cx"]) < width for one in picture.findall("circle"))
    assert "<b>" in [one.text for one in picture.findall("text")]
