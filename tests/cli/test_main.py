from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from polars.exceptions import PanicException

import journeyman
from journeyman.cli.main import main
from journeyman.errors import BriefError, GateClosed, InternalError, ResourceError


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for name in ("audit", "build", "demo", "predict", "report"):
        assert re.search(rf"^  {name} ", shown, re.M)
    assert "..." not in shown.split("Commands:")[1]
    assert main(["--version"]) == 0
    assert journeyman.__version__ in capsys.readouterr().out
    assert main([]) == 0
    assert "Start with: journeyman demo" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["buidl"], "did you mean 'build'?"),
        (["build"], "journeyman build --help"),
        (["build", "a.csv", "--trials", "many"], "journeyman build --help"),
        (["build", "a.csv", "--nonsense"], "journeyman build --help"),
        (["build", "a.csv", "--gian", "x"], "did you mean --gain? journeyman build --help lists them"),
        (["build", "a.csv", "--intrepretable"], "did you mean --interpretable? journeyman build --help lists them"),
        (["xyz"], "there are: 'audit', 'automate', "),
        (["--nonsense"], "journeyman --help"),
    ],
)
def test_a_wrong_request_is_two_with_three_parts(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("error: ")
    assert f"try: {told}" in shown.err


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (BriefError("a", because="b", remedy="c"), 2),
        (ResourceError("a", because="b", remedy="c"), 3),
        (GateClosed("a", because="b", remedy="c"), 4),
        (OSError(28, "No space left on device", "x.npy"), 3),
        (MemoryError(), 3),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_error_has_its_exit_code(
    raised: BaseException, code: int, job: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    job.raising = raised
    assert main(["build", "a.csv"]) == code
    assert "Traceback" not in capsys.readouterr().err


def test_the_three_parts_stand_on_a_line_each(job: Any, capsys: pytest.CaptureFixture[str]) -> None:
    job.raising = BriefError(
        "there is no\ncolumn '\x1b[31m'", because="it has others", remedy="look", code="column_missing"
    )
    assert main(["build", "a.csv", "--json"]) == 2
    shown = capsys.readouterr()
    assert shown.err.splitlines() == [
        "error: there is no column '\\x1b[31m'",
        "because: it has others",
        "try: look",
    ]
    document = json.loads(shown.out)
    assert document["status"] == "failed"
    assert document["code"] == "column_missing"


@pytest.mark.parametrize(
    "raised", [ZeroDivisionError("1/0"), InternalError("the graph disagrees", because="0.1 apart")]
)
def test_our_own_fault_leaves_a_report_and_no_traceback(
    raised: Exception, job: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    job.raising = raised
    assert main(["build", "a.csv"]) == 70
    shown = capsys.readouterr().err
    assert "Traceback" not in shown
    path = Path(shown.rstrip().rpartition("the report ")[2])
    assert path.parent == tmp_path
    assert type(raised).__name__ in path.read_text("utf-8")
    assert "Traceback" in path.read_text("utf-8")


def test_a_panic_of_polars_is_a_fault_too(job: Any, capsys: pytest.CaptureFixture[str]) -> None:
    job.raising = PanicException("invalid or out-of-range datetime")
    assert main(["build", "x.csv", "--predict", "y"]) == 70
    assert "out-of-range datetime" in capsys.readouterr().err


def test_a_job_that_ends_with_nothing_to_keep_gives_its_own_code(job: Any, capsys: pytest.CaptureFixture[str]) -> None:
    class Ended(Exception):
        exit_code = 143

    job.raising = Ended()
    assert main(["build", "a.csv"]) == 143
    assert capsys.readouterr().err == "interrupted\n"


def _program(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "journeyman", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def test_as_a_program() -> None:
    with _program("--version") as program:
        out, err = program.communicate(timeout=30)
        assert (program.returncode, err) == (0, "")
        assert out.startswith("journeyman, version")


def test_terminated_is_143(tmp_path: Path) -> None:
    script = (
        "import sys, time, types; job = types.ModuleType('journeyman.job.build')\n"
        "def build(*a, progress, **o): progress('search', 'ready', True); time.sleep(30)\n"
        "job.build = build; sys.modules['journeyman.job.build'] = job\n"
        "from journeyman.cli.main import main; sys.exit(main(['build', 'a.csv']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as one:
        assert one.stdout is not None
        assert "ready" in one.stdout.readline()
        one.send_signal(signal.SIGTERM)
        _, err = one.communicate(timeout=30)
        assert one.returncode == 143
        assert "Traceback" not in err


def test_a_reader_that_leaves_is_no_failure() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "journeyman", "--help"], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)
    assert done.returncode == 0
    assert done.stderr == ""
