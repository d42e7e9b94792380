"""What docs/simulation.md shows is true."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from journeyman.simulation.company.part import Part
from journeyman.simulation.kinds import kinds
from journeyman.simulation.laws.law import Law
from journeyman.simulation.plants.plant import Plant

PAGE = Path(__file__).parents[2] / "docs" / "simulation.md"


def test_the_examples_run() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert (failed, tried > 15) == (0, True)


def test_every_kind_is_named() -> None:
    named = set(re.findall(r"`([a-z_.]+)`", PAGE.read_text("utf-8")))
    for shelf, contract in (("laws", Law), ("plants", Plant), ("company", Part)):
        assert kinds(shelf, contract).keys() <= named
