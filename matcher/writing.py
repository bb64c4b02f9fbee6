"""Files are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from matcher.errors import MatcherError

TEMPORARY = ".matcher-"
"""How the names of unfinished files begin."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file by way of a temporary one beside it, so that no half of it is ever seen.

    Raises
    ------
    MatcherError
        When the folder cannot be made or written to.
    """
    try:
        path = path.resolve()  # a link stays a link
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(temporary).chmod(mode)
            os.replace(temporary, path)  # noqa: PTH105 - atomic, and Path.replace is the same call
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise MatcherError(f"{path}: cannot be written: {error.strerror}") from error


def _umask() -> int:
    """Return the mask of new files; it can only be asked by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
