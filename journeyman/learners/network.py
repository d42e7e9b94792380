"""Small neural networks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from journeyman.learners.descent import Floats
from journeyman.learners.layers import scores
from journeyman.learners.learner import Candidate, Learner, Problem, answer_names
from journeyman.learners.link import answer_range, express_link, link_of, linked
from journeyman.learners.multilayer import BLOCK, Rows, Training, train
from journeyman.learners.network_forms import MOST_PIECES, MOST_ROWS, network_forms
from journeyman.learners.pieces import express_in_pieces, in_pieces, learn_pieces
from journeyman.plan.graph import DOUBLE, Graph, Wires
from journeyman.plan.losses import Loss, loss_for, wanted_scores
from journeyman.plan.step import State
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Integers, Numbers

#: A member learns from all of these but one, which says which of its epochs was the best.
INNER_FOLDS = 10
#: Cells of a matrix up to which a product for several members is quicker than several: where they share their inputs,
#: and where each has its own, so that most of the cells are zeros.
_SHARED_CELLS, _OWN_CELLS = 1 << 15, 1 << 12
#: Where answers have to be fast: a layer of fewer units is not worth a trial.
FEWEST_UNITS = 8


class Network(Learner):
    """Small neural networks, averaged.

    Numbers must be there and of like scale; each is also given as how far it has come through each of ``pieces``
    pieces of its range, so that the network bends where the data do. Each of ``members`` networks learns from the
    training rows but a tenth, which says which of its epochs was the best; answers are averaged. For numbers the
    target is standardised, and answers stay inside its training range, widened by a tenth. Training and weights are in
    float32, answers in float64. Missing and unseen: as the steps before it filled them; a NaN that is left counts as 0.

    Parameters
    ----------
    hidden : units of each hidden layer
    rounds, batch, rate, decay, dropout : see `journeyman.learners.multilayer.Training`
    loss : for numbers: ``squared``, ``absolute`` or ``poisson``; classes have the logistic loss whatever it says
    """

    hidden: tuple[int, ...] = (128, 128)
    members: int = 2
    pieces: int = 16
    rounds: int = 4
    batch: int = 128
    rate: float = 0.006
    decay: float = 0.3
    dropout: float = 0.1
    loss: Loss = "squared"
    seed: int = 0

    @classmethod
    def candidates(cls, problem: Problem) -> Iterator[Candidate]:
        """A quick form and a wide one; see `journeyman.learners.network_forms`."""
        for one in network_forms(problem):
            yield Candidate(
                name=one.name,
                learner=cls(**one.parameters),
                needs=one.needs,
                optional=problem.may_pay,
                weight=20 + one.parameters["members"],
                most_rows=MOST_ROWS,
                seconds_per_million=one.seconds_per_million,
                worth=one.worth,
            )

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
            rounds=self.rounds,
            batch=self.batch,
            rate=self.rate,
            decay=self.decay,
            dropout=self.dropout,
            seed=self.seed,
        )
        layers = train(rows, _parts(target, self.members), loss, start.astype(np.float32), training)
        state["members"] = np.array([self.members])
        return {**state, **{f"layer {place}": layer for place, layer in enumerate(layers)}}

    def smaller(self, share: float, trees: int, outputs: int) -> Network | None:
        """One network, of fewer units where that is not enough."""
        width = min(1.0, float(np.sqrt(share * self.members)))
        hidden = tuple(int(width * units) for units in self.hidden)
        return replace(self, members=1, hidden=hidden) if min(hidden, default=0) >= FEWEST_UNITS else None

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
                wide = [layer.astype(np.float64) for layer in layers]
                answer[begin : begin + BLOCK] += self._linked(state, scores(wide, inputs)) / len(members)
        if not members:
            answer += self._linked(state, state["start"][None, :])
        if int(state["link"][0]) == 0:
            answer = np.clip(answer * spread + middle, low, high)
        return Columns.of(rows=columns.rows, numbers=answer, number_names=answer_names(answer.shape[1]))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """The same products as nodes; what is done to every unit is done to those of all members at once."""
        members = _members(state)
        if members:
            inputs = express_in_pieces(state, graph, wires.numbers, len(wires.number_names))
            answer = self._express_mean(state, graph, members, inputs)
        else:
            score = graph.add("Add", graph.zeros(wires), graph.constant(state["start"][None, :]))
            answer = graph.add("Mul", self._express_linked(state, graph, score), graph.constant(state["scale"][1]))
        if int(state["link"][0]) == 0:
            middle, (low, high) = float(state["scale"][0]), state["range"].tolist()
            answer = graph.add("Add", answer, graph.constant(middle))
            answer = graph.add("Clip", answer, graph.constant(low), graph.constant(high))
        return Wires(answer, answer_names(len(state["start"])), "", "", (), "", ())

    def _express_mean(self, state: State, graph: Graph, members: list[list[Floats]], inputs: str) -> str:
        """The mean of the members' answers; of numbers, in the target's own unit."""
        count, outputs = len(members), len(state["start"])
        scores = _express_scores(members, graph, inputs)
        if outputs == 1:
            answers = self._express_linked(state, graph, scores)
            # Behind a product onnxruntime makes a factor part of it, rounded to float32: so it is part of the matrix.
            return graph.add("MatMul", answers, graph.constant(np.full((count, 1), state["scale"][1] / count)))
        answer = ""
        for own in _each(graph, scores, outputs, count):
            part = graph.add("Div", self._express_linked(state, graph, own), graph.constant(float(count)))
            answer = graph.add("Add", answer, part) if answer else part
        return answer

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


def _members(state: State) -> list[list[Floats]]:
    count = sum(name.startswith("layer ") for name in state)
    layers = [state[f"layer {place}"] for place in range(count)]
    return [[layer[member] for layer in layers] for member in range(int(state["members"][0]))]


def _express_scores(members: list[list[Floats]], graph: Graph, numbers: str) -> str:
    """The members' scores side by side; each layer is one block, so units are treated all at once."""
    depth = len(members[0])
    for place in range(0, depth, 2):
        weights, biases = ([layers[at] for layers in members] for at in (place, place + 1))
        product = _express_product(graph, numbers, weights, is_shared=not place)
        numbers = graph.add("Add", product, _wide(graph, np.hstack(biases)))
        if place < depth - 2:
            held = graph.add("Clip", numbers, graph.constant(-80.0), graph.constant(80.0))
            numbers = graph.add("Mul", numbers, graph.add("Sigmoid", held))
    return numbers


