"""Days in all the ways in which reports write them, and numbers that are no days."""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.coding.english.dates import find_dates

WEDNESDAY = date(2024, 12, 11)


def _spans(text: str, published: date | None = WEDNESDAY) -> list[tuple[str, str]]:
    """Return the first and last day of each date in a text."""
    return [(str(d.when.start), str(d.when.end)) for d in find_dates(text, published)]


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("Bangassou fell on 04.12.2024.", "2024-12-04", "2024-12-04"),
        ("Bangassou fell on 2024/12/04.", "2024-12-04", "2024-12-04"),
        ("Bangassou fell on 4/12/2024.", "2024-12-04", "2024-12-04"),
        ("Bangassou fell on 12/4/2024.", "2024-12-04", "2024-12-04"),
        ("Bangassou fell on 25/11/2024.", "2024-11-25", "2024-11-25"),
        ("Bangassou fell on 11/25/24.", "2024-11-25", "2024-11-25"),
        ("Families have left Sake since 4/12.", "2024-12-04", "2024-12-11"),
        ("Sake, 2024-12-04: the town fell.", "2024-12-04", "2024-12-04"),
        ("REBELS ENTERED SAKE ON 5 DECEMBER.", "2024-12-05", "2024-12-05"),
        ("SAKE FELL ON DECEMBER 5, SAYS ARMY", "2024-12-05", "2024-12-05"),
        ("SAKE FELL IN MARCH 2024", "2024-03-01", "2024-03-31"),
        ("It fell on the 4th of December.", "2024-12-04", "2024-12-04"),
        ("On the 5th, they entered Sake.", "2024-12-05", "2024-12-05"),
        ("By the 11th, Sake was theirs.", "2024-12-11", "2024-12-11"),
        ("The ministry claimed Sake on the 29th.", "2024-11-29", "2024-11-29"),
        ("There were 2,900 arrivals in the week to the 14th.", "2024-11-14", "2024-11-14"),
        ("They fled between 24 November and 2 December.", "2024-11-24", "2024-12-02"),
        ("They fled from 28 December 2023 to 3 January 2024.", "2023-12-28", "2024-01-03"),
        ("They fled between Nov. 24 and Dec. 2.", "2024-11-24", "2024-12-02"),
        ("It fell on the night of 5 to 6 December.", "2024-12-05", "2024-12-06"),
        ("It fell on the night of 5/6 December.", "2024-12-05", "2024-12-06"),
        ("It fell overnight into 6 December.", "2024-12-05", "2024-12-06"),
        ("Shells hit Sake in the night to Monday.", "2024-12-08", "2024-12-09"),
        ("They fled overnight from Thursday to Friday.", "2024-12-05", "2024-12-06"),
        ("They fled between Thursday and Saturday.", "2024-12-05", "2024-12-07"),
        ("They fled between Saturday and Wednesday.", "2024-12-07", "2024-12-11"),
        ("It fell on Tuesday 3 December.", "2024-12-03", "2024-12-03"),
        ("It fell on Tuesday, December 3, 2024.", "2024-12-03", "2024-12-03"),
        ("They left over the past two weeks.", "2024-11-27", "2024-12-11"),
        ("They left in the last three days.", "2024-12-08", "2024-12-11"),
        ("They left over the past 48 hours.", "2024-12-09", "2024-12-11"),
        ("They entered Sake on the 5th towards noon.", "2024-12-05", "2024-12-05"),
        ("They entered Sake on the 5th towards 11 o'clock.", "2024-12-05", "2024-12-05"),
        ("Sake was combed on the 8th by the army.", "2024-12-08", "2024-12-08"),
        ("They came on the 8th from Goma.", "2024-12-08", "2024-12-08"),
        ("The villages fell on the 2nd and 4th.", "2024-12-02", "2024-12-04"),
        ("The villages fell on the 2nd and the 4th, after clashes.", "2024-12-02", "2024-12-04"),
        ("5,000 have arrived since the weekend.", "2024-12-07", "2024-12-11"),
        ("They took Sake in the small hours.", "2024-12-11", "2024-12-11"),
        ("They are at Sake this evening.", "2024-12-11", "2024-12-11"),
        ("Tonight 300 people sleep in the church.", "2024-12-11", "2024-12-11"),
        ("It fell on Good Friday.", "2024-03-29", "2024-03-29"),
        ("It fell on Easter Sunday.", "2024-03-31", "2024-03-31"),
        ("It fell on Christmas Day.", "2023-12-25", "2023-12-25"),
        ("It fell a fortnight ago.", "2024-11-24", "2024-11-30"),
        ("It fell last Wednesday.", "2024-12-04", "2024-12-04"),
        ("It fell on Monday last week.", "2024-12-02", "2024-12-02"),
        ("It fell on Monday of last week.", "2024-12-02", "2024-12-02"),
        ("It fell over the weekend.", "2024-12-07", "2024-12-08"),
        ("Since 27 January 8,000 people have gone.", "2024-01-27", "2024-12-11"),
        ("It fell on 12 Sept.", "2024-09-12", "2024-09-12"),
    ],
)
def test_a_day_is_read_as_it_is_written(sentence: str, start: str, end: str) -> None:
    assert _spans(sentence) == [(start, end)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The 5th Brigade entered Sake.",
        "They gave way on the 11th attempt.",
        "Soldiers of the 29th and 30th regiments left.",
        "By the 5th day, Sake had no water.",
        "By the 3rd week Sake had no water.",
        "Route 4/12 is closed.",
        "About 3/4 of the town has gone.",
        "On 3/4 of the front nothing moved.",
        "The road is watched 24/7.",
        "Version 1.12.20 of the list counts 400 families.",
        "The siren was heard at 16.50.",
        "They march on Sake.",
        "They may enter Sake.",
        "THEY MAY ENTER SAKE.",
        "TROOPS MARCH ON SAKE.",
        "Troops advanced to the 38th parallel.",
        "They shelled it for the 11th straight time.",
        "The wounded were taken to the 4th floor.",
        "It was the army's day.",
    ],
)
def test_a_number_or_a_word_is_no_day(sentence: str) -> None:
    assert _spans(sentence) == []


def test_a_day_that_does_not_exist_is_not_filled_in() -> None:
    assert _spans("It fell on 31.02.2024.") == [("None", "None")]


def test_an_ordinal_without_a_day_of_publication_has_no_day() -> None:
    assert _spans("On the 5th, they entered Sake.", None) == [("None", "None")]
