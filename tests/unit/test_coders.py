"""A coder that another package brings is found, and asked by language, one article at a time."""

from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints
from typing import TYPE_CHECKING

import pytest
from coding_kit import gazetteer

from mapgen import coders
from mapgen.coders import coder_for, languages_read
from mapgen.errors import SettingsError
from mapgen.model import Article, Claim, Kind, SentenceRecord, Status
from mapgen.pipeline import extract
from mapgen.reading.articles import read
from mapgen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gazetteer import Gazetteer

FRENCH = (
    "Les rebelles ont pris la ville de Hama jeudi, selon l'Observatoire syrien des droits de "
    "l'homme, et des milliers de personnes ont fui vers la côte. Le ministère de la Défense a "
    "annoncé que ses forces s'étaient redéployées hors de la ville pour épargner les civils."
)


class OneTownCoder:
    """Codes the town of Hama wherever it stands: enough to see that it was asked."""

    languages = frozenset({"fr"})

    def __init__(self, gazetteer: Gazetteer, *, parser: str) -> None:
        self.places, self.parser = gazetteer, parser

    def code(self, article: Article) -> tuple[list[Claim], list[SentenceRecord]]:
        start = article.text.index("Hama")
        claim = Claim(
            id="c1",
            article=article.id,
            start=start,
            end=start + 4,
            quote="Hama",
            kind=Kind.CONTROL_CHANGE,
            status=Status.CLAIMED,
        )
        return [claim], []


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    point = EntryPoint("french", f"{__name__}:OneTownCoder", coders.GROUP)
    monkeypatch.setattr(
        coders, "entry_points", lambda *, group: EntryPoints([point]).select(group=group)
    )
    coders.installed_coders.cache_clear()
    yield
    coders.installed_coders.cache_clear()


def test_without_a_coder_the_article_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "homs.txt").write_text(FRENCH, encoding="utf-8")
    result = read([str(tmp_path / "homs.txt")])
    assert [str(err) for err in result.refused] == [
        f"{tmp_path / 'homs.txt'}: seems to be in a language that no installed coder reads (fr). "
        "Give an English translation."
    ]


@pytest.mark.usefixtures("french")
def test_an_installed_coder_reads_its_language(tmp_path: Path) -> None:
    (tmp_path / "homs.txt").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "hama.txt").write_text("Rebels captured Hama on Thursday.", encoding="utf-8")
    result = read([str(tmp_path)])
    assert not result.refused
    claims = extract(result.articles, gazetteer(), Settings()).claims
    assert [(c.article, c.quote) for c in claims] == [
        ("hama", "Rebels captured Hama on Thursday"),
        ("homs", "Hama"),
    ]


@pytest.mark.usefixtures("french")
def test_the_chosen_coder_wins_where_it_reads_the_language() -> None:
    assert languages_read() == {"en", "fr"}
    assert coder_for("en", "french") == "readers"
    assert coder_for("fr", "rules") == "french"
    assert coder_for(None, "french") == "french"


def test_a_coder_that_is_not_installed_is_named_with_those_that_are() -> None:
    with pytest.raises(
        SettingsError, match=r"'tarot' is not installed\. Installed are: readers, rules, llm\."
    ):
        coder_for("en", "tarot")
