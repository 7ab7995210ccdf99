"""What is of the past though its sentence names no year: kept, and never drawn as present."""

from __future__ import annotations

from datetime import date

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


@pytest.mark.parametrize(
    ("text", "country", "status"),
    [
        ("In 2012 M23 took Goma in November. It left Goma on 1 December, after eleven days.", "CD",
         Status.HISTORICAL),
        ("M23 took Goma in November 2012. It left Goma on 1 December.", "CD", Status.HISTORICAL),
        ("In April 2014 gunmen seized Sloviansk. They left Sloviansk on 5 July.", "UA",
         Status.HISTORICAL),
        ("In October 2015 the Taliban took Kunduz. On 13 October they left Kunduz.", "AF",
         Status.HISTORICAL),
        ("In December 2012 rebels took Bambari. On 24 March they took Bangui.", "CF",
         Status.HISTORICAL),
        # a year without a month, another part of the year, the last weeks, and the word for now
        ("In 2012 M23 took Goma. It left Goma on 27 January.", "CD", Status.ASSERTED),
        ("M23 took Goma in May 2012. It left Goma on 20 December.", "CD", Status.ASSERTED),
        ("M23 took Goma in January 2012. It left Goma on 30 January.", "CD", Status.ASSERTED),
        ("M23 took Goma in November 2012. It has left Goma on 20 December.", "CD",
         Status.ASSERTED),
        ("M23 took Goma in November 2012. It left Goma on 20 December 2024.", "CD",
         Status.ASSERTED),
        ("M23 took Goma in November 2012. This time it left Goma on 20 December.", "CD",
         Status.ASSERTED),
    ],
)  # fmt: skip
def test_a_day_without_a_year_goes_on_from_the_year_told_before(
    text: str, country: str, status: Status
) -> None:
    found = extract(text, country, published_on=date(2025, 2, 10)).claims
    assert found[-1].status is status
