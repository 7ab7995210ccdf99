"""A watched folder: new files are read alone, the page is current, and nothing is lost."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from mapgen.command import watch as watching
from mapgen.command.cli import main
from mapgen.export.changes import Happening, MapState, changes_between

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOMA = "Published 6 December 2024\n\nM23 rebels captured Goma on Thursday, residents said.\n"
SAKE = "Published 7 December 2024\n\nThousands of people fled from Sake to Minova on Friday.\n"
MASISI = "Published 7 December 2024\n\nM23 rebels captured Masisi on Friday, the army said.\n"


class Box:
    """A folder of articles, and the map that is kept current from it."""

    def __init__(self, at: Path) -> None:
        self.folder = at / "inbox"
        self.folder.mkdir()
        self.map = at / "out" / "map.html"
        self.log = at / "log"

    def add(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")

    def words(self, *more: str) -> list[str]:
        start = ["watch", str(self.folder), "-o", str(self.map), "--country", "CD"]
        return [*start, "--once", *more]

    def look(self, *more: str) -> int:
        return main(self.words(*more))

    def note(self, number: int) -> dict[str, Any]:
        path = self.map.with_name("map.changes") / f"{number:04}.json"
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return told

    def markdown(self, number: int) -> str:
        return (self.map.with_name("map.changes") / f"{number:04}.md").read_text("utf-8")

    @property
    def n_notes(self) -> int:
        return len(list(self.map.with_name("map.changes").glob("*.json")))


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def titles(happenings: list[dict[str, Any]]) -> list[str]:
    return [happening["title"] for happening in happenings]


def test_what_comes_changes_and_goes(
    box: Box, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    coded: list[str] = []
    code = watching.lines_of
    monkeypatch.setattr(watching, "lines_of", lambda a, *rest: coded.append(a.id) or code(a, *rest))
    box.add("a.txt", GOMA)
    assert box.look() == 0
    first = box.note(1)
    assert titles(first["new"]) == ["Goma taken"]
    assert first["as_of_before"] is None
    assert first["articles"]["new"] == {"a": "a, 2024-12-06"}
    assert "Goma" in box.map.read_text("utf-8")

    box.add("more/b.txt", SAKE)
    box.look()
    second = box.note(2)
    assert [h["kind"] for h in second["new"]] == ["displacement"]
    assert second["gone"] == []
    assert list(second["articles"]["new"]) == ["b"]
    assert coded == ["a", "b"]  # the first file was not coded again
    page = box.map.read_text("utf-8")
    assert "Minova" in page
    assert "Goma" in page

    box.add("a.txt", GOMA.replace("Thursday", "Wednesday"))
    box.look()
    third = box.note(3)
    [changed] = third["changed"]
    assert (changed["title"], list(changed["was"])) == ("Goma taken", ["when"])
    assert "5 December" in changed["was"]["when"]
    assert "4 December" in changed["when"]
    assert list(third["articles"]["changed"]) == ["a"]
    assert "## Changed" in box.markdown(3)
    moved = "day: 5 December 2024; “Thursday” → 4 December 2024; “Wednesday”"
    assert moved in box.markdown(3).replace("\\", "")

    (box.folder / "a.txt").unlink()
    box.look()
    fourth = box.note(4)
    assert titles(fourth["gone"]) == ["Goma taken"]
    assert list(fourth["articles"]["gone"]) == ["a"]
    assert "Goma taken" not in box.map.read_text("utf-8")
    assert coded == ["a", "b", "a"]
    capsys.readouterr()
    box.look()
    assert box.n_notes == 4  # nothing has changed
    assert capsys.readouterr().err == ""


def test_the_page_is_that_of_build(box: Box, tmp_path: Path) -> None:
    for name, text in (("a.txt", GOMA), ("b.txt", SAKE), ("c.txt", MASISI)):
        box.add(name, text)
        box.look()
    built = tmp_path / "built.html"
    main(["build", str(box.folder), "--country", "CD", "-o", str(built), "--quiet"])
    assert box.map.read_bytes() == built.read_bytes()


def test_a_command_gets_each_note_once(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    script = box.folder.parent / "take.py"
    script.write_text(
        "import json, os, sys\n"
        "note = json.load(sys.stdin)\n"
        f"open({str(box.log)!r}, 'a').write(f\"{{note['number']}} {{len(note['new'])}} "
        "{os.path.basename(os.environ['MAPGEN_CHANGES_MD'])}\\n\")\n",
        "utf-8",
    )
    command = ("--on-change", f"{sys.executable} {script}")
    box.add("a.txt", GOMA)
    box.look(*command)
    box.look(*command)
    box.add("b.txt", SAKE)
    box.look(*command)
    assert box.log.read_text("utf-8") == "1 1 0001.md\n2 1 0002.md\n"
    box.add("c.txt", MASISI)
    capsys.readouterr()
    assert box.look("--on-change", f"{sys.executable} -c 'raise SystemExit(3)'") == 0
    assert "the command of --on-change ended with code 3" in capsys.readouterr().err


class Desk(BaseHTTPRequestHandler):
    """A web address of a desk: it keeps what is posted, and answers as it is told."""

    answer = 204
    posted: ClassVar[list[tuple[str, str | None, dict[str, Any]]]] = []

    def do_POST(self) -> None:
        note = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.posted.append((self.path, self.headers["Content-Type"], note))
        self.send_response(self.answer)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_an_address_gets_each_note_once(
    box: Box, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "posted", [])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    to = ("--on-change", f"http://127.0.0.1:{server.server_port}/hook?desk=lakes")
    try:
        box.add("a.txt", GOMA)
        box.look(*to)
        box.look(*to)
        box.add("b.txt", SAKE)
        box.look(*to)
        assert [(path, kind) for path, kind, _ in Desk.posted] == [
            ("/hook?desk=lakes", "application/json")
        ] * 2
        first, second = (note for _, _, note in Desk.posted)
        assert titles(first["new"]) == ["Goma taken"]
        assert second == box.note(2)
        monkeypatch.setattr(Desk, "answer", 302)  # it is not followed
        capsys.readouterr()
        box.add("c.txt", MASISI)
        assert box.look(*to) == 0
        assert "the address of --on-change answered with 302 Found" in capsys.readouterr().err
        assert len(Desk.posted) == 3
    finally:
        server.shutdown()
        server.server_close()
    box.add("d.txt", MASISI.replace("Masisi", "Rutshuru"))
    assert box.look(*to) == 0
    assert "the address of --on-change could not be reached" in capsys.readouterr().err


def test_other_settings_and_corrections_draw_anew(box: Box) -> None:
    box.add("a.txt", GOMA)
    box.look()
    box.look("--title", "The lake")
    assert "The lake" in box.map.read_text("utf-8")
    assert box.n_notes == 2
    box.look("--title", "The lake")
    assert box.n_notes == 2


def test_what_cannot_be_read_is_told_and_kept(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    box.add("a.txt", GOMA)
    (box.folder / "b.pdf").write_bytes(b"no pdf")
    assert box.look() == 1
    assert "b.pdf: is not a PDF file" in capsys.readouterr().err
    assert box.look() == 1  # still so, and not read again
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"folder": "none"}, "is not a folder"),
        ({"output": "-"}, "name one with -o"),
        ({"output": "inbox/map.html"}, "lies in the watched folder"),
        ({"more": ["--on-change", "'x"]}, "cannot be read as a command"),
        ({"more": ["--on-change", "https://"]}, "is not a web address"),
        ({}, "has no article that could be read"),
    ],
)
def test_what_cannot_be_watched_is_refused(
    box: Box,
    change: dict[str, Any],
    why: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(box.folder.parent)
    folder, output = change.get("folder", "inbox"), change.get("output", "out/map.html")
    assert main(["watch", folder, "-o", output, "--once", *change.get("more", [])]) == 2
    assert why in capsys.readouterr().err


def test_two_watches_of_one_map_do_not_mix(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    box.add("a.txt", GOMA)
    box.look()
    watch = subprocess.Popen(
        [sys.executable, "-m", "mapgen", *box.words("--on-change", "sleep 30"), "--title", "x"]
    )
    try:
        deadline = time.monotonic() + 60
        while box.n_notes < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert box.look() == 2
        assert "another watch keeps it current" in capsys.readouterr().err
    finally:
        watch.kill()
        watch.wait()


def _ignore_interrupts() -> None:
    """Ignore SIGINT, as a shell does for what it starts with ``&`` in a script."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def _watched(box: Box, **more: Any) -> Iterator[subprocess.Popen[str]]:
    """Watch a box in another process, which is gone and whose pipe is closed afterwards."""
    words = [word for word in box.words("--every", "0.2") if word != "--once"]
    command = [sys.executable, "-m", "mapgen", *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **more) as watch:
        try:
            _wait_for(box.map.with_name("map.changes").joinpath("0001.md").exists)
            yield watch
        finally:
            watch.kill()


