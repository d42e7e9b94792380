"""The model card: what a bundle is, for people, in Markdown. It says nothing of single rows."""

from __future__ import annotations

import html
from typing import Any

from journeyman.bundle.amount import amount_text
from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.golden import date_text
from journeyman.bundle.manifest import Manifest
from journeyman.bundle.router import Router
from journeyman.bundle.uncertainty import SetRule, Uncertainty
from journeyman.statistics.label_rule import LabelRule
from journeyman.table.schema import Column

_MOST_COLUMNS, _MOST_LEVELS, _MOST_TEXT = 200, 8, 80
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]()#|~!"})


def write_card(manifest: Manifest, cases: int = 0) -> str:
    """The card of a manifest, and of so many past cases beside it."""
    target = quoted(manifest.target)
    lines = [
        f"# Model of {target}",
        "",
        f"Predicts {target} ({_task(manifest)}) from {len(manifest.columns)} columns.",
        f"It was chosen by {quoted(manifest.metric)}.",
        "",
        "Load it with `journeyman.load(folder)`, or score a table with `journeyman predict`.",
        "The model is `model.onnx`; any ONNX runtime can run it on the columns that `manifest.json` describes.",
        "Nothing in this folder is code.",
    ]
    facts = {name: value for name, value in manifest.facts.items() if isinstance(value, str | int | float)}
    if facts:
        lines += ["", "## What is known of it", ""]
        lines += [f"- {quoted(name.replace('_', ' '))}: {quoted(_number(facts[name]))}" for name in sorted(facts)]
    if manifest.rule is not None:
        lines += ["", "## How it decides", "", *_decides(manifest.rule)]
    if manifest.label_rule is not None:
        lines += ["", "## How it names classes", "", _names(manifest.label_rule, manifest)]
    lines += ["", "## How sure it is", "", _sure(manifest.uncertainty)]
    if manifest.router is not None:
        lines += ["", "## What it decides alone", "", *_alone(manifest.router, manifest.classes)]
    lines += ["", "## What it reads", "", "| column | kind | training rows held |", "|---|---|---|"]
    for column in manifest.columns[:_MOST_COLUMNS]:
        lines.append(f"| {quoted(column.name)} | {column.kind} | {_held(column)} |")
    if len(manifest.columns) > _MOST_COLUMNS:
        lines.append(f"| … and {len(manifest.columns) - _MOST_COLUMNS} more | | |")
    lines += ["", "## Its limits", "", *_limits(manifest)]
    if cases:
        lines += [
            "",
            "## Whose data is in it",
            "",
            f"`cases.json` holds {cases:,} rows of the training table with their outcomes, to show past cases that are",
            "like a new one. Whoever has this folder can read them.",
        ]
    return "\n".join(lines) + "\n"


def _limits(manifest: Manifest) -> list[str]:
    if manifest.novelty is None:
        return [
            "It knows rows like those it was built from. Rows with levels, numbers or dates outside of what stands",
            "above get the status `unusual`; cells that cannot be read give `refused` and no prediction.",
            "A missing cell is allowed.",
        ]
    share = f"{100 * manifest.novelty.limit:.2g} %"
    return [
        f"It knows rows like those it was built from. A row that is stranger than all but about {share} of them, by a",
        "level, number or date outside of what stands above, or by many rare cells together, gets the status",
        "`unusual`; cells that cannot be read give `refused` and no prediction. A missing cell is allowed.",
    ]


def _decides(rule: DecisionRule) -> list[str]:
    least = f" if that is more than {rule.cutoff:g}, the price of an action" if rule.cutoff else ""
    lines = [f"It takes the action that promises most{least}; doing nothing is worth 0.", ""]
    for action, amounts in rule.actions.items():
        worth = ", ".join(
            f"{quoted(amount_text(amount))}{'' if rule.is_for_numbers else f' if {quoted(outcome)}'}"
            for outcome, amount in amounts.items()
        )
        if worth:
            lines.append(f"- {quoted(action)}: {worth}")
    if rule.columns:
        names = ", ".join(quoted(name) for name in rule.columns[:_MOST_LEVELS])
        more = ", …" if len(rule.columns) > _MOST_LEVELS else ""
        lines += ["", f"Amounts are computed from {names}{more}; where such a cell is missing, it does nothing."]
    return lines


def _names(rule: LabelRule, manifest: Manifest) -> str:
    if manifest.task == "binary":
        what = f"{quoted(manifest.positive)} from a probability of {rule.least_chance:.4g} on"
    else:
        what = "the class with the largest scale · probability − shift, which `manifest.json` holds"
    return f"It names {what}: so {quoted(manifest.metric)} is best if probabilities come true."


def _sure(uncertainty: Uncertainty | None) -> str:
    if uncertainty is None:
        return "It states no bounds and no sets of labels: too few rows were judged."
    share = f"{100 * uncertainty.nominal:g} %"
    if isinstance(uncertainty, SetRule):
        what = f"a set of labels, made to hold the right one for {share} of new rows of each class that was seen often"
    else:
        what = f"bounds, `low` and `high`, made to hold {share} of new rows"
    return f"It gives each row {what}, while rows come as those that it was built from."


def _alone(router: Router, classes: tuple[str, ...]) -> list[str]:
    known = [(label, least) for label, least in zip(classes, router.thresholds, strict=True) if least is not None]
    told = [quoted_whole(router.promise)] if router.promise else []
    if not known:
        return ["Nothing: every row goes to a person.", *told]
    rules = [f"- {quoted(label)} where its probability is {least:.4g} or more" for label, least in known]
    audit = f"Of these rows {100 * router.audit_share:g} %, drawn by a hash of the row, go to a person all the same."
    return [*told, "", *rules, "", f"{audit} All other rows go to a person, unusual ones too."]


def quoted_whole(text: str) -> str:
    """A text of ours that may hold words from data, in full."""
    plain = "".join(mark if mark.isprintable() else " " for mark in text)
    return html.escape(plain.translate(_MARKS), quote=False)


def quoted(text: object) -> str:
    """Text from data as plain text in Markdown and in HTML, on one line."""
    plain = "".join(mark if mark.isprintable() else " " for mark in str(text))
    plain = plain if len(plain) <= _MOST_TEXT else plain[: _MOST_TEXT - 1] + "…"
    return html.escape(plain.translate(_MARKS), quote=False)


def _task(manifest: Manifest) -> str:
    if manifest.task == "regression":
        return "a number"
    labels = ", ".join(quoted(label) for label in manifest.classes[:_MOST_LEVELS])
    more = ", …" if len(manifest.classes) > _MOST_LEVELS else ""
    positive = f"; probabilities are of {quoted(manifest.positive)}" if manifest.task == "binary" else ""
    return f"one of {labels}{more}{positive}"


def _held(column: Column) -> str:
    if column.kind == "category":
        levels = ", ".join(quoted(level) for level in column.levels[:_MOST_LEVELS])
        return levels + (f", … ({len(column.levels)} levels)" if len(column.levels) > _MOST_LEVELS else "")
    if column.kind == "number" and column.low is not None and column.high is not None:
        unit = f" {quoted(column.unit)}" if column.unit else ""
        return f"{column.low:g} to {column.high:g}{unit}"
    if column.kind == "date" and column.low is not None and column.high is not None:
        return f"{_day(column.low)} to {_day(column.high)}"
    return {"flag": "yes, no", "text": f"texts, read as {column.terms}"}.get(column.kind, "")


def _day(at: float) -> str:
    return date_text(at, "iso")[:10]


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
