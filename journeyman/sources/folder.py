"""A folder of files that are one table together."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from journeyman.errors import SourceError
from journeyman.sources.packing import ENDINGS

#: What a file that holds a table may be called at its end, without packing.
TABLES = (
    *(".csv", ".tsv", ".txt", ".tab", ".psv", ".dat", ".json", ".jsonl", ".ndjson", ".geojson"),
    *(".parquet", ".pq", ".arrow", ".feather", ".ipc", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
)


def is_folder(path: Path) -> bool:
    """Whether there is a folder of that name."""
    try:
        return path.is_dir()
    except (OSError, ValueError):  # no folder can have such a name
        return False


def files_of(folder: Path) -> list[Path]:
    """The files of a folder that are one table together: those of its one kind of table, by name.

    Hidden files, folders in it and files that are no tables are left alone.

    Raises
    ------
    SourceError : it holds no table, or tables of several kinds, of which one must be named
    """
    files = sorted(one for one in folder.iterdir() if one.is_file() and not one.name.startswith((".", "_")))
    kinds = Counter(kind for one in files if (kind := kind_of(one)))
    if not kinds:
        raise SourceError(
            f"{folder} is a folder with no table in it",
            remedy="name a file, or a folder of CSV files",
            code="not_a_file",
        )
    if len(kinds) > 1:
        listed = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        raise SourceError(
            f"{folder} is a folder of several kinds of tables: {listed}",
            because="it is not clear which of them are meant",
            remedy=f"name the files, as {folder}/*{kinds.most_common(1)[0][0]}",
            code="ambiguous_archive",
        )
    return [one for one in files if kind_of(one)]


def kind_of(path: Path) -> str:
    """The ending that says which kind of table a file holds; ``""`` where none does.

    >>> kind_of(Path("2024.CSV.gz")), kind_of(Path("notes.md"))
    ('.csv', '')
    """
    endings = [one.casefold() for one in path.suffixes[-2:]]
    if endings and endings[-1] in ENDINGS:
        endings.pop()
    return endings[-1] if endings and endings[-1] in TABLES else ""
