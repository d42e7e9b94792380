"""Names in the house: rooms, files, kinds, and the tests that mirror them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "journeyman"
FILES = sorted(SOURCE.rglob("*.py"))
BANNED = {"core", "common", "util", "utils", "helper", "helpers", "base", "misc", "manager"}
#: The only place where addresses stand as text: old ones that lead to new ones.
MOVED_NAMES = "journeyman/plan/moved.py"
Sources = dict[str, tuple[str, ast.Module]]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_room_or_file_has_a_name_that_says_nothing() -> None:
    names = {part for path in FILES for part in path.relative_to(SOURCE).with_suffix("").parts}
    assert not names & BANNED


def test_every_folder_of_source_is_a_package() -> None:
    folders = {path.parent for path in FILES}
    assert [named(one) for one in sorted(folders) if not (one / "__init__.py").is_file()] == []


def test_every_source_file_has_its_test_file() -> None:
    missing = []
    for path in FILES:
        if path.name in ("__init__.py", "__main__.py"):
            continue
        room = path.relative_to(SOURCE).parts[0]
        inside = ROOT / "tests" / room if path.parent != SOURCE else ROOT / "tests"
        if not any(inside.rglob(f"test_{path.stem}.py")):
            missing.append(named(path))
    assert missing == []


def test_every_test_folder_is_of_a_room() -> None:
    rooms = {path.name for path in SOURCE.iterdir() if path.is_dir()} | {
        "house",
        "laws",
        "golden",
        "journeys",
        "benchmarks",
    }
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert folders <= rooms


def test_no_address_of_a_kind_stands_outside_its_file(sources: Sources) -> None:
    kinds = {
        ".".join(path.relative_to(SOURCE).with_suffix("").parts): named(path)
        for shelf in ("preparation", "learners", "teachers")
        for path in (SOURCE / shelf).rglob("*.py")
        if path.name != "__init__.py"
    }
    assert "learners.linear" in kinds
    any_kind = re.compile("|".join(re.escape(one) for one in kinds))
    # A docstring may name a kind for people; code may not.
    offences = []
    for name, (_, tree) in sources.items():
        told = {id(docstring) for docstring in _docstrings(tree)}
        for node in ast.walk(tree) if name != MOVED_NAMES else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                offences += [
                    f"{name}:{node.lineno} {one}" for one in any_kind.findall(node.value) if kinds[one] != name
                ]
    assert offences == []


def test_every_file_says_what_it_is_and_reads_in_a_sitting(sources: Sources) -> None:
    assert [name for name, (_, tree) in sources.items() if not ast.get_docstring(tree)] == []
    assert [name for name, (text, _) in sources.items() if text.count("\n") > 500] == []


def _docstrings(tree: ast.AST) -> list[ast.AST]:
    """The nodes of every docstring."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.append(first.value)
    return found
