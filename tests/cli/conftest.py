"""A stand-in for the job: the command line is tested without building anything."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.places import Places
from journeyman.bundle.predictions import Predictions
from journeyman.bundle.reader import Trouble
from journeyman.bundle.reasons import Reason
from journeyman.table.finding import Finding, Remedy


@dataclass
class FakeRun:
    folder: Path
    summary: dict[str, Any]
    exit_code: int = 0


@dataclass
class FakeJob:
    """Remembers how it was called; ``raising`` is raised by the next call."""

    folder: Path
    decision: str = "deploy"
    exit_code: int = 0
    raising: BaseException | None = None
    sources: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)

    def build(self, *sources: str, progress: Callable[[str, str, bool], None], began: float, **options: Any) -> FakeRun:
        self.sources, self.options = sources, options
        if self.raising is not None:
            raise self.raising
        progress("search", "trying", False)
        progress("verdict", self.decision.upper(), True)
        summary = {
            "format": 1,
            "status": "done",
            "name": "café",
            "verdict": {"decision": self.decision, "reasons": ["It takes 95 %.", "So it is."]},
        }
        self.folder.mkdir(exist_ok=True)
        (self.folder / "run.json").write_text(json.dumps(summary, ensure_ascii=False) + "\n", "utf-8")
        return FakeRun(self.folder, summary, self.exit_code)

    def predict(self, run: str, source: str, **options: Any) -> Any:
        self.sources, self.options = (run, source), options
        predictions = Predictions(
            "regression",
            (),
            np.array([1.0, np.nan]),
            None,
            None,
            np.array(["ok", "refused"], dtype=object),
            (Trouble(1, "Age", "forty", "it is no number"),),
        )
        reason = Reason(("Age",), "Age = 40 raises the prediction by 2", 2.0, "raises")
        reasons = ((reason,), ()) if options.get("explain") else None
        remedy = Remedy(words="spell it as in training")
        finding = Finding(code="unseen_category", severity="warning", message="a new city", rows=(1,), remedy=remedy)
        return SimpleNamespace(
            path=Path("new-predicted.csv"),
            predictions=predictions,
            reasons=reasons,
            findings=(finding,),
            places=Places("new.csv", np.array([3, 5])),
            counts=predictions.counts(),
            troubles=predictions.troubles,
        )


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeJob:
    fake = FakeJob(tmp_path / "run 1")
    for verb in ("build", "predict"):
        module = ModuleType(f"journeyman.job.{verb}")
        setattr(module, verb, getattr(fake, verb))
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return fake
