"""Selective outcomes: what came of a case is known only where one decision was taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from journeyman.simulation.company.delayed_outcomes import hidden_facts, without
from journeyman.simulation.company.part import Cases, Part
from journeyman.simulation.draft import Scene


@dataclass(frozen=True, kw_only=True)
class SelectiveOutcomes(Part):
    """Targets are missing where a policy did not act (or, ``known_where="not_acted"``, where it did).

    Needs the policy: the part ``deciders`` or ``incumbent``. With deciders who know more than the table
    (``Deciders.knows``), rows with an outcome are not like rows without one, whatever a model knows.
    """

    turn: ClassVar[int] = 3
    policy: str = "deciders"
    known_where: str = "acted"

    def wrap(self, cases: Cases, scene: Scene) -> Cases:
        """Take the targets away; new cases keep theirs, for who scores."""
        if self.policy not in cases.policies:
            raise ValueError(f"selective outcomes need the policy {self.policy!r}: add that part to the company")
        if scene.plain:
            return cases
        acts = cases.policies[self.policy]
        gone = acts if self.known_where == "not_acted" else ~acts
        draft = cases.draft
        changed = draft.changed(scene.target, without(draft.columns[scene.target], gone))
        return replace(cases, draft=changed.marked(scene.key, np.asarray(gone)))

    def facts(self, table: Cases, many: Cases, scene: Scene) -> dict[str, Any]:
        """The rows without an outcome, and how the level of known targets misleads."""
        del many
        return {"columns": [scene.target], **hidden_facts(table, scene)}
