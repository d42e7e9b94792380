from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import journeyman as jm
from journeyman.errors import InputError
from journeyman.job.predict import predict
from journeyman.job.run import Run


def test_the_run_directory_is_as_designed(run: Run) -> None:
    names = {path.name for path in run.folder.iterdir()}
    assert {"run.json", "brief.toml", "journal.jsonl", "plan.json", "report.html", "trials", "bundle"} <= names
    assert "certificate.json" in names
    assert {path.name for path in (run.folder / "bundle").iterdir()} == {"model.onnx", "manifest.json", "card.md"}
    assert not [path for path in run.folder.rglob("*") if path.suffix in (".pkl", ".pickle", ".joblib", ".tmp")]


def test_the_summary_is_as_designed(run: Run) -> None:
    summary = json.loads((run.folder / "run.json").read_text())
    assert summary == run.summary
    assert summary["format"] == 1
    assert (summary["status"], summary["task"], summary["target"]) == ("done", "binary", "churn")
    assert (summary["metric"], summary["positive"]) == ("log_loss", "yes")
    assert summary["rows"] == {"read": 500, "used": 500, "set_aside": 0}
    roles = {one["name"]: one["role"] for one in summary["schema"]}
    assert (roles["customer"], roles["churn"], roles["tenure"]) == ("ignored", "target", "feature")
    assert summary["folds"]["count"] == 10
    for name in ("log_loss", "roc_auc", "payoff"):
        one = summary["evaluation"][name]
        assert one["low"] < one["value"] < one["high"]
    assert summary["evaluation"]["roc_auc"]["value"] > 0.7
    assert summary["verdict"]["decision"] in ("deploy", "pilot")
    assert {"rank", "tie", "name", "score", "low", "high", "seconds"} <= set(summary["leaderboard"][0])
    said = summary["uncertainty"]
    assert (said["nominal"], said["kind"], said["coverage"]["rows"]) == (0.9, "set", 500)
    assert 0.88 < said["coverage"]["value"] < 1
    assert {one["name"] for one in said["groups"]} == {"no", "yes"}
    floors = [one for one in summary["trials"] if one["floor"]]
    assert len(floors) == 3
    assert len(summary["trials"]) >= 3 + 2


def test_every_way_of_asking_gives_the_same_answer(run: Run, place: Path, others: pl.DataFrame) -> None:
    table = others
    model = jm.load(run.folder)
    whole = model.predict(table).probabilities
    rows = table.to_dicts()
    ones = np.array([model.predict_one(row)["probability_yes"] for row in rows])
    np.testing.assert_allclose(ones, whole[:, 1], rtol=0, atol=1e-6)
    backwards = model.predict(rows[::-1]).probabilities[::-1]
    np.testing.assert_allclose(backwards, whole, rtol=0, atol=1e-6)
    table.write_csv(place / "new.csv")
    table.write_parquet(place / "new.parquet")
    for source in ("new.csv", "new.parquet"):
        out = predict(run, place / source, place / f"out-{source}").path
        written = pl.read_csv(out) if source.endswith("csv") else pl.read_parquet(out)
        np.testing.assert_allclose(written["probability_yes"].to_numpy(), whole[:, 1], rtol=0, atol=1e-6)
        sets = ["no | yes" if len(one) == 2 else one[0] for one in model.predict(table).prediction_set]
        assert written["prediction_set"].to_list() == sets
        assert written["decision"].to_list() == ["call" if p * 50 > (1 - p) * 10 else "none" for p in whole[:, 1]]
        assert written.columns[: table.width] == table.columns
    assert (
        (place / "out-new.csv").read_text().splitlines()[1].startswith((place / "new.csv").read_text().splitlines()[1])
    )


def test_a_fixed_number_of_trials_gives_the_same_bytes_and_resume_of_a_done_run_the_same_run(
    run: Run, place: Path
) -> None:
    options: dict[str, Any] = {"predict": "churn", "gain": {"call:true": 50, "call:false": -10}, "trials": 2}
    again = jm.build(str(place / "churn.csv"), out=place / "again", **options)
    bundle = ("bundle/model.onnx", "bundle/manifest.json", "bundle/card.md")
    for name in ("plan.json", *bundle, "brief.toml", "certificate.json"):
        assert (again.folder / name).read_bytes() == (run.folder / name).read_bytes(), name
    resumed = jm.build(str(place / "churn.csv"), out=place / "run", resume=True, **options)
    assert resumed.summary == run.summary


