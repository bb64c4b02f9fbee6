"""Measure the ranking core against its rivals, and the start of the program against its imports.

    python tests/benchmarks/run.py [ranking] [start] [--rounds 7]

Each method lives in a process of its own. A round takes the pairs of the table in a new order and
runs reference, method, reference; the time of the method is divided by the mean of the two beside
it, and the median of these ratios is shown. Seconds depend on the machine and its neighbours;
ratios can be quoted. The ratio of processor time leaves out waiting for neighbours altogether.
"""

import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
import numpy as np
from methods import CORES, METHODS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "data" / "tenants" / "example.csv"

PAUSE = 0.1
"""Seconds between two runs: threads of linear algebra keep a core busy for a while after work."""

RANKING = [  # what, method, reference, limit
    ("all pairs, exact scores", "core 100%", "dense", 1.40),
    ("all pairs, exact scores and parts", "core 100% + parts", "dense", 1.65),
    ("10% by rules", "core 10%", "dense", 0.40),
    ("1% by rules", "core 1%", "dense", 0.12),
    ("10% at random", "core 10% random", "dense", 1.80),
    ("all pairs, against faiss tuned", "core 100%", "faiss 100%", 1.15),
    ("10% by rules, against faiss tuned", "core 10%", "faiss 10%", None),
    ("1% by rules, against faiss tuned", "core 1%", "faiss 1%", None),
    ("all pairs, against scikit-learn", "core 100%", "scikit-learn 100%", 1 / 2.2),
    ("10% by rules, against scikit-learn", "core 10%", "scikit-learn 10%", None),
    ("1% dense vectors, against sparse_dot_topn", "core sparse", "sparse_dot_topn", 1.50),
]

START = [
    ("matcher --help, against import click", "help", "click", 1.5),
    ("matcher match, 340 tenants, against import pandas + sklearn text", "match", "sklearn", 1.0),
    ("matcher match, 340 tenants, against import pandas", "match", "pandas", None),
]


@click.command()
@click.argument("sections", nargs=-1, type=click.Choice(["ranking", "start"]))
@click.option("--rounds", default=7, show_default=True)
def main(sections, rounds):
    """Print a table of ratios for each section; all sections by default."""
    click.echo(f"{CORES} cores, load {os.getloadavg()[0]:.1f}, {rounds} rounds\n")
    if not sections or "ranking" in sections:
        with Methods() as run:
            show(RANKING, measured(RANKING, run, rounds))
            compare(run)
    if not sections or "start" in sections:
        with tempfile.TemporaryDirectory() as folder:
            show(START, measured(START, Commands(Path(folder)), rounds))
    click.echo(f"load {os.getloadavg()[0]:.1f} at the end")


def measured(pairs, run, rounds):
    """Return the ratios of each pair in each round, of seconds and of seconds of processors."""
    ratios = {pair: [] for pair in pairs if run.has(pair[1]) and run.has(pair[2])}
    for _ in range(rounds):
        for pair in random.sample(list(ratios), len(ratios)):
            before, own, after = (rested(run, name) for name in (pair[2], pair[1], pair[2]))
            ratios[pair].append(2 * np.array(own) / (np.array(before) + after))
    return {pair: np.array(own) for pair, own in ratios.items()}


def rested(run, name):
    """Return the times of one run, after threads of the last one have stopped to spin for work."""
    time.sleep(PAUSE)
    return run(name)


def show(pairs, ratios):
    """Print the medians of ratios as a table of Markdown."""
    click.echo("| what | ratio | from–to | processor time | limit |\n|---|---|---|---|---|")
    for pair in pairs:
        if pair not in ratios:
            click.echo(f"| {pair[0]} | not installed | | | |")
            continue
        wall, cpu = ratios[pair].T
        limit = "–" if pair[3] is None else f"{pair[3]:.2f}"
        click.echo(
            f"| {pair[0]} | {np.median(wall):.2f} | {wall.min():.2f}–{wall.max():.2f} "
            f"| {np.median(cpu):.2f} | {limit} |"
        )
    click.echo()


class Methods:
    """A process for each method, in which it has run once before the first time counts."""

    def __init__(self):
        context = multiprocessing.get_context("spawn")
        self.pipes, self.processes = {}, []
        for name in METHODS:
            here, there = context.Pipe()
            process = context.Process(target=serve, args=(name, there))
            process.start()
            self.processes.append(process)
            if here.recv():
                self.pipes[name] = here

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for pipe in self.pipes.values():
            pipe.send("end")
        for process in self.processes:
            process.join()

    def has(self, name):
        return name in self.pipes

    def __call__(self, name):
        return self.ask(name, "run")

    def ask(self, name, wanted):
        self.pipes[name].send(wanted)
        return self.pipes[name].recv()


def serve(name, pipe):
    """Run one method whenever it is asked for."""
    try:
        run = METHODS[name]()
    except ImportError:
        pipe.send(False)
        return
    found = run()
    pipe.send(True)
    while (wanted := pipe.recv()) != "end":
        if wanted == "found":
            pipe.send(found)
            continue
        start = time.perf_counter(), time.process_time()
        run()
        pipe.send((time.perf_counter() - start[0], time.process_time() - start[1]))


def compare(run):
    """Print how many of the items of the core the exact rivals found as well."""
    for rate in ("100%", "10%", "1%"):
        for rival in (f"faiss {rate}", f"scikit-learn {rate}"):
            if run.has(rival):
                ours, theirs = run.ask(f"core {rate}", "found"), run.ask(rival, "found")
                same = np.mean(np.sort(ours, axis=1) == np.sort(theirs, axis=1))
                click.echo(f"{rival}: {same:.3%} of the items are the same")
    click.echo()


class Commands:
    """Whole processes, from start to end; each has run once before the first time counts."""

    def __init__(self, folder):
        lines = EXAMPLE.read_text(encoding="utf-8-sig").splitlines()
        rows = [f"Z{at:03d}{lines[1 + at % 34][4:]}" for at in range(340)]
        many = folder / "tenants.csv"
        many.write_text("\n".join([lines[0], *rows]) + "\n", encoding="utf-8")
        matcher = [sys.executable, "-m", "matcher"]
        self.commands = {
            "help": [*matcher, "--help"],
            "click": [sys.executable, "-c", "import click"],
            "match": [*matcher, "match", str(many), "-o", str(folder / "out.csv"), "-q"],
            "pandas": [sys.executable, "-c", "import pandas"],
            "sklearn": [sys.executable, "-c", "import pandas, sklearn.feature_extraction.text"],
        }
        for name in self.commands:
            self(name)

    def has(self, name):
        return name in self.commands

    def __call__(self, name):
        start = time.perf_counter(), processor_seconds()
        subprocess.run(self.commands[name], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start[0], processor_seconds() - start[1]


def processor_seconds():
    """Return the processor time of all processes that were started and have ended."""
    spent = os.times()
    return spent.children_user + spent.children_system


if __name__ == "__main__":
    main()
