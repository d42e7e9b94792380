"""Tables go out as they came in, with columns beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from journeyman.errors import InputError
from journeyman.sources.read import read_parts, read_raw
from journeyman.sources.write import beside, write_parts, write_table

TEXT = 'id;" x";name\n007;1,50;"a;b"\n8; 2 ;"say ""hi"""\n9;;=1+1\n'


def test_cells_come_back_byte_for_byte(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(TEXT)
    raw = read_raw(tmp_path / "in.csv")
    extra = {"prediction": np.array(["yes", None, "no"], object), "probability_yes": np.array([0.75, np.nan, 0.1])}
    write_table(raw, extra, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == (
        'id;x;name;prediction;probability_yes\n007;1,50;"a;b";yes;0.75\n8; 2 ;"say ""hi""";;\n9;;=1+1;no;0.1\n'
    )


def test_rows_set_aside_are_written_too(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("a,b\n1,2\n3,4,5\n")
    write_table(read_raw(tmp_path / "in.csv"), {"p": np.array([1, 2])}, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "a,b,p\n1,2,1\n3,4,2\n"


def test_spreadsheets_get_no_formulas(tmp_path: Path) -> None:
    cells = ["=1+1", "+49 30", "-5", "-x", "@a", "1", "-1,5"]
    write_table(read_raw({"=n": cells}), {}, tmp_path / "out.csv", for_spreadsheets=True)
    assert pl.read_csv(tmp_path / "out.csv", infer_schema=False)["'=n"].to_list() == [
        "'=1+1", "'+49 30", "-5", "'-x", "'@a", "1", "-1,5",
    ]  # fmt: skip


def test_names_never_collide(tmp_path: Path) -> None:
    write_table(read_raw({"prediction": [1]}), {"prediction": np.array([2.5])}, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "prediction,prediction_2\n1,2.5\n"


def test_parquet(tmp_path: Path) -> None:
    raw = read_raw({"a": [1, 2], "b": [[1], None]})
    write_table(raw, {"p": np.array([0.5, np.nan])}, tmp_path / "out.parquet")
    assert pl.read_parquet(tmp_path / "out.parquet").rows() == [(1, [1], 0.5), (2, None, None)]
    write_table(raw, {}, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "a,b\n1,[1]\n2,\n"


def test_wrong_requests_are_refused(tmp_path: Path) -> None:
    raw = read_raw({"a": [1, 2]})
    with pytest.raises(InputError, match="does not say what to write"):
        write_table(raw, {}, tmp_path / "out.xyz")
    with pytest.raises(InputError, match="has 1 cells"):
        write_table(raw, {"p": np.array([1])}, tmp_path / "out.csv")
    with pytest.raises(InputError, match=r"there is no folder .*nope"):
        write_table(raw, {}, tmp_path / "nope" / "out.csv")
    with pytest.raises(InputError, match="is a folder"):
        write_table(raw, {}, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["csv", "parquet", "tsv"])
def test_parts_are_written_one_below_the_other(tmp_path: Path, ending: str) -> None:
    (tmp_path / "in.csv").write_text("id,name\n" + "".join(f"{row},=n{row}\n" for row in range(100)))
    extra = {"prediction": np.arange(100.0), "status": np.array(["ok", None] * 50, object)}
    whole = write_table(read_raw(tmp_path / "in.csv"), extra, tmp_path / f"whole.{ending}", for_spreadsheets=True)
    parts = list(read_parts(tmp_path / "in.csv", rows=30))
    assert [one.rows for one in parts] == [30, 30, 30, 10]
    frames = (
        beside(one, {name: cells[30 * place :][: one.rows] for name, cells in extra.items()})
        for place, one in enumerate(parts)
    )
    path = write_parts(frames, ",", tmp_path / f"parts.{ending}", for_spreadsheets=True)
    if ending == "parquet":
        assert pl.read_parquet(path).equals(pl.read_parquet(whole))
    else:
        assert path.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_part_that_fails_leaves_the_old_file(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    path.write_text("before")

    def frames() -> Iterator[pl.DataFrame]:
        yield pl.DataFrame({"a": [1]})
        raise InputError("no more of it")

    with pytest.raises(InputError, match="no more of it"):
        write_parts(frames(), ",", path)
    assert path.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
