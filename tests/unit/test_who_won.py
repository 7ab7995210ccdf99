"""When "the town fell", its attacker has it; where that is not told, nobody is named."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import claims, gazetteer

from mapgen.coding import TwoReaders
from mapgen.model import Article, Kind

WON = [
    # country, text, who has the town, who lost it
    (
        "MM",
        "The army had held Lashio since May. The People's Defence Force attacked it on Friday, and "
        "the army sent reinforcements. By Monday the town had fallen to them.",
        "myanmar:pdf",
        "myanmar:mil",
    ),
    (
        "CD",
        "M23 rebels attacked Masisi, which the Congolese army defended for two days. "
        "On Sunday the town fell.",
        "drc:m23",
        "drc:fardc",
    ),
    (
        "AF",
        "The Taliban launched an assault on Kandahar on Wednesday. Government troops fought back. "
        "By Thursday night the city had fallen to them.",
        "afg:taliban",
        "afg:gov",
    ),
    (
        "ML",
        "Tuareg rebels attacked Gao on Saturday; the army fled its camp. "
        "The town had fallen to them by evening.",
        "mali:csp",
        "mali:army",
    ),
    (
        "BF",
        "Jihadists of JNIM attacked Djibo on Monday, killing 20 soldiers. The army sent "
        "helicopters. The town fell to them at dusk.",
        "mali:jnim",
        "bfa:army",
    ),
    (
        "UA",
        "Ukrainian troops attacked Sloviansk, and the separatists withdrew on Saturday. "
        "The town had fallen.",
        "ukraine:ukr",
        "text:separatists",
    ),
]


@pytest.mark.parametrize(("country", "text", "won", "lost"), WON)
def test_the_attacker_has_it(country: str, text: str, won: str, lost: str) -> None:
    told = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert len(told) == 1
    assert told[0].actor is not None
    assert told[0].actor.id == won
    assert told[0].from_actor is not None
    assert told[0].from_actor.id == lost


OPEN = [
    ("IQ", "The army and Islamic State fought over Ramadi for months. On Sunday the city fell."),
    ("SD", "The army and the RSF both shelled Kutum. On Tuesday the town had fallen."),
    ("SD", "The army and the RSF clashed in Kutum on Monday. On Tuesday the town fell."),
    (
        "SY",
        "HTS attacked Manbij in June. The SNA attacked Manbij in July. On Sunday the town fell.",
    ),
]


@pytest.fixture(scope="module")
def readers() -> TwoReaders:
    return TwoReaders(gazetteer())


@pytest.mark.parametrize(("country", "text"), OPEN)
def test_it_is_open_who_has_it(country: str, text: str, readers: TwoReaders) -> None:
    article = Article(id="t", text=text, country=country, published_on=date(2024, 12, 6))
    told = [c for c in readers.code(article)[0] if c.kind is Kind.CONTROL_CHANGE]
    assert all(c.actor is None for c in told)
    assert [c.actor for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE] == [None]


NOT_FALLEN = [
    (
        "MM",
        "Rebels attacked Falam on Friday, and the army beat them back. The town has not fallen.",
    ),
    ("SY", "Rebels fought the army in Qusayr. Snow had fallen on the town."),
]


@pytest.mark.parametrize(("country", "text"), NOT_FALLEN)
def test_it_has_not_fallen(country: str, text: str) -> None:
    told = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert not [c for c in told if c.status.is_current]
