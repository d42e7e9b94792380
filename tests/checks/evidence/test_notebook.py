"""An audit in a notebook."""

from __future__ import annotations

from journeyman.checks.evidence.notebook import as_html
from journeyman.table.finding import Cost, Finding, Remedy


def test_every_text_of_the_data_is_escaped_and_costs_are_told() -> None:
    cost = Cost(measure="AUC", ignored=0.95, heeded=0.9, words="with it 0.95, without it 0.90")
    remedy = Remedy(action="review", words="look at <b>")
    one = Finding(code="leak", severity="warning", message="'<script>' tells", remedy=remedy, cost=cost)
    page = as_html("a & b.csv", [one])
    assert "<script>" not in page
    assert "a &amp; b.csv" in page
    assert "AUC: with it 0.95, without it 0.90" in page
    assert "look at &lt;b&gt;" in page


def test_nothing_found_is_said() -> None:
    assert "no problems found" in as_html("t", [])
