"""The outlet is read where an article names it at its head, and nowhere else."""

import pytest

from mapgen.reading.printed_outlet import printed_outlet


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("GOMA, Feb 16 (Reuters) - M23 rebels captured Sake.", "Reuters"),
        ("KYIV, Ukraine (AP) — Russian forces captured Novohrodivka.", "AP"),
        ("KAMPALA, Feb. 16, 2025 (Xinhua) -- Fighting was reported in Masisi.", "Xinhua"),
        (
            "Gangs attack\n\nPARIS (Agence France-Presse) – Gangs.",
            "Agence France-Presse",
        ),
        ("**BEIRUT (The New Arab)** — Strikes hit Tyre.", "New Arab"),
        ("Sake falls\nBy Jane Doe, BBC News\nM23 rebels captured Sake.", "BBC News"),
        (
            "Sake falls\nBy Jane Doe for The Associated Press\nRebels.",
            "Associated Press",
        ),
        ("Source: Radio Okapi\n\nM23 rebels captured Sake.", "Radio Okapi"),
        ("KHARTOUM (Sudan) — The army bombed Bara.", None),
        ("GOMA (16 February) — M23 rebels captured Sake.", None),
        (
            "Sake falls\nBy J. Doe, The Lake Courier, GOMA, Congo, 16 February 2025\nM.",
            "Lake Courier",
        ),
        (
            "Sake falls\nLive blog by J. Doe and A. Roe, Kivu Times, 16 February 2025\nM.",
            "Kivu Times",
        ),
        ("Sake fell by Monday, Congo Radio said, and nobody came", None),
        ("Sake falls\nBy Jane Doe, Goma\nM23 rebels captured Sake.", None),
        ("By Jane Doe, Africa editor\nM23 rebels captured Sake.", None),
        ("M23 rebels captured Sake, the Reuters news agency (Reuters) said on Sunday.", None),
        ("The Syrian Observatory for Human Rights (SOHR) - a monitor - said Rastan fell.", None),
        ("RSF (Rapid Support Forces) - who hold Bara - attacked El Obeid.", None),
        ("Beirut (Anadolu Agency) - Strikes hit Tyre.", "Anadolu Agency"),
    ],
)
def test_the_outlet_at_the_head(text: str, outlet: str | None) -> None:
    assert printed_outlet(text) == outlet
