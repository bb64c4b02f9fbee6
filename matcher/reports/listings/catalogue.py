"""What the catalogue knows, as rows and nested content for people and machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from matcher.catalogue import Catalogue, Offer, Partner, Rule, Source
from matcher.catalogue.offers import TERMS_OF_OFFER, Fact
from matcher.errors import UnknownIdError
from matcher.reports.labels import CLUSTERS, TIERS, word
from matcher.reports.listings.links import link_content


def partner_rows(
    catalogue: Catalogue,
    *,
    kind: str | None = None,
    cluster: str | None = None,
    term: str | None = None,
) -> list[dict[str, Any]]:
    """Return one row per partner, bridges last.

    Parameters
    ----------
    catalogue : Catalogue
        What is loaded.
    kind : str, optional
        Only partners of this kind: a term of the facet ``partner_type``, in any form.
    cluster : str, optional
        Only partners of this cluster, by id or name.
    term : str, optional
        Only partners with an active offer of this term, or of one below it, in any form; such
        offers alone are listed.

    Raises
    ------
    UnknownIdError
        When no term has that form, or no cluster.
    """
    if cluster is not None:
        cluster = _cluster_named(cluster)
    wanted = _terms_named(catalogue, term) if term is not None else None
    kinds = _terms_named(catalogue, kind, "partner_type") if kind is not None else None

    def offers(partner: Partner) -> list[str]:
        return [
            offer.id.partition("/")[2]
            for offer in partner.offers
            if offer.active and (wanted is None or _names_any(catalogue, offer, wanted))
        ]

    return [
        {
            "id": partner.id,
            "ko": partner.name["ko"],
            "en": partner.name["en"],
            "kind": catalogue.vocabulary.label("partner_type", partner.kind, "ko"),
            "clusters": list(partner.clusters),
            "role": partner.role,
            "offers": offers(partner),
            "sources": len(partner.sources),
        }
        for partner in sorted(catalogue.partners, key=lambda each: (each.role == "bridge", each.id))
        if (kinds is None or ("partner_type", partner.kind) in kinds)
        and (cluster is None or cluster in partner.clusters)
        and (wanted is None or offers(partner))
    ]


def partner_content(catalogue: Catalogue, partner_id: str) -> dict[str, Any]:
    """Return all that is known about a partner; raises `UnknownIdError`."""
    partner = catalogue.partner(partner_id)
    return {
        "id": partner.id,
        "name": dict(partner.name),
        "aliases": list(partner.aliases),
        "kind": partner.kind,
        "role": partner.role,
        "clusters": list(partner.clusters),
        "city": partner.city,
        "country": partner.country,
        "website": partner.website,
        "ror": partner.ror,
        "offers": [_offer(catalogue, offer) for offer in partner.offers],
        "facts": [_fact(fact) for fact in partner.facts],
        **link_content(catalogue, partner_id),
        "unknown": list(partner.unknown),
        "sources": [_source(source) for source in partner.sources],
    }


def rule_rows(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return one row per rule."""
    return [
        {
            "id": rule.id,
            "offers": list(rule.offers),
            "kind": rule.kind,
            "status": rule.status,
            "ko": rule.label["ko"],
            "as_of": rule.source.as_of or "-",
            "cases": len(rule.cases),
            "source": rule.source.url,
        }
        for rule in catalogue.rules
    ]


def rule_content(catalogue: Catalogue, rule_id: str) -> dict[str, Any]:
    """Return a rule with its source, condition and cases; raises `UnknownIdError`."""
    rule = catalogue.rule(rule_id)
    return {
        **_rule(rule),
        "when": _plain(rule.when),
        "requires": _plain(rule.requires),
        "cases": [_plain(case) for case in rule.cases],
    }


def term_rows(catalogue: Catalogue, wanted: str | None = None) -> list[dict[str, Any]]:
    """Return one row per term; with `wanted` those of a facet, or of that id, with all forms.

    Raises
    ------
    UnknownIdError
        When nothing is called that.
    """
    rows = []
    for name, facet in catalogue.vocabulary.facets.items():
        for term in facet:
            if wanted not in (None, name, term.id):
                continue
            row: dict[str, Any] = {
                "facet": name,
                "id": term.id,
                "ko": term.label["ko"],
                "en": term.label["en"],
            }
            if wanted is not None:
                row |= {"forms": [*term.forms[2:], *term.abbr], "wider": list(term.parents)}
            rows.append(row)
    if not rows:
        raise UnknownIdError("facet or term", wanted or "")
    return rows


