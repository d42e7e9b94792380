"""TabICL as a teacher, with a stand-in for its library."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from journeyman.errors import SourceError
from journeyman.plan.data import plan_of, to_data
from journeyman.plan.target import Target
from journeyman.table.columns import Columns
from journeyman.teachers.tabicl import CLASSES, NUMBERS, TabICL

COLUMNS = Columns.of(rows=4, numbers=np.array([[0.0], [1.0], [2.0], [np.nan]]), number_names=("a",))
BINARY = Target(task="binary", values=np.array([0.0, 1.0, 1.0, 1.0]), classes=("no", "yes"))


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A library of that name, and a file of weights for classes; gives what the library is told."""
    told: dict[str, Any] = {}

    def made(**options: Any) -> SimpleNamespace:
        told.update(options)
        return SimpleNamespace(
            classes_=np.array([0, 1]),
            fit=lambda rows, wanted: told.update(rows=rows, wanted=wanted),
            predict_proba=lambda rows: np.tile([0.25, 0.75], (len(rows), 1)),
        )

    library = ModuleType("tabicl")
    library.TabICLClassifier = made  # type: ignore[attr-defined]  # a stand-in
    library.__spec__ = SimpleNamespace()  # type: ignore[assignment]  # find_spec asks for one
    monkeypatch.setitem(sys.modules, "tabicl", library)
    weights = tmp_path / "clf.ckpt"
    weights.write_bytes(b"weights")
    monkeypatch.setenv(CLASSES, str(weights))
    monkeypatch.delenv(NUMBERS, raising=False)
    return told


def test_it_is_there_only_where_library_and_weights_are(told: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    assert TabICL.is_there("binary")
    assert not TabICL.is_there("regression")
    monkeypatch.delenv(CLASSES)
    assert not TabICL.is_there("binary")


def test_it_asks_the_library_with_the_named_file_and_never_lets_it_fetch_any(told: dict[str, Any]) -> None:
    teacher = TabICL.made_for("binary", seed=3)
    given = teacher.apply(teacher.fit(COLUMNS, BINARY), COLUMNS.take([0, 1])).numbers
    assert given.tolist() == [[0.75], [0.75]]
    assert (told["allow_auto_download"], told["device"], told["random_state"]) == (False, "cpu", 3)
    assert told["model_path"].endswith("clf.ckpt")
    assert told["wanted"].tolist() == [0, 1, 1, 1]
    assert np.isnan(told["rows"][3, 0])


def test_a_plan_names_no_path_and_asks_no_other_weights(told: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    teacher = TabICL.made_for("binary", seed=0)
    assert "clf.ckpt" not in str(to_data(teacher))
    assert plan_of(to_data(teacher)) == teacher
    other = Path(told.get("file", "")) / "other"
    monkeypatch.setenv(CLASSES, str(other))
    with pytest.raises(SourceError, match="weights of a teacher"):
        teacher.apply(teacher.fit(COLUMNS, BINARY), COLUMNS)


def test_more_rows_take_longer() -> None:
    few, many = (TabICL().seconds(learnt=rows, asked=100, columns=20, outputs=1) for rows in (200, 2000))
    assert 0 < 2 * few < many
