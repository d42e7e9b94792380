"""What each address answers: the verbs of the service, on one deployed model."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from journeyman.errors import InputError
from journeyman.server.answering import Wishes, answer_row, answer_rows
from journeyman.server.body import parse
from journeyman.server.deployed import Deployed
from journeyman.server.openapi import openapi
from journeyman.server.refusal import Refusal
from journeyman.server.response import Response, as_json

MOST_REASONS = 10
MOST_SIMILAR = 20


def predict(deployed: Deployed, body: bytes | bytearray, query: bytes) -> tuple[Response, list[dict[str, Any]]]:
    """The answer to rows, and what it says row by row (for those who count).

    One row gives one answer, ``{"rows": […]}`` gives ``{"rows": […]}``. The status is 422 where no row is answered.

    Raises
    ------
    Refusal : it is no request for predictions, or asks for too much
    """
    began = time.perf_counter()
    wishes = _wishes(query)
    data = parse(body)
    rows = _rows(deployed, data)
    is_single = rows is None
    asked: list[Any] = [data] if rows is None else rows
    if wishes.reasons and len(asked) > deployed.limits.explained_rows:
        raise Refusal(
            413,
            f"reasons are asked for {len(asked):,} rows",
            because=f"{deployed.limits.explained_rows:,} are the most",
            remedy="ask for fewer rows, or without reasons",
        )
    answers = answer_rows(deployed, asked, wishes)
    document: dict[str, Any] = answers[0] if is_single else {"rows": answers, "counts": _counts(answers)}
    taken = round((time.perf_counter() - began) * 1000, 3)
    document = {"format": 1, **document, "model": deployed.version, "milliseconds": taken}
    is_refused = all(answer["status"] == "refused" for answer in answers)
    if is_refused:
        document |= _why(answers)
    return Response(422 if is_refused else 200, as_json(document), headers=_version(deployed)), answers


def what_if(deployed: Deployed, body: bytes | bytearray) -> Response:
    """The model's answers when one cell of a row takes other values.

    Raises
    ------
    Refusal : it names no row and column, or the row is refused
    """
    data = parse(body)
    if not isinstance(data, dict) or not isinstance(data.get("column"), str) or "row" not in data:
        raise Refusal(422, "the request names no row and column", remedy='send {"row": {…}, "column": "…"}')
    row = _good_row(deployed, data["row"])
    try:
        curve = deployed.model.what_if(row, data["column"])
    except InputError as error:
        raise Refusal(422, error.happened, because=error.because, remedy=error.remedy) from error
    return _document(deployed, curve.as_data())


def similar(deployed: Deployed, body: bytes | bytearray, query: bytes) -> Response:
    """The past cases that are most like a row.

    Raises
    ------
    Refusal : 404 where the bundle keeps no cases; 422 where the row is refused
    """
    most = _whole(_parameters(query, ("most",)), "most", 3, MOST_SIMILAR)
    row = _good_row(deployed, parse(body))
    if not deployed.keeps_cases:
        raise Refusal(
            404,
            "there are no past cases to compare with",
            because="the bundle keeps none",
            remedy="build with --keep-cases if people may see cases of the training table",
        )
    cases = deployed.model.similar(row, most=most)
    return _document(deployed, {"cases": [one.as_data() for one in cases]})


def schema(deployed: Deployed) -> Response:
    """The model and its columns."""
    return _document(deployed, deployed.schema)


def example(deployed: Deployed) -> Response:
    """A typical row, as /predict takes it: made up column by column, nobody's."""
    row = {column["name"]: column["default"] for column in deployed.schema["columns"]}
    return Response(200, as_json(row), headers=_version(deployed))


def described_api(deployed: Deployed, *, wants_token: bool) -> Response:
    """The OpenAPI document."""
    return Response(200, as_json(openapi(deployed.schema, wants_token=wants_token)), headers=_version(deployed))


def _document(deployed: Deployed, document: Mapping[str, Any]) -> Response:
    whole = {"format": 1, **document, "model": deployed.version}
    return Response(200, as_json(whole), headers=_version(deployed))


