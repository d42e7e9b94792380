from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import journeyman as jm
from journeyman.automation.automation import Automation
from journeyman.errors import BriefError, InputError
from journeyman.job.automate import automate
from journeyman.job.predict import predict
from journeyman.job.run import Progress, Run
from journeyman.verification.verify import verify

ROWS = 900


def log(rows: int = ROWS, seed: int = 1) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    income, debt = random.normal(size=rows), random.normal(size=rows)
    clerk = random.integers(0, 4, rows)
    approved = 3 * (income - debt) + random.normal(size=rows) > np.linspace(-0.6, 0.6, 4)[clerk]
    return pl.DataFrame(
        {
            "income": np.round(income, 3),
            "debt": np.round(debt, 3),
            "clerk": [f"clerk {one}" for one in clerk],
            "decision": np.where(approved, "approve", "reject"),
        }
    )


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Automation, list[tuple[str, str]]]:
    folder = tmp_path_factory.mktemp("automate")
    log().write_csv(folder / "loans.csv")
    said: list[tuple[str, str]] = []
    found = automate(
        folder / "loans.csv",
        "decision",
        actor="clerk",
        max_error="15%",
        minutes=10,
        hourly=30,
        audit=0.1,
        trials=1,
        out=folder / "runs" / "one",
        progress=lambda stage, text, final: said.append((stage, text)) if final else None,
    )
    return found, said


def test_the_promise_holds_on_fresh_cases_through_the_router_on_disk(
    done: tuple[Automation, list[tuple[str, str]]], tmp_path: Path
) -> None:
    found, _ = done
    assert found.folder is not None
    fresh = log(4000, seed=9)
    fresh.drop("decision").write_csv(tmp_path / "new.csv")
    scored = predict(found.folder, tmp_path / "new.csv", out=tmp_path / "out.csv")
    written = pl.read_csv(tmp_path / "out.csv")
    assert scored.predictions.route is not None
    assert written["route"].to_list() == scored.predictions.route.tolist()
    alone = (written["route"] != "person").to_numpy()
    wrong = (written["prediction"] != fresh["decision"]).to_numpy()
    assert found.policy.automates
    assert wrong[alone].mean() <= 0.15
    assert alone.mean() == pytest.approx(found.policy.share, abs=0.08)
    assert (written["route"] == "audit").sum() / alone.sum() == pytest.approx(0.1, abs=0.03)


def test_everything_is_told_and_written(done: tuple[Automation, list[tuple[str, str]]]) -> None:
    found, said = done
    assert found.folder is not None
    stages = [stage for stage, _ in said]
    assert stages[:3] == ["read", "curate", "apart"]
    assert stages[-1] == "report"
    assert {"people", "policy", "rules", "saves"} <= set(stages)
    assert "verdict" not in stages
    document = json.loads((found.folder / "automate.json").read_text())
    assert document["policy"]["automates"] is True
    assert document["rows"] == {"read": 900, "used": 900, "learn": 450, "plan": 90, "test": 360}
    assert len(json.loads((found.folder / "rows.json").read_text())["test"]) == 360
    assert (found.folder / "automate.html").is_file()
    assert (found.folder / "model" / "report.html").is_file()
    assert found.noise is not None
    assert found.noise.actors[0].name == "clerk 3"
    assert "clerk" not in [column.name for column in jm.load(found.folder).columns]
    assert found.savings is not None
    assert found.savings.money is not None
    assert found.looks == 0


def test_the_model_never_saw_the_cases_of_the_test(done: tuple[Automation, list[tuple[str, str]]]) -> None:
    found, _ = done
    assert found.folder is not None
    summary = json.loads((found.folder / "model" / "run.json").read_text())
    assert summary["rows"]["used"] == 450


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({}, "decision"),
        ({"decision": "nothing"}, "nothing"),
        ({"decision": "decision", "max_error": "2"}, "--max-error"),
        ({"decision": "decision", "audit": 1.5}, "--audit"),
        ({"decision": "decision", "hourly": 3}, "--minutes"),
        ({"decision": "decision", "actor": "clark"}, "clark"),
        ({"decision": "income"}, "among a few"),
    ],
)
def test_a_request_that_cannot_be_met_is_refused_before_anything_is_built(
    options: dict[str, object], says: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as caught:
        automate(log(200), out=tmp_path / "run", **options)  # type: ignore[arg-type]  # each is one of its options
    assert says in str(caught.value)
    assert not (tmp_path / "run" / "model").exists()


def test_nothing_is_left_of_a_request_that_came_to_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted, or with no time for a model: no test case was seen, and the number of the folder is free again."""
    told: list[str] = []
    codes = iter((130, 0))

    def build(*_: object, out: Path, progress: Progress, **__: object) -> Run:
        out.mkdir(parents=True)
        progress("interrupted", "--resume goes on", True)
        return Run(out, {"trials": [{"status": "done"}, {"status": "skipped"}]}, next(codes))

    monkeypatch.setattr("journeyman.job.automate.build", build)
    monkeypatch.chdir(tmp_path)
    log(400).write_csv("loans.csv")
    for error in (KeyboardInterrupt, BriefError):
        with pytest.raises(error):
            automate("loans.csv", "decision", time="5s", progress=lambda stage, text, final: told.append(text))
    assert not list((tmp_path / "runs").iterdir())
    assert not any("--resume" in one for one in told)


def test_what_it_promises_can_be_counted_again(done: tuple[Automation, list[tuple[str, str]]], tmp_path: Path) -> None:
    folder = done[0].folder
    assert folder is not None
    source = folder.parents[1] / "loans.csv"
    assert not verify(folder).is_complete
    found = verify(folder, source)
    assert found.holds, found.first_difference
    assert found.is_complete
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    told = json.loads((copy / "automate.json").read_text())
    told["policy"]["wrong"] -= 1
    (copy / "automate.json").write_text(json.dumps(told))
    assert verify(copy, source).first_difference.startswith("promise: ")
    log(300).write_csv(tmp_path / "short.csv")
    assert verify(copy, tmp_path / "short.csv").first_difference.startswith("cases: ")


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        automate(log(200), "decision", out=tmp_path)


def test_after_too_many_tries_the_same_cases_certify_nothing(tmp_path: Path) -> None:
    table = log(200)
    table.write_csv(tmp_path / "log.csv")
    first = {"source": "", "outcomes": "", "target": "decision"}
    with pytest.raises(InputError, match="among a few"):
        automate(table, "income", out=tmp_path / "runs" / "none")
    from journeyman.sources.read import read_raw

    for number in range(20):
        folder = tmp_path / "runs" / str(number)
        folder.mkdir(parents=True)
        asked = {**first, "source": read_raw(tmp_path / "log.csv").digest, "request": str(number)}
        (folder / "automate.json").write_text(json.dumps({"asked": asked}))
    with pytest.raises((InputError, BriefError), match="certify nothing more"):
        automate(tmp_path / "log.csv", "decision", out=tmp_path / "runs" / "last")
