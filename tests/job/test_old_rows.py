from __future__ import annotations

from pathlib import Path

import pytest

from journeyman.errors import InputError
from journeyman.job.old_rows import old_rows
from journeyman.job.run import Run


def test_the_rows_of_a_run_are_found_by_what_it_wrote_down(run: Run, place: Path) -> None:
    paths, raws = old_rows(run.summary)
    assert paths == [str(place / "churn.csv")]
    assert raws[0].rows == 500


def test_rows_that_were_moved_are_named_and_changed_ones_are_refused(run: Run, place: Path, tmp_path: Path) -> None:
    content = (place / "churn.csv").read_text()
    (tmp_path / "moved.csv").write_text(content)
    assert old_rows(run.summary, [str(tmp_path / "moved.csv")])[1][0].rows == 500
    (tmp_path / "moved.csv").write_text(content.replace("monthly", "weekly", 1))
    with pytest.raises(InputError, match="not the table that the run was built from"):
        old_rows(run.summary, [str(tmp_path / "moved.csv")])
    with pytest.raises(InputError, match="--old"):
        old_rows({**run.summary, "sources": [str(tmp_path / "gone.csv")]})
    with pytest.raises(InputError, match="--new-only"):
        old_rows({**run.summary, "sources": []})
