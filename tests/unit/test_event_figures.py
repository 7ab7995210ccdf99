"""The figure of an event: one range in one unit, from the claims that count, asked by everyone."""

from __future__ import annotations

import pytest
from situation_kit import Desk, FakeAtlas, place

from mapgen.drawing.data.page_data import page_data
from mapgen.export.formats.acled import acled_table
from mapgen.export.frames.event_frames import events_frame
from mapgen.export.frames.situation_frames import flow_frame
from mapgen.export.layers import layers_of
from mapgen.export.report.content import report_of
from mapgen.merging.events import situation_of
from mapgen.model import Attribution, Kind, Role, Status
from mapgen.reasons import reason_of
from mapgen.settings import Settings
from mapgen.situation.coarsening import coarsened
from mapgen.situation.shown import shown

ATLAS = FakeAtlas()
UN = Attribution(name="United Nations", role="organisation", words="United Nations")
MINISTRY = Attribution(name="Interior Ministry", role="official", words="Interior Ministry")


def total(desk, article, text, figure, *, status=Status.CLAIMED, by=UN):
    return desk.say(
        article,
        text,
        Kind.DISPLACEMENT,
        place("iso:SD", Role.REGION),
        status=status,
        attribution=by,
        figure=figure,
    )


def flight(desk, article, text, figure, **more):
    return desk.say(
        article, text, Kind.DISPLACEMENT, place("t:bero", Role.ORIGIN),
        place("t:esta", Role.DESTINATION), figure=figure, **more,
    )  # fmt: skip


def two():
    return Desk().article("one").article("two")


def situation(desk):
    return situation_of(desk.extraction())


def event(desk):
    (found,) = situation(desk).events
    return found


def figure(desk):
    found = event(desk).figure
    return None if found is None else (found.low, found.high, found.best, found.unit)


def denied_total():
    desk = two()
    total(desk, "one", "300,000 fled across Sudan, the UN says.", (300_000, 300_000, "300,000"))
    total(
        desk,
        "two",
        "The ministry denies that 900,000 fled.",
        (900_000, 900_000, "900,000"),
        status=Status.NEGATED,
        by=MINISTRY,
    )
    return desk


def test_a_denied_figure_is_on_no_card_badge_or_summary():
    data = page_data(shown(situation(denied_total()), ATLAS, Settings()))
    (card,) = data["cards"]
    (badge,) = [s for s in data["signs"] if s["type"] == "badge"]
    assert card["title"] == "300,000 displaced across Sudan"
    assert (badge["big"], badge["label"]) == ("300,000", "displaced across Sudan")
    assert badge["source"] == "United Nations. Not added to other figures."
    told = " ".join(" ".join(part) for part in data["meta"]["summary"])
    assert "300,000 are displaced across Sudan" in told
    assert "900,000" not in told + data["meta"]["title"]
    # The denial is still read on the card, among its quotes.
    assert any("900,000" in q["text"] for q in card["quotes"])


def test_a_denied_figure_is_in_no_export():
    made = situation(denied_total())
    layers = layers_of(shown(made, ATLAS, Settings()))
    (row,) = layers.frames["totals"].to_dict("records")
    assert (row["low"], row["high"], row["best"], row["unit"]) == (
        300_000, 300_000, 300_000, "people",
    )  # fmt: skip
    assert row["words"] == "“300,000” (United Nations)"
    tables = report_of(shown(made, ATLAS, Settings())).tables
    (line,) = [row for table in tables for row in table.rows if "300,000" in row]
    assert line[3:6] == ("300,000", "300,000", "“300,000” (United Nations)")


def test_an_event_says_which_claims_count():
    desk = denied_total()
    higher = total(desk, "two", "350,000 fled, the UN says.", (350_000, 350_000, "350,000"))
    found = event(desk)
    assert (found.figure.low, found.figure.high, found.figure.best) == (300_000, 350_000, None)
    assert found.figure.claims == (higher.id, desk.claims[0].id)
    assert len(found.claims) == 3


@pytest.mark.parametrize("status", [Status.NEGATED, Status.HYPOTHETICAL, Status.HISTORICAL])
def test_what_is_denied_possible_or_past_never_counts(status):
    desk = two()
    flight(desk, "one", "2,000 people fled Bero for Esta.", (2_000, 2_000, "2,000"))
    flight(desk, "two", "90,000 fled Bero for Esta.", (90_000, 90_000, "90,000"), status=status)
    data = page_data(shown(situation(desk), ATLAS, Settings()))
    (arrow,) = [s for s in data["signs"] if s["type"] == "displacement"]
    assert (arrow["width"], arrow["label"]) == (2, ["Fled to Esta", "“2,000” (the article)"])
    assert figure(desk) == (2_000, 2_000, 2_000, "people")


def test_families_stay_families_on_the_arrow_in_the_summary_and_in_exports():
    desk = two()
    flight(desk, "one", "300 families fled Bero for Esta.", (300, 300, "300", "families"))
    data = page_data(shown(situation(desk), ATLAS, Settings()))
    (arrow,) = [s for s in data["signs"] if s["type"] == "displacement"]
    assert arrow["label"] == ["Fled to Esta", "“300” families (the article)"]
    (flown,) = [text for lead, text in data["meta"]["summary"] if lead == "Displaced."]
    assert flown == "“300” families fled Bero for Esta."
    (row,) = flow_frame(shown(situation(desk), ATLAS, Settings())).to_dict("records")
    assert (row["low"], row["high"], row["unit"]) == (300, 300, "families")
    assert row["words"] == "“300” families (the article)"
    frame = events_frame(shown(situation(desk), FakeAtlas(), Settings()))
    assert set(frame["unit"]) == {"families"}
    assert set(frame["low"]) == {300}
    assert "people_low" not in frame.columns


