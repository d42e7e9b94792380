"""What an automation promises, counted again on the cases that tested it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.automation.looks import NAME
from journeyman.bundle.contents import BUNDLE
from journeyman.bundle.model import load
from journeyman.bundle.router import PERSON
from journeyman.errors import GateClosed
from journeyman.job.automate import ROWS
from journeyman.job.decision_log import part_of
from journeyman.monitoring.outcomes import outcomes_for
from journeyman.sources.raw import Raw
from journeyman.table.columns import Integers
from journeyman.verification.comparing import object_in, require_equal


@dataclass(frozen=True)
class Cases:
    """Which rows of the log taught the model, and which tested the promise: positions in the source."""

    learn: Integers
    test: Integers

    def learnt(self, raw: Raw) -> Raw:
        """The rows that the model's own run was built from.

        Raises
        ------
        GateClosed : the log has no such rows
        """
        return _part(raw, self.learn)


def cases_of(folder: Path) -> Cases:
    """The cases of an automation.

    Raises
    ------
    GateClosed : the file that names them is gone or damaged
    """
    told = object_in(folder / ROWS)
    try:
        return Cases(*(np.array([int(one) for one in told[name]], np.int64) for name in ("learn", "test")))
    except (KeyError, TypeError, ValueError) as error:
        raise GateClosed(f"{ROWS} does not name the cases", because=str(error)) from error


def promise(folder: Path, raw: Raw) -> str:
    """Let the router decide the cases that tested it again, and count what runs unattended and what of it is wrong.

    Raises
    ------
    GateClosed : the counts are not those that were written down
    """
    document = object_in(folder / NAME)
    summary: Mapping[str, Any] = object_in(folder / "model" / "run.json")
    model, part = load(folder / BUNDLE), _part(raw, cases_of(folder).test)
    cells = part.cells()
    predictions = model.predict_cells(cells, part.rows)
    if predictions.route is None:
        raise GateClosed("the bundle routes nothing", because="it is that of a model alone")
    truth = outcomes_for(model, summary, cells, part.rows)
    places = {label: float(place) for place, label in enumerate(model.classes)}
    unattended = predictions.route != PERSON
    said = np.array([places[one] for one in predictions.prediction[unattended]], np.float64)
    cases, wrong = int(unattended.sum()), int((said != truth[unattended]).sum())
    certified = {name: document["policy"][name] for name in ("cases", "wrong")}
    require_equal(certified, {"cases": cases, "wrong": wrong}, "what runs unattended of the test")
    return f"of {part.rows:,} cases that tested it {cases:,} run unattended, {wrong:,} of them wrongly"


def _part(raw: Raw, rows: Integers) -> Raw:
    if len(rows) and (rows.min() < 0 or rows.max() >= raw.rows):
        raise GateClosed("the log has fewer rows than there were", because=f"it has {raw.rows:,}")
    return part_of(raw, rows)


def is_automation(folder: Path) -> bool:
    """Whether an automation wrote this folder."""
    try:
        return isinstance(json.loads((folder / NAME).read_text("utf-8")), dict)
    except (OSError, ValueError):
        return False
