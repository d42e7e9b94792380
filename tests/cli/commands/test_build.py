from __future__ import annotations

from typing import Any

import pytest

from journeyman.cli.commands.build import parse_column
from journeyman.cli.main import main
from journeyman.errors import BriefError


def test_options_reach_the_job_as_they_were_given(job: Any) -> None:
    arguments = ["build", "a.csv", "b.csv", "--predict", "y", "--gain", "act:true=3", "--time", "2m", "--seed", "0"]
    arguments += ["--column", "zip:kind=category", "--ignore", "a,b", "--quiet", "--resume", "--out", "r"]
    assert main(arguments) == 0
    assert job.sources == ("a.csv", "b.csv")
    assert job.options == {
        "predict": "y",
        "gain": "act:true=3",
        "time": "2m",
        "seed": 0,
        "columns": {"zip": {"kind": "category"}},
        "ignore": "a,b",
        "resume": True,
        "out": "r",
    }


def test_money_reaches_the_job(job: Any, capsys: pytest.CaptureFixture[str]) -> None:
    gain = "act:true=amount-12, act:false=-5"
    arguments = [
        "build",
        "a.csv",
        "--gain",
        gain,
        "--capacity",
        "50",
        "--volume",
        "900",
        "--current",
        "today",
        "--quiet",
    ]
    assert main(arguments) == 0
    assert job.options == {"gain": gain, "capacity": "50", "volume": "900", "current": "today"}
    capsys.readouterr()
    assert main(["build", "--help"]) == 0
    told = capsys.readouterr().out
    assert all(option in told for option in ("--capacity N", "--volume N", "--current COLUMN", "act:true=amount-12"))


def test_nothing_given_is_nothing_said(job: Any) -> None:
    assert main(["build", "a.csv", "--quiet"]) == 0
    assert job.options == {}


def test_a_column_may_have_a_colon_in_its_name() -> None:
    assert parse_column("a:b:kind=text, role=ignored") == ("a:b", {"kind": "text", "role": "ignored"})


@pytest.mark.parametrize("text", ["zip", "zip:", ":kind=text", "zip:kind", "zip:kind=", "zip:=text"])
def test_what_is_no_column_is_refused(text: str) -> None:
    with pytest.raises(BriefError, match="cannot be read"):
        parse_column(text)


@pytest.mark.parametrize(
    "extra",
    [
        ["--protect", "x"],
        ["--engine", "ray"],
    ],
)
def test_options_of_later_versions_are_refused_with_a_sentence(
    extra: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "a.csv", "--predict", "y", *extra]) == 2
    assert "not in this version" in capsys.readouterr().err


def test_a_gate_that_closes_is_four(job: Any) -> None:
    job.decision = "pilot"
    assert main(["build", "a.csv", "--gate", "--quiet"]) == 4
