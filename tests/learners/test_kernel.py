from __future__ import annotations

import numpy as np
import pytest

from journeyman.learners.kernel import Kernel, _Posterior, learnt_kernel
from journeyman.table.columns import Numbers


def drawn(count: int, columns: int, seed: int = 0) -> Numbers:
    return np.random.default_rng(seed).normal(size=(count, columns))


def standard(values: Numbers) -> Numbers:
    return np.asarray((values - values.mean()) / values.std())


def learnt(rows: Numbers, values: Numbers) -> Kernel:
    return learnt_kernel(rows, standard(values), np.ones(len(rows)), 0)


@pytest.mark.parametrize("is_smooth", [True, False])
def test_the_slope_is_how_the_value_changes(is_smooth: bool) -> None:
    random, rows = np.random.default_rng(1), drawn(50, 3)
    one = _Posterior(rows, standard(np.sin(rows[:, 0])), random.uniform(0.5, 1.5, 50), is_smooth=is_smooth)
    found = one.start + random.normal(size=len(one.start)) * 0.1
    steps = 1e-5 * np.eye(len(found))
    changes = [(one.at(found + step)[0] - one.at(found - step)[0]) / 2e-5 for step in steps]
    np.testing.assert_allclose(one.at(found)[1], changes, rtol=1e-5, atol=1e-5)


def test_a_column_that_tells_nothing_is_long() -> None:
    rows = drawn(200, 4)
    scales = learnt(rows, np.sin(2 * rows[:, 1]) + 0.1 * drawn(200, 1, 2)[:, 0]).scales
    assert scales[1] > 5 * np.delete(scales, 1).max()


def test_what_has_no_corners_is_taken_for_smooth() -> None:
    rows = np.linspace(-2, 2, 200)[:, None]
    walk = np.cumsum(drawn(200, 1, 3)[:, 0])
    assert learnt(rows, np.sin(3 * rows[:, 0])).is_smooth
    assert not learnt(rows, walk).is_smooth


def test_noise_is_told_from_what_columns_tell() -> None:
    rows = drawn(400, 1)
    clear, noisy = np.sin(rows[:, 0]), np.sin(rows[:, 0]) + drawn(400, 1, 4)[:, 0]
    assert learnt(rows, clear).noise < 0.001
    assert learnt(rows, noisy).noise == pytest.approx(1 / noisy.var(), rel=0.2)


@pytest.mark.parametrize("is_smooth", [True, False])
def test_covariances_are_of_something(is_smooth: bool) -> None:
    rows = drawn(40, 3)
    kernel = Kernel(scales=np.array([1.0, 0.1, 2.0]), is_smooth=is_smooth, bent=2.0, straight=0.3, noise=0.1)
    among = kernel.between(rows, rows)
    assert np.linalg.eigvalsh(among).min() > -1e-9
    np.testing.assert_allclose(among.diagonal(), 2.0 + 0.1 * (rows * rows).sum(axis=1))


def test_one_row_and_rows_that_are_all_the_same_do_no_harm() -> None:
    for rows in (drawn(1, 2), np.ones((40, 2))):
        kernel = learnt_kernel(rows, drawn(len(rows), 1)[:, 0], np.ones(len(rows)), 0)
        assert np.isfinite(kernel.between(rows, rows)).all()
