"""Who holds a town by who sits in it, runs it or let it go; not those who are guests in it."""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.model import Kind
from tests.unit.coding_kit import extract

_CONTROL = {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE}


def _told(
    text: str, country: str, day: date = date(2023, 11, 22)
) -> list[tuple[str, str | None, str | None]]:
    """Return places with who holds and who lost each, as far as it is told as true now."""
    return [
        (p.surface, c.actor and c.actor.name, c.from_actor and c.from_actor.name)
        for c in extract(text, country, published_on=day).claims
        if c.kind in _CONTROL and c.status.is_current
        for p in c.places
    ]


@pytest.mark.parametrize(
    ("text", "country", "told"),
    [
        (
            "The army and its Wagner auxiliaries have been in Kidal since Monday, when the Tuareg "
            "rebels of the CSP let it go without a siege.",
            "ML",
            [("Kidal", "Malian army", "Tuareg-led rebels")],
        ),
        (
            "RSF fighters have been in Nyala since Tuesday, when the army abandoned it.",
            "SD",
            [("Nyala", "Rapid Support Forces", "Sudanese army")],
        ),
        (
            "M23 rebels have been in Bukavu since Friday, after the Congolese army gave it up.",
            "CD",
            [("Bukavu", "M23", "Congolese army")],
        ),
        (
            "Rebels of HTS have been inside Hama since Thursday, when government forces left it.",
            "SY",
            [("Hama", "Hayat Tahrir al-Sham", "Syrian government")],
        ),
        (
            "The army has been in Homs since 2014, when the rebels let it go.",
            "SY",
            [("Homs", "Syrian government", "rebels")],
        ),
        ("The rebels let Tessalit go on Monday.", "ML", [("Tessalit", None, "rebels")]),
        (
            "Laukkai has been run by the MNDAA since 5 November.",
            "MM",
            [("Laukkai", "MNDAA", None)],
        ),
        (
            "Kupiansk and Izium, emptied of civilians, are also in Kyiv's hands.",
            "UA",
            [("Kupiansk", "Ukrainian forces", None), ("Izium", "Ukrainian forces", None)],
        ),
        ("El Obeid is still in Khartoum's hands.", "SD", [("El Obeid", "Sudanese army", None)]),
        (
            "Kupiansk, despite shelling, remains Moscow's. The Russian army shelled it.",
            "UA",
            [("Kupiansk", "Russian forces", None)],
        ),
        ("Raqqa remains the SDF's.", "SY", [("Raqqa", "Kurdish-led forces (SDF)", None)]),
        (
            "Lashio, despite shelling nearby, remains the regime's.",
            "MM",
            [("Lashio", "Myanmar military", None)],
        ),
        (
            "Pibor is under the control of armed youth, according to the county commissioner.",
            "SS",
            [("Pibor", "armed youth", None)],
        ),
        (
            "The column came from Bor, 190 km to the north, which the White Army captured on "
            "Monday.",
            "SS",
            [("Bor", "White Army", None)],
        ),
    ],
)
def test_who_holds(text: str, country: str, told: list[tuple[str, str | None, str | None]]) -> None:
    found = _told(text, country)
    loser = {p: lost for p, _, lost in told}
    assert [(p, who) for p, who, _ in found] == [(p, who) for p, who, _ in told]
    assert all(loser[p] in {None, lost} for p, _, lost in found)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("UN aid workers have been in Goma since Monday, when M23 let them in.", "CD"),
        ("M23 delegates have been in Doha since Tuesday, when the talks resumed.", "CD"),
        ("French troops have been in Gao since 2013.", "ML"),
        ("Families have been in Minova since Friday, when the army abandoned its post.", "CD"),
        ("The mayor of Gao let forty teachers go.", "ML"),
        ("The rebels did not let Tessalit go.", "ML"),
        ("Kupiansk remains the army's priority.", "UA"),
        ("The hospital in Goma has been run by the Red Cross since May.", "CD"),
        ("Nyala was run by the army until May.", "SD"),
        ("Marib is in Sanaa's hands.", "YE"),  # the capital is held by rebels
        ("The flood is under control in Bor, according to officials.", "SS"),
    ],
)
def test_nobody_is_told_to_hold_it(text: str, country: str) -> None:
    assert [t for t in _told(text, country) if t[1] is not None] == []


def _acting(text: str, country: str) -> dict[str, str | None]:
    told = extract(text, country, published_on=date(2014, 1, 5)).claims
    return {
        p.surface: c.actor.name if c.actor else None
        for c in told
        if c.status.is_current and c.kind is not Kind.DISPLACEMENT
        for p in c.places
    }


@pytest.mark.parametrize(
    ("text", "country", "acting"),
    [
        (
            "The defenders clung to Bor. Machar's men hold Bentiu, and yesterday they entered "
            "Malakal.",
            "SS",
            {"Bentiu": "Machar's men", "Malakal": "Machar's men"},
        ),
        (
            "Haftar's men hold Gharyan, and on Friday they entered Aziziya.",
            "LY",
            {"Gharyan": "Libyan National Army (LNA)", "Aziziya": "Libyan National Army (LNA)"},
        ),
        ("Malakal's men hold Bor.", "SS", {}),  # of a town, and no party
        ("Peter's men said little. The army entered Bor.", "SS", {"Bor": "South Sudanese army"}),
    ],
)
def test_the_men_of_a_leader_act(text: str, country: str, acting: dict[str, str | None]) -> None:
    assert _acting(text, country) == acting
