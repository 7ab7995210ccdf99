"""Days in tables, in the forms in which programs write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mapgen.reading.day_forms import (
    days_meant,
    looks_like_a_day,
    order_of,
    the_day,
)

FOURTH = date(2024, 12, 4)


@pytest.mark.parametrize(
    "written",
    [
        "2024-12-04",
        "2024-12-04T10:15:00",
        "2024-12-04T23:59:59+02:00",  # the day where the clock stood, not in Greenwich
        "2024-12-04T10:15:00.123456Z",
        "2024-12-04 10:15:00 UTC",
        "2024-12-04 10:15",
        "20241204",
        "20241204T101500Z",
        "20241204101500",
        "202412041015",
        "2024-W49-3",
        "2024-339",
        "2024/12/04",
        "2024/12/4 10:15",
        "2024.12.04",
        "Wed, 04 Dec 2024 10:15:00 GMT",
        "Wed, 04 Dec 2024 23:15:00 -0500",
        "Wed, 4 Dec 24 10:15:00 +0000",
        "04 Dec 2024",
        "4 December 2024",
        "04-Dec-2024",
        "04-Dec-24",
        "December 4, 2024",
        "Dec. 4, 2024, 10:15 AM EST",
        "Wednesday, December 4th, 2024",
        "1733307300",
        "1733307300.0",
        "1733307300000",
        "1733307300000000",
        1733307300,
        1733307300.5,
        1733307300000,
        date(2024, 12, 4),
        datetime(2024, 12, 4, 23, 30, tzinfo=UTC),
        " 2024-12-04 ",
        "04.12.2024",  # with points the day always comes first
        "4.12.2024 10:15",
        "Wed Dec 04 10:15:00 +0000 2024",  # posts, as the first API of Twitter wrote them
        "Wed Dec  4 10:15:00 2024",  # C's ctime
        "Wed Dec  4 10:15:00 CET 2024",  # the command date
        "/Date(1733307300000)/",  # JSON of Microsoft's programs
        "/Date(1733307300000+0100)/",
    ],
)
def test_a_day_that_can_be_read_in_one_way_only(written: object) -> None:
    assert set(days_meant(written).values()) == {FOURTH}
    assert the_day(written, None) == FOURTH


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Wednesday",
        "2 hours ago",
        "2024",
        "2024-12",
        "December 2024",
        "04 Dec",
        "31 June 2024",
        "2024-13-04",
        "2024-02-30",
        "30/30/2024",
        "12:15",
        "45630",
        "4",
        "1234567",
        "-1733307300",
        "0004-12-04",
        "9999999999999999999999",
        "v2024-12-04",
        "/Date(1733307300)/",
        "Dec 4 10:15:00",
        "2024-12-04 and 2024-12-05",
        "Homs 04/12/2024",
        True,
        float("nan"),
        float("inf"),
        10**400,
        ["2024-12-04"],
    ],
)
def test_what_is_no_day_is_never_made_one(written: object) -> None:
    assert days_meant(written) == {}
    with pytest.raises(ValueError, match="day"):
        the_day(written, None)


def test_a_day_that_can_be_read_in_two_ways_is_not_guessed() -> None:
    assert days_meant("04/12/2024") == {"dmy": FOURTH, "mdy": date(2024, 4, 12)}
    with pytest.raises(ValueError, match="two ways"):
        the_day("04/12/2024", None)
    assert days_meant("٠٤/١٢/٢٠٢٤") == days_meant("04/12/2024")
    assert the_day("04/12/2024", "dmy") == FOURTH
    assert the_day("04/12/2024 10:15", "mdy") == date(2024, 4, 12)
    assert the_day("5-5-2024", None) == date(2024, 5, 5)  # the same in either way
    assert the_day("24/12/04", "ymd") == FOURTH
    with pytest.raises(ValueError, match="month/day/year"):
        the_day("25/12/2024", "mdy")


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        (["04/12/2024", "05/12/2024", "13/12/2024"], "dmy"),
        (["04/12/2024", "12/13/2024"], "mdy"),
        (["04/12/2024", "03/11/2024"], "either"),  # no row settles it
        (["13/12/2024", "12/14/2024"], "both"),  # rows contradict each other
        (["2024-12-04", "", None], None),
        (["05/05/2024", "06/06/2024"], None),  # the same day in either way
        (["24/12/04", "24/12/31"], "ymd"),  # 2031 is not yet
        (["04.12.2024", "12/13/2024"], "mdy"),
    ],
)
def test_other_rows_settle_the_order(rows: list[object], order: str | None) -> None:
    assert order_of(rows, today=date(2026, 1, 1)) == order


def test_columns_that_look_like_days() -> None:
    assert looks_like_a_day(["2024-12-04", "", "05/12/2024"])
    assert looks_like_a_day([1733307300, 1733393700])
    assert not looks_like_a_day(["", None])
    assert not looks_like_a_day(["2024", "2025"])
    assert not looks_like_a_day(["2024-12-04", "yes", "no"])
