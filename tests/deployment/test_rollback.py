from __future__ import annotations

from pathlib import Path

import pytest

from journeyman.deployment.promote import promote
from journeyman.deployment.rollback import rollback
from journeyman.errors import InputError


def test_going_back_step_by_step(runs: Path) -> None:
    one = runs / "one"
    promote(one, "two")
    promote(one, "three")
    assert rollback(one).serving.name == "two"
    assert rollback(one).serving.name == "one"
    with pytest.raises(InputError, match="nothing to go back to"):
        rollback(one)
    promote(one, "three")
    assert rollback(one).serving.name == "one"


def test_there_is_nothing_to_go_back_to_at_first(runs: Path) -> None:
    with pytest.raises(InputError, match="no other run was promoted"):
        rollback(runs / "two")


def test_what_cannot_be_loaded_does_not_serve_again(runs: Path) -> None:
    promote(runs / "one", "two")
    promote(runs / "one", "three")
    (runs / "two" / "bundle" / "model.onnx").unlink()
    with pytest.raises(InputError):
        rollback(runs / "one")
