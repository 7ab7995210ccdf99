"""The table of marks, what the legend makes of it, and vectors that the page's scripts share."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from situation_kit import FakeAtlas, campaign

from mapgen.core.tables.interface_texts import interface_texts, languages
from mapgen.core.tables.marks import marks
from mapgen.drawing.data.legend_rows import legend_rows
from mapgen.drawing.data.moment import Moment
from mapgen.drawing.data.page_data import page_data
from mapgen.drawing.figure import picture_bytes
from mapgen.drawing.figure.labels import Label, Line, label_order
from mapgen.drawing.page.html import page_html
from mapgen.merging.events import situation_of
from mapgen.model import Standing
from mapgen.settings import Settings
from mapgen.situation.shown import shown

VECTORS = json.loads(
    (Path(__file__).parents[1] / "data" / "vectors" / "marks.json").read_text(encoding="utf-8")
)
COLOURS = {"fill": "#b23f30", "line": "#7e2218", "on": "#ffffff"}
OTHER = {"fill": "#264f66", "line": "#16313f", "on": "#ffffff"}
SVG = "{http://www.w3.org/2000/svg}"


def side(name: str, shape: str, colours: dict[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "short": name,
        "letter": name[0],
        "shape": shape,
        "light": colours,
        "dark": colours,
        "present": True,
    }


def control(name: str, lon: float, standing: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "control",
        "card": "c1",
        "place": name,
        "name": name,
        "lat": 13.5,
        "lon": lon,
        "rank": 3,
        "standing": standing,
        "side": "north",
        "from": "south",
        "turn": 0,
        "from_day": "2025-01-10",
        "day": "2025-01-10",
        "label": standing,
        **more,
    }


def page(*signs: dict[str, Any], days: tuple[str, ...] = ("2025-01-10",)) -> dict[str, Any]:
    return {
        "sides": {
            "north": side("Northern army", "circle", COLOURS),
            "south": side("Southern front", "diamond", OTHER),
        },
        "days": list(days),
        "signs": list(signs),
        "places": [],
        "areas": [],
    }


def words(data: dict[str, Any], part: str, *days: str) -> list[str]:
    return [r.words for r in legend_rows(data, days or data["days"]) if r.part == part]


@pytest.mark.parametrize("vector", VECTORS["phase"])
def test_phase(vector: dict[str, Any]) -> None:
    assert Moment({}, vector["day"]).phase(vector["sign"]) == vector["want"]


@pytest.mark.parametrize("vector", VECTORS["look"])
def test_look(vector: dict[str, Any]) -> None:
    look = marks().look(vector["standing"], vector["phase"])
    assert (look.fill, list(look.ring)) == (vector["fill"], vector["ring"])


@pytest.mark.parametrize("vector", VECTORS["label_order"])
def test_label_order(vector: dict[str, Any]) -> None:
    labels = {
        w["id"]: Label(
            priority=w["priority"],
            at=tuple(w["at"]),
            r=1.0,
            lines=tuple(Line(text, "event") for text in w["lines"]),
        )
        for w in vector["labels"]
    }
    names = {id(label): name for name, label in labels.items()}
    order = [names[id(label)] for label in label_order(list(labels.values()))]
    assert order == vector["want"]


@pytest.mark.parametrize("vector", VECTORS["arrow_width"])
def test_arrow_width(vector: dict[str, Any]) -> None:
    width = marks().arrow_width(vector["magnitude"], vector["size"])
    assert width == pytest.approx(vector["want"])


def test_each_standing_that_is_drawn_has_a_look_and_each_look_its_words() -> None:
    never = {Standing.DENIED}
    assert {s.value for s in Standing if s not in never} <= set(marks().place)
    for language in languages():
        texts = interface_texts(language)
        assert [k.words for k in marks().place.values() if k.words and not texts[k.words]] == []


def test_no_two_standings_look_the_same_unless_both_are_certain() -> None:
    looks = [(k.fill, k.ring) for n, k in marks().place.items() if n not in {"outdated", "unknown"}]
    assert len(set(looks)) == len(looks) - 1  # assessed and stated share the unbroken ring


def test_the_legend_explains_only_the_standings_of_the_day() -> None:
    data = page(
        control("Alba", 30.0, "assessed"),
        control("Borea", 31.0, "contested", day="2025-01-12", from_day="2025-01-12"),
        days=("2025-01-10", "2025-01-11", "2025-01-12"),
    )
    assert words(data, "ring", "2025-01-10") == ["Holder: sources agree"]
    assert "Contested" not in words(data, "who", "2025-01-10")
    assert words(data, "ring") == ["Holder: sources agree"]
    assert words(data, "who")[-1] == "Contested"


def test_a_contested_place_gives_its_colour_to_no_side() -> None:
    data = page(control("Borea", 31.0, "contested"))
    (row,) = legend_rows(data, data["days"])
    assert (row.glyph, row.words, row.side, row.before) == ("contested", "Contested", None, None)


def test_a_holder_that_another_followed_is_not_in_the_legend_of_the_later_day() -> None:
    data = page(
        control("Alba", 30.0, "claimed", to_day="2025-01-12"),
        control("Alba", 30.0, "stated", day="2025-01-12", from_day="2025-01-12", turn=1),
        days=("2025-01-10", "2025-01-11", "2025-01-12"),
    )
    assert words(data, "ring", "2025-01-10") == ["Holder: claimed by a source"]
    assert words(data, "ring", "2025-01-12") == ["Holder: one article says so"]


def test_a_day_that_is_not_known_is_explained_where_it_is_drawn() -> None:
    data = page(
        control("Alba", 30.0, "stated", from_day="2025-01-10", day="2025-01-12"),
        days=("2025-01-10", "2025-01-11", "2025-01-12"),
    )
    assert words(data, "ring", "2025-01-11") == ["Changing, day unknown"]
    assert words(data, "ring", "2025-01-12") == ["Holder: one article says so"]


def test_an_order_to_leave_has_a_row_of_its_own_beside_strikes() -> None:
    data = page(control("Alba", 30.0, "stated", type="told_to_leave"))
    assert words(data, "layers") == ["People told to leave"]
    strike = control("Bero", 30.2, "stated", type="strike")
    both = page(control("Alba", 30.0, "stated", type="told_to_leave"), strike)
    assert words(both, "layers") == ["Strike, attack", "People told to leave"]


def test_reinforcement_alone_is_not_called_an_advance() -> None:
    data = page(control("Alba", 30.0, "stated", type="reinforcement"))
    assert words(data, "layers") == ["Reinforcement"]


@pytest.fixture(scope="module")
def campaign_data() -> dict[str, Any]:
    settings = Settings(parser="test")
    data = page_data(shown(situation_of(campaign().extraction()), FakeAtlas(), settings))
    first = next(s for s in data["signs"] if s["type"] == "control")
    signs = [{**s, "standing": "contested"} if s is first else s for s in data["signs"]]
    return {**data, "signs": signs, "days": data["days"][-1:]}


def test_page_and_picture_have_the_same_legend(campaign_data: dict[str, Any]) -> None:
    block = re.search(r'id="mg-marks">(.*?)</script>', page_html(campaign_data), re.DOTALL)
    assert block is not None
    on_page = [row["words"] for row in json.loads(block[1])["legend"]]
    svg = picture_bytes(campaign_data, "svg")
    in_picture = ["".join(t.itertext()) for t in ET.fromstring(svg).iter(f"{SVG}text")]
    assert {"Contested", "People fleeing"} <= set(on_page)
    assert [t for t in in_picture if t in on_page] == on_page, "the same rows in the same order"


def flow(method: str) -> dict[str, Any]:
    more = {"type": "displacement", "kind": "displacement", "end": "both", "side": None}
    more |= {"method": method, "area": None}
    more["origin_area"] = None
    return control("Alba", 30.0, "stated", **more)


def test_a_likely_route_and_a_stated_one_are_told_apart() -> None:
    one = page(flow("likely"))
    assert words(one, "layers") == ["People fleeing; likely route, not stated"]
    both = page(flow("likely"), flow("stated"))
    assert words(both, "layers") == ["People fleeing", "Likely route, not stated"]
