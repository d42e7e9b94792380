from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import journeyman
from journeyman.deployment.serving_code import SERVER_LIBRARIES
from journeyman.deployment.serving_distribution import main, write_distribution
from journeyman.errors import InputError

ROOT = Path(__file__).parents[2]


def test_it_says_what_it_holds_and_what_it_needs(tmp_path: Path) -> None:
    folder = write_distribution(tmp_path / "made")
    said = tomllib.loads((folder / "pyproject.toml").read_text())
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert (said["project"]["name"], said["project"]["version"]) == ("journeyman-serving", journeyman.__version__)
    needs = said["project"]["dependencies"]
    assert {one.partition(">=")[0] for one in needs} <= set(SERVER_LIBRARIES)
    assert {"numpy", "onnxruntime", "uvicorn"} <= {one.partition(">=")[0] for one in needs}
    assert set(needs) <= set(whole["project"]["dependencies"]), "the floors are those of the whole"
    assert set(said["project"]["requires-python"].split(",")) == set(whole["project"]["requires-python"].split(","))
    assert said["build-system"] == whole["build-system"]
    packages = said["tool"]["setuptools"]["packages"]
    assert {"journeyman", "journeyman.bundle", "journeyman.server", "journeyman.web"} <= set(packages)
    assert [one for one in packages if not folder.joinpath(*one.split("."), "__init__.py").is_file()] == []
    assert not {"journeyman.job", "journeyman.learners", "journeyman.cli"} & set(packages)
    module, _, function = said["project"]["scripts"]["journeyman-serve"].partition(":")
    assert (folder.joinpath(*module.split(".")).with_suffix(".py").is_file(), function) == (True, "main")
    assert (folder / "journeyman" / "web" / "page.js").is_file()


def test_it_is_written_to_a_folder_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="is not empty"):
        write_distribution(tmp_path)
    assert main([str(tmp_path)]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert main([]) == 2
    assert main([str(tmp_path / "new")]) == 0
    assert (tmp_path / "new" / "pyproject.toml").is_file()
