from __future__ import annotations

import re

from journeyman.report.charts.curve_panels import draw
from journeyman.report.charts.curves import Bar, Field, Panel, Record, Step


def record(panel: Panel, *, is_factor: bool = False) -> Record:
    return Record((panel,), is_factor, "adds to the prediction", 0)


def test_a_line_has_a_band_the_rows_behind_it_and_a_disc_for_missing() -> None:
    steps = tuple(
        Step(float(place), place + 1.0, 0.1 * place, 0.1 * place - 1, 0.1 * place + 1, 50) for place in range(8)
    )
    panel = Panel(("<b>",), steps=steps, bars=(Bar("missing", 0.3, 0.1, 0.5, 12),))
    drawn = str(draw(record(panel), panel))
    assert drawn.count("<polyline") == drawn.count("<polygon") == drawn.count("<circle") == 1
    assert 'class="rest"' in drawn
    assert "missing: +0.3 [+0.1, +0.5], 12 rows" in drawn
    assert "<b>" not in drawn


def test_a_long_line_is_told_in_few_fields() -> None:
    steps = tuple(Step(float(place), place + 1.0, float(place), 0.0, 1.0, 1) for place in range(200))
    panel = Panel(("a",), steps=steps)
    drawn = str(draw(record(panel), panel))
    assert drawn.count('fill-opacity="0"') == 40
    assert "5 to 10: +5 to +9, 5 rows" in drawn


def test_a_wild_interval_does_not_flatten_a_line() -> None:
    steps = (Step(0.0, 1.0, -1.0, -1e9, 1e9, 5), Step(1.0, 2.0, 1.0, 0.9, 1.1, 50))
    panel = Panel(("a",), steps=steps)
    path = re.search(r'points="([^"]+)" class="path"', str(draw(record(panel), panel)))
    assert path is not None
    heights = [float(point.split(",")[1]) for point in path[1].split()]
    assert max(heights) - min(heights) > 40


def test_bars_stand_on_nothing_and_say_how_many_rows() -> None:
    panel = Panel(("w",), bars=(Bar("u", 0.7, 0.5, 0.9, 1200), Bar("v<", -0.7, -0.9, -0.5, 3)))
    drawn = str(draw(record(panel, is_factor=True), panel))
    assert drawn.count('class="bar light"') == 2
    assert "1,200 rows" in drawn
    assert "u: ×2.01 [×1.65, ×2.46]" in drawn
    assert "v&lt;" in drawn


def test_fields_that_lower_are_told_from_those_that_raise() -> None:
    fields = (Field(0, 0, 1.0, 5), Field(1, 0, -1.0, 7))
    panel = Panel(("a", "b"), fields=fields, labels=(("≤ 1", "> 1"), ("u",)))
    drawn = str(draw(record(panel), panel))
    assert 'class="field f5"' in drawn
    assert 'class="field less f5"' in drawn
    assert "> 1, u: −1, 7 rows" in drawn.replace("&gt;", ">")


def test_one_place_alone_is_no_line() -> None:
    panel = Panel(("a",), steps=(Step(1.0, 1.0, 0.0, 0.0, 0.0, 5),))
    assert draw(record(panel), panel) == ""
