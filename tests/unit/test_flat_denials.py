"""Denials without a verb of denial: "The army insists it doesn't.", '"Lies," says a spokesman.'"""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.coding import code_articles
from mapgen.merging.events import situation_of
from mapgen.model import Article, Standing, Status
from tests.unit.coding_kit import extract, gazetteer

_DAY = date(2025, 2, 20)


def _standings(text: str, country: str) -> dict[str, Standing]:
    article = Article(id="a", text=text, country=country, published_on=_DAY)
    events = situation_of(code_articles([article], gazetteer())).events
    return {e.places[0].name or e.places[0].surface: e.standing for e in events}


@pytest.mark.parametrize(
    ("text", "country", "place", "who"),
    [
        ("M23 says it controls Sake. The army insists it doesn't.", "CD", "Sake", "army"),
        (
            "Rutshuru was fought over all week: the rebels of M23 say it is theirs; not yet, says "
            "Kinshasa.",
            "CD",
            "Rutshuru",
            "Kinshasa",
        ),
        ("Russia says it has taken Bakhmut. Kyiv says it hasn't.", "UA", "Bakhmut", "Kyiv"),
        (
            "Russia says its troops control Soledar. “Lies,” says a spokesman for the army.",
            "UA",
            "Soledar",
            "spokesman for the army",
        ),
        (
            'The Taliban say that Kandahar is theirs. "Nonsense," says the governor.',
            "AF",
            "Kandahār",
            "governor",
        ),
        (
            "The Taliban say the city of Ghazni is theirs. It is not, says the governor.",
            "AF",
            "Ghazni",
            "governor",
        ),
        (
            "The RSF says it has captured Bara. Not so, says the governor there.",
            "SD",
            "Bārah",
            "governor",
        ),
    ],
)
def test_both_sides_are_shown(text: str, country: str, place: str, who: str) -> None:
    assert _standings(text, country).get(place) is Standing.CONTESTED
    told = extract(text, country, published_on=_DAY).claims
    denials = [c.attribution.name for c in told if c.status is Status.NEGATED and c.attribution]
    assert denials == [who]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Russia says it controls Soledar. Ukraine insists it will return.", "UA"),
        ("Russia says it controls Soledar. The mayor insists he did not leave.", "UA"),
        ("Russia took Soledar. “Lies,” says the ministry about reports of looting.", "UA"),
        ("M23 says it controls Sake. The army says it is not afraid.", "CD"),
        ("M23 says it controls Sake. “Not yet home,” says a farmer.", "CD"),
        ("M23 says it controls Sake. It says it has not lost a man.", "CD"),
    ],
)
def test_other_words_deny_nothing(text: str, country: str) -> None:
    told = extract(text, country, published_on=_DAY).claims
    assert not any(c.status is Status.NEGATED and c.places for c in told)
