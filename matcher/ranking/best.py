"""The best k items of each query among those it may have: exact, at any size, in little memory.

Queries that may have the same items make a group. Its items are gathered once, near scores are
made in float32 tile by tile in a buffer that is used again, the few that may be among the best k
are picked out of each tile, and only those are scored exactly and put in order. Memory goes with
the size of a tile, never with the number of pairs.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from matcher.ranking.groups import Group
from matcher.ranking.products import Fill, PairScores
from matcher.ranking.tiles import MASK_SHIFT, candidates, counted, mask_out

Positions = NDArray[np.intp]

TILE_ROWS = 512
TILE_CELLS = 6_000_000
"""Most scores of a tile (24 MB); wide tiles have fewer rows."""

_FEWEST_ROWS = 256
"""Rows below which the product itself gets slow; wider tiles are cut along the items."""

_FEW_PER_K = 64
"""Items per item wanted, up to which exact scores of all cost less than near ones of all."""

_PENDING = 8192
"""Candidates that are gathered before they are scored exactly."""


@dataclass(frozen=True, slots=True)
class Best:
    """The best items of each query.

    Parameters
    ----------
    items : ndarray of int of shape (n_queries, k)
        Positions, best first, ties by position; -1 where a query has fewer.
    scores : ndarray of shape (n_queries, k)
        Their exact scores; 0 where there is none.
    """

    items: NDArray[np.int32]
    scores: NDArray[np.float64]

    @property
    def pairs(self) -> tuple[Positions, Positions]:
        """Query and item of all that was found, by query, best first."""
        query, at = np.nonzero(self.items >= 0)
        return query, self.items[query, at].astype(np.intp)


def best_items(
    scores: PairScores,
    k: int,
    groups: Iterable[Group] | None = None,
    *,
    at_least: float | None = None,
    n_threads: int | None = None,
    tile_cells: int = TILE_CELLS,
) -> Best:
    """Return the best `k` items of each query; the same whatever the threads and tiles.

    Parameters
    ----------
    scores : PairScores
        Near and exact scores of pairs.
    k : int
        Most items per query.
    groups : iterable of Group, optional
        Each query in one group at most; by default all queries may have all items.
    at_least : float, optional
        Score below which nothing is taken; no limit by default.
    n_threads : int, optional
        Threads; one per core by default.
    tile_cells : int
        Most scores of a tile.

    Raises
    ------
    ValueError
        When `k` is below 1.
    """
    if k < 1:
        raise ValueError(f"k is {k}, and must be at least 1")
    if groups is None:
        groups = [Group(np.arange(scores.n_queries))]
    search = _Search(scores, k, at_least, tile_cells)
    n_threads = n_threads or _n_cores()
    work = search.work(groups)
    with _one_blas_thread():
        if n_threads == 1:
            search.run(work)
        else:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - short lists need none

            shared = _Shared(work)
            with ThreadPoolExecutor(n_threads) as pool:
                for done in [pool.submit(search.run, shared) for _ in range(n_threads)]:
                    done.result()
    return search.best


def _n_cores() -> int:
    """Return how many cores the process may use; all of them where the system does not tell."""
    if hasattr(os, "sched_getaffinity"):  # not on Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Search:
    """One search: what is looked for, and what was found."""

    def __init__(self, scores: PairScores, k: int, at_least: float | None, tile_cells: int) -> None:
        self.scores = scores
        self.k = k
        self.at_least = -np.inf if at_least is None else at_least
        self.tile_cells = tile_cells
        self.best = Best(
            np.full((scores.n_queries, k), -1, dtype=np.int32), np.zeros((scores.n_queries, k))
        )

    def work(self, groups: Iterable[Group]) -> Iterator[tuple[Group, slice]]:
        """Yield ranges of the queries of each group that make one tile."""
        for group in groups:
            if not self._width(group):
                continue
            rows = min(TILE_ROWS, max(_FEWEST_ROWS, self.tile_cells // max(self._width(group), 1)))
            rows = max(1, min(rows, self.tile_cells))
            for start in range(0, len(group.queries), rows):
                yield group, slice(start, min(start + rows, len(group.queries)))

    def run(self, work: Iterable[tuple[Group, slice]]) -> None:
        """Do pieces of work until there are no more."""
        buffer = np.empty(0)
        pending = _Pending()
        group: Group | None = None
        fill: Fill | None = None
        for next_group, rows in work:
            few = self._is_small(next_group)
            dtype: np.dtype[np.floating] = np.dtype(np.float64 if few else np.float32)
            if fill is None or next_group is not group:
                group = next_group
                fill = self.scores.prepare(group.queries, group.items, dtype)
            n_rows = rows.stop - rows.start
            step = max(1, self.tile_cells // n_rows)
            n_cells = n_rows * min(self._width(group), step)
            if buffer.nbytes < n_cells * dtype.itemsize:
                buffer = np.empty(-(-n_cells * dtype.itemsize // 8))
            found = self._candidates(group, rows, step, fill, buffer.view(dtype))
            pending.add(*found, exact=few)
            if pending.count >= _PENDING:
                self._settle(pending)
                pending = _Pending()
        self._settle(pending)

    def _is_small(self, group: Group) -> bool:
        return group.allowed is None and self._width(group) <= _FEW_PER_K * self.k

    def _width(self, group: Group) -> int:
        return self.scores.n_items if group.items is None else len(group.items)

    def _candidates(
        self, group: Group, rows: slice, step: int, fill: Fill, buffer: NDArray[np.floating]
    ) -> tuple[Positions, Positions, NDArray[np.floating]]:
        """Return the pairs of a range of queries that may be among their best."""
        n_rows, n_items = rows.stop - rows.start, self._width(group)
        near = buffer.dtype == np.float32
        slack = 2 * self.scores.margin if near else 0.0
        lowest = self.at_least - slack
        if group.allowed is not None:  # the shift costs two bits
            slack += 2**-21
            lowest = max(lowest - 2**-21 + MASK_SHIFT, MASK_SHIFT / 4)
        lowest = max(lowest, float(np.finfo(buffer.dtype).min))
        bound = np.full(n_rows, lowest, dtype=buffer.dtype)
        found = []
        for start in range(0, n_items, step):
            columns = slice(start, min(start + step, n_items))
            width = columns.stop - start
            tile = buffer[: n_rows * width].reshape(n_rows, width)
            fill(rows, columns, tile)
            if group.allowed is not None:
                mask_out(tile, group.allowed[rows, columns])
            row, column, score = candidates(tile, self.k, slack, bound)
            found.append((row, column + start, score))
        row, column, score = map(np.concatenate, zip(*found, strict=True))
        if len(found) > 1:  # later tiles raised the bound
            kept = np.flatnonzero(score >= bound[row])
            kept = kept[np.argsort(row[kept] * n_items + column[kept])]
            row, column, score = row[kept], column[kept], score[kept]
        items = column if group.items is None else group.items[column]
        return group.queries[rows][row], items, score

    def _settle(self, pending: _Pending) -> None:
        """Put candidates in order by their exact scores, and keep the best of each query."""
        near = pending.near
        if near:
            query, item = (np.concatenate([each[at] for each in near]) for at in (0, 1))
            self._keep(query, item, self.scores.exact(query, item))
        if pending.exact:
            self._keep(*map(np.concatenate, zip(*pending.exact, strict=True)))

    def _keep(self, query: Positions, item: Positions, score: NDArray[np.float64]) -> None:
        """Keep the best of pairs that are grouped by query and in order of the items."""
        kept = np.flatnonzero(score >= self.at_least)
        query, item, score = query[kept], item[kept], score[kept]
        first = np.flatnonzero(np.diff(query, prepend=-1))
        counts = np.diff(first, append=len(query))
        longest = int(counts.max(initial=0))
        at = np.repeat(np.arange(len(first)), counts), counted(counts)
        minus = np.full((len(first), longest), np.inf)
        minus[at] = -score
        items = np.full((len(first), longest), -1, dtype=np.int32)
        items[at] = item
        order = np.argsort(minus, axis=1, kind="stable")[:, : self.k]
        minus = np.take_along_axis(minus, order, axis=1)
        rows, columns = query[first], slice(0, order.shape[1])
        self.best.items[rows, columns] = np.take_along_axis(items, order, axis=1)
        self.best.scores[rows, columns] = np.where(np.isinf(minus), 0, -minus)


class _Pending:
    """Candidates that wait until there are enough of them."""

    def __init__(self) -> None:
        self.near: list[tuple[Positions, Positions]] = []
        self.exact: list[tuple[Positions, Positions, NDArray[np.float64]]] = []
        self.count = 0

    def add(
        self, query: Positions, item: Positions, score: NDArray[np.floating], *, exact: bool
    ) -> None:
        if exact:
            self.exact.append((query, item, score.astype(np.float64, copy=False)))
        else:
            self.near.append((query, item))
        self.count += len(query)


class _Shared:
    """An iterator that several threads draw from."""

    def __init__(self, work: Iterator[tuple[Group, slice]]) -> None:
        self._work = work
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[tuple[Group, slice]]:
        return self

    def __next__(self) -> tuple[Group, slice]:
        with self._lock:
            return next(self._work)


def _one_blas_thread() -> AbstractContextManager[object]:
    """Hold the linear algebra to one thread: the threads here also select, which it does not."""
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - short lists do without

    return cast("AbstractContextManager[object]", threadpool_limits(1, user_api="blas"))