def content_lines(content: Any, indent: int = 0) -> Iterator[str]:
    """Yield nested content as indented lines; what is empty is left out."""
    pad = "  " * indent
    if isinstance(content, Mapping):
        for key, value in content.items():
            if value in (None, "", [], {}):
                continue
            if isinstance(value, Mapping) and set(value) == {"ko", "en"}:
                yield f"{pad}{key}: {value['ko']} / {value['en']}"
            elif isinstance(value, Mapping) and set(value) == {"url", "as_of", "tier"}:
                dated = value["as_of"] or word("undated", "ko")
                yield f"{pad}{key}: {value['url']} ({dated}, {TIERS[value['tier']]['ko']})"
            elif isinstance(value, Mapping | list):
                if isinstance(value, list) and not any(
                    isinstance(v, Mapping | list) for v in value
                ):
                    yield f"{pad}{key}: {', '.join(map(str, value))}"
                else:
                    yield f"{pad}{key}:"
                    yield from content_lines(value, indent + 1)
            else:
                yield f"{pad}{key}: {value}"
    else:
        for value in content:
            if isinstance(value, Mapping):
                first, *rest = content_lines(value, indent + 1)
                yield f"{pad}- {first.strip()}"
                yield from rest
            else:
                yield f"{pad}- {value}"


def _offer(catalogue: Catalogue, offer: Offer) -> dict[str, Any]:
    return {
        "id": offer.id,
        "name": dict(offer.name),
        "summary": dict(offer.summary),
        "status": offer.status,
        "terms": {facet: list(terms) for facet, terms in offer.terms.items() if terms},
        "also": list(offer.also),
        "strength": offer.strength,
        "strength_basis": offer.strength_basis,
        "rules": [_rule(rule) for rule in catalogue.rules_of_offer.get(offer.id, ())],
        "sources": [_source(source) for source in offer.sources],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "topic": fact.topic,
        "text": dict(fact.text),
        "offers": list(fact.offers),
        "source": _source(fact.source),
    }


def _cluster_named(name: str) -> str:
    for cluster, label in CLUSTERS.items():
        if name.casefold() in (cluster, label["ko"], label["en"].casefold()):
            return cluster
    raise UnknownIdError("cluster", name, [*CLUSTERS])


def _terms_named(catalogue: Catalogue, form: str, *facets: str) -> set[tuple[str, str]]:
    """Return facet and id of the terms that go by a form; raises `UnknownIdError` for none."""
    known = catalogue.vocabulary.facets
    searched = {name: known[name] for name in facets or (*TERMS_OF_OFFER,)}
    found = {
        (name, term.id)
        for name, facet in searched.items()
        if (term := facet.terms.get(form) or facet.find(form)) is not None
    }
    if not found:
        near = [label for facet in searched.values() for label in facet.suggest(form)]
        raise UnknownIdError("term", form, near[:3])
    return found


def _names_any(catalogue: Catalogue, offer: Offer, wanted: set[tuple[str, str]]) -> bool:
    facets = catalogue.vocabulary.facets
    return any(
        facets[facet].within(term, wide)
        for facet, wide in wanted
        for term in (*offer.terms[facet], *(offer.also if facet == "need" else ()))
    )


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "label": dict(rule.label),
        "kind": rule.kind,
        "status": rule.status,
        "offers": list(rule.offers),
        "source": _source(rule.source),
        "evidence": rule.evidence,
        "effective_from": rule.effective_from,
        "effective_to": rule.effective_to,
    }


def _source(source: Source) -> dict[str, Any]:
    return {"url": source.url, "as_of": source.as_of, "tier": source.tier}


def _plain(node: Any) -> Any:
    """Return a condition, remedy or case as plain tables, without what is not set."""
    if is_dataclass(node) and not isinstance(node, type):
        named = {f.name: _plain(getattr(node, f.name)) for f in fields(node)}
        kind = {"node": type(node).__name__} if "parts" in named or "part" in named else {}
        return kind | {name: value for name, value in named.items() if value not in (None, [], {})}
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, tuple | list):
        return [_plain(value) for value in node]
    return node
