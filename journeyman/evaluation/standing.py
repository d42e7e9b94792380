"""The leaderboard: every candidate that finished, in tie groups, marked down by what the winner was too good by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from journeyman.evaluation.board import Board
from journeyman.evaluation.choice import Choice
from journeyman.evaluation.estimate import Estimate, plain
from journeyman.statistics.bbc import interval
from journeyman.table.columns import Numbers


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A candidate's place on the leaderboard. Candidates of one ``tie`` cannot be told apart.

    ``score`` is marked down by what the winner's score was too good by, unless the candidate always gives the same
    answer; for the one that is shipped it is the corrected estimate itself.
    """

    rank: int
    tie: int
    name: str
    score: float
    low: float
    high: float
    seconds: float
    floor: bool

    def as_data(self) -> dict[str, Any]:
        """The standing as ``run.json`` holds it."""
        return {
            "rank": self.rank,
            "tie": self.tie,
            "name": self.name,
            "score": plain(self.score),
            "low": plain(self.low),
            "high": plain(self.high),
            "seconds": round(self.seconds, 3),
            "floor": self.floor,
        }


def leaderboard(
    board: Board, choice: Choice, estimate: Estimate, markdown: float, outside: Callable[[int], Numbers]
) -> tuple[Standing, ...]:
    """One line a candidate.

    Parameters
    ----------
    estimate : of the one that is shipped
    markdown : what the winner's own score was too good by, in the metric's direction
    outside : (replays,) of a candidate, whose 95 % interval is to be shown
    """
    lines = []
    for rank, (place, tie) in enumerate(choice.order, 1):
        if rank == 1:
            shown = estimate
        else:
            less = markdown if board.varies(place) else 0.0
            _, low, high = interval(outside(place))
            shown = Estimate(float(choice.whole[place]) - less, low - less, high - less)
        trial = board.trials[place]
        lines.append(
            Standing(
                rank=rank,
                tie=tie,
                name=trial.name,
                score=shown.value,
                low=shown.low,
                high=shown.high,
                seconds=trial.seconds,
                floor=trial.floor,
            )
        )
    return tuple(lines)
