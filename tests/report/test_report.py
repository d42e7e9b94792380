from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from journeyman.report.report import view_of, write_report

Summary = Callable[..., dict[str, Any]]
NASTY = "<img src=x onerror=alert(1)>\"'{{7*7}}"


class Page(HTMLParser):
    """What a page is made of: its elements, their attributes, and its text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        # A percent sign stays on the line of its number.
        self.text += data.replace("\xa0", " ")


def full(made_up: Summary, told: dict[str, Any]) -> dict[str, Any]:
    """A summary with all that a run may know of money and doubt."""
    gain = {"value": -30.0, "low": -50.0, "high": -10.0}
    way = {"payoff": {"value": 9000.0, "low": 8000.0, "high": 9900.0}, "gain": gain, "probability": 0.31}
    summary = made_up(
        choice={
            "gain": {"value": 2300.0, "low": 1500.0, "high": 3100.0},
            "against": "best single rule",
            "share": 0.975,
            "too_late": ["boosted trees, tuned"],
            "beside": [{"name": "today's way ('score')", **way}, {"name": "'call' for every row", **way}],
            "cost_ranges": [{"action": "call", "outcome": "0", "amount": -100.0, "low": -161.0, "high": None}],
        },
        weakest={"column": "branch", "words": "north", "rows": 240, "gain": gain, "looked_at": 9, "is_loss": True},
        calibration_check={"off_by": 0.06, "share": 0.06, "p_value": 1e-5, "comes_true": False},
        uncertainty=told,
        payoff_rule={"actions": [["call", {"0": -100.0, "1": "LIMIT_BAL / 1000"}]]},
    )
    summary["payoff_curve"]["capacity"] = 0.6
    return summary


def page_of(summary: dict[str, Any], folder: Path) -> Page:
    return Page(write_report(summary, folder / "report.html"))


def test_the_page_says_what_the_summary_says(made_up: Summary, tmp_path: Path) -> None:
    text = page_of(made_up(), tmp_path).text
    for fact in (
        "Deploy",
        "97 %",
        "+14,210",
        "+13,100 to +15,400",
        "0.434",
        "0.778",
        "5 stratified folds",
        "Gain over the best single rule: +2,300 [+1,500, +3,100] per 1,000 rows",
        "+300",
        "It acts above a probability of 25 %: 100 of 400.",
        "3 things to know, the gravest first.",
        "A row must come with 1 column, each of which has to be known when the row is predicted.",
        "−100",
    ):
        assert fact in text, fact
    assert "lightgbm, deep: stopped, its time was up" in text
    assert "A call that costs more than 161." in text


def test_money_and_doubt_are_shown_where_they_matter(
    made_up: Summary, bounds: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    worst = bounds()["worst"] | {"high": 0.89}
    text = page_of(full(made_up, bounds(worst=worst)), tmp_path).text
    for fact in (
        "today's way (“score”) today+9,000+8,000 to +9,900−30−50 to −1031 %",
        "that there is room for: 60 % of them, drawn at random",
        "The model wins as long as “call” for “0” costs less than 161 (said: 100).",
        "room for 60 %",
        "What “call” for “1” is worth is computed for each row: +10 at the smallest",
        "does harm Where “branch” is “north” (240 rows) it does harm: −30 [−50, −10] per 1,000 of them.",
        "Its probabilities are off by 6.0 percentage points on average; chance alone",
        "Measured: 90.6 % [89.7 %, 91.4 %]",
        "less sureWhere “sex” is “I”",
        "1 other build was judged by these rows before: intervals are 1.14 times as wide.",
        "Ranges are 97.5 % intervals.",
        "could not be fitted on all rows: boosted trees, tuned.",
    ):
        assert fact in text, fact
    hero = text[: text.index("What was asked")]
    assert "mindWhere “branch” is “north” (240 rows) it does harm" in hero
    assert "Its probabilities come true" not in text


def test_what_is_fine_is_no_caution(made_up: Summary, bounds: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    check = {"off_by": 0.004, "share": 0.004, "p_value": 0.4, "comes_true": True}
    text = page_of(made_up(calibration_check=check, uncertainty=bounds()), tmp_path).text
    assert "Its probabilities come true" in text
    for mark in ("mind", "less sure", "does harm", "used before", "room for"):
        assert mark not in text, mark


def test_without_money_the_best_floor_is_what_it_is_held_against(regression: Summary, tmp_path: Path) -> None:
    choice = {"gain": {"value": 1.2}, "against": "always the same answer", "floor": "linear model"}
    over = {"value": 0.054, "low": 0.029, "high": 0.076}
    text = page_of(regression(choice=choice | {"over_floor": over}), tmp_path).text
    assert "Above the best floor, linear model, it brings +0.054 [+0.029, +0.076] of RMSE." in text
    text = page_of(regression(choice=choice | {"over_floor": over | {"low": -0.01}}), tmp_path).text
    assert "[−0.010, +0.076] of RMSE, which may be none." in text


def test_it_says_whether_more_rows_would_help(made_up: Summary, tmp_path: Path) -> None:
    point = {"rows": 12000.0, "value": 0.44, "low": 0.43, "high": 0.45}
    curve = {
        "metric": "log_loss",
        **dict.fromkeys(("half", "full", "whole"), point),
        "more": point | {"rows": 300000},
        "sentence": "More rows of this kind will not help.",
    }
    text = page_of(made_up(learning_curve=curve), tmp_path).text
    assert "Would more rows help" in text
    assert "More rows of this kind will not help." in text
    assert "300,000 rows" in text
    assert "the better end of each range of a score allows for it" in text
    text = page_of(made_up(), tmp_path).text
    assert "more rows" not in text.lower()
    assert "the better end" not in text


def test_elements_are_closed_and_nothing_is_fetched_or_run(
    made_up: Summary, bounds: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    page = page_of(full(made_up, bounds()), tmp_path)
    assert page.open == []
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "iframe", "object", "embed", "img", "form", "base"}
    names = {name for _, attributes in page.elements for name in attributes}
    assert not {one for one in names if one.startswith("on")} | (names & {"src", "style", "srcset"})
    places = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    led_to = {attributes["href"] for _, attributes in page.elements if "href" in attributes}
    assert led_to == {f"#{one}" for one in places}
    text = (tmp_path / "report.html").read_text("utf-8")
    assert "default-src 'none'" in text
    assert not re.search(r"url\(|@import|https?:", text)


def test_nothing_from_data_becomes_markup(
    made_up: Summary, bounds: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    plain = page_of(full(made_up, bounds()), tmp_path)

    def spoiled(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: spoiled(one, name) for name, one in value.items()}
        if isinstance(value, list):
            return [spoiled(one, key) for one in value]
        free = ("decision", "severity", "status", "kind", "role", "task")
        return NASTY + str(value) if isinstance(value, str) and key not in free else value

    changed = spoiled(full(made_up, bounds()))
    assert isinstance(changed, dict)
    page = page_of(changed, tmp_path)
    assert page.open == []
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in plain.elements}
    assert not {name for _, attributes in page.elements for name in attributes if name.startswith("on")}
    assert NASTY in page.text


def test_the_verdict_comes_first_and_has_money(made_up: Summary, tmp_path: Path) -> None:
    text = page_of(made_up(), tmp_path).text
    assert "Deploy it: it brings 2,300 more per 1,000 rows than the best single rule." in text
    parts = ["Deploy it", "What was asked", "What is in the data", "How it was judged", "What was tried"]
    parts += ["What it is worth", "What the model uses", "what to try next", "How to use it", "9c1185a5c5e9"]
    places = [text.rindex(one) for one in parts]
    assert places == sorted(places)


def test_a_regression_without_money_or_probabilities_has_a_page(regression: Summary, tmp_path: Path) -> None:
    summary = regression(
        choice={"gain": None, "against": ""},
        verdict={"decision": "do_not_deploy", "probability": None, "reasons": [], "would_change": []},
    )
    text = page_of(summary, tmp_path).text
    assert "Do not deploy" in text
    assert "a number" in text
    assert "What a decision is worth" not in text
    assert "come true?" not in text
    assert "Half of its answers are off by 3.5 at most" in text


def test_amounts_of_the_row_are_told_as_they_are_computed(
    made_up: Summary, regression: Summary, tmp_path: Path
) -> None:
    rule = {"actions": [["call", {"0": -5.0, "1": "amount - 12 <b>"}]]}
    text = page_of(made_up(payoff_rule=rule), tmp_path).text
    assert "amount - 12 <b>" in text
    assert "if 1" in text
    text = page_of(regression() | {"payoff_rule": {"actions": [["buy", {"any": "actual - fee"}]]}}, tmp_path).text
    assert "whatever comes" in text
    assert "actual - fee" in text


def test_several_classes_have_a_table_of_what_was_taken_for_what(made_up: Summary, tmp_path: Path) -> None:
    told = {"classes": ["a", "b", "c"], "counts": [[9.0, 1, 0], [2, 7, 1], [0, 4, 6]], "others": 0}
    summary = made_up(
        task="multiclass",
        classes=["a", "b", "c"],
        payoff_curve=None,
        payoff_rule=None,
        evaluation={"accuracy": {"value": 0.733, "low": 0.6, "high": 0.8}},
        confusion={**told, "right": 22 / 30, "commonest": 1 / 3},
    )
    text = page_of(summary, tmp_path).text
    assert "it names the right class for 73 of 100 rows, where always naming the commonest gets 33" in text
    assert "most often it takes “c” for “b”" in text


def test_many_columns_are_folded_away(made_up: Summary, tmp_path: Path) -> None:
    column = {"kind": "number", "role": "feature"}
    page = page_of(made_up(schema=[{"name": f"x{place}", **column} for place in range(40)]), tmp_path)
    assert "26 more columns" in page.text
    assert "x39" in page.text


def test_an_almost_empty_summary_still_has_a_page(tmp_path: Path) -> None:
    page = page_of({"format": 1, "verdict": {"decision": "pilot"}, "leaderboard": [{"name": "constant"}]}, tmp_path)
    assert "Pilot first" in page.text


def test_interrupted_and_too_few_are_said(made_up: Summary, tmp_path: Path) -> None:
    text = page_of(
        made_up(status="interrupted", choice={"too_few": True, "too_few_reason": "9 rows were scored"}), tmp_path
    ).text
    assert "ended early" in text
    assert "too few rows to say how good a model would be: 9 rows were scored." in text


def test_the_metric_that_was_asked_for_comes_first(made_up: Summary) -> None:
    assert [name for name, _ in view_of(made_up(metric="roc_auc"))["estimates"]] == ["roc_auc", "log_loss"]


def test_the_same_summary_gives_the_same_bytes(made_up: Summary, tmp_path: Path) -> None:
    first = write_report(made_up(), tmp_path / "one.html").read_bytes()
    assert write_report(made_up(), tmp_path / "two.html").read_bytes() == first
