"""TabPFN: a network trained on made-up tables, which reads a table and answers its rows."""

from __future__ import annotations

from importlib import import_module
from typing import ClassVar, Self

from journeyman.plan.target import Target, Task
from journeyman.plan.teacher import Teacher
from journeyman.table.columns import Columns, Numbers
from journeyman.teachers.asking import ask, inputs
from journeyman.teachers.weights import offline, same_weights, weights_digest, weights_file

#: Environment variables that name the files of weights.
CLASSES, NUMBERS = "JOURNEYMAN_TABPFN_CLASSIFIER", "JOURNEYMAN_TABPFN_REGRESSOR"


class TabPFN(Teacher):
    """TabPFN, where it is installed and a file of weights is named.

    Never fetched: the library (``pip install tabpfn``) and the weights are for people to install, and the variables
    ``JOURNEYMAN_TABPFN_CLASSIFIER`` and ``JOURNEYMAN_TABPFN_REGRESSOR`` name the files. It answers as the mean of
    ``members`` views of the table. Missing cells are missing for it, too; levels of words are told it as such.

    Its licence may forbid some uses; that is for people to see to.

    Source: Hollmann et al., Accurate predictions on small data with a tabular foundation model, Nature 637 (2025).
    """

    library: ClassVar[str] = "tabpfn"

    members: int = 4
    weights: str = ""

    @classmethod
    def is_there(cls, task: Task) -> bool:
        """Whether the library is installed, and the weights for such a task are named."""
        return super().is_there(task) and weights_file(_variable(task)) is not None

    @classmethod
    def made_for(cls, task: Task, seed: int) -> Self:
        """With the digest of its weights, so that results are kept apart by them."""
        return cls(seed=seed, weights=weights_digest(_variable(task)))

    @classmethod
    def load(cls) -> None:
        """Import the library, which is to stay off the network."""
        with offline():
            super().load()

    def seconds(self, *, learnt: int, asked: int, columns: int, outputs: int) -> float:
        """As that of like networks: nearly linear in columns, more than that in rows."""
        return 0.8 + self.members * 1e-4 * (learnt + asked) * (columns + 10) * (1 + learnt / 5e3)

    def answer(self, learn: Columns, target: Target, asked: Columns) -> Numbers:
        """Read the rows and answer, on one core."""
        path = same_weights(_variable(target.task), self.weights)
        self.load()
        kind = "TabPFNClassifier" if target.classes else "TabPFNRegressor"
        known, rows, codes = inputs(learn, asked)
        with offline():
            network = getattr(import_module(self.library), kind)(
                n_estimators=self.members,
                model_path=str(path),
                categorical_features_indices=codes,
                ignore_pretraining_limits=True,
                device="cpu",
                random_state=self.seed,
            )
            return ask(network, known, target, rows)


def _variable(task: Task) -> str:
    return NUMBERS if task == "regression" else CLASSES
