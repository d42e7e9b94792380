"""An additive model: one curve for each column, and a table for each of the few pairs that say more together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from journeyman.learners.directions import directions_of
from journeyman.learners.learner import Candidate, Learner, Problem, answer_names
from journeyman.learners.link import Kind, constant_score, express_link, link_of, linked
from journeyman.learners.pairs import MOST_COLUMNS, telling_pairs
from journeyman.learners.short_trees import ShortTrees, places_of
from journeyman.learners.tables_of_trees import terms_of
from journeyman.learners.terms import Terms
from journeyman.learners.trees import Trees
from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.losses import wanted_scores
from journeyman.plan.step import State, text_array, words_of
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Numbers

#: Fewer rows cannot tell when to stop, nor what a curve is.
_FEWEST_ROWS = 20
#: With so many rows a pair more or less is no longer noise; from so many on, bolder steps are there in time.
_ROWS_FOR_PAIRS, _MANY_ROWS = 1_000, 20_000
#: Up to so many classes there are pairs: each has tables of its own.
_MOST_CLASSES = 6
#: Metric → the loss that curves are grown for; all others take the squared one.
_LOSSES = {"mae": "absolute", "poisson_deviance": "rate"}
#: Seconds of one core: in any case, and for each row of a tree, and each of its cells; rounds times rate is about 20.
_SECONDS, _ROW_SECONDS, _CELL_SECONDS, _ROUNDS_TIMES_RATE = 0.3, 2e-8, 1e-9, 20.0


class Additive(Learner):
    """A sum of curves.

    Shallow boosted trees, each of which asks for one column only, are summed up to one step curve a column; what is
    then left is given to trees that ask for two columns, of the ``pairs`` that lower the loss on rows that they were
    not learnt from. So the score of a row is the sum of what its cells say, one by one and in a few pairs: on the scale
    of the target, of the logarithm of the odds, or of a rate. Each of ``parts`` models learns from all rows but a part
    of its own, which stops its growing; the mean of their curves is kept, and how far they differ says how sure each
    value is. In time order one part of the newest rows finds the number of rounds, and parts are drawn at random.

    Columns that a step made of words' levels have one value a level. ``rising`` and ``falling`` columns keep their
    direction, and are in no pair. Missing: as learnt where training held missing cells in a column; where it held none
    it adds nothing, nor does a level that training did not hold.

    Sources: Lou et al., Accurate intelligible models with pairwise interactions, KDD 2013; Nori et al., InterpretML,
    2019 (bags of boosted shallow trees; a column's turn comes by chance here, not in a circle).

    Parameters
    ----------
    loss : of regressions: squared when empty, ``absolute``, or ``rate`` (Poisson; targets are never negative)
    """

    keeps_direction: ClassVar[bool] = True
    adds_up: ClassVar[bool] = True

    pairs: int = 0
    rounds: int = 2000
    rate: float = 0.05
    leaves: int = 3
    pair_leaves: int = 8
    bins: int = 255
    pair_bins: int = 32
    rows_in_leaf: int = 10
    parts: int = 5
    patience: int = 50
    loss: str = ""
    rising: tuple[str, ...] = ()
    falling: tuple[str, ...] = ()
    seed: int = 0

    @classmethod
    def candidates(cls, problem: Problem) -> Iterator[Candidate]:
        """With curves alone, and with a few pairs.

        On 19 tables of up to 4,000 training rows on which nothing was tuned, its error with pairs was 1.4 percent above
        that of tuned boosted trees in the median (lower on 5, within a percent on 4); but in a blend with them it
        earned nothing that is clear (0.4 percent worse), at four times their time: it waits to be asked for.
        """
        pairs = 15 if problem.rows >= _ROWS_FOR_PAIRS else 5
        forms = [("additive model", 0, 0.45)]
        if problem.columns > 1 and problem.outputs <= _MOST_CLASSES:
            forms.append(("additive model, with pairs", pairs, 0.5))
        for name, most, worth in forms:
            learner = cls(
                pairs=most,
                rate=0.1 if problem.rows >= _MANY_ROWS else 0.05,
                loss=_LOSSES.get(problem.metric, "") if problem.task == "regression" else "",
                rising=problem.rising,
                falling=problem.falling,
                seed=problem.seed,
            )
            yield Candidate(
                name=name,
                learner=learner,
                needs=(
                    needs.TEXT_AS_ITEMS,
                    needs.TEXT_AS_SCORES,
                    needs.DATES_APART,
                    needs.DATES_AS_NUMBERS,
                    needs.RARE_LEVELS_JOINED,
                    needs.WORDS_AS_CODES,
                ),
                weight=5 if most else 4,
                seconds_per_million=learner._seconds(problem) * 1e6 / max(problem.rows * (problem.columns + 1), 1),
                worth=worth,
                is_readable=True,
                only_on_request=True,
            )

    def _seconds(self, problem: Problem) -> float:
        """Of one fold, for each output."""
        rounds = self.parts * _ROUNDS_TIMES_RATE / self.rate
        grown = rounds * problem.rows * (_ROW_SECONDS + _CELL_SECONDS * problem.columns)
        return (_SECONDS + grown) * (2.5 if self.pairs else 1.0)

    def fit(self, columns: Columns, target: Target) -> State:
        """Grow, choose pairs, grow these, and sum up."""
        kind: Kind = "rate" if self.loss == "rate" else target.task
        state: dict[str, Any] = {"link": link_of(kind), "columns": text_array(columns.number_names)}
        if not columns.number_names or len(target) < _FEWEST_ROWS or np.ptp(target.values) == 0:
            return {**state, **Terms(terms=(), intercept=constant_score(kind, target)).state()}
        return {**state, **self._grown(columns, target, kind).state()}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Look values up and sum them, then the link."""
        score = linked(state["link"], Terms.of(state).score(columns.numbers))
        return Columns.of(rows=columns.rows, numbers=score, number_names=answer_names(score.shape[1]))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """One TreeEnsemble of balanced trees, then the link."""
        terms = Terms.of(state)
        if terms.terms:
            score = terms.express(graph, wires.numbers)
        else:
            score = graph.add("Add", graph.zeros(wires), graph.constant(terms.intercept[None, :]))
        score = express_link(state["link"], graph, score)
        return Wires(score, answer_names(len(terms.intercept)), "", "", (), "", ())

    def terms(self, state: State) -> Terms:
        """What it is a sum of."""
        return Terms.of(state)

    def names(self, state: State) -> tuple[str, ...]:
        """The columns that places in terms stand for."""
        return words_of(state["columns"])

    def _grown(self, columns: Columns, target: Target, kind: Kind) -> Terms:
        numbers, codes = np.ascontiguousarray(columns.numbers), places_of(columns.code_names, columns.number_names)
        growing = ShortTrees(
            numbers=numbers,
            target=target,
            codes=codes,
            directions=directions_of(columns.number_names, self.rising, self.falling),
            loss=self.loss,
            rounds=self.rounds,
            rate=self.rate,
            rows_in_leaf=self.rows_in_leaf,
            parts=self.parts,
            patience=self.patience,
            seed=self.seed,
        )
        alone = [[place] for place in range(numbers.shape[1])]
        mains = growing.grown(alone, self.leaves, self.bins)
        pairs: list[Trees] = []
        chosen = self._pairs(growing, mains, kind) if self.pairs else ()
        if chosen:
            pairs = growing.grown([list(one) for one in chosen], self.pair_leaves, self.pair_bins, mains)
        return terms_of(mains, pairs, numbers, growing.weights, codes)

    def _pairs(self, growing: ShortTrees, mains: list[Trees], kind: Kind) -> tuple[tuple[int, int], ...]:
        """The pairs that say most of what is left, by scores of models that a row's part did not teach."""
        held = growing.held_out(mains)
        seen = np.flatnonzero(~np.isnan(held[:, 0]))
        asked = np.bincount(np.concatenate([one.feature for one in mains]), minlength=growing.numbers.shape[1])
        asked[list(growing.directions)] = 0
        among = [place for place in np.argsort(-asked, kind="stable")[:MOST_COLUMNS].tolist() if asked[place]]
        left = _left(held[seen], growing.target.take(seen), kind)
        return telling_pairs(
            growing.numbers[seen],
            left.slopes,
            left.curvatures,
            most=self.pairs,
            among=among,
            codes=growing.codes,
            seed=self.seed,
        )


@dataclass(frozen=True)
class _Left:
    """What scores leave to be learnt: derivatives of each row's loss by its scores, (rows, outputs)."""

    slopes: Numbers
    curvatures: Numbers


def _left(scores: Numbers, target: Target, kind: Kind) -> _Left:
    answers = linked(link_of(kind), scores)
    curvatures: Numbers = np.ones_like(answers)
    if kind == "rate":
        curvatures = answers
    elif kind != "regression":
        curvatures = answers * (1 - answers)
    weights = (np.ones(len(target)) if target.weights is None else target.weights)[:, None]
    return _Left((answers - wanted_scores(target)) * weights, curvatures * weights)
