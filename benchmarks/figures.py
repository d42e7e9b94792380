"""The studies' results as figures for the docs.

python benchmarks/figures.py

Writes ``docs/images/coverage.svg`` from ``results/coverage.jsonl``: for each kind of world, number of rows and number
that is printed, in how many builds the 95 % interval held what was delivered. The band is what is promised.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from journeyman.report.charts.drawing import element, picture

HERE = Path(__file__).parent
PROMISED = (0.93, 0.99)
LEAST = 0.7
WIDTH, LEFT, ROW, TOP = 760, 250, 17, 40
NAMES = {"binary": "yes or no", "regression": "numbers", "no_signal": "no signal", "signal": "signal"}


def main() -> None:
    """Draw what there is."""
    held: dict[tuple[str, str, int, str], list[bool]] = defaultdict(list)
    for line in (HERE / "results" / "coverage.jsonl").read_text().splitlines():
        row = json.loads(line)
        for name, one in row["printed"].items():
            if one["low"] is not None:
                rounding = 1e-9 * max(1.0, abs(row["delivered"][name]))
                is_held = one["low"] - rounding <= row["delivered"][name] <= one["high"] + rounding
                held[row["task"], row["law"], row["rows"], name].append(is_held)
    images = HERE.parent / "docs" / "images"
    images.mkdir(exist_ok=True)
    (images / "coverage.svg").write_text(drawn(held).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def drawn(held: dict[tuple[str, str, int, str], list[bool]]) -> str:
    """One line a cell and number."""

    def across(share: float) -> float:
        return LEFT + (WIDTH - LEFT - 40) * (max(share, LEAST) - LEAST) / (1 - LEAST)

    bottom = TOP + ROW * len(held)
    strokes = [element("rect", x=0, y=0, width=WIDTH, height=bottom + 30, fill="#fff")]
    low, high = map(across, PROMISED)
    strokes.append(element("rect", x=low, y=TOP - 8, width=high - low, height=bottom - TOP + 4, fill="#e3efe6"))
    style = {"font_family": "sans-serif", "font_size": 11, "fill": "#333"}
    for share in (0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0):
        strokes.append(
            element(
                "line", x1=across(share), x2=across(share), y1=TOP - 8, y2=bottom - 4, stroke="#ddd", stroke_width=1
            )
        )
        strokes.append(element("text", f"{share:.0%}", x=across(share), y=bottom + 12, text_anchor="middle", **style))
    strokes.append(element("text", "builds whose 95 % interval held what was delivered", x=LEFT, y=16, **style))
    for place, (key, found) in enumerate(sorted(held.items(), key=lambda pair: (pair[0][2], *pair[0]))):
        task, law, rows, name = key
        share, down = sum(found) / len(found), TOP + ROW * place
        words = f"{rows:,} rows, {NAMES[task]}, {NAMES[law]}: {name}"
        strokes.append(element("text", words, x=LEFT - 10, y=down + 4, text_anchor="end", **style))
        strokes.append(element("circle", cx=across(share), cy=down, r=4, fill="#2b6a4d"))
        strokes.append(element("text", f"{share:.3f}", x=across(share) + 8, y=down + 4, **style))
    return str(picture(WIDTH, bottom + 30, "Coverage of the printed interval", strokes))


if __name__ == "__main__":
    main()
