"""Tables for ``features.py``: each with one pattern that trees find hard alone, or with none.

Of every pattern the column that tells it is known (``oracle``): what a model with that column gains is what there is to
gain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import polars as pl

Random = np.random.Generator
Cells = dict[str, Any]


class Drawn(NamedTuple):
    """Columns, the column that tells the pattern, and the signal of each row; noise is not in it."""

    cells: Cells
    oracle: Any
    signal: Any


def _level(random: Random, count: int, rows: int) -> Any:
    return random.integers(0, count, rows)


def _words(places: Any, stem: str) -> list[str]:
    return [f"{stem}{place}" for place in places.tolist()]


def _others(random: Random, rows: int) -> Cells:
    """Columns that say nothing, or a little that every tree finds."""
    return {
        "height": random.normal(size=rows),
        "width": random.gamma(2, size=rows),
        "shade": _words(_level(random, 4, rows), "shade"),
    }


def ratio(random: Random, rows: int) -> Drawn:
    """Price over area."""
    price, area = random.lognormal(3, 0.8, rows), random.lognormal(2, 0.8, rows)
    return Drawn({"price": price, "area": area}, price / area, np.log(price / area))


def difference(random: Random, rows: int) -> Drawn:
    """Income less rent."""
    income, rent = random.normal(0, 1, rows), random.normal(0, 1, rows)
    return Drawn({"income": income, "rent": rent}, income - rent, np.tanh(3 * (income - rent)))


def product(random: Random, rows: int) -> Drawn:
    """Length times breadth, both of either sign."""
    length, breadth = random.normal(size=rows), random.normal(size=rows)
    return Drawn({"length": length, "breadth": breadth}, length * breadth, np.tanh(length * breadth))


def total(random: Random, rows: int) -> Drawn:
    """A sum of two that turns at a threshold."""
    first, second = random.gamma(2, 1, rows), random.gamma(2, 1, rows)
    return Drawn({"first": first, "second": second}, first + second, np.tanh(3 * (first + second - 4)))


def group_less_mean(random: Random, rows: int) -> Drawn:
    """Pay beside the mean of its office."""
    office = _level(random, 60, rows)
    pay = random.normal(0, 4, 60)[office] + random.normal(size=rows)
    mean = np.bincount(office, pay) / np.maximum(np.bincount(office), 1)
    apart = pay - mean[office]
    return Drawn({"office": _words(office, "office"), "pay": pay}, apart, apart)


def group_ratio(random: Random, rows: int) -> Drawn:
    """A price over the mean price of its kind."""
    kind = _level(random, 50, rows)
    price = random.lognormal(2, 1.2, 50)[kind] * random.lognormal(0, 0.4, rows)
    mean = np.bincount(kind, price) / np.maximum(np.bincount(kind), 1)
    over = price / mean[kind]
    return Drawn({"kind": _words(kind, "kind"), "price": price}, over, np.log(over))


def group_rank(random: Random, rows: int) -> Drawn:
    """The share of its class that a mark is above."""
    school = _level(random, 40, rows)
    mark = random.normal(0, 3, 40)[school] + random.lognormal(0, 0.5, 40)[school] * random.normal(size=rows)
    rank = np.empty(rows)
    for one in range(40):
        own = np.flatnonzero(school == one)
        rank[own[np.argsort(mark[own])]] = (np.arange(len(own)) + 0.5) / max(len(own), 1)
    return Drawn({"school": _words(school, "school"), "mark": mark}, rank, 3 * (rank - 0.5))


def exclusive_or(random: Random, rows: int) -> Drawn:
    """Whether three switches are on, an odd number of them."""
    switches = [_level(random, 2, rows) for _ in range(3)]
    odd = sum(switches) % 2
    named = {f"switch {place}": _words(one, "at") for place, one in enumerate(switches)}
    return Drawn(named, odd.astype(float), 2.0 * odd - 1)


def lookup(random: Random, rows: int) -> Drawn:
    """A price list by model and region."""
    model, region = _level(random, 16, rows), _level(random, 12, rows)
    prices = random.normal(size=(16, 12))
    told = prices[model, region]
    return Drawn({"model": _words(model, "model"), "region": _words(region, "region")}, told, told)


def lookup_of_numbers(random: Random, rows: int) -> Drawn:
    """A plan by hour and day, without any order."""
    hour, day = _level(random, 20, rows), _level(random, 7, rows)
    told = random.normal(size=(20, 7))[hour, day]
    return Drawn({"hour": hour.astype(float), "day": day.astype(float)}, told, told)


def values_again(random: Random, rows: int) -> Drawn:
    """An effect of each of 300 fees, near to each other and in no order."""
    fees = np.round(random.lognormal(4, 0.5, 300), 2)
    fee = _level(random, 300, rows)
    told = random.normal(size=300)[fee]
    return Drawn({"fee": fees[fee]}, told, told)


def many_levels(random: Random, rows: int) -> Drawn:
    """An effect of each of 300 sellers."""
    seller = _level(random, 300, rows)
    told = random.normal(size=300)[seller]
    return Drawn({"seller": _words(seller, "seller")}, told, told)


def frequency(random: Random, rows: int) -> Drawn:
    """How many rows a customer has."""
    weight = random.pareto(1.2, 300) + 0.2
    customer = random.choice(300, rows, p=weight / weight.sum())
    told = np.log(weight / weight.sum())[customer]
    return Drawn({"customer": _words(customer, "customer")}, told, told)


def date_cycle(random: Random, rows: int) -> Drawn:
    """Which day of the week it is."""
    day = random.integers(0, 1500, rows)
    told = np.array([0.2, 0.4, -0.5, 0.1, 1.5, -1.5, -0.4])[day % 7]
    dates = pl.Series(np.datetime64("2020-01-06") + day.astype("timedelta64[D]"))
    return Drawn({"day": dates}, told, told)


def keyword(random: Random, rows: int) -> Drawn:
    """Whether a note has a word in it."""
    bag = np.array([f"word{place}" for place in range(60)], object)
    told = _level(random, 2, rows)
    notes = []
    for one in told.tolist():
        terms = random.choice(bag, random.integers(8, 16)).tolist()
        terms.insert(int(random.integers(0, len(terms))), "urgent" if one else "quiet")
        notes.append(" ".join(terms))
    return Drawn({"note": notes}, told.astype(float), 2.0 * told - 1)


def smooth(random: Random, rows: int) -> Drawn:
    """No pattern beyond a smooth sum of columns."""
    cells = {f"x{place}": random.normal(size=rows) for place in range(6)}
    signal = sum(np.sin((place + 1) * 0.7 * one) for place, one in enumerate(cells.values())) * 0.6
    return Drawn(cells, np.zeros(rows), signal)


def steps(random: Random, rows: int) -> Drawn:
    """No pattern beyond steps and levels that trees find alone."""
    cells: Cells = {f"x{place}": random.normal(size=rows) for place in range(4)}
    level = _level(random, 5, rows)
    signal = sum((one > 0.3 * place) * 1.0 for place, one in enumerate(cells.values()))
    return Drawn({**cells, "group": _words(level, "group")}, np.zeros(rows), signal + 0.7 * (level % 2) - 2)


def nothing(random: Random, rows: int) -> Drawn:
    """Columns that say nothing."""
    cells: Cells = {f"x{place}": random.normal(size=rows) for place in range(5)}
    return Drawn({**cells, "group": _words(_level(random, 8, rows), "group")}, np.zeros(rows), np.zeros(rows))


PATTERNS: Mapping[str, Callable[[Random, int], Drawn]] = {
    one.__name__: one
    for one in (
        ratio, difference, product, total, group_less_mean, group_ratio, group_rank, exclusive_or, lookup,
        lookup_of_numbers, values_again, many_levels, frequency, date_cycle, keyword,
    )
}  # fmt: skip
PLAIN: Mapping[str, Callable[[Random, int], Drawn]] = {one.__name__: one for one in (smooth, steps, nothing)}


def drawn(name: str, seed: int, rows: int) -> tuple[Drawn, list[Any]]:
    """A table and its target, numbers or two classes by turns; ``oracle`` and target are not among the cells."""
    random = np.random.default_rng(np.random.PCG64([seed, len(name), sum(map(ord, name))]))
    found = (PATTERNS | PLAIN)[name](random, rows)
    others = _others(random, rows)
    signal = found.signal + 0.5 * others["height"]
    cells = {**found.cells, **others}
    if seed % 2:
        # About as many of either class, whatever the signal's level.
        noisy = 1 / (1 + np.exp(-2.5 * (signal - np.median(signal)))) > random.random(rows)
        return found._replace(cells=cells), ["yes" if one else "no" for one in noisy.tolist()]
    return found._replace(cells=cells), (10 + signal + 0.5 * random.normal(size=rows)).tolist()
