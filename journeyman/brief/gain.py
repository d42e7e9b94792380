"""What decisions are worth, from ``"act:true=300, act:false=-20"`` to a decision rule."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from journeyman.brief.brief import Gain
from journeyman.bundle.amount import Amount
from journeyman.bundle.decision import ANY, NO_ACTION, DecisionRule
from journeyman.bundle.expression import Expression
from journeyman.errors import BriefError, InputError, nearest

_SHAPE = 'write "ACTION:OUTCOME=AMOUNT, …", as "act:true=300, act:false=-20"'
#: What people put between two pairs instead of a comma.
_BETWEEN = " \t\r\n;"


def parse_gain(gain: str | Mapping[Any, Any]) -> dict[str, dict[str, float | str]]:
    """Read what decisions are worth: text, ``{"act:true": 300}`` or ``{"act": {"true": 300}}``.

    Outcomes stay as written; they become classes when these are known (`gain_rule`). A label with a comma may stand
    in the text as it is: ``"act:a, b=3"``. An action without an outcome is worth the same whatever comes (`ANY`), which
    is how a number is judged. An amount is a number, or the one spelling of an expression over the cells of the row.

    >>> parse_gain("act:true=amount-12, act:false=-20")
    {'act': {'true': 'amount - 12', 'false': -20.0}}

    Raises
    ------
    BriefError : it cannot be read, names a pair twice, or an amount is neither a finite number nor an expression
    """
    rule: dict[str, dict[str, float | str]] = {}
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

    A class of that very name comes before the meaning of ``true`` and ``false``. Without classes the target is a
    number, and the rule one for numbers.

    Raises
    ------
    BriefError : an outcome is no class, or two outcomes mean the same class; for a number, there is an outcome at all;
        for classes, an amount reads ``prediction`` or ``actual``
    """
    read = {
        action: {outcome: _read_amount(amount) for outcome, amount in outcomes.items()}
        for action, outcomes in parse_gain(gain).items()
    }
    try:
        if not classes:
            return DecisionRule(read, is_for_numbers=True)
        return DecisionRule(
            {action: _by_class(action, outcomes, classes, positive) for action, outcomes in read.items()}
        )
    except BriefError:
        raise
    except InputError as error:
        raise BriefError(error.happened, because=error.because, remedy=error.remedy) from error


def gain_columns(gain: Gain) -> tuple[str, ...]:
    """The columns that the amounts of a gain read, in the order of their first mention."""
    amounts = [_read_amount(amount) for outcomes in gain.values() for amount in outcomes.values()]
    return tuple(dict.fromkeys(name for one in amounts if isinstance(one, Expression) for name in one.names))


def _read_amount(amount: float | str) -> Amount:
    return Expression.parse(amount) if isinstance(amount, str) else amount


def _by_class(action: str, outcomes: Mapping[str, Amount], classes: Sequence[str], positive: str) -> dict[str, Amount]:
    amounts: dict[str, Amount] = {}
    for outcome, amount in outcomes.items():
        for label in _labels(action, outcome, classes, positive):
            if label in amounts:
                raise BriefError(
                    f"the gain of {action!r} names the class {label!r} twice",
                    because=f"{outcome!r} means it too",
                    remedy="keep one of the two",
                )
            amounts[label] = amount
    return amounts


def _pairs(gain: str | Mapping[Any, Any]) -> list[tuple[str, str, Any]]:
    if isinstance(gain, str):
        return [_pair(part, gain) for part in _parts(gain)]
    found: list[tuple[str, str, Any]] = []
    for name, value in gain.items():
        if isinstance(value, Mapping):
            found += [(str(name).strip(), _outcome(outcome), amount) for outcome, amount in value.items()]
        else:
            action, colon, outcome = str(name).partition(":")
            found.append((action.strip(), outcome.strip() if colon else ANY, value))
    return found


