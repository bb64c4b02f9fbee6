"""Rank overseas partners for the tenants of a bio cluster.

Cosine similarity over a declared vocabulary, under eligibility rules that carry their sources.
Public names are resolved on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matcher.catalogue import Catalogue, read_catalogue
    from matcher.errors import DataError, MatcherError, Problem, UnknownIdError
    from matcher.features.transformer import TenantVectorizer
    from matcher.intake import Tenant, TenantList, read_tenants
    from matcher.recommender import MatchTable, PartnerRecommender

__version__ = "0.1.0"

_HOME = {
    "Catalogue": "matcher.catalogue",
    "DataError": "matcher.errors",
    "MatchTable": "matcher.recommender",
    "MatcherError": "matcher.errors",
    "PartnerRecommender": "matcher.recommender",
    "Problem": "matcher.errors",
    "Tenant": "matcher.intake",
    "TenantList": "matcher.intake",
    "TenantVectorizer": "matcher.features.transformer",
    "UnknownIdError": "matcher.errors",
    "read_catalogue": "matcher.catalogue",
    "read_tenants": "matcher.intake",
}

__all__ = [
    "Catalogue",
    "DataError",
    "MatchTable",
    "MatcherError",
    "PartnerRecommender",
    "Problem",
    "Tenant",
    "TenantList",
    "TenantVectorizer",
    "UnknownIdError",
    "__version__",
    "read_catalogue",
    "read_tenants",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return list(__all__)
