"""A report folder holds what its last run wrote, each file whole."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from matcher.writing import write_whole

_UNSAFE = re.compile(r"[\\/:*?\"<>|\x00-\x1f\x7f]")
_LONGEST = 120
"""Bytes of a file name, its ending apart; systems allow 255."""

_WRITTEN = ".matcher.json"


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder, and remove those that an earlier run wrote and this did not.

    A page of a tenant that is no longer in the list, or that may not be shown to this audience,
    must not stay behind. Files that no run wrote are left alone.

    Parameters
    ----------
    folder : Path
        Made when it is not there.
    files : mapping of str to bytes
        Content by path below the folder.
    """
    written = folder / _WRITTEN
    earlier = _earlier(written)
    # Before anything else: should this run break off, the next one knows what may lie here.
    write_whole(written, _listed(earlier | set(files)))
    for name in sorted(earlier - set(files)):
        (folder / name).unlink(missing_ok=True)
    for name, content in files.items():
        write_whole(folder / name, content)
    write_whole(written, _listed(set(files)))


def _listed(names: set[str]) -> bytes:
    return (json.dumps(sorted(names), ensure_ascii=False) + "\n").encode()


def file_stems(tenant_ids: Iterable[str]) -> list[str]:
    """Return a file name for each tenant id: the id itself where that is safe.

    An id that had to be changed, or that another one equals but for case, carries a short hash,
    so that no two share a file on any system.
    """
    stems: list[str] = []
    taken: set[str] = set()
    for tenant_id in tenant_ids:
        text = unicodedata.normalize("NFC", tenant_id)
        safe = _UNSAFE.sub("_", text).strip(" .").encode()[:_LONGEST].decode(errors="ignore")
        if safe != text or not safe or safe.casefold() in taken:
            safe = f"{safe or 'tenant'}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
        taken.add(safe.casefold())
        stems.append(safe)
    return stems


def _earlier(written: Path) -> set[str]:
    """Return the files that the last run wrote, those outside the folder left out."""
    try:
        names = json.loads(written.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    if not isinstance(names, list):
        return set()
    inside = (name for name in names if isinstance(name, str) and ".." not in Path(name).parts)
    return {name for name in inside if not Path(name).is_absolute()}
