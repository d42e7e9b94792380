"""Numbers and names as people read them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

NOTHING = "–"

_DECISIONS = {"deploy": "Deploy", "pilot": "Pilot first", "do_not_deploy": "Do not deploy"}
#: A metric: its name for people, and what its number says. What stands here must fit any table.
_METRICS = {
    "log_loss": ("log loss", "how surprised the probabilities are by what comes; 0 is never, lower is better"),
    "roc_auc": ("AUC", "how often a random row of the one class ranks above one of the other; 0.5 is chance, 1 always"),
    "average_precision": ("average precision", "how pure the top of the ranking is; 1 is perfect"),
    "accuracy": ("accuracy", "the share of rows for which the right class is named"),
    "balanced_accuracy": ("balanced accuracy", "the share that is right, every class counting the same"),
    "f1": ("F1", "how well the one class is found without false alarms; 1 is perfect"),
    "brier": ("Brier score", "the mean squared distance of probabilities from what came; lower is better"),
    "rmse": ("RMSE", "the typical error in the target's own unit, large ones weighing more; lower is better"),
    "mae": ("mean error", "by how much an answer is off on average, in the target's own unit"),
    "r2": ("R²", "the share of the differences between rows that is explained; 1 is all, 0 none"),
    "rmsle": ("RMSLE", "the typical error as a ratio: 0.1 is about 10 % off; lower is better"),
    "poisson_deviance": ("Poisson deviance", "how far counts are from what was expected; lower is better"),
    "payoff": ("payoff", "what the decisions are worth, per 1,000 rows"),
}
_TASKS = {"binary": "two classes", "multiclass": "several classes", "regression": "a number"}


def number(value: object) -> str:
    """A number with as many digits as a reader can use.

    >>> number(0.84812), number(63400.2), number(12.345), number(0.0001234), number(None)
    ('0.848', '63,400', '12.35', '0.00012', '–')
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return NOTHING
    size = abs(value)
    if size == 0:
        return "0"
    if size >= 1000 or float(value).is_integer():
        return f"{value:,.0f}"
    if size >= 0.01:
        return f"{value:.3f}" if size < 10 else f"{value:.2f}" if size < 100 else f"{value:.1f}"
    return f"{value:.2g}"


def signed(value: object) -> str:
    """An amount with its sign.

    >>> signed(63400.0), signed(-20)
    ('+63,400', '−20')
    """
    text = number(value)
    if text in (NOTHING, "0"):
        return text
    return "−" + text[1:] if text.startswith("-") else "+" + text


def share(value: object) -> str:
    """A share as percent.

    >>> share(0.974), share(0.99996), share(0.0), share(0.0016)
    ('97 %', 'over 99.9 %', '0 %', '0.2 %')
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return NOTHING
    if 0.999 < value < 1:
        return "over 99.9 %"
    if 0 < value < 0.001:
        return "under 0.1 %"
    is_edge = 0.99 < value < 1 or 0 < value < 0.0095
    return f"{100 * value:.1f} %" if is_edge else f"{100 * value:.0f} %"


def chance(value: object) -> str:
    """A probability that was counted in a few hundred replays: never certain.

    >>> chance(1.0), chance(0.974), chance(0.0)
    ('over 99 %', '97 %', 'under 1 %')
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value > 0.99:
            return "over 99 %"
        if value < 0.01:
            return "under 1 %"
    return share(value)


def interval(estimate: Mapping[str, Any], *, with_sign: bool = False) -> str:
    """A value with its interval, as ``0.848 [0.836, 0.860]``."""
    show = signed if with_sign else number
    value, low, high = (show(estimate.get(name)) for name in ("value", "low", "high"))
    return value if NOTHING in (low, high) else f"{value} [{low}, {high}]"


def duration(seconds: object) -> str:
    """Seconds as people say them.

    >>> duration(0.034), duration(3.21), duration(118.2)
    ('34 ms', '3.2 s', '1 min 58 s')
    """
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not math.isfinite(seconds):
        return NOTHING
    if seconds == 0:
        return NOTHING
    if seconds < 1:
        return f"{1000 * seconds:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s".replace(".0 ", " ")
    whole = round(seconds)
    return f"{whole // 60} min {whole % 60} s"


def about(value: object) -> str:
    """A number with three digits, as one says it.

    >>> about(13514.9), about(0.84567), about(-22240), about(25.7), about(0.00012)
    ('13,500', '0.846', '-22,200', '25.7', '0.00012')
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or not value:
        return number(value)
    digits = 2 - math.floor(math.log10(abs(value)))
    return f"{round(value, digits):,.0f}" if digits <= 0 else f"{value:.3g}"


def moment(microseconds: object) -> str:
    """A time as its date.

    >>> moment(0), moment(None)
    ('1970-01-01', '–')
    """
    if isinstance(microseconds, bool) or not isinstance(microseconds, (int, float)) or not math.isfinite(microseconds):
        return NOTHING
    try:
        return str((datetime(1970, 1, 1) + timedelta(microseconds=int(microseconds))).date())
    except OverflowError:
        return NOTHING


def cell(value: object, column: Mapping[str, Any]) -> str:
    """A column's number as a reader knows it: dates and years are no amounts, and a flag has two words.

    >>> cell(1994.0, {"low": 1920.0, "high": 2010.0}), cell(1994.0, {"low": 0.0, "high": 2010.0})
    ('1994', '1,994')
    >>> cell(0, {"kind": "date"}), cell(1.0, {"kind": "flag", "true_words": ["yes"]})
    ('1970-01-01', 'yes')
    """
    if column.get("kind") == "date":
        return moment(value)
    if column.get("kind") == "flag":
        spelt = column.get("true_words" if value else "false_words") or ()
        return str(spelt[0]) if spelt else number(value)
    low, high = column.get("low"), column.get("high")
    is_year = isinstance(low, (int, float)) and isinstance(high, (int, float)) and low >= 1500 and high <= 2200
    return number(value).replace(",", "") if is_year else number(value)


def metric(name: object) -> str:
    """A metric's name for people.

    >>> metric("roc_auc"), metric("of_tomorrow")
    ('AUC', 'of tomorrow')
    """
    return _METRICS.get(str(name), (plain(name), ""))[0]


def meaning(name: object) -> str:
    """What a metric's number says, in a line; empty for one that we do not know."""
    return _METRICS.get(str(name), ("", ""))[1]


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> counted(1, "row"), counted(1200, "row"), counted(2, "class", "classes")
    ('1 row', '1,200 rows', '2 classes')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def decision(value: object) -> str:
    """A verdict's decision in words."""
    return _DECISIONS.get(str(value), plain(value))


def task(value: object) -> str:
    """What kind of thing is predicted, in words."""
    return _TASKS.get(str(value), plain(value))


def plain(value: object) -> str:
    """A name of ours without its underscores.

    >>> plain("single_column_leak")
    'single column leak'
    """
    return str(value).replace("_", " ")
