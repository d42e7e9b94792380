"""Classes of the target that are so rare that little can be learnt, or said, about them."""

from __future__ import annotations

import numpy as np

from journeyman.brief.aim import labelled
from journeyman.brief.brief import Brief
from journeyman.checks.check import some
from journeyman.table import said
from journeyman.table.columns import Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Dates, Table

#: Two folds of five cannot be sure to see a class of fewer rows.
FEW_ROWS = 10
#: Below this share, accuracy says nothing, because never guessing the class is right nearly always.
SMALL_SHARE = 0.01
#: Below this one, accuracy looks good without any model.
SMALLISH_SHARE = 0.1


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """Classes of a few rows (``rare_class``), and two classes of which one is below a hundredth (``imbalance``;
    below a tenth it is worth knowing).

    Classes of a single row are left to curation, which sets them aside.
    """
    if brief.predict not in table.schema or isinstance(table.values[brief.predict], Dates):
        return Skip("no target of classes is named")
    cells, labels = labelled(table, brief.predict)
    if len(labels) < 2 or not _are_classes(table, brief, len(labels)):
        return Skip("the target is a number, or constant")
    counts = np.bincount(cells[cells >= 0], minlength=len(labels))
    found = []
    rare = [(label, int(count)) for label, count in zip(labels, counts, strict=True) if 1 < count < FEW_ROWS]
    # Where most classes are small, the target names rows, or the table is small; both are told elsewhere.
    if rare and len(rare) <= len(labels) / 2 and counts.max() >= 2 * FEW_ROWS:
        shown = ", ".join(f"{label!r} ({some(count, 'row')})" for label, count in rare[:5])
        shown += ", …" if len(rare) > 5 else ""
        found.append(
            Finding(
                code="rare_class",
                severity="warning",
                message=f"{some(len(rare), 'class', 'classes')} of {brief.predict!r} with hardly any rows: {shown}",
                columns=(brief.predict,),
                numbers=dict(rare[:20]),
                remedy=Remedy(action="review", words="join them with another class, or give more of their rows"),
            )
        )
    share = float(counts.min() / counts.sum())
    if len(labels) == 2 and counts.min() > 1 and share < SMALLISH_SHARE:
        label, told = labels[int(np.argmin(counts))], said.share(share)
        words = "folds keep the shares, rows are not resampled; say with --gain what finding one is worth"
        also = "" if share < SMALL_SHARE else f": who never says it is right in {said.share(1 - share)}"
        found.append(
            Finding(
                code="imbalance",
                severity="warning" if share < SMALL_SHARE else "info",
                message=f"only {some(int(counts.min()), 'row')} of {counts.sum():,} ({told}) are {label!r}{also}",
                columns=(brief.predict,),
                numbers={"rows": int(counts.min()), "share": share},
                remedy=Remedy(words=words),
            )
        )
    return tuple(found)


def _are_classes(table: Table, brief: Brief, labels: int) -> bool:
    if isinstance(table.values[brief.predict], Strings) or labels == 2:
        return brief.task != "regression"
    return brief.task == "multiclass"
