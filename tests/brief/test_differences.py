from __future__ import annotations

import doctest
from pathlib import Path

from journeyman.brief import differences as room
from journeyman.brief.brief import Brief
from journeyman.brief.differences import differences, differences_to
from journeyman.brief.write import brief_toml


def test_the_examples_hold() -> None:
    assert doctest.testmod(room).failed == 0


def test_only_what_differs_is_told_by_its_option() -> None:
    one = Brief(predict="y", ignore=("a", "b"), memory_bytes=10, gain={"act": {"true": 300.0}})
    other = Brief(predict="y", ignore=("a",), columns={"a": {"kind": "category"}})
    assert differences(one, one) == ()
    assert differences(one, other) == (
        "--gain is not given, and was act:true=300.0",
        "--ignore is a, and was a,b",
        "--column is a:kind=category, and was not given",
        "--memory is not given, and was 10",
    )


def test_a_request_in_a_file_is_compared(tmp_path: Path) -> None:
    path = tmp_path / "brief.toml"
    path.write_text(brief_toml(Brief(predict="y", seconds=10.0), {}))
    assert differences_to(path, Brief(predict="y", seconds=20.0)) == ("--time is 20s, and was 10s",)
    path.write_text("nonsense")
    assert differences_to(path, Brief(predict="y")) == ()
    assert differences_to(tmp_path / "none.toml", Brief(predict="y")) == ()


def test_a_switch_is_given_or_not() -> None:
    assert differences(Brief(predict="y"), Brief(predict="y", keep_cases=True)) == (
        "--keep-cases is given, and was not given",
    )
