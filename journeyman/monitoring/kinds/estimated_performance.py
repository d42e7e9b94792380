"""The model is expected to do worse than promised: estimated from rows alone, before any outcome is known."""

from __future__ import annotations

import numpy as np

from journeyman.monitoring.alarm import Alarm
from journeyman.monitoring.batch import Batch
from journeyman.monitoring.estimates import WARNING, estimated_losses
from journeyman.monitoring.kind import Seen, Stream
from journeyman.monitoring.memory import Memory
from journeyman.monitoring.price import mean_of, promised_change
from journeyman.monitoring.reference import Measure, Reference
from journeyman.statistics.e_process import growth_of
from journeyman.table.columns import Numbers

TITLE, ORDER = "estimated performance", 3
HEADLINE = "The model is expected to do worse than its build promised"


def streams(reference: Reference) -> tuple[Stream, ...]:
    """The expected loss, and where there is a decision rule what its decisions promise."""
    both = reference.promise is not None
    return (Stream(reference.measures[0].name, 0.5 if both else 1.0), *([Stream("promise", 0.5)] if both else []))


def growth(reference: Reference, batch: Batch, memory: Memory) -> Numbers | None:
    """Expected losses and promises of the rows that were answered."""
    del memory
    estimates = estimated_losses(reference, batch)
    if not len(estimates):
        return None
    found = [_growth(reference.estimated, estimates)]
    if reference.promise is not None:
        promised = np.empty(0) if batch.promised is None else batch.promised[np.isfinite(batch.promised)]
        found.append(_growth(reference.promise, -promised))
    return np.vstack(found)


def _growth(measure: Measure, losses: Numbers) -> Numbers:
    return growth_of(measure.scaled(losses), measure.scaled_limit)


def say(reference: Reference, seen: Seen) -> Alarm:
    """What is expected now, and what was promised."""
    now = mean_of(seen.recent, "estimated") or 0.0
    one, name = reference.estimated, reference.measures[0].name.replace("_", " ")
    change = promised_change(reference, seen.recent)
    facts = {"estimated": now, "before": one.mean, "limit": one.limit, "warning": WARNING}
    if seen.values[0] < seen.values[-1] and now <= one.limit:
        # Cases are such that less can be won with them; of the model's errors that says nothing.
        return Alarm(
            "estimated_performance",
            "notice",
            f"there is less to win with these rows than with those of training: {change}, at an estimated {name} of "
            f"{now:.4g} (at the build {one.mean:.4g})",
            seen.evidence,
            change,
            "nothing is wrong with the model; ask whether these are the cases that it is meant for",
            facts=facts,
        )
    return Alarm(
        "estimated_performance",
        "alarm",
        f"the {name} is estimated at {now:.4g} without outcomes; at the build it was {one.mean:.4g}, and up to "
        f"{one.limit:.4g} is tolerated",
        seen.evidence,
        change or f"{now - one.mean:+.4g} a row in {name}",
        "get outcomes of some of these rows, and retrain with them",
        facts=facts,
    )
