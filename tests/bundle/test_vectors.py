"""The vectors that readers in every language share: they are what this reader gives, and leave nothing out."""

from __future__ import annotations

import importlib.util
import json
import re
import unicodedata
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from journeyman.bundle.date_formats import NAMED
from journeyman.table.schema import DECIMALS, GROUPS, LETTER_CASES, NOTATIONS, RANGES, SPACES, TERMS

HERE = Path(__file__).parent / "vectors"


@pytest.fixture(scope="module")
def write() -> ModuleType:
    """The script that writes them."""
    spec = importlib.util.spec_from_file_location("write_vectors", HERE / "write.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def file_of(name: str) -> Any:
    return json.loads((HERE / name).read_text("utf-8"))


def test_cells_are_read_as_the_vectors_say(write: ModuleType) -> None:
    for kind, vectors in write.readings().items():
        assert json.loads(json.dumps(vectors)) == file_of(f"{kind}.json"), f"run {HERE / 'write.py'} if this is meant"


def test_texts_are_taken_apart_as_the_vectors_say(write: ModuleType) -> None:
    assert json.loads(json.dumps(write.texts())) == file_of("texts.json")


def rounded(value: Any) -> Any:
    """Numbers to 12 digits: logarithms differ in their last bit between versions of numpy and processors."""
    if isinstance(value, float):
        return float(f"{value:.12g}")
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return {name: rounded(one) for name, one in value.items()} if isinstance(value, dict) else value


def test_models_predict_what_the_vectors_say(write: ModuleType) -> None:
    for vector in file_of("models.json"):
        assert rounded(json.loads(json.dumps(write.predicted(vector)))) == rounded(vector["predictions"])


def test_tables_are_refused_as_the_vectors_say(write: ModuleType) -> None:
    assert [one["refusals"] for one in json.loads(json.dumps(write.refusals()))] == [
        one["refusals"] for one in file_of("refusals.json")
    ]
    codes = {refusal["code"] for one in file_of("refusals.json") for refusal in one["refusals"]}
    assert codes == {"", "column_missing", "type_changed"}


def test_signatures_are_as_the_vectors_say(write: ModuleType) -> None:
    pytest.importorskip("cryptography", reason="the library for signatures is not installed")
    assert write.signatures() == file_of("signatures.json")


def test_the_vectors_know_everything_that_a_column_may_declare() -> None:
    kinds = ("number", "flag", "date", "category", "text")
    columns = [one["column"] for kind in kinds for one in file_of(f"{kind}.json")]

    def told(name: str, default: Any) -> set[Any]:
        return {one.get(name, default) for one in columns}

    assert told("decimal", ".") == set(DECIMALS)
    assert told("groups", "thousands") == set(GROUPS)
    assert told("notation", "plain") == set(NOTATIONS)
    assert told("ranges", "refused") == set(RANGES)
    assert told("spaces", "kept") == set(SPACES)
    assert told("case", "kept") == set(LETTER_CASES)
    assert told("terms", "words") == set(TERMS)
    assert set(NAMED) < told("date_format", "iso")
    for kind in ("number", "date", "category"):
        states = "".join(one["states"] for one in file_of(f"{kind}.json"))
        assert {"0", "1", "2"} == set(states), kind


def table_of(text: str, name: str) -> Any:
    """A table that stands in a JavaScript module, which is nearly JSON."""
    found = re.search(rf"{name} = ([^;]+);", text)
    assert found is not None
    quoted = re.sub(r"(\d+):", r'"\1":', found[1])
    return json.loads(re.sub(r",(\s*[\]}])", r"\1", quoted))


def test_the_tables_in_javascript_are_those_of_python() -> None:
    text = (files("journeyman") / "bundle" / "javascript" / "folding.js").read_text("utf-8")
    folded = {int(code): one for code, one in table_of(text, "MANY").items()}
    for first, count, step, delta in table_of(text, "RUNS"):
        folded |= {code: chr(code + delta) for code in range(first, first + count * step, step)}
    assert folded == {code: chr(code).casefold() for code in range(0x110000) if chr(code).casefold() != chr(code)}
    digits = set(table_of(text, "DIGITS"))
    known = {code for code in range(0x110000) if unicodedata.decimal(chr(code), None) == 0}
    assert known <= digits
    # The table is of a newer Unicode than this Python's may be, which has no character at the others.
    assert all(unicodedata.category(chr(code)) == "Cn" for code in digits - known)
