"""Which offers a tenant chooses among, those that score alike taken together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.recommender.scoring import Scorer

Positions = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Choice:
    """Offers that a tenant may be recommended.

    Parameters
    ----------
    first : ndarray of int
        Positions of the offers that score differently, ascending: of those that are alike, the
        first one.
    members : ndarray of int
        Positions of all offers, by the first one that they are like, one of each partner.
    starts : ndarray of int of shape (len(first) + 1,)
        Where the members of each begin.
    """

    first: Positions
    members: Positions
    starts: Positions

    @staticmethod
    def among(offers: Positions, alike: Positions, owners: Positions) -> Choice:
        """Return the choice among some offers, given which are alike and whose they are."""
        n_owners = int(owners.max(initial=0)) + 1
        once = np.sort(np.unique(alike * n_owners + owners, return_index=True)[1])
        offers, alike = offers[once], alike[once]
        _, first, which = np.unique(alike, return_index=True, return_inverse=True)
        order = np.argsort(first)  # in the order of the catalogue
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        by_first = np.argsort(place[which], kind="stable")
        counts = np.bincount(place[which], minlength=len(first))
        return Choice(
            offers[first[order]], offers[by_first], np.concatenate([[0], np.cumsum(counts)])
        )

    @property
    def has_alike(self) -> bool:
        """Whether any two of the offers score alike."""
        return len(self.members) > len(self.first)

    def alike_of(self, offers: Positions, most: int) -> tuple[Positions, Positions]:
        """Return the offers like each of some first ones, at most so many, and whose they are.

        Returns
        -------
        which, offer : two ndarrays of int
            Positions in `offers`, and the offers that are like the one there, itself among them.
        """
        at = np.searchsorted(self.first, offers)
        counts = np.minimum(self.starts[at + 1] - self.starts[at], most)
        which = np.repeat(np.arange(len(offers)), counts)
        within = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
        return which, self.members[self.starts[at][which] + within]


def alike_offers(scorer: Scorer) -> Positions:
    """Return a number for each offer, the same for those that score alike for every tenant."""
    known: dict[bytes, int] = {}
    rows = np.column_stack([scorer.W, scorer.strength_factor])
    words = [scorer.words.take(np.array([at])) for at in range(len(rows))]
    keys = (
        row.tobytes() + own.columns.tobytes() + own.values.tobytes()
        for row, own in zip(rows, words, strict=True)
    )
    return np.array([known.setdefault(key, len(known)) for key in keys], dtype=np.intp)
