"""A witness's flight of long ago is history, also in words of its own behind the dated sentence."""

from __future__ import annotations

import pytest
from flight_kit import Move, move
from readers_kit import moved

PAST = [
    (
        "Karim, 64, was in Hama when it was shelled in February 1982. “Then we ran to Homs,” he "
        "says. “And today?”",
        "SY",
        set(),
    ),
    (
        "Olena, 68, was in Donetsk when the shells came in 2014. “Then we fled to Kramatorsk. "
        "And now?”",
        "UA",
        set(),
    ),
    (
        "Bahati was a boy when rebels took Bukavu in 1998. His family fled to Goma and stayed for "
        "six years.",
        "CD",
        set(),
    ),
    (
        "“In 2012 I carried my mother on my back,” says Bahati. “We ran to Goma that day.”",
        "CD",
        set(),
    ),
    (
        "Amina, 60, lost two sons in Grozny in 1999. “Back then we walked to Nazran,” she says.",
        "RU",
        set(),
    ),
    (  # traps: these are of now
        "Olena, 68, was born in Luhansk in 1954. “On Monday we fled to Dnipro,” she says.",
        "UA",
        {move("", "Dnipro")},
    ),
    (
        "Olena left Luhansk in 2014. “Now we have fled again, to Dnipro,” she says.",
        "UA",
        {move("", "Dnipro")},
    ),
    (
        "Shells hit Izium on Monday. “Then we ran to Sloviansk,” says Olena, 68.",
        "UA",
        {move("", "Sloviansk")},
    ),
    (
        "Bahati was a boy when rebels took Bukavu in 1998. Last week his family fled to Goma.",
        "CD",
        {move("", "Goma")},
    ),
    (
        "Maryam, 51, lost her father in Herat in 1985. “This time we fled to Kabul,” she says.",
        "AF",
        {move("", "Kabul")},
    ),
]


@pytest.mark.parametrize(("text", "country", "told"), PAST)
def test_only_the_flights_of_now_are_drawn(text: str, country: str, told: set[Move]) -> None:
    assert moved(text, country, "2022-04-02") == told
