"""What a bundle knows of the rows that it was built from: how strange a row can be, typical rows, kept cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeyman.bundle.background import Background, draw_background
from journeyman.bundle.cases import Cases, keep_cases
from journeyman.bundle.novelty import Novelty
from journeyman.bundle.novelty_learnt import learn_novelty
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds
from journeyman.table.columns import Columns
from journeyman.table.schema import Column


@dataclass(frozen=True, kw_only=True)
class Known:
    """Parts of a bundle that answer "is this row strange", "why this answer", "which cases were like it".

    Nobody's row is in the first two; ``cases`` are people's rows, and None unless their builder asked for them.
    """

    novelty: Novelty | None = None
    background: Background | None = None
    cases: Cases | None = None


def learn_known(
    columns: Columns,
    features: Sequence[Column],
    *,
    seed: int,
    folds: Folds | None = None,
    cases_of: Target | None = None,
) -> Known:
    """Learn from the rows that a model was fitted on; the same rows and seed give the same, byte for byte.

    Parameters
    ----------
    columns : (rows, …) the features, typed
    features : the feature columns of the schema, in the layout of ``columns``
    folds : the split by which the model was judged, so that strangeness is told of new entities or of later rows
    cases_of : the outcomes of the rows, to keep some of them as past cases; None to keep none
    """
    if not columns.rows:
        return Known()
    return Known(
        novelty=learn_novelty(columns, features, seed=seed, folds=folds),
        background=draw_background(columns, features, seed=seed),
        cases=None if cases_of is None else keep_cases(columns, cases_of, seed=seed),
    )
