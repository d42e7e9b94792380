"""What decisions are worth, from ``"act:true=300, act:false=-20"`` to a decision rule."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from journeyman.brief.brief import Gain
from journeyman.bundle.decision import NO_ACTION, DecisionRule
from journeyman.errors import BriefError, nearest

_SHAPE = 'write "ACTION:OUTCOME=AMOUNT, …", as "act:true=300, act:false=-20"'


def parse_gain(gain: str | Mapping[Any, Any]) -> dict[str, dict[str, float]]:
    """Read what decisions are worth: text, ``{"act:true": 300}`` or ``{"act": {"true": 300}}``.

    Outcomes stay as written; they become classes when these are known (`gain_rule`). A label with a comma may stand
    in the text as it is: ``"act:a, b=3"``.

    >>> parse_gain("act:true=300, act:false=-20")
    {'act': {'true': 300.0, 'false': -20.0}}

    Raises
    ------
    BriefError : it cannot be read, names a pair twice, or an amount is no finite number
    """
    rule: dict[str, dict[str, float]] = {}
    for action, outcome, amount in _pairs(gain):
        if not action or not outcome:
            raise BriefError(f"the gain {gain!r} cannot be read", because="a name is empty", remedy=_SHAPE)
        if action == NO_ACTION:
            raise BriefError(
                f"the gain names the action {NO_ACTION!r}",
                because="doing nothing is always there and worth 0",
                remedy=f"give what each other action is worth compared with {NO_ACTION!r}",
            )
        outcomes = rule.setdefault(action, {})
        if outcome in outcomes:
            raise BriefError(f"the gain names {action}:{outcome} twice", remedy="keep one of the two")
        outcomes[outcome] = _amount(action, outcome, amount)
    if not rule:
        raise BriefError("the gain is empty", remedy=_SHAPE)
    return rule


def gain_rule(gain: Gain | str, classes: Sequence[str], positive: str) -> DecisionRule:
    """The decision rule for these classes: ``true`` is the positive class, ``false`` every other one.

    A class of that very name comes before the meaning of ``true`` and ``false``.

    Raises
    ------
    BriefError : the target is a number, an outcome is no class, or two outcomes mean the same class
    """
    if not classes:
        raise BriefError(
            "a gain for a number as target is not in this version",
            because="the outcomes of --gain are classes, and the target is a number",
            remedy="leave --gain out",
        )
    actions: dict[str, dict[str, float]] = {}
    for action, outcomes in parse_gain(gain).items():
        amounts = actions.setdefault(action, {})
        for outcome, amount in outcomes.items():
            for label in _labels(action, outcome, classes, positive):
                if label in amounts:
                    raise BriefError(
                        f"the gain of {action!r} names the class {label!r} twice",
                        because=f"{outcome!r} means it too",
                        remedy="keep one of the two",
                    )
                amounts[label] = amount
    return DecisionRule(actions)


def _pairs(gain: str | Mapping[Any, Any]) -> list[tuple[str, str, Any]]:
    if isinstance(gain, str):
        return [_pair(part, gain) for part in _parts(gain)]
    found: list[tuple[str, str, Any]] = []
    for name, value in gain.items():
        if isinstance(value, Mapping):
            found += [(str(name).strip(), _outcome(outcome), amount) for outcome, amount in value.items()]
        else:
            action, colon, outcome = str(name).partition(":")
            if not colon:
                raise BriefError(f"the gain {name!r} names no outcome", remedy='write it as "act:true"')
            found.append((action.strip(), outcome.strip(), value))
    return found


def _parts(text: str) -> list[str]:
    """Cut at commas, but only where both sides are whole: a label may hold a comma."""
    parts: list[str] = []
    held = ""
    for piece in text.split(","):
        held = f"{held},{piece}" if held else piece
        if "=" in piece:
            parts.append(held)
            held = ""
    if held.strip():
        parts.append(held)
    return parts


def _pair(part: str, gain: str) -> tuple[str, str, str]:
    left, equals, amount = part.rpartition("=")
    action, colon, outcome = left.partition(":")
    if not equals or not colon:
        raise BriefError(
            f"the gain {gain!r} cannot be read", because=f"{part.strip()!r} is no ACTION:OUTCOME=AMOUNT", remedy=_SHAPE
        )
    return action.strip(), outcome.strip(), amount.strip()


def _outcome(outcome: object) -> str:
    return str(outcome).lower() if isinstance(outcome, bool) else str(outcome).strip()


def _amount(action: str, outcome: str, amount: object) -> float:
    try:
        value = float(amount) if isinstance(amount, str | int | float) and not isinstance(amount, bool) else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BriefError(
            f"the amount of {action}:{outcome} is {amount!r}",
            because="it is no finite number, and expressions over columns are not in this version",
            remedy="write a number with a decimal point, as 300 or -20.5",
        )
    return value


def _labels(action: str, outcome: str, classes: Sequence[str], positive: str) -> list[str]:
    named = find_label(outcome, classes)
    if named is not None:
        return [named]
    if outcome.casefold() in ("true", "false"):
        if not positive:
            raise BriefError(
                f"the gain {action}:{outcome} has no meaning here",
                because=f"there are {len(classes)} classes and none is named as the positive one",
                remedy="name one with --positive, or name the classes in --gain",
            )
        return [label for label in classes if (label == positive) == (outcome.casefold() == "true")]
    raise BriefError(
        f"the gain names the outcome {outcome!r}, which is no class of the target",
        remedy=nearest(outcome, [*classes, "true", "false"]),
    )


def find_label(text: str, classes: Sequence[str]) -> str | None:
    """The class that a text means: the same word, else the same number, else the only one alike but for its case.

    >>> find_label("1.0", ["0", "1"])
    '1'
    """
    if text in classes:
        return text
    for alike in (_number, str.casefold):
        wanted = alike(text)
        hits = [label for label in classes if alike(label) == wanted]
        if wanted is not None and len(hits) == 1:
            return hits[0]
    return None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