def test_it_waits_for_files_that_are_still_written(box: Box) -> None:
    box.add("a.txt", GOMA)
    with _watched(box) as watch:
        half = box.folder / "b.txt"
        with half.open("w", encoding="utf-8") as stream:
            for piece in (SAKE[:40], SAKE[40:80], SAKE[80:]):
                stream.write(piece)
                stream.flush()
                time.sleep(0.1)
        _wait_for(box.map.with_name("map.changes").joinpath("0002.md").exists)
        watch.send_signal(signal.SIGINT)
        told = watch.communicate(timeout=60)[1]
    assert watch.returncode == 130
    assert told.count("read: b.txt") == 1
    assert "What was read is kept" in told
    assert box.n_notes == 2


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("is_ignored", [False, True], ids=["plain", "interrupts-ignored"])
def test_it_stops_when_told_to(
    box: Box, sent: signal.Signals, code: int, *, is_ignored: bool
) -> None:
    box.add("a.txt", GOMA)
    with _watched(box, preexec_fn=_ignore_interrupts if is_ignored else None) as watch:
        watch.send_signal(sent)
        told = watch.communicate(timeout=60)[1]
    assert watch.returncode == code
    assert told.count("What was read is kept") == 1
    assert "Traceback" not in told
    assert box.look() == 0  # it goes on from there


