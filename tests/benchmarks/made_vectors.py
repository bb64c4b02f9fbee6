"""The made data of the ranking benchmark: every process makes the same from the seed."""

import numpy as np

N, M, D, K = 20_000, 10_000, 256, 10
"""Queries, items, features, and how many items are wanted."""

N_SIGNATURES, N_CATEGORIES = 200, 100
"""Sets of rules, of very different frequency, and the categories of items that they choose from."""

BLOCKS = [slice(start, start + 32) for start in range(0, D, 32)]


def vectors():
    """Return queries and items of unit length, in float32."""
    rng = np.random.default_rng(7)
    made = (rng.standard_normal((n, D), dtype=np.float32) for n in (N, M))
    return tuple(each / np.linalg.norm(each, axis=1, keepdims=True) for each in made)


def signatures(rate):
    """Return the signature of each query, and which items each signature allows."""
    rng = np.random.default_rng(8)
    keys = rng.choice(N_SIGNATURES, N, p=rng.dirichlet(np.full(N_SIGNATURES, 0.7)))
    category = rng.integers(0, N_CATEGORIES, M)
    n_open = max(1, round(rate * N_CATEGORIES))
    allowed = [
        np.isin(category, rng.choice(N_CATEGORIES, n_open, replace=False))
        for _ in range(N_SIGNATURES)
    ]
    return keys, np.stack(allowed)


def random_mask(rate):
    """Return which pairs are allowed, each on its own."""
    return np.random.default_rng(9).random((N, M), dtype=np.float32) < rate


def sparse_vectors(n_features, density):
    """Return sparse queries and items of unit length (CSR, float32)."""
    from scipy import sparse  # noqa: PLC0415 - few methods need it

    rng = np.random.default_rng(10)
    made = []
    for n in (N, M):
        matrix = sparse.random(n, n_features, density, "csr", np.float32, rng)
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        made.append(sparse.diags(1 / np.where(lengths == 0, 1, lengths)).dot(matrix).tocsr())
    return tuple(each.astype(np.float32) for each in made)
