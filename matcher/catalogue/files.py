"""Where the data folder is, and the one place where its TOML is read."""

from __future__ import annotations

import hashlib
import re
import tomllib
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


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 of all curated files of the folder, the same for the same content.

    The example lists below ``tenants`` are not part of the catalogue.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
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
