"""Read complex formats in a separate process with limits on time and memory.

A hostile PDF, Word or HTML file can make a library loop forever or use up all memory. In a separate
process, the worst outcome is that this one file is refused. The process starts when it is first
needed, reads many files, and is replaced if a file makes it crash.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapgen.errors import InputError, ProgramFaultError
from mapgen.reading.read_excel import Sheet, read_xlsx
from mapgen.reading.read_feeds import read_feed, read_json_feed
from mapgen.reading.read_html import read_html
from mapgen.reading.read_mail import read_eml
from mapgen.reading.read_pdf import read_pdf
from mapgen.reading.read_telegram import read_telegram, read_telegram_page
from mapgen.reading.read_text import ArticleDraft
from mapgen.reading.read_word import read_docx

if TYPE_CHECKING:
    from collections.abc import Callable

CPU_SECONDS = 3
"""Processor time for a small file. Larger files and each page of a PDF get more."""

MAX_CPU_SECONDS = 120
BYTES_A_SECOND = 50_000
"""Allowed reading speed, slower than that of any ordinary file (0.1 s for a page of a report)."""

MEMORY_BYTES = 700_000_000
"""Memory for one file on top of the libraries, where the system can limit it."""

PAGE_SECONDS = 1
"""Extra allowance for each page of a PDF. Its size adds nothing, as most of it is pictures."""

WALL_FACTOR = 10
"""Elapsed time allowed, as a multiple of processor time: on a busy machine a process waits."""

MIN_WALL_SECONDS = 120
"""Elapsed time allowed for any file, in seconds."""

Drafts = list[ArticleDraft | InputError]
Answer = ArticleDraft | list[Sheet] | Drafts

READERS: dict[str, Callable[[str, bytes, Callable[[], object]], Answer]] = {
    "html": lambda name, data, _: read_html(name, data),
    "pdf": lambda name, data, more_time: read_pdf(name, data, on_page=more_time),
    "docx": lambda name, data, _: read_docx(name, data),
    "xlsx": lambda name, data, _: read_xlsx(name, data),
    "feed": lambda name, data, _: read_feed(name, data),
    "json feed": lambda name, data, _: read_json_feed(name, data),
    "mail": lambda name, data, _: read_eml(name, data),
    "telegram": lambda name, data, _: read_telegram(name, data),
    "telegram page": lambda name, data, _: read_telegram_page(name, data),
}
_SAVE = "Save its text as a .txt file in UTF-8."


def read_guarded(kind: str, name: str, data: bytes) -> ArticleDraft:
    """Read a file of a complex format.

    Parameters
    ----------
    kind
        ``html``, ``pdf`` or ``docx``.
    name
        The file as the user wrote it, for messages.
    data
        Content of the file.

    Raises
    ------
    InputError
        If the file cannot be read, or not within the limits on time and memory.
    """
    answer = _answered(kind, name, data)
    return ArticleDraft(**{key: _hashable(value) for key, value in answer.items()})


def _hashable(value: Any) -> Any:  # noqa: ANN401  a JSON value can have any type
    """Return a list as a tuple, as drafts have it."""
    return tuple(value) if isinstance(value, list) else value


def read_sheets(name: str, data: bytes) -> list[Sheet]:
    """Read the sheets of an Excel workbook.

    Parameters
    ----------
    name
        The file as the user wrote it, for messages.
    data
        Content of the file.

    Raises
    ------
    InputError
        If the file cannot be read, or not within the limits on time and memory.
    """
    return [(title, rows) for title, rows in _answered("xlsx", name, data)["sheets"]]


def read_many_guarded(kind: str, name: str, data: bytes) -> Drafts:
    """Read a file with many articles.

    Parameters
    ----------
    kind
        ``feed``, ``json feed``, ``mail``, ``telegram`` or ``telegram page``.
    name
        The file as the user wrote it, for messages.
    data
        Content of the file.

    Returns
    -------
    list
        A draft for each article, or the reason why it is refused.

    Raises
    ------
    InputError
        If the file cannot be read, or not within the limits on time and memory.
    """
    return [_unpacked(one) for one in _answered(kind, name, data)["drafts"]]


def _answered(kind: str, name: str, data: bytes) -> dict[str, Any]:
    """Return what the reading process says of a file, without a problem."""
    if not _can_start():
        return _answer_of(kind, READERS[kind](name, data, lambda: None))
    with _LOCK:
        answer = _CHILD.ask(kind, name, data)
    if "problem" in answer:
        raise InputError(name, answer["problem"], answer["advice"])
    return answer


def _answer_of(kind: str, result: Answer) -> dict[str, Any]:
    """Return what was read as JSON can hold it."""
    if not isinstance(result, list):
        return _packed(result)
    if kind == "xlsx":
        return {"sheets": result}
    return {"drafts": [_packed(one) for one in result if not isinstance(one, tuple)]}


def _packed(draft: ArticleDraft | InputError) -> dict[str, Any]:
    """Return a draft or a refusal as JSON can hold it."""
    if isinstance(draft, InputError):
        return {"where": draft.name, "problem": draft.problem, "advice": draft.advice}
    fields = {key: getattr(draft, key) for key in ArticleDraft.__dataclass_fields__}
    day = fields["published_on"]
    return {**fields, "published_on": day.isoformat() if isinstance(day, date) else day}


def _unpacked(answer: dict[str, Any]) -> ArticleDraft | InputError:
    if "problem" in answer:
        return InputError(answer["where"], answer["problem"], answer["advice"])
    lists = {key: tuple(answer[key]) for key in ("notes", "pages", "running_heads")}
    return ArticleDraft(**{**answer, **lists})


def cpu_limit(kind: str, n_bytes: int) -> int:
    """Return the seconds of processor time allowed before the first page is read."""
    if kind == "pdf":
        return CPU_SECONDS
    return min(MAX_CPU_SECONDS, CPU_SECONDS + n_bytes // BYTES_A_SECOND)


def _can_start() -> bool:
    """Whether this Python can start another one; it cannot when embedded in a program."""
    return bool(sys.executable) and Path(sys.executable).name.lower().startswith("python")


class _Child:
    """The reading process. It starts on first use and restarts after a crash."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, kind: str, name: str, data: bytes) -> dict[str, Any]:
        """Return the fields of a draft, or a problem and advice."""
        process = self._running()
        limit = cpu_limit(kind, len(data))
        head = {"kind": kind, "name": os.fsencode(name).decode("utf-8", "replace")}
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        allowed = MAX_CPU_SECONDS if kind == "pdf" else limit
        wall = max(MIN_WALL_SECONDS, allowed * WALL_FACTOR)
        clock = threading.Timer(wall, stop)
        clock.start()
        try:
            line = self._talk(process, {**head, "size": len(data), "seconds": limit}, data)
            code = 0 if line.endswith(b"\n") else process.wait()  # which the clock may have to end
        finally:
            clock.cancel()
        if line.endswith(b"\n"):
            return dict(json.loads(line))
        self.close()
        if late.is_set():
            problem = f"was not read within {wall} seconds; it hangs, or the machine is very busy"
            return {"problem": problem, "advice": _SAVE}
        if code == -_signal("SIGXCPU"):
            pages = f" and {PAGE_SECONDS} more a page" if kind == "pdf" else ""
            problem = f"takes more than {limit} seconds{pages} to read"
            return {"problem": problem, "advice": _SAVE}
        return {"problem": f"ends the program that reads it (code {code})", "advice": _SAVE}

    @staticmethod
    def _talk(process: subprocess.Popen[bytes], head: dict[str, object], data: bytes) -> bytes:
        if process.stdin is None or process.stdout is None:
            return b""
        try:
            process.stdin.write(json.dumps(head).encode() + b"\n" + data)
            process.stdin.flush()
        except OSError:  # the process died; its exit code says why
            return b""
        return process.stdout.readline()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        # -P: never import a module from the working folder, which may be full of articles.
        paths = [entry for entry in sys.path if entry]
        self._process = subprocess.Popen(  # this Python and a module of this package
            [sys.executable, "-P", "-m", "mapgen.reading.guarded"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
        return self._process

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _signal(name: str) -> int:
    import signal  # noqa: PLC0415

    return int(getattr(signal, name, 0))


_LOCK = threading.Lock()
_CHILD = _Child()
atexit.register(_CHILD.close)


def _serve() -> None:
    """Read files from standard input until it ends; write one answer per line."""
    import logging  # noqa: PLC0415

    logging.disable(logging.CRITICAL)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # keep what a library prints out of the answers
    while line := sys.stdin.buffer.readline():
        head = json.loads(line)
        data = sys.stdin.buffer.read(head["size"])
        _warm(head["kind"])
        _bound(head["seconds"])
        try:
            kind = head["kind"]
            text = json.dumps(_answer_of(kind, READERS[kind](head["name"], data, _more_time)))
        except InputError as err:
            # Readers name the error by its class only, so explain that memory ran out.
            problem = err.problem
            if isinstance(err.__cause__, MemoryError):
                problem = f"takes more than {MEMORY_BYTES // 1_000_000} MB of memory to read"
            text = json.dumps({"problem": problem, "advice": err.advice})
        except (MemoryError, RecursionError) as err:
            problem = f"is nested or packed too deeply to be read ({type(err).__name__})"
            text = json.dumps({"problem": problem, "advice": _SAVE})
        except Exception as err:  # noqa: BLE001  without this, the process would end and not say why
            fault = ProgramFaultError(head["name"], err)
            text = json.dumps({"problem": fault.problem, "advice": fault.advice})
        _bound(None)
        answers.write(text.encode() + b"\n")
        answers.flush()


def _warm(kind: str) -> None:
    """Load the library before the time limit starts."""
    if kind == "html":
        import trafilatura  # noqa: PLC0415, F401
    elif kind == "docx":
        import docx  # noqa: PLC0415, F401
    elif kind == "xlsx":
        import openpyxl  # noqa: PLC0415, F401
    elif kind == "pdf":
        import pdfminer.high_level  # noqa: PLC0415, F401
    else:
        import feedparser  # noqa: PLC0415, F401
        import lxml.html  # noqa: PLC0415, F401


def _bound(seconds: int | None) -> None:
    """Set limits on processor time and memory from now on, or lift them."""
    try:
        import resource  # noqa: PLC0415  not on Windows: there only the wall clock bounds
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = round(used.ru_utime + used.ru_stime)  # the limit is in whole seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = hard if seconds is None else spent + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    pages = Path("/proc/self/statm")
    if pages.exists():
        held = int(pages.read_text("ascii").split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = hard if seconds is None else held + MEMORY_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _more_time() -> None:
    """Raise the limit on processor time by the allowance for one page."""
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft + PAGE_SECONDS, hard))


if __name__ == "__main__":
    _serve()
