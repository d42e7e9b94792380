"""What a person should look at, in words: likely wrong targets, rows out of the way, weak groups, chosen rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import counted, interval, metric, number, share, signed

#: What people count from.
_FIRST_ROW = 1


@dataclass(frozen=True)
class Reviewed:
    """The section's parts; each list may be empty.

    ``targets``: (row, what is recorded, what the model takes for likelier, how sure); ``irregular``: (row, its cells in
    words); ``slices``: (where, rows, how much worse, what the model brings there).
    """

    doubts: str
    targets: tuple[tuple[str, str, str, str], ...]
    is_numbers: bool
    irregular: tuple[tuple[str, tuple[str, ...]], ...]
    slices: tuple[tuple[str, str, str, str], ...]
    slices_found: str
    rows_kept: str
    rows_tried: tuple[tuple[str, str, str], ...]


def reviewed(summary: Mapping[str, Any]) -> Reviewed | None:
    """What ``run.json`` says of all this; None where it says nothing."""
    told = part(summary, "review")
    rows = part(summary, "training_rows")
    slices = part(summary, "weak_slices")
    if not (told or rows or slices):
        return None
    is_numbers = not summary.get("classes")
    return Reviewed(
        doubts=_doubts(told, is_numbers=is_numbers),
        targets=tuple(_target(one, is_numbers=is_numbers) for one in told.get("targets") or ()),
        is_numbers=is_numbers,
        irregular=tuple((_row(one), tuple(map(_cell, one.get("cells") or ()))) for one in told.get("irregular") or ()),
        slices=tuple(map(_slice, slices.get("slices") or ())),
        slices_found=_found(slices),
        rows_kept=str(rows.get("sentence") or ""),
        rows_tried=tuple(_tried(one, summary) for one in rows.get("tried") or ()),
    )


def _doubts(told: Mapping[str, Any], *, is_numbers: bool) -> str:
    doubted, rows = told.get("doubted"), told.get("rows")
    if not is_number(doubted) or not is_number(rows):
        return ""
    if not doubted:
        return f"Of {counted(int(rows), 'row')} none has a target that the model would take for wrong."
    what = "values are far from what the model expects" if is_numbers else "labels are less likely than another one"
    sentence = f"Of {counted(int(rows), 'row')} {number(doubted)} {what}"
    most = part(told, "wrong_at_most")
    if not is_number(most.get("value")):
        return f"{sentence}. Whether they are wrong, or the cases rare ones, only a person can see."
    return (
        f"{sentence}. Whether they are wrong, or the cases rare ones, only a person can see. Labels contradict"
        f" {share(most['value'])} of the surest answers: about the largest share of all that can be wrong at random."
    )


def _target(one: Mapping[str, Any], *, is_numbers: bool) -> tuple[str, str, str, str]:
    strength = one.get("strength")
    far = (
        f"{number(strength)} times the usual error"
        if is_numbers
        else f"{100 * float(strength or 0.0):.0f} percentage points likelier"
    )
    return _row(one), _shown(one.get("recorded")), _shown(one.get("answer")), far


def _shown(value: Any) -> str:
    return number(value) if is_number(value) else str(value)


def _row(one: Mapping[str, Any]) -> str:
    row = one.get("row")
    return number(int(row) + _FIRST_ROW) if is_number(row) else ""


def _cell(one: Mapping[str, Any]) -> str:
    return f"“{one.get('column', '')}” is {one.get('holds', '')}: {one.get('why', '')}"


def _slice(one: Mapping[str, Any]) -> tuple[str, str, str, str]:
    where = " and ".join(_where(part) for part in one.get("parts") or ())
    loss, elsewhere = one.get("loss"), one.get("elsewhere")
    times = f"{loss / elsewhere:.2g} times" if is_number(loss) and is_number(elsewhere) and elsewhere > 0 else ""
    return where, number(one.get("rows")), times, interval(part(one, "gain"), with_sign=True)


def _where(one: Mapping[str, Any]) -> str:
    words = str(one.get("words", ""))
    is_range = words.startswith(("up to ", "above ")) or words == "missing"
    return f"“{one.get('column', '')}” is {words if is_range else f'“{words}”'}"


def _found(slices: Mapping[str, Any]) -> str:
    looked, taken = slices.get("looked_at"), slices.get("taken")
    if not is_number(looked) or not is_number(taken):
        return ""
    what = "no group was confirmed in which it errs more than elsewhere" if not slices.get("slices") else ""
    half = f"one half of {number(slices.get('rows'))} rows"
    first = f"Of {counted(int(looked), 'group')} looked at on {half} {number(taken)} went to the other half"
    return f"{first}{f'; {what}' if what else ''}."


def _tried(one: Mapping[str, Any], summary: Mapping[str, Any]) -> tuple[str, str, str]:
    gain = part(one, "gain")
    low = gain.get("low")
    told = f"{signed(gain.get('value'))} [{signed(gain.get('low'))}, {signed(gain.get('high'))}]"
    name = metric(summary.get("metric", ""))
    refused = "a gain, but not over the best of all" if is_number(low) and low > 0 else "no gain beyond noise"
    verdict = "taken into the choice" if one.get("accepted") else refused
    choice = str(one.get("choice", ""))
    models = [str(each).removesuffix(f", {choice}") for each in one.get("names") or [one.get("name", "")]]
    return f"{choice} ({'; '.join(models)})", f"{told} of {name}", verdict
