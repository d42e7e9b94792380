from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.expression import Expression
from journeyman.bundle.manifest import LIMITS, read_manifest
from journeyman.bundle.uncertainty import SetRule, Spread
from journeyman.errors import BundleError

GIVEN = Callable[..., Path]


@pytest.fixture
def content(written: GIVEN) -> bytes:
    return (written() / "manifest.json").read_bytes()


def test_a_manifest_comes_back_as_it_was_written(written: GIVEN) -> None:
    for task in ("binary", "multiclass", "regression"):
        content = (written(task) / "manifest.json").read_bytes()
        manifest = read_manifest(content)
        assert manifest.content() == content
        assert manifest.task == task
        assert manifest.outputs == {"binary": 1, "multiclass": 3, "regression": 1}[task]


def test_it_names_the_inputs_of_the_graph(content: bytes) -> None:
    blocks = {"numbers": ("float64", 2), "dates": ("int64", 1), "dates_missing": ("bool", 1), "words": ("object", 1)}
    assert read_manifest(content).blocks() == blocks


def test_it_is_open_and_of_format_1(content: bytes) -> None:
    data = json.loads(content)
    assert data["format"] == 1
    assert {"task", "target", "classes", "positive", "metric", "schema", "decision", "golden", "files"} <= set(data)
    assert [column["name"] for column in data["schema"]] == ["age", "income", "since", "city"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\x80\x04\x95\x10",
        b"\xff\xfe{",
        b'{"format": 1}',
        b'{"format": NaN}',
        b'{"a": 1, "a": 1}',
        b'"\\ud800"',
        b"[" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b"1" * 5_000,
        b"--- !!python/object:os.system",
    ],
    ids=range(14),
)
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(BundleError) as caught:
        read_manifest(content)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("number", [0, 2, "1", True, None, 1.5])
def test_other_formats_are_refused_by_name(content: bytes, number: Any) -> None:
    with pytest.raises(BundleError, match="format"):
        read_manifest(json.dumps({**json.loads(content), "format": number}).encode())


CHANGES: list[tuple[tuple[str | int, ...], Any]] = [
    (("task",), "other"),
    (("task",), ["binary"]),
    (("target",), 5),
    (("classes",), ["no"]),
    (("classes",), ["no", "no"]),
    (("classes",), ["no", "yes", "more"]),
    (("positive",), "no"),
    (("outputs",), 2),
    (("schema",), []),
    (("schema",), {"a": 1}),
    (("schema", 0, "kind"), "id"),
    (("schema", 0, "terms"), "syllables"),
    (("schema", 0, "terms"), 1),
    (("schema", 0, "kind"), ["number"]),
    (("schema", 0, "name"), "city"),
    (("schema", 0, "name"), None),
    (("schema", 0, "low"), "1"),
    (("schema", 0, "low"), 10**400),
    (("schema", 0, "missing"), "abc"),
    (("schema", 0, "missing"), [1]),
    (("schema", 0, "decimal"), "1"),
    (("schema", 0, "thousands"), ".*"),
    (("schema", 0, "sure"), "x"),
    (("schema", 0, "role"), "owner"),
    (("schema", 0, "numeric_spelling"), 1),
    (("schema", 2, "date_format"), "(a+)+"),
    (("schema", 2, "date_format"), "d.d.d"),
    (("schema", 2, "date_format"), "d/m"),
    (("schema", 2, "date_formats"), ["d.d.d"]),
    (("schema", 2, "date_formats"), ["iso"] * 99),
    (("schema", 0, "other_units"), ["g"]),
    (("schema", 0, "other_units"), ["g=1/0"]),
    (("schema", 0, "notation"), "yards"),
    (("schema", 0, "ranges"), "low"),
    (("schema", 0, "groups"), "any"),
    (("schema", 1, "spaces"), "none"),
    (("schema", 1, "case"), "lower"),
    (("schema", 3, "levels"), [["a"]]),
    (("schema", 0, "__class__"), "x"),
    (("decision",), {"actions": []}),
    (("decision",), {"actions": [["call", {"yes": "1"}]]}),
    (("decision",), {"actions": [["call", {"maybe": 1}]]}),
    (("decision",), {"actions": [["none", {"yes": 1}]]}),
    (("decision",), {"actions": [["call", {"yes": 1}], ["call", {"yes": 1}]]}),
    (("decision",), "import os"),
    (("decision",), {"actions": [["call", {"yes": {"column": "age"}}]]}),
    (("decision",), {"actions": [["call", {"yes": {"answer": "actual"}}]]}),
    (("decision",), {"actions": [["call", {"yes": ["+"] * 400}]]}),
    (("decision",), {"actions": [["call", {"any": 1}]], "is_for_numbers": True, "residuals": []}),
    (("rule_columns",), None),
    (("rule_columns",), {}),
    (("rule_columns",), [{"name": "age"}]),
    (("golden",), None),
    (("golden", "answers"), []),
    (("golden", "answers"), [[0.5]]),
    (("golden", "answers", 0), [0.5, 0.5]),
    (("golden", "answers", 0, 0), "0.5"),
    (("golden", "cells"), {}),
    (("golden", "cells", "age", 0), {"a": 1}),
    (("golden", "cells", "age"), [1]),
    (("files",), {}),
    (("files", "../../etc/passwd"), {"sha256": "0" * 64, "bytes": 1}),
    (("files", "model.onnx", "sha256"), "x"),
    (("files", "model.onnx", "bytes"), -1),
    (("files", "model.onnx", "bytes"), 1 << 40),
    (("files", "model.onnx", "bytes"), True),
    (("facts",), []),
    (("uncertainty",), {}),
    (("uncertainty",), []),
    (("uncertainty",), {"kind": "set", "nominal": 0.9, "least": [0.5]}),
    (("uncertainty",), {"kind": "spread", "nominal": 0.9, "cuts": [], "low": [-1], "high": [1], "floor": None}),
]


