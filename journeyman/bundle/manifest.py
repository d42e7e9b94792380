"""The manifest: what a bundle is, how rows are read, how it decides, and the digests of its files; all data."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from journeyman.bundle.amounts import is_unit
from journeyman.bundle.background import Background, background_from_data
from journeyman.bundle.cases import CASES
from journeyman.bundle.cases import LARGEST as LARGEST_CASES
from journeyman.bundle.date_formats import is_date_format
from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.novelty import Novelty, novelty_from_data
from journeyman.bundle.router import Router, router_from_data
from journeyman.bundle.uncertainty import Uncertainty, uncertainty_from_data
from journeyman.errors import BundleError, InputError
from journeyman.plan.target import Task
from journeyman.statistics.label_rule import LabelRule, label_rule_from_data
from journeyman.table.schema import (
    DECIMALS,
    GROUPS,
    KINDS,
    LETTER_CASES,
    NOTATIONS,
    RANGES,
    ROLES,
    SPACES,
    TERMS,
    Column,
    Schema,
)

FORMAT = 1
MANIFEST, GRAPH, CARD = "manifest.json", "model.onnx", "card.md"
#: Largest size of each file in bytes.
LIMITS: Mapping[str, int] = {MANIFEST: 1 << 24, GRAPH: 1 << 27, CARD: 1 << 20}
#: Files that a bundle may hold besides.
OPTIONAL: Mapping[str, int] = {CASES: LARGEST_CASES}
MOST_COLUMNS = 100_000
MOST_CLASSES = 4096
MOST_GOLDEN_ROWS = 64

#: Block of the graph's inputs → element type, and the kinds of the columns in it, in the order of the inputs.
_BLOCKS = (
    ("numbers", "float64", ("number", "flag")),
    ("dates", "int64", ("date",)),
    ("dates_missing", "bool", ("date",)),
    ("words", "object", ("category", "text")),
)
#: What a column did not say in the first manifests; it is then as `Column` has it.
_LATER = frozenset({"terms", "spaces", "case", "groups", "other_units", "notation", "ranges", "date_formats"})
#: What a column says where it says nothing special; and what one of the first manifests would have said.
_DEFAULTS = Column(name="", kind="number").as_data()
_SAID_LATER = {name: list(one) if isinstance(one := _DEFAULTS[name], tuple) else one for name in _LATER}
_READABLE = frozenset(kind for _, _, kinds in _BLOCKS for kind in kinds)
#: What a column may say in a word: the words.
_CHOICES = {
    "terms": TERMS,
    "spaces": SPACES,
    "case": LETTER_CASES,
    "groups": GROUPS,
    "notation": NOTATIONS,
    "ranges": RANGES,
}
MOST_FORMATS = 8
#: Dates are microseconds in 64 bits.
_MOST_TIME = 1 << 62
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a bundle says of itself.

    Parameters
    ----------
    classes : class labels in the order of the probabilities, for binary tasks the positive class last
    columns : the feature columns, in the order in which the graph takes them
    rule : how probabilities become a decision, where payoffs are known
    golden_cells, golden_answers : made-up rows, and what the graph answers, (rows, outputs)
    files : the digest and size of each other file
    facts : what else is told to people: scores, the plan, digests
    rule_columns : what the amounts of the rule read, features or not: numbers and flags, in the order of the rule
    uncertainty : bounds around numbers or sets of labels, None where none are stated
    novelty : how strange rows can be, None where that is not known
    background : made-up typical rows, to explain answers with; None where they are made up from the schema
    router : which rows the model answers alone, None where nobody asked for that
    label_rule : which class the probabilities name, None for the likeliest
    """

    task: Task
    target: str
    classes: tuple[str, ...]
    positive: str
    metric: str
    columns: tuple[Column, ...]
    rule: DecisionRule | None
    golden_cells: Mapping[str, tuple[Any, ...]]
    golden_answers: tuple[tuple[float, ...], ...]
    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    uncertainty: Uncertainty | None = None
    rule_columns: tuple[Column, ...] = ()
    novelty: Novelty | None = None
    background: Background | None = None
    router: Router | None = None
    label_rule: LabelRule | None = None

    @property
    def outputs(self) -> int:
        """How many numbers the graph gives a row."""
        return len(self.classes) if self.task == "multiclass" else 1

    def blocks(self) -> dict[str, tuple[str, int]]:
        """The graph's inputs: name → element type and number of columns; empty blocks are left out."""
        counts = {name: (kind, sum(column.kind in kinds for column in self.columns)) for name, kind, kinds in _BLOCKS}
        return {name: block for name, block in counts.items() if block[1]}

    def content(self) -> bytes:
        """The manifest as the bytes of its file: the same manifest, the same bytes."""
        data = {
            "format": FORMAT,
            "task": self.task,
            "target": self.target,
            "classes": list(self.classes),
            "positive": self.positive,
            "metric": self.metric,
            "outputs": self.outputs,
            "schema": Schema(self.columns).as_data(),
            "decision": None if self.rule is None else self.rule.as_data(),
            "rule_columns": Schema(self.rule_columns).as_data(),
            "golden": {"cells": self.golden_cells, "answers": self.golden_answers},
            "files": self.files,
            "facts": self.facts,
            "uncertainty": None if self.uncertainty is None else self.uncertainty.as_data(),
        }
        # What is not there is not named: bundles of before there was such a thing keep their bytes.
        if self.novelty is not None:
            data["novelty"] = self.novelty.as_data()
        if self.background is not None:
            data["background"] = self.background.as_data()
        if self.router is not None:
            data["router"] = self.router.as_data()
        if self.label_rule is not None:
            data["label_rule"] = self.label_rule.as_data()
        return (json.dumps(data, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


def read_manifest(content: bytes) -> Manifest:
    """Read what `Manifest.content` wrote, trusting none of it.

    Raises
    ------
    BundleError : it is no JSON, of another format, or says something that no manifest of ours says
    """
    data = _parse(content)
    _is(isinstance(data, dict), "it is no JSON object")
    if data.get("format") != FORMAT or isinstance(data.get("format"), bool):
        raise BundleError(
            f"the bundle is of format {str(data.get('format'))[:20]!r}",
            because=f"this version of journeyman reads format {FORMAT}",
            remedy="install the version that wrote it, or build again",
        )
    _is(data.get("task") in get_args(Task), "its task is unknown")
    for name in ("target", "positive", "metric"):
        _is(isinstance(data.get(name), str), f"its {name} is no text")
    classes = _texts(data.get("classes"), "classes")
    is_number = data["task"] == "regression"
    _is(len(set(classes)) == len(classes) <= MOST_CLASSES, "a class is named twice, or there are too many")
    _is(len(classes) == 0 if is_number else len(classes) >= 2, "its classes do not fit its task")
    if data["task"] == "binary":
        _is(len(classes) == 2 and data["positive"] == classes[1], "its positive class is not the second of two")
    columns = _columns(data.get("schema"))
    rule = _rule(data.get("decision"), classes)
    cells, answers = _golden(data.get("golden"), columns)
    _is(isinstance(data.get("facts"), dict), "its facts are no object")
    manifest = Manifest(
        task=data["task"],
        target=data["target"],
        classes=classes,
        positive=data["positive"],
        metric=data["metric"],
        columns=columns,
        rule=rule,
        golden_cells=cells,
        golden_answers=answers,
        files=_files(data.get("files")),
        facts=data["facts"],
        uncertainty=_uncertainty(data.get("uncertainty"), classes),
        rule_columns=_rule_columns(data.get("rule_columns", []), rule),
        novelty=_novelty(data.get("novelty"), columns),
        background=_background(data.get("background"), columns),
        router=_router(data.get("router"), classes),
        label_rule=_label_rule(data.get("label_rule"), classes),
    )
    _is(data.get("outputs") == manifest.outputs, "its number of outputs does not fit its task")
    _is(all(len(row) == manifest.outputs for row in answers), "its golden answers have another number of outputs")
    return manifest


def _damaged(reason: str) -> BundleError:
    return BundleError(
        "the bundle's manifest is refused", because=reason, remedy="build the bundle again, or get an undamaged copy"
    )


def _is(condition: bool, otherwise: str) -> None:
    if not condition:
        raise _damaged(otherwise)


def _parse(content: bytes) -> Any:
    try:
        data = json.loads(
            content.decode("ascii"), parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_unique
        )
        # Half a surrogate pair can be escaped in JSON, but neither printed nor given to the graph.
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise _damaged("it is no JSON that we write") from error
    return data


def _no_constant(text: str) -> Any:
    raise ValueError(text)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name comes twice")
    return found


def _texts(data: Any, name: str) -> tuple[str, ...]:
    _is(isinstance(data, list) and all(isinstance(one, str) for one in data), f"its {name} are no list of texts")
    return tuple(data)


def _columns(data: Any) -> tuple[Column, ...]:
    _is(isinstance(data, list) and 0 < len(data) <= MOST_COLUMNS, "its schema is no list of columns")
    columns = tuple(_column(one) for one in data)
    _is(len({column.name for column in columns}) == len(columns), "two of its columns have one name")
    return columns


def _column(data: Any) -> Column:
    _is(isinstance(data, dict), "a column of its schema is not one that we write")
    data = {**_SAID_LATER, **data}
    _is(data.keys() == _DEFAULTS.keys(), "a column of its schema is not one that we write")
    for name, default in _DEFAULTS.items():
        value = data[name]
        if name in ("low", "high"):
            fits = value is None or _is_number(value)
        elif isinstance(default, tuple):
            fits = isinstance(value, list) and all(isinstance(one, str) for one in value)
        elif isinstance(default, float):
            fits = _is_number(value)
        else:
            fits = type(value) is type(default)
        if not fits:
            raise _damaged(f"a column's {name} is not what we write")
    _is(data["kind"] in KINDS and data["kind"] in _READABLE, "a column is of a kind that the graph does not take")
    _is(data["role"] in ROLES, "a column's role is unknown")
    _is(data["decimal"] in DECIMALS and len(data["thousands"]) <= 1, "a column's marks are not what we write")
    for name, known in _CHOICES.items():
        _is(data[name] in known, f"a column's {name} are not what we write")
    _is(all(is_unit(one) for one in data["other_units"]), "a column's other units are not what we write")
    ends = (one for one in (data["low"], data["high"]) if one is not None)
    _is(data["kind"] != "date" or all(abs(one) < _MOST_TIME for one in ends), "a column's dates are beyond all time")
    formats = (data["date_format"], *data["date_formats"])
    _is(len(formats) <= MOST_FORMATS and all(map(is_date_format, formats)), "a column's date format is unknown")
    return Column.from_data(data)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _rule(data: Any, classes: tuple[str, ...]) -> DecisionRule | None:
    if data is None:
        return None
    try:
        rule = DecisionRule.from_data(data)
        _is(rule.is_for_numbers == (not classes), "its decision rule is not one for its target")
        if classes:
            rule.pairs(classes)
    except InputError as error:
        if isinstance(error, BundleError):
            raise
        raise _damaged(f"its decision rule is not one that we write: {error.because}") from error
    return rule


def _rule_columns(data: Any, rule: DecisionRule | None) -> tuple[Column, ...]:
    _is(isinstance(data, list) and len(data) <= MOST_COLUMNS, "the columns of its decision rule are no list")
    columns = tuple(_column(one) for one in data)
    read = () if rule is None else rule.columns
    _is(tuple(column.name for column in columns) == read, "its decision rule reads other columns than it says")
    _is(all(column.kind in ("number", "flag") for column in columns), "its decision rule reads what is no number")
    return columns


def _uncertainty(data: Any, classes: tuple[str, ...]) -> Uncertainty | None:
    try:
        return uncertainty_from_data(data, classes)
    except ValueError as error:
        raise _damaged(str(error)) from error


def _novelty(data: Any, columns: tuple[Column, ...]) -> Novelty | None:
    try:
        return novelty_from_data(data, columns)
    except ValueError as error:
        raise _damaged(str(error)) from error


def _background(data: Any, columns: tuple[Column, ...]) -> Background | None:
    try:
        return background_from_data(data, columns)
    except ValueError as error:
        raise _damaged(str(error)) from error


def _router(data: Any, classes: tuple[str, ...]) -> Router | None:
    try:
        return router_from_data(data, classes)
    except ValueError as error:
        raise _damaged(str(error)) from error


def _label_rule(data: Any, classes: tuple[str, ...]) -> LabelRule | None:
    try:
        return label_rule_from_data(data, len(classes))
    except ValueError as error:
        raise _damaged(str(error)) from error


def _golden(data: Any, columns: tuple[Column, ...]) -> tuple[dict[str, tuple[Any, ...]], tuple[tuple[float, ...], ...]]:
    _is(isinstance(data, dict) and set(data) == {"cells", "answers"}, "it has no golden rows")
    answers, cells = data["answers"], data["cells"]
    _is(isinstance(answers, list) and 0 < len(answers) <= MOST_GOLDEN_ROWS, "it has no golden answers, or too many")
    for row in answers:
        _is(isinstance(row, list) and all(_is_number(one) for one in row), "a golden answer is no number")
    _is(isinstance(cells, dict) and set(cells) == {column.name for column in columns}, "golden rows lack a column")
    for column in cells.values():
        _is(isinstance(column, list) and len(column) == len(answers), "golden rows and answers differ in number")
        scalar = all(one is None or isinstance(one, str | bool | int | float) for one in column)
        _is(scalar, "a golden cell is neither text nor number")
    return {name: tuple(column) for name, column in cells.items()}, tuple(tuple(row) for row in answers)


def _files(data: Any) -> dict[str, dict[str, Any]]:
    told = set(data) - set(OPTIONAL) if isinstance(data, dict) else set()
    _is(told == {GRAPH, CARD}, "it does not tell the digests of its files")
    limits = {**LIMITS, **OPTIONAL}
    for name, one in data.items():
        _is(isinstance(one, dict) and set(one) == {"sha256", "bytes"}, f"it does not tell the digest of {name}")
        _is(isinstance(one["sha256"], str) and bool(_DIGEST.fullmatch(one["sha256"])), "a digest is none")
        _is(type(one["bytes"]) is int and 0 <= one["bytes"] <= limits[name], f"the size of {name} is out of bounds")
    return {name: dict(one) for name, one in data.items()}
