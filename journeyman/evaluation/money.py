"""What decisions pay: of each candidate, and of all that can be done without it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from journeyman.bundle.decision import NO_ACTION, DecisionRule
from journeyman.evaluation.board import Board
from journeyman.evaluation.choice import Choice
from journeyman.evaluation.policy import Policy, always, payoffs_of, policy_of
from journeyman.evaluation.replays import Replays
from journeyman.evaluation.stakes import Stakes
from journeyman.statistics.bbc import Bootstrap
from journeyman.statistics.measure import Measure, mean_measure
from journeyman.table.columns import Numbers

#: Floors of at most this weight are what a person could do without a model.
_BY_HAND = 1


@dataclass(frozen=True)
class Rival:
    """What could be done without the model.

    Parameters
    ----------
    name : in words
    by_hand : whether it can be done without any model; a linear model is shown beside the others and is no rival
    payoffs : (answers of a replay, how much each row counts for what is learnt) → what each row earns, (rows,)
    """

    name: str
    by_hand: bool
    payoffs: Callable[[list[Numbers], Numbers], Numbers]


@dataclass(frozen=True)
class Money:
    """Payoffs on the scored rows, per 1,000 of them.

    Parameters
    ----------
    stakes : of the scored rows
    shipped : the candidate that is shipped
    """

    board: Board
    stakes: Stakes
    shipped: int

    @cached_property
    def rivals(self) -> tuple[Rival, ...]:
        """The incumbent first, where there is one; then fixed actions, the constant, and rules of thumb."""
        found = [self._incumbent()] if self._has_incumbent else []
        rule = self.stakes.rule
        names = [] if rule is None else [one for one in rule.names if one != NO_ACTION]
        found.append(Rival("doing nothing", True, lambda answers, counts: np.zeros(len(self.board.target))))
        for name in names:
            found.append(
                Rival(f"'{name}' for every row", True, lambda answers, counts, name=name: self._always(name, answers))  # type: ignore[misc]  # a default binds the name
            )
        floors = [place for place, trial in enumerate(self.board.trials) if trial.floor and place != self.shipped]
        for place in floors:
            found.append(
                Rival(
                    self.board.trials[place].name,
                    self.board.trials[place].weight <= _BY_HAND,
                    lambda answers, counts, place=place: self.policy(answers[place], counts).payoffs,  # type: ignore[misc]  # a default binds the place
                )
            )
        return tuple(found)

    @cached_property
    def own(self) -> Policy:
        """What the shipped one does, with all that the rule learns from all rows."""
        return self.policy(self.board.answers[self.shipped], self.board.weights)

    @cached_property
    def rival_payoffs(self) -> tuple[Numbers, ...]:
        """(rows,) each, what rivals earn, with what they learn from all rows."""
        return tuple(one.payoffs(list(self.board.answers), self.board.weights) for one in self.rivals)

    @cached_property
    def best(self) -> int:
        """The rival that pays best."""
        return self._best([self._mean(one, self.board.weights) for one in self.rival_payoffs])

    def _best(self, means: Sequence[float]) -> int:
        """Which of the rivals that need no model pays best, by what each pays."""
        return int(np.argmax([mean if one.by_hand else -np.inf for one, mean in zip(self.rivals, means, strict=True)]))

    @cached_property
    def row_gains(self) -> Numbers:
        """(rows,) what each row brings above what would be done in it, were all rows treated alike.

        Where there is no capacity to act on all rows that is nothing: what one group does not get another one does.
        """
        fixed = [np.zeros(len(self.board.target))]
        if self.stakes.share is None and self.stakes.rule is not None:
            answers = list(self.board.answers)
            fixed += [self._always(name, answers) for name in self.stakes.rule.names if name != NO_ACTION]
        best = int(np.argmax([self._mean(one, self.board.weights) for one in fixed]))
        return np.asarray(1000 * (self.own.payoffs - fixed[best]))

    @property
    def measure(self) -> Measure:
        """The payoff per 1,000 rows of what is shipped (0), and of the best rival (1)."""
        values = (1000 * self.own.payoffs, 1000 * self.rival_payoffs[self.best])
        return mean_measure("payoff", values, self.board.weights)

    def policy(self, answer: Numbers, counts: Numbers) -> Policy:
        """Decide every row by an answer."""
        return policy_of(self.stakes, self.board.target, answer, counts)

    def replay(self, bootstrap: Bootstrap, replays: Replays, choice: Choice) -> tuple[Numbers, Numbers, Numbers]:
        """Payoffs per 1,000 rows not drawn: of what each replay chose, of its best rival, and of every rival.

        Shapes: (replays,), (replays,), (replays, rivals). What is learnt from rows (the capacity's price, residuals,
        which rival is the best) is learnt from the rows drawn. Above the size where replays are computed afresh it
        hardly differs from replay to replay, and what all rows say stands.
        """
        if not bootstrap.exact:
            return self._by_sums(bootstrap, choice)
        mine, best = np.empty(bootstrap.replays), np.empty(bootstrap.replays)
        theirs = np.empty((bootstrap.replays, len(self.rivals)))
        for replay, times in enumerate(bootstrap.times):
            drawn = times[bootstrap.units.of_row]
            counts, judged = self.board.weights * drawn, self.board.weights * (drawn == 0)
            answers = replays.answers(replay, judged=True)
            mine[replay] = 1000 * self._mean(self.policy(answers[int(choice.replayed[replay])], counts).payoffs, judged)
            rivals = [one.payoffs(answers, counts) for one in self.rivals]
            theirs[replay] = [1000 * self._mean(one, judged) for one in rivals]
            best[replay] = theirs[replay, self._best([self._mean(one, counts) for one in rivals])]
        return mine, best, theirs

    def _by_sums(self, bootstrap: Bootstrap, choice: Choice) -> tuple[Numbers, Numbers, Numbers]:
        """As `replay`, of many rows: everybody's payoffs are those of all rows."""
        chosen, place = np.unique(choice.replayed, return_inverse=True)
        policies = [self.own if one == self.shipped else self._of_all_rows(int(one)) for one in chosen]
        everybody = [1000 * one for one in (*self.rival_payoffs, *(one.payoffs for one in policies))]
        measure = mean_measure("payoff", everybody, self.board.weights)
        rivals = list(range(len(self.rivals)))
        inside, _ = bootstrap.inside(measure, rivals)
        found = bootstrap.outside(measure, np.column_stack([np.tile(rivals, (len(place), 1)), len(rivals) + place]))
        theirs = found[:, :-1]
        best = np.array([self._best(means) for means in inside])
        return found[:, -1], np.take_along_axis(theirs, best[:, None], axis=1)[:, 0], theirs

    def _of_all_rows(self, place: int) -> Policy:
        return self.policy(self.board.answers[place], self.board.weights)

    @property
    def _has_incumbent(self) -> bool:
        return self.stakes.incumbent is not None and self.stakes.rule is not None

    def _incumbent(self) -> Rival:
        incumbent, rule = self.stakes.incumbent, self.stakes.rule
        if incumbent is None or rule is None:
            raise ValueError("there is no incumbent")
        board, stakes = self.board, self.stakes
        if incumbent.actions is not None:
            earned = payoffs_of(rule, stakes, board.target, incumbent.actions, board.answers[board.constant])
            return Rival(f"today's way ('{incumbent.name}')", True, lambda answers, counts: earned)
        score = np.nan_to_num(incumbent.score if incumbent.score is not None else 0.0, nan=-np.inf)
        if board.target.task == "regression":
            forecast = np.where(np.isfinite(score), score, board.answers[board.constant][:, 0])[:, None]
            return Rival(
                f"today's way ('{incumbent.name}')",
                True,
                lambda answers, counts: self.policy(forecast, counts).payoffs,
            )
        return Rival(
            f"today's way ('{incumbent.name}')",
            True,
            lambda answers, counts: _by_score(score, self._acting(rule), counts, stakes.share),
        )

    def _acting(self, rule: DecisionRule) -> Numbers:
        """What each row earns, were the first action taken in it."""
        actions = np.full(len(self.board.target), rule.names[1], dtype=object)
        return payoffs_of(rule, self.stakes, self.board.target, actions, self.board.answers[self.board.constant])

    def _always(self, action: str, answers: list[Numbers]) -> Numbers:
        return always(action, self.stakes, self.board.target, answers[self.board.constant])

    @staticmethod
    def _mean(values: Numbers, counts: Numbers) -> float:
        total = float(counts.sum())
        return float(counts @ values) / total if total > 0 else np.nan


def _by_score(score: Numbers, earned: Numbers, counts: Numbers, share: float | None) -> Numbers:
    """What each row earns, where rows of a high score are acted on: from the threshold on that pays best.

    ``counts`` (rows,) is how much each row counts for finding it; no more than ``share`` of them are above it.
    """
    order = np.argsort(-score, kind="stable")
    ranked = score[order]
    gained, reached = np.cumsum((earned * counts)[order]), np.cumsum(counts[order]) / max(float(counts.sum()), 1e-300)
    last = np.append(ranked[1:] < ranked[:-1], True)
    possible = np.flatnonzero(last & (reached <= (1.0 if share is None else share) * (1 + 1e-12)))
    if not len(possible) or not gained[possible].max() > 0:
        return np.zeros(len(score))
    return np.where(score >= ranked[possible[int(np.argmax(gained[possible]))]], earned, 0.0)
