"""A denial one or two sentences behind a claimed capture disputes it, and nothing else does."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind, Status

DENIED = [
    # country, text, who denies, what
    (
        "CD",
        "M23 said it captured Masisi on Monday. The claim has not been verified. "
        "The army denied this on Tuesday.",
        "army",
        "Masisi",
    ),
    (
        "LY",
        "Haftar's Libyan National Army said its troops took Gharyan. The town lies south of "
        "Tripoli. The claim was rejected by the government in Tripoli.",
        "government in Tripoli",
        "Gharyan",
    ),
    (
        "CO",
        "The army said on Tuesday that its troops had retaken Tibú. "
        "This has not been verified, and the 33rd Front denies it.",
        "33rd Front",
        "Tibú",
    ),
    (
        "SD",
        "The RSF said it had captured El Fasher. Witnesses reported heavy shelling in the city. "
        "That claim has been denied by the Sudanese army.",
        "Sudanese army",
        "El Fasher",
    ),
    (
        "BF",
        "JNIM fighters said they captured Djibo. "
        "The report was dismissed by the government as propaganda.",
        "government",
        "Djibo",
    ),
    (
        "SD",
        "The RSF said it had captured El Fasher. It gave no details. "
        "Sudan's defence ministry said the claims were false.",
        "Sudan's defence ministry",
        "El Fasher",
    ),
]


@pytest.mark.parametrize(("country", "text", "who", "town"), DENIED)
def test_later_denial(country: str, text: str, who: str, town: str) -> None:
    told = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert [c.status for c in told] == [Status.CLAIMED, Status.NEGATED]
    assert told[1].attribution is not None
    assert told[1].attribution.name == who
    assert [p.surface for p in told[1].places] == [town]
    assert any(word in told[1].quote for word in ("denie", "reject", "dismiss", "false"))


NOT_DENIED = [
    # the party denies something else
    ("CD", "M23 said it captured Masisi. The group denied that it had received weapons."),
    # the army denies what is told of it in between
    (
        "SD",
        "The RSF said it captured El Fasher. Sudanese army soldiers looted homes, residents said. "
        "The Sudanese army denied this.",
    ),
    (
        "SD",
        "The RSF said it had captured El Fasher. The army said the reports of looting were false.",
    ),
    ("ET", "The TPLF said it seized Alamata. The government did not comment."),
    ("ML", "JNIM said it seized Djenne. The claim that it killed civilians was rejected by JNIM."),
    ("ML", "JNIM said it seized Djenne. Reports of a massacre were denied by the army."),
    # too far back for "this"
    (
        "CD",
        "M23 said it captured Masisi. The town lies in the hills. Rain fell for days. "
        "The market was closed. The army denied this.",
    ),
]


@pytest.mark.parametrize(("country", "text"), NOT_DENIED)
def test_no_denial_of_the_capture(country: str, text: str) -> None:
    told = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert [c.status for c in told] == [Status.CLAIMED]
