"""A text table from its first byte to its last, however it is cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeyman.errors import SourceError
from journeyman.sources.source import open_source
from journeyman.sources.text.reader import Reader

TEXT = "n;word\n" + "".join(f"{row};w{row % 5}\n" for row in range(1000))


@pytest.mark.parametrize("rows", [1, 77, 5000])
def test_batches_together_are_the_table(tmp_path: Path, rows: int) -> None:
    (tmp_path / "t.csv").write_text(TEXT)
    source = open_source(tmp_path / "t.csv")
    with source.open() as stream:
        raws = list(Reader(source, stream).raws(rows))
    assert [cell for raw in raws for cell in raw.frame["n"].to_list()] == [str(row) for row in range(1000)]
    assert sum(raw.ledger.read for raw in raws) == 1000
    assert [one.code for one in raws[-1].findings] == ["delimiter"]
    assert not any(raw.findings for raw in raws[:-1])


def test_a_file_without_a_cell_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("\n\n")
    source = open_source(tmp_path / "t.csv")
    with source.open() as stream, pytest.raises(SourceError, match="is empty"):
        list(Reader(source, stream).raws(10))
