"""Days that a sentence does not give itself: counted, carried on, or from a heading or post."""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.model import Kind
from tests.unit.coding_kit import extract, names

FRIDAY = date(2024, 12, 6)
_KINDS = {Kind.CONTROL_CHANGE, Kind.ADVANCE, Kind.STRIKE, Kind.DISPLACEMENT, Kind.RETURN}


def days(text: str, country: str = "SY", *, published_on: date = FRIDAY) -> dict[str, str | None]:
    """Return the day of each place of an event, "12-05" or "12-05/12-06"; None if it is open."""
    found: dict[str, str | None] = {}
    for c in extract(text, country, published_on=published_on).claims:
        if c.kind in _KINDS and c.status.is_current:
            when = c.date if c.date and c.date.start and c.date.end else None
            ends = [f"{d:%m-%d}" for d in (when.start, when.end) if d] if when else [None]
            day = ends[0] if ends[0] == ends[-1] else f"{ends[0]}/{ends[-1]}"
            found.update(dict.fromkeys(names(c), day))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rebels captured Hama on Tuesday. The next day they took Rastan.",
            {"Hama": "12-03", "Rastan": "12-04"},
        ),
        (
            "Rebels captured Hama on Monday. Two days later they seized Salamiyah.\n\n"
            "The following night, rebels took Rastan.",
            {"Hama": "12-02", "Salamiyah": "12-04", "Rastan": "12-05"},
        ),
        (
            "Rebels captured Hama on 3 December. A day earlier they had seized Salamiyah.",
            {"Hama": "12-03", "Salamiyah": "12-02"},
        ),
        (
            "Rebels captured Hama on 3 December. That evening they took Salamiyah, and the same "
            "day they seized Rastan.",
            {"Hama": "12-03", "Salamiyah": "12-03", "Rastan": "12-03"},
        ),
        (
            "On 10 November rebels took Saraqib. A week later they captured Salamiyah.",
            {"Saraqib": "11-10", "Salamiyah": "11-14/11-20"},
        ),
        (
            "Rebels captured Hama on Tuesday. By nightfall they had taken Salamiyah as well.",
            {"Hama": "12-03", "Salamiyah": "12-03"},
        ),
        # traps
        (
            "Rebels, who had taken Aleppo on Saturday, captured Hama on Tuesday. The next day they "
            "took Rastan.",
            {"Aleppo": "11-30", "Hama": "12-03", "Rastan": "12-04"},
        ),
        ("The next day rebels took Rastan.", {"Rastan": None}),
        (
            "In November rebels took Saraqib. Two days later they captured Salamiyah.",
            {"Saraqib": "11-01/11-30", "Salamiyah": None},
        ),
        (
            "Rebels captured Hama on Tuesday. Days later they took Rastan.",
            {"Hama": "12-03", "Rastan": None},
        ),
        (
            "Rebels captured Hama on Tuesday. Rebels may take Rastan the next day.",
            {"Hama": "12-03"},
        ),
        (
            "Since Monday, 400 people have fled from Hama. The next day rebels took Rastan.",
            {"Hama": "12-02/12-06", "Rastan": None},
        ),
    ],
)
def test_days_are_counted_from_the_day_that_the_narrative_has_reached(
    text: str, expected: dict[str, str | None]
) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rebels captured Hama on Tuesday. Around 900 people fled from Hama to Salamiyah.",
            {"Hama": "12-03", "Salamiyah": "12-03"},
        ),
        (
            "On 3 December, shells hit Talbiseh. Rebels entered Rastan from the north.",
            {"Talbiseh": "12-03", "Rastan": "12-03"},
        ),
        (
            "Shells hit Talbiseh on Wednesday. About 300 families left Talbiseh for Homs.",
            {"Talbiseh": "12-04", "Homs": "12-04"},
        ),
        # traps
        (
            "Rebels captured Hama on Tuesday.\n\nRebels captured Rastan without a fight.",
            {"Hama": "12-03", "Rastan": None},
        ),
        (
            "Rebels captured Hama on Tuesday. They have taken Rastan.",
            {"Hama": "12-03", "Rastan": None},
        ),
        (
            "Rebels captured Hama on Tuesday. They had already taken Salamiyah.",
            {"Hama": "12-03", "Salamiyah": None},
        ),
        (
            "Rebels captured Hama on Tuesday. They also took Salamiyah.",
            {"Hama": "12-03", "Salamiyah": None},
        ),
        (
            "Rebels captured Hama on Tuesday. Meanwhile, rebels took Salamiyah.",
            {"Hama": "12-03", "Salamiyah": None},
        ),
        (
            "Since 2 December 400 people have fled from Hama. Rebels captured Rastan.",
            {"Hama": "12-02/12-06", "Rastan": None},
        ),
        (
            "The army said on Tuesday that it was ready. Rebels captured Rastan.",
            {"Rastan": None},
        ),
    ],
)
def test_a_day_is_carried_on_only_in_the_simple_past_of_the_same_paragraph(
    text: str, expected: dict[str, str | None]
) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Syria: live updates\n\nThursday 5 December\n\n18:05 Rebels have captured Hama.\n\n"
            "11:40 Rebels are shelling Talbiseh.\n\nWednesday 4 December\n\n"
            "16:20 Rebels have taken Salamiyah.",
            {"Hama": "12-05", "Talbiseh": "12-05", "Salamiyah": "12-04"},
        ),
        (
            "Syria: live updates\n\n18:05 Rebels have captured Hama.\n\n"
            "09.15 Rebels took Salamiyah on Thursday.",
            {"Hama": "12-06", "Salamiyah": "12-05"},
        ),
        (
            "What happened in a week\n\n3 December\n\n• Rebels captured Hama.\n"
            "• Some 900 people fled from Hama to Homs.\n\n5 December\n\n• Rebels captured Rastan.",
            {"Hama": "12-03", "Homs": "12-03", "Rastan": "12-05"},
        ),
        (
            "What happened in a week\n\nOn 3 December:\n- Rebels captured Hama.\n"
            "- Rebels captured Salamiyah.\n\nRebels have taken Rastan.",
            {"Hama": "12-03", "Salamiyah": "12-03", "Rastan": None},
        ),
        (
            "Monday\n\nRebels captured Hama.\n\nTuesday\n\nRebels captured Salamiyah.",
            {"Hama": "12-02", "Salamiyah": "12-03"},
        ),
        # traps
        ("6 December 2024\n\nRebels captured Hama.", {"Hama": None}),
        (
            "3 December\n\nRebels captured Hama.\n\nWhat We Know\n\nRebels captured Salamiyah.",
            {"Hama": "12-03", "Salamiyah": None},
        ),
        (
            "Rebels Capture Hama On Tuesday As Army Leaves For Homs\n\nRebels captured Salamiyah.",
            {"Salamiyah": None},
        ),
        ("12.30 was the time of the first shell.\n\nRebels captured Hama.", {"Hama": None}),
        (
            "Syria: live updates\n\n18:05 Rebels may capture Hama.\n\n09:15 Shells hit Talbiseh.",
            {"Talbiseh": "12-06"},
        ),
    ],
)
def test_headings_and_timed_posts_give_the_day_of_what_stands_below(
    text: str, expected: dict[str, str | None]
) -> None:
    assert days(text) == expected


