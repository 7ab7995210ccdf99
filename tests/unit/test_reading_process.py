"""The process that reads complex files ends in time, also if it closes its answer and lives on."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mapgen.errors import InputError
from mapgen.reading import guarded

if TYPE_CHECKING:
    from collections.abc import Iterator

SILENT = "import os, sys, time; os.close(1); sys.stdin.buffer.readline(); time.sleep(300)"


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[bytes]]:
    """Return a reading process that closes its answer and does not end."""
    child = guarded._Child()
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", SILENT], stdin=pipe, stdout=pipe)
    monkeypatch.setattr(guarded, "_CHILD", child)
    monkeypatch.setattr(guarded._Child, "_running", lambda _: process)
    monkeypatch.setattr(guarded, "MIN_WALL_SECONDS", 1)
    monkeypatch.setattr(guarded, "WALL_FACTOR", 0)
    child._process = process
    yield process
    child.close()


def test_a_process_that_does_not_end_is_ended(process: subprocess.Popen[bytes]) -> None:
    with pytest.raises(InputError, match="was not read within 1 seconds"):
        guarded.read_guarded("html", "a.html", b"<p>Rebels captured Goma.</p>")
    assert process.poll() is not None


FAILING = """
from mapgen.reading import guarded
guarded.READERS["html"] = lambda name, data, _: {}["no such key"]
guarded._serve()
"""


def test_a_reader_that_fails_says_what_to_report(monkeypatch: pytest.MonkeyPatch) -> None:
    child = guarded._Child()
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", FAILING], stdin=pipe, stdout=pipe)
    monkeypatch.setattr(guarded, "_CHILD", child)
    monkeypatch.setattr(guarded._Child, "_running", lambda _: process)
    child._process = process
    with pytest.raises(InputError, match=r"a fault of mapgen \(KeyError at .* Please report it"):
        guarded.read_guarded("html", "a.html", b"<p>Rebels captured Goma.</p>")
    assert process.poll() is None  # and goes on to the next file
    child.close()
