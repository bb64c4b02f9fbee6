"""Where the data folder is, and the one place where its TOML and CSV are read."""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matcher.errors import DataError, Problem

_LINE = re.compile(r"at line (\d+)")


def shipped_folder() -> Path:
    """Return the data folder that came with the package.

    Beside the modules in an installed copy, beside the package in a checkout.
    """
    package = Path(__file__).resolve().parents[1]
    installed = package / "data"
    return installed if installed.is_dir() else package.parent / "data"


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds.

    Raises
    ------
    DataError
        When the file is missing, not UTF-8 or not TOML, with the line where that is known.
    """
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise DataError([_unreadable(path, None, error.strerror or "cannot be opened")]) from error
    except UnicodeDecodeError as error:
        raise DataError([_unreadable(path, None, "is not UTF-8 text")]) from error
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        raise DataError(
            [_unreadable(path, int(line[1]) if line else None, f"is not TOML: {error}")]
        ) from error


def read_csv(path: Path, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a CSV file with their lines; cells are stripped, blank lines left out.

    Parameters
    ----------
    path : Path
        UTF-8, with or without byte order mark, with a header.
    columns : sequence of str
        The columns that it must have, in any order, and no others.

    Raises
    ------
    DataError
        When the file is missing, not UTF-8 or no CSV, when its columns are others, or with all
        rows that have more or fewer cells than the header.
    """
    rows: list[tuple[int, list[str]]] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader, line = csv.reader(file, strict=True), 0
            for cells in reader:
                line, first = reader.line_num, line + 1
                if any(map(str.strip, cells)):
                    rows.append((first, [cell.strip() for cell in cells]))
    except OSError as error:
        raise DataError([_unreadable(path, None, error.strerror or "cannot be opened")]) from error
    except UnicodeDecodeError as error:
        raise DataError([_unreadable(path, None, "is not UTF-8 text")]) from error
    except csv.Error as error:
        raise DataError([_unreadable(path, line + 1, f"is not CSV: {error}")]) from error
    header = rows.pop(0)[1] if rows else []
    if sorted(header) != sorted(columns):
        listed = ", ".join(columns)
        raise DataError([_unreadable(path, 1, f"has other columns than {listed}")])
    uneven = [
        _unreadable(path, line, f"has {len(cells)} cells, the header has {len(header)}")
        for line, cells in rows
        if len(cells) != len(header)
    ]
    if uneven:
        raise DataError(uneven)
    return [(line, dict(zip(header, cells, strict=True))) for line, cells in rows]


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 of all curated files of the folder, the same for the same content.

    The example lists below ``tenants`` are not part of the catalogue.
    """
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.toml"), *folder.glob("*.csv")]):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _unreadable(path: Path, line: int | None, what: str) -> Problem:
    return Problem(
        "unreadable",
        f"{path.parent.name}/{path.name}",
        line,
        None,
        what,
        "see data/README.md for what each file holds",
    )
