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
    assert "audit     3 things to know\n" in told
    page = Path("runs/shop-audit.html").read_text("utf-8")
    assert "currency" in page
    assert "3 things to know" in page


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


@pytest.fixture
def towns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "towns.csv"
    rows = [f"{place * 37 % 101},{'Lisbon' if place % 3 else 'Porto'}" for place in range(120)]
    rows[7] = "5,Lisobn"
    path.write_text("\n".join(["price,town", *rows]) + "\n")
    return path


def test_a_cleaned_copy_is_written_with_its_log_and_the_source_stays(
    towns: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = towns.read_bytes()
    assert main(["audit", str(towns), "--write-clean", "clean.csv"]) == 0
    told = capsys.readouterr().out
    assert "clean.csv: 1 cell changed (each in clean-changes.csv; rules in clean-rules.json)" in told
    assert towns.read_bytes() == before
    assert Path("clean.csv").read_bytes() == before.replace(b"Lisobn", b"Lisbon")
    assert Path("clean-changes.csv").read_text().splitlines()[1].startswith("8,9,town,Lisobn,Lisbon,")


def test_the_rules_of_a_cleaning_are_replayed_on_new_rows(towns: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(towns), "--write-clean", "clean.csv", "--quiet"]) == 0
    new = towns.with_name("new.csv")
    new.write_text("price,town\n" + "".join(f"{place},Porto\n" for place in range(20)) + "3,Lsbon\n4,Madrid\n")
    capsys.readouterr()
    arguments = ["audit", str(new), "--write-clean", "new-clean.csv", "--rules", "clean-rules.json", "--json"]
    assert main(arguments) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["clean"]["changed"], document["clean"]["columns"]) == (1, {"town": 1})
    assert Path("new-clean.csv").read_text() == new.read_text().replace("Lsbon", "Lisbon")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--rules", "clean-rules.json"], "--write-clean"),
        (["--write-clean", "towns.csv"], "the source itself"),
        (["--write-clean", "no/folder.csv"], "there is no folder"),
        (["--write-clean", "clean.doc"], "does not say what to write"),
        (["--write-clean", "clean.csv", "--rules", "none.json"], "there is no file none.json"),
        (["--write-clean", "clean.csv", "--rules", "towns.csv"], "cannot be read"),
    ],
)
def test_a_copy_that_cannot_be_made_is_refused(
    towns: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    before = towns.read_bytes()
    assert main(["audit", str(towns), *arguments]) == 2
    assert words in capsys.readouterr().err
    assert not Path("clean.csv").exists()
    assert towns.read_bytes() == before
