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
    assert "churn = yes by" in written["reasons"][0]
    plain = predict(run, place / "why.csv", place / "plain-out.csv")
    assert plain.reasons is None
    assert pl.read_csv(place / "plain-out.csv").equals(written.drop("reasons"))


def test_the_same_rows_are_answered_the_same_however_their_file_is_written(
    run: Run, place: Path, others: pl.DataFrame
) -> None:
    rows = others.head(60)
    plain = predict(run, rows, place / "plain.csv").predictions
    text = rows.with_columns(pl.all().cast(pl.String).fill_null(""))
    german = text.with_columns(
        pl.col("charge").str.replace(r"\.", ",")
        + pl.when(pl.col("charge") == "").then(pl.lit("")).otherwise(pl.lit(" €")),
        pl.col("since").str.replace(r"^(\d+)-(\d+)-(\d+).*$", "$3.$2.$1"),
    )
    german = german.select(reversed(german.columns)).with_columns(note=pl.lit('neu; "eilig"'))
    (place / "german.csv").write_bytes(german.write_csv(separator=";").encode("utf-16"))
    rows.write_parquet(place / "rows.parquet")
    american = text.with_columns(pl.col("charge").str.replace("^$", "N/A"))
    american.write_csv(place / "american.tsv", separator="\t")
    for name in ("german.csv", "rows.parquet", "american.tsv"):
        found = predict(run, place / name, place / f"{name}.out.csv")
        assert found.predictions.probabilities is not None
        assert plain.probabilities is not None
        assert found.predictions.probabilities.tolist() == plain.probabilities.tolist(), name
        assert found.predictions.status.tolist() == plain.status.tolist(), name
    codes = {one.code for one in predict(run, place / "german.csv", place / "g.csv").findings}
    assert {"delimiter", "number_format", "type_changed"} <= codes
    frame = german.to_pandas() if hasattr(german, "to_pandas") else german
    assert predict(run, frame, place / "f.csv").predictions.status.tolist() == plain.status.tolist()


def test_a_table_whose_cells_moved_is_answered_by_nothing(run: Run, place: Path, others: pl.DataFrame) -> None:
    rows = others.drop("customer").head(40).with_columns(pl.all().cast(pl.String))
    moved = pl.DataFrame(
        dict(zip(rows.columns, [rows[:, -1], *(rows[:, at] for at in range(rows.width - 1))], strict=True))
    )
    scored = predict(run, moved, place / "moved.csv")
    assert scored.predictions.counts() == {"ok": 0, "unusual": 0, "refused": 40}
    assert scored.findings[0].code == "schema_shift"


def test_rows_that_do_not_fit_are_no_evidence_and_findings_count_them(run: Run, place: Path) -> None:
    lines = [f"{place},{place}.5,monthly,2024-03-0{1 + place % 9}" for place in range(9)]
    lines[2] = "3,50,a,b,c,d,e"
    lines[5] = "5,5.5,weekly,2024-03-01"
    (place / "some.csv").write_text("tenure,charge,contract,since\n" + "\n".join(lines) + "\n")
    scored = predict(run, place / "some.csv", place / "some-out.csv")
    unseen = next(one for one in scored.findings if one.code == "unseen_category")
    assert unseen.rows == (5,)
    assert scored.predictions.status[2] == "refused"
    assert pl.read_csv(place / "some-out.csv").height == 9


def test_a_file_without_a_header_is_told_so(run: Run, place: Path) -> None:
    lines = [f"{place},{place}.5,{place * 7},2024" for place in range(9)]
    (place / "bare.csv").write_text("\n".join(lines) + "\n")
    with pytest.raises(InputError, match="no column has a name") as caught:
        predict(run, place / "bare.csv", place / "bare-out.csv")
    assert caught.value.code == "column_missing"
    assert not (place / "bare-out.csv").exists()
