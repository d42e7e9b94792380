"""Which part of a workbook holds which sheet."""

from __future__ import annotations

import re
from html import unescape
from posixpath import normpath

from journeyman.sources.excel.binary_marks import sheets_in
from journeyman.sources.excel.package import Package

_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)/?>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)/?>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def parts_of_sheets(package: Package) -> dict[str, str]:
    """The part of each sheet of a workbook, by the sheet's name."""
    kind = "bin" if "xl/workbook.bin" in package.parts else "xml"
    targets = {}
    for found in _RELATION.finditer(package.content(f"xl/_rels/workbook.{kind}.rels").decode("utf-8", "replace")):
        said = _attributes(found[1])
        target = said.get("Target", "")
        targets[said.get("Id", "")] = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
    if kind == "bin":
        sheets = sheets_in(package.content("xl/workbook.bin"))
        return {name: targets.get(relation, "") for name, relation in sheets.items()}
    parts = {}
    for found in _SHEET.finditer(package.content("xl/workbook.xml").decode("utf-8", "replace")):
        said = _attributes(found[1])
        relation = next((value for key, value in said.items() if key.rpartition(":")[2] == "id"), "")
        parts[said.get("name", "")] = targets.get(relation, "")
    return parts


def _attributes(text: str) -> dict[str, str]:
    return {key: unescape(double or single) for key, double, single in _ATTRIBUTE.findall(text)}
