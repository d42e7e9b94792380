"""The target, or another number, by the hour, the weekday or the month: what comes back with the calendar."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar, Literal

import numpy as np

from journeyman.insights import inside
from journeyman.insights.claim import average
from journeyman.insights.condition import DAY, MONTHS, WEEKDAYS, Cycle, instance_of, named, part_of, phase
from journeyman.insights.insight import Figure
from journeyman.insights.kind import Candidate, Kind, Look, Measured, Said, outcome_of
from journeyman.insights.material import Feature, Material
from journeyman.statistics.instances import compare_phases
from journeyman.table.columns import Integers, Numbers
from journeyman.table.table import Table

#: Cycle: how many phases it has, and over how many days it must be seen.
CYCLES: dict[Cycle, tuple[int, float]] = {"hour": (24, 7.0), "weekday": (7, 56.0), "month": (12, 1400.0)}


class Seasonality(Kind):
    """The highest and the lowest phase of each cycle of each date; sizes are standard deviations of the outcome.

    Found and confirmed on stretches of time that lie between each other; a single day that was odd is one piece of
    evidence, however many rows it has.
    """

    least: ClassVar[float] = 0.2
    split: ClassVar[Literal["rows", "time"]] = "time"

    def looks(self, half: Material) -> Iterator[Look]:
        """Every two phases; only the highest and the lowest stand out."""
        for feature in half.dates:
            for cycle, (phases, days) in CYCLES.items():
                at, codes = _phases(feature, cycle, days)
                for outcome, one in enumerate(half.outcomes if codes is not None and at is not None else ()):
                    if codes is None or not one.spread > 0:
                        continue
                    found = inside.tally(one, codes, phases)
                    there = np.flatnonzero(found.rows >= inside.FEWEST_INSIDE)
                    if len(there) < 2:
                        continue
                    means = found.sums[there] / found.rows[there]
                    high, low = int(there[np.argmax(means)]), int(there[np.argmin(means)])
                    for place in range(len(there) * (len(there) - 1) // 2):
                        candidate = self.candidate((feature.name,), outcome, cycle, high, low)
                        if place:
                            yield Look(candidate, 0.0, 0.0, 0.0, 1.0)
                            continue
                        size = float(means.max() - means.min()) / one.spread
                        error = math.sqrt(1 / found.rows[high] + 1 / found.rows[low])
                        part = (found.rows[high] + found.rows[low]) / found.all_rows
                        p_value = inside.normal_tails(size / error)
                        yield Look(candidate, size / 2 * math.sqrt(part), error / 2, size, p_value)

    def measure(self, half: Material, candidate: Candidate) -> Measured | None:
        """The two phases against each other, a day, an hour or a month being one piece of evidence."""
        cycle, high, low = candidate.places
        feature, outcome = half.feature(candidate.columns[0]), outcome_of(half, candidate)
        at, codes = _phases(feature, cycle, 0.0)
        if at is None or codes is None:
            return None
        among, kept = (codes == high) | (codes == low), outcome.known & (codes >= 0)
        instances = instance_of(at, cycle)
        alone = inside.measured(outcome, codes == high, None, among)
        seen = compare_phases(outcome.values[kept], codes[kept], instances[kept], high, low)
        if alone is None or seen is None or seen.difference * alone.value <= 0:
            return None
        # By how much days, or months, that differ as wholes make the error larger than single rows would.
        rows = int((among & outcome.known).sum())
        single = alone.error / max(abs(alone.effect), 1e-300) * abs(alone.value)
        found = inside.measured(outcome, codes == high, None, among, max(1.0, (seen.error / single) ** 2))
        if found is None:
            return None
        found = replace(found, p_value=max(found.p_value, seen.p_value), rows=rows)
        part = float((among & outcome.known).sum()) / max(int(outcome.known.sum()), 1)
        # On the scale of all rows, of which these two phases are a part.
        return replace(found, effect=found.effect * math.sqrt(part), error=found.error * math.sqrt(part))

    def say(self, table: Table, material: Material, candidate: Candidate) -> Said | None:
        """Mean or rate in the highest and the lowest phase."""
        cycle, high, low = candidate.places
        column, outcome = material.feature(candidate.columns[0]).column, outcome_of(material, candidate)
        most = average(table, outcome, (phase(column, cycle, high),))
        least = average(table, outcome, (phase(column, cycle, low),))
        if not most.rows or not least.rows or most.value <= least.value:
            return None
        of = (
            f"the share of {outcome.said} in {named(outcome.column)}"
            if outcome.is_rate
            else f"the mean of {named(outcome.column)}"
        )
        when = {place: _name(cycle, place) for place in (high, low)}
        sentence = (
            f"By the {cycle} of {named(column.name)} {of} is {inside.told(most)} {when[high]} ({most.rows:,} rows) and "
            f"{inside.told(least)} {when[low]} ({least.rows:,} rows)."
        )
        return Said(sentence, (most, least), most.rows + least.rows)

    def picture(self, table: Table, material: Material, candidate: Candidate) -> Figure:
        """Bars in the order of the calendar."""
        cycle, high, low = candidate.places
        column = material.feature(candidate.columns[0]).column
        phases = CYCLES[cycle][0]
        names = {"weekday": WEEKDAYS, "month": MONTHS}.get(cycle, tuple(f"{one:02d}" for one in range(24)))
        return inside.bars(
            table,
            outcome_of(material, candidate),
            [(phase(column, cycle, one),) for one in range(phases)],
            marked=(high, low),
            is_sorted=False,
            title=f"by {cycle} of {named(column.name)}",
            labels=names,
        )

    def signature(self, material: Material, candidate: Candidate) -> Numbers:
        """High, low, or neither."""
        cycle, high, low = candidate.places
        _, codes = _phases(material.feature(candidate.columns[0]), cycle, 0.0)
        if codes is None:
            return np.zeros(material.rows)
        return np.asarray((codes == high).astype(np.float64) - (codes == low))


def _phases(feature: Feature, cycle: Cycle, days: float) -> tuple[Integers | None, Integers | None]:
    """Moments, and the phase that each row is in, −1 where it has no date; none where the dates do not go so far."""
    if feature.numbers is None or feature.missing.all():
        return None, None
    at = np.where(feature.missing, 0.0, feature.numbers).astype(np.int64)
    known = at[~feature.missing]
    if known.max() - known.min() < days * DAY or (cycle == "hour" and len(np.unique(known % DAY)) < 8):
        return None, None
    return at, np.where(feature.missing, -1, part_of(at, cycle))


def _name(cycle: Cycle, place: int) -> str:
    if cycle == "hour":
        return f"from {place:02d}:00 to {place:02d}:59"
    return f"on {WEEKDAYS[place]}s" if cycle == "weekday" else f"in {MONTHS[place]}"
