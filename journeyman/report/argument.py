"""The report's argument: the verdict in one sentence, with money, or with the metric in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import about, metric, plain, share

_OPENINGS = {"deploy": "Deploy it", "pilot": "Try it on a part first", "do_not_deploy": "Do not deploy it"}


def headline(summary: Mapping[str, Any]) -> str:
    """The verdict in one sentence: with money where decisions have a worth, else with the metric in plain words."""
    verdict = part(summary, "verdict")
    decision = str(verdict.get("decision", ""))
    opening = _OPENINGS.get(decision, plain(decision).capitalize() or "No verdict")
    if decision == "do_not_deploy":
        reasons = verdict.get("reasons") or ()
        return f"{opening}: {_inside(str(reasons[0]))}" if reasons else f"{opening}."
    gain = part(part(summary, "choice"), "gain").get("value")
    against = str(part(summary, "choice").get("against", ""))
    if "payoff" in part(summary, "evaluation") and is_number(gain) and against:
        promise = "it brings" if decision == "deploy" else "it may bring"
        return f"{opening}: {promise} {about(gain)} more per 1,000 rows than {the(against)}."
    worth = worth_in_words(summary)
    return f"{opening}: {worth}." if worth else f"{opening}."


def the(name: str) -> str:
    """A rival's name within a sentence.

    >>> the("best single rule"), the("always the same answer")
    ('the best single rule', 'always the same answer')
    """
    return f"the {name}" if name.startswith("best ") else name


def worth_in_words(summary: Mapping[str, Any]) -> str:
    """What the model can do, as one would tell it; empty where no estimate says."""
    told = {name: one.get("value") for name, one in part(summary, "evaluation").items() if isinstance(one, Mapping)}
    classes = [str(one) for one in summary.get("classes") or ()]
    if len(classes) == 2 and is_number(told.get("roc_auc")):
        yes = str(summary.get("positive") or classes[-1])
        no = next((one for one in classes if one != yes), classes[0])
        pairs = _of_hundred(told["roc_auc"])
        return f"it ranks a random “{yes}” above a random “{no}” in {pairs} of 100 pairs"
    if classes and is_number(told.get("accuracy")) and not part(summary, "label_rule"):
        commonest = part(summary, "confusion").get("commonest")
        also = f", where always naming the commonest gets {_of_hundred(commonest)}" if is_number(commonest) else ""
        return f"it names the right class for {_of_hundred(told['accuracy'])} of 100 rows{also}"
    if is_number(told.get("mae")):
        explained = told.get("r2")
        is_told = is_number(explained) and explained > 0
        also = f", and it explains {share(explained)} of what differs between rows" if is_told else ""
        return f"its answers are off by {about(told['mae'])} on average{also}"
    name = str(summary.get("metric", ""))
    return f"its {metric(name)} is {about(told[name])}" if is_number(told.get(name)) else ""


def _of_hundred(value: Any) -> str:
    return f"{round(100 * value):d}"


def _inside(sentence: str) -> str:
    """A sentence to go on with behind a colon."""
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence
