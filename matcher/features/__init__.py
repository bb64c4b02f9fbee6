"""The feature space that tenants and offers share. Knows no rules."""

from matcher.features.encoder import (
    encode_offers,
    encode_profiles,
    partner_kinds,
    stated_columns,
)
from matcher.features.profile import FIELD_OF_BLOCK, Ask, Profile, ProfileReader, overlap
from matcher.features.space import Block, FeatureSpace, build_space

__all__ = [
    "FIELD_OF_BLOCK",
    "Ask",
    "Block",
    "FeatureSpace",
    "Profile",
    "ProfileReader",
    "build_space",
    "encode_offers",
    "encode_profiles",
    "overlap",
    "partner_kinds",
    "stated_columns",
]
