"""What the parts of our searches earned, over tasks: the table of ``bench_peers.py`` that says what pays."""

from __future__ import annotations

from typing import Any

import numpy as np
from peers_judged import error

_REPLAYS = 2000
HEAD = """What each part of the search earned: how much larger our error would be without the candidates that have it
(the mean over tasks, with a 95 % interval over tasks), on how many tasks that is beyond noise in the task, for good and
for bad, and which share of the fits' time went there."""


def ablation(rows: list[dict[str, Any]]) -> list[str]:
    """Lines of a table: for each part, how much larger our error would be without it, in the mean over tasks.

    Each row of ours holds what its run said (`journeyman.evaluation.earned`): how much worse the blend of all that
    finished would be without the candidates that have the part, judged out of fold. That is told as a share of our
    error on the test rows; intervals are of a bootstrap over tasks.
    """
    shares: dict[str, list[float]] = {}
    beyond: dict[str, list[int]] = {}
    seconds: dict[str, list[float]] = {}
    for row in rows:
        spent = sum(part["seconds"] for part in row.get("earned", [])) or 1.0
        for part in row.get("earned", []):
            gain = part["gain"]
            if None in gain.values():
                continue
            # One part may be several names, where the same candidates have them.
            for name in part["name"].split(" · "):
                shares.setdefault(name, []).append(gain["value"] / error(row))
                beyond.setdefault(name, []).append(int(gain["low"] > 0) - int(gain["high"] < 0))
                seconds.setdefault(name, []).append(part["seconds"] / spent)
    if not shares:
        return []
    lines = [
        HEAD,
        "",
        "| part | tasks | our error without it | for good | for bad | time |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name in sorted(shares, key=lambda one: -float(np.mean(shares[one]))):
        low, high = interval(shares[name])
        signs = beyond[name]
        cells = [
            f"{len(signs)}",
            f"{100 * float(np.mean(shares[name])):+.2f} % [{100 * low:+.2f}, {100 * high:+.2f}]",
            f"{signs.count(1)}",
            f"{signs.count(-1)}",
            f"{100 * float(np.mean(seconds[name])):.0f} %",
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return [*lines, ""]


def interval(values: list[float]) -> tuple[float, float]:
    """The 95 % interval of a mean over tasks, by a bootstrap over them."""
    random = np.random.default_rng(np.random.PCG64(0))
    means = np.array(values)[random.integers(len(values), size=(_REPLAYS, len(values)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
