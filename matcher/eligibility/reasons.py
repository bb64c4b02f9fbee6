"""Why a rule has the verdict it has, in Korean and English, in the tenant's own words."""

from __future__ import annotations

from matcher.catalogue import Catalogue, Rule, Text
from matcher.catalogue.conditions import Comparison, comparisons
from matcher.eligibility.comparing import converted, near_limit
from matcher.eligibility.verdicts import RuleVerdict
from matcher.intake.tenants import Tenant
from matcher.quantities import Money

_ENDINGS = {
    RuleVerdict.MET: Text(ko="충족", en="met"),
    RuleVerdict.NOT_MET: Text(ko="미충족", en="not met"),
    RuleVerdict.UNKNOWN: Text(ko="확인 필요", en="to be confirmed"),
    RuleVerdict.NOT_APPLICABLE: Text(ko="해당 없음", en="not applicable"),
}


def reason(rule: Rule, verdict: RuleVerdict, tenant: Tenant, catalogue: Catalogue) -> Text:
    """Return the requirement, what the tenant's cells say of it, and what follows."""
    seen: dict[str, Comparison] = {}
    if rule.requires is not None:
        for comparison in comparisons(rule.requires):
            seen.setdefault(comparison.field, comparison)
    facts = [_fact(comparison, tenant, catalogue) for comparison in seen.values()]
    return Text(
        {
            language: f"{rule.label[language]} — "
            + "; ".join(fact[language] for fact in facts)
            + f" → {_ENDINGS[verdict][language]}"
            for language in ("ko", "en")
        }
    )


def _fact(comparison: Comparison, tenant: Tenant, catalogue: Catalogue) -> Text:
    field = catalogue.vocabulary.fields[comparison.field]
    stated = tenant.stated.get(field.id, "")
    if not stated or stated == "-":
        return Text(ko=f"{field.label['ko']} 미기재", en=f"{field.label['en']}: not stated")
    note = _conversion_note(comparison, tenant, catalogue)
    return Text(
        ko=f"{field.label['ko']} '{stated}'{note['ko']}",
        en=f"{field.label['en']} '{stated}'{note['en']}",
    )


def _conversion_note(comparison: Comparison, tenant: Tenant, catalogue: Catalogue) -> Text:
    value = tenant.values.get(comparison.field)
    if not isinstance(value, Money) or comparison.currency in (None, value.currency):
        return Text(ko="", en="")
    amount = converted(value, comparison, catalogue)
    ends = dict.fromkeys(f"{end:,.0f}" for end in (amount.low, amount.high))
    shown = f"{comparison.currency} {'~'.join(ends)}"
    near = any(near_limit(end, comparison) for end in (amount.low, amount.high))
    day = catalogue.rates.as_of
    return Text(
        ko=f" (환산 {shown}, {day} 환율" + (", 한도의 10% 이내)" if near else ")"),
        en=f" ({shown} at the rate of {day}" + (", within 10% of the limit)" if near else ")"),
    )
