"""Code articles on a Dask cluster.

Dask distributes the articles and repeats the work of workers that die. Results are returned in the
order of the articles. Each task states the versions that the claims depend on (mapgen, gazetteer,
parser), and a worker with other versions refuses it. The output is therefore identical, byte for
byte, to that of one process on one machine.
"""

from __future__ import annotations

import asyncio
import collections
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from mapgen.command.batch import IN_FLIGHT, about, lines_of, uncoded
from mapgen.errors import MapgenError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from distributed import Client, Future

    from gazetteer import Gazetteer
    from mapgen.command.batch import Coded, Coding
    from mapgen.model import Article
    from mapgen.settings import Settings

LOCAL = "local"
PATIENCE_S = 60
"""How long to wait while the cluster has no worker. Dask soon replaces a dead worker."""

_HERE = "127.0.0.1"  # a cluster runs any code it is sent: keep a local one private
_COUNT_AFTER = 100  # articles between two counts of the workers, since workers come and go


class ClusterError(MapgenError, RuntimeError):
    """The cluster cannot code the articles; the message says why and what to do."""


def coding_on(address: str, gazetteer: Gazetteer, settings: Settings, *, jobs: int = 1) -> Coding:
    """Return a function that codes articles on a cluster, for `extract_each`.

    Parameters
    ----------
    address
        Address of a Dask scheduler (``tcp://host:8786``), or ``local`` for a temporary cluster of
        processes on this machine.
    gazetteer
        Gazetteer of this machine. Workers must have the same one.
    settings
        Settings of the run.
    jobs
        Number of processes of a local cluster.

    Returns
    -------
    callable
        A function that takes articles and yields each with its lines or its refusal.

    Raises
    ------
    ClusterError
        If Dask is not installed.
    """
    try:
        import distributed  # noqa: F401, PLC0415  optional, and slow to load
    except ImportError as err:
        msg = "--scheduler needs Dask: pip install 'mapgen[distributed]'"
        raise ClusterError(msg) from err
    asked = about(gazetteer, settings)

    def code(articles: Iterator[Article]) -> Generator[tuple[Article, Coded], None, None]:
        with _client(address, jobs) as client, _faults(address):
            yield from _in_order(client, articles, lambda a: (a, settings, asked))

    return code


def code_one(article: Article, settings: Settings, asked: dict[str, str | None]) -> Coded:
    """Code one article on a worker, with the worker's own gazetteer.

    Parameters
    ----------
    article
        Article to code.
    settings
        Settings of the run.
    asked
        Versions that the worker must have, from `mapgen.command.batch.about`.

    Returns
    -------
    list of str or InputError
        Lines of the claims file, or the refusal of the article.

    Raises
    ------
    ClusterError
        If the versions on this worker differ, so that its claims could differ too.
    """
    with _ONE_AT_A_TIME:  # the parser is not thread-safe
        gazetteer = _gazetteer_of_thread()
        ours = about(gazetteer, settings)
        if ours != asked:
            what = ", ".join(key for key in asked if ours.get(key) != asked[key])
            msg = (
                f"a worker has another {what} than this machine. Install the same mapgen on it, "
                "and copy the file that `gazetteer info` names."
            )
            raise ClusterError(msg)
        return lines_of(article, gazetteer, settings)


_ONE_AT_A_TIME = threading.Lock()
_own = threading.local()


def _gazetteer_of_thread() -> Gazetteer:
    """Return the gazetteer of this thread, since a connection cannot be shared."""
    from gazetteer import Gazetteer  # noqa: PLC0415  on workers only

    if not hasattr(_own, "gazetteer"):
        _own.gazetteer = Gazetteer.open()
    return _own.gazetteer  # type: ignore[no-any-return]


