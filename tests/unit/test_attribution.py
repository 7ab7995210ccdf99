"""Who said it: found wherever the sentence puts it, and never made up."""

from __future__ import annotations

import pytest
from coding_kit import claim, claims

from mapgen.coding.english.attribution import role_of
from mapgen.model import Kind, Status

SAID = [
    ("The Red Cross said rebels captured Palmyra.", "Red Cross", "organisation"),
    ("Rebels captured Palmyra, the Red Cross said.", "Red Cross", "organisation"),
    ("According to two residents, rebels captured Palmyra.", "two residents", "witness"),
    ("Rebels captured Palmyra, according to state media.", "state media", "media"),
    (
        "Rebels captured Palmyra, according to the Syrian Observatory for Human Rights (SOHR).",
        "SOHR",
        "monitor",
    ),
    ("“We have captured Palmyra,” commander Omar Haddad said.", "Omar Haddad", "official"),
    ("Rebels reportedly captured Palmyra.", "reports", "unnamed"),
    ("A UN spokeswoman said that rebels had captured Palmyra.", "UN", "organisation"),
    ("The army claimed control of Palmyra.", "army", "official"),
]


@pytest.mark.parametrize(("sentence", "name", "role"), SAID)
def test_source(sentence: str, name: str, role: str) -> None:
    found = claim(sentence, Kind.CONTROL_CHANGE)
    assert found.status is Status.CLAIMED
    assert found.attribution is not None
    assert (found.attribution.name, found.attribution.role) == (name, role)


def test_the_own_voice_has_no_source() -> None:
    found = claim("Rebels captured Palmyra.", Kind.CONTROL_CHANGE)
    assert found.attribution is None
    assert found.status is Status.ASSERTED


def test_a_source_speaks_for_its_own_sentence_only() -> None:
    text = "Rebels captured Palmyra. Some 3,000 people fled from Palmyra, the UN said."
    assert [c.attribution and c.attribution.name for c in claims(text)] == [None, "UN"]


def test_the_coalition_is_not_the_party_that_it_fights() -> None:
    text = (
        "The Houthis captured Harib on Monday. Air strikes on Marib killed 12 people on Tuesday, "
        "the coalition said."
    )
    (strike,) = [c for c in claims(text, "YE") if c.kind is Kind.STRIKE]
    assert strike.attribution is not None
    assert "Houthi" not in strike.attribution.name


def test_figures_of_an_office_are_its_word() -> None:
    found = claim(
        "More than 20,000 people have fled from Palmyra, UNHCR figures show.", Kind.DISPLACEMENT
    )
    assert found.attribution is not None
    assert found.attribution.name == "UNHCR"


def test_a_name_spelled_out_once_is_short_from_then_on() -> None:
    text = (
        "The Harbour Watch Group (HWG) keeps a count. Rebels captured Palmyra, HWG said. "
        "Rebels captured Saraqib, the Harbour Watch Group said."
    )
    assert {c.attribution.name for c in claims(text) if c.attribution} == {"HWG"}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("the defence ministry", "official"),
        ("UNHCR", "organisation"),
        ("a rebel leader", "party"),
        ("villagers", "witness"),
        ("Omar Haddad", None),
    ],
)
def test_role(name: str, role: str | None) -> None:
    assert role_of(name) == role


def test_an_office_of_a_province_is_not_the_province() -> None:
    found = claim("The governor of Idlib said rebels captured Palmyra.", Kind.CONTROL_CHANGE)
    assert found.attribution is not None
    assert found.attribution.name == "governor of Idlib"


def test_the_group_is_the_one_that_spoke_before_else_the_party_told_of() -> None:
    before = "A local relief group said 900 people fled Idlib. "
    text = "HTS captured Palmyra. Rebels captured Saraqib, according to the group."
    assert claims(text)[-1].attribution.name == "Hayat Tahrir al-Sham"
    found = claims(before + text)[-1].attribution
    assert (found.name, found.role) == ("local relief group", "organisation")


@pytest.mark.parametrize(
    ("text", "country", "who"),
    [
        ("The Sudanese army denied on Friday that Er Rahad had fallen.", "SD", "Sudanese army"),
        ("The governor denied reports that Goma had fallen to M23.", "CD", "governor"),
        ("Reports that Bara had fallen to the RSF were denied by the governor.", "SD", "governor"),
        ("The junta disputed that it had lost Lashio.", "MM", "junta"),
        ("Kyiv's general staff rejected claims that Russia had taken Toretsk.", "UA",
         "Kyiv's general staff"),
    ],
)  # fmt: skip
def test_a_denial_is_the_word_of_who_denies(text: str, country: str, who: str) -> None:
    denied = [c for c in claims(text, country) if c.status is Status.NEGATED]
    assert {c.attribution.name for c in denied if c.attribution} == {who}


def test_nobody_denies_what_did_not_happen() -> None:
    denied = claims("Bara has not fallen to the RSF.", "SD")
    assert [c.attribution for c in denied] == [None]


@pytest.mark.parametrize(
    ("text", "country", "who"),
    [
        (
            "Farther south, the Oromo Liberation Army, which joined the war in August, said it had "
            "taken Kemise.",
            "ET",
            "Oromo Liberation Army",
        ),
        (
            "A jet bombed Kawlin on Monday, killing three women, and an army column that set out "
            "to retake it is reported to be stuck.",
            "MM",
            None,
        ),
        (
            "Mortar fire on Haditha on Sunday killed four people, among them two children, a "
            "doctor there said.",
            "IQ",
            "doctor there",
        ),
        ("Sultani Makenga, the M23 commander, said his forces had captured Minova.", "CD",
         "Sultani Makenga, the M23 commander"),
    ],
)  # fmt: skip
def test_a_source_is_named_without_what_stands_round_it(
    text: str, country: str, who: str | None
) -> None:
    (found,) = claims(text, country)
    assert (found.attribution.name if found.attribution else None) == who
