"""What a source takes back in the next breath, or a blog in its next post, is not drawn."""

from __future__ import annotations

import pytest
from readers_kit import read_twice

TAKEN_BACK = [
    "Sudan live\n\n15:40 Reports that Sennar has been captured, and that fighters have entered "
    "Kosti.\n\n16:05 CORRECTION: our last entry was wrong on every count. The caller had "
    "seen neither town.",
    "15:40 Rabak has fallen to the RSF, an officer says.\n\n16:05 Correction: the previous post "
    "was wrong. The officer had meant another town.",
    "Sudan live\n\nRabak has fallen to the RSF, an officer tells us.\n\nCorrection: our last post "
    "was wrong. The officer had meant another town.",
    "16:05 Correction: our previous entry was wrong. The caller had meant another town.\n\n15:40 "
    "About 3,000 people have fled Rabak, a caller says.",
    "The RSF announced that its brigades had retaken Singa. There were no brigades.",
    "State radio said that rebels had entered Singa on Sunday. There was no such attack.",
    "The governor said 4,000 people had fled Kosti for Rabak. There were no such people.",
    "On Thursday we had Dilling as taken by the RSF. That was our mistake: it never left the "
    "army's hands.",
    "On Monday we wrote that 5,000 people had fled Kosti for Rabak. That was our mistake: nobody "
    "has left.",
    "On Monday we reported that the RSF had taken Dilling. Our mistake: the army is still there.",
    "The RSF said it had captured El Obeid. It later took the statement down.",
    "The governor said 4,000 people had fled from Kosti to Rabak. He has since corrected himself: "
    "nobody left.",
    "Ignore Friday's news that the RSF captured Dilling; its own spokesman took it back within the "
    "hour.",
    "Reports on 1 December that armed men had captured Tambul proved unfounded.",
    "A text message saying that rebels had captured Kosti emptied its market; the army says nobody "
    "came.",
]


@pytest.mark.parametrize("text", TAKEN_BACK)
def test_what_is_taken_back_is_not_drawn(text: str) -> None:
    assert [(c.kind, c.quote) for c in read_twice(text, "SD", "2023-12-05")] == []


STAYS = [  # (text, town that is drawn all the same)
    (
        "15:40 Rabak has fallen to the RSF, an officer tells us.\n\n16:05 Correction: in our last "
        "entry we spelled the name of the officer wrong. He is Hamid Ali.",
        "Rabak",
    ),
    (
        "Sudan live\n\nRabak has fallen to the RSF, an officer tells us.\n\nCorrection: our last "
        "post was wrong about the distance to Kosti. It is 30 km.",
        "Rabak",
    ),
    (
        "15:10 About 3,000 people have fled Rabak, a doctor says.\n\n15:40 The RSF have captured "
        "Kosti.\n\n16:05 Our last entry was wrong: Kosti has not been captured.",
        "Rabak",
    ),
    (
        "16:05 Correction: our previous entry was wrong. The caller had meant another town.\n\n"
        "15:40 About 3,000 people have fled Rabak, a caller says.\n\n15:10 The RSF have captured "
        "Bara.",
        "Bara",
    ),
    ("The RSF captured Singa on Monday. There were no soldiers in the town.", "Singa"),
    ("“We lost Singa on Monday. That was our mistake,” a colonel said.", "Singa"),
    ("Ignore what you read about prices. The RSF captured Dilling on Friday.", "Dilling"),
    (
        "Rumours on Sunday that the RSF had captured Rabak turned out to be false. Some 4,000 "
        "people fled Kosti all the same.",
        "Kosti",
    ),
]


@pytest.mark.parametrize(("text", "town"), STAYS)
def test_what_nobody_takes_back_stays(text: str, town: str) -> None:
    made = read_twice(text, "SD", "2023-12-05")
    assert {p.surface for c in made for p in c.places} == {town}
