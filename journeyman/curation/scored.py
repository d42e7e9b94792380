"""How many folds are fitted and scored: all of them, or fewer where rows are many and time is little."""

from __future__ import annotations

from journeyman.statistics.folds import FoldKind

#: A cell is a row times a column (and one for the target) times an output of the model. Beyond so many cells for each
#: second of the budget, at most so many folds are scored.
CELLS_PER_SECOND = ((400_000 / 30, 3), (3_000_000 / 30, 2), (30_000_000 / 30, 1))
#: As many folds are scored as it takes to judge by this many rows.
FEWEST_ROWS = 5_000
#: How much stretches of time differ takes as many blocks to say.
FEWEST_FORWARD = 3
#: The budget of a build where neither a time nor a number of trials is given.
DEFAULT_SECONDS = 120.0


def scored_folds(kind: FoldKind, count: int, *, rows: int, columns: int, outputs: int, seconds: float | None) -> int:
    """How many of ``count`` folds are worth their time.

    >>> scored_folds("random", 5, rows=1_000, columns=20, outputs=1, seconds=30.0)
    5
    >>> scored_folds("random", 5, rows=300_000, columns=20, outputs=1, seconds=30.0)
    2

    Parameters
    ----------
    outputs : how many numbers the model gives a row: one, or one a class
    seconds : the budget, or None
    """
    cells = rows * (columns + 1) * outputs / (DEFAULT_SECONDS if seconds is None else seconds)
    scored = min([most for limit, most in CELLS_PER_SECOND if cells > limit], default=count)
    parts = count + 1 if kind == "forward" else count
    for_rows = -(-FEWEST_ROWS * parts // max(rows, 1))
    return min(count, max(scored, for_rows, FEWEST_FORWARD if kind == "forward" else 1))
