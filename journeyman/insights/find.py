"""The door of the room: what a table tells, found on one half of its rows and confirmed on the other."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from journeyman.brief.aim import Aim
from journeyman.insights import inside
from journeyman.insights.additive import Additive, additive, own_share
from journeyman.insights.explored import Explored
from journeyman.insights.halves import Halves, split_rows, split_stretches
from journeyman.insights.insight import Insight
from journeyman.insights.kind import Kind, Look, Measured, Said, kinds
from journeyman.insights.material import Material
from journeyman.insights.prepare import fewer_columns, prepare
from journeyman.insights.ranking import MOST_TOLD, Ranked, best, normed
from journeyman.statistics.multiple import benjamini_yekutieli, selected_confidence
from journeyman.statistics.shrinkage import Prior, prior_of
from journeyman.table.columns import Integers
from journeyman.table.table import Table

#: Rows that are looked at, of larger tables a sample; under this many there is nothing to split.
MOST_ROWS, FEWEST_ROWS = 50_000, 80
#: Rows times columns that are looked at in a second, on one slow core.
CELLS_PER_SECOND = 300_000
#: The share of the time that goes into looking; the rest is for ranking, sentences and pictures.
LOOKING = 0.8
#: What stands out on the first half: this p-value, and this share of the smallest size worth telling.
STANDS_OUT, NEARLY = 0.05, 0.8
#: Candidates of a kind that the second half judges, those that stand out most.
MOST_JUDGED = 30
#: The rate of false ones among those confirmed, and among intervals that miss.
FALSE_RATE, WRONG_INTERVALS = 0.05, 0.05
#: The smallest part of a surprise that is left where other columns say the same.
LEAST_SURPRISE = 0.5
#: Insights that are ranked beyond those told; of those told so many at most are not about the target.
SPARE, MOST_BESIDE = 12, 4
#: What is not about the target counts so much where there is one.
BESIDE_TARGET = 0.3


@dataclass(frozen=True)
class _Found:
    kind: Kind
    look: Look
    halves: Halves
    material: Material
    measured: Measured | None
    prior: Prior

    @property
    def held(self) -> bool:
        """Whether the second half shows the same, and so much of it that somebody would act on it."""
        one = self.measured
        if one is None or one.effect * self.look.effect <= 0:
            return False
        kept = self.prior.shrunk(one.effect, one.error) / one.effect
        return abs(one.size) * kept >= self.kind.least


def find_insights(
    table: Table,
    aim: Aim | None = None,
    *,
    order: Integers | None = None,
    groups: Integers | None = None,
    seed: int = 0,
    seconds: float | None = None,
    most_rows: int | None = None,
    most: int = MOST_TOLD,
) -> Explored:
    """What a table tells, ranked; each insight true of the whole table, and held on rows with no say in finding it.

    Everything that is looked at counts: what stands out on the first half is tested on the second, and of all that was
    looked at, of every kind, at most one in twenty of those confirmed is expected to be false (Benjamini and
    Yekutieli; each kind has the same share of the allowed error, however many things it looks at).

    Parameters
    ----------
    table : with its roles decided: only features and times are looked at
    aim : the target, where there is one
    order : (rows,) times: found on earlier rows, confirmed on later ones
    groups : (rows,) codes of rows that belong together and stay on one side
    seconds : about how long it may take; fewer rows are looked at where that is little, and kinds that come too late
        are left out. None for no clock: equal tables are then told of equally, however busy the machine is
    most_rows : rows that are looked at; None for as many as there is time for, 50,000 at most
    most : insights that are told
    """
    began = time.monotonic()
    rows, left_out = _sampled(table, rows_for(table, seconds) if most_rows is None else most_rows, seed)
    sample = table if rows is None else table.take(rows)
    order, groups = (one if one is None or rows is None else one[rows] for one in (order, groups))
    units = groups if groups is not None and len(np.unique(groups)) < len(groups) else None
    whole, told = prepare(sample, aim, units, table)
    left_out = (*left_out, *told)
    halves = split_rows(sample.rows, seed=seed, order=order, groups=groups)
    kept = fewer_columns(whole.take(halves.first))
    dropped = len(whole.features) - len(kept)
    if dropped:
        left_out = (*left_out, f"{len(kept)} of {len(whole.features)} columns are looked at, those that say most")
        whole = replace(whole, features=tuple(one for one in whole.features if one.name in kept))
    if sample.rows < FEWEST_ROWS:
        return _nothing(table, aim, began, (*left_out, f"{sample.rows} rows are too few to split in two"))
    looks, found, late = _look_through(whole, halves, seed, None if seconds is None else began + LOOKING * seconds)
    if late:
        left_out = (*left_out, f"for lack of time not looked at: {', '.join(late)}")
    confirmed, q_values = _confirmed(looks, found)
    confidence = selected_confidence(WRONG_INTERVALS, len(confirmed), len(found))
    by_name = {one.kind.name: len(one.looks) for one in looks}
    by_kind = {name: sum(len(one.looks) for one in looks if one.kind.name == name) for name in by_name}
    return Explored(
        insights=tuple(_told(table, aim, confirmed, q_values, confidence, most)),
        target=aim.target if aim else "",
        looked_at=sum(by_kind.values()) + dropped,
        found=len(found),
        confirmed=len(confirmed),
        first_rows=len(halves.first),
        second_rows=len(halves.second),
        split=halves.words,
        seconds=time.monotonic() - began,
        origin=table.origin,
        left_out=left_out,
        by_kind=by_kind,
    )


@dataclass(frozen=True)
class _Looks:
    kind: Kind
    looks: tuple[Look, ...]


def _look_through(
    whole: Material, halves: Halves, seed: int, deadline: float | None
) -> tuple[list[_Looks], list[_Found], list[str]]:
    """Every kind on the first half, and what stands out measured on the second; kinds that came too late."""
    looked: list[_Looks] = []
    found: list[_Found] = []
    late: list[str] = []
    firsts = {"rows": [(whole, halves, whole.take(halves.first))], "time": []}
    for one in whole.dates if whole.outcomes else ():
        alone = replace(whole, features=(one,))
        stretches = split_stretches(one.numbers if one.numbers is not None else np.empty(0), seed=seed)
        if min(len(stretches.first), len(stretches.second)) >= FEWEST_ROWS // 2:
            firsts["time"].append((alone, stretches, alone.take(stretches.first)))
    for kind in kinds():
        if deadline is not None and time.monotonic() > deadline:
            late.append(kind.name.replace("_", " "))
            continue
        for material, split, first in firsts[kind.split]:
            looks = tuple(kind.looks(first))
            looked.append(_Looks(kind, looks))
            prior = prior_of(np.array([one.effect for one in looks]), np.array([one.error for one in looks]))
            standing = [one for one in looks if one.p_value <= STANDS_OUT and abs(one.size) >= NEARLY * kind.least]
            standing = sorted(standing, key=lambda one: (one.p_value, -abs(one.effect)))[:MOST_JUDGED]
            second = material.take(split.second) if standing else material
            found += [
                _Found(kind, one, split, material, kind.measure(second, one.candidate), prior) for one in standing
            ]
    return looked, found, late


def _confirmed(looks: Sequence[_Looks], found: Sequence[_Found]) -> tuple[list[_Found], dict[int, float]]:
    """What held, and its q-value by its place among all that was found: everything looked at counts."""
    sizes = {one.kind.name: 0 for one in looks}
    for one in looks:
        sizes[one.kind.name] += len(one.looks)
    there = [name for name, count in sizes.items() if count]
    p_values, shares = [], []
    for each in found:
        agrees = each.measured is not None and each.measured.effect * each.look.effect > 0
        p_values.append(each.measured.p_value if each.measured is not None and agrees else 1.0)
        shares.append(1 / (len(there) * sizes[each.kind.name]))
    of_kind = {name: sum(one.kind.name == name for one in found) for name in there}
    for name in there:
        rest = sizes[name] - of_kind[name]
        p_values += [1.0] * rest
        shares += [1 / (len(there) * sizes[name])] * rest
    adjusted = benjamini_yekutieli(np.array(p_values), np.array(shares))
    held = [(place, one) for place, one in enumerate(found) if adjusted[place] <= FALSE_RATE and one.held]
    return [one for _, one in held], {id(one): float(adjusted[place]) for place, one in held}


def _told(
    table: Table,
    aim: Aim | None,
    confirmed: Sequence[_Found],
    q_values: dict[int, float],
    confidence: float,
    most: int,
) -> Iterator[Insight]:
    """The best of what was confirmed, each said and pictured. What is not true of the whole table is not said."""
    told, beside = 0, 0
    # A few more than are told, for those that are not true of the whole table, and those beside the target.
    for chosen in best(_ranked(confirmed, has_target=aim is not None), most + SPARE):
        one = confirmed[chosen.place]
        is_beside = aim is not None and one.look.candidate.outcome < 0
        if told == most or (is_beside and beside == MOST_BESIDE):
            continue
        said = one.kind.say(table, one.material, one.look.candidate)
        if said is not None and one.measured is not None:
            told, beside = told + 1, beside + is_beside
            yield _insight(one, one.measured, said, table, chosen.score, q_values[id(one)], confidence)


def _ranked(confirmed: Sequence[_Found], *, has_target: bool) -> list[Ranked]:
    """What each is worth telling: its effect, which holds its coverage, times its surprise."""
    models: dict[tuple[int, int], Additive] = {}
    ranked = []
    for place, one in enumerate(confirmed):
        if one.measured is None:
            continue
        candidate = one.look.candidate
        signature = one.kind.signature(one.material, candidate)
        effect, surprise = abs(one.prior.shrunk(one.measured.effect, one.measured.error)), one.kind.surprise
        if has_target and candidate.outcome < 0:
            surprise *= BESIDE_TARGET
        elif has_target and signature is not None and one.kind.split == "rows":
            key = (candidate.outcome, id(one.material))
            if key not in models:
                models[key] = additive(one.material, one.material.outcomes[candidate.outcome])
            own = own_share(models[key], signature, candidate.columns)
            surprise *= LEAST_SURPRISE + (1 - LEAST_SURPRISE) * own
        ranked.append(Ranked(place, candidate, effect * surprise, normed(signature)))
    return ranked


def _insight(
    found: _Found, measured: Measured, said: Said, table: Table, score: float, q_value: float, confidence: float
) -> Insight:
    candidate = found.look.candidate
    outcome = found.material.outcomes[candidate.outcome].column if candidate.outcome >= 0 else ""
    low, high = measured.interval(confidence)
    return Insight(
        kind=found.kind.name,
        sentence=said.sentence,
        held_words=held_words(found.kind.measures, measured, low, high),
        columns=(*candidate.columns, *([outcome] if outcome else [])),
        facts={"claims": [one.as_data() for one in said.claims], **said.more},
        rows=said.rows,
        effect=found.prior.shrunk(measured.effect, measured.error),
        value=measured.value,
        low=low,
        high=high,
        unit=measured.unit,
        p_value=measured.p_value,
        q_value=q_value,
        held=True,
        score=score,
        figure=found.kind.picture(table, found.material, candidate),
    )


def held_words(what: str, measured: Measured, low: float, high: float) -> str:
    """How it held, in a sentence."""
    show = inside.amount
    value, bounds = show(measured.value, measured.unit), (_bare(show(one, measured.unit)) for one in (low, high))
    return f"Held on {measured.rows:,} rows it was not found on: {what} {value} [{' to '.join(bounds)}]."


def _bare(text: str) -> str:
    return text.removesuffix(" points").removesuffix(" %")


def rows_for(table: Table, seconds: float | None) -> int:
    """How many rows of a table can be looked at in so many seconds; the same on every machine."""
    columns = max(len(table.schema.features), 1)
    return MOST_ROWS if seconds is None else max(2_000, min(MOST_ROWS, int(seconds * CELLS_PER_SECOND / columns)))


def _sampled(table: Table, most: int, seed: int) -> tuple[Integers | None, tuple[str, ...]]:
    """Positions of the rows that are looked at, or None for all of them."""
    if table.rows <= most:
        return None, ()
    random = np.random.default_rng(np.random.PCG64([seed, 3]))
    rows = np.sort(random.choice(table.rows, most, replace=False))
    return rows, (f"{most:,} of {table.rows:,} rows, drawn at random, were looked at; sentences count all of them",)


def _nothing(table: Table, aim: Aim | None, began: float, left_out: tuple[str, ...]) -> Explored:
    return Explored(
        insights=(),
        target=aim.target if aim else "",
        looked_at=0,
        found=0,
        confirmed=0,
        first_rows=0,
        second_rows=0,
        split="",
        seconds=time.monotonic() - began,
        origin=table.origin,
        left_out=left_out,
    )
