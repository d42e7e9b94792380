from __future__ import annotations

import json
from pathlib import Path

import pytest

from journeyman.cli.main import main


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "shop.csv"
    rows = [f"{place % 7},{place * 37 % 101},euro,{'yes' if place % 3 else 'no'}" for place in range(120)]
    path.write_text("\n".join(["size,price,currency,sold", *rows]) + "\n")
    return path


def test_findings_are_printed_and_a_page_is_written(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(source), "--predict", "sold"]) == 0
    told = capsys.readouterr().out
    assert "currency" in told
    assert "audit     1 thing to know\n" in told
    page = Path("runs/shop-audit.html").read_text("utf-8")
    assert "currency" in page
    assert "1 thing to know" in page


def test_with_json_only_a_document_is_printed(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(source), "--json", "-o", "a.html"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in document["schema"]] == ["size", "price", "currency", "sold"]
    assert Path("a.html").exists()


def test_rows_that_cannot_be_used_stand_beside_the_page(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = source.read_text().splitlines()
    lines.insert(8, "=1+2,a,b,c,d,e,f,g,h")
    source.write_text("\n".join(lines) + "\n")
    assert main(["audit", str(source), "--json"]) == 0
    shown = capsys.readouterr()
    assert "120 rows used, 1 set aside: runs/shop-audit-set_aside.csv" in shown.err
    rows = json.loads(shown.out)["rows"]
    assert rows["reasons"] == {"ragged_rows": 1}
    assert (rows["read"], rows["used"], rows["file"]) == (121, 120, "shop-audit-set_aside.csv")
    kept = Path("runs", rows["file"]).read_text().splitlines()
    assert kept[0] == "row,line,code,text"
    assert kept[1] == '8,9,ragged_rows,"\'=1+2,a,b,c,d,e,f,g,h"'
    assert rows["file"] in Path("runs/shop-audit.html").read_text("utf-8")


def test_a_gate_closes_only_on_what_blocks(source: Path) -> None:
    assert main(["audit", str(source), "--quiet", "--gate"]) == 0
    one_class = source.with_name("one.csv")
    one_class.write_text("x,y\n" + "".join(f"{place},yes\n" for place in range(50)))
    assert main(["audit", str(one_class), "--predict", "y", "--quiet", "--gate"]) in (2, 4)


def test_a_file_that_is_not_there_is_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "nowhere.csv"]) == 2
    assert "nowhere.csv" in capsys.readouterr().err
