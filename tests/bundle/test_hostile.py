"""Hostile bundles are refused by name before onnxruntime sees a byte; `benchmarks/hostile_bundles.py` has the rest."""

from __future__ import annotations

import shutil
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

import journeyman as jm
from journeyman.errors import BundleError

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def bench() -> Iterator[Any]:
    """The benchmark, as a script of its folder sees it; it comes last on the path."""
    sys.path.append(str(FOLDER))
    try:
        import hostile_attacks
        import hostile_good

        yield hostile_attacks, hostile_good
    finally:
        sys.path.remove(str(FOLDER))


@pytest.fixture(scope="module")
def good(bench: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found: Path = bench[1].good_bundles(tmp_path_factory.mktemp("good"), only="calibrated")["calibrated"]
    return found


def test_every_attack_is_refused_by_name_before_onnxruntime_sees_a_byte(
    bench: Any, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import onnxruntime

    attacks = bench[0].ATTACKS
    jm.load(good)
    asked = []

    def touched(*given: Any, **named: Any) -> NoReturn:
        asked.append(given)
        raise RuntimeError("onnxruntime was asked")

    monkeypatch.setattr(onnxruntime, "InferenceSession", touched)
    small = [one for one in attacks.values() if not one.is_large]
    assert len(small) > 150
    for one in small:
        folder = tmp_path / one.name[:100]
        shutil.copytree(good, folder)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a number that cannot be cast is meant here
            one.change(folder)
        with pytest.raises(BundleError) as told:
            jm.load(folder)
        if one.is_late:
            assert asked, one.name
            asked.clear()
            continue
        assert not asked, one.name
        told.match(one.says)
        assert all(told.value.as_data()[part] for part in ("error", "because", "try")), one.name
        assert "\n" not in str(told.value)
        assert "root:x:0" not in str(told.value)
    markers = list(bench[0].marker("x").parent.glob(f"{bench[0].MARKER}.*"))
    assert markers == []
