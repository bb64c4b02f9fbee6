"""Where scores and rules meet: which partner to introduce to which tenant.

The stages are those of the field: candidates (active offers in a target place, not refused),
scores (similarity of features), eligibility (rules), ranking (the best k partners, each by its
best offer). Scores know no rules and rules know no scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue import Catalogue
from matcher.eligibility import RoutePlanner, judge
from matcher.intake import Tenant
from matcher.recommender.candidates import Pairs, offers_in_target, partners_dealt_with
from matcher.recommender.scoring import Scorer
from matcher.recommender.sorting import Sorter, excluded_pairs
from matcher.recommender.table import NEAR_MISSES, Entry, Explanation, MatchTable


class PartnerRecommender:
    """Rank partners for tenants: cosine similarity under eligibility rules.

    Parameters
    ----------
    k : int, default=5
        Most partners per tenant.
    anywhere : bool, default=False
        Whether offers outside the target places are candidates as well.
    leave_out_contacted : bool, default=False
        Whether partners that the tenant has contacted are left out.
    morphology : bool, default=False
        Whether terms that free text holds inside other Korean words are dropped, by a
        morphological analysis; needs the extra ``ko``.

    Attributes
    ----------
    catalogue_ : Catalogue
        What was fitted.
    scorer_ : Scorer
        Vectors of the offers, and what scores tenants against them.

    Examples
    --------
    >>> from pathlib import Path
    >>> from matcher import PartnerRecommender, read_catalogue, read_tenants
    >>> catalogue = read_catalogue()
    >>> tenants = read_tenants(Path("list.xlsx"), catalogue.vocabulary)  # doctest: +SKIP
    >>> table = PartnerRecommender(k=3).fit(catalogue).rank(
    ...     tenants, as_of="2026-11-22"
    ... )  # doctest: +SKIP
    """

    def __init__(
        self,
        *,
        k: int = 5,
        anywhere: bool = False,
        leave_out_contacted: bool = False,
        morphology: bool = False,
    ) -> None:
        self.k = k
        self.anywhere = anywhere
        self.leave_out_contacted = leave_out_contacted
        self.morphology = morphology

    def fit(self, catalogue: Catalogue) -> PartnerRecommender:
        """Encode the offers of a catalogue, and return the recommender.

        Raises
        ------
        MatcherError
            When `morphology` is asked for and its extra is not installed.
        """
        self.catalogue_ = catalogue
        self.scorer_ = Scorer(catalogue, morphology=self.morphology)
        return self

    def rank(self, tenants: Iterable[Tenant], *, as_of: str, k: int | None = None) -> MatchTable:
        """Return the match table: every partner of every tenant in one of the four lists.

        Parameters
        ----------
        tenants : iterable of Tenant
            A tenant that lacks a required cell has no partner in any list.
        as_of : str
            Day on which rules are judged, as ``YYYY-MM-DD``.
        k : int, optional
            Most matches per tenant; that of the recommender by default.
        """
        tenants = list(tenants)
        profiles = [self.scorer_.profile(tenant) for tenant in tenants]
        X = self.scorer_.encode_profiles(profiles)
        scores = self.scorer_.scores(X)
        eligibility = judge(tenants, self.catalogue_, as_of)
        pairs = self._pairs(tenants, scores, excluded_pairs(eligibility))
        planner = RoutePlanner(eligibility)
        sorter = Sorter(tenants, self.catalogue_, planner, pairs)
        entries = list(sorter.entries(self.k if k is None else k))
        return MatchTable(
            *(profiles, self.catalogue_, self.scorer_, X, scores),
            *(planner, pairs, entries),
        )

    def near_misses(
        self, tenants: Iterable[Tenant], *, as_of: str, k: int | None = None
    ) -> list[Entry]:
        """Return the excluded partners of each tenant that have a route, best fit first."""
        return self.rank(tenants, as_of=as_of, k=k).of_list(NEAR_MISSES)

    def explain(self, tenant: Tenant, wanted: str, *, as_of: str) -> Explanation:
        """Return how a tenant and an offer fit, and every rule with its verdict.

        Parameters
        ----------
        tenant : Tenant
            For whom.
        wanted : str
            Full id of an offer, or id of a partner: then the offer by which the partner stands
            in the lists of this tenant.
        as_of : str
            Day on which rules are judged.

        Raises
        ------
        UnknownIdError
            When there is no such partner or offer.
        """
        table = self.rank([tenant], as_of=as_of)
        return table.explain(0, table.offer_wanted(0, wanted))

    def partner_scores(self, tenants: Sequence[Tenant]) -> NDArray[np.float64]:
        """Return the fit of partners whatever the rules say, of shape (n_tenants, n_partners).

        A partner has the score of its best offer in a target place. Partners without one, and
        those that refused, come after all others: their scores are below 0.
        """
        scores = self.scorer_.scores(self.scorer_.encode(tenants))
        reachable = offers_in_target(tenants, self.catalogue_) | self.anywhere
        owners = np.array([offer.partner_id for offer in self.catalogue_.offers])
        fit = np.stack(
            [
                np.where(reachable, scores, scores - 2)[:, owners == partner.id].max(axis=1)
                for partner in self.catalogue_.ranked_partners
            ],
            axis=1,
        )
        _, declined = partners_dealt_with(tenants, self.catalogue_)
        return np.asarray(fit - 2 * declined)

    def _pairs(
        self, tenants: Sequence[Tenant], scores: NDArray[np.float64], excluded: NDArray[np.bool_]
    ) -> Pairs:
        in_target = offers_in_target(tenants, self.catalogue_) | self.anywhere
        contacted, declined = partners_dealt_with(tenants, self.catalogue_)
        contacted &= self.leave_out_contacted
        partners = {partner.id: at for at, partner in enumerate(self.catalogue_.ranked_partners)}
        owners = [partners[offer.partner_id] for offer in self.catalogue_.offers]
        open_to_us = self.scorer_.active & in_target & ~(contacted | declined)[:, owners]
        return Pairs(scores, excluded, in_target, open_to_us, contacted, declined)
