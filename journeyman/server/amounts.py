"""What each action promises for one row: the numbers behind its decision."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from journeyman.errors import InputError
from journeyman.server.deployed import Deployed


def promised(deployed: Deployed, row: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, float | None]:
    """The expected amount of each action by name, by the rule that decides; None where it cannot be computed.

    To do nothing is worth what an action must promise more than: 0, or the price of capacity.
    """
    rule, decider = deployed.model.manifest.rule, deployed.decider
    if rule is None or decider is None:
        return {}
    cells = {column.name: [row.get(column.name)] for column in deployed.model.manifest.rule_columns}
    try:
        values = decider.read(cells, 1).values
    except InputError:
        return dict.fromkeys(rule.names)
    if rule.is_for_numbers:
        found = rule.promises_numbers(np.array([answer["prediction"]], np.float64), values)
    else:
        probabilities = np.array([[answer["probabilities"][label] for label in deployed.model.classes]], np.float64)
        found = rule.promises(probabilities, deployed.model.classes, values)
    amounts = found[0].tolist()
    amounts[0] = rule.cutoff
    return {name: one if math.isfinite(one) else None for name, one in zip(rule.names, amounts, strict=True)}
