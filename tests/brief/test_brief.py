from __future__ import annotations

import dataclasses

import pytest

from journeyman.brief.brief import Brief


def test_a_named_role_is_known_by_the_option_that_gives_it() -> None:
    brief = Brief(
        predict="y",
        entity="who",
        when="day",
        weight="w",
        ignore=("z",),
        current="c",
        columns={"k": {"role": "feature"}, "m": {}},
    )
    assert [brief.role_of(name) for name in ["y", "who", "day", "w", "z", "c", "k", "m", "other"]] == [
        "target", "entity", "time", "weight", "ignored", "incumbent", "feature", "", "",
    ]  # fmt: skip


def test_a_brief_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Brief(predict="y").seed = 1  # type: ignore[misc]


def test_none_is_no_time_unless_a_column_is_called_so() -> None:
    brief = Brief(predict="y", when="None", entity="who")
    assert brief.says_none("when", ["x"])
    assert not brief.says_none("when", ["x", "None"])
    assert not brief.says_none("entity", ["x"])
    assert not Brief(predict="y").says_none("when", ["x"])


def test_capacity_is_told_as_a_share_of_the_cases() -> None:
    assert Brief(capacity=30.0, volume=60.0).share == 0.5
    assert Brief(volume=60.0).share is None
