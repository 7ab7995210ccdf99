"""Runs that are killed at any step of writing, folders that cannot be written, damaged caches."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gazetteer import Gazetteer, default_path, opening
from mapgen.command.cli import main
from mapgen.core.files import write_atomically

# Loads all once and makes the whole file; then copies of this process are killed, as by kill -9:
# one at any moment, and one at each step that touches the output's folder.
DRIVER = """
import json, os, random, signal, sys, time
from pathlib import Path
from mapgen.command.cli import main

out, command = Path(sys.argv[1]), sys.argv[2:]
old = b"old"

def run(more=()):
    return main([*command, *more, "-o", str(out), "--quiet"])

def killed_in(die):
    out.write_bytes(old)
    child = os.fork()
    if not child:
        die()
        os._exit(run())
    status = os.waitpid(child, 0)[1]
    state = "old" if out.read_bytes() == old else "new" if out.read_bytes() == new else "torn"
    left = sorted(p.name for p in out.parent.iterdir() if p != out)
    return os.WIFSIGNALED(status), state, left

def again():
    return run(["--resume"] if command[0] == "extract" else []) == 0 and out.read_bytes() == new

def at_step(n):
    seen = []
    def hook(event, args):
        if event in ("open", "os.rename", "os.remove", "os.chmod", "os.truncate"):
            if any(str(out.parent) in str(arg) for arg in args):
                seen.append(event)
                if len(seen) == n:
                    os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)

run()
start = time.monotonic(); run(); whole = time.monotonic() - start
new = out.read_bytes()
draw, told, redone = random.Random(8), [], []
after = draw.uniform(0.1, 0.9) * whole
told.append(killed_in(lambda: signal.setitimer(signal.ITIMER_REAL, after)))
redone.append(again())
while told[-1][0]:
    n = len(told)
    told.append(killed_in(lambda: at_step(n)))
    if n == 2:
        redone.append(again())
print(json.dumps([told, redone]))
"""


@pytest.mark.parametrize("command", ["build", "extract"])
def test_a_run_that_is_killed_leaves_the_old_file_or_the_new(tmp_path: Path, command: str) -> None:
    article = tmp_path / "articles.jsonl"
    texts = [f"Rebels captured {town} on Thursday." for town in ("Hama", "Rastan", "Homs")]
    article.write_text("\n".join(json.dumps({"text": t, "country": "SY"}) for t in texts))
    out = tmp_path / "out" / "result"
    out.parent.mkdir()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", DRIVER, str(out), command, str(article)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told, redone = json.loads(done.stdout)
    states = [state for was_killed, state, _ in told[1:] if was_killed]
    assert len(states) >= 3
    assert set(states) == {"old", "new"}
    assert states == sorted(states, reverse=True)  # old, then new
    assert told[0][1] == "old"
    assert redone == [True, True]
    # what a killed run leaves has a name that no one takes for a result
    assert all(name.startswith(".result.") for _, _, left in told for name in left)


def test_what_a_killed_run_left_is_removed_an_hour_later(tmp_path: Path) -> None:
    old, young, other = (tmp_path / f".{n}.tmp" for n in ("m[1].html.7-ab", "m[1].html.8-cd", "x"))
    for stray in (old, young, other):
        stray.write_text("half")
    for stray in (old, other):
        os.utime(stray, (time.time() - 4000,) * 2)
    write_atomically(tmp_path / "m[1].html", "whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [young.name, other.name, "m[1].html"]
    )


@pytest.mark.parametrize("command", ["build", "extract", "places", "figure", "report"])
def test_a_folder_that_is_read_only_is_told_before_work(
    tmp_path: Path,
    command: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Rebels captured Homs.")
    folder = tmp_path / "shut"
    folder.mkdir()
    folder.chmod(0o555)
    if os.access(folder, os.W_OK):  # as root, whom permissions do not bind
        monkeypatch.setattr("os.access", lambda path, _: Path(path) != folder)
    monkeypatch.setattr("mapgen.command.cli._gazetteer", lambda _: pytest.fail("work was begun"))
    ending = {"figure": "svg", "report": "md"}.get(command, "html")
    assert main([command, str(article), "-o", str(folder / f"x.{ending}")]) == 2
    told = capsys.readouterr()
    assert "cannot be written: no permission in" in told.err
    assert "Choose another folder" in told.err
    assert told.out == ""


def test_of_two_runs_with_an_empty_cache_one_compiles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, found = [], []

    def slowly(path: Path, **_: object) -> None:
        made.append(path)
        time.sleep(0.3)
        shutil.copy(default, path)

    def run() -> None:
        with Gazetteer.open(tmp_path / "cache" / "g.sqlite") as places:
            found.append(places.lookup("Homs", country="SY")[0].place.id)

    default = default_path()
    monkeypatch.setattr(opening, "build", slowly)
    runs = [threading.Thread(target=run) for _ in range(3)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert found == ["geonames:169577"] * 3
    assert len(made) == 1


def test_a_cache_that_turns_out_damaged_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cache = tmp_path / default_path().name
    shutil.copy(default_path(), cache)
    monkeypatch.setenv("MAPGEN_CACHE", str(tmp_path))
    with contextlib.closing(sqlite3.connect(cache)) as told:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'name_fold'"
        page, size = *told.execute(query).fetchone(), *told.execute("PRAGMA page_size").fetchone()
    with cache.open("r+b") as stream:  # its length, head and tables are in order: it is opened
        stream.seek((page - 1) * size)
        stream.write(b"\xff" * size)
    article = tmp_path / "a.txt"
    article.write_text("Rebels captured Homs and Rastan on Thursday, the army said.")
    for command, out in (("build", "x.html"), ("extract", "x.jsonl")):
        assert main([command, str(article), "-o", str(tmp_path / out)]) == 2
        assert "Rebuild it with `gazetteer build`" in capsys.readouterr().err
        assert not (tmp_path / out).exists()
