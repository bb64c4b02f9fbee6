"""The work of a batch run: one chunk of a list in, one part of the result out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from matcher.batch import tables
from matcher.batch.order import Order
from matcher.catalogue import Catalogue
from matcher.errors import BLOCKING_KINDS
from matcher.intake import Tenant
from matcher.intake.chunks import Chunk, ChunkReader
from matcher.recommender import MatchFinder, Scorer

if TYPE_CHECKING:
    import pyarrow as pa

    from matcher.batch.since import Earlier


@dataclass(frozen=True)
class Part:
    """The result of a chunk.

    Parameters
    ----------
    files : dict of str to bytes
        Content by table, see `tables.KINDS`.
    ids : list of str
        Ids of its tenants.
    n_tenants, n_matches : int
        How many it has.
    n_kept : int
        Tenants whose matches were taken from an earlier run.
    problems : dict of str to int
        How many of each kind.
    """

    files: Mapping[str, bytes]
    ids: Sequence[str]
    n_tenants: int
    n_matches: int
    n_kept: int
    problems: Mapping[str, int] = field(default_factory=dict)

    @property
    def blocking(self) -> bool:
        """Whether any problem must be mended."""
        return not BLOCKING_KINDS.isdisjoint(self.problems)


class Worker:
    """Does chunks, one after the other.

    Parameters
    ----------
    catalogue : Catalogue
        Whose partners.
    order : Order
        What is asked.
    earlier : Earlier, optional
        A run of which what did not change is taken over.
    n_threads : int, optional
        Threads of the search; one per core by default.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        order: Order,
        earlier: Earlier | None = None,
        n_threads: int | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.earlier = earlier
        scorer = Scorer(catalogue)
        self.blocks = list(scorer.space.slices)
        self._reader = ChunkReader(catalogue.vocabulary, order.as_of)
        self._finder = MatchFinder(
            catalogue,
            scorer,
            as_of=order.as_of,
            k=order.k,
            anywhere=order.anywhere,
            leave_out_contacted=order.leave_out_contacted,
            n_threads=n_threads,
        )

    def part(self, chunk: Chunk, ids: dict[str, int]) -> Part:
        """Return the result of a chunk.

        Parameters
        ----------
        chunk : Chunk
            Rows of a list.
        ids : dict of str to int
            Ids that the list has above; those of the chunk are added.
        """
        tenants, problems = self._reader.read(chunk, ids)
        prints = [fingerprint(tenant) for tenant in tenants]
        matches, n_kept = self._matches(tenants, prints, chunk.name)
        counts = Counter(matches.column("tenant_id").to_pylist())
        found = {
            tables.MATCHES: matches,
            tables.TENANTS: tables.tenants_table(
                tenants, [counts[tenant.tenant_id] for tenant in tenants], prints, chunk.name
            ),
            tables.PROBLEMS: tables.problems_table(problems, chunk.name),
        }
        return Part(
            {kind: tables.to_parquet(table) for kind, table in found.items()},
            [tenant.tenant_id for tenant in tenants],
            len(tenants),
            len(matches),
            n_kept,
            dict(sorted(Counter(problem.kind for problem in problems).items())),
        )

    def _matches(
        self, tenants: Sequence[Tenant], prints: Sequence[bytes], name: str
    ) -> tuple[pa.Table, int]:
        """Return the matches of tenants, and of how many they were taken over."""
        if self.earlier is None:
            return self._table(tenants, name), 0
        kept = self.earlier.kept(tenants, prints, self._finder)
        fresh = [tenant for at, tenant in enumerate(tenants) if at not in kept]
        table = self.earlier.merged(self._table(fresh, name), tenants, kept, name)
        return table, len(kept)

    def _table(self, tenants: Sequence[Tenant], name: str) -> pa.Table:
        matches = self._finder.find(tenants)
        return tables.matches_table(matches, tenants, name, self.catalogue, self.blocks)


def fingerprint(tenant: Tenant) -> bytes:
    """Return sixteen bytes that tell apart what is known of two tenants."""
    said = sorted(tenant.values.items()), sorted(tenant.stated.items()), tenant.complete
    return hashlib.sha256(repr(said).encode()).digest()[:16]
