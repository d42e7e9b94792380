"""Names of columns that steps make, so that none has the name of a column that is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from journeyman.sources.names import fresh_name


def made_names(names: Sequence[str], there: Iterable[str]) -> tuple[str, ...]:
    """The names that a step would give, each with a number behind it where it is taken.

    Steps find columns by name: a number that had the name of a text would go when texts go, and one that had the name
    of level codes would be split by sets.

    >>> made_names(["day year", "day month"], ["day", "day year"])
    ('day year_2', 'day month')

    Parameters
    ----------
    names : what the step calls its columns
    there : the names of all columns that the step is given: in training, in use and in the graph the same
    """
    taken = set(there)
    made = []
    for name in names:
        made.append(fresh_name(name, taken))
        taken.add(made[-1])
    return tuple(made)
