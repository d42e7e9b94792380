"""An MLflow model: a folder that `mlflow.pyfunc.load_model` loads, with no pickle in it.

It holds the bundle, the part of this package that scores it, and MLflow's own files. These are written as JSON, which
is YAML too, so that no text from the data can mean anything else there; MLflow itself is not needed to write them.

The signature names the columns. Their type is ``any``, as the bundle's reader is the judge of what a cell may be, here
as elsewhere: whole numbers in a column of numbers, a date as text. What kind each column is stands in the metadata.
"""

from __future__ import annotations

import json
import platform
import shlex
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeyman.deployment.exporting import copy_bundle

if TYPE_CHECKING:
    from journeyman.bundle.model import Model
    from journeyman.table.schema import Column

SAYS = "A model folder for MLflow, that mlflow.pyfunc loads; no pickle in it."
OPTIONS = ()

#: What MLflow imports as the loader.
_LOADER = "journeyman.bundle.pyfunc"
#: The first that knows the type ``any``.
_MLFLOW = "mlflow>=2.19"
#: Which golden rows are the example: the typical one, and three in which each column has another cell.
_EXAMPLES = (0, 3, 4, 5)
_BUNDLE, _CODE, _EXAMPLE, _SERVED = "bundle", "code", "input_example.json", "serving_input_example.json"


def write(bundle: Path, model: Model, folder: Path, options: Mapping[str, str]) -> tuple[str, ...]:
    """Write the folder.

    Raises
    ------
    ResourceError : the disk says no
    """
    from journeyman.bundle.golden import golden_cells
    from journeyman.deployment.serving_code import MODEL_LIBRARIES, MODEL_ROOTS, copy_code, pinned
    from journeyman.store.digest import digest_bytes

    copy_bundle(bundle, model, folder / _BUNDLE)
    copy_code(folder / _CODE, (*MODEL_ROOTS, _LOADER))
    manifest = model.manifest
    columns = tuple({one.name: one for one in (*manifest.rule_columns, *manifest.columns)}.values())
    names = [one.name for one in columns]
    cells = golden_cells(columns)
    example = {"columns": names, "data": [[cells[name][row] for name in names] for row in _EXAMPLES]}
    needed = [*pinned(MODEL_LIBRARIES).splitlines(), _MLFLOW]
    version = platform.python_version()
    digest = digest_bytes(manifest.content())
    described: dict[str, Any] = {
        "model_uuid": uuid.UUID(hex=digest[:32]).hex,
        "flavors": {
            "python_function": {
                "loader_module": _LOADER,
                "data": _BUNDLE,
                "code": _CODE,
                "python_version": version,
                "env": {"conda": "conda.yaml", "virtualenv": "python_env.yaml"},
            }
        },
        # MLflow reads each of these two as a text that holds JSON.
        "signature": {
            "inputs": json.dumps([{"name": name, "type": "any", "required": True} for name in names]),
            "outputs": json.dumps(_outputs(model, cells)),
        },
        "saved_input_example_info": {
            "artifact_path": _EXAMPLE,
            "type": "dataframe",
            "pandas_orient": "split",
            "serving_input_path": _SERVED,
        },
        "metadata": {"journeyman": json.dumps({"digest": digest, "columns": [_told(one) for one in columns]})},
    }
    files = {
        "MLmodel": described,
        "conda.yaml": {
            "name": "mlflow-env",
            "channels": ["conda-forge"],
            "dependencies": [f"python={version}", "pip", {"pip": needed}],
        },
        "python_env.yaml": {
            "python": version,
            "build_dependencies": ["pip"],
            "dependencies": ["-r requirements.txt"],
        },
        _EXAMPLE: example,
        _SERVED: {"dataframe_split": example},
    }
    for name, content in files.items():
        # In ASCII: some characters that JSON may hold as they are end a line in YAML.
        (folder / name).write_text(json.dumps(content, indent=1, ensure_ascii=True) + "\n", "ascii")
    (folder / "requirements.txt").write_text("\n".join(needed) + "\n", "ascii")
    place = shlex.quote(str(folder))
    return (
        f"mlflow models predict -m {place} -i {shlex.quote(str(folder / _SERVED))}",
        f"mlflow models serve -m {place}",
    )


def _outputs(model: Model, cells: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    """The columns of an answer, as `Predictions.as_columns` names them, and their types."""
    answer = model.predict(dict(cells)).as_columns()
    types = {name: "double" if column.dtype.kind == "f" else "string" for name, column in answer.items()}
    return [{"name": name, "type": kind, "required": False} for name, kind in types.items()]


def _told(column: Column) -> dict[str, str]:
    return {"name": column.name, "kind": column.kind} | ({"unit": column.unit} if column.unit else {})
