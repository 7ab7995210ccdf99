"""What differs between two maps is told for a newsletter, from pages or claims."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from situation_kit import ARMY, Desk, FakeAtlas, place

from mapgen.command.differences import difference_note
from mapgen.drawing.data.page_data import page_data
from mapgen.drawing.page.html import page_html
from mapgen.errors import InputError
from mapgen.export.changes import Changes, Happening, MapState, changes_between
from mapgen.merging.events import situation_of
from mapgen.model import Kind
from mapgen.settings import Settings
from mapgen.situation.shown import shown

if TYPE_CHECKING:
    from pathlib import Path


def a_page(path: Path, *towns: str) -> str:
    desk = Desk().article("one")
    for town in towns:
        said = f"The army took {town}."
        desk.say("one", said, Kind.CONTROL_CHANGE, place(f"t:{town.lower()}"), actor=ARMY)
    data = page_data(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))
    path.write_text(page_html(data), encoding="utf-8")
    return str(path)


def test_a_town_that_was_added_is_new(tmp_path: Path) -> None:
    old = a_page(tmp_path / "old.html", "Alba")
    new = a_page(tmp_path / "new.html", "Alba", "Bero")
    told = json.loads(difference_note(old, new, ".json"))
    assert [h["title"] for h in told["new"]] == ["Bero taken"]
    assert (told["changed"], told["gone"]) == ([], [])
    back = json.loads(difference_note(new, old, ".json"))
    assert [h["title"] for h in back["gone"]] == ["Bero taken"]


def test_the_note_for_people(tmp_path: Path) -> None:
    old = a_page(tmp_path / "old.html", "Alba")
    new = a_page(tmp_path / "new.html", "Alba", "Bero")
    note = difference_note(old, new, ".md").decode()
    assert "## New" in note
    assert "Bero taken" in note
    assert "<h2>New</h2>" in difference_note(old, new, ".html").decode()
    assert "same happenings" in difference_note(old, old, ".md").decode()


def a_card(
    title: str, side: str, standing: str, when: str, kind: str = "control_change"
) -> Happening:
    return Happening(
        key=f"{kind}/{side}/t:alba",
        title=title,
        kind=kind,
        when=when,
        standing=standing,
        sure="",
        figures=(),
        articles=("one",),
    )


def between(old: Happening, new: Happening) -> Changes:
    states = [
        MapState(title="Map", as_of=day, articles={"one": "One"}, happenings=(told,))
        for day, told in (("24 April", old), ("25 April", new))
    ]
    return changes_between(*states)


def test_a_taken_town_that_is_contested_now_changed_and_is_not_gone() -> None:
    taken = a_card("Alba taken", "front", "claimed", "23 April 2025")
    told = between(taken, a_card("Alba: contested", "", "contested", "23 April 2025"))
    assert (told.new, told.gone) == ((), ())
    assert "Alba: contested; before: Alba taken, standing: claimed → contested" in (
        told.to_markdown()
    )


def test_a_strike_by_another_side_is_another_strike() -> None:
    old = a_card("Strikes on Alba", "front", "stated", "23 April 2025", "strike")
    told = between(old, a_card("Strikes on Alba", "army", "stated", "25 April 2025", "strike"))
    assert (len(told.new), len(told.gone)) == (1, 1)


def test_the_day_on_which_an_undated_event_is_drawn_is_no_change() -> None:
    old = a_card("Alba held", "army", "stated", "date not stated; shown on 24 Apr")
    assert between(old, replace(old, when="date not stated; shown on 25 Apr")).changed == ()
    dated = between(old, replace(old, when="25 April 2025"))
    assert "day: date not stated; shown on 24 Apr → 25 April 2025" in dated.to_markdown()


def test_more_dead_than_before_are_a_change() -> None:
    old = a_card("Strikes on Alba: “14” killed", "army", "stated", "23 April 2025", "strike")
    told = between(old, replace(old, title="Strikes on Alba: “18” killed"))
    assert "“18” killed; before: Strikes on Alba: “14” killed" in told.to_markdown()


def test_another_page_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.html"
    path.write_text("<p>hello</p>", encoding="utf-8")
    with pytest.raises(InputError, match="is no page of mapgen"):
        difference_note(str(path), str(path), ".md")
