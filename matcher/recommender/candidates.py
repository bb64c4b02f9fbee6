"""Which offers are candidates for a tenant at all, whatever their fit and rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue import Catalogue
from matcher.features import overlap
from matcher.intake import Tenant
from matcher.quantities import Value

Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]

_REFUSED = re.compile(
    r"(?<!\bnot )\b(?:declined|refused|rejected)\b"
    r"|(?:거절|거부|탈락)(?!\s*(?:은|는|이|가|된\s*것은|한\s*것은)?\s*(?:아님|아니|않))",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"(?:거절|거부|탈락)\S*(?:\s*아님)?|(?:후속\s*)?미팅|보류|계약|협의\S*|접촉\S*"
    r"|\b(?:(?:not )?(?:declined|refused|rejected)|NDA|CDA|MOU)\b(?:\s*(?:by|체결))?",
    re.IGNORECASE,
)
"""What staff note beside a contact: how it ended, or how far it came."""


@dataclass(frozen=True)
class Pairs:
    """What is known of all pairs before they are sorted.

    Parameters
    ----------
    scores : ndarray of shape (n_tenants, n_offers)
        Fit.
    excluded : ndarray of bool of shape (n_tenants, n_offers)
        Pairs that rules exclude.
    in_target : ndarray of bool of shape (n_tenants, n_offers)
        Offers in a target place.
    candidate : ndarray of bool of shape (n_tenants, n_offers)
        Pairs that can be recommended as far as place, contacts and activity go.
    contacted, declined : ndarray of bool of shape (n_tenants, n_partners)
        Partners left out because they were contacted, or because one side refused.
    """

    scores: Scores
    excluded: Mask
    in_target: Mask
    candidate: Mask
    contacted: Mask
    declined: Mask


def offers_in_target(tenants: Sequence[Tenant], catalogue: Catalogue) -> Mask:
    """Return whether offers lie in a target place, of shape (n_tenants, n_offers).

    No target stated, or none decided yet, means every place.
    """
    known: dict[Value, Mask] = {}
    rows = np.empty((len(tenants), len(catalogue.offers)), dtype=bool)
    for row, tenant in enumerate(tenants):
        targets = tenant.values.get("target_countries")
        if targets not in known:
            known[targets] = _offers_in(targets, catalogue)
        rows[row] = known[targets]
    return rows


def _offers_in(targets: Value, catalogue: Catalogue) -> Mask:
    if not isinstance(targets, tuple):
        return np.ones(len(catalogue.offers), dtype=bool)
    places = catalogue.vocabulary.facets["place"]
    return np.array(
        [
            any(
                overlap(place, str(target), places)
                for place in offer.terms["place"]
                for target in targets
            )
            for offer in catalogue.offers
        ]
    )


def partners_dealt_with(tenants: Sequence[Tenant], catalogue: Catalogue) -> tuple[Mask, Mask]:
    """Return which partners tenants have contacted, and which of those are off.

    Off are those beside which the list says that one side refused.

    Returns
    -------
    contacted, declined : two ndarrays of bool of shape (n_tenants, n_partners)
    """
    column = {partner.id: at for at, partner in enumerate(catalogue.ranked_partners)}
    contacted = np.zeros((len(tenants), len(column)), dtype=bool)
    declined = np.zeros_like(contacted)
    for row, tenant in enumerate(tenants):
        names = tenant.values.get("contacted_before")
        for name in names if isinstance(names, tuple) else ():
            partner_id = _partner_of(str(name), catalogue)
            if partner_id in column:
                contacted[row, column[partner_id]] = True
                declined[row, column[partner_id]] |= bool(_REFUSED.search(str(name)))
    return contacted, declined


def _partner_of(contact: str, catalogue: Catalogue) -> str | None:
    """Return the partner of a contact, whichever way its outcome is written beside the name."""
    bare = _OUTCOME.sub(" ", contact).strip(" :-–—/·,")
    return catalogue.partner_named(contact) or catalogue.partner_named(bare)
