"""A small group of rows that lies where nearly no other row does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

import numpy as np

from journeyman.insights import inside
from journeyman.insights.claim import share_beyond
from journeyman.insights.condition import bare, bound, holds, named, words
from journeyman.insights.cuts import round_cuts
from journeyman.insights.insight import Figure
from journeyman.insights.kind import Candidate, Kind, Look, Measured, Said
from journeyman.insights.material import Feature, Material, Outcome
from journeyman.table.columns import Flags
from journeyman.table.table import Table

#: A group is small up to this share of the rows; what lies beyond this share of the column is far out.
MOST_SHARE, FAR = 0.12, 0.95
#: Columns of levels, and of numbers, that are looked at.
MOST_COLUMNS, MOST_NUMBERS = 30, 30


class OutlierGroup(Kind):
    """Each small group of a level, against each number: how many of its rows lie beyond a bound that few others pass.

    Sizes are shares: of the group beyond the bound, less that of all others.
    """

    least: ClassVar[float] = 0.4
    turn: ClassVar[int] = 2
    surprise: ClassVar[float] = 1.2

    def looks(self, half: Material) -> Iterator[Look]:
        """Every small level with every number, on both sides."""
        features = [one for one in half.features if one.is_levels and len(one.groups) > 1][:MOST_COLUMNS]
        for number in _numbers(half)[:MOST_NUMBERS]:
            for side, cut in _bounds(number):
                outcome = _beyond(number, side, cut)
                for feature in features:
                    if feature.name == number.name:
                        continue
                    found = inside.tally(outcome, feature.codes, len(feature.groups))
                    for place, effect, error, _, p_value in inside.differences(found):
                        if found.rows[place] > MOST_SHARE * found.all_rows:
                            continue
                        within = found.sums[place] / found.rows[place]
                        without = (found.all_sum - found.sums[place]) / (found.all_rows - found.rows[place])
                        candidate = self.candidate((feature.name, number.name), -1, place, side, cut)
                        size = float(within - without)
                        yield Look(candidate, effect, error, size, p_value if size > 0 else 1.0)

    def measure(self, half: Material, candidate: Candidate) -> Measured | None:
        """The group's share beyond the bound, against that of all others."""
        place, side, cut = candidate.places
        group, number = (half.feature(name) for name in candidate.columns)
        found = inside.measured(_beyond(number, side, cut), group.codes == place, half.units)
        if found is None:
            return None
        return Measured(
            found.value, found.unit, found.effect, found.error, found.value, found.p_value, found.rows, found.interval
        )

    def say(self, table: Table, material: Material, candidate: Candidate) -> Said | None:
        """Both shares."""
        place, side, cut = candidate.places
        group, number = (material.feature(name) for name in candidate.columns)
        far = bound(number.column, side, cut)
        within = share_beyond(table, number.name, far, group.groups[place])
        without = share_beyond(table, number.name, far, (), group.groups[place])
        if not within.rows or not without.rows:
            return None
        sentence = (
            f"Of the {within.rows:,} rows where {words(group.groups[place])}, {inside.percent(within.value)} have "
            f"{named(number.name)} {far.label}, which {inside.percent(without.value)} of the other {without.rows:,} "
            "have."
        )
        return Said(sentence, (within, without), within.rows)

    def picture(self, table: Table, material: Material, candidate: Candidate) -> Figure:
        """The middle and the spread of the number in the group and in the others, on one axis."""
        place, _, cut = candidate.places
        group, number = (material.feature(name) for name in candidate.columns)
        cells = bare(table.values[number.name])
        within = holds(table, group.groups[place])
        parts = []
        for label, rows in ((group.groups[place][0].label, within), ("all other rows", ~within)):
            values = cells[rows & ~np.isnan(cells)]
            if len(values):
                spread = np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95]).tolist()
                parts.append({"label": label, "spread": spread, "rows": len(values)})
        title = f"{named(number.name)} where {words(group.groups[place])}, and elsewhere"
        is_log = bool(np.nanmin(cells) > 0) and _is_far(parts)
        return Figure("spreads", {"title": title, "of": number.name, "groups": parts, "bound": cut, "is_log": is_log})

    def signature(self, material: Material, candidate: Candidate) -> None:
        """Its columns tell."""
        return


def _is_far(parts: Sequence[dict[str, object]]) -> bool:
    ends = [one for part in parts for one in (part["spread"] if isinstance(part["spread"], list) else [])]
    return bool(ends) and min(ends) > 0 and max(ends) / min(ends) > 100


def _numbers(half: Material) -> tuple[Feature, ...]:
    return tuple(one for one in half.numbers if not one.is_levels)


def _bounds(number: Feature) -> Iterator[tuple[Literal["above", "up_to"], float]]:
    known = number.numbers[~number.missing] if number.numbers is not None else np.empty(0)
    for cut in round_cuts(known, (FAR,))[:1]:
        if float((known > cut).mean()) <= 2 * (1 - FAR):
            yield "above", cut
    for cut in round_cuts(known, (1 - FAR,))[:1]:
        if float((known <= cut).mean()) <= 2 * (1 - FAR):
            yield "up_to", cut


def _beyond(number: Feature, side: str, cut: float) -> Outcome:
    numbers = number.numbers if number.numbers is not None else np.full(len(number.codes), np.nan)
    with np.errstate(invalid="ignore"):
        far: Flags = numbers > cut if side == "above" else numbers <= cut
    return Outcome(number.name, "beyond", cut, np.where(np.isnan(numbers), np.nan, far))
