from __future__ import annotations

from xml.etree import ElementTree

import pytest

from journeyman.report.charts.distribution import draw, facts


def test_words_are_bars_and_the_rest_is_one() -> None:
    record = facts({"name": "x", "rows": 100, "missing": 20, "levels": [["a<", 40], ["b", 20]], "others": 20})
    assert record is not None
    assert [(one.label, one.share) for one in record.bars] == [("a<", 0.5), ("b", 0.25), ("any other", 0.25)]
    picture = ElementTree.fromstring(str(draw(record)))  # noqa: S314 - our own text
    assert [one.findtext("title") for one in picture.findall("rect")] == ["a<: 50 %", "b: 25 %", "any other: 25 %"]


def test_ranges_and_single_values_are_told_apart() -> None:
    base = {"name": "x", "rows": 10, "missing": 0}
    ranges = facts({**base, "edges": [0.0, 5.0, 10.0], "counts": [4, 6]})
    assert ranges is not None
    assert [one.label for one in ranges.bars] == ["0 to 5", "5 to 10"]
    values = facts({**base, "edges": [0.0, 1.0], "counts": [4, 6], "kind": "flag", "true_words": ["yes"]})
    assert values is not None
    assert [one.label for one in values.bars] == ["0", "yes"]
    dates = facts({**base, "edges": [0.0, 864e8, 2 * 864e8], "counts": [4, 6], "kind": "date"})
    assert dates is not None
    assert dates.bars[1].label == "1970-01-02 to 1970-01-03"


@pytest.mark.parametrize(
    "profile",
    [
        {},
        {"rows": 5, "missing": 5},
        {"rows": 5, "missing": 0, "levels": ["a", "b"]},
        {"rows": 5, "missing": 0, "edges": [1.0, 2.0, 3.0, 4.0], "counts": [1, 2]},
    ],
)
def test_without_cells_there_is_no_record(profile: dict[str, object]) -> None:
    assert facts(profile) is None
