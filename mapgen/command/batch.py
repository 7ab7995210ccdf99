"""``mapgen extract`` for any number of articles: streamed, on several processes, resumable.

Articles are read one at a time, coded (here, or by worker processes), and their lines are added to
a journal beside the output, a block for each article. When all are done the claims file is made
from the journal in one step. A run that was stopped, however hard, leaves the old output and a
journal from which ``--resume`` goes on; the result is the same, byte for byte, as of one run with
one process.
"""

from __future__ import annotations

import collections
import contextlib
import hashlib
import json
import multiprocessing
import os
import signal
import sqlite3
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from mapgen import __version__, pipeline
from mapgen.claims.claims_file import claims_to_lines
from mapgen.core.files import OutputError
from mapgen.errors import InputError, MapgenError
from mapgen.model import Article, Extraction
from mapgen.reading.articles import Reading, read_each

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path
    from typing import BinaryIO

    from gazetteer import Gazetteer
    from mapgen.settings import Settings

    Coded = list[str] | InputError
    Coding = Callable[[Iterator[Article]], Generator[tuple[Article, Coded], None, None]]
    Tell = Callable[["Batch"], None]

IN_FLIGHT = 4
"""Articles that wait for each worker: it never idles, and no more are held in memory."""

MOST_NAMES = 100_000
"""Different names not found that are kept for the closing line."""

_PARTS = (b'{"record": "article"', b'{"record": "sentence"', b'{"record": "claim"')


@dataclass(slots=True)
class Batch:
    """How far a run is, and what is to be told of it."""

    reading: Reading
    n_done: int = 0
    n_resumed: int = 0
    n_claims: int = 0
    n_left_off: int = 0
    unfound: collections.Counter[str] = field(default_factory=collections.Counter)
    several: collections.Counter[str] = field(default_factory=collections.Counter)

    def count(self, lines: Iterable[str]) -> None:
        """Count what the lines of an article state."""
        self.n_done += 1
        for line in lines:
            record = json.loads(line)
            if record["record"] == "sentence":
                self.n_left_off += record["left_off"] is not None
            elif record["record"] == "claim":
                self.n_claims += 1
                for place in record["places"]:
                    if place["place_id"] is None:
                        names = self.several if place.get("unplaced") else self.unfound
                        self._count_name(names, place["surface"])

    @staticmethod
    def _count_name(names: collections.Counter[str], surface: str) -> None:
        """Count a name that has no place, of which so many are kept."""
        name = " ".join(surface.split())
        if name in names or len(names) < MOST_NAMES:
            names[name] += 1