@pytest.mark.parametrize(("path", "value"), CHANGES, ids=[f"{number}" for number in range(len(CHANGES))])
def test_every_part_is_checked(content: bytes, path: tuple[str | int, ...], value: Any) -> None:
    data = json.loads(content)
    part = data
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = value
    with pytest.raises(BundleError) as caught:
        read_manifest(json.dumps(data).encode())
    assert "\n" not in str(caught.value)


def test_manifests_from_before_texts_are_read(content: bytes) -> None:
    data = json.loads(content)
    for column in data["schema"]:
        assert column.pop("terms") == "words"
    assert read_manifest(json.dumps(data).encode()) == read_manifest(content)


def test_manifests_from_before_other_ways_to_write_are_read(content: bytes) -> None:
    data = json.loads(content)
    later = {"spaces": "kept", "case": "kept", "groups": "thousands", "notation": "plain", "ranges": "refused"}
    for column in data["schema"]:
        assert {name: column.pop(name) for name in later} == later
        assert column.pop("other_units") == column.pop("date_formats") == []
    assert read_manifest(json.dumps(data).encode()) == read_manifest(content)


def test_manifests_from_before_uncertainty_are_read(content: bytes) -> None:
    data = json.loads(content)
    assert data.pop("uncertainty") is None
    assert read_manifest(json.dumps(data).encode()) == read_manifest(content)


def test_what_is_known_of_rows_comes_back_and_is_checked(known_bundle: Path) -> None:
    content = (known_bundle / "manifest.json").read_bytes()
    manifest = read_manifest(content)
    assert manifest.novelty is not None
    assert manifest.background is not None
    assert manifest.content() == content
    broken: list[tuple[tuple[str, ...], Any]] = [
        (("novelty",), {}),
        (("novelty", "scores"), [1.0]),
        (("novelty", "profiles", "age"), {}),
        (("novelty", "profiles", "gone"), manifest.novelty.profiles["age"].as_data()),
        (("background",), {}),
        (("background", "age"), ["a"] * 32),
        (("files", "cases.json", "bytes"), 1 << 30),
        (("files", "notes.txt"), {"sha256": "0" * 64, "bytes": 1}),
    ]
    for path, value in broken:
        data = json.loads(content)
        part = data
        for name in path[:-1]:
            part = part[name]
        part[path[-1]] = value
        with pytest.raises(BundleError):
            read_manifest(json.dumps(data).encode())


def test_manifests_from_before_that_name_none_of_it(content: bytes) -> None:
    data = json.loads(content)
    assert not {"novelty", "background"} & set(data)
    manifest = read_manifest(content)
    assert (manifest.novelty, manifest.background) == (None, None)


def test_sets_and_bounds_come_back(make_bundle: GIVEN, tmp_path: Path) -> None:
    for task, value in (
        ("binary", SetRule(0.9, (0.4, 1.0))),
        ("regression", Spread(0.9, (1.0,), (-1.0, 0.0), (2.0, 3.0))),
    ):
        content = (make_bundle(tmp_path / task, task, uncertainty=value) / "manifest.json").read_bytes()
        assert read_manifest(content).uncertainty == value
        assert read_manifest(content).content() == content


def test_infinite_numbers_are_refused(content: bytes) -> None:
    changed = content.replace(b'"low": 18.0', b'"low": 1e999', 1)
    assert changed != content
    with pytest.raises(BundleError):
        read_manifest(changed)


def test_nothing_that_people_are_told_is_infinite(content: bytes) -> None:
    changed = content.replace(b'"facts": {', b'"facts": {"beyond": -1e999,', 1)
    assert changed != content
    with pytest.raises(BundleError, match="no JSON that we write"):
        read_manifest(changed)


def test_dates_are_within_time(content: bytes) -> None:
    data = json.loads(content)
    date = next(one for one in data["schema"] if one["kind"] == "date")
    date["high"] = 1e300
    with pytest.raises(BundleError, match="beyond all time"):
        read_manifest(json.dumps(data).encode())


def test_its_size_is_bounded() -> None:
    assert LIMITS["manifest.json"] <= 1 << 24


def test_manifests_from_before_amounts_of_rows_are_read(content: bytes) -> None:
    data = json.loads(content)
    assert data.pop("rule_columns") == []
    assert read_manifest(json.dumps(data).encode()) == read_manifest(content)


def test_what_the_amounts_read_stands_beside_the_rule(make_bundle: Callable[..., Path], tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "bundle", rule=DecisionRule({"call": {"yes": Expression.parse("age - 12")}}))
    data = json.loads((folder / "manifest.json").read_bytes())
    manifest = read_manifest(json.dumps(data).encode())
    assert [one.name for one in manifest.rule_columns] == ["age"]
    assert manifest.content() == (folder / "manifest.json").read_bytes()
    age, city = data["rule_columns"][0], data["schema"][3]
    for columns in (
        [],
        [age, age],
        [city],
        [{**age, "kind": "category"}],
        [{**age, "name": "city"}],
        [{**age, "x": 1}],
    ):
        with pytest.raises(BundleError):
            read_manifest(json.dumps({**data, "rule_columns": columns}).encode())
