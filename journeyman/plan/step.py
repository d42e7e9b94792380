"""A step: frozen parameters, and what they do to columns. Learners are steps too.

To add one, write one file on a shelf with one subclass of `Step`: fields, `fit`, `apply`, `express`. Its name in
every plan is the address of that file; nothing else has to know of it. The laws in ``tests/laws`` find it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, dataclass_transform

import numpy as np
from numpy.typing import NDArray

from journeyman.errors import PlanError
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.target import Target
from journeyman.table.columns import Columns

Array = NDArray[Any]
State = Mapping[str, Array]


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Step:
    """One frozen operation with parameters. Every subclass is made a frozen, keyword-only dataclass.

    `fit` learns from training rows and gives its state as named arrays, never objects. `apply` is fast, columnar and
    pure. `express` writes the same thing into the graph. A state name must not contain ``/``.
    """

    #: What the step brings about, from `journeyman.plan.needs`, so that a plan can be made for a learner that needs
    #: it without anybody naming the step. Empty for learners.
    answers: ClassVar[str] = ""
    #: A library that takes a second to import and that only fitting needs: workers do so before they take the time.
    library: ClassVar[str] = ""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        dataclass(frozen=True, kw_only=True)(cls)

    @classmethod
    def worth_trying(cls, columns: Columns) -> tuple[str, ...]:
        """Of a repair: the columns in which there is something to repair. No learner asks for repairs; see `REPAIRS`
        in `journeyman.plan.needs`.
        """
        return ()

    def fit(self, columns: Columns, target: Target) -> State:
        """Learn from training rows. Harmless default: nothing is learnt."""
        return {}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Do it to any rows, 0 included. Pure: the input is not changed."""
        raise PlanError(f"{self.address} has no apply", because="its file does not define it")

    def fit_apply(self, columns: Columns, target: Target) -> tuple[State, Columns]:
        """Learn, and give the training rows as the next step must see them in training.

        The same as `fit` then `apply`, unless a row's own target would show in it (out-of-fold target encoding).
        """
        state = self.fit(columns, target)
        return state, self.apply(state, columns)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Write the same thing into the graph."""
        raise PlanError(f"{self.address} has no express", because="its file does not define it")

    @property
    def address(self) -> str:
        """The step's name in plans: where its file is."""
        return address_of(type(self))

    @property
    def title(self) -> str:
        """The step's name for people: first line of its docstring, without the full stop."""
        return (type(self).__doc__ or self.address).strip().splitlines()[0].rstrip(".")


def address_of(kind: type) -> str:
    """Where a kind lives: its module, without our own package's name."""
    return kind.__module__.removeprefix("journeyman.")


def parameters(step: Step) -> dict[str, Any]:
    """The step's own fields by name."""
    # Every subclass is made a dataclass, which type checkers see only from outside.
    return {one.name: getattr(step, one.name) for one in fields(step)}  # type: ignore[arg-type]  # see above


def within(state: State, prefix: str) -> dict[str, Array]:
    """The part of a state below a prefix, with the prefix taken off."""
    return {name[len(prefix) + 1 :]: array for name, array in state.items() if name.startswith(prefix + "/")}


def below(state: State, prefix: str) -> dict[str, Array]:
    """A state with a prefix put before every name."""
    return {f"{prefix}/{name}": array for name, array in state.items()}


def text_array(words: tuple[str, ...] | list[str]) -> Array:
    """Words as an array that ``.npy`` can hold without objects: UTF-8 bytes with lengths before them.

    NumPy's own text type drops trailing NULs and pads all words to the longest, so it is not used.
    """
    encoded = [word.encode("utf-8", "surrogatepass") for word in words]
    head = np.array([len(encoded), *map(len, encoded)], dtype="<i8").tobytes()
    return np.frombuffer(head + b"".join(encoded), dtype=np.uint8).copy()


def words_of(array: Array) -> tuple[str, ...]:
    """The words that `text_array` packed.

    >>> words_of(text_array(["a", "", "ü\\0"]))
    ('a', '', 'ü\\x00')
    """
    content = array.tobytes()
    count = int(np.frombuffer(content[:8], "<i8")[0])
    lengths = np.frombuffer(content[8 : 8 + 8 * count], "<i8").tolist()
    words, start = [], 8 + 8 * count
    for length in lengths:
        words.append(content[start : start + length].decode("utf-8", "surrogatepass"))
        start += length
    return tuple(words)
