"""Which columns of a table are decisions that people took: few outcomes, names and words of deciding, known late."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.brief.aim import labelled
from journeyman.table.table import Dates, Table

#: A decision has this many outcomes at most.
MOST_OUTCOMES = 10
#: The first stands out where it promises so many times what the second does.
STANDS_OUT = 2.0
MOST_TOLD = 8

_NAMES = re.compile(
    r"(?:decision|decided?|approv|accept|grant|reject|den(?:y|ied|ial)|verdict|ruling|disposition|adjudicat"
    r"|assigned|triage|sentence|custody|search|citation|arrest|detain|admit|admission|hire|select|shortlist|award"
    r"|review|flag(?:ged)?|escalat|refund|referr?|authori[sz]|permit|licen[cs]e|waive|dismiss|convict|bail|parole|release"
    r"|loan_?status|claim_?status|entscheid|bewillig|genehmig)",
    re.IGNORECASE,
)
#: Names of what somebody says in the end, often a decision, often not.
_WEAK_NAMES = re.compile(r"(?:status|action|class|label|outcome|result|target|grade|rating|priority)", re.IGNORECASE)
#: What happened before is known when deciding.
_BEFORE = re.compile(r"^(?:prev|prior|past|last|old|former|num|number|count|n)_|_(?:count|before)$", re.IGNORECASE)
_VALUES = re.compile(
    r"^(?:approv\w*|accept\w*|grant\w*|reject\w*|den(?:y|ied)|declin\w*|refus\w*|pass(?:ed)?|fail(?:ed)?|allow\w*|block\w*"
    r"|admit\w*|hir(?:e|ed)|escalat\w*|close[d]?|refer\w*|release[d]?|detain\w*|dismiss\w*|convict\w*|upheld|overturn\w*"
    r"|paid|unpaid|bewilligt|abgelehnt|genehmigt|charged?\w*|granted|withdrawn|good|bad|\+|-)$",
    re.IGNORECASE,
)
_YES_NO = frozenset({"yes", "no", "y", "n", "true", "false"})


@dataclass(frozen=True, kw_only=True)
class DecisionColumn:
    """A column that may be a decision.

    Parameters
    ----------
    outcomes : the decisions and how often each was taken, the most frequent first
    entropy : bits a decision: how much there is to decide
    worth : cases × entropy × how much it looks like a decision: what columns are ranked by
    signs : why it looks like a decision, in words; empty where nothing but few outcomes says so
    """

    name: str
    cases: int
    outcomes: tuple[tuple[str, int], ...]
    entropy: float
    worth: float
    signs: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The column in a sentence."""
        shown = ", ".join(f"{label} {count:,}" for label, count in self.outcomes[:4])
        more = f", and {len(self.outcomes) - 4} more" if len(self.outcomes) > 4 else ""
        why = "; ".join(self.signs) or "nothing but its few outcomes says that people decided it"
        return f"{self.name!r}: {self.cases:,} cases ({shown}{more}): {why}"

    def as_data(self) -> dict[str, Any]:
        """The column as JSON."""
        return {
            "column": self.name,
            "cases": self.cases,
            "outcomes": [{"decision": label, "cases": count} for label, count in self.outcomes],
            "entropy": self.entropy,
            "worth": self.worth,
            "signs": list(self.signs),
            "sentence": self.sentence,
        }


def find_decisions(table: Table) -> tuple[DecisionColumn, ...]:
    """The columns that may be decisions, by what there is to save, the most first."""
    found = [_seen(table, column.name, place) for place, column in enumerate(table.schema)]
    some = [one for one in found if one is not None]
    signed = [one for one in some if one.signs]
    return tuple(sorted(signed or some, key=lambda one: (-one.worth, one.name)))[:MOST_TOLD]


def standing_out(found: tuple[DecisionColumn, ...]) -> DecisionColumn | None:
    """The one that is clearly meant, or None."""
    if not found or not found[0].signs:
        return None
    return found[0] if len(found) == 1 or found[0].worth >= STANDS_OUT * found[1].worth else None


def _seen(table: Table, name: str, place: int) -> DecisionColumn | None:
    column = table.schema[name]
    if isinstance(table.values[name], Dates) or column.kind not in ("category", "flag", "number"):
        return None
    codes, labels = labelled(table, name)
    known = codes[codes >= 0]
    if not 2 <= len(labels) <= MOST_OUTCOMES or (column.kind == "number" and len(labels) > 3):
        return None
    counts = np.bincount(known, minlength=len(labels))
    shares = counts / max(counts.sum(), 1)
    entropy = -sum(float(one) * math.log2(one) for one in shares if one > 0)
    signs, looks = [], 1.0
    words = re.sub(r"([a-z])([A-Z])", r"\1_\2", name)
    if _BEFORE.search(words):
        return None
    if _NAMES.search(words):
        signs.append("its name speaks of deciding")
        looks *= 4
    elif _WEAK_NAMES.fullmatch(words):
        signs.append("its name is that of something said in the end")
        looks *= 2
    spoken = [label for label in labels if _VALUES.match(label.strip())]
    if len(spoken) * 2 >= len(labels):
        signs.append(f"its values are what one decides ({', '.join(spoken[:3])})")
        looks *= 3
    elif signs and {label.strip().casefold() for label in labels} <= _YES_NO:
        signs.append("its values are yes and no")
        looks *= 1.2
    if signs and place == len(table.schema) - 1:
        signs.append("it is the last column, as what is known last often is")
        looks *= 1.5
    ordered = tuple(
        (labels[code], int(counts[code])) for code in np.argsort(-counts, kind="stable").tolist() if counts[code]
    )
    return DecisionColumn(
        name=name,
        cases=int(counts.sum()),
        outcomes=ordered,
        entropy=entropy,
        worth=float(counts.sum()) * entropy * looks,
        signs=tuple(signs),
    )
