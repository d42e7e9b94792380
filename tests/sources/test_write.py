"""Tables go out as they came in, with columns beside them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from journeyman.errors import InputError
from journeyman.sources.read import read_raw
from journeyman.sources.write import write_table

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
