"""A partner or a rule as a page of text: names before ids, each rule once, each source a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from matcher.catalogue import Bridge, Catalogue, Offer, Partner, Precedent, Rule, Source
from matcher.catalogue.offers import Fact
from matcher.catalogue.precedents import KINDS
from matcher.catalogue.rules import Case
from matcher.reports.labels import (
    BASES,
    CLUSTERS,
    OFFER_STATUSES,
    RULE_KINDS,
    RULE_STATUSES,
    RULE_VERDICTS,
    TIERS,
    TOPICS,
    word,
)
from matcher.reports.listings.conditions import condition_lines

_Thing = TypeVar("_Thing")

_OFFERED = {"need": "지원 분야", "place": "지역"}
"""Facets that a tenant wishes for and an offer has."""


def partner_table(catalogue: Catalogue, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of `listings.catalogue.partner_rows` as a reader sees them."""
    table = []
    for row in rows:
        offers = {offer.id: offer for offer in catalogue.partner(row["id"]).offers}
        role = ["국내 연결 기관"] if row["role"] == "bridge" else []
        table.append(
            {
                "id": row["id"],
                "기관": f"{row['ko']} / {row['en']}",
                "유형": " · ".join([row["kind"], *role]),
                "클러스터": [CLUSTERS[each]["ko"] for each in row["clusters"]],
                "운영 중인 제공 사항": [
                    offers[f"{row['id']}/{each}"].name["ko"] for each in row["offers"]
                ],
                "출처": row["sources"],
            }
        )
    return table


