from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from journeyman.bundle.card import quoted, write_card
from journeyman.bundle.decision import ANY, DecisionRule
from journeyman.bundle.expression import Expression
from journeyman.bundle.manifest import read_manifest
from journeyman.bundle.uncertainty import SetRule, Spread
from journeyman.statistics.label_rule import LabelRule


def test_a_card_says_what_the_model_does(written: Callable[..., Path]) -> None:
    card = (written() / "card.md").read_text()
    for part in (
        "# Model of bought",
        "one of no, yes",
        "call: 300 if yes",
        "| age | number | 18 to 90 |",
        "Oslo, Bergen",
    ):
        assert part in card
    assert "a number" in (written("regression") / "card.md").read_text()


def test_nothing_from_data_becomes_markup(written: Callable[..., Path], without: Callable[..., Any]) -> None:
    manifest = read_manifest((written() / "manifest.json").read_bytes())
    evil = "<script>alert(1)</script> | # ![x](http://x) `rm`\n\n# Heading\x1b[31m"
    column = without(manifest.columns[0], name=evil, unit=evil)
    card = write_card(without(manifest, target=evil, columns=(column, *manifest.columns[1:]), facts={evil: evil}))
    assert "<script" not in card
    assert "\x1b" not in card
    assert "](http" not in card
    assert not any(line.startswith("# Heading") for line in card.splitlines())


def test_text_is_quoted_and_cut() -> None:
    assert quoted("a|b<c>") == "a\\|b&lt;c&gt;"
    assert len(quoted("x" * 500)) == 80


def test_a_wide_table_is_told_in_part(written: Callable[..., Path], without: Callable[..., Any]) -> None:
    manifest = read_manifest((written() / "manifest.json").read_bytes())
    columns = tuple(without(manifest.columns[0], name=f"n{number}") for number in range(1000))
    card = write_card(without(manifest, columns=columns))
    assert "and 800 more" in card


def test_a_card_says_how_amounts_are_computed(written: Callable[..., Path], without: Callable[..., Any]) -> None:
    manifest = read_manifest((written() / "manifest.json").read_bytes())
    rule = DecisionRule({"call": {"yes": Expression.parse("age - `a|b`"), "no": -5.0}}, cutoff=2.5)
    card = write_card(without(manifest, rule=rule))
    assert "- call: age - \\`a\\|b\\` if yes, -5 if no" in card
    assert "more than 2.5, the price of an action" in card
    assert "Amounts are computed from age, a\\|b; where such a cell is missing, it does nothing." in card
    numbers = DecisionRule({"buy": {ANY: Expression.parse("actual - 3")}}, is_for_numbers=True)
    assert "- buy: actual - 3\n" in write_card(without(manifest, rule=numbers))


def test_a_card_says_how_sure_the_model_says_it_is(written: Callable[..., Path], without: Callable[..., Any]) -> None:
    manifest = read_manifest((written() / "manifest.json").read_bytes())
    assert "no bounds and no sets" in write_card(without(manifest, uncertainty=None))
    bounds = write_card(without(manifest, uncertainty=Spread(0.9, (), (-1.0,), (1.0,))))
    assert "bounds, `low` and `high`, made to hold 90 % of new rows, while rows come as" in bounds
    sets = write_card(without(manifest, uncertainty=SetRule(0.95, (0.4, 0.2))))
    assert "a set of labels, made to hold the right one for 95 % of new rows of each class" in sets


def test_a_card_says_how_classes_are_named(written: Callable[..., Path], without: Callable[..., Any]) -> None:
    manifest = read_manifest((written() / "manifest.json").read_bytes())
    assert "How it names classes" not in write_card(manifest)
    ruled = without(manifest, metric="f1", label_rule=LabelRule.from_chance(0.1234567))
    assert "It names yes from a probability of 0.1235 on: so f1 is best if probabilities come true." in write_card(
        ruled
    )
    many = without(manifest, task="multiclass", label_rule=LabelRule((1.0, 2.0), (0.0, 0.1)))
    assert "the class with the largest scale · probability − shift" in write_card(many)
