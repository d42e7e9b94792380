from __future__ import annotations

import numpy as np
import polars as pl

from journeyman.brief.brief import Brief
from journeyman.job.understand import understand
from journeyman.sources.read import read


def test_a_table_and_a_request_are_taken_for_the_same_each_time() -> None:
    frame = pl.DataFrame(
        {"number": [0.5 * row for row in range(90)], "word": ["a", "b", "c"] * 30, "kind": [0, 1] * 45}
    )
    said: list[tuple[str, str, bool]] = []
    request = Brief(predict="kind", trials=1, gain={"act": {"1": 5.0, "0": -1.0}})
    once = understand(read(frame, target="kind"), request, lambda *one: said.append(one))
    again = understand(read(frame, target="kind"), request)
    assert [stage for stage, _, _ in said] == ["audit", "curate"]
    assert once.data.digest() == again.data.digest()
    assert once.aim.task == "binary"
    assert once.stakes.rule is not None
    assert once.data.columns.names == ("number", "word")


def test_checks_see_classes_where_the_metric_asks_for_them() -> None:
    random = np.random.default_rng(0)
    frame = pl.DataFrame({"number": random.normal(size=90), "grade": random.integers(1, 6, 90)})
    classes = understand(read(frame, target="grade"), Brief(predict="grade", metric="log_loss", trials=1))
    assert classes.aim.task == "multiclass"
    assert any("as classes their order is lost" in one.message for one in classes.findings)
    numbers = understand(read(frame, target="grade"), Brief(predict="grade", trials=1))
    assert any("it is predicted as a number" in one.message for one in numbers.findings)
