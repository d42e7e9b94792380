"""A digest of cells that come a part at a time: the same for every size of the parts."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from journeyman.store.digest import canonical, digest_data

if TYPE_CHECKING:
    import polars as pl


class CellDigest:
    """Adds up the cells of a table, column by column."""

    def __init__(self) -> None:
        self._columns: dict[str, list[hashlib._Hash]] = {}

    def add(self, frame: pl.DataFrame) -> None:
        """More rows, of the same columns."""
        for series in frame.get_columns():
            hashers = self._columns.setdefault(
                series.name, [hashlib.sha256(canonical([series.name, str(series.dtype)])) for _ in range(2)]
            )
            for hasher, content in zip(hashers, _content(series), strict=True):
                hasher.update(content)

    def hexdigest(self) -> str:
        """SHA-256 of all that was added."""
        return digest_data([[one.hexdigest() for one in hashers] for hashers in self._columns.values()])


def _content(series: pl.Series) -> tuple[bytes, bytes]:
    """A column as bytes that say the same cells: of text lengths and letters, else which are missing and values."""
    import polars as pl

    if series.dtype in (pl.String, pl.Binary):
        binary = series.cast(pl.Binary)
        lengths = binary.bin.size().cast(pl.Int64).fill_null(-1)
        return lengths.to_numpy().tobytes(), b"".join(binary.drop_nulls().to_list())
    missing = series.is_null().cast(pl.UInt8).to_numpy().tobytes()
    plain = series.to_physical() if series.dtype.is_temporal() else series
    plain = plain.cast(pl.UInt8) if plain.dtype == pl.Boolean else plain
    return missing, plain.fill_null(0).to_numpy().tobytes()
