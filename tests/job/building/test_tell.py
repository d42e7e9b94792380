from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from journeyman.job.building.tell import tell


@pytest.mark.parametrize("is_interrupted", [False, True])
def test_what_is_told_lies_in_the_folder(stages: SimpleNamespace, is_interrupted: bool) -> None:
    parts = (stages.run, stages.taken, stages.tried, stages.chosen, stages.clock, stages.explored, stages.uses)
    summary = tell(*parts, ["wages.csv"], is_interrupted=is_interrupted)
    assert json.loads((stages.run.folder / "run.json").read_text()) == summary
    assert summary["status"] == ("interrupted" if is_interrupted else "done")
    assert list(summary["timings"]) == ["prepare", "search", "evaluate", "deploy"]
    assert sum(summary["timings"].values()) == pytest.approx(summary["seconds"], abs=0.05)
    assert "wages" in (stages.run.folder / "report.html").read_text()
