"""The core at 1,000,000 x 110,000 (D = 256, 10% allowed by rules), and a check by full sort.

python tests/benchmarks/million.py [--queries 1000000] [--items 110000] [--checked 1000]
"""

import os
import resource
import time

import click
import numpy as np

from matcher.ranking import Cosines, best_items, group_queries

D, K = 256, 10
N_SIGNATURES, N_CATEGORIES = 200, 100


@click.command()
@click.option("--queries", default=1_000_000, show_default=True)
@click.option("--items", default=110_000, show_default=True)
@click.option("--checked", default=1000, show_default=True, help="Rows compared with a full sort.")
def main(queries, items, checked):
    """Search once, and print what it took and how many of the checked rows agree."""
    rng = np.random.default_rng(3)
    cosines = Cosines(
        rng.standard_normal((queries, D), dtype=np.float32),
        rng.standard_normal((items, D), dtype=np.float32),
    )
    keys = rng.choice(N_SIGNATURES, queries, p=rng.dirichlet(np.full(N_SIGNATURES, 0.7)))
    category = rng.integers(0, N_CATEGORIES, items)
    allowed = np.stack(
        [
            np.isin(category, rng.choice(N_CATEGORIES, N_CATEGORIES // 10, replace=False))
            for _ in range(N_SIGNATURES)
        ]
    )
    share = np.bincount(keys, minlength=N_SIGNATURES) @ allowed.mean(axis=1) / queries
    click.echo(f"{queries:,} x {items:,}, {share:.1%} allowed, load {os.getloadavg()[0]:.1f}")
    start, spent = time.perf_counter(), time.process_time()
    best = best_items(cosines, K, group_queries(keys, allowed))
    seconds = time.perf_counter() - start
    click.echo(
        f"{seconds:.1f} s, {time.process_time() - spent:.1f} s of processors, "
        f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"
    )
    agree = 0
    every = np.arange(items)
    for row in rng.choice(queries, checked, replace=False):
        able = every[allowed[keys[row]]]
        scores = cosines.exact(np.full(len(able), row), able)
        order = np.argsort(-scores, kind="stable")[:K]
        same_items = np.array_equal(best.items[row], able[order])
        agree += same_items and np.array_equal(best.scores[row], scores[order])
    click.echo(f"{agree} of {checked} rows are those of a full sort, to the last bit")


if __name__ == "__main__":
    main()
