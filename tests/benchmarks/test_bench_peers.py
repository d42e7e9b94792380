from __future__ import annotations

import importlib.util
import json
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest


def bench(monkeypatch: pytest.MonkeyPatch, place: Path, *given: str) -> list[dict[str, Any]]:
    out = place / "out.jsonl"
    ours = ["--out", str(out), "--answers", str(place / "answers"), "--time", "4s"]
    monkeypatch.setattr(sys, "argv", ["bench_peers.py", *ours, *given])
    import_module("bench_peers").main()
    return [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []


def test_a_peer_is_fitted_and_judged_in_processes_of_its_own(
    tasks: Path, tmp_path: Path, shares: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("--tasks", str(tasks), "--only", "words", "--systems", "shares:plain,nobody", "--python", shares)
    rows = bench(monkeypatch, tmp_path, *given)
    assert [(row["task"], row["system"], row["time"], row["status"]) for row in rows] == [
        ("words", "shares:plain", "4s", "done")
    ]
    row = rows[0]
    assert row["score"] == pytest.approx(row["trivial"])
    assert row["fit_seconds"] < row["wall"]
    assert min(row["peak_mb"], row["bytes"], row["predict_wall"]) > 0
    assert row.keys() >= {"cpu_seconds", "elsewhere", "load_before", "predict_seconds", "row_ms", "changed", "code"}
    assert (row["model"], row["settings"]) == ("shares", "plain")
    assert row["version"]
    assert "nobody does not take part: it has no environment here" in capsys.readouterr().out
    # What has its row is not run again.
    assert bench(monkeypatch, tmp_path, *given) == rows


def test_a_crash_is_a_row_with_its_reason(tasks: Path, tmp_path: Path) -> None:
    measured, read_task = import_module("peers_measured"), import_module("peers_tasks").read_task
    row, answers = measured.measure(read_task(tasks / "words"), measured.Request("no_such_peer", sys.executable, 4.0))
    assert answers is None
    assert row["status"] == "failed"
    assert "no_such_peer.py" in row["reason"]
    assert str(tmp_path) not in row["reason"]


def test_a_fit_beyond_its_limit_is_stopped_and_says_so(
    tasks: Path, tmp_path: Path, benchmarks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured, read_task = import_module("peers_measured"), import_module("peers_tasks").read_task
    assert measured.Request("flaml", "", 60.0).limit == 600
    (tmp_path / "peers").mkdir()
    (tmp_path / "peers" / "run.py").write_text("import time; time.sleep(60)")
    monkeypatch.setattr(import_module("peers_environments"), "HERE", tmp_path)
    monkeypatch.setattr(measured.Request, "limit", 0.5)
    row, answers = measured.measure(read_task(tasks / "words"), measured.Request("slow", sys.executable, 4.0))
    assert (row["status"], answers) == ("stopped", None)
    assert 0.5 <= row["wall"] < 10


def test_the_mean_and_the_pairs_come_from_kept_answers(tasks: Path, tmp_path: Path) -> None:
    kept = import_module("peers_answers")
    task = import_module("peers_tasks").read_task(tasks / "values")
    answers = kept.Answers(tmp_path / "answers")
    rows: list[dict[str, Any]] = []
    costs = dict.fromkeys(
        ("wall", "fit_seconds", "cpu_seconds", "bytes", "predict_seconds", "row_ms", "load_before"), 2
    )
    for system, factor in (("lightgbm", 0.5), ("catboost", 1.5), ("journeyman", 1.1)):
        time = "4s" if system == "journeyman" else ""
        rows.append({"task": "values", "system": system, "time": time, "status": "done", "peak_mb": factor, **costs})
        answers.keep("values", system, time, factor * task.truth[:, None])
    row, mean = kept.mean_of_defaults(task, rows, answers)
    assert row["score"] == pytest.approx(0, abs=1e-12)
    assert (row["wall"], row["peak_mb"]) == (4, 1.5)
    found = kept.paired(task, rows[-1], answers.of(task, "journeyman", "4s"), rows, answers, ["4s"])["ours_over"]
    assert found["4s"].keys() == {"lightgbm", "catboost"}
    assert found["4s"]["lightgbm"]["high"] < 1
    backwards = kept.paired(task, {"system": "mean", "time": ""}, mean, rows, answers, ["4s", "9s"])["ours_over"]
    assert backwards.keys() == {"4s"}
    assert backwards["4s"]["mean"]["low"] > 1


def test_intervals_are_made_anew_from_kept_answers(
    tasks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = import_module("peers_answers").Answers(tmp_path / "answers")
    task = import_module("peers_tasks").read_task(tasks / "values")
    rows: list[dict[str, Any]] = []
    for system, time, factor in (("journeyman", "4s", 1.1), ("catboost", "", 1.5), ("lightgbm", "", 0.5)):
        answers.keep("values", system, time, factor * task.truth[:, None])
        score = task.metric.score(task.truth, factor * task.truth[:, None])
        rows.append({"task": "values", "system": system, "time": time, "score": score})
    # Its answers are of another run.
    rows[-1]["score"] += 1
    (tmp_path / "out.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = bench(monkeypatch, tmp_path, "--pairs", "--tasks", str(tasks))
    assert ["ours_over" in row for row in found] == [False, True, False]
    assert found[1]["ours_over"]["4s"]["catboost"]["high"] < 1


def test_a_mean_needs_both(tasks: Path, tmp_path: Path) -> None:
    kept = import_module("peers_answers")
    task = import_module("peers_tasks").read_task(tasks / "values")
    row, mean = kept.mean_of_defaults(task, [], kept.Answers(tmp_path / "answers"))
    assert (row["status"], mean) == ("failed", None)


def test_no_system_is_always_first_and_what_has_no_budget_runs_once() -> None:
    missing = import_module("bench_peers").missing
    systems = ["a", "mean", "lightgbm"]
    assert missing("t", 0, systems, ["1s", "2s"], []) == [
        ("t", "a", "1s"), ("t", "lightgbm", ""), ("t", "a", "2s"), ("t", "mean", "")
    ]  # fmt: skip
    assert missing("t", 2, systems, ["1s"], [])[0] == ("t", "lightgbm", "")
    assert missing("t", 0, ["a"], ["1s"], [{"task": "t", "system": "a", "time": "1s"}]) == []


def loaded(path: Path) -> ModuleType:
    """A file of the folder of adapters, which is on no path: they are called as the libraries that they are for."""
    spec = importlib.util.spec_from_file_location(f"peers_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.mark.parametrize("name", ["values", "words"])
def test_lightgbm_answers_in_the_order_of_the_job(name: str, tasks: Path, tmp_path: Path, benchmarks: Path) -> None:
    task = import_module("peers_tasks").read_task(tasks / name)
    adapter = loaded(benchmarks / "peers" / "lightgbm.py")
    job = {**task.job, "seed": 0, "threads": 1}
    assert adapter.fit(task.train.to_pandas(), job, tmp_path / "model")["settings"] == "defaults"
    model = adapter.load(tmp_path / "model")
    # A level that training did not hold.
    rows = task.test.to_pandas().assign(word=lambda table: table["word"].where(table.index > 0, "never"))
    answers = adapter.answers(model, rows, job)
    assert answers.shape == ((40,) if name == "values" else (40, 3))
    assert task.metric.score(task.truth, answers.reshape(40, -1)) < task.trivial


def test_errors_of_logarithms_are_learnt_from_logarithms(tasks: Path, tmp_path: Path, benchmarks: Path) -> None:
    run = loaded(benchmarks / "peers" / "run.py")
    task = import_module("peers_tasks").read_task(tasks / "values")
    task.train.write_parquet(tmp_path / "train.parquet")
    task.test.write_parquet(tmp_path / "test.parquet")
    (tmp_path / "job.json").write_text(json.dumps({**task.job, "seconds": 4.0}))
    seen: dict[str, Any] = {}
    peer = SimpleNamespace(
        METRICS={"rmse": "l2"},
        fit=lambda rows, job, place: seen.update(job, mean=rows["y"].mean()) or {},
        load=lambda place: None,
        answers=lambda model, rows, job: np.full(len(rows), seen["mean"]),
    )
    job = run.job_of(peer, tmp_path)
    assert (job["their_metric"], job["seconds"]) == ("l2", 4)
    assert run.fit(peer, tmp_path, job)["fit_seconds"] >= 0
    assert run.predict(peer, tmp_path, job)["row_ms"] >= 0
    answers = np.load(tmp_path / "answers.npy")
    # A row alone may be more than a system can do.
    peer.answers = lambda model, rows, job: 1 // (len(rows) - 1) * np.ones(len(rows))
    assert run.predict(peer, tmp_path, job)["row_ms"] is None
    assert answers == pytest.approx(np.expm1(np.log1p(task.train["y"].to_numpy()).mean()))
    assert task.metric.score(task.truth, answers[:, None]) == pytest.approx(task.trivial)
