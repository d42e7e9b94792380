from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from journeyman.store.code import code_digest


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    house = tmp_path / "acme_digested"
    (house / "shelf").mkdir(parents=True)
    for name in ("__init__.py", "shelf/__init__.py", "shelf/kind.py", "page.html"):
        (house / name).write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield house
    for name in [name for name in sys.modules if name.startswith("acme_digested")]:
        del sys.modules[name]


def test_the_same_files_have_the_same_digest_and_any_other_file_another(package: Path) -> None:
    first = code_digest("acme_digested")
    assert len(first) == 64
    assert code_digest("acme_digested") == first
    seen = {first}
    (package / "shelf" / "kind.py").write_text("x = 1\n")
    seen.add(code_digest("acme_digested"))
    (package / "shelf" / "kind.py").rename(package / "shelf" / "other.py")
    seen.add(code_digest("acme_digested"))
    (package / "page.html").write_text("<p>")
    seen.add(code_digest("acme_digested"))
    assert len(seen) == 4


def test_compiled_files_and_data_do_not_count(package: Path) -> None:
    first = code_digest("acme_digested")
    (package / "__pycache__").mkdir(exist_ok=True)
    (package / "__pycache__" / "kind.cpython-311.pyc").write_bytes(b"x")
    (package / "table.parquet").write_bytes(b"x")
    assert code_digest("acme_digested") == first


def test_our_own_has_one() -> None:
    assert code_digest() == code_digest("journeyman")
    with pytest.raises(ModuleNotFoundError):
        code_digest("journeyman_is_not_here")
