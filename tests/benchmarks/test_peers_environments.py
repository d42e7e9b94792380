from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest


def seen(errors: str, code: int = 1) -> object:
    return import_module("watched").Watched(code, False, 1.0, 1.0, 0.0, 1.0, "", errors)


def test_each_system_has_an_environment_and_ours_is_this_one() -> None:
    python_of = import_module("peers_environments").python_of
    assert python_of("journeyman") == sys.executable
    assert python_of("autogluon:best_quality").endswith(".venv-peers/autogluon/bin/python")
    assert python_of("lightgbm") == python_of("catboost")


def test_what_would_steer_a_system_is_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OMP_NUM_THREADS", "POLARS_MAX_THREADS", "PYTHONPATH"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("PATH", "/bin")
    found = import_module("peers_environments").environment()
    assert not {"OMP_NUM_THREADS", "POLARS_MAX_THREADS", "PYTHONPATH"} & found.keys()
    assert found["PATH"] == "/bin"


@pytest.mark.parametrize(
    ("errors", "told"),
    [
        ("Traceback\nValueError: no rows in /a/b/c.csv\n\n", "ValueError: no rows in .../c.csv"),
        ("cannot read /made/here/train.parquet", "cannot read FOLDER/train.parquet"),
        ("of 3/4 rows at 1.5/s", "of 3/4 rows at 1.5/s"),
        ("", "exit 1"),
    ],
)
def test_a_reason_is_the_last_line_without_places(errors: str, told: str) -> None:
    assert import_module("peers_environments").failure(seen(errors), Path("/made/here")) == told
