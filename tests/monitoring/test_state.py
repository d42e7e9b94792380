from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from journeyman.errors import InputError
from journeyman.monitoring.batch import Batch
from journeyman.monitoring.reference import FOLDER, Reference, load_reference, save_reference
from journeyman.monitoring.state import STATE, first_state, load_state, save_state
from journeyman.monitoring.watch import watch


def test_a_test_goes_on_where_it_was(small: Reference, rows_of: Callable[..., Batch], tmp_path: Path) -> None:
    save_reference(tmp_path, small)
    reference = load_reference(tmp_path)
    state = first_state(reference)
    for _ in range(3):
        state = watch(reference, state, rows_of([1.0, 2.0] * 50, [4.0, 5.0] * 50)).state
        save_state(tmp_path, reference, state)
        again = load_state(tmp_path, reference)
        before, after = watch(reference, state, rows_of([1.0])), watch(reference, again, rows_of([1.0]))
        assert before.evidence == after.evidence
        assert before.alarms == after.alarms
    assert again.batches == 3
    assert again.raised == state.raised


def test_a_state_of_another_reference_or_a_damaged_one_is_refused(small: Reference, tmp_path: Path) -> None:
    save_reference(tmp_path, small)
    reference = load_reference(tmp_path)
    assert load_state(tmp_path, reference).batches == 0
    save_state(tmp_path, reference, first_state(reference))
    path = tmp_path / FOLDER / STATE
    content = path.read_text()
    path.write_text(content.replace(reference.digest, "0" * 64))
    with pytest.raises(InputError, match="another reference"):
        load_state(tmp_path, reference)
    path.write_text(content[: len(content) // 2])
    with pytest.raises(InputError, match="undamaged copy"):
        load_state(tmp_path, reference)
