"""A batch run from end to end: lists in, a folder of parts and a manifest out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matcher import columns
from matcher.batch.engines import Engine, LocalEngine, Task
from matcher.batch.order import Order, Source, find_sources
from matcher.batch.prints import take_prints
from matcher.batch.since import Earlier
from matcher.batch.store import Store
from matcher.batch.tables import TENANTS, read_parquet
from matcher.batch.work import Part
from matcher.catalogue import Catalogue
from matcher.errors import BLOCKING_KINDS, DataError, Problem
from matcher.intake.chunks import Chunk, cut
from matcher.intake.streams import open_list


@dataclass
class Progress:
    """How far a run has come.

    Parameters
    ----------
    share : float
        Of the lists that has been gone through, 0 to 1.
    n_parts, n_tenants, n_matches : int
        What stands in the folder.
    n_resumed : int
        Parts that a run before this one had written.
    n_kept : int
        Tenants whose matches were taken over from an earlier run.
    problems : dict of str to int
        How many of each kind.
    told : list of Problem
        What is to be told of columns and of lists that could not be read.
    done : bool
        Whether the manifest is written.
    """

    share: float = 0.0
    n_parts: int = 0
    n_tenants: int = 0
    n_matches: int = 0
    n_resumed: int = 0
    n_kept: int = 0
    problems: dict[str, int] = field(default_factory=dict)
    told: list[Problem] = field(default_factory=list)
    done: bool = False

    @property
    def has_blocking_problem(self) -> bool:
        """Whether the run ends with exit status 1."""
        return not BLOCKING_KINDS.isdisjoint(self.problems)

    def add(self, checkpoint: dict[str, Any]) -> None:
        """Count a part."""
        self.n_parts += 1
        self.n_tenants += checkpoint["n_tenants"]
        self.n_matches += checkpoint["n_matches"]
        for kind, count in checkpoint["problems"].items():
            self.problems[kind] = self.problems.get(kind, 0) + count

    def tell(self, problems: tuple[Problem, ...]) -> None:
        """Count problems of a list as a whole, and keep them to be told."""
        self.told += problems
        for problem in problems:
            self.problems[problem.kind] = self.problems.get(problem.kind, 0) + 1


def run_batch(
    lists: Path,
    folder: Path,
    catalogue: Catalogue,
    order: Order,
    *,
    data: Path | None = None,
    since: Path | None = None,
    engine: Engine | None = None,
) -> Iterator[Progress]:
    """Rank partners for the tenants of a list, or of a folder of lists, of any length.

    What was begun in the folder is gone on with, to the same bytes.

    Parameters
    ----------
    lists : Path
        A tenant list, or a folder of them.
    folder : Path
        Where the result goes: ``matches/``, ``tenants/`` and ``problems/`` in parts of Parquet,
        and ``manifest.json`` when all is done.
    catalogue : Catalogue
        Whose partners.
    order : Order
        What is asked.
    data : Path, optional
        Data folder that the catalogue was read from; None for the one of the package.
    since : Path, optional
        Manifest of an earlier run, of which what did not change is taken over.
    engine : Engine, optional
        What does the chunks; this process by default.

    Yields
    ------
    Progress
        The same object after each part.

    Raises
    ------
    MatcherError
        When the folder holds another run.
    DataError
        When the only list cannot be read; of a folder, such lists are told and passed over.
    """
    sources = find_sources(lists)
    store = Store(folder, order.record(catalogue, sources))
    if (manifest := store.manifest) is not None:
        yield _finished(manifest)
        return
    prints = take_prints(catalogue, order, data)
    earlier = Earlier(since, catalogue, prints) if since else None
    if earlier is not None and not earlier.comparable:
        earlier = None
    run = _Run(store, catalogue, order, Progress())
    engine = engine or LocalEngine()
    engine.start(catalogue, order, earlier)
    try:
        for number, source, part in engine.results(run.tasks(sources, alone=lists.is_file())):
            run.commit(number, source, part)
            yield run.progress
    finally:
        engine.stop()
    run.finish(prints.as_dict())
    yield run.progress


class _Run:
    """What has been done of a run so far."""

    def __init__(
        self, store: Store, catalogue: Catalogue, order: Order, progress: Progress
    ) -> None:
        self.store = store
        self.catalogue = catalogue
        self.order = order
        self.progress = progress
        self.parts: list[dict[str, Any]] = []

    def tasks(self, sources: list[Source], *, alone: bool) -> Iterator[Task]:
        """Yield the chunks of all lists; those of which the part is there are counted only."""
        number = 0
        for at, source in enumerate(sources):
            try:
                for chunk, share in self._chunks(source):
                    checkpoint = self.store.done(number)
                    task = Task(number, source.name, chunk, (at + share) / len(sources))
                    if checkpoint is not None:
                        path = self.store.path(TENANTS, number)
                        ids = read_parquet(path, [columns.TENANT_ID]).column(0).to_pylist()
                        task = Task(number, source.name, None, task.share, ids, checkpoint)
                    yield task
                    number += 1
            except DataError as error:
                if alone:
                    raise
                self.progress.tell(error.problems)

    def _chunks(self, source: Source) -> Iterator[tuple[Chunk, float]]:
        opened = open_list(
            source.path,
            self.catalogue.vocabulary,
            name=source.name,
            sheet=self.order.sheet,
            headers=self.order.headers,
        )
        self.progress.tell(opened.problems)
        for chunk in cut(opened, self.catalogue.vocabulary, self.order.chunk):
            yield chunk, opened.share_read()

    def commit(self, number: int, task: Task, part: Part | None) -> None:
        """Write a part, or count one that is there."""
        if part is None:
            assert task.checkpoint is not None
            checkpoint = task.checkpoint
            self.progress.n_resumed += 1
        else:
            checkpoint = self.store.commit(number, part, task.name)
            self.progress.n_kept += part.n_kept
        self.parts.append(checkpoint)
        self.progress.add(checkpoint)
        self.progress.share = task.share

    def finish(self, prints: dict[str, Any]) -> None:
        """Write the manifest."""
        told = [problem.as_dict() for problem in self.progress.told]
        counts = {
            "n_tenants": self.progress.n_tenants,
            "n_matches": self.progress.n_matches,
            "problems": dict(sorted(self.progress.problems.items())),
            "told": told,
        }
        self.store.finish(self.parts, {**counts, "prints": prints})
        self.progress.share, self.progress.done = 1.0, True


def _finished(manifest: dict[str, Any]) -> Progress:
    parts = len(manifest["parts"])
    return Progress(
        1.0,
        parts,
        manifest["n_tenants"],
        manifest["n_matches"],
        parts,
        0,
        manifest["problems"],
        [Problem(**each) for each in manifest["told"]],
        True,
    )