def rule_table(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return one row per rule as a reader sees it."""
    names = {partner.id: partner.name["ko"] for partner in catalogue.partners}
    return [
        {
            "id": rule.id,
            "요건": rule.label["ko"],
            "종류": RULE_KINDS[rule.kind]["ko"],
            "상태": RULE_STATUSES[rule.status]["ko"],
            "기관(제공 사항 수)": [
                f"{names[partner]}({count})"
                for partner, count in Counter(
                    offer.partition("/")[0] for offer in rule.offers
                ).items()
            ],
            "기준일": rule.source.as_of or word("undated", "ko"),
            "사례": len(rule.cases),
        }
        for rule in catalogue.rules
    ]


def partner_page(catalogue: Catalogue, partner_id: str) -> Iterator[str]:
    """Yield all that is known about a partner, line by line; raises `UnknownIdError`."""
    partner = catalogue.partner(partner_id)
    names = {offer.id: offer.name["ko"] for offer in partner.offers}
    rules = sorted(
        (rule for rule in catalogue.rules if names.keys() & set(rule.offers)),
        key=lambda rule: [*RULE_KINDS].index(rule.kind),
    )
    yield f"{_both(partner.name)} ({partner.id})"
    yield from _head(catalogue, partner)
    yield from _section("제공 사항", partner.offers, lambda each: _offer(catalogue, each, rules))
    yield from _section("요건", rules, lambda each: _rule(each, names))
    yield from _section("알려진 사실", partner.facts, lambda each: _fact(each, names))
    bridges = catalogue.bridges_of(partner_id)
    yield from _section("국내 연결 기관", bridges, lambda each: _bridge(catalogue, each))
    yield from _section("국내 기업 선례", catalogue.precedents_of(partner_id), _precedent)
    yield from _section("찾지 못한 것", partner.unknown, lambda each: iter([f"- {each}"]))


def rule_page(catalogue: Catalogue, rule_id: str) -> Iterator[str]:
    """Yield a rule with condition and cases, line by line; raises `UnknownIdError`."""
    rule = catalogue.rule(rule_id)
    partners = {partner.id: partner for partner in catalogue.partners}
    names = {
        offer.id: f"{partner.name['ko']} — {offer.name['ko']} ({offer.id})"
        for partner in partners.values()
        for offer in partner.offers
    }
    yield f"{_both(rule.label)} ({rule.id})"
    yield f"  종류: {_sort(rule)}"
    for offer in rule.offers:
        yield f"  제공 사항: {names[offer]}"
    yield from _grounds(rule, "  ")
    for title, condition in (("적용 대상", rule.when), ("조건", rule.requires)):
        if condition is not None:
            yield from ("", title)
            yield from condition_lines(condition, catalogue)
    yield from _section("시험 사례", rule.cases, lambda each: _case(catalogue, each))


def _head(catalogue: Catalogue, partner: Partner) -> Iterator[str]:
    kind = catalogue.vocabulary.label("partner_type", partner.kind, "ko")
    clusters = ", ".join(CLUSTERS[each]["ko"] for each in partner.clusters)
    role = "국내 연결 기관, 순위 대상 아님" if partner.role == "bridge" else ""
    yield f"  유형: {' · '.join(filter(None, (kind, clusters, role)))}"
    known = {
        "소재지": ", ".join(filter(None, (partner.city, partner.country))),
        "다른 이름": ", ".join(partner.aliases),
        "누리집": partner.website,
        "ROR": partner.ror,
    }
    yield from (f"  {name}: {value}" for name, value in known.items() if value)


def _offer(catalogue: Catalogue, offer: Offer, rules: Iterable[Rule]) -> Iterator[str]:
    vocabulary = catalogue.vocabulary
    yield f"- {_both(offer.name)} ({offer.id}) [{OFFER_STATUSES[offer.status]['ko']}]"
    yield f"  {_both(offer.summary)}"
    said = {
        _OFFERED.get(facet) or vocabulary.facets[facet].label["ko"]: (facet, of)
        for facet, of in offer.terms.items()
    }
    said["부수 제공"] = ("need", offer.also)
    terms = [
        f"{name}: {', '.join(vocabulary.label(facet, term, 'ko') for term in of)}"
        for name, (facet, of) in said.items()
        if of
    ]
    if terms:
        yield f"  {' · '.join(terms)}"
    basis = f": {offer.strength_basis}" if offer.strength_basis else ""
    yield f"  근거 강도 {offer.strength:g}{basis}"
    counts: dict[str, int] = {}
    for rule in rules:
        if offer.id in rule.offers:
            kind = RULE_KINDS[rule.kind]["ko"]
            counts[kind] = counts.get(kind, 0) + 1
    if counts:
        yield f"  요건: {', '.join(f'{kind} {count}건' for kind, count in counts.items())}"
    yield from (f"  {_source(source)}" for source in offer.sources)


def _rule(rule: Rule, names: Mapping[str, str]) -> Iterator[str]:
    yield f"- {_both(rule.label)} ({rule.id}) [{_sort(rule)}]"
    yield f"  제공 사항: {_of(rule.offers, names)}"
    yield from _grounds(rule, "  ")


def _grounds(rule: Rule, pad: str) -> Iterator[str]:
    if rule.effective_from or rule.effective_to:
        yield f"{pad}적용 기간: {rule.effective_from or ''} ~ {rule.effective_to or ''}"
    if rule.evidence:
        yield f"{pad}원문 인용: “{rule.evidence}”"
    yield f"{pad}{_source(rule.source)}"


def _fact(fact: Fact, names: Mapping[str, str]) -> Iterator[str]:
    yield f"- [{TOPICS[fact.topic]['ko']}] {_both(fact.text)}"
    if fact.offers:
        yield f"  제공 사항: {_of(fact.offers, names)}"
    yield f"  {_source(fact.source)}"


def _bridge(catalogue: Catalogue, bridge: Bridge) -> Iterator[str]:
    ends = [f"{catalogue.name_of(end)['ko']} ({end})" for end in (bridge.origin, bridge.target)]
    basis = BASES[bridge.basis]["ko"]
    lives = "" if bridge.confirmed else f" · {word('recheck_link', 'ko')}"
    yield f"- {_both(bridge.label)} [{basis}{lives}]"
    yield f"  {' → '.join(ends)}"
    yield f"  출처: {bridge.url} ({bridge.as_of or word('undated', 'ko')})"


def _precedent(precedent: Precedent) -> Iterator[str]:
    yield f"- {_both(precedent.company)} [{KINDS[precedent.kind]['ko']}]: {_both(precedent.note)}"
    yield f"  출처: {precedent.url} ({precedent.date or word('undated', 'ko')})"


def _case(catalogue: Catalogue, case: Case) -> Iterator[str]:
    cells = [
        f"{catalogue.vocabulary.fields[field].label['ko']} {cell or '미기재'}"
        for field, cell in case.tenant.items()
    ]
    yield f"- {case.name}: {'; '.join(cells)} → {RULE_VERDICTS[case.verdict]['ko']}"


def _section(
    title: str, things: Iterable[_Thing], lines: Callable[[_Thing], Iterator[str]]
) -> Iterator[str]:
    """Yield a heading with a count and the lines of each thing; nothing where there is none."""
    listed = [*things]
    if listed:
        yield from ("", f"{title} {len(listed)}건")
    for thing in listed:
        yield from lines(thing)


def _of(offers: Iterable[str], names: Mapping[str, str]) -> str:
    """Return the names of the offers of the partner, and how many there are of others."""
    offers = [*offers]
    own = [names[offer] for offer in offers if offer in names]
    others = len(offers) - len(own)
    return ", ".join(own) + (f" (다른 기관의 제공 사항 {others}건에도 적용)" if others else "")


def _sort(rule: Rule) -> str:
    return f"{RULE_KINDS[rule.kind]['ko']} · {RULE_STATUSES[rule.status]['ko']}"


def _source(source: Source) -> str:
    return (
        f"출처: {source.url} ({source.as_of or word('undated', 'ko')}, {TIERS[source.tier]['ko']})"
    )


def _both(text: Mapping[str, str]) -> str:
    return " / ".join(filter(None, (text.get("ko"), text.get("en"))))
