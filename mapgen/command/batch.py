"""Run ``mapgen extract`` on any number of articles, in parallel and resumably.

Articles are read one at a time and coded, in this process or by workers. The lines of each article
are appended as one block to a journal next to the output. When all articles are done, the claims
file is written from the journal in one step. A run that is interrupted or killed leaves the old
output untouched and a journal from which ``--resume`` continues. The result is identical, byte for
byte, to that of a single run with one process.
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
from mapgen.coders import failed_on
from mapgen.core.chosen_columns import parse_columns
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
"""Articles queued per worker: enough to keep it busy, few enough to spare memory."""

MOST_NAMES = 100_000
"""Most different names without a place that are counted for the closing message."""

_PARTS = (b'{"record": "article"', b'{"record": "sentence"', b'{"record": "claim"')


@dataclass(slots=True)
class Batch:
    """The progress of a run, and the counts for its closing message."""

    reading: Reading
    n_done: int = 0
    n_resumed: int = 0
    n_claims: int = 0
    n_left_off: int = 0
    unfound: collections.Counter[str] = field(default_factory=collections.Counter)
    several: collections.Counter[str] = field(default_factory=collections.Counter)

    def count(self, lines: Iterable[str]) -> None:
        """Count the claims, skipped sentences and unplaced names of one article."""
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
        """Count a name without a place, up to the limit on different names."""
        name = " ".join(surface.split())
        if name in names or len(names) < MOST_NAMES:
            names[name] += 1


class Journal:
    """A file with one block per finished article; a killed run can damage only its last block.

    Parameters
    ----------
    path
        The journal file. It is created if it does not exist.
    about
        What the claims depend on besides the articles, from `about`.

    Raises
    ------
    OutputError
        If the file cannot be written, or another run is writing it.
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
        if not locked(self._stream):
            self._stream.close()
            msg = f"{path}: another run is writing it. Wait for it, or name another file with -o."
            raise OutputError(msg)

    def begin(self, *, resume: bool) -> None:
        """Start the journal, keeping the complete blocks of an earlier run if asked to.

        Parameters
        ----------
        resume
            Whether to keep the blocks of an earlier run; otherwise the journal is emptied.

        Raises
        ------
        OutputError
            If the earlier run used other settings, another version or another gazetteer.
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
                return  # cut off by a killed run or damaged on disk; the article is coded again
            yield told["key"], data.decode("utf-8").split("\n")[:-1]

    def add(self, key: str, lines: Sequence[str]) -> None:
        """Append the block of one article.

        Parameters
        ----------
        key
            Key of the article, by which a later run recognises it.
        lines
            Lines of the article, without line ends.
        """
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
        """Yield the lines of the claims file: all articles, then sentences, then claims."""
        for start in _PARTS:
            for _, lines in self.blocks():
                for line in lines:
                    data = line.encode("utf-8")
                    if data.startswith(start):
                        yield data + b"\n"

    def close(self, *, remove: bool) -> None:
        """Close the file, and remove it if it is no longer needed."""
        if remove:
            self.path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # a full disk was already reported when writing failed
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
    """Code the claims of articles and append them to a journal.

    Parameters
    ----------
    inputs
        Files and folders, as for `mapgen.reading.articles.read`.
    gazetteer
        Gazetteer for looking up places. Each worker process opens its own.
    settings
        Settings of the run.
    journal
        Journal to which the lines of each article are appended.
    jobs
        Number of processes. With 1, articles are coded in the current process.
    code
        Function that codes articles in order instead of local processes; see
        `mapgen.command.cluster`.
    resume
        Whether to keep the articles that an earlier run left in the journal.
    tell
        Function called with the progress after each article.

    Returns
    -------
    Batch
        Counts of the whole run, including resumed articles.

    Raises
    ------
    OutputError
        If the journal cannot be written, or belongs to a run with other settings or inputs.
    """
    columns = parse_columns(settings.columns) if settings.columns else None
    batch = Batch(Reading(settings.published_on, settings.country, columns))
    journal.begin(resume=resume)
    articles = read_each(inputs, batch.reading)
    for key, lines in journal.blocks() if resume else ():
        article = next(articles, None)
        if article is None or key_of(article) != key:
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
    with contextlib.closing(coded):  # ends the workers even if an error occurs here
        for article, told in coded:
            if isinstance(told, InputError):
                batch.reading.refused.append(told)
            lines = [] if isinstance(told, InputError) else told
            journal.add(key_of(article), lines)
            batch.count(lines)
            tell(batch)
    return batch


def about(gazetteer: Gazetteer, settings: Settings) -> dict[str, str | None]:
    """Return everything that claims depend on besides the articles.

    Parameters
    ----------
    gazetteer
        Gazetteer in which places are looked up.
    settings
        Settings of the run.

    Returns
    -------
    dict
        Versions, names and digests to store in the journal. A run resumes only if they are equal.
    """
    places = hashlib.sha256(repr(gazetteer.info()).encode()).hexdigest()
    return {
        "mapgen": __version__,
        "gazetteer": places,
        "parser": settings.parser,
        "coder": settings.coder,
        "scope": settings.scope.value,
        "endpoint": settings.endpoint,
        "model": settings.model,
        "tables": settings.tables.digest if settings.tables else None,
    }


def key_of(article: Article) -> str:
    """Return a hash of an article and its metadata.

    Parameters
    ----------
    article
        The article.
    """
    text = "".join(claims_to_lines(Extraction(articles=(article,), sentences=(), claims=())))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _here(
    articles: Iterable[Article], gazetteer: Gazetteer, settings: Settings
) -> Generator[tuple[Article, Coded], None, None]:
    for article in articles:
        yield article, lines_of(article, gazetteer, settings)


def lines_of(article: Article, gazetteer: Gazetteer, settings: Settings) -> Coded:
    """Return the lines of one article, or its refusal if the coder fails on it.

    Parameters
    ----------
    article
        The article.
    gazetteer
        Gazetteer in which places are looked up.
    settings
        Settings of the run.

    Returns
    -------
    list of str or InputError
        The lines of a claims file, or the refusal.

    Raises
    ------
    MapgenError
        If no article can be coded, for example because the parser is not installed.
    sqlite3.DatabaseError
        If the gazetteer file is damaged.
    """
    try:
        made = pipeline.extract([article], gazetteer, settings)
        failed = failed_on(made)
        return failed[0] if failed else list(claims_to_lines(made))
    except (MapgenError, sqlite3.DatabaseError):  # a damaged gazetteer fails at every article
        raise
    except Exception as err:  # noqa: BLE001  reported as a refusal of the article, with the type of error
        return uncoded(article, f"{type(err).__name__}: {str(err)[:200]}")


def uncoded(article: Article, why: str) -> InputError:
    """Return the refusal of an article on which the program failed.

    Parameters
    ----------
    article
        The article.
    why
        Type and message of the error.

    Returns
    -------
    InputError
        The refusal, which asks the user to report a bug.
    """
    advice = "This is a bug in mapgen: please report it, if possible with the article."
    return InputError(article.id, f"could not be coded ({why})", advice)


_worker: dict[str, Any] = {}  # gazetteer and settings of this worker process


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
    """Code articles in worker processes and yield the results in order.

    If a worker dies, the articles in flight are coded again one at a time. An article that kills
    its worker on its own is refused.
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
    # The processes already use every core, so threads inside the libraries would only compete.
    # Libraries read these variables when they load, so set them before a worker starts.
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


def locked(stream: BinaryIO) -> bool:
    """Lock a file until it is closed; return whether no other process had locked it.

    Parameters
    ----------
    stream
        An open file. If the system has no file locks, the answer is True.
    """
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
