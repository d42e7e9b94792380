from __future__ import annotations

import ctypes
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import psutil
import pytest

HOLD = "x = b'1' * 60_000_000; import time; time.sleep({})"
SET_FREE = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', {!r}], start_new_session=True); {}"


def watch(code: str, place: Path, limit: float = 20) -> Any:
    return import_module("watched").watched([sys.executable, "-c", code], place, limit)


def test_memory_is_that_of_all_processes_together(tmp_path: Path) -> None:
    alone = watch(HOLD.format(0.8), tmp_path)
    both = watch(SET_FREE.format(HOLD.format(20), HOLD.format(0.8)), tmp_path)
    assert alone.exit == both.exit == 0
    assert 60 < alone.peak_mb < 100 < both.peak_mb < 200


def test_what_was_set_free_ends_with_it(tmp_path: Path) -> None:
    free = "import os, pathlib, time; pathlib.Path('pid').write_text(str(os.getpid())); time.sleep(60)"
    seen = watch(SET_FREE.format(free, "import time; time.sleep(0.5)"), tmp_path)
    assert seen.seconds < 20
    assert not psutil.pid_exists(int((tmp_path / "pid").read_text()))


def test_what_ran_before_goes_on(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as before:
        watch("pass", tmp_path)
        assert before.poll() is None
        before.kill()


def test_the_limit_is_kept_and_told(tmp_path: Path) -> None:
    seen = watch("import time; print('here', flush=True); time.sleep(60)", tmp_path, limit=0.7)
    assert seen.stopped
    assert seen.exit != 0
    assert 0.7 <= seen.seconds < 5
    assert seen.output == "here\n"


def test_a_crash_tells_its_last_words(tmp_path: Path) -> None:
    seen = watch("import sys; raise SystemExit('no more')", tmp_path)
    assert (seen.exit, seen.stopped, seen.errors.strip()) == (1, False, "no more")


def test_work_is_counted_in_seconds_of_the_processor(tmp_path: Path) -> None:
    seen = watch("import time\nwhile time.process_time() < 0.5: pass", tmp_path)
    assert 0.5 <= seen.cpu_seconds < 2


def test_work_of_others_is_told_apart(tmp_path: Path) -> None:
    work = "import time\nwhile time.process_time() < 30: pass"
    with subprocess.Popen([sys.executable, "-c", work]) as other:
        seen = watch("import time; time.sleep(1.5)", tmp_path)
        other.kill()
    # On a machine that is full of other work it gets less than a processor of its own.
    assert seen.elsewhere > 0.2
    assert seen.cpu_seconds < 0.5


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process can adopt orphans")
def test_who_watched_adopts_nobody_afterwards(tmp_path: Path) -> None:
    watch("print(1)", tmp_path)
    adopts = ctypes.c_int(-1)
    ctypes.CDLL(None).prctl(37, ctypes.byref(adopts), 0, 0, 0)
    assert adopts.value == 0
