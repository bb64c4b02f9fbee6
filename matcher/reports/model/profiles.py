"""What a report tells of a tenant itself, in one language and for one audience."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.catalogue.vocabulary import Vocabulary
from matcher.intake import Tenant
from matcher.quantities import Empty
from matcher.reports import labels

_BRIEF = (
    "sector",
    "founded_on",
    "dev_stage",
    "trl",
    "funding_round",
    "funding_total",
    "target_countries",
    "survey_date",
)
"""What one page has room for of the profile."""

_TEASER = (
    "sector",
    "modality",
    "indication",
    "dev_stage",
    "trl",
    "funding_round",
    "needs",
)
"""What a partner is told of a tenant: no money, and no place but its own."""

_PROFILE = (
    "sector",
    "modality",
    "indication",
    "dev_stage",
    "trl",
    "funding_round",
    "funding_total",
    "revenue",
    "target_countries",
    "needs",
    "partner_types",
    "survey_date",
)
"""What the profile of a page shows, in this order; nothing of it is personal."""

_INTERNAL = (
    "item_name",
    "local_entities",
    "joint_research",
    "local_pi",
    "contacted_before",
)
"""What only the office sees: free text and names, in which persons may stand."""


_REMARK = re.compile(r"\([^()]*\)")


class ProfileTeller:
    """Tells what is known of tenants.

    Parameters
    ----------
    vocabulary : Vocabulary
        Words of the cells.
    language : {'ko', 'en'}
        Of labels and known words.
    internal : bool
        Whether the reader is of the office: nobody else sees free text.
    """

    def __init__(self, vocabulary: Vocabulary, language: str, *, internal: bool) -> None:
        self.vocabulary = vocabulary
        self.language = language
        self.internal = internal

    def name(self, tenant: Tenant) -> str:
        """Return the name to be shown."""
        english = tenant.stated.get("name_en") if self.language == "en" else None
        return english or tenant.name

    def asked(self, tenant: Tenant) -> tuple[tuple[str, str], ...]:
        """Return the needs as terms and labels; words that no term means only for the office."""
        value = tenant.values.get("needs")
        known = self.vocabulary.facets["need"].terms
        return tuple(
            (str(need), self.vocabulary.label("need", str(need), self.language))
            for need in (value if isinstance(value, tuple) else ())
            if self.internal or need in known
        )

    def technology(self, tenant: Tenant) -> str:
        """Return what the tenant makes, in its own words; only the office sees them."""
        words = (tenant.stated.get(field, "") for field in ("item_name", "tech_summary"))
        return " — ".join(filter(None, words)) if self.internal else ""

    def profile(self, tenant: Tenant) -> tuple[tuple[str, str], ...]:
        """Return what the page shows of a tenant: labels and cells."""
        return self._cells(tenant, _PROFILE + (_INTERNAL if self.internal else ()))

    def brief(self, tenant: Tenant) -> tuple[tuple[str, str], ...]:
        """Return what a summary on one sheet shows of it."""
        return self._cells(tenant, _BRIEF)

    def teaser(self, tenant: Tenant) -> tuple[tuple[str, str], ...]:
        """Return what a partner is told of it."""
        return self._cells(tenant, _TEASER)

    def cell(self, tenant: Tenant, field_id: str) -> str:
        """Return a cell in the language of the report where the vocabulary knows its words.

        Who is not of the office sees no words but those of the vocabulary, and no remark.
        """
        field, value = self.vocabulary.fields[field_id], tenant.values.get(field_id)
        if isinstance(value, Empty) and self.language != "ko":
            return labels.EMPTIES[value.value][self.language]
        facet = {"places": "place", "entities": "place"}.get(field.kind, field.facet)
        as_stated = self.internal and self.language == "ko"
        if facet is None or as_stated or not isinstance(value, str | tuple):
            stated = tenant.stated.get(field_id, "")
            return stated if self.internal else _REMARK.sub("", stated).strip()
        words = [value] if isinstance(value, str) else list(map(str, value))
        if not self.internal:  # what the vocabulary does not know is free text
            words = [each for each in words if each in self.vocabulary.facets[facet].terms]
        return "; ".join(self.vocabulary.label(facet, each, self.language) for each in words)

    def _cells(self, tenant: Tenant, fields: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple(
            (self.vocabulary.fields[field].label[self.language], shown)
            for field in fields
            if tenant.values.get(field) is not None and (shown := self.cell(tenant, field))
        )
