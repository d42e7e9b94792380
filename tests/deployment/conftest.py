from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import journeyman as jm


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    random = np.random.default_rng(0)
    x = random.normal(size=200)
    frame = pl.DataFrame(
        {"x": x, "z": random.normal(size=200), "y": np.where(x + random.normal(size=200) > 0, "b", "a")}
    )
    folder = tmp_path_factory.mktemp("built")
    jm.build(frame, predict="y", trials=1, out=folder / "y")
    return folder


@pytest.fixture
def runs(built: Path, tmp_path: Path) -> Path:
    """Three runs."""
    for name in ("one", "two", "three"):
        shutil.copytree(built / "y", tmp_path / "runs" / name)
    return tmp_path / "runs"


@pytest.fixture
def history() -> Callable[[Path], list[tuple[str, str]]]:
    from journeyman.store.champion import champion_of

    return lambda folder: [(str(one["by"]), str(one["to"])) for one in champion_of(folder).history]


@pytest.fixture
def contents() -> Callable[[Path], dict[str, bytes]]:
    """Every file of a folder."""
    return lambda folder: {
        one.relative_to(folder).as_posix(): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()
    }


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A folder in which some installed libraries are seen, and no other."""

    def made(*libraries: str) -> Path:
        folder = tmp_path_factory.mktemp("site")
        for library in libraries:
            told = distribution(library)
            for top in {one.parts[0] for one in told.files or () if one.parts[0] != ".."}:
                if not (folder / top).exists():
                    (folder / top).symlink_to(Path(str(told.locate_file(top))))
        return folder

    return made
