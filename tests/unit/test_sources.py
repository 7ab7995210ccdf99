"""One monitor under several names is one source, and who quotes others is the source."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapgen import pipeline
from mapgen.core.source_names import source_name
from mapgen.core.tables.sources import is_description, source_of
from mapgen.merging.events import situation_of
from mapgen.model import Article, Attribution, Extraction, Kind, Standing
from mapgen.settings import Settings
from tests.unit.coding_kit import claim, extract, gazetteer


@pytest.mark.parametrize(
    "name",
    [
        "SOHR",
        "Syrian Observatory for Human Rights",
        "Britain-based Syrian Observatory for Human Rights",
        "UK-based war monitor the Syrian Observatory for Human Rights",
        "the Syrian Observatory for Human Rights (SOHR)",
        "Syrian Obser\u200bvatory for Human Rights",
        "Rami Abdel Rahman",
        "SOHR director Rami Abdulrahman",
    ],
)
def test_names_of_one_monitor_are_one_source(name: str) -> None:
    found = source_of(name)
    assert found is not None
    assert found.id == "sohr"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("UN refugee agency", "unhcr"),
        ("UNHCR spokesman", "unhcr"),
        ("United Nations", "un"),
        ("International Organization for Migration", "iom"),
        ("Institute for the Study of War", "isw"),
        ("ACLED", "acled"),
        ("ministry of defence in Moscow", None),
        ("residents", None),
        ("unite the nations", None),
        ("Unocha Street market traders", None),
        ("Iraqi Observatory for Human Rights", None),
    ],
)
def test_sources_are_told_apart(name: str, source: str | None) -> None:
    found = source_of(name)
    assert (found.id if found else None) == source


def test_descriptions_name_nobody() -> None:
    for name in (
        "the war monitor",
        "Observatory",
        "a Britain-based monitor",
        "the monitoring group",
    ):
        assert is_description(name), name
    for name in (
        "SOHR",
        "residents",
        "the Sudan War Monitor",
        "Iraqi Observatory for Human Rights",
    ):
        assert not is_description(name), name


def _standing(*texts: str) -> list[Standing]:
    made = [extract(text, "SY") for text in texts]
    whole = Extraction(
        articles=tuple(replace(m.articles[0], id=f"a{n}") for n, m in enumerate(made)),
        sentences=tuple(
            replace(s, article=f"a{n}") for n, m in enumerate(made) for s in m.sentences
        ),
        claims=tuple(
            replace(c, article=f"a{n}", id=f"{n} {c.id}")
            for n, m in enumerate(made)
            for c in m.claims
        ),
    )
    return [e.standing for e in situation_of(whole).events if e.kind is Kind.CONTROL_CHANGE]


ONE = "Rebels captured Saraqib on Thursday, {}."
TWO = "{} said rebels had taken control of Saraqib on Thursday, after days of shelling."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("SOHR said", "The Observatory"),
        ("SOHR said", "The Britain-based Syrian Observatory for Human Rights"),
        ("the Syrian Observatory for Human Rights said", "Rami Abdel Rahman"),
        ("the war monitor said", "The Syrian Observatory for Human Rights"),
        ("the United Nations said", "The UN refugee agency"),
    ],
)
def test_one_monitor_in_two_articles_is_no_assessment(first: str, second: str) -> None:
    assert _standing(ONE.format(first), TWO.format(second)) == [Standing.CLAIMED]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("SOHR said", "The Institute for the Study of War"),
        ("UNHCR said", "The International Organization for Migration"),
    ],
)
def test_two_monitors_are_independent(first: str, second: str) -> None:
    assert _standing(ONE.format(first), TWO.format(second)) == [Standing.ASSESSED]


def test_a_description_is_the_monitor_that_the_article_names() -> None:
    text = (
        "The Syrian Observatory for Human Rights said that roads were closed.\n\n"
        "Rebels captured Saraqib on Thursday, the war monitor said."
    )
    said = claim(text, Kind.CONTROL_CHANGE).attribution
    assert said is not None
    assert source_of(said.name) == source_of("SOHR")
    alone = claim("Rebels captured Saraqib on Thursday, the war monitor said.", Kind.CONTROL_CHANGE)
    assert alone.attribution is not None
    assert is_description(alone.attribution.name)


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        ('A leaflet read: "The UN said that 90,000 people fled Goma."', "leaflet", "UN"),
        (
            "A post on Telegram claimed that UNHCR said that 90,000 people fled Goma.",
            "Telegram",
            "UNHCR",
        ),
        (
            'A rebel commander said: "The army said that 9,000 people fled Goma."',
            "commander",
            "army",
        ),
    ],
)
def test_the_outermost_speaker_is_the_source(text: str, outer: str, inner: str) -> None:
    said = claim(text, Kind.DISPLACEMENT, "CD").attribution
    assert said is not None
    assert ", quoting " in said.name
    first, second = said.name.split(", quoting ")
    assert outer in first
    assert inner in second


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("UNHCR said that 90,000 people fled Goma.", "UNHCR"),
        ('"Some 9,000 people fled Goma," UNHCR said.', "UNHCR"),
        ("Reuters reported that UNHCR said that 90,000 people fled Goma.", "UNHCR"),
        ("Two agencies reported that SOHR said that 90,000 people fled Saraqib.", "SOHR"),
    ],
)
def test_a_plain_or_relayed_statement_keeps_its_speaker(text: str, source: str) -> None:
    said = claim(text, Kind.DISPLACEMENT, None).attribution
    assert said is not None
    assert said.name == source


@pytest.mark.parametrize(
    "name",
    ["the Syrian Observatory for Human Rights", "SOHR", "Rami Abdel Rahman", "the war monitor"],
)
def test_who_speaks_last_is_the_source_however_short_the_sentence(name: str) -> None:
    said = claim(f"Rebels captured Saraqib, {name} said.", Kind.CONTROL_CHANGE).attribution
    assert said is not None
    assert said.name == name.removeprefix("the ")


def test_a_clause_in_which_nobody_speaks_is_no_source() -> None:
    text = "Rebels captured Saraqib, the town that Homer wrote of."
    assert claim(text, Kind.CONTROL_CHANGE).attribution is None


def test_a_source_is_shown_by_its_short_name() -> None:
    name = "Britain-based Syrian Observatory for Human Rights"
    said = Attribution(name=name, role="monitor", words=name)
    assert source_name(said) == "SOHR"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "A leaflet dropped over the town said that UNHCR had counted 600 people who fled Goma.",
            "leaflet dropped over the town",
        ),
        (
            "A banner read that, according to UNHCR, 5,000 people fled Goma on Thursday.",
            "banner, quoting UNHCR",
        ),
        ('Graffiti on a wall: "OCHA: 3,000 people have fled Bunia".', "Graffiti on a wall"),
        ('Governor: "Some 3,000 people fled Bunia on Thursday."', "Governor"),
        ("According to UNHCR, 5,000 people fled Goma on Thursday.", "UNHCR"),
    ],
)
def test_what_hands_a_statement_on_is_its_source(text: str, source: str) -> None:
    said = claim(text, Kind.DISPLACEMENT, None).attribution
    assert said is not None
    assert said.name == source


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said that the town fell; 500 people fled Goma on Thursday.",
        'The army said: "We left." Some 500 people fled Goma on Thursday.',
        "A tale of two towns: 500 people fled Goma on Thursday.",
    ],
)
def test_who_speaks_of_something_else_is_no_source(text: str) -> None:
    assert claim(text, Kind.DISPLACEMENT, None).attribution is None


def _standings(first: str, second: str, town: str, country: str) -> set[Standing]:
    """Return the standings of what two articles say, each with a name of a source."""
    settings = Settings().updated(as_of="2024-12-06", coder="rules", country=country)
    texts = (
        f"{first[:1].upper()}{first[1:]} said rebels captured {town} on Thursday.",
        f"Rebels captured {town} on Thursday, {second} said.",
    )
    articles = [
        Article(id=f"a{n}", text=text, published_on=settings.as_of, country=country)
        for n, text in enumerate(texts)
    ]
    made = pipeline.extract(articles, gazetteer(), settings)
    return {event.standing for event in pipeline.situate(made, gazetteer(), settings).events}


@pytest.mark.parametrize(
    ("country", "town", "first", "second"),
    [
        ("CD", "Goma", "the Congolese army", "the FARDC"),
        ("CD", "Goma", "MONUSCO", "the UN peacekeeping mission"),
        ("CD", "Goma", "Kivu Security Tracker", "the Kivu Security Tracker (KST)"),
        ("CD", "Goma", "Radio Okapi", "the UN-backed Radio Okapi"),
        ("SD", "El Fasher", "the RSF", "the paramilitary Rapid Support Forces"),
        ("SD", "El Fasher", "the Sudan Doctors Network", "a Sudanese doctors' group"),
        ("SD", "El Fasher", "Yale's Humanitarian Research Lab", "Yale HRL"),
        ("SD", "El Fasher", "the El Fasher Resistance Committee", "the local resistance committee"),
        ("UA", "Pokrovsk", "the US-based think tank", "the Institute for the Study of War"),
        ("UA", "Pokrovsk", "the Russian Defence Ministry", "Russia's Ministry of Defense"),
        ("UA", "Pokrovsk", "TASS", "the Russian state news agency"),
        ("SY", "Saraqib", "SANA", "Syrian state media"),
        ("SD", "El Fasher", "Sudan's military", "a military statement"),
        ("MM", "Lashio", "the Arakan Army", "an Arakan Army spokesman"),
        ("SY", "Saraqib", "the White Helmets", "Syria Civil Defence"),
        ("SY", "Saraqib", "HTS", "Hayat Tahrir al-Sham"),
    ],
)
def test_two_names_of_one_source_are_one(country: str, town: str, first: str, second: str) -> None:
    assert Standing.ASSESSED not in _standings(first, second, town, country)


@pytest.mark.parametrize(
    ("country", "town", "first", "second"),
    [
        ("SD", "El Fasher", "OCHA", "the Sudan Doctors Network"),
        ("CD", "Goma", "M23", "the army"),
        ("CD", "Goma", "the mayor", "a doctor"),
        ("UA", "Pokrovsk", "DeepState", "the Russian Defence Ministry"),
        ("SY", "Saraqib", "SOHR", "the White Helmets"),
        ("SD", "El Fasher", "the UN", "the army"),
    ],
)
def test_two_sources_are_two(country: str, town: str, first: str, second: str) -> None:
    assert _standings(first, second, town, country) == {Standing.ASSESSED}