REPORT = "CONGO, North Kivu: situation report\n{head}\n\n{body}"
CONGO_DAY = date(2024, 4, 22)


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (
            "Cut-off: 20 April 2024",
            "Some 4,300 people fled from Sake to Goma.",
            {"Sake": "04-20", "Goma": "04-20"},
        ),
        (
            "Reporting period: 12 to 18 April 2024",
            "• Some 4,300 people fled from Sake to Goma.",
            {"Sake": "04-12/04-18", "Goma": "04-12/04-18"},
        ),
        (
            "This report covers 12 to 18 April.",
            "• M23 fighters captured Sake.",
            {"Sake": "04-12/04-18"},
        ),
        (
            "Report No. 12, 12–18 April 2024",
            "• Some 4,300 people fled from Sake to Goma.",
            {"Sake": "04-12/04-18", "Goma": "04-12/04-18"},
        ),
        (
            "As of 20 April 2024",
            "• Some 4,300 people have fled from Sake to Goma.",
            {"Sake": "04-20", "Goma": "04-20"},
        ),
        (
            "Report No. 12 (as of 20 April 2024)",
            "• On 17 April, M23 fighters captured Sake.",
            {"Sake": "04-17"},
        ),
        # traps
        ("As of 20 April 2024", "• M23 fighters captured Sake.", {"Sake": None}),
        (
            "Report No. 12, 22 April 2024",
            "• M23 fighters captured Sake.",
            {"Sake": None},
        ),
        (
            "The dry season is from 12 to 18 April this year, officials said.",
            "• M23 fighters captured Sake.",
            {"Sake": None},
        ),
        (
            "Reporting period: 12 to 18 April 2024",
            "• M23 fighters could capture Sake.",
            {},
        ),
        (
            "As of 20 April 2024",
            "About 500 people fled from Sake to Goma in the first week of the offensive.",
            {"Sake": None, "Goma": None},
        ),
    ],
)
def test_the_head_of_a_report_gives_the_days_of_its_bulletins(
    head: str, body: str, expected: dict[str, str | None]
) -> None:
    text = REPORT.format(head=head, body=body)
    assert days(text, "CD", published_on=CONGO_DAY) == expected


def test_a_day_from_elsewhere_is_marked_as_carried() -> None:
    text = "Rebels captured Hama on Tuesday. Around 900 people fled from Hama to Salamiyah."
    bases = [c.date.basis for c in extract(text).claims if c.date is not None]
    assert bases == ["relative", "carried"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("At 16.50 shells hit Talbiseh.", []),
        ("Shells hit Talbiseh at 16.50 on Thursday.", []),
        (
            "16.50: Some 400 people have fled from Hama to Homs.\n\n15.10: Rebels took Rastan.",
            [400],
        ),
        ("On the 5th, 400 people fled from Hama to Homs.", [400]),
        ("Some 400 people fled from Hama to Homs on 4/12.", [400]),
        ("Some 400 people fled from Hama to Homs on 04.12.2024.", [400]),
    ],
)
def test_a_time_or_a_day_is_no_figure(text: str, figures: list[int]) -> None:
    found = [c.quantity.high for c in extract(text).claims if c.quantity is not None]
    assert found == figures


def test_so_long_after_an_event_is_another_day() -> None:
    text = (
        "Government forces captured Gharyan on 26 June. A week after the fall of Gharyan, the LNA"
        " bombed the town. A strike in Tajoura killed 53 people."
    )
    found = extract(text, "LY", published_on=date(2019, 7, 4)).claims
    days = {c.places[0].surface: c.date for c in found if c.kind is Kind.STRIKE}
    assert set(days) == {"the town", "Tajoura"}
    assert all(when is None for when in days.values()), "neither was on 26 June"
