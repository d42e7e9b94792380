"""A bundle behind MLflow's `pyfunc`: what an exported model folder names as its loader.

MLflow calls `_load_pyfunc` with the path of the bundle, and then ``predict`` of what it gets. Nothing of MLflow or of
pandas is imported here: a table that comes in is asked for its own class, and answered with one of these.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from journeyman.bundle.model import Model, load


class Pyfunc:
    """A model as MLflow asks it."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def predict(self, rows: Any, params: Mapping[str, Any] | None = None) -> Any:
        """Predict rows, in any shape that `Model.predict` takes, as that does.

        Parameters
        ----------
        params : MLflow hands them on; there are none

        Returns
        -------
        ``prediction``, ``probability_<class>`` or ``low`` and ``high``, ``decision`` where payoffs are known, and
        ``status``, a row each: of a pandas table another one with the same index, else columns by name

        Raises
        ------
        InputError : it is no table, or a column is missing
        """
        columns = self.model.predict(rows).as_columns()
        if hasattr(rows, "columns") and hasattr(rows, "index"):
            return type(rows)(columns, index=rows.index)
        return columns


def _load_pyfunc(path: str | os.PathLike[str], model_config: Mapping[str, Any] | None = None) -> Pyfunc:
    """The model of a bundle, checked as `load` does; the name and the second argument are MLflow's.

    Raises
    ------
    BundleError : there is no bundle, or it is damaged, foreign or hostile
    """
    return Pyfunc(load(path))
