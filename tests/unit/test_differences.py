"""What differs between two maps is told for a newsletter, from pages or claims."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from situation_kit import ARMY, Desk, FakeAtlas, place

from mapgen.command.differences import difference_note
from mapgen.drawing.data.page_data import page_data
from mapgen.drawing.page.html import page_html
from mapgen.errors import InputError
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


def test_another_page_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.html"
    path.write_text("<p>hello</p>", encoding="utf-8")
    with pytest.raises(InputError, match="is no page of mapgen"):
        difference_note(str(path), str(path), ".md")
