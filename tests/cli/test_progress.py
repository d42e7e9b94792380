from __future__ import annotations

import io
import sys
import time

import pytest

from journeyman.cli.progress import Progress, progress_for


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_facts_are_lines_with_the_time() -> None:
    stream = io.StringIO()
    progress = Progress(stream, started=time.monotonic() - 61.5)
    progress("read", "churn.csv: 7,043 rows", True)
    progress.add("next", "journeyman predict")
    assert stream.getvalue() == " 1:01  read      churn.csv: 7,043 rows\n       next      journeyman predict\n"


def test_a_pipe_gets_only_facts() -> None:
    stream = io.StringIO()
    progress = Progress(stream)
    progress("search", "trying", False)
    progress.close()
    assert stream.getvalue() == ""


def test_a_terminal_sees_what_goes_on_until_a_fact_takes_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    progress = Progress(stream, started=time.monotonic())
    progress("search", "x" * 100, False)
    assert len(stream.getvalue()) == 39
    progress("search", "2 candidates", True)
    assert "\r\x1b[K 0:0" in stream.getvalue()
    assert stream.getvalue().endswith("2 candidates\n")
    length = len(stream.getvalue())
    progress.close()
    assert len(stream.getvalue()) == length


def test_a_dumb_terminal_is_treated_as_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    stream = Terminal()
    Progress(stream)("search", "trying", False)
    assert stream.getvalue() == ""


def test_text_from_data_cannot_steer_the_terminal() -> None:
    stream = io.StringIO()
    Progress(stream)("read", "a\x1b[2Jb\nc", True)
    assert "\x1b" not in stream.getvalue()
    assert stream.getvalue().count("\n") == 1


def test_a_stream_that_is_gone_does_not_stop_the_job() -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    progress = Progress(Gone())
    progress("read", "a", True)
    progress("read", "b", True)
    progress.close()


def test_a_terminal_of_few_letters_gets_what_it_can_show() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    Progress(stream)("search", "5 → 4", True)
    stream.seek(0)
    assert stream.read().endswith("5 ? 4\n")


def test_where_lines_go(capsys: pytest.CaptureFixture[str]) -> None:
    progress_for(as_json=True, quiet=False)("read", "a", True)
    progress_for(as_json=False, quiet=False)("read", "b", True)
    progress_for(as_json=False, quiet=True)("read", "c", True)
    shown = capsys.readouterr()
    assert shown.err.endswith("a\n")
    assert shown.out.endswith("b\n")
    assert "c" not in shown.out
    assert sys.stdout is not None
