from __future__ import annotations

import tomllib
from pathlib import Path

from journeyman.brief.brief import Brief
from journeyman.brief.read import make_brief, read_brief
from journeyman.brief.write import brief_toml

#: An expression over a column of that name, in its one spelling.
AMOUNT = '`a"b\\c\n[gain]\r\x00` * 2 - x'
HOSTILE = 'a"b\\c\n[gain]\r\x00\x7f\u2028 = é'


def test_what_is_written_is_read_back_equal(tmp_path: Path) -> None:
    full = Brief(
        predict=HOSTILE, task="binary", metric="roc_auc", positive="yes",
        gain={HOSTILE: {"true": 0.1, "x.y": -20.0, "z": AMOUNT}},
        capacity=2.5, volume=300.0, current="now",
        entity="who", when="day", ignore=("b", "c d"), columns={HOSTILE + "2": {"kind": "category", "unit": HOSTILE}},
        weight="w", seconds=2.5, memory_bytes=10**9, seed=7,
    )  # fmt: skip
    for brief in (full, Brief(predict="y", trials=3), Brief(predict="y")):
        file = tmp_path / "brief.toml"
        file.write_text(brief_toml(brief, {"task": "found", "folds": "5"}))
        assert read_brief(file) == brief


def test_every_assumption_is_a_comment_and_stays_one() -> None:
    text = brief_toml(
        make_brief(predict="y"), {"task": "two classes", "folds": 'evil\nseed = 666\r\u2028[gain.x]\n"a"=1'}
    )
    assert "# task: two classes" in text
    assert "evil seed = 666" in text
    assert tomllib.loads(text) == {"predict": "y", "seed": 0}


def test_the_volume_that_is_assumed_is_said() -> None:
    brief = make_brief(predict="y", gain="act:true=3", capacity=50)
    text = brief_toml(brief, {})
    assert "# volume: 1,000 cases a period are assumed, of which 50 can be acted on\n" in text
    assert make_brief(**tomllib.loads(text)) == brief
    said = brief_toml(make_brief(predict="y", gain="act:true=3", capacity=50, volume=70), {})
    assert "assumed," not in said
    assert "volume = 70.0" in said


def test_a_switch_is_written_where_it_is_given(tmp_path: Path) -> None:
    assert "keep_cases" not in brief_toml(Brief(predict="y"), {})
    given = Brief(predict="y", keep_cases=True)
    (tmp_path / "brief.toml").write_text(brief_toml(given, {}))
    assert read_brief(tmp_path / "brief.toml") == given
