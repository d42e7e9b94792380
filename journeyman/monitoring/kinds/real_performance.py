"""The model does worse than its build promised: told from outcomes, by bets on each loss against its tolerance."""

from __future__ import annotations

import numpy as np

from journeyman.monitoring.alarm import Alarm
from journeyman.monitoring.batch import Batch
from journeyman.monitoring.kind import Seen, Stream
from journeyman.monitoring.losses import row_losses
from journeyman.monitoring.memory import Memory
from journeyman.monitoring.price import amount, mean_of
from journeyman.monitoring.reference import Reference
from journeyman.statistics.e_process import growth_of
from journeyman.table.columns import Numbers

TITLE, ORDER = "real performance", 2
HEADLINE = "The model does worse than its build promised"


def streams(reference: Reference) -> tuple[Stream, ...]:
    """Each loss that the reference has a tolerance for."""
    return tuple(Stream(one.name, 1.0 / len(reference.measures)) for one in reference.measures)


def losses_of(reference: Reference, batch: Batch) -> dict[str, Numbers]:
    """Every loss of the rows with an outcome, by name."""
    some = batch.take(batch.known)
    found = row_losses(reference.task, some.truth, some.answers, reference.label_rule)
    if some.paid is not None:
        found["lost_payoff"] = -some.paid
    return found


def growth(reference: Reference, batch: Batch, memory: Memory) -> Numbers | None:
    """Losses of the rows with an outcome."""
    del memory
    if not batch.known.any():
        return None
    losses = losses_of(reference, batch)
    empty = np.empty(0)
    return np.vstack(
        [growth_of(one.scaled(losses.get(one.name, empty)), one.scaled_limit) for one in reference.measures]
    )


def say(reference: Reference, seen: Seen) -> Alarm:
    """What came, and what was promised."""
    place = int(np.argmax(seen.values))
    measure = reference.measures[place]
    now = mean_of(seen.recent, f"real_{measure.name}", "known") or 0.0
    paid = mean_of(seen.recent, "real_lost_payoff", "known")
    price = f"{now - measure.mean:+.4g} a row in {measure.name.replace('_', ' ')}"
    if paid is not None and reference.payoff is not None and -1000 * paid < reference.payoff["value"]:
        price = f"{amount(-1000 * paid)} per 1,000 rows are earned, {amount(reference.payoff['value'])} were promised"
    rows = sum(int(one["known"]) for one in seen.recent)
    money = measure.name == "lost_payoff"
    told = (-1000 * now, -1000 * measure.mean, -1000 * measure.limit) if money else (now, measure.mean, measure.limit)
    what = "the payoff per 1,000 rows" if money else f"the {measure.name.replace('_', ' ')}"
    ends = "down to" if money else "up to"
    return Alarm(
        "real_performance",
        "alarm",
        f"{what} is {told[0]:.4g} in the newest {rows:,} rows with an outcome; at the build it was "
        f"{told[1]:.4g}, and {ends} {told[2]:.4g} is tolerated",
        seen.evidence,
        price,
        "retrain with these rows; until then decide by the best rule without the model, or by hand",
        facts={"measure": measure.name, "real": now, "before": measure.mean, "limit": measure.limit},
    )
