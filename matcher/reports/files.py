"""Files are written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
from pathlib import Path

from matcher.errors import MatcherError

_UNSAFE = re.compile(r"[\\/:*?\"<>|\x00-\x1f\x7f]")
_LONGEST = 80


def write_whole(path: Path, content: bytes) -> None:
    """Write a file by way of a temporary one beside it, so that no half of it is ever seen.

    Raises
    ------
    MatcherError
        When the folder cannot be made or written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(temporary).chmod(0o644)
            os.replace(temporary, path)  # noqa: PTH105 - atomic, and Path.replace is the same call
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise MatcherError(f"{path}: cannot be written: {error.strerror}") from error


def file_stem(tenant_id: str) -> str:
    """Return a file name for a tenant id: the id itself where that is safe.

    An id that had to be changed carries a short hash, so that no two share a file.
    """
    text = unicodedata.normalize("NFC", tenant_id)
    safe = _UNSAFE.sub("_", text).strip(" .")[:_LONGEST]
    if safe == text and safe:
        return safe
    return f"{safe or 'tenant'}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
