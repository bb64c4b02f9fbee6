"""What an earlier run found and still holds: tenants, offers and rules in effect as they were.

The matches of a tenant are taken over when nothing is told of it that was not, none of them is by
an offer that changed, and no offer that is new or changed would stand among them. All other
tenants are ranked again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from matcher import columns
from matcher.batch import tables
from matcher.batch.prints import Prints
from matcher.batch.tables import read_parquet
from matcher.catalogue import Catalogue
from matcher.errors import MatcherError
from matcher.intake import Tenant
from matcher.recommender import MatchFinder

if TYPE_CHECKING:
    import pyarrow as pa

_REMEMBERED = 4

_Place = tuple[int, int, int]
"""Part, first row and number of rows of the matches of a tenant."""


class Earlier:
    """A finished run, and what of it holds for another one.

    Parameters
    ----------
    manifest : Path
        Of the earlier run; its parts stand beside it.
    catalogue : Catalogue
        Of the run to be made.
    prints : Prints
        Of the run to be made.

    Raises
    ------
    MatcherError
        When it is no manifest of a finished run, or its parts are not what it says.
    """

    def __init__(self, manifest: Path, catalogue: Catalogue, prints: Prints) -> None:
        self._folder = manifest.parent
        found = _read_manifest(manifest)
        before, now = found["prints"]["offers"], prints.offers
        self.comparable: bool = found["prints"]["common"] == prints.common
        """Whether anything can be taken over: another version, vocabulary or option ends it."""
        self._parts: list[Mapping[str, Any]] = found["parts"]
        self._gone = frozenset(each for each in before if now.get(each) != before[each])
        fresh = {each for each in now if now[each] != before.get(each)}
        self._fresh = np.array([offer.id in fresh for offer in catalogue.offers], dtype=bool)
        self._k: int = found["options"]["k"]
        self._places = self._find_places() if self.comparable else {}
        self._recent: dict[int, pa.Table] = {}

    def kept(
        self, tenants: Sequence[Tenant], prints: Sequence[bytes], finder: MatchFinder
    ) -> dict[int, _Place]:
        """Return where the matches of tenants stand that still hold, by position of the tenant."""
        places = {
            at: place
            for at, (tenant, own) in enumerate(zip(tenants, prints, strict=True))
            if (place := self._places.get((tenant.tenant_id, own)))
            and not self._gone.intersection(self._offers(place))
        }
        if not self._fresh.any() or not places:
            return places
        positions = list(places)
        rivals = finder.find([tenants[at] for at in positions], among=self._fresh)
        for row, score in zip(rivals.tenant.tolist(), rivals.score.tolist(), strict=True):
            at = positions[row]
            if at in places and self._stands_among(score, places[at]):
                del places[at]
        return places

    def merged(
        self, fresh: pa.Table, tenants: Sequence[Tenant], kept: Mapping[int, _Place], name: str
    ) -> pa.Table:
        """Return matches that were made and matches that were kept, in the order of the tenants."""
        import pyarrow as pa  # noqa: PLC0415 - only batch runs need it

        slices: list[pa.Table] = []
        start = 0
        ids = fresh.column(columns.TENANT_ID).to_pylist()
        for at, tenant in enumerate(tenants):
            if at in kept:
                part, first, count = kept[at]
                slices.append(self._matches(part).slice(first, count))
            else:
                stop = start
                while stop < len(ids) and ids[stop] == tenant.tenant_id:
                    stop += 1
                slices.append(fresh.slice(start, stop - start))
                start = stop
        table = pa.concat_tables([fresh.slice(0, 0), *slices])
        at = table.column_names.index(tables.LIST)
        return table.set_column(at, tables.LIST, pa.array([name] * len(table), pa.string()))

    def _find_places(self) -> dict[tuple[str, bytes], _Place]:
        places: dict[tuple[str, bytes], _Place] = {}
        wanted = (columns.TENANT_ID, tables.FINGERPRINT, tables.N_MATCHES)
        for number in range(len(self._parts)):
            table = read_parquet(self._content(tables.TENANTS, number), wanted)
            first = 0
            for tenant_id, own, count in zip(*map(_values, table.columns), strict=True):
                places[tenant_id, own] = number, first, count
                first += count
        return places

    def _matches(self, number: int) -> pa.Table:
        """Return the matches of a part; a few parts are remembered."""
        if number not in self._recent:
            if len(self._recent) >= _REMEMBERED:
                del self._recent[next(iter(self._recent))]
            self._recent[number] = read_parquet(self._content(tables.MATCHES, number))
        return self._recent[number]

    def _content(self, kind: str, number: int) -> bytes:
        path = self._folder / kind / f"part-{number:05d}.parquet"
        try:
            content = path.read_bytes()
        except OSError as error:
            raise MatcherError(f"{path}: {error.strerror}; the earlier run is not whole") from error
        if hashlib.sha256(content).hexdigest() != self._parts[number]["files"][kind]:
            raise MatcherError(f"{path}: is not the file that the manifest of its run tells of")
        return content

    def _offers(self, place: _Place) -> list[str]:
        return self._column(place, columns.OFFER_ID)

    def _stands_among(self, score: float, place: _Place) -> bool:
        """Return whether an offer of that score would stand among matches that were kept.

        At an equal score the order of the catalogue decides, so that it may.
        """
        scores = self._column(place, columns.SCORE)
        return len(scores) < self._k or score >= scores[-1]

    def _column(self, place: _Place, name: str) -> list[Any]:
        part, first, count = place
        return list(self._matches(part).column(name).slice(first, count).to_pylist())


def _values(column: Any) -> list[Any]:
    return list(column.to_pylist())


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise MatcherError(f"{path}: cannot be read as the manifest of a run") from error
    if not isinstance(found, dict) or not {"prints", "parts", "options"} <= set(found):
        raise MatcherError(f"{path}: is not the manifest of a finished batch run")
    return found
