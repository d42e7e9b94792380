from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.company.company import Company
from journeyman.simulation.company.delayed_outcomes import DelayedOutcomes, without
from journeyman.simulation.world import World


@pytest.mark.parametrize("task", ["binary", "regression"])
def test_late_outcomes_are_missing_and_mislead(task):
    company = Company(world=World(task=task, rows=6000), parts=(DelayedOutcomes(days=120.0, slower=3.0),))
    (told,) = company.truth
    cells = company.columns[company.target]
    gone = [cell is None for cell in cells] if task == "binary" else np.isnan(cells)
    assert np.flatnonzero(gone).tolist() == told["rows"]
    assert [row for row, cell in enumerate(company.columns["outcome_on"]) if cell is None] == told["rows"]
    assert told["level_known"] < told["level"] - 0.02
    pairs = zip(company.columns["outcome_on"], company.columns["decided_on"], strict=True)
    assert all(late > early for late, early in pairs if late is not None)
    newest = sorted(range(6000), key=lambda row: company.columns["decided_on"][row])[-500:]
    assert np.mean([gone[row] for row in newest]) > 0.5


def test_new_cases_have_their_outcome_for_who_scores():
    new = Company(world=World(rows=10), parts=("delayed_outcomes",)).draw(50, stream=3)
    assert set(new.columns["outcome_on"]) == {None}
    assert None not in new.columns["outcome"]


def test_cells_are_taken_away():
    gone = np.array([True, False])
    assert without(["a", "b"], gone) == [None, "b"]
    np.testing.assert_array_equal(without(np.array([1.0, 2.0]), gone), [np.nan, 2.0])
