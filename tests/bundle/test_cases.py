from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from journeyman.bundle import cases as module
from journeyman.bundle.cases import MOST_CASES, keep_cases, read_cases
from journeyman.errors import BundleError
from journeyman.plan.target import Target
from journeyman.table.columns import MISSING_WORD, Columns, Strings
from journeyman.table.schema import Column

FEATURES = (
    Column(name="size", kind="number"),
    Column(name="since", kind="date"),
    Column(name="city", kind="category"),
)


def rows(count: int) -> Columns:
    random = np.random.default_rng(0)
    return Columns.of(
        rows=count,
        numbers=np.where(random.random((count, 1)) < 0.1, np.nan, random.normal(size=(count, 1))),
        number_names=["size"],
        dates=random.integers(0, 10**15, (count, 1)),
        dates_missing=random.random((count, 1)) < 0.1,
        date_names=["since"],
        words=[Strings.of(random.choice(["Oslo", "Bergen", MISSING_WORD], count).tolist())],
        word_names=["city"],
    )


def target(count: int) -> Target:
    return Target(task="binary", values=(np.arange(count) % 10 == 0).astype(np.float64), classes=("no", "yes"))


def test_few_rows_are_all_kept_and_come_back() -> None:
    table = rows(50)
    kept = keep_cases(table, target(50), seed=0)
    assert kept is not None
    assert kept.outcomes[:11] == ("yes", *["no"] * 9, "yes")
    columns = read_cases(kept.content(), FEATURES, ("no", "yes")).columns(FEATURES)
    np.testing.assert_array_equal(columns.numbers, table.numbers)
    np.testing.assert_array_equal(columns.dates_missing, table.dates_missing)
    assert columns.words[0].cells().tolist() == table.words[0].cells().tolist()


def test_of_many_rows_a_thousand_are_drawn_by_chance_and_the_same_again() -> None:
    one, again = (keep_cases(rows(5000), target(5000), seed=7) for _ in range(2))
    assert one is not None
    assert again is not None
    assert len(one.outcomes) == MOST_CASES
    assert one.content() == again.content()
    assert sum(outcome == "yes" for outcome in one.outcomes) / MOST_CASES == pytest.approx(0.1, abs=0.03)


def test_numbers_are_outcomes_too_and_no_rows_are_no_cases() -> None:
    numbers = Target(task="regression", values=np.array([1.5, 2.0]))
    kept = keep_cases(rows(2), numbers, seed=0)
    assert kept is not None
    assert read_cases(kept.content(), FEATURES, ()) == kept
    assert keep_cases(rows(0), target(0), seed=0) is None


def test_where_the_file_would_be_too_large_fewer_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 10_000)
    kept = keep_cases(rows(1000), target(1000), seed=0)
    assert kept is not None
    assert 50 < len(kept.outcomes) < 500
    monkeypatch.setattr(module, "LARGEST", 10)
    assert keep_cases(rows(1000), target(1000), seed=0) is None


def test_what_is_not_ours_is_refused() -> None:
    kept = keep_cases(rows(3), target(3), seed=0)
    assert kept is not None
    data = json.loads(kept.content())
    cells = data["cells"]
    broken: list[Any] = [
        [],
        {},
        {**data, "format": 2},
        {**data, "format": True},
        {**data, "more": 1},
        {**data, "outcomes": []},
        {**data, "outcomes": ["no", "no", "maybe"]},
        {**data, "outcomes": ["no"] * (MOST_CASES + 1)},
        {**data, "cells": {"size": cells["size"]}},
        {**data, "cells": {**cells, "size": cells["size"][:2]}},
        {**data, "cells": {**cells, "size": ["a", 1, 2]}},
        {**data, "cells": {**cells, "city": [1, 2, 3]}},
    ]
    contents = [json.dumps(one).encode() for one in broken]
    contents += [b"", b"{", b"\xff", b'{"format": NaN}', b"[" * 100_000, kept.content().replace(b"null", b"NaN", 1)]
    contents += [kept.content().replace(b'"Oslo"', b'"\\ud800"', 1)]
    for content in contents:
        if content != kept.content():
            with pytest.raises(BundleError, match="past cases are refused"):
                read_cases(content, FEATURES, ("no", "yes"))
    numbers = json.dumps({**data, "outcomes": [1, None, 2]}).encode()
    with pytest.raises(BundleError, match="no number"):
        read_cases(numbers, FEATURES, ())
