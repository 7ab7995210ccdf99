"""General words for an armed group mean the named one of that sort, and no other group."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.core.tables.group_sorts import can_be_called
from mapgen.merging.parties_meant import with_parties_meant
from mapgen.model import Kind

MEANT = [
    # country, text, who took each town in turn
    (
        "HT",
        "The Viv Ansanm coalition overran Kenscoff. Armed gangs captured Cabaret. "
        "Gang members seized Croix-des-Bouquets.",
        ["haiti:vivansanm", "haiti:vivansanm", "haiti:vivansanm"],
    ),
    (
        "HT",
        "Gangs of the G-Pep federation captured Cité Soleil. "
        "Gangs of the G9 alliance seized Carrefour. Gangs took Mirebalais.",
        ["haiti:gpep", "haiti:g9", "text:gangs"],  # it can be either
    ),
    (
        "NG",
        "Ansaru fighters seized Birnin Gwari. Bandits captured Dansadau.",
        ["nigeria:ansaru", "text:bandits"],
    ),
    (
        "NG",
        "Boko Haram fighters seized Marte. Jihadists captured Baga.",
        ["nigeria:bh", "nigeria:bh"],
    ),
    (
        "ML",
        "Tuareg rebels of the MNLA captured Kidal. "
        "Islamist fighters of Ansar Dine took Timbuktu. Jihadists seized Gao.",
        ["mali:mnla", "mali:ansardine", "mali:ansardine"],
    ),
    (
        "ML",
        "JNIM fighters captured Djenne. Separatists seized Kidal.",
        ["mali:jnim", "text:separatists"],
    ),
    (
        "MZ",
        "Al-Shabab insurgents seized Palma. Militants captured Quissanga. Jihadists took Macomia.",
        ["moz:asw", "moz:asw", "moz:asw"],
    ),
    (
        "SO",
        "Al-Shabab fighters seized Adan Yabaal. Militants captured Moqokori.",
        ["somalia:shabaab", "somalia:shabaab"],
    ),
    (
        "UA",
        "Rebels of the Donetsk People's Republic seized Telmanove. "
        "Separatists captured Novoazovsk.",
        ["ukraine:dnr", "ukraine:dnr"],
    ),
    (
        "HT",
        "Fighters of the Kokorat San Ras captured Gros-Morne.",
        ["text:kokorat-san-ras"],
    ),
]


@pytest.mark.parametrize(("country", "text", "takers"), MEANT)
def test_general_word_means_the_group_of_its_sort(
    country: str, text: str, takers: list[str]
) -> None:
    told = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert [c.actor.id if c.actor else None for c in told] == takers


def test_gangs_without_a_name_are_one_side() -> None:
    told = with_parties_meant(
        claims(
            "Armed gangs overran Kenscoff. Gangs captured Cabaret. Haitian gangs took Mirebalais. "
            "Gang members seized Croix-des-Bouquets.",
            "HT",
        )
    )
    assert [c.actor.side if c.actor else None for c in told] == ["ht:gangs"] * 4


def test_gangs_of_one_report_are_those_that_another_names() -> None:
    told = with_parties_meant(
        [
            *claims("Viv Ansanm fighters overran Kenscoff.", "HT"),
            *claims("Heavily armed gangs captured Mirebalais.", "HT"),
        ]
    )
    assert [c.actor.id if c.actor else None for c in told] == ["haiti:vivansanm"] * 2


def test_bandits_of_one_report_are_not_the_jihadists_of_another() -> None:
    told = with_parties_meant(
        [
            *claims("Ansaru fighters seized Birnin Gwari.", "NG"),
            *claims("Bandits captured Birnin Gwari.", "NG"),
        ]
    )
    assert [c.actor.side if c.actor else None for c in told] == ["nigeria:ansaru", "ng:gangs"]


def test_sorts() -> None:
    assert can_be_called("haiti:vivansanm", ["Viv Ansanm gangs"], {"gang", "members"})
    assert can_be_called("text:x", ["Village de Dieu gang"], {"gangs"})  # it is called so
    assert not can_be_called("nigeria:bh", ["Boko Haram"], {"bandits"})
    assert not can_be_called("drc:m23", ["M23"], {"bandits"})  # gangs are those listed
    assert can_be_called("drc:m23", ["M23"], {"jihadists"})  # of no sort that is known
    assert not can_be_called("mali:mnla", ["MNLA"], {"jihadists"})
    assert can_be_called("mali:mnla", ["MNLA"], {"rebels"})
