"""Every file of the package, read once: a test of all of them says which offend, and is one test."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def sources() -> dict[str, tuple[str, ast.Module]]:
    """Path from the root, with slashes → text and tree of each file of the package."""
    texts = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for path in sorted((ROOT / "journeyman").rglob("*.py"))
    }
    return {name: (text, ast.parse(text)) for name, text in texts.items()}
