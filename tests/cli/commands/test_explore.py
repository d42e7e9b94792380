from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from journeyman.cli.main import main


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    random = np.random.default_rng(0)
    size = random.integers(0, 7, size=500)
    sold = np.where(random.uniform(size=500) < 0.1 + 0.12 * size, "yes", "no")
    path = tmp_path / "shop.csv"
    lines = [f"{one},{random.normal():.3f},{other}" for one, other in zip(size, sold, strict=True)]
    path.write_text("\n".join(["size,price,sold", *lines]) + "\n")
    return path


def test_insights_are_printed_and_a_page_is_written(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explore", str(source), "--predict", "sold"]) == 0
    told = capsys.readouterr().out
    assert "things looked at" in told
    assert "'size'" in told
    assert "Held on 250 rows it was not found on" in told
    assert "'size'" in Path("runs/shop-explore.html").read_text("utf-8").replace("&#39;", "'")


def test_with_json_only_a_document_is_printed(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explore", str(source), "--predict", "sold", "--json", "-o", "e.html", "--seed", "4"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["status"] == "done"
    assert document["insights"][0]["columns"] == ["size", "sold"]
    assert Path("e.html").exists()


def test_without_a_target_nothing_holds_here_and_that_is_no_failure(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explore", str(source), "--ignore", "sold", "--time", "5s"]) == 0
    assert "nothing stood out" in capsys.readouterr().out


def test_a_column_that_is_not_there_is_two(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explore", str(source), "--predict", "seld"]) == 2
    assert "sold" in capsys.readouterr().err
