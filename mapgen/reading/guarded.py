"""Run the readers of complex formats in a process of their own, with bounds on time and memory.

A PDF, Word or HTML file can be made so that the library that reads it never ends or takes all
memory. What happens to a process of its own is a refusal of that one file. The process is started
when first needed, serves many files, and is replaced when a file ends it.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapgen.errors import InputError
from mapgen.reading.read_pdf import read_pdf
from mapgen.reading.read_text import ArticleDraft, read_docx, read_html

if TYPE_CHECKING:
    from collections.abc import Callable

CPU_SECONDS = 3
"""Processor time for a small file; more for larger ones, and for each page of a PDF."""

MAX_CPU_SECONDS = 120
BYTES_A_SECOND = 50_000
"""Slower than any ordinary file is read: a page of a report takes a tenth of a second."""

MEMORY_BYTES = 700_000_000
"""What reading one file may take on top of the libraries (where the system can bound it)."""

PAGE_SECONDS = 1
"""What each page of a PDF adds once it is read; its bytes add nothing: most are pictures."""

WALL_FACTOR = 10
"""On a busy machine a process waits: only this many times its processor time counts as hanging."""

READERS: dict[str, Callable[[str, bytes, Callable[[], object]], ArticleDraft]] = {
    "html": lambda name, data, _: read_html(name, data),
    "pdf": lambda name, data, more_time: read_pdf(name, data, on_page=more_time),
    "docx": lambda name, data, _: read_docx(name, data),
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
        What is in it.

    Raises
    ------
    InputError
        If it cannot be read, or not within the bounds of time and memory.
    """
    if not _can_start():
        return READERS[kind](name, data, lambda: None)
    with _LOCK:
        answer = _CHILD.ask(kind, name, data)
    if "problem" in answer:
        raise InputError(name, answer["problem"], answer["advice"])
    return ArticleDraft(**answer)


def cpu_limit(kind: str, n_bytes: int) -> int:
    """Return how many seconds of processor time a file may take before its first page is read."""
    if kind == "pdf":
        return CPU_SECONDS
    return min(MAX_CPU_SECONDS, CPU_SECONDS + n_bytes // BYTES_A_SECOND)


def _can_start() -> bool:
    """Whether this is a Python that can start another one: inside another program it is not."""
    return bool(sys.executable) and Path(sys.executable).name.lower().startswith("python")


class _Child:
    """The process that reads; started when first asked, and anew after it has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, kind: str, name: str, data: bytes) -> dict[str, Any]:
        """Return the fields of a draft, or problem and advice."""
        process = self._running()
        limit = cpu_limit(kind, len(data))
        head = {"kind": kind, "name": os.fsencode(name).decode("utf-8", "replace")}
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        wall = MAX_CPU_SECONDS if kind == "pdf" else limit
        clock = threading.Timer(wall * WALL_FACTOR, stop)
        clock.start()
        try:
            line = self._talk(process, {**head, "size": len(data), "seconds": limit}, data)
        finally:
            clock.cancel()
        if line.endswith(b"\n"):
            return dict(json.loads(line))
        code = process.wait()
        self.close()
        if late.is_set() or code == -_signal("SIGXCPU"):
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
        except OSError:  # it has died: what it left unsaid is told by its exit code
            return b""
        return process.stdout.readline()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        # -P: a module that lies in the working folder, among the articles, is never run.
        paths = [entry for entry in sys.path if entry]
        self._process = subprocess.Popen(  # this Python and a module of ours
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
    """Read files that come on standard input until it ends; one answer a line."""
    import logging  # noqa: PLC0415

    logging.disable(logging.CRITICAL)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    while line := sys.stdin.buffer.readline():
        head = json.loads(line)
        data = sys.stdin.buffer.read(head["size"])
        _warm(head["kind"])
        _bound(head["seconds"])
        try:
            draft = READERS[head["kind"]](head["name"], data, _more_time)
            answer = {key: getattr(draft, key) for key in ArticleDraft.__dataclass_fields__}
            text = json.dumps(answer)
        except InputError as err:
            # A reader tells a fault by its class; of running out of memory it knows no more.
            problem = err.problem
            if isinstance(err.__cause__, MemoryError):
                problem = f"takes more than {MEMORY_BYTES // 1_000_000} MB of memory to read"
            text = json.dumps({"problem": problem, "advice": err.advice})
        except (MemoryError, RecursionError) as err:
            problem = f"is nested or packed too deeply to be read ({type(err).__name__})"
            text = json.dumps({"problem": problem, "advice": _SAVE})
        _bound(None)
        answers.write(text.encode() + b"\n")
        answers.flush()


def _warm(kind: str) -> None:
    """Load the library before the clock runs."""
    if kind == "html":
        import trafilatura  # noqa: PLC0415, F401
    elif kind == "docx":
        import docx  # noqa: PLC0415, F401
    else:
        import pdfminer.high_level  # noqa: PLC0415, F401


def _bound(seconds: int | None) -> None:
    """Bound processor time and memory from now on, or lift the bounds."""
    try:
        import resource  # noqa: PLC0415  not on Windows: there only the wall clock bounds
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = round(used.ru_utime + used.ru_stime)  # the bound counts whole seconds
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
    """Put off the bound on processor time by what a page may take."""
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft + PAGE_SECONDS, hard))


if __name__ == "__main__":
    _serve()
