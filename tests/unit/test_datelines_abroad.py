"""A dateline says where the reporter sat; "the army" is that of the country the story is about."""

from __future__ import annotations

import pytest
from coding_kit import extract

from mapgen.model import Kind

STORIES = [
    # story, who acted in the end
    (
        "MAE SOT, Thailand - The army recaptured Kawkareik on Tuesday, residents said. "
        "The Karen National Liberation Army withdrew from the town.",
        "myanmar:mil",
    ),
    (
        "NAIROBI, Kenya (AP) - The president visited Gondar. The army seized Lalibela on Tuesday.",
        "ethiopia:gov",
    ),
    ("NAIROBI - The army captured Omdurman on Monday, witnesses said.", "sudan:saf"),
    ("BEIRUT, Lebanon - The army recaptured Khan Touman near Aleppo on Thursday.", "syria:gov"),
    (
        "DAKAR, Senegal (AP) - The army took Kidal on Tuesday, the junta in Bamako said.",
        "mali:army",
    ),
    ("AMMAN, Jordan (Reuters) - The army captured Daraa and Dael on Monday.", "syria:gov"),
    (
        "GAZIANTEP, Turkey - Turkey's president spoke of a mistake. "
        "The army captured Manbij and Tabqa on Monday, state media in Damascus said.",
        "syria:gov",
    ),
    # the story is at home
    # Konna is in no list but as a village in Ireland
    ("BAMAKO, Mali - Rebels fled Konna on Thursday. The army captured Konna.", "mali:army"),
    (
        "DAKAR, Senegal - Fishermen protested in Dakar. Rebels fled as the army captured Bignona.",
        "senegal:army",
    ),
    (
        "BEIRUT, Lebanon - The army deployed to Tyre on Saturday. The army captured Naqoura "
        "from Hezbollah on Sunday.",
        "lb:army",
    ),
    (
        "KYIV, Ukraine (AP) - Shells fell on Kharkiv. The army captured Sudzha in Russia's "
        "Kursk region on Monday.",
        "ukraine:ukr",
    ),
    # an army named by its country is no other
    (
        "AMMAN, Jordan - Turkey's military captured Tal Abyad and Suluk in Syria on Monday.",
        "turkey",
    ),
]


@pytest.mark.parametrize(("text", "taker"), STORIES)
def test_whose_army_it_is(text: str, taker: str) -> None:
    told = [
        c
        for c in extract(text, None).claims
        if c.kind is Kind.CONTROL_CHANGE and c.status.is_current
    ]
    assert told
    assert told[-1].actor is not None
    assert told[-1].actor.id == taker
