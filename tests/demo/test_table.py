from __future__ import annotations

import polars

from journeyman.demo.table import GAIN, PATH, TARGET


def test_the_table_ships_with_its_licence() -> None:
    assert "CC BY 4.0" in PATH.with_suffix(".md").read_text("utf-8")
    assert PATH.stat().st_size < 1_500_000


def test_it_is_what_the_demo_says() -> None:
    table = polars.read_parquet(PATH)
    assert table.shape == (30_000, 24)
    assert table[TARGET].sum() == 6_636
    assert GAIN.count("call:") == 2
