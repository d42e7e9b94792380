from __future__ import annotations

from pathlib import Path

import pytest

from journeyman.brief.read import make_brief
from journeyman.errors import InputError
from journeyman.job.building.take_in import take_in
from journeyman.job.run import say_nothing
from journeyman.sources.named import Named


def test_the_target_is_called_as_the_table_spells_it_and_rows_without_it_stand_in_the_ledger(lines: Path) -> None:
    told = []
    taken = take_in(
        [str(lines)], make_brief(predict="#3"), Named(), lambda stage, text, is_final: told.append((stage, is_final))
    )
    assert taken.request.predict == taken.understood.aim.target == "pay"
    assert taken.understood.aim.task == "regression"
    assert len(taken.understood.data.target) == 148
    assert sorted(one.row for one in taken.ledger.set_aside) == [0, 1]
    assert all(one.text for one in taken.ledger.set_aside)
    assert [stage for stage, is_final in told if is_final] == ["read", "audit", "curate"]


def test_a_column_that_is_not_there_is_refused_before_anything_is_audited(lines: Path) -> None:
    with pytest.raises(InputError, match="no column"):
        take_in([str(lines)], make_brief(predict="salary"), Named(), say_nothing)
