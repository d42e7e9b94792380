"""Numbers and names as people read them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from journeyman.table.said import NOTHING, chance, number, share, signed

__all__ = ["NOTHING", "chance", "number", "share", "signed"]  # said elsewhere too, and used by templates from here

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


def interval(estimate: Mapping[str, Any], *, with_sign: bool = False) -> str:
    """A value with its interval, as ``0.848 [0.836, 0.860]``."""
    show = signed if with_sign else number
    value, low, high = (show(estimate.get(name)) for name in ("value", "low", "high"))
    return value if NOTHING in (low, high) else f"{value} [{low}, {high}]"


def worth(value: object) -> str:
    """An amount of money with its sign; of hundreds and more, whole ones will do.

    >>> worth(367.4), worth(-12.5), worth(None)
    ('+367', '−12.50', '–')
    """
    if isinstance(value, (int, float)) and math.isfinite(value) and abs(value) >= 100:
        return signed(round(value))
    return signed(value)


def finely(value: object) -> str:
    """A share as percent where whole percents are too coarse: what is held of what was promised.

    >>> finely(0.9028), finely(1.0), finely(None)
    ('90.3 %', '100.0 %', '–')
    """
    text = number(value)
    return text if text == NOTHING or not isinstance(value, (int, float)) else f"{100 * value:.1f} %"


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
    ('13,500', '0.846', '−22,200', '25.7', '0.00012')
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or not value:
        return number(value)
    if value < 0:
        return f"−{about(-value)}"
    digits = 2 - math.floor(math.log10(value))
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
    >>> cell(0, {"kind": "date"}), cell(1.0, {"kind": "flag", "true_words": ["yes"]}), cell(9.99, {})
    ('1970-01-01', 'yes', '9.99')
    """
    if column.get("kind") == "date":
        return moment(value)
    if column.get("kind") == "flag":
        spelt = column.get("true_words" if value else "false_words") or ()
        return str(spelt[0]) if spelt else number(value)
    low, high = column.get("low"), column.get("high")
    is_year = isinstance(low, (int, float)) and isinstance(high, (int, float)) and low >= 1500 and high <= 2200
    text = number(value)
    # "9.990 to 2,450" would be read with points between thousands.
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(",", "") if is_year else text


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


def to_know(count: int, *, more: bool = False) -> str:
    """How many findings there are, in the words of terminal, report and audit alike.

    >>> to_know(0), to_know(1), to_know(3), to_know(2, more=True)
    ('no problems found', '1 thing to know', '3 things to know', '2 more things to know')
    """
    return f"{counted(count, 'more thing' if more else 'thing')} to know" if count else "no problems found"


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