def _version(deployed: Deployed) -> dict[str, str]:
    return {"X-Model-Version": deployed.version}


def _rows(deployed: Deployed, data: Any) -> list[Any] | None:
    """The rows of a request; None where it is one row. A cell is never a list, so ``rows`` is one only as a column."""
    if isinstance(data, list):
        raise Refusal(422, "the request is a list", remedy='send {"rows": […]}, or one row as {"column": cell, …}')
    if not isinstance(data, dict):
        raise Refusal(422, "the request is neither a row nor rows", remedy='send {"column": cell, …} for one row')
    rows = data.get("rows")
    if not isinstance(rows, list):
        if "rows" in data and "rows" not in deployed.known:
            raise Refusal(422, "rows is no list", remedy='send {"rows": [{"column": cell, …}, …]}')
        return None
    if len(data) > 1:
        other = next(name for name in data if name != "rows")
        raise Refusal(
            422, f"the request holds {other[:80]!r} beside rows", remedy="send rows alone; options go into the address"
        )
    if not rows:
        raise Refusal(422, "the request holds no rows", remedy="send at least one")
    if len(rows) > deployed.limits.rows:
        raise Refusal(
            413,
            f"the request holds {len(rows):,} rows",
            because=f"{deployed.limits.rows:,} are the most",
            remedy="send them in several requests, or score the file with: journeyman predict",
        )
    return rows


def _good_row(deployed: Deployed, row: Any) -> dict[str, Any]:
    """A row that can be predicted, every known column in it."""
    answer = answer_row(deployed, row)
    if answer["status"] == "refused":
        why = _why([answer])
        raise Refusal(422, why["error"], because=why["because"], remedy=why["try"])
    return {name: row.get(name) for name in deployed.names}


def _why(answers: list[dict[str, Any]]) -> dict[str, str]:
    """The three parts for a request none of whose rows is answered."""
    trouble = answers[0]["troubles"][0] if answers[0].get("troubles") else {"column": "", "value": "", "because": ""}
    where = f"{trouble['column']!r}, {trouble['value']!r}: " if trouble["column"] else ""
    happened = "the row is refused" if len(answers) == 1 else f"all {len(answers):,} rows are refused"
    remedy = "mend the cells under troubles; /schema tells what each column may hold"
    return {"error": happened, "because": f"{where}{trouble['because']}", "try": remedy}


def _counts(answers: list[dict[str, Any]]) -> dict[str, int]:
    counts = {"ok": 0, "unusual": 0, "refused": 0}
    for answer in answers:
        counts[answer["status"]] += 1
    return counts


def _wishes(query: bytes) -> Wishes:
    if not query:
        return Wishes()
    given = _parameters(query, ("reasons", "amounts", "unknown"))
    for name, allowed in (("amounts", ("", "0", "1", "true", "false")), ("unknown", ("", "refuse", "ignore"))):
        if given.get(name, "") not in allowed:
            raise Refusal(422, f"{name} is {given[name][:40]!r}", remedy=f"give one of {', '.join(allowed[1:])}")
    return Wishes(
        reasons=_whole(given, "reasons", 0, MOST_REASONS),
        amounts=given.get("amounts", "") in ("1", "true"),
        leaves_unknown=given.get("unknown", "") == "ignore",
    )


def _parameters(query: bytes, known: tuple[str, ...]) -> dict[str, str]:
    try:
        given = parse_qs(query.decode("ascii"), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise Refusal(400, "the address ends in what cannot be read", remedy="give options as ?reasons=3") from None
    for name, values in given.items():
        if name not in known or len(values) > 1:
            raise Refusal(
                422,
                f"the address gives {name[:40]!r}" + (" twice" if name in known else ""),
                remedy=f"there are: {', '.join(known)}",
            )
    return {name: values[0] for name, values in given.items()}


def _whole(given: Mapping[str, str], name: str, otherwise: int, most: int) -> int:
    text = given.get(name, str(otherwise))
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and int(text) <= most):
        raise Refusal(422, f"{name} is {text[:40]!r}", remedy=f"give a whole number up to {most}")
    return int(text)