def _parts(text: str) -> list[str]:
    """Cut at commas, but only where both sides are whole: labels, names in back-ticks and min(a, b) may hold one."""
    parts: list[str] = []
    held = ""
    for piece in text.split(","):
        held = f"{held},{piece}" if held else piece
        equals = _equals(held)
        # Within parentheses of an amount, not of a label.
        amount = "".join(held[equals + 1 :].split("`")[::2])
        if equals >= 0 and amount.count("(") <= amount.count(")"):
            parts.append(held)
            held = ""
    if held.strip():
        parts.append(held)
    return parts


def _equals(text: str) -> int:
    """Where the amount begins: the last ``=`` that is not between back-ticks; −1 without one."""
    for place in range(len(text) - 1, -1, -1):
        if text[place] == "=" and text.count("`", place) % 2 == 0:
            return place
    return -1


def _pair(part: str, gain: str) -> tuple[str, str, str]:
    equals = _equals(part)
    if equals < 0:
        raise BriefError(
            f"the gain {gain!r} cannot be read", because=f"{part.strip()!r} is no ACTION:OUTCOME=AMOUNT", remedy=_SHAPE
        )
    second = _second(part[:equals])
    if second is not None:
        pairs = f"{part[:second].strip(_BETWEEN)}, {part[second:].strip(_BETWEEN)}"
        raise BriefError(
            f"the gain {gain!r} cannot be read",
            because=f"a comma is missing before {part[second:].strip(_BETWEEN)!r}",
            remedy=f'write "{pairs}"',
        )
    action, colon, outcome = part[:equals].partition(":")
    return action.strip(), outcome.strip() if colon else ANY, part[equals + 1 :].strip()


def _second(names: str) -> int | None:
    """Where a second pair begins, as in ``act:true=300 act:false``, and not a label that holds an ``=``; else None."""
    equals = next((place for place in range(len(names)) if _equals(names[: place + 1]) == place), -1)
    if equals < 0:
        return None
    for gap in reversed(list(re.finditer(rf"[{_BETWEEN}]+", names[equals + 1 :]))):
        amount, second = names[equals + 1 :][: gap.start()], names[equals + 1 :][gap.end() :]
        # Both pairs say an outcome, or neither does.
        if (":" in second) == (":" in names[:equals]) and second and _is_amount(amount):
            return equals + 1 + gap.end()
    return None


def _is_amount(text: str) -> bool:
    try:
        Expression.parse(text)
    except InputError:
        return False
    return True


def _outcome(outcome: object) -> str:
    return str(outcome).lower() if isinstance(outcome, bool) else str(outcome).strip()


def _amount(action: str, outcome: str, amount: object) -> float | str:
    value = math.nan
    if isinstance(amount, str):
        try:
            value = float(amount)
        except ValueError:
            return _expression(action, outcome, amount)
    elif isinstance(amount, int | float) and not isinstance(amount, bool):
        try:
            value = float(amount)
        except OverflowError:
            value = math.inf
    if not math.isfinite(value):
        raise BriefError(
            f"the amount of {action}:{outcome} is {amount!r}",
            because="it is neither a finite number nor an expression over columns",
            remedy="write a number with a decimal point, as 300 or -20.5, or an expression, as amount - 12",
        )
    return value


def _expression(action: str, outcome: str, text: str) -> float | str:
    """An expression in its one spelling; its value where it reads nothing of the row."""
    try:
        read = Expression.parse(text)
    except InputError as error:
        raise BriefError(
            f"the amount of {action}:{outcome} is {text!r}", because=error.because, remedy=error.remedy
        ) from error
    if read.names or read.answers:
        return read.text
    return _amount(action, outcome, read.evaluate_one({}))


def _labels(action: str, outcome: str, classes: Sequence[str], positive: str) -> list[str]:
    named = find_label(outcome, classes)
    if named is not None:
        return [named]
    if outcome == ANY:
        raise BriefError(
            f"the gain of {action!r} names no outcome",
            because="the target has classes, and what an action is worth hangs on which of them comes",
            remedy=_SHAPE,
        )
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
