"""The day of publication is read where an article prints it, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.reading.printed_day import printed_day


@pytest.mark.parametrize(
    "text",
    [
        "GOMA, Congo, Feb 16, 2025 (AFP) - Rebels entered the city.",
        "Rebels enter the city\n\n16 February 2025\n\nGOMA - Fighters walked in.",
        "Rebels enter the city\nPublished: 16th February, 2025 at 10:15\nFighters walked in.",
        "SITUATION REPORT | Sunday 16 February 2025\n\nNORTH KIVU. Fighters walked in.",
        "2025-02-16\nFighters walked in.",
        "North Kivu, situation report 4\n16/02/2025\nFighters walked in.",
        "Flash update (as of 2025/02/16 10:30)\nFighters walked in.",
        "Lage in Nord-Kivu\n16.02.2025\nFighters walked in.",
        "Rebels in Goma\nBy Jane Doe, The Courier, GOMA, Congo, February 16, 2025\n\nThey came.",
        "Goma live\nLive blog by J. Doe and A. Roe, The Courier, 16 February 2025\nThey walked in.",
        "Goma\nCompiled by the desk, NAIROBI, 16 February 2025 (covers 9-15 February)\nThey came.",
        "Goma\nReport No. 7, Lakes Forum, GOMA, 16 February 2025 (as of 12 May 2024)\nIt fell.",
        "Goma\nCompiled by J. Doe, The Courier, Goma and Kigali, Sunday 16 February 2025\nIt fell.",
    ],
)
def test_a_printed_day_is_read(text: str) -> None:
    assert printed_day(text) == date(2025, 2, 16)


@pytest.mark.parametrize(
    "text",
    [
        "The war began on 15 March 2011 and has not ended.",
        "Rebels entered the city on Sunday.",
        "Situation report 4\n04/02/2025\nFighters walked in.",  # of April, or of February
        "Situation report 4\n32.02.2025\nFighters walked in.",
        "On 31 June 2025 nothing happened.",
        "Goma\nThe town was taken by rebels, and retaken, on 16 February 2025",
        "Goma\nMen who fled Sake, a town near Goma, told of the night of 16 February 2025",
        "Fighters walked in. Troops had left it on February 16, 2025, residents said.",
    ],
)
def test_a_day_told_of_is_none(text: str) -> None:
    assert printed_day(text) is None
