"""People and model against what came of the cases, where that is known of all, or of some decisions only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from journeyman.automation.answers import Answers
from journeyman.automation.apart import Apart
from journeyman.automation.certify import automated
from journeyman.automation.compared import Compared, compare, meaning_of
from journeyman.automation.policy import Policy
from journeyman.automation.selective import Failures, failures
from journeyman.brief.aim import labelled
from journeyman.errors import JourneymanError
from journeyman.job.decision_log import Log, places_of
from journeyman.job.risk import risk_of
from journeyman.table.columns import Flags, Integers
from journeyman.table.table import Table


def compared_of(log: Log, table: Table, apart: Apart, test: Answers, policy: Policy, seed: int) -> Compared | None:
    """People and model against outcomes that are known for all."""
    if log.goal != "outcome":
        return None
    decided, labels = labelled(table, log.decision)
    truth = places_of(log, test.classes)
    learn = apart.learn[(decided[apart.learn] >= 0) & (truth[apart.learn] >= 0)]
    meaning = meaning_of(decided[learn], labels, truth[learn], test.classes)
    own = {label: place for place, label in enumerate(test.classes)}
    of_label = np.array([own.get(meaning.get(label, ""), -1) for label in labels] + [-1])
    stands_for = of_label[decided[apart.test]]
    if not (stands_for >= 0).any():
        return None
    return compare(test, stands_for, automated(test, policy.thresholds), meaning, seed=seed)


def failures_of(log: Log, table: Table, apart: Apart, rows: Integers, seed: int) -> Failures | None:
    """Bounds against outcomes that are known for some decisions only; None where that cannot be learnt."""
    if log.known is None or not log.known.is_selective:
        return None
    request = replace(
        log.brief,
        predict=log.outcome,
        task=None,
        ignore=tuple(dict.fromkeys((*(one for one in log.brief.ignore if one != log.outcome), log.decision))),
    )
    schema = table.schema.with_role(log.outcome, "target", "it is what came of the case")
    seen = table.with_schema(schema)
    learn = apart.learn[~table.missing(log.outcome)[apart.learn]]
    try:
        chances, classes, positive = risk_of(seen, learn, rows, request)
    except JourneymanError:
        return None
    if len(classes) != 2:
        return None
    outcomes, labels = labelled(table, log.outcome)
    decided, decisions = labelled(table, log.decision)
    acting = np.isin(decided, [decisions.index(one) for one in log.known.acted])
    acted: Flags = (acting & (outcomes >= 0))[rows]
    bad = np.asarray((outcomes == labels.index(positive))[rows])
    actor = labelled(table, log.actor)[0][rows] if log.actor else None
    return failures(chances[:, classes.index(positive)], acted, bad, actor, name=positive, seed=seed)
