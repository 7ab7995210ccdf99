"""What is of the past though its sentence names no year: kept, and never drawn as present."""

from __future__ import annotations

import pytest
from coding_kit import claims, drawn, extract

from mapgen.model import Kind, Status


def _status(text: str, country: str = "SY") -> list[tuple[str, Status]]:
    return [(p.surface, c.status) for c in claims(text, country) for p in c.places]


def test_what_follows_a_year_in_its_paragraph_is_of_that_time() -> None:
    text = "In 2015 rebels captured Idlib. They also took Saraqib.\n\nRebels took Palmyra."
    assert _status(text) == [
        ("Idlib", Status.HISTORICAL),
        ("Saraqib", Status.HISTORICAL),
        ("Palmyra", Status.ASSERTED),
    ]
    (second,) = [c for c in claims(text) if c.places[0].surface == "Saraqib"]
    assert "status:historical:2015" in second.rules[-1] or "2015" in str(second.rules)


@pytest.mark.parametrize(
    "text",
    [
        "In 2015 rebels captured Idlib. On Thursday they took Palmyra.",
        "In 2015 rebels captured Idlib. They have now taken Palmyra.",
        "Rebels have besieged Idlib since 2015. They took Palmyra.",
    ],
)
def test_a_day_of_the_present_or_a_perfect_ends_the_past(text: str) -> None:
    assert ("Palmyra", Status.ASSERTED) in _status(text)


def test_a_year_that_heads_a_paragraph_holds_for_it() -> None:
    text = "2020. Azerbaijan struck back. In 44 days its forces seized Shusha."
    assert ("Shusha", Status.HISTORICAL) in _status(text, "AZ")


def test_a_feature_on_an_anniversary_tells_of_the_past() -> None:
    text = (
        "Ten years ago this week the garrison of Palmyra was overrun by rebels.\n\n"
        "In March the rebels took Idlib within days. Saraqib fell on March 21.\n\n"
        "On Thursday the army recaptured Hama."
    )
    assert [q for k, q in drawn(text) if k is Kind.CONTROL_CHANGE] == [
        "On Thursday the army recaptured Hama"
    ]


def test_the_reason_is_told_at_the_sentence() -> None:
    told = {s.text: s.left_off for s in extract("In 2015 they took Idlib. Hama fell.").sentences}
    assert told["Hama fell."] == "historical, because of “2015”"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Militants could strike the port, which troops retook in 2021. That campaign displaced "
         "40,000 people from Palma.", Status.HISTORICAL),
        ("Soldiers camp by the port, which troops retook in 2021. Militants entered Palma.",
         Status.ASSERTED),
    ],
)  # fmt: skip
def test_a_year_in_a_relative_clause_holds_only_for_what_points_back_to_it(
    text: str, status: Status
) -> None:
    assert _status(text, "MZ")[-1][1] is status
