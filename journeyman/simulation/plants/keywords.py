"""Keywords: a text of which some words carry signal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from journeyman.simulation.draft import Scene
from journeyman.simulation.features import Features
from journeyman.simulation.plants.plant import Plant
from journeyman.table.columns import Numbers

_VOCABULARY = (  # noqa: SIM905 - so many words read better as a text
    "account address agent amount annual answer asked called branch broken cancel card change charge check claim "
    "client closed cold complaint contract cost country customer daily damage delay deliver details discount double "
    "early email error exchange expired extra family fast fee file form friend garden general gift green happy help "
    "home hour house insurance invoice item jacket january key large late letter limit line list lost machine manager "
    "market meeting message minute missing mobile money month morning moved network never night number offer office "
    "old online open option order other package paid paper parcel partner payment pending people phone picture plan "
    "please policy polite price problem product promise quality question quick receipt refund renewal repair reply "
    "request return road rude sale school second sent service short signed simple small sorry stock store street "
    "summer support system team ticket today tomorrow town travel trouble twice update urgent visit voucher wait "
    "warm warranty water week white window winter wrong yesterday young"
).split()
_FEWEST, _MOST = 5, 12


@dataclass(frozen=True, kw_only=True)
class Keywords(Plant):
    """A column of short texts of 5 to 12 words; each of some ``words`` adds or takes ``amount`` where it stands.

    Words stand once or more or not at all; only whether they stand there counts.
    """

    speaks: ClassVar[bool] = True
    words: int = 6
    amount: float = 1.5
    column: str = "note"

    def grow(self, features: Features, scene: Scene) -> Features:
        """Write the texts."""
        random, rows = scene.random(), features.rows
        codes = random.integers(0, len(_VOCABULARY), (rows, _MOST))
        lengths = random.integers(_FEWEST, _MOST + 1, rows)
        speaking, _ = self._spoken(scene)
        # Speaking words are frequent enough to be learnt from some hundred rows.
        first = random.uniform(size=rows) < 0.6
        codes[first, 0] = random.choice(speaking, int(first.sum())) if len(speaking) else codes[first, 0]
        there = np.arange(_MOST) < lengths[:, None]
        present = np.column_stack([((codes == word) & there).any(axis=1) for word in speaking] or [np.empty((rows, 0))])
        texts = [
            " ".join([_VOCABULARY[code] for code in line[:length]])
            for line, length in zip(codes.tolist(), lengths.tolist(), strict=True)
        ]
        return features.noted(scene.key, present.astype(np.float64)).beside(self.column, texts)

    def bend(self, signal: Numbers, features: Features, scene: Scene) -> Numbers:
        """Add what the words say."""
        _, amounts = self._spoken(scene)
        bent = signal.copy()
        bent[:, -1] += features.notes[scene.key] @ amounts
        return bent

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The words with what each adds."""
        words, amounts = self._spoken(scene)
        said = {_VOCABULARY[word]: float(one) for word, one in zip(words, amounts, strict=True)}
        return {"columns": [self.column], "said": said}

    def _spoken(self, scene: Scene) -> tuple[list[int], Numbers]:
        law = scene.law()
        words = law.choice(len(_VOCABULARY), min(self.words, len(_VOCABULARY)), replace=False).tolist()
        return words, self.amount * np.where(np.arange(len(words)) % 2 == 0, 1.0, -1.0)
