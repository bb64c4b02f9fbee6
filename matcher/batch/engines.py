"""What does the chunks of a batch run: this process, or workers on one machine or many."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from matcher.batch.work import Part, Worker
from matcher.intake.chunks import Chunk

if TYPE_CHECKING:
    from matcher.batch.order import Order
    from matcher.batch.since import Earlier
    from matcher.catalogue import Catalogue


@dataclass(frozen=True)
class Task:
    """A chunk that is to be done, or a part that is there.

    Parameters
    ----------
    number : int
        Of the part.
    name : str
        Of the list.
    chunk : Chunk or None
        None where the part is there.
    share : float
        Of all lists that has been gone through behind it, 0 to 1.
    ids : list of str
        Ids of the tenants of a part that is there.
    checkpoint : dict or None
        Of a part that is there.
    """

    number: int
    name: str
    chunk: Chunk | None
    share: float
    ids: tuple[str, ...] | list[str] = ()
    checkpoint: dict[str, Any] | None = None


Result = tuple[int, Task, Part | None]


class Engine(Protocol):
    """Does chunks. Results come in the order of the tasks, None for parts that are there."""

    def start(self, catalogue: Catalogue, order: Order, earlier: Earlier | None) -> None:
        """Get ready."""

    def results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield number, task and part of each task."""

    def stop(self) -> None:
        """Let go of everything."""


class LocalEngine:
    """Does chunks one after the other in this process; the search uses threads.

    Parameters
    ----------
    n_threads : int, optional
        Threads of the search; one per core by default.
    """

    def __init__(self, n_threads: int | None = None) -> None:
        self._n_threads = n_threads
        self._worker: Worker | None = None

    def start(self, catalogue: Catalogue, order: Order, earlier: Earlier | None) -> None:
        """Get ready."""
        self._worker = Worker(catalogue, order, earlier, self._n_threads)

    def results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield number, task and part of each task."""
        assert self._worker is not None
        seen = SeenIds()
        for task in tasks:
            ids = seen.of(task.name)
            part = self._worker.part(task.chunk, ids) if task.chunk else None
            ids.update(dict.fromkeys(task.ids, 1))
            yield task.number, task, part

    def stop(self) -> None:
        """Let go of everything."""
        self._worker = None


class SeenIds:
    """The ids that the list at hand has above; those of the lists before it are let go."""

    def __init__(self) -> None:
        self._name: str | None = None
        self._ids: dict[str, int] = {}

    def of(self, name: str) -> dict[str, int]:
        """Return the ids of a list, to be added to."""
        if name != self._name:
            self._name, self._ids = name, {}
        return self._ids


class DaskEngine:
    """Does chunks on the workers of Dask.

    The catalogue is sent to each worker once. A chunk of which a worker dies is done by another
    one. Workers take the ids of a chunk for new; where the list has one of them above, the chunk
    is done again here. An earlier run that is built on must stand where all workers find it.

    Parameters
    ----------
    scheduler : str, optional
        Address of a scheduler; by default workers are started on this machine.
    n_workers : int, optional
        Workers to start; one per core by default.
    """

    def __init__(self, scheduler: str | None = None, n_workers: int | None = None) -> None:
        self._scheduler = scheduler
        self._n_workers = n_workers
        self.cluster: Any = None
        self._client: Any = None

    def start(self, catalogue: Catalogue, order: Order, earlier: Earlier | None) -> None:
        """Connect, and send what all chunks need."""
        from distributed import Client, LocalCluster  # noqa: PLC0415 - an extra

        self._here = catalogue, order, earlier
        if self._scheduler is None:
            self.cluster = LocalCluster(
                n_workers=self._n_workers, threads_per_worker=1, dashboard_address=None
            )
        self._client = Client(self.cluster or self._scheduler)
        # As a task of its own, which goes to each worker once and is done again where it is lost.
        self._sent = self._client.submit(pickle.loads, pickle.dumps(self._here), pure=False)

    def results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield number, task and part of each task."""
        waiting: deque[tuple[Task, Any]] = deque()
        seen = SeenIds()
        for task in tasks:
            future = None
            if task.chunk:
                future = self._client.submit(do_chunk, task.chunk, self._sent, pure=False)
            waiting.append((task, future))
            if len(waiting) > 2 * max(len(self._client.nthreads()), 1):
                yield self._settled(*waiting.popleft(), seen)
        while waiting:
            yield self._settled(*waiting.popleft(), seen)

    def _settled(self, task: Task, future: Any, seen: SeenIds) -> Result:
        ids = seen.of(task.name)
        part: Part | None = None
        if task.chunk is not None:
            part = future.result()
            if not ids.keys().isdisjoint(part.ids):
                part = Worker(*self._here).part(task.chunk, dict(ids))
        ids.update(dict.fromkeys(task.ids if part is None else part.ids, 1))
        return task.number, task, part

    def stop(self) -> None:
        """Let go of the workers."""
        if self._client is not None:
            self._client.close()
        if self.cluster is not None:
            self.cluster.close()


_worker: tuple[object, Worker] | None = None
"""What this process, where it is a worker of Dask, has made ready."""


def do_chunk(chunk: Chunk, needed: tuple[Catalogue, Order, Earlier | None]) -> Part:
    """Do a chunk on a worker of Dask; what all chunks need is made ready once."""
    global _worker
    if _worker is None or _worker[0] is not needed:
        _worker = needed, Worker(*needed, n_threads=1)
    return _worker[1].part(chunk, {})
