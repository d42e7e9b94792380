"""What came from where, as JSON and back."""

from __future__ import annotations

import json

import pytest

from journeyman.table.joined import Joined, joined_from_data

ONE = Joined(said="o.csv:k", name="o", origin="o.csv", digest="1", to="0", keys={"k": "k"}, columns={"v": "o_v"})


def test_it_comes_back_as_it_was() -> None:
    assert joined_from_data(json.loads(json.dumps([ONE.as_data()]))) == (ONE,)
    assert joined_from_data(None) == ()


@pytest.mark.parametrize("change", [{"said": 1}, {"keys": {"k": 1}}, {"columns": {"v": None}}])
def test_what_is_no_text_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="texts"):
        joined_from_data([{**ONE.as_data(), **change}])
