"""The feature space that tenants and offers share. Knows no rules."""

from matcher.features.asks import Ask, Profile
from matcher.features.encoder import (
    Vectors,
    build_space,
    encode_profiles,
    encode_terms,
    encode_words,
    offer_bags,
)
from matcher.features.places import PlaceHints
from matcher.features.profile import FIELD_OF_BLOCK, ProfileReader, overlap, telling_words
from matcher.features.space import TEXT, Block, FeatureSpace
from matcher.features.texts import TextReader
from matcher.features.words import Bag, build_words

__all__ = [
    "FIELD_OF_BLOCK",
    "TEXT",
    "Ask",
    "Bag",
    "Block",
    "FeatureSpace",
    "PlaceHints",
    "Profile",
    "ProfileReader",
    "TextReader",
    "Vectors",
    "build_space",
    "build_words",
    "encode_profiles",
    "encode_terms",
    "encode_words",
    "offer_bags",
    "overlap",
    "telling_words",
]
