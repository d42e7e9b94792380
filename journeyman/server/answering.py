"""Rows → answers, one for each, in their order: a bad row is refused cell by cell, and the others are answered."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from journeyman.bundle.reader import Trouble
from journeyman.errors import InputError, nearest
from journeyman.server.amounts import promised
from journeyman.server.deployed import Deployed

#: Rows that are predicted together.
_TOGETHER = 512
#: Unknown columns of a row that are told one by one.
_MOST_UNKNOWN = 10

Row = Mapping[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True)
class Wishes:
    """What a request wants beside predictions.

    Parameters
    ----------
    reasons : how many reasons for each row, 0 for none
    amounts : what each action promises, where there is a decision rule
    leaves_unknown : columns that the model does not know are left alone; else such rows are refused
    """

    reasons: int = 0
    amounts: bool = False
    leaves_unknown: bool = False


def answer_rows(deployed: Deployed, rows: Sequence[object], wishes: Wishes = Wishes()) -> list[Answer]:
    """The answer to each row: the same for a row alone as among others.

    An answer holds prediction, probabilities by class or low and high, prediction_set, decision and route where the
    model gives them, status, and troubles: the cells that make the row unusual or refused, and why.
    """
    answers: list[Answer] = []
    for start in range(0, len(rows), _TOGETHER):
        answers += _together(deployed, rows[start : start + _TOGETHER], wishes)
    if wishes.reasons:
        _add_reasons(deployed, rows, answers, wishes.reasons)
    if wishes.amounts and deployed.decider is not None:
        for row, answer in zip(rows, answers, strict=True):
            if answer["status"] != "refused" and isinstance(row, Mapping):
                answer["amounts"] = promised(deployed, row, answer)
    return answers


def _together(deployed: Deployed, rows: Sequence[object], wishes: Wishes) -> list[Answer]:
    """Answers of some rows: whole ones in a batch, and those with anything odd one by one, where all of it is told."""
    answers: dict[int, Answer] = {}
    whole = [
        (place, row)
        for place, row in enumerate(rows)
        if isinstance(row, dict)
        and deployed.known.issubset(row)
        and (wishes.leaves_unknown or len(row) == len(deployed.names) or not _unknown_names(deployed, row))
    ]
    if len(whole) > 1:
        try:
            said = list(deployed.model.predict([row for _, row in whole]))
        except InputError:  # so many bad cells that the column seems to have changed: they are told one by one
            said = []
        for (place, _), found in zip(whole, said, strict=False):
            if found["status"] == "ok":
                answers[place] = _as_answer(deployed, found)
    return [answers.get(place) or answer_row(deployed, row, wishes) for place, row in enumerate(rows)]


def answer_row(deployed: Deployed, row: object, wishes: Wishes = Wishes()) -> Answer:
    """The answer to one row, without reasons and amounts."""
    if not isinstance(row, dict):
        return _refused(Trouble(0, "", _shown(row), "a row is an object of column names and cells"))
    unknown = [] if wishes.leaves_unknown else _unknown_names(deployed, row)
    if unknown:
        return _refused(*(_unknown(deployed, name, row[name]) for name in unknown[:_MOST_UNKNOWN]))
    if deployed.known.isdisjoint(row):
        return _refused(Trouble(0, "", "", "it holds none of the model's columns"))
    try:
        return _as_answer(deployed, deployed.model.predict_one(row))
    except InputError as error:
        return _refused(Trouble(0, "", "", ", ".join(filter(None, (error.happened, error.because)))))


def _as_answer(deployed: Deployed, found: Mapping[str, Any]) -> Answer:
    """What the model said of a row, as JSON holds it: no NaN, probabilities by class, troubles as objects."""
    answer: Answer = {"prediction": _number(found["prediction"])}
    if deployed.keys:
        answer["probabilities"] = {label: _number(found[key]) for label, key in deployed.keys}
    for name in ("low", "high", "novelty"):
        if name in found:
            answer[name] = _number(found[name])
    if found.get("prediction_set") is not None:
        answer["prediction_set"] = list(found["prediction_set"])
    for name in ("decision", "route"):
        if name in found:
            answer[name] = found[name]
    answer["status"] = found["status"]
    if found.get("troubles"):
        answer["troubles"] = [_trouble(one) for one in found["troubles"]]
    return answer


def _refused(*troubles: Trouble) -> Answer:
    return {"prediction": None, "status": "refused", "troubles": [_trouble(one) for one in troubles]}


def _trouble(one: Trouble) -> dict[str, str]:
    return {"column": one.column, "value": one.value, "because": one.because}


def _unknown_names(deployed: Deployed, row: Mapping[str, object]) -> list[str]:
    """Columns of a row that the training table did not have."""
    return [name for name in row if name not in deployed.known and name not in deployed.unread]


def _unknown(deployed: Deployed, name: str, cell: object) -> Trouble:
    return Trouble(
        0,
        name[:300],
        _shown(cell),
        f"the model knows no such column; {nearest(name[:300], deployed.names)}; "
        "leave it out, or let such columns be left alone with ?unknown=ignore",
    )


def _add_reasons(deployed: Deployed, rows: Sequence[object], answers: Sequence[Answer], most: int) -> None:
    """Reasons beside the answers of the rows that were predicted."""
    asked = [
        (row, answer)
        for row, answer in zip(rows, answers, strict=True)
        if answer["status"] != "refused" and isinstance(row, dict)
    ]
    if not asked:
        return
    full = [{name: row.get(name) for name in deployed.names} for row, _ in asked]
    for (_, answer), reasons in zip(asked, deployed.model.explain(full, most=most), strict=True):
        answer["reasons"] = [one.as_data() for one in reasons]


def _number(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _shown(cell: object) -> str:
    text = (
        cell if isinstance(cell, str) else repr(cell) if isinstance(cell, int | float | bool) else type(cell).__name__
    )
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in text[:80])
