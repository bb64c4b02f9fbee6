"""An explanation as text: the parts of the score as bars that add up, then every rule."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.catalogue import Catalogue, ask_of
from matcher.features import TEXT, Profile
from matcher.recommender import Explanation, RecordKeeper
from matcher.reports import labels
from matcher.reports.labels import word

_WIDTH = 40
_LANGUAGE = "ko"
_PRECEDENTS = 3


def explanation_lines(explained: Explanation, catalogue: Catalogue) -> Iterator[str]:
    """Yield the lines of an explanation.

    A bar of full width is a fit of 1; the bars of the parts together are as long as that of the
    score.
    """
    partner = catalogue.partner(explained.offer.partner_id)
    tenant, offer = explained.tenant, explained.offer
    names = f"{partner.name[_LANGUAGE]} — {offer.name[_LANGUAGE]} ({offer.id})"
    yield f"{tenant.tenant_id} {tenant.name} → {names}"
    yield f"{offer.summary[_LANGUAGE]}"
    yield ""
    yield f"{explained.score:7.4f}  {_bar(0.0, explained.score)}  {word('score', _LANGUAGE)}"
    start = 0.0
    for block, part in sorted(explained.contributions.items(), key=lambda item: -item[1]):
        field = labels.block_label(block, catalogue.vocabulary.fields, _LANGUAGE)
        terms = explained.shared.get(block, ())
        shared = ", ".join(catalogue.vocabulary.label(block, term, _LANGUAGE) for term in terms)
        if not offer.terms.get(block) and block not in ("partner_type", TEXT):
            shared = "제한 없음"
        yield f"{part:+7.4f}  {_bar(start, part)}  {field}" + (f": {shared}" if shared else "")
        start += part
    factors = ", ".join(
        f"{labels.FACTORS[name][_LANGUAGE]} × {factor:.3f}"
        for name, factor in explained.factors.items()
    )
    yield f"         {word('factors', _LANGUAGE)}: {factors}"
    if explained.stability is not None:
        yield f"         {word('stability', _LANGUAGE)}: {explained.stability:.0%}"
    for block, quotes in explained.evidence.items():
        field = labels.block_label(block, catalogue.vocabulary.fields, _LANGUAGE)
        yield f"         {word('quoted', _LANGUAGE)} — {field}: {', '.join(quotes)}"
    yield ""
    yield f"{word('verdict', _LANGUAGE)}: {labels.VERDICTS[explained.verdict.word][_LANGUAGE]}"
    for finding in explained.findings:
        rule = finding.rule
        yield f"  · {finding.reason[_LANGUAGE]}"
        dated = rule.source.as_of or word("undated", _LANGUAGE)
        yield (
            f"    {rule.id} · {labels.RULE_KINDS[rule.kind][_LANGUAGE]} · "
            f"{labels.RULE_STATUSES[rule.status][_LANGUAGE]} · {rule.source.url} ({dated})"
        )
        for asked in finding.unknown:
            question = ask_of(catalogue.vocabulary.fields[asked])[_LANGUAGE]
            yield f"    {word('question', _LANGUAGE)}: {question}"
    if not explained.findings:
        yield "  공개된 요건 없음"
    yield ""
    for source in offer.sources:
        dated = source.as_of or word("undated", _LANGUAGE)
        yield f"{word('source', _LANGUAGE)}: {source.url} ({dated})"


def _bar(start: float, length: float) -> str:
    first, last = round(start * _WIDTH), round((start + length) * _WIDTH)
    return ("·" * first + "█" * (last - first)).ljust(_WIDTH)


def record_lines(keeper: RecordKeeper, profile: Profile, partner_id: str) -> Iterator[str]:
    """Yield what the record says of a tenant and a partner, beside the fit and no part of it."""
    record = keeper.of(profile)
    share = keeper.share(record, partner_id)
    yield f"{word('record', _LANGUAGE)}: {share:.0%}"
    for each in record.voters.get(partner_id, ())[:_PRECEDENTS]:
        dated = each.date or word("undated", _LANGUAGE)
        yield f"  · {each.company[_LANGUAGE]}: {each.note[_LANGUAGE]} — {each.url} ({dated})"
