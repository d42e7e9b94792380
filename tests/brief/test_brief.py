from __future__ import annotations

import dataclasses

import pytest

from journeyman.brief.brief import Brief


def test_a_named_role_is_known_by_the_option_that_gives_it() -> None:
    brief = Brief(
        predict="y", entity="who", when="day", weight="w", ignore=("z",), columns={"k": {"role": "feature"}, "m": {}}
    )
    assert [brief.role_of(name) for name in ["y", "who", "day", "w", "z", "k", "m", "other"]] == [
        "target", "entity", "time", "weight", "ignored", "feature", "", "",
    ]  # fmt: skip


def test_a_brief_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Brief(predict="y").seed = 1  # type: ignore[misc]
