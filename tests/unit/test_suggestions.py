"""What is mistyped on the command line is answered with what was meant."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer
from mapgen.api import Situation
from mapgen.command import cli
from mapgen.command.cli import main
from mapgen.core.files import OutputError
from mapgen.model import Extraction

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "article.txt").write_text("Rebels captured Rastan on Thursday.", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("biuld article.txt", "Did you mean build?"),
        ("build article.txt --tilte x", "unrecognized arguments: --tilte x. Did you mean --title?"),
        ("extract article.txt --resum", "Did you mean --resume?"),
        ("article.txt", "is no command. For a map of it: mapgen build article.txt"),
        ("no_such.pdf", "is no command. For a map of it: mapgen build no_such.pdf"),
        ("articles/2025", "is no command. For a map of it: mapgen build articles/2025"),
    ],
)
def test_a_mistyped_word_is_answered_with_what_was_meant(
    folder: Path, capsys: pytest.CaptureFixture[str], words: str, told: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words.split())
    assert ended.value.code == 2
    assert told in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["article.txt"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--formats pgn", "'pgn' is not known. Did you mean png? Known formats: geojson"),
        ("--country DRC", "'DRC' is not a two-letter country code such as SY (did you mean CD?)."),
        ("--country Sudan", "such as SY (did you mean SD?)."),
        ("--country Atlantis", "'Atlantis' is not a two-letter country code such as SY."),
        ("--country DRC", "mapgen: --country: 'DRC'"),
        ("--published-on 2024-13-06", "mapgen: --published-on: month must be in 1..12."),
        ("--quote-chars many --as-of x", "--as-of: 'x' is not a day"),
    ],
)
def test_a_wrong_value_is_answered_with_what_was_meant(
    folder: Path, capsys: pytest.CaptureFixture[str], words: str, told: str
) -> None:
    assert main(["build", "article.txt", *words.split(), "-o", "m.html"]) == 2
    assert told in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["article.txt"]


def test_what_nothing_is_near_to_is_told_without_a_guess(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["build", "article.txt", "--zzzzqqq"])
    told = capsys.readouterr().err
    assert "unrecognized arguments: --zzzzqqq" in told
    assert "Did you mean" not in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "build article.txt -o map.pdf",
            "For a picture: mapgen figure article.txt -o map.pdf. "
            "For one beside the page: -o map.html --formats pdf.",
        ),
        ("build article.txt -o map.PNG", "mapgen figure article.txt -o map.PNG."),
        ("build article.txt -o map.jpg", "mapgen figure article.txt -o map.png."),
        ("build article.txt -o map.docx", "mapgen report article.txt -o map.docx."),
        ("build article.txt -o map.gpkg", "-o map.html --formats gpkg."),
        ("build article.txt -o claims.jsonl", "mapgen extract article.txt -o claims.jsonl."),
        ("render claims.jsonl -o map.svg", "mapgen figure claims.jsonl -o map.svg."),
        ("extract article.txt -o claims.csv", "would be JSON Lines. Name it claims.jsonl."),
        ("places article.txt -o map.html", "would be JSON Lines. Name it map.jsonl."),
    ],
)
def test_a_file_is_never_of_another_kind_than_its_name_says(
    folder: Path, capsys: pytest.CaptureFixture[str], words: str, told: str
) -> None:
    assert main(words.split()) == 2
    assert told in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["article.txt"]


def test_a_page_is_not_saved_under_the_name_of_a_picture() -> None:
    nothing = Extraction(articles=(), sentences=(), claims=())
    situation = Situation(as_of=None, as_of_basis=None, title=None, extraction=nothing)
    with pytest.raises(OutputError, match="For a picture: mapgen figure ARTICLES"):
        situation.save("map.pdf")


def test_a_first_run_says_once_that_it_prepares_the_place_names(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def compiled(*_: object, progress: Callable[[str, int, int], None]) -> None:
        progress("towns", 1, 3)
        progress("provinces", 2, 3)

    def villages_only(*_: object, progress: Callable[[str, int, int], None]) -> None:
        progress("villages of SD", 1, 3)

    told = "Preparing the place names, which takes about a minute and happens only once.\n"
    for opened, quiet, words in (
        (compiled, False, told),
        (compiled, True, ""),
        (villages_only, False, ""),
    ):
        monkeypatch.setattr(Gazetteer, "open", opened)
        cli._gazetteer(argparse.Namespace(quiet=quiet))
        assert capsys.readouterr().err == words
