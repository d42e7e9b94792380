from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from journeyman.errors import InputError
from journeyman.monitoring.reference import (
    CODES,
    FACTS,
    FOLDER,
    Measure,
    Reference,
    level_of,
    load_reference,
    save_reference,
)


def test_a_reference_comes_back_as_it_was_written(small: Reference, tmp_path: Path) -> None:
    save_reference(tmp_path, small)
    again = load_reference(tmp_path)
    assert replace(again, codes=small.codes, digest="") == small
    assert np.array_equal(again.codes, small.codes)
    assert len(again.digest) == 64


def test_what_was_tampered_with_is_refused(small: Reference, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="build it again"):
        load_reference(tmp_path)
    save_reference(tmp_path, small)
    facts = tmp_path / FOLDER / FACTS
    content = facts.read_text()
    for change in ({"columns": []}, {"format": 2}, {"measures": [{}]}):
        facts.write_text(json.dumps({**json.loads(content), **change}))
        with pytest.raises(InputError, match="cannot be used"):
            load_reference(tmp_path)
    facts.write_text(content)
    (tmp_path / FOLDER / CODES).write_bytes(b"other")
    with pytest.raises(InputError, match="do not belong together"):
        load_reference(tmp_path)


def test_losses_are_scaled_between_their_ends() -> None:
    measure = Measure("x", -10.0, 20.0, 0.0, 5.0)
    assert measure.scaled(np.array([-99.0, -10.0, 0.0, 99.0])).tolist() == [0, 0, 0.5, 1]
    assert measure.scaled_limit == 0.75


def test_one_number_stands_for_an_answer() -> None:
    assert level_of(np.array([[0.3, 0.7]])).tolist() == [0.7]
    assert level_of(np.array([[0.3, 0.6, 0.1]])).tolist() == [0.6]
    assert level_of(np.array([[5.0]])).tolist() == [5.0]
