from __future__ import annotations

import json
from pathlib import Path

import pytest

from journeyman.errors import InputError
from journeyman.store.champion import POINTER, champion_of, point, require_run, serving, sibling


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    for name in ("churn-1", "churn-2", "churn-3"):
        (tmp_path / "runs" / name / "bundle").mkdir(parents=True)
    (tmp_path / "elsewhere" / "bundle").mkdir(parents=True)
    return tmp_path / "runs"


def test_a_run_serves_itself_until_another_is_named(runs: Path) -> None:
    first = runs / "churn-1"
    assert champion_of(first).is_itself
    assert champion_of(first).sentence == ""
    champion = point(first, "churn-2", by="promote", because="better")
    assert champion == champion_of(first)
    assert serving(first) == runs / "churn-2"
    assert "churn-2" in champion.sentence
    point(first, "churn-1", by="rollback", because="worse")
    assert champion_of(first).is_itself
    assert [one["to"] for one in champion_of(first).history] == ["churn-2", "churn-1"]


def test_a_pointer_is_followed_once(runs: Path) -> None:
    point(runs / "churn-1", "churn-2", by="promote", because="")
    point(runs / "churn-2", "churn-1", by="promote", because="")
    assert serving(runs / "churn-1") == runs / "churn-2"
    assert serving(runs / "churn-2") == runs / "churn-1"


@pytest.mark.parametrize(
    "name",
    ["../elsewhere", "..", ".", "", "a/b", "a\\b", "/etc", "churn-2\n", "\0", ".hidden", "missing", "x" * 300],
)
def test_what_is_no_name_of_a_run_beside_is_refused(runs: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"names no run beside|there is no run"):
        sibling(runs / "churn-1", name)
    pointer = {
        "format": 1,
        "serves": name,
        "history": [{"at": 1, "from": "churn-1", "to": name, "by": "", "because": ""}],
    }
    (runs / "churn-1" / POINTER).write_text(json.dumps(pointer))
    with pytest.raises(InputError):
        serving(runs / "churn-1")


def test_where_there_is_no_run_others_are_offered_and_nothing_is_made(runs: Path) -> None:
    assert require_run(runs / "churn-1") == runs / "churn-1"
    with pytest.raises(InputError, match="did you mean 'churn-1'"):
        require_run(runs / "chrn-1")
    assert not (runs / "chrn-1").exists()


def test_links_are_not_followed(runs: Path) -> None:
    (runs / "link").symlink_to(runs.parent / "elsewhere")
    with pytest.raises(InputError, match="it is a link"):
        sibling(runs / "churn-1", "link")
    (runs / "churn-3" / "bundle").rmdir()
    (runs / "churn-3" / "bundle").symlink_to(runs.parent / "elsewhere" / "bundle")
    with pytest.raises(InputError, match="there is no run"):
        sibling(runs / "churn-1", "churn-3")
    (runs / "churn-2" / POINTER).symlink_to(runs / "churn-1" / POINTER)
    with pytest.raises(InputError, match="is refused"):
        champion_of(runs / "churn-2")


GOOD = {"at": 1, "from": "churn-1", "to": "churn-2", "by": "promote", "because": ""}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"format": 2}',
        json.dumps({"format": 1, "serves": "churn-2", "history": []}),
        json.dumps({"format": 1, "serves": "churn-3", "history": [GOOD]}),
        json.dumps({"format": 1, "serves": "churn-2", "history": [GOOD], "run": "now"}),
        json.dumps({"format": 1, "serves": "churn-2", "history": [{**GOOD, "at": "x"}]}),
        json.dumps({"format": 1, "serves": "churn-2", "history": [{**GOOD, "by": 3}]}),
        json.dumps({"format": 1, "serves": ["churn-2"], "history": [GOOD]}),
        "[" * 100_000,
    ],
)
def test_a_damaged_pointer_is_refused(runs: Path, content: str) -> None:
    (runs / "churn-1" / POINTER).write_text(content)
    with pytest.raises(InputError, match="is refused"):
        champion_of(runs / "churn-1")