class Journal:
    """The blocks of articles that are done, in a file that a killed run leaves whole but its end.

    Parameters
    ----------
    path
        The file; made when it is not there.
    about
        What the claims depend on besides the articles: settings, gazetteer, version.

    Raises
    ------
    OutputError
        If it cannot be written, or another run writes it now.
    """

    def __init__(self, path: Path, about: dict[str, str | None]) -> None:
        self.path = path
        self.n_blocks = 0
        self._head = json.dumps({"journal": 1, **about}).encode() + b"\n"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._stream: BinaryIO = path.open("a+b")
        except OSError as err:
            raise _unwritten(path, err) from err
        if not _locked(self._stream):
            self._stream.close()
            msg = f"{path}: another run is writing it. Wait for it, or name another file with -o."
            raise OutputError(msg)

    def begin(self, *, resume: bool) -> None:
        """Keep the whole blocks of an earlier run, or none.

        Raises
        ------
        OutputError
            If an earlier run was made with other settings: what it left does not fit.
        """
        self.n_blocks = 0
        self._stream.seek(0)
        head = self._stream.readline()
        if resume and head and head != self._head and head.endswith(b"\n"):
            msg = (
                f"{self.path}: was begun with other settings, another version or another "
                "gazetteer. Start again without --resume."
            )
            raise OutputError(msg)
        if resume and head == self._head:
            end = self._stream.tell()
            for _, _ in self._blocks():
                self.n_blocks += 1
                end = self._stream.tell()
            self._stream.truncate(end)
        else:
            self._stream.truncate(0)
            self._write(self._head)

    def blocks(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the key and lines of each article."""
        self._stream.seek(len(self._head))
        yield from self._blocks()

    def _blocks(self) -> Iterator[tuple[str, list[str]]]:
        while head := self._stream.readline():
            try:
                told = json.loads(head)
                data = self._stream.read(told["bytes"])
            except (ValueError, KeyError, TypeError):
                return
            if hashlib.sha256(data).hexdigest() != told.get("sha256"):
                return  # the end that a killed run left, or a damaged disk: coded anew
            yield told["key"], data.decode("utf-8").split("\n")[:-1]

    def add(self, key: str, lines: Sequence[str]) -> None:
        """Add the block of an article."""
        data = "".join(f"{line}\n" for line in lines).encode("utf-8")
        head = {"key": key, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        self._write(json.dumps(head).encode() + b"\n" + data)
        self.n_blocks += 1

    def _write(self, data: bytes) -> None:
        try:
            self._stream.write(data)
            self._stream.flush()
        except OSError as err:
            raise _unwritten(self.path, err) from err

    def parts(self) -> Iterator[bytes]:
        """Yield the claims file: all articles, then all sentences, then all claims."""
        for start in _PARTS:
            for _, lines in self.blocks():
                for line in lines:
                    data = line.encode("utf-8")
                    if data.startswith(start):
                        yield data + b"\n"

    def close(self, *, remove: bool) -> None:
        """Close the file, and remove it when it has served."""
        if remove:
            self.path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # a full disk was told of when it was written
            self._stream.close()


def extract_each(
    inputs: Sequence[str | Path],
    gazetteer: Gazetteer,
    settings: Settings,
    journal: Journal,
    *,
    jobs: int = 1,
    code: Coding | None = None,
    resume: bool = False,
    tell: Tell = lambda _: None,
) -> Batch:
    """Code what articles claim and add it to a journal.

    Parameters
    ----------
    inputs
        As of `mapgen.reading.articles.read`.
    gazetteer
        Where places are looked up; each worker opens its own.
    settings
        The settings of the run.
    journal
        Where the lines of each article go.
    jobs
        Processes that code; 1 codes in this one.
    code
        Codes articles in their order, in place of processes here: see `mapgen.command.cluster`.
    resume
        Whether to keep what an earlier run left in the journal.
    tell
        Called after each article.

    Raises
    ------
    OutputError
        If the journal cannot be written, or is of a run with other settings or inputs.
    """
    batch = Batch(Reading(published_on=settings.published_on, country=settings.country))
    journal.begin(resume=resume)
    articles = read_each(inputs, batch.reading)
    for key, lines in journal.blocks() if resume else ():
        article = next(articles, None)
        if article is None or _key(article) != key:
            name = article.id if article else "no article"
            msg = (
                f"{journal.path}: the inputs have changed ({name} stands where another article "
                "was). Start again without --resume."
            )
            raise OutputError(msg)
        batch.n_resumed += 1
        batch.count(lines)
    tell(batch)
    if code is not None:
        coded = code(articles)
    elif jobs > 1:
        coded = _in_workers(articles, settings, jobs)
    else:
        coded = _here(articles, gazetteer, settings)
    with contextlib.closing(coded):  # ends the workers, whatever happens here
        for article, told in coded:
            if isinstance(told, InputError):
                batch.reading.refused.append(told)
            lines = [] if isinstance(told, InputError) else told
            journal.add(_key(article), lines)
            batch.count(lines)
            tell(batch)
    return batch


def about(gazetteer: Gazetteer, settings: Settings) -> dict[str, str | None]:
    """Return what claims depend on besides the articles."""
    places = hashlib.sha256(repr(gazetteer.info()).encode()).hexdigest()
    return {
        "mapgen": __version__,
        "gazetteer": places,
        "parser": settings.parser,
        "coder": settings.coder,
        "endpoint": settings.endpoint,
        "model": settings.model,
        "tables": settings.tables.digest if settings.tables else None,
    }


def _key(article: Article) -> str:
    """Return what stands for an article and all that was told of it."""
    text = "".join(claims_to_lines(Extraction(articles=(article,), sentences=(), claims=())))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _here(
    articles: Iterable[Article], gazetteer: Gazetteer, settings: Settings
) -> Generator[tuple[Article, Coded], None, None]:
    for article in articles:
        yield article, lines_of(article, gazetteer, settings)


def lines_of(article: Article, gazetteer: Gazetteer, settings: Settings) -> Coded:
    """Return the lines of one article; a fault of the coder costs that article, not the run.

    Raises
    ------
    MapgenError
        If no article could be coded: the parser or coder is not installed.
    """
    try:
        return list(claims_to_lines(pipeline.extract([article], gazetteer, settings)))
    except (MapgenError, sqlite3.DatabaseError):  # a damaged gazetteer fails at every article
        raise
    except Exception as err:  # noqa: BLE001  told as the refusal of the article, with its kind
        return uncoded(article, f"{type(err).__name__}: {str(err)[:200]}")


def uncoded(article: Article, why: str) -> InputError:
    """Return the refusal of an article at which the program failed."""
    advice = "This is a bug in mapgen: please report it, if possible with the article."
    return InputError(article.id, f"could not be coded ({why})", advice)


_worker: dict[str, Any] = {}  # of a worker process: its gazetteer and settings


def _start_worker(settings: Settings) -> None:
    from gazetteer import Gazetteer  # noqa: PLC0415  in the worker only

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends the run
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker.update(gazetteer=Gazetteer.open(), settings=settings)


def _end_with_parent() -> None:
    """End this process when the one that started it has been killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(article: Article) -> Coded:
    return lines_of(article, _worker["gazetteer"], _worker["settings"])


def _in_workers(
    articles: Iterator[Article], settings: Settings, jobs: int
) -> Generator[tuple[Article, Coded], None, None]:
    """Code in other processes, in the order of the articles.

    When a worker dies, those that were in flight are coded again one by one; an article that kills
    its worker when alone is refused.
    """
    suspects: list[Article] = []  # were in flight when a worker died
    while True:
        alone = bool(suspects)
        n_done, waiting = 0, collections.deque[tuple[Article, "Future[Coded]"]]()
        taken: Article | None = None
        pool = _pool(1 if alone else jobs, settings)
        try:
            for taken in chain(suspects if alone else articles, [None]):
                while waiting and (taken is None or alone or len(waiting) >= jobs * IN_FLIGHT):
                    lines = waiting[0][1].result()
                    n_done += 1
                    yield waiting.popleft()[0], lines
                if taken is not None:
                    waiting.append((taken, pool.submit(_work, taken)))
        except BrokenProcessPool:
            if alone:
                killer = suspects[n_done]
                yield killer, uncoded(killer, "its process was killed, perhaps for lack of memory")
                suspects = suspects[n_done + 1 :]
            else:
                suspects = [article for article, _ in waiting] + ([taken] if taken else [])
        else:
            if not alone:
                return
            suspects = []
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


def _pool(jobs: int, settings: Settings) -> ProcessPoolExecutor:
    # Processes already use every core: threads of the libraries inside them would only be in each
    # other's way. They are read when a library loads, so they must be set before a worker starts.
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    return ProcessPoolExecutor(
        jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(settings,),
    )


def _unwritten(path: Path, err: OSError) -> OutputError:
    return OutputError(
        f"{path}: cannot be written ({err.strerror or err}). Free some space, or "
        "choose another place with -o."
    )


def _locked(stream: BinaryIO) -> bool:
    """Take the lock of a file that ends with its process; True where there are none."""
    try:
        import fcntl  # noqa: PLC0415  not on Windows
    except ImportError:
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True
