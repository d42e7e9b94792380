"""How consistent the people of a log are, and how they differ."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from journeyman.automation.actors import Noise, noise
from journeyman.automation.answers import Answers, answers_of
from journeyman.automation.consistency import FEWEST_PAIRS, Consistency, consistency, paired_by_model
from journeyman.automation.like_cases import Pairs, near_cases, no_pairs, repeated_cases
from journeyman.brief.aim import labelled
from journeyman.bundle.model import Model
from journeyman.job.decision_log import Log
from journeyman.table.columns import Integers, Numbers
from journeyman.table.table import Table


def consistency_of(log: Log, table: Table, test: Answers) -> tuple[Pairs, Consistency]:
    """How consistent the decisions are, by the best evidence; and those pairs, of rows of the table."""
    decided, labels = labelled(table, log.decision)
    told = {log.decision, log.outcome, ""}
    names = [one.name for one in table.schema.features if one.role != "time" and one.kind != "date"]
    others = [one.name for one in table.schema if one.name not in {*names, *told}]
    repeated = _decided(repeated_cases(table, names, others), decided)
    near = no_pairs() if len(repeated) >= FEWEST_PAIRS else _decided(near_cases(table, names), decided)
    own = test if log.goal == "imitate" else None
    found = consistency(np.maximum(decided, 0), len(labels), repeated, near, own)
    return (repeated if found.ground == "repeated" else near if found.ground == "near" else no_pairs()), found


def _decided(pairs: Pairs, decided: Integers) -> Pairs:
    return pairs.take((decided[pairs.one] >= 0) & (decided[pairs.other] >= 0))


def noise_of(
    log: Log, table: Table, rows: Integers, probabilities: Numbers, model: Model, pairs: Pairs
) -> Noise | None:
    """How people differ, on cases that the model never saw."""
    if not log.actor:
        return None
    decided, labels = labelled(table, log.decision)
    actor, names = labelled(table, log.actor)
    if log.goal == "imitate":
        decision = model.manifest.positive or model.classes[-1]
        expected = probabilities[:, model.classes.index(decision)]
    else:
        # Nothing says how likely the decision was but its share.
        counts = np.bincount(decided[decided >= 0], minlength=len(labels))
        decision = labels[int(np.argmin(np.where(counts > 0, counts, counts.max() + 1)))]
        expected = np.full(len(rows), counts[labels.index(decision)] / counts.sum())
    kept = np.flatnonzero((actor[rows] >= 0) & (decided[rows] >= 0) & np.isfinite(expected))
    own = decided[rows] == labels.index(decision)
    if not len(pairs) and log.goal == "imitate":
        alike = answers_of(model.classes, probabilities, decided[rows], rule=model.manifest.label_rule)
        near = paired_by_model(alike)
        pairs = replace(near, one=rows[near.one], other=rows[near.other])
    pairs = pairs.take((actor[pairs.one] >= 0) & (actor[pairs.other] >= 0))
    return noise(own[kept], expected[kept], actor[rows][kept], names, pairs, actor, decided, decision)
