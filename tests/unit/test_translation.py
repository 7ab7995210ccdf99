"""The generated texts of a page in its language: whole sentences, plural forms, names set apart."""

from __future__ import annotations

import ast
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from babel import Locale

import mapgen
from mapgen.core.tables.sentences import sentences
from mapgen.core.told import listed, place, say
from mapgen.core.words import capital, count_word, day_text, joined
from mapgen.drawing.data.translation import END, ENGLISH, NAME, PageWriter
from mapgen.drawing.page.apart import apart_html
from mapgen.settings import LANGUAGES, Settings

ROOT = Path(__file__).parents[2]
TABLE = tomllib.loads((ROOT / "mapgen/data/sentences.toml").read_text("utf-8"))
OTHERS = [code for code in LANGUAGES if code != "en"]
ROOMS = ("situation", "merging", "drawing")
DATA = re.compile(r'id="mg-data">.*?</script>', re.DOTALL)
PARTS = re.compile(r"\{(\w+)\}")


def writer(language: str, **names: str) -> PageWriter:
    return PageWriter(language, names.get)


def literals(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    return [*literals(node.body), *literals(node.orelse)] if isinstance(node, ast.IfExp) else []


def templates() -> set[str]:
    """Return the templates that stand in the code as they are."""
    found: set[str] = set()
    for room in ROOMS:
        for path in (ROOT / "mapgen" / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                    found.update(literals(node.args[0]))
    return found


def test_each_template_of_the_code_has_all_languages() -> None:
    assert len(templates()) > 100
    assert templates() - set(TABLE) == set()
    assert {key for key, row in TABLE.items() if set(row) != set(OTHERS)} == set()


@pytest.mark.parametrize("language", OTHERS)
def test_translations_fill_in_what_the_english_does(language: str) -> None:
    forms = set(Locale(language).plural_form.tags) | {"other"}
    for english, told in sentences(language).items():
        wanted = set(PARTS.findall(english))
        for form, text in (told if isinstance(told, dict) else {"other": told}).items():
            missing = wanted - set(PARTS.findall(text)) - {"n"}
            assert not missing, f"{english} in {language}"
            assert set(PARTS.findall(text)) <= wanted
            assert form in forms
        if isinstance(told, dict):
            assert forms - {"zero"} <= set(told), f"{english} lacks a plural form in {language}"


@pytest.mark.parametrize(
    ("language", "n", "want"),
    [
        ("ar", 1, "مقال واحد"),
        ("ar", 2, "مقالان"),
        ("ar", 3, "3 مقالات"),
        ("ar", 11, "11 مقالا"),
        ("ar", 100, "100 مقال"),
        ("uk", 1, "1 стаття"),
        ("uk", 3, "3 статті"),
        ("uk", 5, "5 статей"),
        ("uk", 21, "21 стаття"),
        ("fr", 1, "1 article"),
        ("fr", 2, "2 articles"),
        ("es", 2, "2 artículos"),
    ],
)
def test_plural_forms(language: str, n: int, want: str) -> None:
    told = say("{n} articles", one="{n} article", n=count_word(n))
    assert writer(language).text(told) == want


def test_the_english_is_a_plain_sentence() -> None:
    told = say("{n} articles", one="{n} article", n=count_word(2))
    assert told == "two articles"
    assert capital(told) == "Two articles"
    assert writer("fr").text(capital(say("fighting"))) == "Combats"


def test_a_name_without_a_translation_is_set_apart() -> None:
    told = say("Fled to {place}", place=place("Goma", "geonames:216281"))
    assert writer("fr").text(told) == f"Fuite vers {NAME}Goma{END}"
    arabic = PageWriter("ar", {"geonames:216281": "غوما"}.get)
    assert arabic.text(told) == "نزوح إلى غوما"


def test_a_country_has_its_name_in_the_language() -> None:
    told = say("displaced across {place}", place=place("Sudan", "iso:SD"))
    assert writer("es").text(told) == "desplazados en todo el país: Sudán"
    assert writer("uk").text(told).endswith("Судан")


def test_a_sentence_is_never_half_translated() -> None:
    clause = say("nobody has translated {this}", this="Goma")
    told = listed([say("fighting in {names}", names="Sake"), clause], "semicolon", ".")
    for language in OTHERS:
        found = writer(language).text(told)
        assert found == f"{ENGLISH}fighting in Sake; nobody has translated Goma.{END}"
    inside = say("{clause} reported", clause=clause)
    assert writer("ar").text(inside) == f"{ENGLISH}nobody has translated Goma reported{END}"


def test_known_parties_and_sources() -> None:
    told = say("according to {who}", who="the United Nations")
    assert writer("fr").text(told) == "selon l’ONU"
    assert writer("ar").text(say("held by {by}", by="the army")) == "تحت سيطرة الجيش"
    assert writer("fr").text(say("held by {by}", by="the Zebra Front")) == (
        f"tenu par {NAME}Zebra Front{END}"
    )


def test_days_and_lists() -> None:
    day = day_text(date(2025, 2, 6))
    assert writer("fr").text(say("About {day}", day=day)) == "Vers le 6 février 2025"
    assert writer("es").text(say("About {day}", day=day)) == "Hacia el 6 de febrero de 2025"
    assert "6 лютого 2025" in writer("uk").text(say("About {day}", day=day))
    names = joined([place("Goma", None), place("Sake", None), place("Bukavu", None)])
    assert names == "Goma, Sake and Bukavu"
    told = writer("fr").text(say("Strikes on {names}", names=names))
    assert told == f"Frappes : {NAME}Goma{END}, {NAME}Sake{END} et {NAME}Bukavu{END}"


def test_marks_and_turning_signs_of_a_text_do_nothing() -> None:
    told = say("held by {by}", by=f"evil{END}{NAME}\u202eparty<b>")
    found = writer("fr").text(told)
    assert found == f"tenu par {NAME}evil\ufffdparty<b>{END}"
    assert apart_html(found) == "tenu par <bdi>evil\ufffdparty&lt;b&gt;</bdi>"
    assert apart_html(f"{END}a{NAME}b") == "ab"
    assert apart_html(f"{ENGLISH}one & two{END}") == '<bdi lang="en" dir="ltr">one &amp; two</bdi>'


SUDAN = (
    "The Rapid Support Forces captured Um Rawaba on Monday, residents said.\n\n"
    "Some 3,200 families fled Um Rawaba for El Obeid, the United Nations said. "
    "More than 8 million people are displaced across Sudan, according to the United Nations."
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("languages")
    source = folder / "a.md"
    source.write_text(
        f"---\ntitle: On the road\npublished_on: 2025-02-12\n---\n{SUDAN}\n", encoding="utf-8"
    )
    pages = {}
    for language in LANGUAGES:
        made = mapgen.build([source], settings=Settings(language=language))
        pages[language] = made.to_html()
    return pages


def test_the_page_writes_summary_cards_and_badge_in_its_language(pages: dict[str, str]) -> None:
    assert "Not added to other figures" in pages["en"]
    assert NAME not in pages["en"]
    for language, words in (
        ("ar", ["قوات الدعم السريع", "السودان · خريطة الوضع", "لا يضاف إلى أرقام أخرى"]),
        ("fr", ["les Forces de soutien rapide", "Soudan · carte de situation", "Prise : "]),
        ("es", ["las Fuerzas de Apoyo Rápido", "Sudán · mapa de situación", "Toma: "]),
        ("uk", ["Сили швидкої підтримки", "Судан · мапа ситуації", "Захоплено: "]),
    ):
        page = DATA.search(pages[language])[0]
        for word in words:
            assert word in page, f"{word} in {language}"
        assert "<bdi>" in pages[language]
        for english in ("Not added to other figures", "Machine reading", " taken", "said only by"):
            assert english not in page, f"{english} in {language}"
        assert SUDAN.split(",", maxsplit=1)[0] in page  # quotes stay as they are
