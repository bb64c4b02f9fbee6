"""What a header of a list means, remembered beside the list: ``list.xlsx.map.csv``."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from matcher.errors import DataError, MatcherError, Problem


def mapping_path(path: Path) -> Path:
    """Return where the mapping of a list is remembered."""
    return path.with_name(f"{path.name}.map.csv")


def read_mapping(path: Path) -> dict[str, str]:
    """Return the fields by header that are remembered for a list; none if there is no file.

    Raises
    ------
    DataError
        When the file is not a table of two columns.
    """
    kept = mapping_path(path)
    try:
        if not kept.exists():
            return {}
    except OSError:  # a name too long to have anything beside it
        return {}
    try:
        rows = list(csv.reader(io.StringIO(kept.read_text(encoding="utf-8-sig"))))
        return dict(rows[1:])
    except (OSError, ValueError, csv.Error) as error:
        hint = "it holds header and field, one pair a row; mend or remove it"
        raise DataError([Problem("unreadable", kept.name, None, None, str(error), hint)]) from error


def write_mapping(path: Path, headers: dict[str, str]) -> None:
    """Remember the fields by header for a list.

    Raises
    ------
    MatcherError
        When the file cannot be written.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["header", "field"])
    writer.writerows(headers.items())
    kept = mapping_path(path)
    try:
        kept.write_text(text.getvalue(), encoding="utf-8-sig")
    except OSError as error:
        raise MatcherError(f"{kept}: cannot be written: {error.strerror}") from error
