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
        jm.build(str(place / "churn.csv"), predict="churn", protect="tenure")


def test_reasons_are_a_column_beside_the_predictions(run: Run, place: Path, others: pl.DataFrame) -> None:
    odd = others.head(60).with_columns(pl.col("charge").cast(pl.String))
    odd[3, "charge"] = "a lot"
    odd.write_csv(place / "why.csv")
    told: list[int] = []
    scored = predict(run, place / "why.csv", place / "why-out.csv", explain=True, tell=told.append)
    assert told == [50, 60]
    assert scored.reasons is not None
    written = pl.read_csv(place / "why-out.csv")
    assert written.columns[-2:] == ["status", "reasons"]
    assert scored.predictions.status[3] == "refused"
    assert (scored.reasons[3], written["reasons"][3]) == ((), None)
    model = jm.load(run.folder)
    rows = others.head(3).to_dicts()
    assert list(scored.reasons[:3]) == model.explain(rows)
    assert written["reasons"][0] == "; ".join(one.text for one in scored.reasons[0])
    assert "the chance of churn = yes by" in written["reasons"][0]
    plain = predict(run, place / "why.csv", place / "plain-out.csv")
    assert plain.reasons is None
    assert pl.read_csv(place / "plain-out.csv").equals(written.drop("reasons"))
