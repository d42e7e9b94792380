"""Small neural networks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from journeyman.learners.learner import Candidate, Learner, Problem, answer_names
from journeyman.learners.link import answer_range, express_link, link_of, linked
from journeyman.learners.multilayer import BLOCK, Rows, Training, scores, train
from journeyman.learners.pieces import express_in_pieces, in_pieces, learn_pieces
from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.losses import Loss, loss_for, loss_of, wanted_scores
from journeyman.plan.step import State
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Integers, Numbers

#: A table is not widened by more pieces than this.
MOST_PIECES = 800
#: More indicators than this make the first layer wider than it is worth; words become target means then.
MOST_INDICATORS = 500
#: From so many classes on a table is one for wide networks.
MANY_CLASSES = 8
#: Rows from which on fewer epochs are enough, and the most that are worth their time.
LONG, MOST_ROWS = 30_000, 60_000
#: Multiplications and additions that one core does in a second in training, activations and all.
SPEED = 1.2e11


class Network(Learner):
    """Neural networks of two hidden layers, averaged.

    Numbers must be there and of like scale; each is also given as how far it has come through each of ``pieces``
    pieces of its range, so that the network bends where the data do. Each of ``members`` networks learns from the
    training rows but one inner fold, which says which of its epochs was the best; scores are averaged. For numbers the
    target is standardised, and answers stay inside its training range, widened by a tenth. Training is in float32,
    answers are in float64. Missing and unseen: as the steps before it filled them; a NaN that is left counts as 0.

    Parameters
    ----------
    hidden : units of each hidden layer
    epochs, batch, rate, decay, dropout : see `journeyman.learners.multilayer.Training`
    loss : for numbers: ``squared``, ``absolute`` or ``poisson``; classes have the logistic loss whatever it says
    """

    hidden: tuple[int, ...] = (128, 128)
    members: int = 2
    pieces: int = 16
    epochs: int = 30
    batch: int = 128
    rate: float = 0.006
    decay: float = 0.1
    dropout: float = 0.1
    loss: Loss = "squared"
    seed: int = 0

    @classmethod
    def candidates(cls, problem: Problem) -> Iterator[Candidate]:
        """A quick pair of networks, and five wider ones.

        Many classes want width, and no pieces: on a table of 26 letters log loss was 0.065 without and 0.074 with them.
        Elsewhere more epochs than a few only overfit.
        """
        rows, loss, is_many = problem.rows, loss_of(problem.task, problem.metric), problem.classes >= MANY_CLASSES
        indicators = min(problem.levels, 200 * problem.words)
        is_wide = indicators > MOST_INDICATORS
        words = needs.WORDS_AS_TARGET_MEANS if is_wide else needs.WORDS_AS_INDICATORS
        pieces = 32 if rows > 3000 else 16 if rows > 1200 else 8
        batch = 256 if rows > 5000 else 128 if rows > 500 else 32
        five = ((256, 256), 5, 0, 30, 0.9) if is_many else ((256, 192), 5, pieces, 15, 0.45)
        for name, (hidden, members, its_pieces, epochs, worth) in (
            ("neural network", ((128, 128), 2, pieces, 20, 0.6)),
            ("neural networks, five wide ones", five),
        ):
            learner = cls(
                hidden=hidden,
                members=members,
                pieces=its_pieces,
                epochs=epochs if rows < LONG else epochs // 2,
                batch=batch,
                loss=loss,
                seed=problem.seed,
            )
            yield Candidate(
                name=name,
                learner=learner,
                needs=(
                    needs.TEXT_AS_SCORES,
                    needs.DATES_AS_CYCLES,
                    needs.DATES_AS_NUMBERS,
                    needs.RARE_LEVELS_JOINED,
                    words,
                    needs.MISSING_FLAGGED,
                    needs.OUTLIERS_HELD,
                    needs.NOTHING_MISSING,
                    needs.LIKE_SCALES,
                ),
                weight=20 + members,
                most_rows=MOST_ROWS,
                seconds_per_million=learner._seconds(problem, problem.words if is_wide else indicators),
                worth=worth,
            )

    def _seconds(self, problem: Problem, words: int) -> float:
        """Seconds for a million cells, counted from the multiplications of training."""
        pieces = min(self.pieces * problem.numbers, MOST_PIECES)
        sizes = (problem.columns + words + pieces, *self.hidden, problem.outputs)
        weights = sum(one * other for one, other in pairwise(sizes))
        a_row = 6 * weights * self.members * self.epochs / SPEED
        return a_row * 1e6 / ((problem.columns + 1) * problem.outputs)

    def fit(self, columns: Columns, target: Target) -> State:
        """Train every member; see the class for what stops it."""
        loss = loss_for(target, self.loss)
        wanted, start, scale = _wanted(target, loss)
        state: dict[str, np.ndarray] = {"link": link_of(target.task), "is_rate": np.array([loss == "poisson"])}
        state |= {"start": start, "scale": scale, "range": answer_range(target)}
        numbers = np.nan_to_num(columns.numbers)
        if not numbers.shape[1] or len(target) < 10 or np.ptp(target.values) == 0:
            return {**state, "members": np.array([0])}
        state |= learn_pieces(numbers, self.pieces, MOST_PIECES)
        weights = np.ones(len(target)) if target.weights is None else target.weights / target.weights.mean()
        rows = Rows(
            inputs=in_pieces(state, numbers).astype(np.float32),
            wanted=wanted.astype(np.float32),
            weights=weights.astype(np.float32),
        )
        training = Training(
            hidden=self.hidden,
            epochs=self.epochs,
            batch=self.batch,
            rate=self.rate,
            decay=self.decay,
            dropout=self.dropout,
            seed=self.seed,
        )
        layers = train(rows, _parts(target, self.members), loss, start.astype(np.float32), training)
        state["members"] = np.array([self.members])
        return {**state, **{f"layer {place}": layer.astype(np.float64) for place, layer in enumerate(layers)}}

    def apply(self, state: State, columns: Columns) -> Columns:
        """The mean of the members' answers, some rows at a time."""
        members = _members(state)
        middle, spread = state["scale"].tolist()
        low, high = state["range"].tolist()
        answer = np.zeros((columns.rows, len(state["start"])))
        for begin in range(0, columns.rows, BLOCK):
            block = columns.numbers[begin : begin + BLOCK]
            inputs = in_pieces(state, block) if members else block
            for layers in members:
                answer[begin : begin + BLOCK] += self._linked(state, scores(layers, inputs)) / len(members)
        if not members:
            answer += self._linked(state, state["start"][None, :])
        if int(state["link"][0]) == 0:
            answer = np.clip(answer * spread + middle, low, high)
        return Columns.of(rows=columns.rows, numbers=answer, number_names=answer_names(answer.shape[1]))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """The same products as nodes, member by member."""
        members = _members(state)
        answer = ""
        inputs = express_in_pieces(state, graph, wires.numbers, len(wires.number_names)) if members else ""
        for layers in members:
            own = self._express_linked(state, graph, _express_scores(layers, graph, inputs))
            part = graph.add("Div", own, graph.constant(float(len(members))))
            answer = graph.add("Add", answer, part) if answer else part
        if not members:
            score = graph.add("Add", graph.zeros(wires), graph.constant(state["start"][None, :]))
            answer = self._express_linked(state, graph, score)
        if int(state["link"][0]) == 0:
            (middle, spread), (low, high) = state["scale"].tolist(), state["range"].tolist()
            answer = graph.add("Mul", answer, graph.constant(spread))
            answer = graph.add("Add", answer, graph.constant(middle))
            answer = graph.add("Clip", answer, graph.constant(low), graph.constant(high))
        return Wires(answer, answer_names(len(state["start"])), "", "", (), "", ())

    def _linked(self, state: State, score: Numbers) -> Numbers:
        if state["is_rate"][0]:
            return np.asarray(np.exp(np.clip(score, *_RATES)))
        return linked(state["link"], score)

    def _express_linked(self, state: State, graph: Graph, score: str) -> str:
        if state["is_rate"][0]:
            low, high = _RATES
            return graph.add("Exp", graph.add("Clip", score, graph.constant(low), graph.constant(high)))
        return express_link(state["link"], graph, score)