def test_families_stay_families_on_the_card_and_the_badge_of_a_total():
    desk = two()
    text = "At least 300 families fled across Sudan."
    total(desk, "one", text, (300, None, "at least 300", "families"))
    data = page_data(shown(situation(desk), ATLAS, Settings()))
    (card,) = data["cards"]
    (badge,) = [s for s in data["signs"] if s["type"] == "badge"]
    assert card["title"] == "At least 300 families displaced across Sudan"
    assert badge["big"] == "At least 300 families"
    assert data["meta"]["title"] == ("What 2 reports say about displacement in Sudan, 10 May 2031")


def test_a_unit_that_the_words_have_is_not_written_twice():
    desk = two()
    total(desk, "one", "300 families fled across Sudan.", (300, 300, "300 families", "families"))
    (card,) = page_data(shown(situation(desk), ATLAS, Settings()))["cards"]
    assert card["title"] == "300 families displaced across Sudan"


def test_families_and_people_are_two_figures_of_one_event():
    desk = two()
    flight(desk, "one", "9,000 families fled.", (9_000, 9_000, "9,000", "families"))
    flight(desk, "two", "2,000 people fled.", (2_000, 2_000, "2,000"))
    found = event(desk)
    assert [(f.unit, f.low, f.high) for f in found.figures] == [
        ("people", 2_000, 2_000),
        ("families", 9_000, 9_000),
    ]
    (arrow,) = page_data(shown(situation(desk), ATLAS, Settings()))["signs"]
    assert arrow["width"] == 2  # of people: families are not people
    assert arrow["label"][1:] == ["“2,000” (the article)", "“9,000” families (another article)"]


def shelling(*figures):
    desk = Desk()
    for n, told in enumerate(figures):
        desk.article(f"a{n}")
        desk.say(
            f"a{n}", f"Report {n} of the shelling of Bero.", Kind.STRIKE,
            place("t:bero"), figure=told, reasons=(reason_of("kind:strike:shell"),),
        )  # fmt: skip
    return desk


def test_killed_and_injured_are_counted_apart():
    found = event(shelling((12, 12, "12", "killed"), (40, 40, "40", "injured")))
    assert [(f.unit, f.low, f.high, f.best) for f in found.figures] == [
        ("killed", 12, 12, 12),
        ("injured", 40, 40, 40),
    ]


@pytest.mark.parametrize(
    ("figures", "fatalities"),
    [
        ([(12, 12, "12", "killed"), (40, 40, "40", "injured")], "12"),
        ([(12, 12, "12", "killed"), (10, None, "at least 10", "killed")], "12"),
        ([(12, 12, "12", "killed"), (20, None, "at least 20", "killed")], ""),
        ([(12, 12, "12", "killed"), (15, 15, "15", "killed")], ""),
        ([(40, 40, "40", "injured")], ""),
    ],
)
def test_acled_has_the_number_killed_where_reports_agree(figures, fatalities):
    import csv
    from io import StringIO

    layers = layers_of(shown(situation(shelling(*figures)), ATLAS, Settings()))
    (row,) = csv.DictReader(StringIO(acled_table(layers)))
    assert row["fatalities"] == fatalities


def test_the_dead_are_not_counted_among_those_who_fled():
    desk = two()
    flight(desk, "one", "2,000 fled Bero for Esta.", (2_000, 2_000, "2,000"))
    flight(desk, "two", "12 were killed as they fled.", (12, 12, "12", "killed"))
    assert [f.unit for f in event(desk).figures] == ["people"]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([(300, 300), (300, 300)], (300, 300, 300, "people")),
        ([(300, 300), (500, 500)], (300, 500, None, "people")),
        ([(370_000, None)], (370_000, None, None, "people")),
        ([(370_000, None), (400_000, 400_000)], (370_000, None, 400_000, "people")),
        ([(370_000, None), (300_000, 300_000)], (300_000, None, None, "people")),
        ([(None, 500)], (None, 500, None, "people")),
        ([(None, 500), (300, 300)], (None, 500, 300, "people")),
        ([(1_000, 9_999), (2_000, 2_000)], (1_000, 9_999, 2_000, "people")),
    ],
)
def test_the_range_over_sources_keeps_every_bound(figures, expected):
    desk = Desk()
    for n, (low, high) in enumerate(figures):
        desk.article(f"a{n}")
        flight(desk, f"a{n}", f"Report {n} of those who fled.", (low, high, f"number {n}"))
    assert figure(desk) == expected


def test_an_event_without_a_figure_has_none():
    desk = two()
    flight(desk, "one", "People fled Bero for Esta.", None)
    assert (event(desk).figure, event(desk).figures) == (None, ())


def test_a_figure_survives_coarsening():
    desk = Desk().article("bero").article("two")
    flight(desk, "bero", "2,000 fled Bero for Esta.", (2_000, 2_000, "2,000"))
    made = coarsened(situation(desk), ATLAS)
    (arrow,) = [e for e in made.events if e.kind is Kind.DISPLACEMENT]
    assert (arrow.figure.low, arrow.figure.unit) == (2_000, "people")
    assert [c.quantity.words for c in arrow.counting(arrow.figure)] == ["2,000"]


def test_the_second_figure_of_one_article_is_no_other_article():
    desk = Desk().article("one")
    flight(
        desk,
        "one",
        "UN: 9,000 fled.",
        (9_000, 9_000, "9,000"),
        status=Status.CLAIMED,
        attribution=UN,
    )
    flight(desk, "one", "Thousands fled.", (1_000, 9_999, "thousands"))
    (arrow,) = page_data(shown(situation(desk), ATLAS, Settings()))["signs"]
    assert arrow["label"][2] == "“thousands” (the article)"
