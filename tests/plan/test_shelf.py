"""The folder is the registry; packages of other people join by one file each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from journeyman.errors import PlanError
from journeyman.plan.combine import Chain
from journeyman.plan.shelf import TEACHERS, is_kind, kind_at, modules, steps
from journeyman.plan.step import Step, address_of
from journeyman.preparation.impute.median import Median


def test_kinds_are_found_by_walking() -> None:
    found = {address_of(kind): kind for kind in steps("preparation")}
    assert found["preparation.impute.median"] is Median
    assert len(found) == len(list(steps("preparation")))
    assert [one.__name__ for one in modules("preparation")] == sorted(one.__name__ for one in modules("preparation"))
    assert modules("no_such_shelf") == ()


def test_a_kinds_name_is_that_of_its_file() -> None:
    for kind in steps("preparation"):
        assert kind.__name__.casefold() == address_of(kind).rpartition(".")[2].replace("_", "").casefold()


def test_teachers_stand_on_a_shelf_of_their_own_and_are_not_among_what_is_deployed() -> None:
    found = {address_of(kind) for kind in steps(TEACHERS)}
    assert found
    assert not found & {address_of(kind) for kind in steps()}
    assert all(address_of(kind_at(address)) == address for address in found)


def test_what_is_a_kind() -> None:
    assert is_kind(Median)
    assert not is_kind(Step)
    assert not is_kind(Median())


def test_addresses_lead_to_kinds_and_nowhere_else() -> None:
    assert kind_at("preparation.impute.median") is Median
    assert kind_at("plan.combine.chain") is Chain
    for address in (
        "",
        "median",
        "preparation.impute",
        "preparation.impute.median.Median",
        "plan.data",
        "os.path",
        "a b",
    ):
        with pytest.raises(PlanError, match="there is no step"):
            kind_at(address)


STEP = '''
"""Numbers doubled."""
from journeyman.plan.step import Step

class Doubled(Step):
    """Numbers times something."""

    factor: float = 2.0

    def apply(self, state, columns):
        """Multiply."""
        return columns.with_numbers(columns.numbers * self.factor, columns.number_names)

    def express(self, state, graph, wires):
        """Multiply."""
        if not wires.numbers:
            return wires
        doubled = graph.add("Mul", wires.numbers, graph.constant(self.factor))
        return graph.with_numbers(wires, doubled, wires.number_names)
'''

LEARNER = '''
"""The first number is the answer."""
from journeyman.learners.learner import Candidate, Learner, answer_names
from journeyman.plan import needs

class First(Learner):
    """The first number."""

    tasks = ("regression",)

    @classmethod
    def candidates(cls, *, task, rows, columns, classes, seed):
        """Worth one trial."""
        yield Candidate(name="first number", learner=cls(), needs=(needs.NOTHING_MISSING,))

    def apply(self, state, columns):
        """Pick."""
        return columns.select(columns.number_names[:1]).with_numbers(columns.numbers[:, :1], answer_names(1))

    def express(self, state, graph, wires):
        """Pick."""
        first = graph.pick(wires.numbers, [0], len(wires.number_names))
        return graph.with_numbers(graph.select(wires, ()), first, answer_names(1))
'''

PROGRAM = """
import json
import numpy as np
import onnxruntime
from journeyman.learners.learner import Learner
from journeyman.plan import data
from journeyman.plan.combine import Chain
from journeyman.plan.graph import Graph
from journeyman.plan.shelf import kind_at, steps
from journeyman.plan.target import Target
from journeyman.table.columns import Columns

Doubled, First = kind_at("acme_shelves.preparation.doubled"), kind_at("acme_shelves.learners.first")
assert Doubled in list(steps("preparation")) and First in list(steps("learners")) and issubclass(First, Learner)
assert kind_at("preparation.impute.median") is next(one for one in steps("preparation") if one.__name__ == "Median")
(candidate,) = First.candidates(task="regression", rows=2, columns=2, classes=0, seed=0)
plan = Chain(steps=(kind_at("preparation.impute.median")(), Doubled(factor=3.0), candidate.learner))
plan = data.plan_of(json.loads(json.dumps(data.to_data(plan))))
columns = Columns.of(rows=2, numbers=np.array([[1.0, 5.0], [np.nan, 6.0]]), number_names=("a", "b"))
state = plan.fit(columns, Target(task="regression", values=np.zeros(2)))
graph = Graph()
wires = graph.inputs(columns)
content = graph.finish(wires, plan.express(state, graph, wires).numbers)
(answer,) = onnxruntime.InferenceSession(content).run(None, {"numbers": columns.numbers})
assert answer.tolist() == plan.apply(state, columns).numbers.tolist() == [[3.0], [3.0]], answer
print(json.dumps(data.to_data(plan)["steps"][1]))
"""


@pytest.fixture
def other_peoples_package(tmp_path: Path) -> Path:
    """A folder to put on the path: a package with one step and one learner, and the note that it joined."""
    for shelf, file, content in (("preparation", "doubled.py", STEP), ("learners", "first.py", LEARNER)):
        folder = tmp_path / "acme_shelves" / shelf
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("")
        (folder / file).write_text(content)
    (tmp_path / "acme_shelves" / "__init__.py").write_text("")
    note = tmp_path / "acme_shelves-1.0.dist-info"
    note.mkdir()
    (note / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-shelves\nVersion: 1.0\n")
    (note / "entry_points.txt").write_text("[journeyman.shelves]\nacme = acme_shelves\n")
    return tmp_path


def test_a_step_and_a_learner_join_from_outside_by_one_file_each(other_peoples_package: Path) -> None:
    place = f"import sys; sys.path.insert(0, {str(other_peoples_package)!r})\n"
    done = subprocess.run(
        [sys.executable, "-c", place + dedent(PROGRAM)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == '{"step": "acme_shelves.preparation.doubled", "factor": 3.0}'


def test_without_the_package_nothing_has_its_name() -> None:
    with pytest.raises(PlanError, match="there is no step"):
        kind_at("acme_shelves.preparation.doubled")
