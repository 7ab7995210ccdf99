"""Raids: those who entered a town and left it again do not hold it."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import extract

from mapgen.model import Kind

MAY = date(2025, 5, 25)


def _told(text: str, country: str) -> list[tuple[Kind, str]]:
    claims = extract(text, country, published_on=MAY).claims
    return [(c.kind, c.places[0].surface) for c in claims if c.status.is_current and c.places]


@pytest.mark.parametrize(
    ("text", "country", "town"),
    [
        (
            "Boko Haram fighters seized Damasak on Sunday, burned the market and withdrew at dawn.",
            "NG",
            "Damasak",
        ),
        (
            "Rebels seized Bambari on Saturday. The gunmen withdrew before nightfall.",
            "CF",
            "Bambari",
        ),
        ("RSF fighters captured Um Rawaba for a night before withdrawing.", "SD", "Um Rawaba"),
        (
            "Insurgents took Mocímboa da Praia on Monday. They left the following morning.",
            "MZ",
            "Mocímboa da Praia",
        ),
        ("Al-Shabaab seized Adale on Friday and left the town again.", "SO", "Adale"),
        ("JNIM took Boulkessi on Sunday. By evening they were gone.", "ML", "Boulkessi"),
        ("Gunmen captured Kutum on Monday, then pulled back on Tuesday.", "SD", "Kutum"),
        ("Militants overran Palma on 24 May. The attackers later left.", "MZ", "Palma"),
        ("The Taliban overran Qaisar on Sunday and left several hours later.", "AF", "Qaisar"),
        ("Gunmen entered Bankilare on Monday and killed 37 people.", "NE", "Bankilare"),
        ("Fighters entered Mweso on Sunday, looted shops and torched a clinic.", "CD", "Mweso"),
    ],
)
def test_those_who_left_again_attacked_the_town(text: str, country: str, town: str) -> None:
    told = _told(text, country)
    assert (Kind.STRIKE, town) in told
    assert all(kind is not Kind.CONTROL_CHANGE for kind, _ in told)


@pytest.mark.parametrize(
    ("text", "country", "town"),
    [
        ("M23 captured Sake after the soldiers fought briefly and withdrew.", "CD", "Sake"),
        ("M23 captured Sake on Monday. The army left on Tuesday for Goma.", "CD", "Sake"),
        ("Al-Shabaab seized Adale and left 12 soldiers dead.", "SO", "Adale"),
        ("Russian troops took Vovchansk and pulled back from Lyptsi.", "UA", "Vovchansk"),
        ("The RSF took Singa on Friday. Thousands left the next day.", "SD", "Singa"),
        ("Rebels took Hama. They left a garrison behind.", "SY", "Hama"),
        ("Rebels took Hama. They will leave it to the council, they said.", "SY", "Hama"),
        ("The army took Bama before leaving Konduga to the militia.", "NG", "Bama"),
    ],
)
def test_those_who_stayed_hold_the_town(text: str, country: str, town: str) -> None:
    assert (Kind.CONTROL_CHANGE, town) in _told(text, country)


def test_what_they_captured_and_abandoned_is_not_theirs() -> None:
    text = "In Bangassou, which rebels captured on 3 May and abandoned two weeks later, it is calm."
    assert all(kind is not Kind.CONTROL_CHANGE for kind, _ in _told(text, "CF"))


def test_who_held_a_village_for_hours_does_not_hold_it() -> None:
    text = (
        "Al-Shabaab attacked the base in Adale before dawn. The militants held the town for several"
        " hours, burned vehicles, and had left by evening."
    )
    assert {kind for kind, _ in _told(text, "SO")} == {Kind.STRIKE}


def test_those_who_took_a_building_in_it_did_more_than_a_raid() -> None:
    told = _told("M23 entered Sake on Friday, seized the town hall and killed a policeman.", "CD")
    assert Kind.STRIKE not in {kind for kind, _ in told}
