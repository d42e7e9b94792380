"""What is deployed answers as what was judged: a run is written, loaded, and checked against its certificate."""

from __future__ import annotations

import numpy as np

from journeyman.errors import BundleError
from journeyman.selftests.bench import Bench
from journeyman.selftests.outcome import Seen
from journeyman.verification.verify import verify

MUST_NOT = "deploy a model that answers otherwise than the plan that was judged, or claims that cannot be recomputed"
#: Rows that are asked alone and in a batch.
_ALONE = 20


def ours(bench: Bench) -> Seen:
    """The whole job; then its bundle, golden rows and certificate."""
    run, world = bench.run(0), bench.world
    try:
        model = run.model
    except BundleError as error:
        return Seen(False, f"the bundle that was just written is not loaded: {error}")
    found = verify(run, world.columns)
    if not found.holds:
        return Seen(False, f"the certificate does not hold: {found.first_difference}")
    columns = {name: cells for name, cells in world.columns.items() if name != world.target}
    together = model.predict(columns)
    some = {name: cells[:_ALONE] for name, cells in columns.items()}
    rows = [dict(zip(some, cells, strict=True)) for cells in zip(*some.values(), strict=True)]
    alone = [model.predict([row]) for row in rows]
    same = [np.array_equal(one.prediction, together.prediction[at : at + 1]) for at, one in enumerate(alone)]
    if not all(same):
        return Seen(False, f"row {same.index(False) + 1} gets another answer alone than among others")
    golden = len(model.manifest.golden_answers)
    text = (
        f"{golden} golden rows and {world.rows:,} rows of the table are answered as the plan does; "
        f"{len(found.checks)} lines of the certificate hold"
    )
    return Seen(True, text, {"golden_rows": golden, "rows": world.rows, "checks": len(found.checks)})
