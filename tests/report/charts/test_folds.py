from __future__ import annotations

from itertools import groupby
from xml.etree import ElementTree

import pytest

from journeyman.report.charts.folds import CELLS, draw, facts


def told(kind: str, count: int = 5) -> dict[str, object]:
    return {"folds": {"kind": kind, "training": [80] * count, "scored": [20] * count}}


@pytest.mark.parametrize("kind", ["stratified", "random", "entity"])
def test_every_cell_judges_once(kind: str) -> None:
    record = facts(told(kind))
    assert record is not None
    for at in range(CELLS):
        assert [one.cells[at] for one in record.rounds].count("judges") == 1


def test_the_future_is_never_learnt_from() -> None:
    record = facts(told("forward"))
    assert record is not None
    for one in record.rounds:
        assert [kind for kind, _ in groupby(one.cells)] in (
            ["learns", "judges", "waits"],
            ["learns", "judges"],
        )


def test_whole_entities_judge_together() -> None:
    record = facts(told("entity"))
    assert record is not None
    for one in record.rounds:
        assert all(len(set(one.cells[at : at + 4])) == 1 for at in range(0, CELLS, 4))


def test_a_round_is_drawn_with_its_numbers() -> None:
    record = facts(told("random"))
    assert record is not None
    picture = ElementTree.fromstring(str(draw(record, 0)))  # noqa: S314 - our own text
    assert len(picture.findall("rect")) == CELLS
    assert picture.findtext("title") == "round 1: 80 rows to learn from, 20 to judge by"


def test_without_sizes_there_is_no_record() -> None:
    assert facts({}) is None
    assert facts({"folds": {"training": [1], "scored": []}}) is None
    assert facts(told("random", 100)) is None
