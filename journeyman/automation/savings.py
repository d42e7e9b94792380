"""What automating saves: hours and money, with the interval of the share that runs unattended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from journeyman.errors import BriefError

#: Cases that savings are told for where nothing says how many there are in a year.
CASES = 1000.0
_DAYS_A_YEAR = 365.25


@dataclass(frozen=True, kw_only=True)
class Savings:
    """Hours, and money where an hour has a price, that are not spent on ``cases`` decisions; each (value, low, high).

    ``period``: ``"1,000 cases"`` or ``"a year"``.
    """

    cases: float
    period: str
    hours: tuple[float, float, float]
    money: tuple[float, float, float] | None = None

    def as_data(self) -> dict[str, Any]:
        """The savings as JSON."""
        ends = ("value", "low", "high")
        return {
            "cases": self.cases,
            "period": self.period,
            "hours": dict(zip(ends, self.hours, strict=True)),
            "money": None if self.money is None else dict(zip(ends, self.money, strict=True)),
        }


def savings(
    share: tuple[float, float, float], *, minutes: float | None, hourly: float | None, a_year: float | None = None
) -> Savings | None:
    """What is saved; None where nobody said how long a decision takes.

    Parameters
    ----------
    share : of all cases that the model answers alone, audit lane taken off, with its interval
    minutes : that a person needs for a case
    hourly : what an hour of that person costs; None where only hours are told
    a_year : cases in a year, None where the log says nothing of time

    Raises
    ------
    BriefError : an amount is not positive, or the hour has a price and the decision no minutes
    """
    for name, value in (("minutes", minutes), ("hourly", hourly)):
        if value is not None and not 0 < value < float("inf"):
            raise BriefError(f"--{name} is {value:g}", because="it must be above 0", remedy=f"--{name} 5")
    if minutes is None:
        if hourly is not None:
            raise BriefError(
                "--hourly needs --minutes", because="nobody said how long a decision takes", remedy="--minutes 5"
            )
        return None
    cases = CASES if a_year is None else a_year
    hours = tuple(one * cases * minutes / 60 for one in share)
    money = None if hourly is None else tuple(one * hourly for one in hours)
    return Savings(
        cases=cases,
        period=f"{CASES:,.0f} cases" if a_year is None else "a year",
        hours=(hours[0], hours[1], hours[2]),
        money=None if money is None else (money[0], money[1], money[2]),
    )


def cases_a_year(cases: int, first: float, last: float) -> float | None:
    """How many cases come in a year, from how many came between two times in microseconds; None below a month.

    >>> round(cases_a_year(1000, 0.0, 182.625 * 86400e6))
    2000
    """
    days = (last - first) / 86400e6
    return cases / days * _DAYS_A_YEAR if days >= 30 else None
