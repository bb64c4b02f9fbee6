"""Queries that may have the same items: what they share is done once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Group:
    """Queries that may have the same items.

    Parameters
    ----------
    queries : ndarray of int
        Positions, ascending.
    items : ndarray of int, optional
        Positions of the items that they may have, ascending; all by default.
    allowed : ndarray of bool of shape (len(queries), n_items_of_the_group), optional
        Pairs to choose from, where queries of the group differ after all.
    """

    queries: Positions
    items: Positions | None = None
    allowed: NDArray[np.bool_] | None = None

    def only(self, wanted: NDArray[np.bool_]) -> list[Group]:
        """Return the group of those queries that are wanted, or nothing where there are none."""
        kept = wanted[self.queries]
        if not kept.any():
            return []
        allowed = None if self.allowed is None else self.allowed[kept]
        return [Group(self.queries[kept], self.items, allowed)]


def group_queries(
    keys: NDArray[np.integer], allowed: NDArray[np.bool_], among: Positions | None = None
) -> list[Group]:
    """Return the groups of queries by the items that they may have, the largest first.

    Parameters
    ----------
    keys : ndarray of int of shape (n_queries,)
        Row of `allowed` that holds for each query; a negative one leaves the query out.
    allowed : ndarray of bool of shape (n_keys, n_items)
        Items of each key; keys that allow the same make one group.
    among : ndarray of int, optional
        Positions of the queries; by default they are counted from 0.
    """
    packed = np.packbits(allowed, axis=1)
    _, first, same = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    sets = np.where(keys < 0, -1, same.reshape(-1)[keys])
    order = np.argsort(sets, kind="stable")
    order = order[np.searchsorted(sets[order], 0) :]
    cuts = np.flatnonzero(np.diff(sets[order])) + 1
    groups = []
    for rows in np.split(order, cuts) if len(order) else []:
        row = allowed[first[sets[rows[0]]]]
        items = None if row.all() else np.flatnonzero(row)
        if items is None or len(items):
            groups.append(Group(rows if among is None else among[rows], items))
    return sorted(groups, key=lambda group: -len(group.queries))
