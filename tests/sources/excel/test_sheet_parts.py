"""Which part holds which sheet."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from journeyman.sources.excel.package import open_package
from journeyman.sources.excel.sheet_parts import parts_of_sheets

RELATIONS = """<Relationships><Relationship Id="rId7" Target="worksheets/sheet3.xml"/>
<Relationship Target='/xl/other/data.xml' Id='x2'/></Relationships>"""


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_sheets_lead_to_parts_by_their_relations(tmp_path: Path, prefix: str) -> None:
    sheets = f'<{prefix}workbook><{prefix}sheets><{prefix}sheet name="A &amp; B" sheetId="1" r:id="rId7"/>'
    sheets += (
        f"<{prefix}sheet sheetId='2' rel:id='x2' name='Z'/><{prefix}sheet name='gone' r:id='none'/></{prefix}sheets>"
    )
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", sheets)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
    found = parts_of_sheets(open_package(tmp_path / "t.xlsx", "t.xlsx"))
    assert found == {"A & B": "xl/worksheets/sheet3.xml", "Z": "xl/other/data.xml", "gone": ""}
