"""What the files of the vocabulary must have in common: terms, fields, headers, weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matcher.catalogue.checking import check_circle, check_field, check_term, problem_in
from matcher.catalogue.offers import TERMS_OF_OFFER
from matcher.catalogue.tables import near
from matcher.catalogue.vocabulary import Facet, Field, Vocabulary, form_key
from matcher.catalogue.weights import Weights
from matcher.errors import Problem

_FIELDS, _HEADERS = "vocabulary/fields.toml", "headers.toml"
_WEIGHTS = "vocabulary/weights.toml"
_BLOCKS = (*TERMS_OF_OFFER, "partner_type", "text")


def check_facet(name: str, facet: Facet, sectors: Facet) -> Iterator[Problem]:
    """Yield what is wrong with the relations of the terms of a facet."""
    for term in facet:
        for other in (*term.parents, *term.related):
            yield from check_term(name, term.id, other, facet)
    for sector in dict.fromkeys(sector for sector, _ in facet.by_sector):
        yield from check_term(name, "turn", sector, sectors)
    turned = dict.fromkeys((term, means) for (_, term), means in facet.by_sector.items())
    for term_id in dict.fromkeys(each for pair in turned for each in pair):
        yield from check_term(name, "turn", term_id, facet)
    yield from check_circle(name, {term.id: term.parents for term in facet}, "parents")


def check_fields(fields: Mapping[str, Field], facets: Mapping[str, Facet]) -> Iterator[Problem]:
    """Yield what is wrong with the facets and the codes of fields."""
    for field in fields.values():
        where = f"field {field.id!r}"
        if field.facet is not None and field.facet not in facets:
            hint = near(field.facet, facets, f"one of {', '.join(facets)}")
            yield problem_in(_FIELDS, f"{where}: {field.facet!r} is no facet", hint)
        if field.kind in ("term", "terms") and field.facet is None:
            yield problem_in(_FIELDS, f"{where}: key 'facet' is missing", "name its facet")
        if (field.kind in ("statuses", "choice")) != bool(field.codes):
            what = f"{where}: kind {field.kind} and `statuses` or `choices` do not go together"
            yield problem_in(_FIELDS, what, "kind statuses has `statuses`, kind choice `choices`")


def check_headers(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what is wrong with the headers of fields, and each that two fields share."""
    fields = vocabulary.fields
    for header, meant in vocabulary.ambiguous.items():
        for field in meant:
            yield from check_field(_HEADERS, f"ambiguous {header!r}", field, fields)
    for field in vocabulary.aliases:
        yield from check_field(_HEADERS, "aliases", field, fields)
    names = [
        (field.id, name) for field in fields.values() for name in (field.id, *field.label.values())
    ]
    names += [(field, name) for field, aliases in vocabulary.aliases.items() for name in aliases]
    taken: dict[str, str] = {}
    for field, name in names:
        other = taken.setdefault(form_key(name), field)
        if other != field:
            what = f"header {name!r} stands for {other!r} and for {field!r}"
            yield problem_in(_HEADERS, what, "leave it with one, or move it to [ambiguous]")


def check_weights(weights: Weights, facets: Mapping[str, Facet]) -> Iterator[Problem]:
    """Yield what is wrong with the blocks and the readings of needs."""
    for block in weights.blocks:
        if block not in _BLOCKS:
            hint = near(block, _BLOCKS, f"one of {', '.join(_BLOCKS)}")
            yield problem_in(_WEIGHTS, f"block {block!r} is no facet of offers", hint)
    if not any(block.weight for block in weights.blocks.values()):
        yield problem_in(_WEIGHTS, "no block has a weight above 0", "give one a weight")
    for reading in weights.readings:
        for sector in sorted(reading.sectors):
            yield from check_term(_WEIGHTS, "reading", sector, facets["sector"])
        for kind in sorted(reading.kinds):
            yield from check_term(_WEIGHTS, "reading", kind, facets["partner_type"])
    for modality, sector in weights.sectors.items():
        yield from check_term(_WEIGHTS, "sectors", modality, facets["modality"])
        yield from check_term(_WEIGHTS, "sectors", sector, facets["sector"])
    for need, kinds in weights.kinds.items():
        yield from check_term(_WEIGHTS, "kinds", need, facets["need"])
        for kind in kinds:
            yield from check_term(_WEIGHTS, "kinds", kind, facets["partner_type"])
    for where, pairs in (("reading", weights.readings), ("space", weights.spaces)):
        for pair in pairs:
            for need in (pair.need, pair.means):
                yield from check_term(_WEIGHTS, where, need, facets["need"])
