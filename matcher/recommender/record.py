"""The record beside the fit: with which partners companies like this one ended.

A second number, never part of the score: the votes of companies of which a link to a partner is on
public record, weighted by how alike they are to the tenant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue import Catalogue, Precedent
from matcher.catalogue.vocabulary import Vocabulary
from matcher.features import Bag, Profile, build_words
from matcher.ranking import neighbour_votes

VOTERS = 50
"""Most companies that vote for a tenant."""

_FACETS = ("sector", "modality", "indication")


@dataclass(frozen=True)
class Record:
    """What the record says of one tenant.

    Parameters
    ----------
    votes : ndarray of shape (n_partners,)
        Share of the votes that each ranked partner has, 0 to 1; they sum to 1, or to 0 where no
        company on record is like the tenant.
    voters : mapping of str to tuple of Precedent
        Precedents behind the votes by partner id, of the company most like the tenant first.
    """

    votes: NDArray[np.float64]
    voters: Mapping[str, tuple[Precedent, ...]]


class RecordKeeper:
    """Tells the record of tenants.

    Parameters
    ----------
    catalogue : Catalogue
        Precedents, partners and vocabulary.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._vocabulary = catalogue.vocabulary
        self._column = {partner.id: at for at, partner in enumerate(catalogue.ranked_partners)}
        by_company: dict[str, list[Precedent]] = {}
        for each in catalogue.precedents:
            if each.partner_id in self._column:
                by_company.setdefault(each.company["ko"], []).append(each)
        self._companies = list(by_company.values())
        bags = [self._bag_of_company(each) for each in self._companies]
        self._space = build_words(bags)
        self._known = self._space.encode(bags).transposed()
        self._links = np.zeros((len(self._companies), len(self._column)))
        for row, precedents in enumerate(self._companies):
            for each in precedents:
                self._links[row, self._column[each.partner_id]] = 1

    def of(self, profile: Profile) -> Record:
        """Return the record of a tenant."""
        asked = {facet: list(profile.asks.get(facet, ())) for facet in _FACETS}
        query = self._space.encode([_bag(asked, self._vocabulary)])
        likeness = query.products(self._known)
        votes = neighbour_votes(likeness, self._links, VOTERS)[0]
        total = votes.sum()
        order = [int(at) for at in np.argsort(-likeness[0], kind="stable")[:VOTERS]]
        voters: dict[str, list[Precedent]] = {}
        for at in order:
            for each in self._companies[at] if likeness[0, at] > 0 else ():
                voters.setdefault(each.partner_id, []).append(each)
        return Record(
            votes / total if total else votes,
            {partner: tuple(found) for partner, found in voters.items()},
        )

    def share(self, record: Record, partner_id: str) -> float:
        """Return the share of the votes that a partner has."""
        at = self._column.get(partner_id)
        return float(record.votes[at]) if at is not None else 0.0

    def _bag_of_company(self, precedents: Sequence[Precedent]) -> Bag:
        terms = {
            facet: [term for each in precedents for term in each.terms.get(facet, ())]
            for facet in _FACETS
        }
        return _bag(terms, self._vocabulary)


def _bag(terms: Mapping[str, Sequence[str]], vocabulary: Vocabulary) -> Bag:
    """Return terms with the wider ones above them, once each."""
    return {
        f"{facet}={each}": 1.0
        for facet, own in terms.items()
        for term in own
        for each in (term, *vocabulary.facets[facet].ancestors(term))
    }
