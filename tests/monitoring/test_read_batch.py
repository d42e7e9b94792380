from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from journeyman.monitoring.batch import Batch

Made = Callable[[int, int], pl.DataFrame]


def test_rows_are_coded_predicted_and_known_by_their_outcomes(customers: Made, batch_of: Callable[..., Batch]) -> None:
    frame = customers(300, 3)
    batch = batch_of(frame, "churn")
    assert len(batch) == batch.known.sum() == 300
    assert batch.paid is not None
    assert batch.promised is not None
    assert (batch.promised >= 0).all()
    assert set(batch.paid.tolist()) <= {0.0, 50.0, -10.0}
    assert not batch_of(frame.drop("churn")).known.any()
    assert batch.breaks == ()


def test_columns_that_are_gone_or_of_another_type_stop_the_batch(
    customers: Made, batch_of: Callable[..., Batch]
) -> None:
    frame = customers(50, 3)
    gone = batch_of(frame.drop("tenure"))
    assert [one.kind for one in gone.breaks] == ["missing_column"]
    assert gone.stops
    renamed = batch_of(frame.rename({"tenure": "Tenure_"}))
    assert renamed.breaks[0].kind == "renamed"
    assert "'Tenure_'" in renamed.breaks[0].sentence
    retyped = batch_of(frame.with_columns(tenure=pl.lit("long")))
    assert retyped.breaks[0].kind == "type_changed"


def test_another_unit_and_new_levels_are_seen(customers: Made, batch_of: Callable[..., Batch]) -> None:
    frame = customers(200, 3)
    cents = batch_of(frame.with_columns(charge=pl.col("charge") * 100))
    assert [one.kind for one in cents.breaks] == ["unit_changed"]
    assert not cents.stops
    new = batch_of(frame.with_columns(contract=pl.lit("for life")))
    assert new.strange.all()
    assert np.isfinite(new.answers).all()


def test_rows_that_are_spelt_otherwise_are_the_same_rows_and_no_alarm(
    customers: Made, batch_of: Callable[..., Batch]
) -> None:
    frame = customers(100, 3)
    plain = batch_of(frame)
    commas = frame.with_columns(charge=pl.col("charge").cast(pl.String).str.replace(".", ",", literal=True))
    batch = batch_of(commas)
    assert (batch.breaks, batch.answers.tolist()) == ((), plain.answers.tolist())
