"""Run a batch end to end on made lists: time, share of the pure product, peak memory.

python tests/benchmarks/batch_run.py FOLDER [--tenants 100000] [--offers 10000]
    [--engine local|dask] [--workers 2]
"""

import hashlib
import os
import resource
import signal
import time
from pathlib import Path

import click
import numpy as np
from made_lists import made_catalogue, made_list

from matcher import read_catalogue
from matcher.batch import DaskEngine, LocalEngine, Order, run_batch
from matcher.recommender import Scorer


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--tenants", default=100_000, show_default=True)
@click.option("--offers", default=10_000, show_default=True)
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local")
@click.option("--workers", default=2, show_default=True, help="Workers of Dask.")
@click.option("--kill", is_flag=True, help="Kill a worker of Dask half-way.")
@click.option("-k", "k", default=10, show_default=True)
@click.option("--chunk", default=4096, show_default=True)
def main(folder, tenants, offers, engine, workers, kill, k, chunk):
    """Make lists, run the batch, and print what it took."""
    lists = folder / f"tenants-{tenants}.parquet"
    if not lists.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made_list(lists, tenants)
    catalogue = made_catalogue(read_catalogue(), offers)
    works = DaskEngine(n_workers=workers) if engine == "dask" else LocalEngine()
    out = folder / f"out-{tenants}-{offers}-{engine}-{workers}{'-kill' if kill else ''}"
    order = Order("2026-11-22", k, chunk=chunk)
    start, spent = time.perf_counter(), time.process_time()
    for progress in run_batch(lists, out, catalogue, order, engine=works):
        if kill and progress.share > 0.4:
            kill_one(works)
            kill = False
    seconds = time.perf_counter() - start
    click.echo(f"bytes {digest(out)}")
    click.echo(
        f"{progress.n_tenants:,} x {offers:,}, {engine}: {seconds:.1f} s, "
        f"{time.process_time() - spent:.1f} s of processors here, "
        f"{progress.n_matches:,} matches, peak {peak():,.0f} MB here"
    )
    if engine == "local":
        product = pure_product(tenants, catalogue)
        click.echo(f"the pure product takes {product:.1f} s: {product / seconds:.0%} of the run")


def digest(folder):
    """Return a few digits that tell apart what runs wrote."""
    every = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        every.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return every.hexdigest()[:16]


def kill_one(engine):
    """Kill a worker process of this machine's cluster, as a machine that goes away would."""
    os.kill(next(iter(engine.cluster.workers.values())).pid, signal.SIGKILL)
    click.echo("killed a worker")


def peak():
    """Return the most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def pure_product(n_tenants, catalogue):
    """Return the seconds of the float32 product of all pairs of that size, in one buffer."""
    scorer = Scorer(catalogue)
    items = scorer.W.astype(np.float32)
    queries = np.random.default_rng(0).random((1024, items.shape[1]), dtype=np.float32)
    buffer = np.empty((1024, len(items)), dtype=np.float32)
    np.matmul(queries, items.T, out=buffer)
    start = time.perf_counter()
    for _ in range(n_tenants // 1024):
        np.matmul(queries, items.T, out=buffer)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