#: Logarithms of the smallest and the largest rate, in means of the target.
_RATES = (-7.0, 15.0)


def _members(state: State) -> list[list[Numbers]]:
    count = sum(name.startswith("layer ") for name in state)
    return [[state[f"layer {place}"][member] for place in range(count)] for member in range(int(state["members"][0]))]


def _express_scores(layers: list[Numbers], graph: Graph, numbers: str) -> str:
    for place in range(0, len(layers), 2):
        numbers = graph.add("MatMul", numbers, graph.constant(layers[place]))
        numbers = graph.add("Add", numbers, graph.constant(layers[place + 1]))
        if place < len(layers) - 2:
            held = graph.add("Clip", numbers, graph.constant(-80.0), graph.constant(80.0))
            numbers = graph.add("Mul", numbers, graph.add("Sigmoid", held))
    return numbers


def _wanted(target: Target, loss: Loss) -> tuple[Numbers, Numbers, Numbers]:
    """What scores are to come to (rows, outputs), the best constant score (outputs,), and middle and spread."""
    mean = target.mean()
    if loss == "logistic":
        shares = np.clip(mean, 1e-4, 1 - 1e-4)
        start = np.log(shares / (1 - shares)) if target.outputs == 1 else np.log(shares)
        return wanted_scores(target), start, np.array([0.0, 1.0])
    if loss == "poisson":
        return target.values[:, None] / mean, np.zeros(1), np.array([0.0, float(mean[0])])
    middle = float(np.median(target.values)) if loss == "absolute" else float(mean[0])
    spread = float(target.values.std()) or 1.0
    return (target.values[:, None] - middle) / spread, np.zeros(1), np.array([middle, spread])


def _parts(target: Target, members: int) -> list[tuple[Integers, Integers]]:
    """For each member the rows it learns from, and those that say which epoch was the best."""
    everything, none = np.arange(len(target)), np.zeros(0, np.int64)
    folds = target.folds(max(members, 5))
    # What comes earlier cannot say much of what forward folds are about, and has few rows to learn from.
    usable = folds.usable[-1:] if folds.kind == "forward" else folds.usable
    pairs = [(folds.training(fold), folds.scored(fold)) for fold in usable] or [(everything, none)]
    return [pairs[member % len(pairs)] for member in range(members)]
