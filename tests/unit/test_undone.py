"""What no longer holds is history, and what holds again, or since a day of now, is drawn."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import extract

from mapgen.coding.english.seasons import past_season
from mapgen.model import Kind, Status

TAKEN, LEFT, FLED = Kind.CONTROL_CHANGE, Kind.WITHDRAWAL, Kind.DISPLACEMENT

PAST = [  # (country, day, text, kind that must not be drawn)
    ("UA", date(2024, 12, 6), (
        "Russian troops seized Avdiivka in the winter."
    ), TAKEN),
    ("ML", date(2024, 7, 10), (
        "The rebels seized Tinzaouaten in the autumn."
    ), TAKEN),
    ("MM", date(2025, 1, 20), (
        "In Lashio, which rebels overran in mid-2024, shops are open."
    ), TAKEN),
    ("LY", date(2020, 6, 5), (
        "The town is calm. Before that, the GNA took Gharyan."
    ), TAKEN),
    ("SD", date(2024, 12, 6), (
        "The RSF captured Jabal Moya in October but lost it in November."
    ), TAKEN),
    ("CM", date(2022, 8, 1), (
        "Since 2016, more than 640,000 people have been displaced in the North-West region."
    ), FLED),
    ("SD", date(2024, 12, 6), (
        "People of Singa who had fled to Gedaref are returning to the town."
    ), FLED),
    ("CD", date(2024, 12, 6), (
        "Families who had fled Sake for Goma came home on Thursday."
    ), FLED),
    ("SY", date(2023, 8, 25), (
        "Ten years after: the battle of Ghouta\n\nThe army took Otaiba in the first week. "
        "Rebels left Zamalka by night."
    ), TAKEN),
    ("YE", date(2019, 8, 29), "Background: STC forces seized Aden's camps on 10 August.", TAKEN),
    ("IQ", date(2018, 6, 12), (
        "A city remembers\n\nOn this day in 2014 the militants entered Mosul. They took "
        "Tikrit a day later."
    ), TAKEN),
    ("SD", date(2025, 11, 3), (
        "People have left since the RSF seized the army's last stronghold in Darfur a week "
        "ago."
    ), TAKEN),
    ("SD", date(2025, 11, 3), (
        "The town has been calm since the army captured it in 2016."
    ), TAKEN),
]  # fmt: skip


@pytest.mark.parametrize(("country", "day", "text", "kind"), PAST)
def test_what_is_long_past_or_undone_is_not_drawn(
    country: str, day: date, text: str, kind: Kind
) -> None:
    found = extract(text, country, published_on=day).claims
    assert not [c for c in found if c.kind is kind and c.status.is_current and c.places]


NOW = [  # (country, day, text, kind, place, first day or None)
    ("SD", date(2025, 3, 20), (
        "The army took Bara on Monday, lost it on Tuesday and took it back on Wednesday."
    ), TAKEN, "Bara", date(2025, 3, 19)),
    ("CF", date(2021, 1, 3), (
        "The rebels took Bambari on December 22, but lost it to the army the following day."
    ), TAKEN, "Bambari", date(2020, 12, 23)),
    ("SY", date(2013, 6, 10), (
        "Hezbollah took Dabaa air base on 29 May, lost it, took it again."
    ), TAKEN, "Dabaa air base", None),
    ("MM", date(2025, 1, 20), (
        "The coast is calm since the Arakan Army captured Gwa on 29 December."
    ), TAKEN, "Gwa", date(2024, 12, 29)),
    ("CF", date(2021, 6, 10), (
        "The army retook Bambari in the spring."
    ), TAKEN, "Bambari", None),
    ("MM", date(2024, 12, 6), (
        "The Brotherhood captured Laukkai in January and has since taken Lashio."
    ), TAKEN, "Lashio", None),
    ("CD", date(2024, 12, 6), (
        "More than 20,000 people have fled Sake since October."
    ), FLED, "Sake", date(2024, 10, 1)),
    ("SD", date(2024, 12, 6), (
        "People who had fled Singa last week are sheltering in Gedaref."
    ), FLED, "Singa", date(2024, 11, 23)),
    ("SD", date(2025, 2, 10), (
        "In 2013 the rebels took Um Rawaba. Now RSF fighters captured the town again."
    ), TAKEN, "the town", None),
    ("CD", date(2025, 2, 10), (
        "In 2012 M23 seized Goma. This time its fighters also took Bukavu."
    ), TAKEN, "Bukavu", None),
    ("SY", date(2024, 12, 6), (
        "In 2013 rebels captured Raqqa. The army left by night. Rebels captured Hama on 5 "
        "December."
    ), TAKEN, "Hama", date(2024, 12, 5)),
    ("AF", date(2021, 8, 10), (
        "Over the weekend the Taliban seized Kunduz and Taloqan, and before that Zaranj."
    ), TAKEN, "Kunduz", date(2021, 8, 7)),
    ("SD", date(2025, 3, 20), (
        "The army took Bara on Monday and held it. It lost a tank there."
    ), TAKEN, "Bara", date(2025, 3, 17)),
    ("SD", date(2025, 3, 20), (
        "The army took Bara on Monday. Before that, shops had closed."
    ), TAKEN, "Bara", date(2025, 3, 17)),
]  # fmt: skip


@pytest.mark.parametrize(("country", "day", "text", "kind", "place", "first"), NOW)
def test_what_stands_is_drawn_with_its_day(
    country: str, day: date, text: str, kind: Kind, place: str, first: date | None
) -> None:
    found = [
        c
        for c in extract(text, country, published_on=day).claims
        if c.kind is kind and c.status.is_current and place in {p.surface for p in c.places}
    ]
    assert len(found) == 1
    assert first is None or (found[0].date is not None and found[0].date.start == first)


def test_what_was_lost_to_another_party_is_theirs() -> None:
    made = extract(NOW[1][2], "CF", published_on=date(2021, 1, 3)).claims
    assert [(c.status, c.actor and c.actor.name) for c in made] == [
        (Status.HISTORICAL, "rebels"),
        (Status.ASSERTED, "Central African forces"),
    ]


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [
        ("They took it in the spring.", date(2021, 6, 10), None),
        ("They took it in the spring.", date(2021, 7, 5), "in the spring"),
        ("They took it in the spring.", date(2021, 11, 10), "in the spring"),
        ("They took it in the winter.", date(2025, 2, 10), None),
        ("They took it in the winter.", date(2025, 8, 10), "in the winter"),
        ("They took it in autumn 2023, after rain.", date(2024, 12, 6), "in autumn 2023"),
        ("They took it in mid-2024.", date(2025, 1, 20), "mid-2024"),
        ("They took it in late 2024.", date(2025, 1, 20), None),
        ("They met in the summer capital.", date(2024, 12, 6), None),
        ("They fled in the fall of Goma.", date(2025, 12, 6), None),
        ("They fled in the fall of 2023.", date(2025, 12, 6), "in the fall of 2023"),
    ],
)
def test_a_season_is_past_once_it_ended_long_ago(
    text: str, published: date, words: str | None
) -> None:
    assert past_season(text, published, days=75) == words
