from __future__ import annotations

import os
import signal
import threading

import pytest

from journeyman.trials.interruption import Interrupted, listening


def test_the_first_signal_asks_and_the_second_ends() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with listening() as asked:
        assert asked() == 0
        os.kill(os.getpid(), signal.SIGTERM)
        assert asked() == 143
        with pytest.raises(Interrupted) as ended:
            os.kill(os.getpid(), signal.SIGINT)
        assert ended.value.exit_code == 130
    assert signal.getsignal(signal.SIGTERM) is before


def test_outside_the_main_thread_nothing_is_touched() -> None:
    heard: list[int] = []

    def work() -> None:
        with listening() as asked:
            heard.append(asked())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert heard == [0]
