"""Words about people that tell of no flight: dead, hungry, in need, at home, told to leave."""

from __future__ import annotations

import pytest
from coding_kit import drawn

from mapgen.model import Kind

NO_FLIGHT = [
    ("The siege has left 400,000 people in El Fasher without food. The RSF shelled the city.",
     "SD"),
    ("The bombing left 30 people in Goma dead.", "CD"),
    ("The strikes left thousands of residents of Taiz without water.", "YE"),
    ("Fighting left 50 civilians injured in Omdurman.", "SD"),
    ("The shelling left dozens of families in Loikaw hungry and cut off.", "MM"),
    ("The RSF attacked El Fasher, home to 1.3 million people.", "SD"),
    ("Rebels attacked Goma, a city with a population of two million people.", "CD"),
    ("After the fighting 800,000 people in Marib are in need of help.", "YE"),
    ("M23 rebels took Sake, forcing army units to retreat toward Goma.", "CD"),
    ("Russian troops pushed Ukrainian soldiers to withdraw from Avdiivka to Orlivka.", "UA"),
    ("Helicopters evacuated 40 wounded soldiers from Goma to Kinshasa.", "CD"),
    ("The army ordered residents of Khan Younis to leave.", "PS"),
    ("The army told 50,000 residents of Pokrovsk to evacuate on Monday.", "UA"),
    ("Officials urged 20,000 people to leave Kupiansk as Russian troops advanced.", "UA"),
    ("The military issued an evacuation order for 60,000 people in Rafah.", "PS"),
    ("Authorities called on residents of Kramatorsk to flee the shelling.", "UA"),
    ("Residents of Sake were warned to leave for Goma before the rebels came.", "CD"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country"), NO_FLIGHT)
def test_no_flight_is_drawn(text: str, country: str) -> None:
    assert Kind.DISPLACEMENT not in {k for k, _ in drawn(text, country)}


FLIGHT = [
    ("Fighting left 20,000 people in Sake homeless.", "CD"),
    ("The strikes left 12,000 people displaced in Taiz.", "YE"),
    ("Some 60,000 people left Goma for Bukavu after the bombing left 30 dead.", "CD"),
    ("The authorities evacuated 3,000 civilians from Kupiansk to Kharkiv.", "UA"),
    ("Some 5,000 residents left Pokrovsk after the army ordered an evacuation.", "UA"),
    ("M23 rebels took Sake, forcing 40,000 people to flee to Goma.", "CD"),
    ("About 90,000 people fled El Fasher, home to 1.3 million people.", "SD"),
    ("Ordered to leave, 10,000 people fled Rafah to Khan Younis.", "PS"),
    ("Wounded by shells, hundreds of residents fled Uvira for Burundi.", "CD"),
    ("Some 8,000 people fled Loikaw as the army retreated to Demoso.", "MM"),
]


@pytest.mark.parametrize(("text", "country"), FLIGHT)
def test_a_flight_beside_such_words_is_drawn(text: str, country: str) -> None:
    assert Kind.DISPLACEMENT in {k for k, _ in drawn(text, country)}


@pytest.mark.parametrize(
    "text",
    [
        "The RSF pulled out, leaving the army in full control of Omdurman.",
        "The army withdrew, leaving M23 rebels in control of Goma.",
        "Rebels are in full control of Lashio after a month of fighting.",
    ],
)
def test_left_in_control_is_a_capture(text: str) -> None:
    country = "SD" if "RSF" in text else "CD" if "M23" in text else "MM"
    assert Kind.CONTROL_CHANGE in {k for k, _ in drawn(text, country)}
