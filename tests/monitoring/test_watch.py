from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from journeyman.monitoring.alarm import threshold
from journeyman.monitoring.batch import Batch
from journeyman.monitoring.reference import Reference
from journeyman.monitoring.state import first_state
from journeyman.monitoring.watch import newest, standing, watch


def days(reference: Reference, batch: Batch, count: int) -> tuple[int | None, dict[str, int]]:
    """The first day of any alarm, and of each kind."""
    random, state = np.random.default_rng(0), first_state(reference)
    first: dict[str, int] = {}
    for day in range(1, count + 1):
        watching = watch(reference, state, batch.take(random.integers(len(batch), size=100)))
        state = watching.state
        for one in watching.alarms:
            first.setdefault(f"{one.severity} {one.kind}", day)
    return min(first.values(), default=None), first


def test_while_all_is_well_nothing_is_said(reference: Reference, fresh: Batch) -> None:
    assert days(reference, fresh, 120) == (None, {})


def test_a_doubled_error_is_found_within_days_and_the_rows_are_not_blamed(reference: Reference, fresh: Batch) -> None:
    right = fresh.answers.argmax(axis=1) == fresh.truth
    turned = right & (np.random.default_rng(1).random(len(right)) < 0.3)
    worse = replace(fresh, truth=np.where(turned, 1 - fresh.truth, fresh.truth))
    _, first = days(reference, worse, 12)
    assert first.keys() == {"alarm real_performance"}
    assert first["alarm real_performance"] <= 7


def test_rows_on_which_the_model_is_surer_are_a_notice_only(reference: Reference, fresh: Batch) -> None:
    sure = fresh.take(np.abs(fresh.answers[:, 1] - 0.5) > 0.4)
    _, first = days(reference, replace(sure, truth=np.full(len(sure), np.nan)), 15)
    assert "notice drift" in first
    assert not any(name.startswith("alarm") for name in first)


def test_rows_on_which_it_is_unsure_are_an_alarm_before_any_outcome(reference: Reference, fresh: Batch) -> None:
    unsure = fresh.take(np.abs(fresh.answers[:, 1] - 0.5) < 0.2)
    _, first = days(reference, replace(unsure, truth=np.full(len(unsure), np.nan)), 15)
    assert {"alarm drift", "alarm estimated_performance"} <= first.keys()


def test_what_was_raised_stands(small: Reference, rows_of: Callable[..., Batch]) -> None:
    state = first_state(small)
    for _ in range(10):
        state = watch(small, state, rows_of([1.0] * 100, [9.0] * 100)).state
    assert state.raised["real_performance"]["batch"] <= 3
    for _ in range(200):
        state = watch(small, state, rows_of([1.0] * 100, [1.1] * 100)).state
    (alarm, *_) = standing(small, state).alarms
    assert alarm.kind == "real_performance"
    assert alarm.price
    assert standing(small, state).evidence["real_performance"] < threshold(5)
    assert alarm.sentence.startswith(f"since batch {state.raised['real_performance']['batch']}, where it was: ")
    assert "monitoring/state.json" in alarm.remedy


def test_late_outcomes_move_the_test_of_outcomes_only(small: Reference, rows_of: Callable[..., Batch]) -> None:
    state = first_state(small)
    none = rows_of([])
    after = watch(small, state, none, rows_of([1.0] * 300, [9.0] * 300)).state
    assert after.wealth["real_performance"].batches == 1
    assert all(one.batches == 0 for name, one in after.wealth.items() if name != "real_performance")
    assert len(after.memory.waiting) == 0


def test_alarms_are_told_by_the_newest_rows_that_are_enough() -> None:
    recent = [{"rows": 150, "known": 0}] * 5 + [{"rows": 0, "known": 150}] * 3
    assert len(newest(recent, "rows")) == 2
    assert len(newest(recent, "known")) == 2