def test_the_handlers_of_signals_are_as_before(box: Box) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    box.add("a.txt", GOMA)
    assert box.look() == 0
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def _wait_for(is_so: Any) -> None:
    deadline = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


# Loads all once; then copies of this process are killed at each step that touches the folder of
# the map, as by kill -9, and the next one goes on from there.
DRIVER = """
import json, os, shutil, signal, sys
from pathlib import Path
from mapgen.command.cli import main

out, old, words = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]

def reset():
    shutil.rmtree(out.parent, ignore_errors=True)
    shutil.copytree(old, out.parent)

def killed_at(n):
    child = os.fork()
    if not child:
        seen = []
        def hook(event, args):
            if event in ("open", "os.rename", "os.remove", "os.mkdir", "subprocess.Popen"):
                if event == "subprocess.Popen" or any(str(out.parent) in str(a) for a in args):
                    seen.append(event)
                    if len(seen) == n:
                        os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(hook)
        os._exit(main(words))
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])

def log():
    path = out.parent.parent / "log"
    told = path.read_text().split() if path.exists() else []
    path.unlink(missing_ok=True)
    return told

before = (old / out.name).read_bytes()
reset(); main(words); after = out.read_bytes(); log()
told, n = [], 1
while True:
    reset()
    was_killed = killed_at(n)
    if not was_killed:
        break
    page = out.read_bytes()
    state = "old" if page == before else "new" if page == after else "torn"
    code = main(words)
    notes = sorted(p.name for p in (out.parent / "map.changes").iterdir())
    told.append([state, code, out.read_bytes() == after, notes, log()])
    n += 5
print(json.dumps(told))
"""


def test_a_watch_that_is_killed_loses_nothing(box: Box, tmp_path: Path) -> None:
    box.add("a.txt", GOMA)
    box.look("--quiet")
    old = tmp_path / "old"
    box.map.parent.rename(old)
    box.add("b.txt", SAKE)
    box.add("c.txt", MASISI)
    script = tmp_path / "take.py"
    script.write_text(
        f"import json, sys\nopen({str(box.log)!r}, 'a').write(json.load(sys.stdin)['map'] + '\\n')",
        "utf-8",
    )
    words = box.words("--quiet", "--on-change", f"{sys.executable} {script}")
    driven = subprocess.run(
        [sys.executable, "-c", DRIVER, str(box.map), str(old), *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    assert driven.returncode == 0, driven.stderr[-2000:]
    told = json.loads(driven.stdout.splitlines()[-1])
    assert len(told) > 4
    assert {state for state, *_ in told} == {"old", "new"}
    for _, code, is_whole, notes, log in told:
        assert code == 0
        assert is_whole
        assert notes == ["0001.json", "0001.md", "0002.json", "0002.md"]
        # once; twice if it was killed when the command had run and nobody had noted it
        assert log in ([str(box.map)], [str(box.map)] * 2)


def happening(key: str, when: str, **more: Any) -> Happening:
    given = {"standing": "stated", "sure": "sure", "figures": (), "articles": ("a",), **more}
    return Happening(key=key, title=key, kind="strike", when=when, **given)


def test_happenings_are_matched_by_what_they_are() -> None:
    one, two = happening("x", "1 May"), happening("x", "2 May")
    before = MapState(title="T", as_of="1 May", articles={"a": "A"}, happenings=(one, two))
    moved = happening("x", "3 May", standing="denied")
    after = MapState(
        title="T", as_of="3 May", articles={"a": "A", "b": "B"}, happenings=(two, moved)
    )
    found = changes_between(before, after)
    assert (found.new, found.gone) == ((), ())
    [changed] = found.changed
    assert (changed.before, changed.after, changed.fields) == (one, moved, ["when", "standing"])
    assert MapState.from_json(json.loads(json.dumps(after.to_json()))) == after
    hostile = happening("<b>x</b> | [y](z)", "1 May")
    text = changes_between(
        None, MapState(title="# T", as_of="x", articles={}, happenings=(hostile,))
    ).to_markdown()
    assert "<b>" not in text
    assert "[y](z)" not in text
