"""Faults: killed runs, dead workers, full disks, other hash seeds, and no network."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer
from mapgen import pipeline
from mapgen.coding import RuleCoder
from mapgen.command import batch
from mapgen.command.batch import Journal, extract_each
from mapgen.command.cli import main
from mapgen.core.files import OutputError
from mapgen.reading.articles import Reading, read_each
from mapgen.reading.passages import DEFAULT_PARSER, load_parser
from mapgen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapgen.model import Article, Extraction

ROOT = Path(__file__).parents[2]
TOWNS = ("Rastan", "Talbisseh", "Hama", "Homs", "Palmyra", "Idlib")
BLOCKED = """import socket

def no(*_, **__):
    raise RuntimeError("network")

class Blocked(socket.socket):
    connect = connect_ex = bind = sendto = no

socket.socket = Blocked
socket.create_connection = socket.getaddrinfo = no
"""


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    file = tmp_path / "articles.jsonl"
    texts = [f"Rebels captured {town} on Thursday, the army said." for town in TOWNS]
    rows = [{"id": town, "text": t} for town, t in zip(TOWNS, texts, strict=True)]
    out = [json.dumps({**row, "country": "SY", "published_on": "2024-12-06"}) for row in rows]
    out.insert(2, '{"text": "broken')
    file.write_text("\n".join(out))
    return file


def extract(*words: str | Path) -> int:
    return main(["extract", *map(str, words)])


def test_a_stopped_run_goes_on_to_the_same_bytes(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, stopped = tmp_path / "whole.jsonl", tmp_path / "stopped.jsonl"
    stopped.write_text("old")
    assert extract(lines, "-o", whole) == 1
    coded: list[str] = []
    real = pipeline.extract

    def until_homs(articles: list[Article], *rest: object) -> Extraction:
        if articles[0].id == "Homs" and "Homs" not in coded:
            coded.append("Homs")
            raise KeyboardInterrupt
        coded.append(articles[0].id)
        return real(articles, *rest)

    monkeypatch.setattr(pipeline, "extract", until_homs)
    assert extract(lines, "-o", stopped) == 130
    assert stopped.read_text() == "old"
    journal = tmp_path / ".stopped.jsonl.part"
    with journal.open("ab") as stream:  # what kill -9 leaves of a block
        stream.write(b'{"key": "x", "bytes": 900, "sha256": "0"}\n{"record": "art')
    coded[:] = ["Homs"]
    capsys.readouterr()
    assert extract(lines, "-o", stopped, "--resume") == 1
    assert coded == ["Homs", "Homs", "Palmyra", "Idlib"]
    assert stopped.read_bytes() == whole.read_bytes()
    assert not journal.exists()
    assert capsys.readouterr().err.count("articles.jsonl line 3") == 1


def test_resume_refuses_other_inputs(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("mapgen.command.cli._write_parts", _interrupted)
    assert extract(lines, "-o", tmp_path / "c.jsonl") == 130
    lines.write_text(lines.read_text().replace("Rastan", "Daraa"))
    assert extract(lines, "-o", tmp_path / "c.jsonl", "--resume") == 2
    assert "the inputs have changed" in capsys.readouterr().err


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_two_processes_give_the_same_bytes(lines: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mapgen", "extract", str(lines), "--quiet", "-o"]
    outs = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for out, seed, more in zip(outs, ("1", "77"), ([], ["--jobs", "2"]), strict=True):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [*command, str(out), *more], env=env, capture_output=True, check=False
        )
        assert done.returncode == 1, done.stderr
    assert outs[0].read_bytes() == outs[1].read_bytes()


def _fatal(article: Article) -> batch.Coded:
    if article.id == "Hama":
        os._exit(9)
    return [json.dumps({"record": "article", "id": article.id})]


def test_an_article_that_ends_its_worker_is_refused_and_no_other(
    lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "_work", _fatal)
    articles = read_each([lines], Reading())
    coded = list(batch._in_workers(articles, Settings(), 2))
    assert [article.id for article, _ in coded] == list(TOWNS)
    refused = [str(told) for _, told in coded if not isinstance(told, list)]
    assert len(refused) == 1
    assert refused[0].startswith("Hama: could not be coded")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = Journal(tmp_path / "j", {"mapgen": "1"})
    yield made
    made.close(remove=True)


def test_two_runs_do_not_write_one_journal(journal: Journal, tmp_path: Path) -> None:
    assert journal.path.exists()
    with pytest.raises(OutputError, match="another run is writing it"):
        Journal(tmp_path / "j", {"mapgen": "1"})


def test_a_full_disk_is_told_and_leaves_the_old_file(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    out = tmp_path / "c.jsonl"
    out.write_text("old")
    monkeypatch.setattr("os.fsync", full)
    assert extract(lines, "-o", out) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert out.read_text() == "old"


def test_a_fault_of_the_coder_costs_one_article(
    lines: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(articles: list[Article], *_: object) -> Extraction:
        raise IndexError(articles[0].id)

    monkeypatch.setattr(pipeline, "extract", faulty)
    none: Gazetteer = None  # type: ignore[assignment]
    told = extract_each([lines], none, Settings(), journal).reading.refused
    assert [str(err).split(" ")[0] for err in told if "IndexError" in str(err)] == [
        f"{town}:" for town in TOWNS
    ]


def test_a_whole_run_makes_no_connection_and_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "block").mkdir()
    (tmp_path / "block" / "sitecustomize.py").write_text(BLOCKED)
    pages = []
    for seed in ("3", "99"):
        page = tmp_path / f"{seed}" / "map.html"
        env = {**os.environ, "PYTHONPATH": str(tmp_path / "block"), "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "mapgen", "build", "seeds", "--quiet", "-o", str(page)]
        command += ["--baseline", "seeds/baseline.csv", "--formats", "geojson,csv,svg"]
        done = subprocess.run(command, env=env, capture_output=True, cwd=ROOT, check=False)
        assert done.returncode == 0, done.stderr
        pages.append({path.name: path.read_bytes() for path in page.parent.iterdir()})
    assert pages[0] == pages[1]
    assert {"map.html", "map.geojson", "map.svg"} < pages[0].keys()
    assert any(name.endswith(".csv") for name in pages[0])
    check = [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"]
    proof = subprocess.run(check, env=env, capture_output=True, check=False)
    assert b"RuntimeError: network" in proof.stderr


def test_the_words_of_an_article_are_forgotten_after_it(
    lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parser = load_parser(DEFAULT_PARSER)  # the very one that the coder uses
    words, lemmas = parser.vocab.strings, parser.get_pipe("lemmatizer").cache
    first = next(read_each([lines], Reading()))
    with Gazetteer.open() as gazetteer:
        coder = RuleCoder(gazetteer)
        coder.code(first)
        n_words = len(words)
        assert lemmas
        monkeypatch.setattr("mapgen.reading.passages.MOST_LEMMAS", 1)
        text = "Rebels captured Rastan on Thursday, blorping the zibolu, Kofuma said."
        claims, _ = coder.code(replace(first, text=text))
    assert [claim.quote for claim in claims] == ["Rebels captured Rastan on Thursday"]
    assert len(words) == n_words
    assert "zibolu" not in words
    assert not lemmas
