"""Text of others cannot turn ours around, nor command the terminal."""

from __future__ import annotations

import contextlib
import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from gazetteer.cli import main as gazetteer_main
from mapgen import pipeline
from mapgen.claims.claims_file import claims_from_lines, claims_to_lines
from mapgen.command.cli import main
from mapgen.command.messages import say, show_progress
from mapgen.core.clean_text import marked, on_terminal
from mapgen.drawing.figure.typeface import one_line
from mapgen.drawing.page.html import as_json
from mapgen.export.plain_text import printable
from mapgen.model import Extraction
from mapgen.settings import Settings
from tests.unit.coding_kit import extract, gazetteer

if TYPE_CHECKING:
    from pathlib import Path

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
TURN = re.compile(f"[{TURNING}]|\\\\u(?:202[a-e]|206[6-9]|200[ef]|061c)", re.IGNORECASE)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def _turned() -> Extraction:
    """Return claims whose every text has signs that turn the order of letters around."""
    made = extract(
        "Rebels captured Goma on Thursday, the Congolese army said.\n\n"
        "Some 3,000 people fled from Goma to Sake, residents said.",
        "CD",
    )
    records = [json.loads(line) for line in claims_to_lines(made)]

    def turn(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: turn(v, k) for k, v in value.items()}
        if isinstance(value, list) and key != "rules":
            return [turn(v, key) for v in value]
        spoken = {"title", "source", "name", "words", "surface", "text", "quote"}
        if isinstance(value, str) and key in spoken and len(value) > 4:
            return f"{value[:2]}\u202e\u2067{value[4:]}"
        return value

    for record in records:
        if record["record"] == "article":
            record["title"] = record["source"] = "The Daily Post"
    return claims_from_lines([json.dumps(turn(r)) for r in records])


@pytest.mark.parametrize(
    "name", ["map.html", "a.geojson", "a.kml", "a.csv", "a.svg", "r.md", "r.html"]
)
def test_no_output_turns_its_letters_around(tmp_path: Path, name: str) -> None:
    settings = Settings().updated(title="Sie\u202ege of \u2067Goma")
    turned = _turned()
    assert TURN.search("".join(claims_to_lines(turned)))
    situation = pipeline.situate(turned, gazetteer(), settings)
    shown = pipeline.shown(situation, gazetteer(), settings)
    if name == "map.html":
        pipeline.write_map(shown, tmp_path / name)
    elif name.startswith("r."):
        pipeline.write_report(shown, tmp_path / name)
    elif name.endswith(".svg"):
        from mapgen.drawing.figure import write_picture

        write_picture(shown, tmp_path / name, size="a4", days=[], dpi=72)
    else:
        pipeline.write_formats(shown, tmp_path / name)
    for file in tmp_path.iterdir():
        if file.suffix == ".png":  # packed pixels hold no text, but any bytes
            continue
        told = file.read_text("utf-8", errors="replace")
        assert not TURN.search(told), file.name
    if name != "a.svg":
        assert "\N{REPLACEMENT CHARACTER}" in "".join(
            f.read_text("utf-8", errors="replace") for f in tmp_path.iterdir() if f.suffix != ".png"
        )


def test_every_door_to_a_file_marks_them() -> None:
    for door in (marked, printable, one_line, lambda text: as_json([text])):
        assert not TURN.search(door(f"a{TURNING}b"))
        assert "بي a بي" in door("بي a بي")


def test_explain_and_messages_cannot_command_the_terminal(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    nasty = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202e"
    file = tmp_path / "a.jsonl"
    row = {
        "id": f"x{nasty}",
        "text": f"Rebels captured {nasty}Goma on Thursday.",
        "title": nasty + "t",
    }
    bad = {"id": f"bad{nasty}", "text": "x", "country": nasty}
    file.write_text(f"{json.dumps(row)}\n{json.dumps(bad)}\n", "utf-8")
    assert main(["explain", str(file)]) == 0  # an unknown country is told, the row is read
    told = capsysbinary.readouterr()
    for stream in (told.out, told.err):
        words = stream.decode("utf-8")
        assert not CONTROL.search(words.replace("\r", "")), words
        assert not set(TURNING) & set(words), words
    assert b"Goma" in told.out
    assert b"\\x1b[2J" in told.err
    for command in (["explain", "--json"], ["extract", "-o", "-"], ["places", "-o", "-"]):
        assert main([*command, str(file)]) == 0
        out = capsysbinary.readouterr().out.decode("utf-8")
        assert not CONTROL.search(out), command
        assert all(json.loads(line) for line in out.splitlines())


def test_a_record_in_a_claims_file_stays_exact() -> None:
    made = _turned()
    article = replace(made.articles[0], title="a\x9b1m\x1b\u202eb")
    whole = Extraction(articles=(article,), sentences=made.sentences, claims=made.claims)
    assert claims_from_lines(claims_to_lines(whole)) == whole


def test_a_message_of_several_lines_keeps_its_lines() -> None:
    stream = io.StringIO()
    with contextlib.redirect_stderr(stream):
        say("one\n  two\tthree \x1b[1A\rfour é")
    assert stream.getvalue() == "one\n  two\tthree \\x1b[1A\\rfour é\n"
    assert on_terminal("a\u2066b\x85c") == "a\\u2066b\\x85c"


def test_progress_shows_no_controls(monkeypatch: pytest.MonkeyPatch) -> None:
    class _Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = _Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    show_progress(type("Args", (), {"quiet": False})(), "Reading \x1b[2Ja")
    assert "\x1b" not in stream.getvalue()


def test_the_gazetteer_shows_no_controls(capsys: pytest.CaptureFixture[str]) -> None:
    assert gazetteer_main(["search", "x\x1b[2Jq"]) != 0
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
