"""What a part of a run holds, as Parquet: matches, tenants and problems, one file each."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from matcher import columns
from matcher.catalogue import Catalogue
from matcher.errors import Problem
from matcher.intake import Tenant
from matcher.recommender import Matches

if TYPE_CHECKING:
    import pyarrow as pa

LIST = "list"
NAME = "name"
ROW = "row"
COMPLETE = "complete"
N_MATCHES = "n_matches"
FINGERPRINT = "fingerprint"
NOT_MET, UNKNOWN = "not_met", "unknown"

MATCHES, TENANTS, PROBLEMS = "matches", "tenants", "problems"
KINDS = (MATCHES, TENANTS, PROBLEMS)
"""The tables of a run, each in a folder of its own."""


def matches_table(
    matches: Matches, tenants: Sequence[Tenant], name: str, catalogue: Catalogue, blocks: list[str]
) -> pa.Table:
    """Return one row per match: the parts of its score as columns, its open rules as lists."""
    import pyarrow as pa  # noqa: PLC0415 - only batch runs and Parquet need it

    offers = catalogue.offers
    offer_ids = pa.array([offer.id for offer in offers], pa.string())
    partner_ids = pa.array([offer.partner_id for offer in offers], pa.string())
    tenant_ids = pa.array([tenant.tenant_id for tenant in tenants], pa.string())
    offer = pa.array(matches.offer)
    rules = pa.list_(pa.string())
    return pa.table(
        {
            LIST: pa.array([name] * len(offer), pa.string()),
            columns.TENANT_ID: tenant_ids.take(pa.array(matches.tenant)),
            columns.RANK: pa.array(matches.rank.astype(np.int32)),
            columns.PARTNER_ID: partner_ids.take(offer),
            columns.OFFER_ID: offer_ids.take(offer),
            columns.SCORE: pa.array(matches.score),
            columns.VERDICT: pa.array([each.word for each in matches.verdict], pa.string()),
            **{block: pa.array(matches.parts[:, at]) for at, block in enumerate(blocks)},
            NOT_MET: pa.array(matches.not_met, rules),
            UNKNOWN: pa.array(matches.unknown, rules),
        }
    )


def tenants_table(
    tenants: Sequence[Tenant], counts: Sequence[int], prints: Sequence[bytes], name: str
) -> pa.Table:
    """Return one row per tenant: how it was read, and how many matches it has."""
    import pyarrow as pa  # noqa: PLC0415

    return pa.table(
        {
            LIST: pa.array([name] * len(tenants), pa.string()),
            ROW: pa.array([tenant.row for tenant in tenants], pa.int64()),
            columns.TENANT_ID: pa.array([tenant.tenant_id for tenant in tenants], pa.string()),
            NAME: pa.array([tenant.name for tenant in tenants], pa.string()),
            COMPLETE: pa.array([tenant.complete for tenant in tenants], pa.bool_()),
            N_MATCHES: pa.array(counts, pa.int32()),
            FINGERPRINT: pa.array(prints, pa.binary(16)),
        }
    )


def problems_table(problems: Sequence[Problem], name: str) -> pa.Table:
    """Return one row per problem, in the order of the list."""
    import pyarrow as pa  # noqa: PLC0415

    said = [problem.as_dict() for problem in problems]
    texts = {
        key: pa.array([each[key] for each in said], pa.string())
        for key in ("kind", "sheet", "column", "what", "hint")
    }
    return pa.table(
        {
            LIST: pa.array([name] * len(said), pa.string()),
            ROW: pa.array([each["row"] for each in said], pa.int64()),
            **texts,
        }
    )


def to_parquet(table: pa.Table) -> bytes:
    """Return a table as Parquet; the same bytes for the same rows."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    content = io.BytesIO()
    pq.write_table(table.combine_chunks(), content, compression="zstd")
    return content.getvalue()


def read_parquet(content: Any, wanted: Sequence[str] | None = None) -> pa.Table:
    """Return a table, or some columns of it, from the bytes or the path of a Parquet file."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    source = pa.BufferReader(content) if isinstance(content, bytes) else content
    return pq.ParquetFile(source).read(columns=None if wanted is None else list(wanted))
