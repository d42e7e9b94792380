"""TabICL: a network trained on made-up tables, which reads a table and answers its rows."""

from __future__ import annotations

from importlib import import_module
from typing import ClassVar, Self

from journeyman.plan.target import Target, Task
from journeyman.plan.teacher import Teacher
from journeyman.table.columns import Columns, Numbers
from journeyman.teachers.asking import ask, inputs
from journeyman.teachers.weights import offline, same_weights, weights_digest, weights_file

#: Environment variables that name the files of weights.
CLASSES, NUMBERS = "JOURNEYMAN_TABICL_CLASSIFIER", "JOURNEYMAN_TABICL_REGRESSOR"


class TabICL(Teacher):
    """TabICL, where it is installed and a file of weights is named.

    Never fetched: the library (``pip install tabicl``) and the weights are for people to install, and the variables
    ``JOURNEYMAN_TABICL_CLASSIFIER`` and ``JOURNEYMAN_TABICL_REGRESSOR`` name the files. It answers as the mean of
    ``members`` views of the table. Missing cells are missing for it, too; levels of words are numbers.

    Source: Qu et al., TabICL: A Tabular Foundation Model for In-Context Learning on Large Data, ICML 2025.
    """

    library: ClassVar[str] = "tabicl"

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
        """Measured on one core with 27 million weights: nearly linear in columns, more than that in rows."""
        return 0.8 + self.members * 6e-5 * (learnt + asked) * (columns + 10) * (1 + learnt / 5e3)

    def answer(self, learn: Columns, target: Target, asked: Columns) -> Numbers:
        """Read the rows and answer, on one core."""
        path = same_weights(_variable(target.task), self.weights)
        self.load()
        kind = "TabICLClassifier" if target.classes else "TabICLRegressor"
        known, rows, _ = inputs(learn, asked)
        with offline():
            network = getattr(import_module(self.library), kind)(
                n_estimators=self.members,
                model_path=str(path),
                allow_auto_download=False,
                device="cpu",
                random_state=self.seed,
                n_jobs=1,
            )
            return ask(network, known, target, rows)


def _variable(task: Task) -> str:
    return NUMBERS if task == "regression" else CLASSES
