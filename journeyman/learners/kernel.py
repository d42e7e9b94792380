"""How alike two rows are: the covariance of a Gaussian process, learnt from the rows by their likelihood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from journeyman.plan.graph import Graph
from journeyman.table.columns import Numbers

#: A kernel is learnt from so many rows at most, first from fewer: what it takes grows with their cube.
FIRST_ROWS, ROWS = 350, 700
#: Steps on the first rows, by each of the two shapes, and then on all of them by the likelier one.
FIRST_STEPS, STEPS = 30, 20
#: How far one column's length is likely to be from that of the others, and theirs from the distance of two rows, as
#: standard deviations of logarithms.
COLUMN_SPREAD, COMMON_SPREAD = 1.0, 2.0
#: Logarithms of variances, in those of the target, and of lengths, beside what is likely, stay within these. Less noise
#: would leave nothing that holds the solution together, and shorter lengths would blow rounding up.
_BENT, _STRAIGHT, _COMMON, _COLUMN, _NOISE = (-6.0, 8.0), (-8.0, 4.0), (-3.0, 5.0), (-3.0, 6.0), (-10.0, 2.0)
_START = {"bent": 0.0, "straight": -2.0, "noise": -1.5}
#: A squared distance of columns of like scale that is no more than rounding.
_SAME = 1e-12
_ROOT_3 = float(np.sqrt(3.0))


@dataclass(frozen=True, kw_only=True)
class Kernel:
    """The covariance of the answers of two rows: a bent part that fades with their distance, and a straight one.

    Parameters
    ----------
    scales : (columns,) what each column is multiplied by before distances are taken: one through its length
    is_smooth : the bent part is a Gaussian of the distance, else Matérn's with 3/2, which has corners
    bent, straight, noise : the variance of each part, and of what no column tells, where the target's is 1
    """

    scales: Numbers
    is_smooth: bool
    bent: float
    straight: float
    noise: float

    def between(self, rows: Numbers, others: Numbers) -> Numbers:
        """Covariances, (rows, others), without the noise."""
        squares = squared_distances(rows * self.scales, others * self.scales)
        bent = self.bent * faded(squares, is_smooth=self.is_smooth)
        return np.asarray(bent + rows @ others.T * (self.straight / max(rows.shape[1], 1)))


def squared_distances(rows: Numbers, others: Numbers) -> Numbers:
    """Between each row and each other, (rows, others); never below 0."""
    sums = (rows * rows).sum(axis=1)[:, None] + (others * others).sum(axis=1)[None, :]
    return np.asarray(np.maximum(sums - 2.0 * (rows @ others.T), 0.0))


def faded(squares: Numbers, *, is_smooth: bool) -> Numbers:
    """What is left of a covariance at squared distances."""
    if is_smooth:
        return np.asarray(np.exp(-0.5 * squares))
    far = _ROOT_3 * np.sqrt(squares)
    return np.asarray((1.0 + far) * np.exp(-far))


def express_faded(graph: Graph, squares: str, *, is_smooth: bool) -> str:
    """The same as nodes."""
    if is_smooth:
        return graph.add("Exp", graph.add("Mul", squares, graph.constant(-0.5)))
    near = graph.add("Mul", graph.add("Sqrt", squares), graph.constant(-_ROOT_3))
    return graph.add("Mul", graph.add("Sub", graph.constant(1.0), near), graph.add("Exp", near))


def learnt_kernel(rows: Numbers, wanted: Numbers, weights: Numbers, seed: int) -> Kernel:
    """The kernel under which what is wanted is likeliest, with a length for each column.

    Lengths have a prior: those of all columns are about the distance of two rows, and each column's is about as long as
    the others', so that many columns on few rows do not make up what there is not.

    Source: Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, sections 5.4.1 and 4.2.

    Parameters
    ----------
    rows : (rows, columns), no NaN, of like scales
    wanted : (rows,) of mean 0 and variance 1
    weights : (rows,) how much each row counts, of mean about 1, none 0: the noise of a row is divided by it
    """
    drawn = np.random.default_rng(seed).permutation(len(rows))[:ROWS]
    few, all_drawn = np.sort(drawn[:FIRST_ROWS]), np.sort(drawn)
    tried = []
    for is_smooth in (True, False):
        posterior = _Posterior(rows[few], wanted[few], weights[few], is_smooth=is_smooth)
        found, value = _lowest(posterior.at, posterior.start, posterior.bounds, FIRST_STEPS)
        tried.append((value, found, is_smooth))
    _, found, is_smooth = min(tried, key=lambda one: one[0])
    posterior = _Posterior(rows[all_drawn], wanted[all_drawn], weights[all_drawn], is_smooth=is_smooth)
    return posterior.kernel(_lowest(posterior.at, found, posterior.bounds, STEPS)[0])


class _Posterior:
    """The negative logarithm of likelihood and prior, as a function of the parameters' logarithms: bent, straight,
    noise, the common length, and each column's beside it."""

    def __init__(self, rows: Numbers, wanted: Numbers, weights: Numbers, *, is_smooth: bool) -> None:
        self.rows, self.wanted, self.is_smooth = rows, wanted, is_smooth
        count, columns = rows.shape
        self.noises = 1.0 / weights
        self.straight = rows @ rows.T / columns
        squares = squared_distances(rows, rows)[np.triu_indices(count, 1)]
        # Rows that are the same say nothing of lengths, though most may be: of counts, most are 0.
        apart = squares[squares > _SAME]
        self.likely = 0.5 * float(np.log(np.median(apart))) if len(apart) else 0.0
        self.start = np.array([*_START.values(), self.likely, *np.zeros(columns)])
        around = (self.likely + _COMMON[0], self.likely + _COMMON[1])
        self.bounds = [_BENT, _STRAIGHT, _NOISE, around, *[_COLUMN] * columns]

    def kernel(self, found: Numbers) -> Kernel:
        """The kernel with these parameters."""
        bent, straight, noise = np.exp(found[:3]).tolist()
        scales = np.exp(-(found[3] + found[4:]))
        return Kernel(scales=scales, is_smooth=self.is_smooth, bent=bent, straight=straight, noise=noise)

    def at(self, found: Numbers) -> tuple[float, Numbers]:
        """The value and its slope."""
        from scipy.linalg import lapack

        kernel = self.kernel(found)
        scaled = self.rows * kernel.scales
        squares = squared_distances(scaled, scaled)
        bent, steep = self._bent(squares, kernel.bent)
        whole = bent + kernel.straight * self.straight
        whole.flat[:: len(whole) + 1] += kernel.noise * self.noises + 1e-8
        factor, failed = lapack.dpotrf(whole, lower=1)
        if failed:
            return 1e25, np.zeros(len(found))
        pulled, _ = lapack.dpotrs(factor, self.wanted, lower=1)
        inverse, _ = lapack.dpotri(factor, lower=1)
        inverse = np.tril(inverse) + np.tril(inverse, -1).T
        value = 0.5 * float(self.wanted @ pulled) + float(np.log(np.diag(factor)).sum())
        # Half the trace of this with a derivative of the covariances is how much the logarithm of the likelihood rises.
        rises = np.outer(pulled, pulled) - inverse
        steep = rises * steep
        by_column = steep.sum(axis=1) @ (scaled * scaled) - ((steep @ scaled) * scaled).sum(axis=0)
        slope = np.empty(len(found))
        slope[0] = -0.5 * float((rises * bent).sum())
        slope[1] = -0.5 * kernel.straight * float((rises * self.straight).sum())
        slope[2] = -0.5 * kernel.noise * float(np.diag(rises) @ self.noises)
        slope[3], slope[4:] = -float(by_column.sum()), -by_column
        away, apart = found[3] - self.likely, found[4:]
        value += 0.5 * (float(apart @ apart) / COLUMN_SPREAD**2 + away * away / COMMON_SPREAD**2)
        slope[3] += away / COMMON_SPREAD**2
        slope[4:] += apart / COLUMN_SPREAD**2
        return value, slope

    def _bent(self, squares: Numbers, variance: float) -> tuple[Numbers, Numbers]:
        """The bent part of the covariances, and how it falls with half the squared distance, both (rows, rows)."""
        if self.is_smooth:
            bent = variance * faded(squares, is_smooth=True)
            return bent, bent
        far = _ROOT_3 * np.sqrt(squares)
        left = variance * np.exp(-far)
        return left * (1.0 + far), 3.0 * left


def _lowest(
    value: Callable[[Numbers], tuple[float, Numbers]], start: Numbers, bounds: list[tuple[float, float]], steps: int
) -> tuple[Numbers, float]:
    """Where it is lowest nearby, and how low."""
    from scipy.optimize import minimize

    limits = {"maxiter": steps, "maxfun": 2 * steps}
    start = np.clip(start, *np.transpose(bounds))
    done = minimize(value, start, jac=True, method="L-BFGS-B", bounds=bounds, options=limits)
    return done.x, float(done.fun)
