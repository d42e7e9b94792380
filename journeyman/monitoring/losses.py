"""What an answer costs: in each row once its outcome is known, and before that as the model itself expects it."""

from __future__ import annotations

import numpy as np

from journeyman.plan.target import Task
from journeyman.statistics.label_rule import LabelRule, labels
from journeyman.table.columns import Numbers

#: A class that came had at least this probability: one row alone proves nothing.
LEAST_CHANCE = 0.01


def row_losses(task: Task, truth: Numbers, answers: Numbers, rule: LabelRule | None = None) -> dict[str, Numbers]:
    """Losses by name, (rows,) each; NaN where the truth or the answer is.

    Shapes: ``truth`` (rows,) class codes or values; ``answers`` (rows, classes) probabilities, or (rows, 1) numbers.
    ``rule`` says which class they name, None the likeliest.
    """
    lost = np.isnan(truth) | ~np.isfinite(answers).all(axis=1)
    if task == "regression":
        return {"absolute_error": np.where(lost, np.nan, np.abs(truth - answers[:, 0]))}
    codes = np.where(lost, 0, truth).astype(np.int64)
    chances = np.where(lost[:, None], 1.0, answers)
    wrong = (labels(chances, rule) != codes).astype(np.float64)
    given = np.maximum(chances[np.arange(len(codes)), codes], LEAST_CHANCE)
    return {"error": np.where(lost, np.nan, wrong), "log_loss": np.where(lost, np.nan, -np.log(given))}


def expected_errors(answers: Numbers, rule: LabelRule | None = None) -> Numbers:
    """How likely each prediction is to be wrong, (rows,), if probabilities (rows, classes) come true.

    Confidence-based performance estimation (Guillory and others 2021; NannyML's CBPE).
    """
    return np.asarray(1.0 - answers[np.arange(len(answers)), labels(answers, rule)])
