"""Bundles of every format that was ever written load, and answer what they answered then.

`golden/` has one folder for each change of the format, in the order in which they came; its README says how one is
added. What a bundle of today holds and none of these does is a change of the format that was forgotten there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

import journeyman as jm
from journeyman.bundle.manifest import LIMITS, OPTIONAL
from journeyman.bundle.router import Router
from journeyman.bundle.signature import SIGNATURE
from journeyman.bundle.write import write_routed
from journeyman.plan.graph import ML_OPSET, OPSET
from journeyman.statistics.label_rule import LabelRule

GOLDEN = Path(__file__).parent / "golden"
BUNDLES = sorted(one.parent for one in GOLDEN.glob("*/*/bundle"))


def named(path: Path) -> str:
    return "/".join(path.parts[-2:])


def same(then: Any, now: Any) -> bool:
    if isinstance(then, float):
        return isinstance(now, float) and abs(then - now) <= 1e-9 * max(1.0, abs(then))
    if isinstance(then, list):
        return tuple(then) == now
    return then is now if then is None else bool(then == now)


@pytest.mark.parametrize("folder", BUNDLES, ids=named)
def test_a_bundle_of_then_answers_what_it_answered(folder: Path) -> None:
    told = json.loads((folder / "expected.json").read_text())
    model = jm.load(folder / "bundle")
    found = model.predict(told["rows"]).as_columns()
    for name, then in told["predictions"].items():
        now = [None if one is None or one != one else one for one in np.asarray(found[name], dtype=object).tolist()]
        assert len(now) == len(then)
        assert all(map(same, then, now)), name
    # What was not there at that time works as well.
    row = {name: cells[0] for name, cells in told["rows"].items()}
    one = model.predict_one({name: row[name] for name in (column.name for column in model.columns)})
    assert same(told["predictions"]["prediction"][0], one["prediction"])
    assert len(model.explain({name: cells[:1] for name, cells in told["rows"].items()})) == 1
    if (folder / "signer.pub").exists():
        assert jm.load(folder / "bundle", require_signature=folder / "signer.pub").target == model.target


def test_each_format_is_there_once_and_numbered() -> None:
    numbers = sorted(int(one.name.partition("-")[0]) for one in GOLDEN.iterdir() if one.is_dir())
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 6


def shape(manifest: dict[str, Any]) -> set[str]:
    """The names that a manifest holds, those within its columns and parts among them."""
    found = set(manifest)
    for part in ("decision", "uncertainty", "novelty", "router", "label_rule", "golden"):
        found |= {f"{part}.{name}" for name in manifest.get(part) or ()}
    found |= {f"column.{name}" for column in manifest["schema"] for name in column}
    return found


def test_no_change_of_the_format_is_forgotten(
    make_bundle: Callable[..., Path], known: Callable[..., Any], tmp_path: Path
) -> None:
    """If this fails: python benchmarks/golden_bundle.py <number>-<what is new>."""
    whole = make_bundle(tmp_path / "whole", known=known("binary"), label_rule=LabelRule.from_chance(0.3))
    routed = write_routed(whole, tmp_path / "routed", Router(thresholds=(0.9, 0.9)))
    golden, files = set(), {SIGNATURE}
    for one in BUNDLES:
        golden |= shape(json.loads((one / "bundle" / "manifest.json").read_text()))
        files |= {path.name for path in (one / "bundle").iterdir()}
    for folder in (routed, make_bundle(tmp_path / "number", task="regression")):
        manifest = json.loads((folder / "manifest.json").read_text())
        assert shape(manifest) <= golden
        sets = {(one.domain, one.version) for one in onnx.load(folder / "model.onnx").opset_import}
        assert sets == {("", OPSET), ("ai.onnx.ml", ML_OPSET)}
    assert files == {*LIMITS, *OPTIONAL, SIGNATURE}
    newest = json.loads((BUNDLES[-1] / "bundle" / "manifest.json").read_text())
    columns = {name for column in manifest["schema"] for name in column}
    assert columns == {name for column in newest["schema"] for name in column}
