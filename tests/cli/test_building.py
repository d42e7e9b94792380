from __future__ import annotations

import json
from typing import Any

import pytest

from journeyman.cli.building import build_and_show, given_options
from journeyman.errors import GateClosed


def test_what_was_not_given_is_left_to_the_brief() -> None:
    options = {"a": None, "b": (), "c": False, "d": {}, "seed": 0, "predict": "y", "e": ("x",)}
    assert given_options(options) == {"seed": 0, "predict": "y", "e": ("x",)}


def test_what_to_do_next_is_said(job: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert build_and_show(["a.csv"], {"predict": "y"}) == 0
    shown = capsys.readouterr().out
    assert "verdict   DEPLOY" in shown
    assert f"journeyman predict '{job.folder}' NEW.csv" in shown
    assert "trying" not in shown


def test_with_json_only_the_summary_is_on_standard_output(job: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert build_and_show(["a.csv"], {}, as_json=True) == 0
    shown = capsys.readouterr()
    assert shown.out == (job.folder / "run.json").read_text("utf-8")
    assert json.loads(shown.out)["name"] == "café"
    assert "verdict" in shown.err


def test_quiet_prints_nothing(job: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert build_and_show(["a.csv"], {}, quiet=True) == 0
    shown = capsys.readouterr()
    assert shown.out + shown.err == ""


@pytest.mark.parametrize("decision", ["pilot", "do_not_deploy"])
def test_a_gate_closes_unless_the_verdict_is_deploy(
    decision: str, job: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build_and_show(["a.csv"], {}, gate=True, quiet=True) == 0
    job.decision = decision
    assert build_and_show(["a.csv"], {}, quiet=True) == 0
    with pytest.raises(GateClosed, match=decision.replace("_", " ")) as closed:
        build_and_show(["a.csv"], {}, gate=True, as_json=True)
    assert closed.value.because == "It takes 95 %. So it is."
    assert json.loads(capsys.readouterr().out)["verdict"]["decision"] == decision


def test_an_interrupted_run_says_so_by_its_code(job: Any) -> None:
    job.exit_code = 130
    assert build_and_show(["a.csv"], {}, quiet=True) == 130
