"""What is dismissed as untrue, or left open, is not drawn; what stands beside it is."""

from __future__ import annotations

import pytest
from coding_kit import claim, drawn

from mapgen.model import Kind, Status

TAKEN, LEFT, FLED = Kind.CONTROL_CHANGE, Kind.WITHDRAWAL, Kind.DISPLACEMENT

NOT_SO = [  # (text, country, kind, status)
    ("A video of the militants claiming that they had captured Marawi was dismissed by the army as "
     "propaganda.", "PH", TAKEN, Status.NEGATED),
    ("The alleged capture of El Obeid by the RSF, which spread on social media on Friday, was "
     "denied by the governor.", "SD", TAKEN, Status.NEGATED),
    ("The mayor saw no sign that Russian troops were leaving Melitopol.", "UA", LEFT,
     Status.NEGATED),
    ("There is no indication that Ukrainian forces have withdrawn from Kurakhove.", "UA", LEFT,
     Status.NEGATED),
    ("Observers did not see evidence that M23 rebels had left Walikale.", "CD", LEFT,
     Status.NEGATED),
    ("The army has not entered Kawlin, nor have rebels captured Lashio.", "MM", TAKEN,
     Status.NEGATED),
    ("The reported fall of Falam was not confirmed by any side.", "MM", TAKEN,
     Status.HYPOTHETICAL),
    ("The seizure of Manbij has not been confirmed.", "SY", TAKEN, Status.HYPOTHETICAL),
    ("The capture of Toretsk would not by itself change the war, analysts say.", "UA", TAKEN,
     Status.HYPOTHETICAL),
    ("The loss of Pokrovsk would open the road to Dnipro.", "UA", TAKEN, Status.HYPOTHETICAL),
    ("Exactly when Lalibela changed hands is unclear.", "ET", TAKEN, Status.HYPOTHETICAL),
    ("A proposal to relocate 3,000 displaced people from Djibo to Kaya was debated on Friday.",
     "BF", FLED, Status.HYPOTHETICAL),
    ("Plans to evacuate the people of Djibo to Kaya were discussed.", "BF", FLED,
     Status.HYPOTHETICAL),
    ("The Arakan Army intends to capture Sittwe.", "MM", TAKEN, Status.HYPOTHETICAL),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country", "kind", "status"), NOT_SO)
def test_what_is_dismissed_or_left_open(
    text: str, country: str, kind: Kind, status: Status
) -> None:
    assert kind not in {k for k, _ in drawn(text, country)}
    assert claim(text, kind, country).status is status


SO = [  # the same words beside what did happen
    ("The capture of Hama was confirmed by the army on Thursday.", "SY", TAKEN),
    ("The seizure of Lashio was celebrated by the rebels as a triumph.", "MM", TAKEN),
    ("A video showed that M23 rebels had captured Sake. It was filmed on Friday.", "CD", TAKEN),
    ("M23 rebels captured Sake on Friday, dismissing a call to withdraw as propaganda.", "CD",
     TAKEN),
    ("There was no sign of the rebels who captured Rastan on Thursday.", "SY", TAKEN),
    ("Russian troops captured Vuhledar on Tuesday, the loss of which would have been unthinkable "
     "a year ago.", "UA", TAKEN),
    ("Following an order from Damascus to pull back, the army left Hama on Thursday.", "SY", LEFT),
    ("More than 5,000 people fled Sake once the shelling began.", "CD", FLED),
    ("The army captured Singa, and Dinder may be next.", "SD", TAKEN),
    ("The army captured Singa. Nor was that all: the RSF left Dinder.", "SD", TAKEN),
    ("Rebels captured Hama on Thursday; the governor's statement was dismissed as propaganda.",
     "SY", TAKEN),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country", "kind"), SO)
def test_what_happened_beside_such_words_is_drawn(text: str, country: str, kind: Kind) -> None:
    assert kind in {k for k, _ in drawn(text, country)}


NOTHING = [  # nothing at all may be drawn
    ("Arrivals in Goma could reach 50,000 if the road stays open.", "CD"),
    ("Burhan's order on Thursday to withdraw from Wad Madani angered the officers.", "SD"),
    ("Lashio may be handed back to the junta; no handover has taken place.", "MM"),
    ("El Obeid may be next, residents fear.", "SD"),
    ("M23 fighters are ready to enter Uvira.", "CD"),
    ("Some 4,000 people in Minova intend to go home to Kitchanga once the fighting ends.", "CD"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country"), NOTHING)
def test_what_may_come_is_not_drawn(text: str, country: str) -> None:
    assert drawn(text, country) == []


def test_a_report_dismissed_as_a_rumour_did_not_happen() -> None:
    text = "The junta dismisses as rumour a report that rockets had landed in Lashio."
    assert drawn(text, "MM") == []
