from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from journeyman.learners.library import hidden, load

ALONE = """
import sys, threading
import numpy as np
from journeyman.learners.library import Process, lightgbm
Process.is_ours = {ours}
{before}
model = lightgbm().train({{"verbosity": -1}}, lightgbm().Dataset(np.arange(40.0)[:, None], np.arange(40.0)), 2)
print("sklearn" in sys.modules, len(model.predict(np.ones((1, 1)))))
import sklearn.linear_model
"""


@pytest.mark.parametrize(
    ("ours", "before", "printed"),
    [
        (True, "", "False 1"),
        (False, "", "True 1"),
        # Another thread might import at the same time what would be hidden.
        (True, "threading.Thread(target=threading.Event().wait, daemon=True).start()", "True 1"),
    ],
)
def test_it_comes_without_what_it_does_not_need_where_nobody_could_miss_it(
    ours: bool, before: str, printed: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ALONE.format(ours=ours, before=before)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == printed


def test_nothing_stays_hidden() -> None:
    with hidden("wave", "sys"):
        with pytest.raises(ImportError):
            import wave
        assert sys.modules["sys"] is sys, "what is there already is left alone"
    import wave

    assert wave.__name__ == "wave"


@pytest.mark.parametrize("known", [True, False])
def test_only_libraries_that_are_known_to_do_without_others_do_without(
    known: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "unheard_of.py").write_text("try:\n    import wave\nexcept ImportError:\n    wave = None")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    monkeypatch.setattr("journeyman.learners.library.FRAMES", ("wave",))
    if known:
        monkeypatch.setattr("journeyman.learners.library.DO_WITHOUT", ("unheard_of",))
    try:
        load("unheard_of")
        assert (sys.modules["unheard_of"].wave is None) == known
    finally:
        sys.modules.pop("unheard_of", None)
