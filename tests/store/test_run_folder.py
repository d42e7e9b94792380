from __future__ import annotations

from pathlib import Path

import pytest

from journeyman.errors import InputError, ResourceError
from journeyman.store.run_folder import open_run, run_in, safe_name

KEY = {"brief": "b", "data": "d"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_runs_are_numbered_by_table() -> None:
    with open_run("churn", KEY, out=None, resume=False) as first:
        assert first.folder == Path("runs/churn-1")
    with open_run("churn", KEY, out=None, resume=False) as second:
        assert second.folder == Path("runs/churn-2")


def test_resume_finds_the_newest_unfinished_run_of_the_same_key() -> None:
    with open_run("churn", KEY, out=None, resume=False) as run:
        run.journal.add("done")
    with open_run("churn", {**KEY, "data": "other"}, out=None, resume=False):
        pass
    with open_run("churn", KEY, out=None, resume=False) as unfinished:
        (unfinished.folder / ".half.7.tmp").write_text("left by a killed process")
    with open_run("churn", KEY, out=None, resume=True) as resumed:
        assert resumed.folder == unfinished.folder
        assert not list(resumed.folder.glob(".*.tmp"))
        resumed.journal.add("done")
    with open_run("churn", KEY, out=None, resume=True) as fresh:
        assert fresh.folder == Path("runs/churn-4")


def test_two_runs_never_mix() -> None:
    with (
        open_run("t", KEY, out="mine", resume=False),
        pytest.raises(ResourceError, match="in use"),
        open_run("t", KEY, out="mine", resume=True),
    ):
        pass
    with pytest.raises(InputError, match="not empty"), open_run("t", KEY, out="mine", resume=False):
        pass
    other = {"brief": "x", "data": "d"}
    with (
        pytest.raises(InputError, match="mine holds a run with another request, because --time differs"),
        open_run("t", other, out="mine", resume=True, differs=lambda folder: ["--time differs"]),
    ):
        pass
    with (
        pytest.raises(InputError, match="another request and other data, because resuming"),
        open_run("t", {"brief": "x", "data": "e"}, out="mine", resume=True),
    ):
        pass


def test_a_run_that_came_to_its_end_is_known_to_be_done() -> None:
    with open_run("t", KEY, out="mine", resume=False) as run:
        assert not run.is_done
        run.journal.add("fit", key="k", fold=0)
        assert run.fits == 1
        run.journal.add("done")
    with open_run("t", KEY, out="mine", resume=True) as again:
        assert again.is_done


@pytest.mark.parametrize("name", ["../../etc", "a/b", "", "...", "ü" * 80, "x\x00y"])
def test_no_name_leaves_the_folder(name: str) -> None:
    safe = safe_name(name)
    assert "/" not in safe
    assert "\x00" not in safe
    assert 0 < len(safe.encode()) <= 60
    assert not safe.startswith(".")


def test_an_automation_holds_the_run_of_its_model(tmp_path: Path) -> None:
    assert run_in(tmp_path) == tmp_path
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "run.json").write_text("{}")
    assert run_in(tmp_path) == tmp_path / "model"
    (tmp_path / "run.json").write_text("{}")
    assert run_in(tmp_path) == tmp_path