def _express_product(graph: Graph, numbers: str, weights: list[Floats], *, is_shared: bool) -> str:
    """The product of each member's weights with the numbers that all share, or with its own columns of them.

    Some members go together, so that there are few products, none of them large.
    """
    count, (width, outputs) = len(weights), weights[0].shape
    fitting = _SHARED_CELLS // (width * outputs) if is_shared else math.isqrt(_OWN_CELLS // (width * outputs))
    size, products = max(fitting, 1), []
    for start in range(0, count, size):
        some = weights[start : start + size]
        if is_shared:
            own, whole = numbers, np.hstack(some)
        else:
            own = graph.pick(numbers, range(width * start, width * (start + len(some))), width * count)
            whole = _apart(some)
        products.append(graph.add("MatMul", own, _wide(graph, whole)))
    return graph.join(*products)


def _apart(weights: list[Floats]) -> Floats:
    """One matrix for all members: zeros where the columns of one meet the units of another."""
    width, outputs = weights[0].shape
    whole = np.zeros((width * len(weights), outputs * len(weights)), np.float32)
    for member, one in enumerate(weights):
        whole[width * member : width * (member + 1), outputs * member : outputs * (member + 1)] = one
    return whole


def _each(graph: Graph, block: str, width: int, members: int) -> list[str]:
    """The columns of each member, where they stand side by side."""
    starts = range(0, width * members, width)
    return [graph.pick(block, range(start, start + width), width * members) for start in starts]


def _wide(graph: Graph, layer: Floats) -> str:
    """A layer as it is kept, in half the bytes, and used in float64."""
    return graph.add("Cast", graph.constant(layer, np.float32), to=DOUBLE)


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
    """For each member the rows it learns from, and those that say which epoch was the best.

    Over time, too, these are rows from all over. Were they the newest, no member would ever learn from what is most
    like rows to come: on twelve tables forward in time that was worse by 3.6 % of the error in the next block, and by
    1.6 % on the test rows (better in 15 of 60).
    """
    everything, none = np.arange(len(target)), np.zeros(0, np.int64)
    folds = target.encoding_folds(INNER_FOLDS)
    pairs = [(folds.training(fold), folds.scored(fold)) for fold in folds.usable] or [(everything, none)]
    return [pairs[member % len(pairs)] for member in range(members)]
