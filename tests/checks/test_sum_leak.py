from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.look import with_remedies
from journeyman.checks.sum_leak import look
from journeyman.simulation.world import World
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]
BRIEF = Brief(predict="y")
RANDOM = np.random.default_rng(3)
ROWS = 300
A, B, C, NOISE = (RANDOM.gamma(2.0, 40.0, ROWS) for _ in range(4))
COUNTS = RANDOM.integers(1, 60, ROWS).astype(float)


def found_in(table_of: Make, y: Any, **columns: Any) -> tuple[Finding, ...]:
    found = look(table_of({"noise": NOISE, **columns, "y": y}), BRIEF)
    assert not isinstance(found, Skip)
    return found


@pytest.mark.parametrize(
    ("y", "words"),
    [
        (A + B, "'a' + 'b'"),
        (A - B, "'a' − 'b'"),
        (B - A, "'b' − 'a'"),
        (A * B, "'a' × 'b'"),
        (A / COUNTS, "'a' / 'k'"),
        (A + B + C, "'a' + 'b' + 'c'"),
        (C - A - B, "'c' − 'a' − 'b'"),
        (A - B + C, "'a' + 'c' − 'b'"),
        (np.round(A / COUNTS, 2), "'a' / 'k'"),
        (np.round(A + B), "'a' + 'b'"),
    ],
)
def test_columns_that_make_the_target_are_set_aside(table_of: Make, y: Any, words: str) -> None:
    (found,) = found_in(table_of, y, a=A, b=B, c=C, k=COUNTS)
    assert found.message.startswith(f"{words} is 'y' in all 300 rows")
    assert (found.code, found.severity, found.remedy.action, found.remedy.value) == (
        "leak",
        "warning",
        "role",
        "ignored",
    )
    table = table_of({"a": A, "b": B, "c": C, "k": COUNTS, "noise": NOISE, "y": y})
    left = {column.name for column in with_remedies(table.schema, BRIEF, [found]) if column.role == "feature"}
    assert left == {"a", "b", "c", "k", "noise", "y"} - set(found.columns)
    assert len(found.columns) in (2, 3)


def test_one_row_that_is_off_makes_it_no_identity(table_of: Make) -> None:
    y = A + B
    y[17] += 3.0
    assert found_in(table_of, y, a=A, b=B) == ()


def test_missing_cells_say_nothing_either_way(table_of: Make) -> None:
    a = A.copy()
    a[:100] = np.nan
    (found,) = found_in(table_of, A + B, a=a, b=B)
    assert found.numbers == {"rows": 200}
    a[:200] = np.nan
    assert found_in(table_of, A + B, a=a, b=B) == ()


def test_what_is_the_target_alone_and_constants_are_left_to_other_checks(table_of: Make) -> None:
    assert found_in(table_of, A, copy=A, zero=np.zeros(ROWS), small=RANDOM.uniform(0, 1e-12, ROWS)) == ()
    assert found_in(table_of, A, shifted=A - 5, five=np.full(ROWS, 5.0)) == ()


def test_a_target_that_hardly_ever_differs_proves_nothing(table_of: Make) -> None:
    y, a, b = np.zeros(ROWS), np.zeros(ROWS), np.zeros(ROWS)
    y[:6], a[:6], b[:6] = [2, 3, 4, 5, 6, 7], [1, 1, 2, 2, 3, 3], [1, 2, 2, 3, 3, 4]
    assert found_in(table_of, y, a=a, b=b) == ()


@pytest.mark.parametrize("law", ["linear", "trees", "smooth", "counts"])
def test_honest_numbers_raise_no_alarm(table_of: Make, law: Any) -> None:
    for seed in range(4):
        world = World(law=law, task="regression", rows=200, seed=seed)
        assert not look(table_of(dict(world.columns)), Brief(predict=world.target))
    for seed in range(20):
        few = np.random.default_rng(seed).integers(0, 4, (60, 12)).astype(float)
        assert found_in(table_of, few[:, 0], noise=few[:, 1], **{f"x{one}": few[:, one] for one in range(2, 12)}) == ()


def test_classes_and_few_rows_are_not_for_it(table_of: Make) -> None:
    assert isinstance(look(table_of({"a": A, "b": B, "y": ["x", "z", "w"] * 100}), BRIEF), Skip)
    assert isinstance(look(table_of({"a": A, "b": B, "y": np.arange(300) % 2}), BRIEF), Skip)
    assert isinstance(look(table_of({"a": A[:30], "b": B[:30], "y": (A + B)[:30]}), BRIEF), Skip)
    assert isinstance(look(table_of({"a": A}), Brief()), Skip)


def test_who_vouches_for_all_of_them_has_an_open_leak(table_of: Make) -> None:
    table = table_of({"a": A, "b": B, "y": A + B})
    (one,) = look(table, Brief(predict="y", columns={"a": {"role": "feature"}}))  # type: ignore[misc]
    assert (one.columns, one.severity) == (("b",), "warning")
    both = {"a": {"role": "feature"}, "b": {"role": "feature"}}
    (open_one,) = look(table, Brief(predict="y", columns=both))  # type: ignore[misc]
    assert (open_one.severity, open_one.remedy.action) == ("error", "review")


def test_a_rate_that_is_rounded_still_counts_and_its_name_says_which_to_leave_out(table_of: Make) -> None:
    random = np.random.default_rng(21)
    charges, paid = random.gamma(4.0, 9000.0, 400), random.gamma(5.0, 900.0, 400)
    columns = {"charges": np.round(charges, 2), "beds": random.integers(1, 90, 400), "y": np.round(paid, 2)}
    rate = np.round(paid / charges, 6)
    (one,) = look(table_of({**columns, "rate": rate}), Brief(predict="y"))  # type: ignore[misc]  # a tuple
    assert one.columns == ("charges", "rate")
    (one,) = look(table_of({**columns, "reimbursement rate": rate}), Brief(predict="y"))  # type: ignore[misc]  # a tuple
    assert one.columns == ("reimbursement rate",)
    assert "is not used" in one.remedy.words
