from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.model import Model
from journeyman.job.run import Run
from journeyman.selftests.bench import Bench
from journeyman.selftests.cases import bundle as case


@pytest.fixture
def spoilt(whole_bench: Bench, tmp_path: Path) -> Bench:
    """A bench with a copy of the run, which a test may spoil."""
    run = whole_bench.run(0)
    shutil.copytree(run.folder, tmp_path / "run")
    bench = Bench(whole_bench.workers, tmp_path)
    bench._runs[0] = Run(tmp_path / "run", run.summary)
    return bench


def test_an_honest_product_deploys_what_was_judged(whole_bench: Bench) -> None:
    seen = case.ours(whole_bench)
    assert seen.is_right, seen.text
    assert seen.numbers["golden_rows"] > 0


def test_a_bundle_that_changed_fails(spoilt: Bench) -> None:
    path = spoilt.run(0).folder / "bundle" / "model.onnx"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    seen = case.ours(spoilt)
    assert seen.is_right is False
    assert "is not loaded" in seen.text


def test_a_claim_that_does_not_come_true_again_fails(spoilt: Bench) -> None:
    path = spoilt.run(0).folder / "run.json"
    told = json.loads(path.read_text())
    told["verdict"]["probability"] = 0.123
    path.write_text(json.dumps(told))
    seen = case.ours(spoilt)
    assert seen.is_right is False
    assert "certificate does not hold" in seen.text


def test_a_model_that_answers_a_row_by_its_neighbours_fails(
    whole_bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = Model.predict

    def predict(self: Model, rows: Any) -> Any:
        found = honest(self, rows)
        if len(found) == 1:
            object.__setattr__(found, "prediction", np.array(["else"], dtype=object))
        return found

    monkeypatch.setattr(Model, "predict", predict)
    seen = case.ours(whole_bench)
    assert seen.is_right is False
    assert "row 1 gets another answer alone" in seen.text
