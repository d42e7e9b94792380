"""A Gaussian process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from journeyman.learners.dense_needs import dense_needs, dense_words
from journeyman.learners.kernel import (
    FIRST_ROWS,
    FIRST_STEPS,
    ROWS,
    STEPS,
    Kernel,
    express_faded,
    faded,
    learnt_kernel,
    squared_distances,
)
from journeyman.learners.learner import Candidate, Learner, Problem, answer_names
from journeyman.learners.link import answer_range
from journeyman.learners.pieces import express_held, held
from journeyman.plan.graph import DOUBLE, VECTOR, Graph, Wires
from journeyman.plan.losses import loss_of
from journeyman.plan.step import State
from journeyman.plan.target import Target, Task
from journeyman.table.columns import Columns, Numbers

#: A fit on fewer rows is their mean: they tell nothing of lengths. More rows hardly change what the points hold.
FEWEST_ROWS, MOST_ROWS = 20, 60_000
#: Up to so many rows it mostly adds more than anything but the first boosted trees; of more, others learn more.
FEW_ROWS = 5_000
#: More numbers than this have lengths that so few rows do not tell, and make answers slow.
MOST_NUMBERS = 600
#: Where answers have to be fast: fewer points are not worth a trial.
FEWEST_POINTS = 32
#: So many rows at a time; their covariances with all points stay in a few ten megabytes.
BLOCK = 2048
#: What is added to the variance of points, as a share of it, so that points alike can be told apart.
_APART = 1e-6
#: A row that counts no more than this share of the heaviest tells nothing.
_NOTHING = 1e-12
#: Seconds of one core: of what solves so many equations, by the cube of their number, in a step; of a covariance, with
#: its slope; of a multiplication and addition.
_SOLVED_SECONDS, _COVARIANCE_SECONDS, _PRODUCT_SECONDS = 5e-11, 4e-8, 1e-10


class GaussianProcess(Learner):
    """A Gaussian process, for numbers.

    Rows that are alike have answers alike: how alike is learnt, with a length for each column, by the likelihood of
    some hundred rows (`journeyman.learners.kernel`). An answer is the mean that all training rows give it, told through
    so many ``points`` among them; of no more rows than points it is the exact one. Numbers must be there and of like
    scale. Answers stay inside the training range, widened by a tenth. Missing and unseen: as the steps before it filled
    them; a NaN that is left counts as 0. Points are kept in float32, answers computed in float64.

    Sources: Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, sections 2.2 and 8.3.1 (subset of
    regressors).

    Parameters
    ----------
    points : so many rows stand for all; a multiple of 8 is cheapest
    """

    tasks: ClassVar[tuple[Task, ...]] = ("regression",)

    points: int = 1000
    seed: int = 0

    @classmethod
    def candidates(cls, problem: Problem) -> Iterator[Candidate]:
        """For errors that are squared or absolute; of skewed targets on a logarithmic scale, too, and that first.

        On four skewed targets of 150 to 2,000 rows the logarithm made its error 1 to 23 percent smaller, on one of
        11,500 rows 16 percent larger.
        """
        width = problem.columns + dense_words(problem)
        # A fold has fewer rows than the table, of rows in time far fewer.
        is_small = problem.rows < 2 * FEWEST_ROWS
        if loss_of(problem.task, problem.metric) == "poisson" or is_small or width > MOST_NUMBERS:
            return
        learner = cls(seed=problem.seed)
        seconds = learner._seconds(problem.rows, width) * 1e6 / (problem.rows * (problem.columns + 1))
        plain = Candidate(
            name="Gaussian process",
            learner=learner,
            needs=dense_needs(problem),
            optional=problem.may_pay,
            weight=20,
            most_rows=MOST_ROWS,
            seconds_per_million=seconds,
            worth=0.9 if problem.rows <= FEW_ROWS else 0.6,
        )
        # Squared logarithmic errors have every learner on that scale already.
        if problem.log_form is None:
            yield plain
            return
        yield replace(plain, name="Gaussian process, logarithm of the target", form=problem.log_form)
        yield replace(plain, worth=plain.worth * 2 / 3)

    def fit(self, columns: Columns, target: Target) -> State:
        """Learn how alike rows are, then what the points have to say."""
        state: dict[str, np.ndarray] = {"start": target.mean(), "range": answer_range(target)}
        weights = np.ones(len(target)) if target.weights is None else target.weights
        there = np.flatnonzero(weights > _NOTHING * weights.max(initial=0.0))
        if not columns.number_names or len(there) < FEWEST_ROWS:
            return state
        weights = weights[there] / weights[there].max()
        weights = weights / weights.mean()
        numbers, wanted = held(columns.numbers[there]), target.values[there] - float(state["start"][0])
        with np.errstate(over="ignore"):  # told from what there is to learn at once
            spread = float(np.sqrt((weights * wanted**2).mean()))
        if not 0 < spread < np.inf:
            return state
        wanted = wanted / spread
        kernel = learnt_kernel(numbers, wanted, weights, self.seed)
        drawn = np.random.default_rng(self.seed + 1).permutation(len(numbers))[: self.points]
        points = numbers[np.sort(drawn)]
        centre = points.mean(axis=0) * kernel.scales
        kept = np.asarray(points * kernel.scales - centre, np.float32)
        # Where float32 has them, so that what is fitted is what is kept.
        points = (kept + centre) / kernel.scales
        pull = _pull(kernel, points, numbers, wanted, weights)
        return {
            **state,
            "scales": kernel.scales,
            "centre": centre,
            "is_smooth": np.array([kernel.is_smooth]),
            "points": _filled(kept),
            "pull": _filled(pull * (kernel.bent * spread)),
            "slopes": points.T @ pull * (kernel.straight * spread / numbers.shape[1]),
        }

    def smaller(self, share: float, trees: int, outputs: int) -> GaussianProcess | None:
        """Fewer points."""
        points = int(share * self.points) // VECTOR * VECTOR
        return replace(self, points=points) if points >= FEWEST_POINTS else None

    def apply(self, state: State, columns: Columns) -> Columns:
        """The covariances with the points times what each of them pulls, some rows at a time."""
        answer = np.full((columns.rows, 1), float(state["start"][0]))
        if "points" in state:
            points, is_smooth = state["points"].astype(np.float64), bool(state["is_smooth"][0])
            for begin in range(0, columns.rows, BLOCK):
                near = held(columns.numbers[begin : begin + BLOCK])
                scaled = near * state["scales"] - state["centre"]
                fading = faded(squared_distances(scaled, points), is_smooth=is_smooth)
                answer[begin : begin + BLOCK, 0] += fading @ state["pull"] + near @ state["slopes"]
        answer = np.clip(answer, *state["range"].tolist())
        return Columns.of(rows=columns.rows, numbers=answer, number_names=answer_names(1))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """The same sums and products as nodes."""
        if "points" in state:
            answer = self._express_sum(state, graph, wires.numbers)
        else:
            answer = graph.zeros(wires)
        answer = graph.add("Add", answer, graph.constant(state["start"]))
        low, high = state["range"].tolist()
        answer = graph.add("Clip", answer, graph.constant(low), graph.constant(high))
        return Wires(answer, answer_names(1), "", "", (), "", ())

    def _express_sum(self, state: State, graph: Graph, numbers: str) -> str:
        near = express_held(graph, numbers)
        # Straight before a product onnxruntime makes a single factor part of it, rounded to float32; a difference not.
        scaled = graph.add("Mul", near, graph.constant(state["scales"]))
        scaled = graph.add("Sub", scaled, graph.constant(state["centre"]))
        points = graph.add("Cast", graph.constant(state["points"].T, np.float32), to=DOUBLE)
        own = graph.add("MatMul", graph.add("Mul", scaled, scaled), graph.constant(np.ones((len(state["scales"]), 1))))
        wide = state["points"].astype(np.float64)
        sums = graph.add("Add", own, graph.constant((wide * wide).sum(axis=1)))
        twice = graph.add("Mul", graph.add("MatMul", scaled, points), graph.constant(2.0))
        squares = graph.add("Max", graph.add("Sub", sums, twice), graph.constant(0.0))
        fading = express_faded(graph, squares, is_smooth=bool(state["is_smooth"][0]))
        bent = graph.add("MatMul", fading, graph.constant(state["pull"][:, None]))
        return graph.add("Add", bent, graph.add("MatMul", near, graph.constant(state["slopes"][:, None])))

    def _seconds(self, rows: int, width: int) -> float:
        """About how long a fold takes: to learn the kernel, then to hear all rows."""
        all_rows = min(0.8 * rows, MOST_ROWS)
        points = min(all_rows, self.points)

        def step(most: int) -> float:
            some = min(all_rows, most)
            return _SOLVED_SECONDS * some**3 + (_COVARIANCE_SECONDS + _PRODUCT_SECONDS * width) * some**2

        learning = 1.2 * (2 * FIRST_STEPS * step(FIRST_ROWS) + STEPS * step(ROWS))
        hearing = points * all_rows * (_PRODUCT_SECONDS * (width + points) + _COVARIANCE_SECONDS / 2)
        return 0.02 + learning + hearing


def _filled(points: NDArray[Any]) -> NDArray[Any]:
    """Zeros behind, so that their number is a multiple of what rounds alike everywhere."""
    gap = -len(points) % VECTOR
    return np.concatenate([points, np.zeros((gap, *points.shape[1:]), points.dtype)])


def _pull(kernel: Kernel, points: Numbers, numbers: Numbers, wanted: Numbers, weights: Numbers) -> Numbers:
    """What each point pulls, (points,): the answer of a row is the sum of its covariances times these."""
    from scipy.linalg import cho_solve, cholesky, solve_triangular

    among = kernel.between(points, points)
    if len(points) == len(numbers):
        # All rows are points: the noise alone holds them apart, and nothing is lost.
        among.flat[:: len(among) + 1] += kernel.noise / weights
        return np.asarray(cho_solve((cholesky(among, lower=True), True), wanted))
    among.flat[:: len(among) + 1] += _APART * float(np.trace(among)) / len(among)
    factor = cholesky(among, lower=True)
    spanned, heard = np.zeros_like(among), np.zeros(len(points))
    for begin in range(0, len(numbers), BLOCK):
        block = slice(begin, begin + BLOCK)
        seen = solve_triangular(factor, kernel.between(points, numbers[block]), lower=True)
        counted = seen * weights[block]
        spanned += counted @ seen.T
        heard += counted @ wanted[block]
    spanned.flat[:: len(spanned) + 1] += kernel.noise
    return np.asarray(solve_triangular(factor.T, cho_solve((cholesky(spanned, lower=True), True), heard), lower=False))
