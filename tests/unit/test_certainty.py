"""A card says how certain its claims are, if that was measured; an analyst's word is sure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mapgen.model import Claim, Decision, Kind, Status
from mapgen.reasons import Reason, ReasonKind
from mapgen.situation.certainty import certainty_of, sureness_of

MEASURED = (Reason(ReasonKind.READERS, "both readers find this"),)


def claim(confidence: float, *, measured: bool = True, status: Status = Status.ASSERTED) -> Claim:
    return Claim(
        id=f"c{confidence}",
        article="a",
        start=0,
        end=5,
        quote="quote",
        kind=Kind.CONTROL_CHANGE,
        status=status,
        confidence=confidence,
        reasons=MEASURED if measured else (),
    )


def accepted(of: Claim) -> Decision:
    return Decision(
        row=2,
        claim=of.id,
        original=of,
        target="claim",
        action="accept",
        words="accepted",
        by="N. N.",
        why="seen on footage",
        on=date(2024, 12, 7),
    )


def test_the_surest_claim_counts() -> None:
    assert certainty_of([claim(0.62), claim(0.91)]) == 0.91
    assert sureness_of([claim(0.62), claim(0.91)], ()) == "sure"
    assert sureness_of([claim(0.62), claim(0.89)], ()) == "unsure"


def test_a_claim_that_is_not_drawn_makes_nothing_sure() -> None:
    denied = claim(0.95, status=Status.NEGATED)
    assert certainty_of([claim(0.62), denied]) == 0.62
    assert sureness_of([claim(0.62), denied], ()) == "unsure"


def test_what_nobody_measured_has_no_certainty() -> None:
    assert certainty_of([claim(0.95, measured=False)]) is None
    assert sureness_of([claim(0.95, measured=False)], ()) == "unsure"


def test_what_an_analyst_accepted_is_sure() -> None:
    doubtful = claim(0.55)
    assert sureness_of([doubtful], [accepted(doubtful)]) == "sure"
    assert sureness_of([doubtful], [replace(accepted(doubtful), action="reject")]) == "unsure"
