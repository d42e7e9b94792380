"""A model as a server holds it: loaded, with what is told of it worked out once. One is swapped for another whole."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from journeyman.bundle.contents import BUNDLE
from journeyman.bundle.decider import Decider
from journeyman.bundle.model import Model, load
from journeyman.server.described import described
from journeyman.server.leverage import leverage
from journeyman.server.limits import Limits
from journeyman.server.typical import typical_cells
from journeyman.store.champion import champion_of
from journeyman.store.digest import digest_bytes

#: Digits of the manifest's digest that name a model.
_DIGITS = 12


@dataclass(frozen=True)
class Deployed:
    """A loaded model, its name and version, and the columns that its rows may hold.

    Parameters
    ----------
    name : of the run whose model it is
    version : the first digits of its manifest's digest
    standing : in words, that it serves in another run's name; empty where it does not
    """

    model: Model
    name: str
    version: str
    limits: Limits = field(default_factory=Limits)
    standing: str = ""
    loaded_at: float = field(default_factory=time.time)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns that rows may hold: features, and what the decision reads."""
        manifest = self.model.manifest
        return tuple(dict.fromkeys(one.name for one in (*manifest.columns, *manifest.rule_columns)))

    @cached_property
    def known(self) -> frozenset[str]:
        """The same, to look names up in."""
        return frozenset(self.names)

    @cached_property
    def unread(self) -> frozenset[str]:
        """Columns of the training table that the model does not read, as identifiers: rows may hold them as well."""
        names = self.model.manifest.facts.get("unread")
        return frozenset(one for one in names if isinstance(one, str)) if isinstance(names, list) else frozenset()

    @cached_property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Each class, and the name under which a prediction tells its probability."""
        return tuple((label, f"probability_{label}") for label in self.model.classes)

    @property
    def keeps_cases(self) -> bool:
        """Whether there are past cases to compare a row with."""
        return self.model.cases is not None

    @cached_property
    def decider(self) -> Decider | None:
        """Reads what the amounts of the decision rule read."""
        manifest = self.model.manifest
        if manifest.rule is None:
            return None
        features = [column.name for column in manifest.columns]
        return Decider(manifest.rule, manifest.rule_columns, features, manifest.classes)

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The document behind /schema. The first call takes as long as some hundred predictions."""
        manifest = self.model.manifest
        typical = typical_cells(manifest)
        return described(
            manifest,
            name=self.name,
            version=self.version,
            typical=typical,
            leverage=leverage(self.model, typical),
            limits=self.limits,
            keeps_cases=self.keeps_cases,
            unread=self.unread - self.known,
        )

    @property
    def labels(self) -> Mapping[str, str]:
        """What says which model it is, in metrics."""
        return {"version": self.version, "target": self.model.target, "task": self.model.task, "name": self.name}


def deploy(
    path: str | os.PathLike[str],
    limits: Limits | None = None,
    require_signature: str | os.PathLike[str] | None = None,
) -> Deployed:
    """Load the bundle that serves in a run's name, or one by its own folder.

    Parameters
    ----------
    require_signature : the file of a public key; only a bundle that its holder signed is taken then

    Raises
    ------
    BundleError : there is none, or it is damaged, foreign or hostile
    InputError : the run's pointer to its champion is damaged
    ResourceError : it is there, but may not be read
    """
    model = load(path, require_signature=require_signature)
    champion = champion_of(Path(path))
    folder = champion.serving.resolve()
    name = folder.parent.name if folder.name == BUNDLE else folder.name
    version = digest_bytes(model.manifest.content())[:_DIGITS]
    return Deployed(model, name, version, limits or Limits(), champion.sentence)
