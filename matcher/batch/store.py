"""The folder of a run: parts, checkpoints, manifest. What stands in it is whole, whenever it stops.

A part is three Parquet files and then its checkpoint, each written whole. A run that was stopped
finds the checkpoints, checks the files against them, and goes on behind them. The manifest comes
last; the checkpoints go.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matcher.batch.tables import KINDS
from matcher.batch.work import Part
from matcher.errors import MatcherError
from matcher.writing import TEMPORARY, write_whole

MANIFEST = "manifest.json"
_CHECKPOINTS = "_checkpoints"
_RECORD = "run.json"


class Store:
    """The folder of one run.

    Parameters
    ----------
    folder : Path
        Made when it is not there.
    record : mapping
        What the bytes of the run depend on.

    Raises
    ------
    MatcherError
        When the folder holds another run, or a finished one that is not what it was.
    """

    def __init__(self, folder: Path, record: Mapping[str, Any]) -> None:
        self.folder = folder
        self.record = dict(record)
        self._checkpoints = folder / _CHECKPOINTS
        begun = self._checkpoints / _RECORD
        for path, of_run in ((folder / MANIFEST, _run_of_manifest), (begun, dict)):
            found = _read_json(path)
            if found is not None and of_run(found) != self.record:
                raise MatcherError(
                    f"{folder}: holds another run (another list, day, option, data or version); "
                    "give another folder with -o, or remove this one"
                )
        for kind in KINDS:
            for left in (folder / kind).glob(f"{TEMPORARY}*"):
                left.unlink(missing_ok=True)  # of a run that was killed
        if self.manifest is not None:
            self._check_parts(self.manifest["parts"])
            self._drop_checkpoints()  # a run may be killed between its manifest and its end
        elif not begun.exists():
            write_whole(begun, _json(self.record))

    @property
    def manifest(self) -> dict[str, Any] | None:
        """The manifest of the finished run; None while it is not finished."""
        return _read_json(self.folder / MANIFEST)

    def done(self, number: int) -> dict[str, Any] | None:
        """Return the checkpoint of a part; None where there is none that its files agree with."""
        found = _read_json(self._checkpoint(number))
        return found if found is not None and self._agrees(number, found) else None

    def path(self, kind: str, number: int) -> Path:
        """Return the file of a table of a part."""
        return self.folder / kind / f"part-{number:05d}.parquet"

    def commit(self, number: int, part: Part, name: str) -> dict[str, Any]:
        """Write a part and then its checkpoint, and return that."""
        for kind in KINDS:
            write_whole(self.path(kind, number), part.files[kind])
        found = {
            "list": name,
            "n_tenants": part.n_tenants,
            "n_matches": part.n_matches,
            "problems": dict(part.problems),
            "files": {kind: _sha256(part.files[kind]) for kind in KINDS},
        }
        write_whole(self._checkpoint(number), _json(found))
        return found

    def finish(self, parts: list[dict[str, Any]], rest: Mapping[str, Any]) -> None:
        """Write the manifest, and remove the checkpoints."""
        write_whole(self.folder / MANIFEST, _json({**self.record, **rest, "parts": parts}))
        self._drop_checkpoints()

    def _check_parts(self, parts: list[dict[str, Any]]) -> None:
        for number, part in enumerate(parts):
            if not self._agrees(number, part):
                raise MatcherError(
                    f"{self.folder}: part {number} is not what the manifest tells of; "
                    "remove the folder to make the run again"
                )

    def _agrees(self, number: int, checkpoint: Mapping[str, Any]) -> bool:
        """Return whether the files of a part are those that its checkpoint tells of."""
        paths = {kind: self.path(kind, number) for kind in KINDS}
        return all(
            path.is_file() and _sha256(path.read_bytes()) == checkpoint["files"][kind]
            for kind, path in paths.items()
        )

    def _drop_checkpoints(self) -> None:
        if self._checkpoints.is_dir():
            shutil.rmtree(self._checkpoints)

    def _checkpoint(self, number: int) -> Path:
        return self._checkpoints / f"part-{number:05d}.json"


def _run_of_manifest(manifest: dict[str, Any]) -> dict[str, Any]:
    return {
        key: manifest[key]
        for key in ("version", "data_version", "as_of", "options", "inputs")
        if key in manifest
    }


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise MatcherError(f"{path}: cannot be read as JSON; remove it") from error
    return found if isinstance(found, dict) else None


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