@contextmanager
def _client(address: str, jobs: int) -> Iterator[Client]:
    """Connect to a cluster, or start a local one and stop it at the end."""
    from distributed import Client, LocalCluster  # noqa: PLC0415
    from distributed.comm.core import connect  # noqa: PLC0415

    async def knock() -> None:
        comm = await connect(address, timeout=PATIENCE_S)  # type: ignore[no-untyped-call]
        await comm.close()

    if address == LOCAL:
        cluster = LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=jobs, threads_per_worker=1, host=_HERE, dashboard_address=f"{_HERE}:0"
        )
        with cluster, Client(cluster) as client:  # type: ignore[no-untyped-call]
            yield client
        return
    try:
        # Dask never closes a Client that could not connect. If it is garbage-collected while the
        # next one starts, Dask deadlocks. So test the connection first, in a separate event loop.
        with ThreadPoolExecutor(1) as aside:
            aside.submit(asyncio.run, knock()).result()
        client = Client(  # type: ignore[no-untyped-call]
            address, timeout=PATIENCE_S, set_as_default=False
        )
    except (OSError, ValueError) as err:  # a timeout is an OSError
        why = str(err) or "no answer"
        msg = (
            f"--scheduler {address}: cannot be reached ({why}). Is `dask scheduler` running there?"
        )
        raise ClusterError(msg) from err
    with closing(client):
        yield client


@contextmanager
def _faults(address: str) -> Iterator[None]:
    """Convert the errors of Dask into `ClusterError`."""
    from concurrent.futures import CancelledError  # noqa: PLC0415

    from distributed.client import FutureCancelledError  # noqa: PLC0415
    from distributed.comm.core import CommClosedError  # noqa: PLC0415

    try:
        yield
    except MapgenError:
        raise
    except (CancelledError, FutureCancelledError, CommClosedError, OSError) as err:
        msg = f"--scheduler {address}: was lost ({type(err).__name__}). Start it again."
        raise ClusterError(msg) from err
    except (ImportError, AttributeError, RuntimeError) as err:  # raised on the worker and sent here
        msg = (
            f"--scheduler {address}: cannot run mapgen ({type(err).__name__}: {str(err)[:200]}). "
            "Install the same mapgen[distributed] on the scheduler and on every worker."
        )
        raise ClusterError(msg) from err


def _in_order(
    client: Client, articles: Iterator[Article], task: Callable[[Article], tuple[Any, ...]]
) -> Iterator[tuple[Article, Coded]]:
    """Yield results in the order of the articles, with few articles in flight at a time."""
    from distributed import KilledWorker, wait  # noqa: PLC0415

    waiting: collections.deque[tuple[Article, Future[Coded]]] = collections.deque()
    most = 0

    def first() -> tuple[Article, Coded]:
        article, future = waiting.popleft()
        try:
            return article, _result(client, future)
        except KilledWorker:
            # Dask gives up on an article after several workers died with it, but another article
            # may have killed them. Wait until the cluster is idle and try this one alone.
            wait([other for _, other in waiting])  # type: ignore[no-untyped-call]
            try:
                return article, _result(client, _submit(client, task(article)))
            except KilledWorker:
                return article, uncoded(
                    article, "its workers were killed, perhaps for lack of memory"
                )

    for n, article in enumerate(articles):
        if n % _COUNT_AFTER == 0:
            most = IN_FLIGHT * _n_threads(client)
        while len(waiting) >= most:
            yield first()
        waiting.append((article, _submit(client, task(article))))
    while waiting:
        yield first()


def _submit(client: Client, task: tuple[Any, ...]) -> Future[Coded]:
    return client.submit(code_one, *task, pure=False)


def _result(client: Client, future: Future[Coded]) -> Coded:
    """Wait for a result as long as the cluster has a worker."""
    while True:
        try:
            told: Coded = future.result(timeout=PATIENCE_S)
        except TimeoutError:
            _n_threads(client)
        else:
            return told


def _n_threads(client: Client) -> int:
    """Return the number of articles that the cluster can code at the same time.

    Raises
    ------
    ClusterError
        If no worker joins the cluster in time.
    """
    try:
        client.wait_for_workers(1, timeout=PATIENCE_S)
    except TimeoutError as err:
        msg = "the cluster has no worker. Start one with `dask worker ADDRESS --nthreads 1`."
        raise ClusterError(msg) from err
    return sum(client.nthreads().values())  # type: ignore[no-untyped-call]
