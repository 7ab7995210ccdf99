"""What is mistyped on the command line is answered with what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mapgen.command.cli import main

if TYPE_CHECKING:
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
