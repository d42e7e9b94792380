"""The options by which a person names what is read."""

from __future__ import annotations

import pytest

from journeyman.errors import BriefError
from journeyman.sources.named import NAMES, Named, Naming, naming_of


def test_what_is_not_said_is_empty() -> None:
    assert naming_of() == naming_of(table=None, query=None, join=None, allow_addresses=False) == Naming()


def test_one_join_or_several() -> None:
    assert naming_of(join="a.csv:k").join == ("a.csv:k",)
    assert naming_of(join=["a.csv:k", "b.csv:k"]).join == ("a.csv:k", "b.csv:k")


def test_leave_for_the_own_network_holds_for_the_public_one() -> None:
    reaches = [naming_of(), naming_of(allow_addresses=True), naming_of(allow_private_addresses=True)]
    assert [one.reach for one in reaches] == ["files", "public", "private"]


def test_what_is_no_text_is_refused() -> None:
    for named in ({"table": 3}, {"query": b"x"}, {"join": [1]}):
        with pytest.raises(BriefError, match="no text"):
            naming_of(**named)  # type: ignore[arg-type]  # that is what is tried


def test_every_option_is_listed() -> None:
    assert set(NAMES) == set(Named.__annotations__)
