from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import journeyman as jm
from journeyman.errors import BriefError, InputError
from journeyman.job.predict import predict
from journeyman.job.run import Run


def test_a_row_that_does_not_fit_the_columns_is_refused_and_the_source_is_safe(run: Run, place: Path) -> None:
    (place / "odd.csv").write_text("tenure,charge,contract,since\n3,50.5,monthly,2024-03-01\n3,50,a,b,c,d\n")
    scored = predict(run, place / "odd.csv", place / "odd-out.csv")
    assert scored.predictions.status.tolist() == ["ok", "refused"]
    assert pl.read_csv(place / "odd-out.csv")["prediction"].to_list()[1] is None
    before = (place / "odd.csv").read_bytes()
    with pytest.raises(InputError, match="source itself"):
        predict(run, place / "odd.csv", place / "odd.csv")
    assert (place / "odd.csv").read_bytes() == before


def test_no_rows_give_an_empty_answer_with_the_right_columns(run: Run, place: Path) -> None:
    (place / "none.csv").write_text("tenure,charge,contract,since\n")
    scored = predict(run, place / "none.csv", place / "none-out.csv")
    assert (
        (place / "none-out.csv")
        .read_text()
        .strip()
        .startswith("tenure,charge,contract,since,prediction,probability_no")
    )
    assert len(scored.predictions) == 0


def test_what_is_not_there_yet_is_refused_in_words(run: Run, place: Path) -> None:
    with pytest.raises(BriefError, match="not in this version"):
        predict(run, place / "churn.csv", explain=True)
    with pytest.raises(BriefError, match="not in this version"):
        jm.build(str(place / "churn.csv"), predict="churn", protect="tenure")
