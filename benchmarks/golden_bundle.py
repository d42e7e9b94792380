"""Write the next golden bundle: one that this version writes, with what it answers, to be loaded by every later one.

    python benchmarks/golden_bundle.py NAME

``NAME`` is a number and a few words on what is new in the format, as ``8-new-field``. What appears below
``tests/bundle/golden/NAME`` is never changed again: `tests/bundle/test_formats.py` loads it for as long as there is a
Journeyman. The bundle is signed by a key that nobody keeps; its public half lies beside.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

import journeyman as jm
from journeyman.bundle.router import Router
from journeyman.bundle.signature import write_signature
from journeyman.bundle.write import write_routed

FOLDER = Path(__file__).parents[1] / "tests" / "bundle" / "golden"
ROWS = 160
#: What is asked: usual rows, cells that are missing, and such as were never seen.
ASKED = {
    "age": [33.0, None, 80.0, 18.0],
    "income": [1000.0, 5e4, 9e4, 0.0],
    "since": ["2003-04-05", "2010-01-01", None, "2001-02-03"],
    "city": ["Oslo", "Paris", None, "Bergen"],
    "note": ["good and cheap today", "never", "", "bad"],
}


def main() -> int:
    """Build two small models, and write their bundles and answers."""
    if len(sys.argv) != 2 or not sys.argv[1][0].isdigit():
        sys.stderr.write(__doc__ or "")
        return 2
    folder = FOLDER / sys.argv[1]
    if folder.exists():
        sys.stderr.write(f"{folder} is there already, and golden bundles are never changed\n")
        return 2
    random = np.random.default_rng(4)
    cells = _cells(random)
    score = np.nan_to_num(cells["age"].to_numpy()) / 40 + (cells["city"] == "Oslo").to_numpy()
    score = score + random.normal(0, 0.6, ROWS)
    gain = {"call": {"yes": "income * 0.01", "no": -200.0}}
    bought = cells.with_columns(bought=pl.Series(np.where(score > np.median(score), "yes", "no")))
    worth = cells.with_columns(worth=pl.Series(np.round(score * 10, 2)))
    with tempfile.TemporaryDirectory() as place:
        asked: dict[str, Any] = {"predict": "bought", "metric": "f1", "gain": gain}
        binary = jm.build(bought, trials=1, keep_cases=True, out=Path(place, "binary"), **asked)
        number = jm.build(worth, predict="worth", trials=1, out=Path(place, "number"))
        router = Router(thresholds=(0.6, 0.6), promise="made up for a test")
        write_routed(binary.folder / "bundle", Path(place, "routed"), router)
        for name, source in (("yes_or_no", Path(place, "routed")), ("number", number.folder / "bundle")):
            (folder / name).mkdir(parents=True)
            shutil.copytree(source, folder / name / "bundle")
            _sign(folder / name)
            told = {"rows": ASKED, "predictions": answers(folder / name / "bundle", ASKED)}
            (folder / name / "expected.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    sys.stdout.write(f"{folder}: {sum(one.stat().st_size for one in folder.rglob('*') if one.is_file()):,} bytes\n")
    return 0


def answers(bundle: Path, asked: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """What a bundle answers, as JSON holds it."""
    columns = jm.load(bundle).predict(asked).as_columns()
    return {name: [_plain(one) for one in np.asarray(cells, dtype=object)] for name, cells in columns.items()}


def _plain(cell: Any) -> Any:
    if cell is None or (isinstance(cell, float) and np.isnan(cell)):
        return None
    return list(cell) if isinstance(cell, tuple) else cell.item() if hasattr(cell, "item") else cell


def _cells(random: np.random.Generator) -> pl.DataFrame:
    words = ["good", "bad", "cheap", "dear", "never", "again"]
    age = random.integers(18, 90, ROWS).astype(float)
    return pl.DataFrame(
        {
            "age": [None if place % 17 == 0 else one for place, one in enumerate(age.tolist())],
            "income": np.round(random.uniform(0, 1e5, ROWS)),
            "since": [str(np.datetime64("2001-02-03") + int(one)) for one in random.integers(0, 5000, ROWS)],
            "city": random.choice(["Oslo", "Bergen", "Tromsø"], ROWS).tolist(),
            "note": [" ".join(random.choice(words, 4)) for _ in range(ROWS)],
        }
    )


def _sign(folder: Path) -> None:
    from cryptography.hazmat.primitives import serialization as forms
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    write_signature(folder / "bundle", (folder / "bundle" / "manifest.json").read_bytes(), key)
    public = key.public_key().public_bytes(forms.Encoding.OpenSSH, forms.PublicFormat.OpenSSH)
    (folder / "signer.pub").write_bytes(public + b"\n")


if __name__ == "__main__":
    sys.exit(main())
