"""What a batch run is asked to do, and what tells two runs apart."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matcher import __version__
from matcher.catalogue import Catalogue
from matcher.errors import MatcherError
from matcher.intake.streams import digest_of

CHUNK = 4096
"""Rows of a list that are read, ranked and written together."""

_ENDINGS = frozenset(
    [".csv", ".tsv", ".txt", ".parquet", ".xlsx", ".xlsm", ".xls", ".ods", ".docx", ".hwpx"]
)


@dataclass(frozen=True)
class Source:
    """A list of a run: its name in the results, where it is, and SHA-256 of its content."""

    name: str
    path: Path
    digest: str


@dataclass(frozen=True)
class Order:
    """What a batch run is asked to do.

    Parameters
    ----------
    as_of : str
        Day on which rules are judged.
    k : int
        Most partners per tenant.
    anywhere, leave_out_contacted : bool
        As of `matcher.PartnerRecommender`.
    chunk : int
        Rows of a list that are read, ranked and written together.
    sheet : str or None
        Sheet of workbooks.
    headers : dict of str to str
        Fields by header, as of `matcher.read_tenants`.
    """

    as_of: str
    k: int = 5
    anywhere: bool = False
    leave_out_contacted: bool = False
    chunk: int = CHUNK
    sheet: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def record(self, catalogue: Catalogue, sources: list[Source]) -> dict[str, Any]:
        """Return what the bytes of a run depend on, for its manifest."""
        return {
            "version": __version__,
            "data_version": catalogue.version,
            "as_of": self.as_of,
            "options": {
                "k": self.k,
                "anywhere": self.anywhere,
                "leave_out_contacted": self.leave_out_contacted,
                "chunk": self.chunk,
                "sheet": self.sheet,
                "headers": self.headers,
            },
            "inputs": {source.name: f"sha256:{source.digest}" for source in sources},
        }


def find_sources(path: Path) -> list[Source]:
    """Return the lists that a path means: the file itself, or all lists below a folder.

    Raises
    ------
    MatcherError
        When a folder holds no list.
    """
    if path.is_file():
        return [Source(path.name, path, digest_of(path))]
    found = sorted(
        (each.relative_to(path).as_posix(), each)
        for each in path.rglob("*")
        if each.is_file()
        and each.suffix.lower() in _ENDINGS
        and not each.name.endswith(".map.csv")
        and not any(part.startswith((".", "~", "_")) for part in each.relative_to(path).parts)
    )
    if not found:
        raise MatcherError(f"{path}: holds no list ({' '.join(sorted(_ENDINGS))})")
    return [Source(name, each, digest_of(each)) for name, each in found]


def short_digest(content: Any) -> str:
    """Return 32 hexadecimal digits that tell contents of JSON apart."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
