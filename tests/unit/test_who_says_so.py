"""Who says what a sentence states: people, a group or an outlet, never a place or a time."""

from __future__ import annotations

import pytest
from readers_kit import read_twice

from mapgen.coding.english.source_names import bare_source, names_source
from mapgen.model import Kind, Status


def _sources(text: str, country: str, day: str) -> set[tuple[str | None, str | None]]:
    said = [c.attribution for c in read_twice(text, country, day)]
    return {(s.name, s.role) if s else (None, None) for s in said}


@pytest.mark.parametrize(
    ("text", "country", "source"),
    [
        (
            "North-west of Hama city, insurgents said that they had thrown back an armoured attack "
            "on Qalaat al-Madiq. The army did not comment.",
            "SY",
            ("insurgents", None),
        ),
        (
            "In the north the district centre of Kilinochchi was overrun, its governor admitted.",
            "LK",
            ("governor of Kilinochchi", "official"),
        ),
        (
            "Kherson was captured by Russian troops, its mayor said.",
            "UA",
            ("mayor of Kherson", "official"),
        ),
        (
            'An army spokesman in Baku, by telephone: Zangilan "is under the control of '
            'Azerbaijani forces".',
            "AZ",
            ("army spokesman in Baku", "official"),
        ),
        (
            "Fourteen civilians were killed in shelling of Barda, per the Red Cross.",
            "AZ",
            ("Red Cross", "organisation"),
        ),
        (
            "Shells hit Terter overnight, the mayor says.",
            "AZ",
            ("mayor", "official"),
        ),
        (
            "A report by the UN said government forces shelled Douma on Sunday.",
            "SY",
            ("UN", "organisation"),
        ),
        (
            "The RSF captured Rufaa on Sunday, people in its northern quarters said.",
            "SD",
            ("people in its northern quarters", "witness"),
        ),
    ],
)
def test_a_source_is_who_speaks(text: str, country: str, source: tuple[str, str | None]) -> None:
    assert _sources(text, country, "2023-11-10") == {source}


def test_he_who_said_it_is_the_one_told_of_before() -> None:
    text = "A teacher watched the soldiers leave. Some 2,000 people have fled Adado, she said."
    told = [c for c in read_twice(text, "SO", "2019-10-14") if c.quantity]
    assert {c.attribution.name for c in told if c.attribution} == {"teacher"}


def test_what_others_add_behind_a_capture_is_not_their_word_for_it() -> None:
    text = (
        "Soldiers have retaken Butig from the Maute group, and by noon traders in its lower market "
        "said no gunmen were left."
    )
    told = [c for c in read_twice(text, "PH", "2017-06-20") if c.kind is Kind.CONTROL_CHANGE]
    assert [(c.attribution, c.status) for c in told] == [(None, Status.ASSERTED)]


def test_the_articles_own_reporter_is_the_article() -> None:
    text = "Our reporter in Shusha: shells hit the hospital in Shusha on Monday, killing two."
    assert _sources(text, "AZ", "2020-10-20") <= {(None, None)}


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("and by dusk people in the lower market", "people in the lower market"),
        ("North-west of Daraa city, insurgents", "insurgents"),
        ("Meanwhile the mayor of Bara", "the mayor of Bara"),
        ("by late evening two nurses", "two nurses"),
        ("On Sunday, the army", "the army"),
        ("a report by the UN", "UN"),
        # look-alikes that are kept whole
        ("the Northern Alliance", "the Northern Alliance"),
        ("South Korea", "South Korea"),
        ("Doctors Without Borders", "Doctors Without Borders"),
        ("people from the south", "people from the south"),
    ],
)
def test_a_source_has_no_words_of_its_sentence(words: str, bare: str) -> None:
    assert bare_source(words) == bare


@pytest.mark.parametrize("words", ["M23", "UN", "residents of Bara", "Kyiv", "a nurse", "Israel"])
def test_people_groups_and_governments_are_sources(words: str) -> None:
    assert names_source(words)


@pytest.mark.parametrize(
    "words",
    ["Daraa city", "North-west of Daraa city", "there", "by dusk", "and", "he", "the town of Bara"],
)
def test_places_and_times_are_no_sources(words: str) -> None:
    assert not names_source(words)
