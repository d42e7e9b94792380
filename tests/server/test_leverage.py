from __future__ import annotations

from collections.abc import Callable

from journeyman.server.deployed import Deployed
from journeyman.server.leverage import leverage
from journeyman.server.typical import typical_cells


def test_what_moves_the_answer_comes_out(deployed: Callable[..., Deployed]) -> None:
    for task in ("binary", "multiclass", "regression"):
        model = deployed(task).model
        found = leverage(model, typical_cells(model.manifest))
        assert set(found) == {column.name for column in model.columns}
        # By how the made-up model is made: the first number most, dates and texts not at all.
        assert found["age"] > found["member"] > 0
        assert found["city"] > 0
        assert found["since"] == found["note"] == 0


def test_what_only_the_decision_reads_moves_nothing(deployed: Callable[..., Deployed]) -> None:
    model = deployed("spending").model
    assert leverage(model, typical_cells(model.manifest))["income"] > 0
