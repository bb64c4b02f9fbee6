"""Names of the columns of the tables that are read and written."""

from __future__ import annotations

TENANT_ID = "tenant_id"
PARTNER_ID = "partner_id"
OFFER_ID = "offer_id"
RANK = "rank"
SCORE = "score"
VERDICT = "verdict"
RELEVANCE = "relevance"
RULE_ID = "rule_id"
RULE_IDS = "rule_ids"
KIND = "kind"
STATUS = "status"
RULE_VERDICT = "rule_verdict"
REASON = "reason"
SOURCE = "source"
AS_OF = "as_of"

MATCHES = (TENANT_ID, RANK, PARTNER_ID, OFFER_ID, SCORE, VERDICT)
"""One row per match; the parts of the score follow, one column per block."""

ELIGIBILITY = (
    TENANT_ID,
    PARTNER_ID,
    OFFER_ID,
    VERDICT,
    RULE_ID,
    KIND,
    STATUS,
    RULE_VERDICT,
    REASON,
    SOURCE,
    AS_OF,
)
"""One row per tenant, offer and rule; an offer without rules has one row without a rule."""

RELEVANCE_JUDGEMENTS = (TENANT_ID, PARTNER_ID, RELEVANCE)
VERDICT_JUDGEMENTS = (TENANT_ID, PARTNER_ID, OFFER_ID, VERDICT, RULE_IDS)
