"""Only what the words say happened is current."""

from __future__ import annotations

import pytest
from coding_kit import claim, claims, drawn, extract

from mapgen.model import Kind, Status

SENTENCES = {
    Status.ASSERTED: [
        "Rebels captured Palmyra.",
        "Rebels have captured Palmyra.",
        "Rebels managed to capture Palmyra.",
        "Rebels captured Palmyra, which could fall again.",
        "Rebels captured Palmyra on Monday, even if few had expected it.",
    ],
    Status.HYPOTHETICAL: [
        "Rebels could capture Palmyra.",
        "Rebels will capture Palmyra.",
        "If rebels captured Palmyra, the east would be open.",
        "Unless rebels captured Palmyra, they would run out of fuel.",
        "Rebels plan to capture Palmyra.",
        "Rebels tried to capture Palmyra.",
        "Rebels vowed to capture Palmyra.",
        "Rebels sent tanks to capture Palmyra.",
        "Analysts fear that rebels captured Palmyra.",
        "It is unclear whether rebels captured Palmyra.",
        "Have rebels captured Palmyra?",
        "An eventual capture of Palmyra is on everyone's mind.",
        "Rumours that rebels captured Palmyra spread on Monday.",
    ],
    Status.NEGATED: [
        "Rebels did not capture Palmyra.",
        "Rebels never captured Palmyra.",
        "Rebels failed to capture Palmyra.",
        "Rebels have yet to capture Palmyra.",
        "The group has yet to capture Palmyra.",
        "Rebels almost captured Palmyra.",
        "The army denied that rebels had captured Palmyra.",
        "There is no evidence that rebels captured Palmyra.",
        "Reports that rebels captured Palmyra are false.",
    ],
    Status.HISTORICAL: [
        "Rebels captured Palmyra in 2016.",
        "Rebels captured Palmyra years ago.",
        "By May 2015, rebels had captured Palmyra.",
    ],
}


@pytest.mark.parametrize(
    ("sentence", "status"), [(s, status) for status, group in SENTENCES.items() for s in group]
)
def test_status(sentence: str, status: Status) -> None:
    assert claim(sentence, Kind.CONTROL_CHANGE).status is status


def test_the_deciding_word_is_in_the_quote() -> None:
    found = claim("The army denied that rebels had captured Palmyra.", Kind.CONTROL_CHANGE)
    assert found.quote.startswith("denied")
    assert "status:negated:denied" in found.rules


def test_a_claim_and_its_denial_are_two_records() -> None:
    text = "Rebels captured Palmyra, their leader said. The army denied that Palmyra had fallen."
    assert [c.status for c in claims(text)] == [Status.CLAIMED, Status.NEGATED]


def test_what_follows_from_a_condition_is_as_unsure() -> None:
    assert drawn("If rebels capture Palmyra, the road to Tartus is cut.") == []


def test_a_denied_retreat() -> None:
    found = claim("The army denied having withdrawn from Palmyra.", Kind.WITHDRAWAL)
    assert found.status is Status.NEGATED


def test_nothing_happened() -> None:
    assert drawn("No fighting was reported in Palmyra.") == []
    assert drawn("Nobody fled from Palmyra.") == []


def test_habits_are_history() -> None:
    found = claim("Rebels repeatedly shelled Palmyra.", Kind.STRIKE)
    assert found.status is Status.HISTORICAL


def test_the_reason_names_the_word() -> None:
    (sentence,) = extract("Rebels could capture Palmyra.").sentences
    assert sentence.left_off == "hypothetical, because of “could”"
