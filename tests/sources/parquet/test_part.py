"""One Parquet file, as polars reads it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from journeyman.errors import SourceError
from journeyman.sources.parquet.part import _stretches, frame_of, frames_of, open_part, schema_of


def test_stretches_are_whole_groups_where_they_can_be() -> None:
    assert list(_stretches((4, 4, 4, 4), 8)) == [8, 8]
    assert list(_stretches((3,), 8)) == [3]
    assert list(_stretches((20, 2), 8)) == [8, 8, 6]
    assert list(_stretches((), 8)) == []
    draw = np.random.default_rng(1)
    for _ in range(500):
        groups = tuple(int(draw.integers(30)) for _ in range(draw.integers(6)))
        rows = int(draw.integers(1, 20))
        found = list(_stretches(groups, rows))
        assert sum(found) == sum(groups)
        assert all(0 < one <= rows for one in found)


def test_rows_come_in_order_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    frame = pl.DataFrame({"a": range(100)})
    frame.write_parquet(path, row_group_size=30)
    with open_part(path, "t.parquet") as part:
        assert part.groups == (30, 30, 30, 10)
        assert schema_of(part) == {"a": pl.Int64()}
        assert frame_of(part).equals(frame)
        pieces = list(frames_of(part, 60))
    assert [one.height for one in pieces] == [60, 40]
    assert pl.concat(pieces).equals(frame)


def test_damage_is_told_wherever_it_is(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"a": range(1000), "b": ["x"] * 1000}).write_parquet(path)
    whole = path.read_bytes()
    draw = np.random.default_rng(3)
    for _ in range(40):
        place = int(draw.integers(4, len(whole) - 8))
        path.write_bytes(whole[:place] + draw.bytes(min(40, len(whole) - 8 - place)) + whole[place + 40 :])
        try:
            with open_part(path, "t.parquet") as part:
                frame_of(part)
                list(frames_of(part, 100))
        except SourceError as error:
            assert (error.code in ("file_truncated", "no_rows"), "t.parquet" in str(error)) == (True, True)  # noqa: PT017 - some changes do no harm


def test_a_file_without_columns_is_refused(tmp_path: Path) -> None:
    pl.DataFrame().write_parquet(tmp_path / "t.parquet")
    with pytest.raises(SourceError) as caught, open_part(tmp_path / "t.parquet", "t.parquet"):
        pass
    assert caught.value.code == "no_rows"


def test_very_many_cells_in_few_bytes_are_read_in_pieces_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"a": pl.repeat(0, 1_000_000, eager=True)}).write_parquet(path)
    monkeypatch.setattr("journeyman.sources.parquet.part.LARGEST_ANYHOW", 1000)
    with open_part(path, "t.parquet") as part:
        with pytest.raises(SourceError) as caught:
            frame_of(part)
        assert sum(frame.height for frame in frames_of(part, 400_000)) == 1_000_000
    assert caught.value.code == "too_large"
