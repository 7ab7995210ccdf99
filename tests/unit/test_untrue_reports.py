"""Reports that a sentence calls untrue, unproven or only wished for draw nothing."""

from __future__ import annotations

import pytest
from coding_kit import drawn

NOT_SO = [
    ("Information that Djibo had fallen to JNIM is unfounded, the governor said.", "BF"),
    ("Claims that the army had retaken Lashio were “pure fantasy”, a TNLA officer said.", "MM"),
    ("Reports that rebels had captured Hama are false.", "SY"),
    ("Rumours that M23 had seized Uvira were simply lies, the mayor said.", "CD"),
    ("The accusation by Kyiv on Friday that Russia had shelled Sumy could not be substantiated.",
     "UA"),
    ("“Once Homs is ours, the war is over,” a rebel commander said.", "SY"),
    ("Once the rebels take Goma, they will turn to Bukavu.", "CD"),
    ("The mission is discussing its withdrawal from Kidal.", "ML"),
    ("The army is considering a retreat from Bakhmut.", "UA"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country"), NOT_SO)
def test_nothing_is_drawn(text: str, country: str) -> None:
    assert drawn("Rebels and the army are at war. " + text, country) == []


SO = [
    ("Rebels captured Hama, and the army's denial was false, residents said.", "SY", "Hama"),
    ("Once rebels had taken Hama, they moved south.", "SY", "Hama"),
    ("Rebels captured Rastan, once a quiet town.", "SY", "Rastan"),
    ("The army withdrew from Hama after its commanders discussed the attack.", "SY", "Hama"),
    ("Russia shelled Sumy on Friday; its claims of a truce were lies, Kyiv said.", "UA", "Sumy"),
]


@pytest.mark.parametrize(("text", "country", "town"), SO)
def test_what_happened_is_drawn_all_the_same(text: str, country: str, town: str) -> None:
    found = drawn("Rebels and the army are at war. " + text, country)
    assert any(town in quote for _, quote in found)
