from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import journeyman as jm
from journeyman.deployment.export import export
from journeyman.deployment.serving_code import MODEL_LIBRARIES


@pytest.fixture(scope="module")
def folder(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(built / "y", "mlflow", tmp_path_factory.mktemp("mlflow") / "out").folder


def read(path: Path) -> Any:
    return json.loads(path.read_text("ascii"))


def example_of(folder: Path) -> dict[str, list[Any]]:
    told = read(folder / "input_example.json")
    return {name: [row[place] for row in told["data"]] for place, name in enumerate(told["columns"])}


def test_it_is_a_folder_of_mlflow_without_a_pickle(folder: Path) -> None:
    said = read(folder / "MLmodel")
    flavor = said["flavors"]["python_function"]
    assert jm.load(folder / flavor["data"]).target == "y"
    assert folder.joinpath(flavor["code"], *flavor["loader_module"].split(".")).with_suffix(".py").is_file()
    assert [one for one in flavor["env"].values() if not (folder / one).is_file()] == []
    assert {"bundle", "code"} == {one.name for one in folder.iterdir() if one.is_dir()}
    suffixes = {one.suffix for one in folder.rglob("*") if one.is_file()}
    assert suffixes <= {"", ".json", ".md", ".onnx", ".py", ".typed", ".yaml", ".txt"}
    needed = [line.split("==")[0] for line in (folder / "requirements.txt").read_text().splitlines()]
    assert needed[:-1] == list(MODEL_LIBRARIES)
    assert needed[-1].startswith("mlflow>=")
    assert read(folder / "conda.yaml")["dependencies"][-1] == {"pip": (folder / "requirements.txt").read_text().split()}
    assert read(folder / "python_env.yaml")["dependencies"] == ["-r requirements.txt"]


def test_its_signature_names_what_goes_in_and_what_comes_out(folder: Path) -> None:
    said = read(folder / "MLmodel")["signature"]
    assert json.loads(said["inputs"]) == [{"name": name, "type": "any", "required": True} for name in ("x", "z")]
    answer = jm.load(folder / "bundle").predict(example_of(folder)).as_columns()
    types = {one["name"]: one["type"] for one in json.loads(said["outputs"])}
    assert types == {name: "double" if column.dtype.kind == "f" else "string" for name, column in answer.items()}
    assert types["probability_b"] == "double"
    served = read(folder / "serving_input_example.json")["dataframe_split"]
    assert served == read(folder / "input_example.json")


LOADS = """
import sys
sys.path[:0] = [{code!r}, {site!r}]
import importlib, json
loaded = importlib.import_module({loader!r})._load_pyfunc({data!r})
answer = loaded.predict({rows!r})
print(json.dumps([answer["probability_b"].tolist(), sorted(sys.modules)]))
"""


def test_its_loader_needs_nothing_but_its_own_code(folder: Path, site: Callable[..., Path]) -> None:
    flavor, rows = read(folder / "MLmodel")["flavors"]["python_function"], example_of(folder)
    said = LOADS.format(
        code=str(folder / flavor["code"]),
        site=str(site(*MODEL_LIBRARIES)),
        loader=flavor["loader_module"],
        data=str(folder / flavor["data"]),
        rows=rows,
    )
    command = [sys.executable, "-I", "-S", "-B", "-c", said]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    chances, loaded = json.loads(done.stdout)
    assert chances == jm.load(folder / "bundle").predict(rows).as_columns()["probability_b"].tolist()
    assert not {"pandas", "mlflow", "uvicorn"} & set(loaded)


def test_mlflow_loads_it_and_predicts_the_same(folder: Path) -> None:
    pyfunc = pytest.importorskip("mlflow.pyfunc", reason="mlflow is not installed")
    import pandas as pd

    rows = pd.DataFrame(example_of(folder), index=[3, 2, 1, 0])
    answer = pyfunc.load_model(str(folder)).predict(rows)
    expected = jm.load(folder / "bundle").predict(rows)
    assert answer["probability_b"].tolist() == expected.as_columns()["probability_b"].tolist()
    assert answer.index.tolist() == [3, 2, 1, 0]


def test_names_of_columns_mean_nothing_to_yaml(built: Path, tmp_path: Path) -> None:
    strange = "a: [1, 2] # !!python/object:x\n\u2028\x85\x07\U0001f600\"'"
    manifest = shutil.copytree(built / "y", tmp_path / "run") / "bundle" / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"x"', json.dumps(strange)), "utf-8")
    folder = export(tmp_path / "run", "mlflow", tmp_path / "out").folder
    names = [one["name"] for one in json.loads(read(folder / "MLmodel")["signature"]["inputs"])]
    assert names == [strange, "z"]
    # JSON is YAML, but for characters beyond 16 bits: what is escaped as two in JSON is two characters there.
    assert "\\ud83d" not in (folder / "MLmodel").read_text("ascii").replace("\\\\ud83d", "")
