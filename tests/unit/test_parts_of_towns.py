"""A part of a town is not the town: half of it, its western districts, most of it."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind, Role

PARTS = [
    ("M23 rebels captured half of Goma on Monday.", "CD"),
    ("The RSF seized parts of Omdurman on Sunday.", "SD"),
    ("Houthi fighters seized several neighbourhoods of Taiz on Monday.", "YE"),
    ("Russian forces captured the eastern part of Toretsk on Friday.", "UA"),
    ("The army retook two districts of Khartoum North on Monday.", "SD"),
    ("Rebels took much of Loikaw on Sunday.", "MM"),
    ("Jihadists captured the northern half of Djibo on Monday.", "BF"),
    ("Two neighbourhoods of Bukavu were captured by M23 rebels on Monday.", "CD"),
    ("The RSF captured large swathes of El Fasher on Sunday.", "SD"),
]


def _taken_whole(text: str, country: str) -> list[str]:
    return [
        p.surface
        for c in claims(text, country)
        if c.kind is Kind.CONTROL_CHANGE and c.status.is_current
        for p in c.places
        if p.role is Role.AT
    ]


@pytest.mark.parametrize(("text", "country"), PARTS)
def test_a_part_is_not_the_town(text: str, country: str) -> None:
    assert not _taken_whole(text, country)


@pytest.mark.parametrize(
    ("text", "country", "town"),
    [
        ("M23 rebels captured all of Goma on Monday.", "CD", "Goma"),
        ("M23 rebels captured the whole of Goma on Monday.", "CD", "Goma"),
        ("The RSF captured the city of El Fasher on Sunday.", "SD", "El Fasher"),
        ("M23 rebels captured Goma, part of North Kivu, on Monday.", "CD", "Goma"),
        ("As part of its offensive the RSF captured El Fasher on Sunday.", "SD", "El Fasher"),
        ("Rebels captured the last part of Lashio and now hold all of Lashio.", "MM", "Lashio"),
        ("The rebels captured the towns of Lashio and Hsipaw on Monday.", "MM", "Lashio"),
    ],
)
def test_the_whole_town_is_drawn(text: str, country: str, town: str) -> None:
    assert town in _taken_whole(text, country)
