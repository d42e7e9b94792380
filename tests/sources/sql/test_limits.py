"""How long a database may take, and how much it may give."""

from __future__ import annotations

import pytest

from journeyman.errors import SourceError
from journeyman.sources.sql import limits


def test_what_is_too_slow_or_too_large_says_what_else_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = limits.too_slow("shop.sqlite")
    assert (slow.code, "10 minutes" in slow.happened, "--query" in slow.remedy) == ("too_slow", True, True)
    monkeypatch.setattr(limits, "MOST_ROWS", 3)
    limits.require_few(3, "shop.sqlite")
    with pytest.raises(SourceError, match="more than 3 rows") as caught:
        limits.require_few(4, "shop.sqlite")
    assert caught.value.code == "too_large"
