"""What the data folder knows: vocabulary, partners, offers, rules, bridges, with their sources."""

from matcher.catalogue.bridges import Bridge
from matcher.catalogue.catalogue import Catalogue, pick
from matcher.catalogue.clusters import ClusterComparison, ClusterFact, Component, Note
from matcher.catalogue.offers import Offer, Partner
from matcher.catalogue.precedents import Precedent
from matcher.catalogue.provenance import Source, Text
from matcher.catalogue.reading import read_catalogue
from matcher.catalogue.rules import Rule
from matcher.catalogue.vocabulary import Facet, Field, Term, Vocabulary, ask_of
from matcher.catalogue.weighing import reweighed, without_block

__all__ = [
    "Bridge",
    "Catalogue",
    "ClusterComparison",
    "ClusterFact",
    "Component",
    "Facet",
    "Field",
    "Note",
    "Offer",
    "Partner",
    "Precedent",
    "Rule",
    "Source",
    "Term",
    "Text",
    "Vocabulary",
    "ask_of",
    "pick",
    "read_catalogue",
    "reweighed",
    "without_block",
]
