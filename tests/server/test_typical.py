from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from journeyman.server.deployed import Deployed
from journeyman.server.typical import typical_cells


def test_usual_cells_are_those_of_training(deployed: Callable[..., Deployed]) -> None:
    model = deployed().model
    found = typical_cells(model.manifest)
    assert set(found) == {column.name for column in model.columns}
    assert 45 < found["age"].default < 65
    assert found["age"].is_whole
    assert 18 <= found["age"].low < 25
    assert 85 < found["age"].high <= 90
    assert found["city"].default == "Oslo"
    assert isinstance(found["member"].default, bool)
    assert len(found["since"].default) == 10
    assert not found["since"].has_time
    assert set(found["note"].default.split()) <= {"very", "good", "not", "so", "fine"}
    assert found["note"].default


def test_the_typical_row_is_ordinary(deployed: Callable[..., Deployed]) -> None:
    for task in ("binary", "multiclass", "regression"):
        one = deployed(task)
        row = {name: cell.default for name, cell in typical_cells(one.model.manifest).items()}
        assert one.model.predict_one(row)["status"] == "ok"


def test_a_bundle_without_profiles_gives_middles(deployed: Callable[..., Deployed]) -> None:
    manifest = replace(deployed().model.manifest, novelty=None)
    found = typical_cells(manifest)
    assert found["age"].default == 54
    assert (found["age"].low, found["age"].high) == (18, 90)
    assert found["city"].values == ("Oslo", "Bergen", "Tromsø")
    assert found["since"].default == "1985-11-05"
