"""Routes and what-ifs as text, and in the keys of the JSON output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from matcher.catalogue import Catalogue
from matcher.eligibility import PairVerdict
from matcher.recommender import (
    MATCHES,
    NEAR_MISSES,
    NOT_RANKED,
    Entry,
    MatchTable,
    RankShift,
    Step,
    VerdictShift,
)
from matcher.reports import labels
from matcher.reports.labels import word
from matcher.reports.listings import tables
from matcher.reports.model.steps import StepLiner, helper_texts

_LANGUAGE = "ko"


def route_offers(table: MatchTable, tenant: int, wanted: str | None) -> list[int]:
    """Return the offers whose routes are asked for, by position, best fit first.

    Parameters
    ----------
    table : MatchTable
        The result.
    tenant : int
        Whose routes, by position.
    wanted : str or None
        Full id of an offer, id of a partner (then its active offers that are not eligible, or the
        one by which it stands in the lists), or None for all near misses.

    Raises
    ------
    UnknownIdError
        When there is no such partner or offer.
    """
    offers = table.catalogue.offers
    if wanted is None:
        near = table.of_tenant(tenant, NEAR_MISSES)
        below = [each for entry in table.of_tenant(tenant, MATCHES) for each in entry.excluded]
        found = [entry.offer for entry in (*near, *below) if entry.list == NEAR_MISSES]
    else:
        one = table.offer_wanted(tenant, wanted)
        partner = offers[one].partner_id
        found = [
            at
            for at, offer in enumerate(offers)
            if "/" not in wanted
            and offer.partner_id == partner
            and offer.active
            and table.eligibility.verdict(tenant, at) != PairVerdict.ELIGIBLE
        ] or [one]
    return sorted(found, key=lambda at: (-float(table.scores[tenant, at]), at))


def route_content(table: MatchTable, tenant: int, offers: Iterable[int]) -> dict[str, Any]:
    """Return the routes of a tenant to offers, by positions."""
    return {
        "tenant_id": table.tenants[tenant].tenant_id,
        "offers": [
            {
                "partner_id": table.catalogue.offers[at].partner_id,
                "offer_id": table.catalogue.offers[at].id,
                "score": round(float(table.scores[tenant, at]), tables.SHOWN_DIGITS),
                "verdict": table.eligibility.verdict(tenant, at).word,
                "routes": tables.routes_content(table, tenant, at),
                "blocked_by": tables.blocked_by(table, tenant, at),
            }
            for at in offers
        ],
    }


def route_lines(table: MatchTable, tenant: int, offers: Sequence[int]) -> Iterator[str]:
    """Yield the routes of a tenant to offers, by positions."""
    if not offers:
        yield f"{_tenant(table, tenant)}: {word('no_near', _LANGUAGE)}"
    for at in offers:
        verdict = labels.VERDICTS[table.eligibility.verdict(tenant, at).word][_LANGUAGE]
        fit = f"{word('score', _LANGUAGE)} {table.scores[tenant, at]:.3f}"
        yield f"{_tenant(table, tenant)} → {_offer(table.catalogue, at)} · {verdict} · {fit}"
        for finding in table.eligibility.findings(tenant, at):
            if finding.rule.kind != "preference":
                yield f"  · {finding.reason[_LANGUAGE]}"
        yield from _silent(table, at)
        yield from _routes(table, tenant, at)
        yield ""


def _routes(table: MatchTable, tenant: int, offer: int) -> Iterator[str]:
    liner = StepLiner(table.catalogue, _LANGUAGE)
    plan = table.plan(tenant, offer)
    for blocker in plan.blockers:
        yield f"  {word('no_route', _LANGUAGE)}: {liner.blocker(blocker)}"
    if not plan.routes and not plan.blockers:
        known = "nothing_open" if table.eligibility.rules(offer) else "no_rules_known"
        yield f"  {word(known, _LANGUAGE)}"
    routes = table.routes(tenant, offer)
    for number, route in enumerate(routes, 1):
        which = f" {number}" if len(routes) > 1 else ""
        yield f"  {word('route', _LANGUAGE)}{which} ({len(route)}{word('steps', _LANGUAGE)})"
        for at, step in enumerate(route, 1):
            yield from _step(liner, step, at)


def _step(liner: StepLiner, step: Step, number: int) -> Iterator[str]:
    line = liner.step(step)
    yield f"    {number}. {line.action}"
    if line.question:
        yield f"       {word('ask_first', _LANGUAGE)}: {line.question}"
    for at, helper in enumerate(helper_texts(line, _LANGUAGE)):
        yield f"       {word('with', _LANGUAGE)} {at + 1}: {helper}"
    if not line.helpers and line.bridges:
        yield f"       {word('bridges', _LANGUAGE)}: {', '.join(line.bridges)}"
    if line.proof:
        yield f"       {word('proof', _LANGUAGE)}: {line.proof}"
    if line.takes:
        yield f"       {word('takes', _LANGUAGE)}: {line.takes}"
    sets = " ".join(f"--set '{field}={cell}'" for field, cell in step.sets)
    yield f"       {word('sets', _LANGUAGE)}: {sets}"


def shift_content(
    catalogue: Catalogue,
    tenant_ids: Sequence[str],
    turned: Iterable[VerdictShift],
    moved: Iterable[RankShift],
) -> dict[str, Any]:
    """Return what turned and moved, in the keys of the JSON output."""
    return {
        "verdicts": [
            {
                "tenant_id": tenant_ids[each.tenant],
                "partner_id": catalogue.offers[each.offer].partner_id,
                "offer_id": catalogue.offers[each.offer].id,
                "before": each.before.word,
                "after": each.after.word,
                "score": round(each.fit, tables.SHOWN_DIGITS),
                "in_target": each.in_target,
                "rules": list(each.rules),
            }
            for each in turned
        ],
        "ranking": [
            {
                "tenant_id": tenant_ids[each.tenant],
                "partner_id": catalogue.ranked_partners[each.partner].id,
                "before": _place_content(catalogue, each.before),
                "after": _place_content(catalogue, each.after),
            }
            for each in moved
        ],
    }


def _place_content(catalogue: Catalogue, entry: Entry) -> dict[str, Any]:
    return {
        "list": entry.list,
        "rank": entry.rank,
        "offer_id": catalogue.offers[entry.offer].id,
        "score": round(entry.score, tables.SHOWN_DIGITS),
    }


def shift_lines(
    table: MatchTable, turned: Sequence[VerdictShift], moved: Sequence[RankShift]
) -> Iterator[str]:
    """Yield what opens, what closes and how the ranking moves, by tenant."""
    catalogue = table.catalogue
    several = len(table.tenants) > 1
    for key, opens in (("opens", True), ("closes", False)):
        some = [each for each in turned if each.opens == opens]
        if some:
            yield f"{word(key, _LANGUAGE)} ({len(some)})"
        for each in some:
            who = f"{_tenant(table, each.tenant)} → " if several else ""
            before, after = (
                labels.VERDICTS[verdict.word][_LANGUAGE] for verdict in (each.before, each.after)
            )
            outside = "" if each.in_target else f" · {word('outside', _LANGUAGE)}"
            yield (
                f"  · {who}{_offer(catalogue, each.offer)}: {before} → {after} "
                f"({word('score', _LANGUAGE)} {each.fit:.3f}{outside})"
            )
            for rule_id in each.rules:
                yield f"      {catalogue.rule(rule_id).label[_LANGUAGE]}"
    if not turned:
        yield word("nothing_turns", _LANGUAGE)
    if not moved:
        yield word("nothing_moves", _LANGUAGE)
        return
    yield f"{word('moves', _LANGUAGE)} ({len(moved)})"
    for move in moved:
        who = f"{_tenant(table, move.tenant)} → " if several else ""
        partner = catalogue.ranked_partners[move.partner].name[_LANGUAGE]
        yield f"  · {who}{partner}: {_place(move.before)} → {_place(move.after)}"


def effect_lines(catalogue: Catalogue, before: str, after: str) -> Iterator[str]:
    """Yield the judged rules that come into effect or go out of it between two days."""
    for rule in catalogue.rules:
        if rule.requires is None or rule.in_effect(before) == rule.in_effect(after):
            continue
        key = "comes" if rule.in_effect(after) else "goes"
        day = rule.effective_from if key == "comes" else rule.effective_to
        yield f"{word(key, _LANGUAGE)}: {rule.label[_LANGUAGE]} ({rule.id}, {day})"


def _silent(table: MatchTable, offer: int) -> Iterator[str]:
    """Yield the rules of an offer that are not in effect on the day of the run."""
    day = table.eligibility.as_of
    for rule in table.catalogue.rules_of_offer[table.catalogue.offers[offer].id]:
        if rule.requires is not None and not rule.in_effect(day):
            span = f"{rule.effective_from or ''}~{rule.effective_to or ''}"
            yield f"  · {word('not_in_effect', _LANGUAGE)}: {rule.label[_LANGUAGE]} ({span})"


def _place(entry: Entry) -> str:
    if entry.rank is not None:
        return f"{entry.rank}위"
    if entry.list == NOT_RANKED:
        return labels.REASONS[entry.reason or "beyond_k"][_LANGUAGE]
    return word(entry.list, _LANGUAGE)


def _tenant(table: MatchTable, tenant: int) -> str:
    who = table.tenants[tenant]
    return f"{who.tenant_id} {who.name}"


def _offer(catalogue: Catalogue, at: int) -> str:
    offer = catalogue.offers[at]
    partner = catalogue.partner(offer.partner_id)
    return f"{partner.name[_LANGUAGE]} — {offer.name[_LANGUAGE]} ({offer.id})"