def test_every_row_is_used_or_stands_in_the_ledger_as_it_was(place: Path) -> None:
    lines = (place / "churn.csv").read_text().splitlines()[:121]
    lines[7] = lines[7].rpartition(",")[0] + ","
    lines.insert(31, "=HYPERLINK(1),2,3,4,5,6,7,8,9,10,11,12")
    (place / "odd.csv").write_text("\n".join(lines) + "\n")
    said: list[tuple[str, str]] = []
    odd = jm.build(
        str(place / "odd.csv"),
        predict="churn",
        trials=1,
        out=place / "odd",
        progress=lambda stage, text, is_final: said.append((stage, text)),
    )
    rows = odd.summary["rows"]
    assert (rows["read"], rows["used"], rows["set_aside"]) == (121, 119, 2)
    assert rows["reasons"] == {"ragged_rows": 1, "target_missing_values": 1}
    file = odd.folder / rows["file"]
    assert ("rows", f"119 rows used, 2 set aside: {file}") in said
    table = pl.read_csv(file, infer_schema=False)
    assert table["code"].to_list() == ["target_missing_values", "ragged_rows"]
    assert table["row"].to_list() == ["7", "31"]
    assert table["text"][0] == lines[7]
    page = (odd.folder / "report.html").read_text("utf-8")
    assert "1 without a value in the column that is predicted" in page
    assert odd.summary["digests"]["source"] in page


def test_a_folder_that_holds_something_is_refused(run: Run, place: Path) -> None:
    with pytest.raises(InputError, match="not empty"):
        jm.build(str(place / "churn.csv"), predict="churn", trials=1, out=place / "run")


def test_a_budget_too_short_for_anything_still_gives_a_model(place: Path) -> None:
    short = jm.build(str(place / "churn.csv"), predict="churn", time=0.4, out=place / "short")
    assert short.verdict["decision"] == "do_not_deploy"
    assert short.summary["chosen"]["name"] == "always the same answer"


def test_serving_needs_neither_trainer_nor_data_frames(run: Run) -> None:
    code = (
        "import sys, journeyman as jm\n"
        f"model = jm.load({str(run.folder)!r})\n"
        "model.predict_one({'tenure': 3, 'charge': 70.5, 'contract': 'monthly', 'since': '2024-03-01'})\n"
        "heavy = ('polars', 'pandas', 'sklearn', 'lightgbm', 'scipy', 'onnx', 'msgspec', 'pyarrow')\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


BAD = '''
"""A learner that fails in every way there is."""
import os
from journeyman.learners.constant import Constant
from journeyman.learners.learner import Candidate

class Bad(Constant):
    """Fails."""

    how: str = "raise"

    @classmethod
    def candidates(cls, problem):
        """Four forms, each before any other."""
        for how in ("raise", "die", "nan", "wrong"):
            yield Candidate(name=f"bad {how}", learner=cls(how=how), worth=99.0, seconds_per_million=0.001)

    def fit(self, columns, target):
        """Fail."""
        if self.how == "raise":
            raise RuntimeError("no luck")
        if self.how == "die":
            os.kill(os.getpid(), 9)
        return super().fit(columns, target)

    def apply(self, state, columns):
        """Fail."""
        answer = super().apply(state, columns)
        if self.how == "nan":
            return answer.with_numbers(answer.numbers * float("nan"), answer.number_names)
        return answer.take(slice(1, None)) if self.how == "wrong" else answer
'''


def test_whatever_fails_the_whole_job_ends_with_the_rest_and_says_so(tmp_path: Path) -> None:
    house = tmp_path / "site" / "acme_bad"
    (house / "learners").mkdir(parents=True)
    for name, text in (("__init__.py", ""), ("learners/__init__.py", ""), ("learners/bad.py", BAD)):
        (house / name).write_text(text)
    info = tmp_path / "site" / "acme_bad-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-bad\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[journeyman.shelves]\nacme = acme_bad\n")
    rows = "".join(f"{place % 7},{place % 3},{'yes' if place % 7 > 3 else 'no'}\n" for place in range(200))
    (tmp_path / "table.csv").write_text("x,z,y\n" + rows)
    command = [sys.executable, "-m", "journeyman", "build", "table.csv", "--predict", "y", "--trials", "5", "--json"]
    done = subprocess.run(
        [*command, "--out", "run"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    told = {one["name"]: one for one in json.loads(done.stdout)["trials"]}
    for how in ("raise", "die", "nan", "wrong"):
        assert told[f"bad {how}"]["status"] == "failed", told[f"bad {how}"]
        assert told[f"bad {how}"]["reason"]
    assert any(one["status"] == "done" and not one["floor"] for one in told.values())
    assert "4 failed" in done.stderr
    assert "bad raise" in (tmp_path / "run" / "report.html").read_text()
