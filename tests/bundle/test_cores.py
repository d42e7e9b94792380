from __future__ import annotations

import os
import sys

import pytest

from journeyman.bundle.cores import cores


def test_there_is_one_at_least_and_no_more_than_the_machine_has() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not say which cores are ours")
def test_cores_that_are_not_ours_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {3})
    assert cores() == 1
