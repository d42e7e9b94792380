from __future__ import annotations

from journeyman.job.run import Run


def test_a_run_shows_itself(run: Run) -> None:
    assert "roc_auc" in repr(run)
    assert run._repr_html_().startswith("<p>")
    assert run.verdict["decision"] in repr(run).lower().replace(" ", "_")
    assert run.findings
    assert run.model.classes == ("no", "yes")
