"""Kill a batch run at random and start it again, many times: the bytes must be the same.

python tests/benchmarks/kills.py FOLDER [--tenants 50000] [--kills 20]
"""

import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import click
from made_lists import made_list

ROOT = Path(__file__).resolve().parents[2]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--tenants", default=50_000, show_default=True)
@click.option("--kills", default=20, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(folder, tenants, kills, seed):
    """Run once whole, then again and again with a kill each, and compare all bytes."""
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    lists = folder / f"tenants-{tenants}.parquet"
    if not lists.exists():
        made_list(lists, tenants)
    whole, cut = folder / "whole", folder / "cut"
    for out in (whole, cut):
        shutil.rmtree(out, ignore_errors=True)
    start = time.perf_counter()
    subprocess.run(command(lists, whole), env=environment(), check=False)
    seconds = time.perf_counter() - start
    click.echo(f"uninterrupted: {seconds:.1f} s")
    killed = same = 0
    while killed < kills:
        run = subprocess.Popen(command(lists, cut), env=environment())
        try:
            run.wait(rng.uniform(0.02, 0.3) * seconds)
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
            killed += 1
            continue
        same += finished(whole, cut)
    subprocess.run(command(lists, cut), env=environment(), check=False)
    same += finished(whole, cut)
    click.echo(f"{killed} kills; {same} finished runs, all of the same bytes")


def finished(whole, cut):
    """Check that a finished run has the bytes of the uninterrupted one, and remove it."""
    if digests(cut) != digests(whole):
        raise SystemExit(f"{cut} is not what {whole} is")
    shutil.rmtree(cut)
    return 1


def command(lists, out):
    match = [sys.executable, "-m", "matcher", "match", "--batch", str(lists), "-o", str(out)]
    return [*match, "--as-of", "2026-11-22", "--chunk", "1024", "-q"]


def environment():
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def digests(folder):
    """Return SHA-256 of all files of a run, by path."""
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


if __name__ == "__main__":
    main()
