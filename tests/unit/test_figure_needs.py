"""What a picture needs by what it shows: a day, a headline, signs in its key, north, a globe."""

from __future__ import annotations

import pytest
from situation_kit import DAY, Desk, campaign, place
from test_figure import HELD, days_data, made, texts

from mapgen.drawing.figure import mapbox, moving, picture_bytes
from mapgen.drawing.figure.legend import legend_of
from mapgen.drawing.figure.sizes import SIZES
from mapgen.drawing.figure.typeface import plain_style
from mapgen.merging.events import situation_of
from mapgen.model import Kind, Role


@pytest.fixture(scope="module")
def data():
    return made(situation_of(campaign().extraction(), baseline=HELD))


@pytest.mark.parametrize("size", sorted(SIZES))
def test_every_size_prints_its_day_also_when_nothing_is_to_be_said_of_it(data, size):
    words = " ".join(texts(picture_bytes(data, "svg", size=size)))
    assert "10 May 2031" in words
    quiet = " ".join(texts(picture_bytes(days_data(), "svg", size=size, days=["2031-05-02"])))
    assert "2 May 2031" in quiet


def test_each_frame_of_an_animation_has_the_headline_and_the_day_of_its_own(monkeypatch):
    drawn = {}

    def watched(data, size, day, days):
        drawn[day] = sheet = draw(data, size, day, days)
        return sheet

    draw = moving.draw_sheet
    monkeypatch.setattr(moving, "draw_sheet", watched)
    picture_bytes(days_data(), "gif", size="a5")
    with plain_style():  # with text as text
        told = {day: " ".join(texts(sheet.bytes("svg", title="t"))) for day, sheet in drawn.items()}
    assert list(told) == ["2031-05-01", "2031-05-04", "2031-05-08", "2031-05-10"]
    for day, words in told.items():
        assert f"{int(day[-2:])} May 2031" in words, day
        assert ("Alba taken by River" in words) == (day == "2031-05-08"), day
        assert ("Fled to Esta" in words) == (day == "2031-05-10"), day


def test_a_return_has_a_sign_of_its_own_in_the_key():
    desk = Desk().article("one", published_on=DAY)
    for kind in (Kind.RETURN, Kind.DISPLACEMENT):
        ends = place("t:bero", Role.ORIGIN), place("t:esta", Role.DESTINATION)
        desk.say("one", f"500 people, {kind.value}.", kind, *ends, figure=(500, 500, "500"))
    data = made(situation_of(desk.extraction(), baseline=HELD))
    rows = [item for section in legend_of(data, [data["days"][-1]]) for item in section.items]
    glyphs = {item.glyph: item.words for item in rows}
    back = {glyph: words for glyph, words in glyphs.items() if "return" in glyph}
    fled = {glyph: words for glyph, words in glyphs.items() if "displacement" in glyph}
    assert len(back) == len(fled) == 1, glyphs
    assert set(back.values()) != set(fled.values())
    words = texts(picture_bytes(data, "svg"))
    assert {*back.values(), *fled.values()} <= set(words)


@pytest.mark.parametrize(
    ("degrees", "north", "globe"),
    [(0.5, True, True), (8.0, False, True), (90.0, False, False)],
    ids=["some towns", "a country", "a continent"],
)
def test_north_and_a_globe_stand_where_the_frame_needs_them(
    data, monkeypatch, degrees, north, globe
):
    globes, arrows = [], []
    monkeypatch.setattr(mapbox, "draw_globe", lambda *told: globes.append(told))
    monkeypatch.setattr(mapbox, "_draw_north", lambda *told: arrows.append(told))
    west, south = 32.5 - degrees / 2, 15.6 - degrees / 4
    frame = [west, south, west + degrees, south + degrees / 2]
    there = {**data, "base": {**data["base"], "bbox": frame}, "inset": None}
    picture_bytes(there, "svg")
    assert bool(arrows) is north
    assert bool(globes) is globe
