from __future__ import annotations

from xml.etree import ElementTree

import pytest

from journeyman.report.charts.calibration import draw, facts

BINS = [
    {"predicted": 0.8, "observed": 0.6, "rows": 100},
    {"predicted": 0.1, "observed": 0.15, "rows": 900},
    {"predicted": 0.5, "observed": 1.0, "rows": 1},
]


def test_bins_are_ordered_and_the_gap_is_of_bins_with_enough_rows() -> None:
    record = facts({"calibration": BINS})
    assert record is not None
    assert [one.predicted for one in record.bins] == [0.1, 0.5, 0.8]
    assert record.gap == pytest.approx(0.2)
    assert record.rows == 1001


@pytest.mark.parametrize(
    "summary", [{}, {"calibration": None}, {"calibration": BINS[:1]}, {"calibration": [{"rows": 0}, {"rows": 3}]}]
)
def test_without_bins_there_is_no_record(summary: dict[str, object]) -> None:
    assert facts(summary) is None


def test_every_bin_is_drawn_inside_the_picture() -> None:
    record = facts({"calibration": BINS})
    assert record is not None
    picture = ElementTree.fromstring(str(draw(record)))  # noqa: S314 - our own text
    _, _, width, height = (float(one) for one in picture.attrib["viewBox"].split())
    discs = picture.findall("circle")
    assert len(discs) == 3
    for one in discs:
        assert 0 < float(one.attrib["cx"]) < width
        assert 0 < float(one.attrib["cy"]) < height


def test_numbers_predicted_are_no_probabilities() -> None:
    assert facts({"calibration": BINS, "task": "regression"}) is None
