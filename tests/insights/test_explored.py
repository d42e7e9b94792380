from __future__ import annotations

from journeyman.insights.explored import Explored


def test_it_says_how_much_was_looked_at() -> None:
    found = Explored((), "y", 1200, 30, 0, 500, 500, "rows split in two at random", 0.1, "t<b>.csv")
    assert "1,200 things looked at, 30 stood out, 0 held on other rows" in repr(found)
    assert "<b>" not in found._repr_html_()
    assert found.as_data()["rows"] == {"first": 500, "second": 500}
