"""What is measured: the core, and the rivals as well tuned as we know how to.

A method is a function that makes what it needs and returns a function of nothing that does the
work once and returns the items found, of shape (N, K), or None.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from made_vectors import BLOCKS, K, M, N, random_mask, signatures, sparse_vectors, vectors

CORES = len(os.sched_getaffinity(0))
ROWS = 1024


def dense_product():
    """The reference: the float32 product of all pairs alone, in one buffer."""
    queries, items = vectors()
    buffer = np.empty((ROWS, M), dtype=np.float32)

    def run():
        for start in range(0, N, ROWS):
            rows = queries[start : start + ROWS]
            np.matmul(rows, items.T, out=buffer[: len(rows)])

    return run


def core(rate=None, *, mask=False, parts=False):
    """This package: exact, scores in float64."""
    from matcher.ranking import Cosines, Group, best_items, group_queries  # noqa: PLC0415

    cosines = Cosines(*vectors())
    keys, allowed = (None, None) if rate is None or mask else signatures(rate)
    pairs = random_mask(rate) if mask else None

    def run():
        groups = None
        if pairs is not None:
            groups = [Group(np.arange(N), None, pairs)]
        elif allowed is not None:
            groups = group_queries(keys, allowed)
        best = best_items(cosines, K, groups)
        if parts:
            cosines.parts(*best.pairs, BLOCKS)
        return best.items

    return run


def faiss_per_group(rate=None):
    """Exact search of faiss per set of rules: its matrix product, a thread of Python per core."""
    import faiss  # noqa: PLC0415

    faiss.cvar.distance_compute_blas_threshold = 20  # by default small groups go without BLAS
    faiss.omp_set_num_threads(1)
    queries, items = vectors()
    groups = [(np.arange(N), None)]
    if rate is not None:
        keys, allowed = signatures(rate)
        groups = [
            (rows, np.flatnonzero(own))
            for key, own in enumerate(allowed)
            if len(rows := np.flatnonzero(keys == key))
        ]
    work = [
        (rows[start : start + ROWS], own)
        for rows, own in sorted(groups, key=lambda group: -len(group[0]))
        for start in range(0, len(rows), ROWS)
    ]
    found = np.full((N, K), -1)

    def do(piece):
        faiss.omp_set_num_threads(1)
        rows, own = piece
        base = items if own is None else items.take(own, axis=0, mode="clip")
        chosen = queries[rows[0] : rows[-1] + 1] if own is None else queries[rows]
        _, best = faiss.knn(chosen, base, min(K, len(base)), metric=faiss.METRIC_INNER_PRODUCT)
        found[rows, : best.shape[1]] = best if own is None else own[best]

    pool = ThreadPoolExecutor(CORES)

    def run():
        list(pool.map(do, work))
        return found

    return run


def scikit_learn(rate=None):
    """Brute-force neighbours of scikit-learn per set of rules (ArgKmin on unit vectors)."""
    from sklearn.neighbors import NearestNeighbors  # noqa: PLC0415

    queries, items = vectors()
    groups = [(np.arange(N), np.arange(M))]
    if rate is not None:
        keys, allowed = signatures(rate)
        groups = [
            (rows, np.flatnonzero(own))
            for key, own in enumerate(allowed)
            if len(rows := np.flatnonzero(keys == key))
        ]
    found = np.full((N, K), -1)

    def run():
        for rows, own in groups:
            search = NearestNeighbors(
                n_neighbors=min(K, len(own)), algorithm="brute", metric="sqeuclidean"
            ).fit(items[own])
            best = search.kneighbors(queries[rows], return_distance=False)
            found[rows, : best.shape[1]] = own[best]
        return found

    return run


def sparse_rival(n_features, density):
    """sparse_dot_topn, with all cores."""
    from sparse_dot_topn import sp_matmul_topn  # noqa: PLC0415

    queries, items = sparse_vectors(n_features, density)
    turned = items.T.tocsr()

    def run():
        sp_matmul_topn(queries, turned, top_n=K, n_threads=CORES, sort=True)

    return run


def sparse_core(n_features, density):
    """This package on the same vectors, made dense."""
    from matcher.ranking import Cosines, best_items  # noqa: PLC0415

    queries, items = sparse_vectors(n_features, density)
    cosines = Cosines(queries.toarray(), items.toarray())
    return lambda: best_items(cosines, K).items


METHODS = {
    "dense": dense_product,
    "core 100%": core,
    "core 100% + parts": lambda: core(parts=True),
    "core 10%": lambda: core(0.10),
    "core 1%": lambda: core(0.01),
    "core 10% random": lambda: core(0.10, mask=True),
    "faiss 100%": faiss_per_group,
    "faiss 10%": lambda: faiss_per_group(0.10),
    "faiss 1%": lambda: faiss_per_group(0.01),
    "scikit-learn 100%": scikit_learn,
    "scikit-learn 10%": lambda: scikit_learn(0.10),
    "core sparse": lambda: sparse_core(1000, 0.01),
    "sparse_dot_topn": lambda: sparse_rival(1000, 0.01),
}
