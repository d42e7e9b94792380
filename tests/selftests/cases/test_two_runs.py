from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from journeyman.job.run import Run
from journeyman.selftests.bench import Bench
from journeyman.selftests.cases import two_runs as case
from journeyman.store.digest import canonical


@pytest.fixture
def other(whole_bench: Bench, tmp_path: Path) -> Bench:
    """A bench whose second run is a copy of the first, which a test may change."""
    run = whole_bench.run(0)
    shutil.copytree(run.folder, tmp_path / "run")
    bench = Bench(whole_bench.workers, tmp_path)
    bench._runs.update({0: run, 1: Run(tmp_path / "run", run.summary)})
    return bench


def test_an_honest_product_does_the_same_twice(whole_bench: Bench) -> None:
    seen = case.ours(whole_bench)
    assert seen.is_right, seen.text
    assert whole_bench.run(0).folder != whole_bench.run(1).folder


def test_another_model_fails(other: Bench) -> None:
    path = other.run(1).folder / "bundle" / "model.onnx"
    path.write_bytes(path.read_bytes() + b"\n")
    seen = case.ours(other)
    assert seen.is_right is False
    assert "model.onnx is another" in seen.text


def test_another_figure_fails_and_is_named(other: Bench) -> None:
    path = other.run(1).folder / "certificate.json"
    told = json.loads(path.read_text())
    told["claims"]["verdict"]["probability"] = 0.5
    path.write_bytes(canonical(told) + b"\n")
    seen = case.ours(other)
    assert seen.is_right is False
    assert "probability" in seen.text
