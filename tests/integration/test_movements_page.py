"""Links, advances, areas, totals, borders crossed, returns: from sentences to the page's data."""

from dataclasses import replace

import pytest

import mapgen
from gazetteer import Gazetteer
from mapgen.drawing.data.page_data import page_data
from mapgen.ground.roads.corridors import Roads
from mapgen.merging.events import situation_of
from mapgen.model import Kind
from mapgen.settings import Settings
from mapgen.situation.shown import shown
from mapgen.situation.signs import link_state
from tests.unit.situation_kit import ARMY, Desk, FakeAtlas, Role, Status, place


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as places:
        yield places


@pytest.fixture
def signs(tmp_path, gazetteer):
    def read(text):
        article = tmp_path / "article.txt"
        article.write_text(text, encoding="utf-8")
        made = mapgen.build(
            article, country="SY", published_on="2024-12-04", baseline="syria-2024-11"
        )
        return page_data(shown(made, gazetteer, Settings()))["signs"]

    return read


def link(status, state):
    desk = Desk().article("one")
    spots = place("t:alba", Role.ORIGIN), place("t:bero", Role.DESTINATION)
    desk.say(
        "one",
        "The road from Alba to Bero.",
        Kind.SUPPLY_LINE,
        *spots,
        status=status,
        state=state,
        actor=ARMY,
    )
    made = situation_of(desk.extraction())
    return made, page_data(shown(made, FakeAtlas(), Settings()))


@pytest.mark.parametrize(
    ("state", "label"),
    [("open", "intact"), ("threatened", "threatened"), ("cut", "cut")],
)
def test_a_link_has_the_state_that_is_told(state, label):
    situation, data = link(Status.ASSERTED, state)
    (sign,) = [s for s in data["signs"] if s["type"] == "supply"]
    assert (sign["state"], sign["label"]) == (state, f"supply link, {label}")
    assert link_state(situation.events[0]) == state
    assert len(sign["path"]) >= 2


def test_a_link_that_could_be_cut_is_not_cut():
    situation, data = link(Status.HYPOTHETICAL, "cut")
    assert situation.events == ()
    assert not [s for s in data["signs"] if s["type"] == "supply"]
    assert data["off"]


def test_a_road_cut_between_two_towns_is_drawn_between_them(signs):
    (sign,) = signs("Hayat Tahrir al-Sham cut the road between Homs and Tartus on Monday.")
    assert (sign["type"], sign["state"]) == ("supply", "cut")
    assert sign["path"][0] == pytest.approx([34.72, 36.73], abs=0.02)
    assert sign["path"][-1] == pytest.approx([34.89, 35.89], abs=0.02)


def test_an_advance_has_distance_origin_and_the_road_that_is_named(signs):
    (sign,) = signs(
        "Along the M5, Hayat Tahrir al-Sham advanced to within 10 km of Homs on Monday."
    )
    assert (sign["type"], sign["name"], sign["target_side"]) == ("threat", "Homs", "gov")
    assert sign["distance_km"] == 10.0
    assert sign["road"] == {"name": "M5", "method": "stated"}
    assert sign["label"] == "10 km away, along the M5"
    assert sign["origin"]["lat"] > sign["lat"]  # from the north, where HTS holds towns


def test_a_road_that_is_not_named_is_only_likely(signs):
    first, second = sorted(
        signs(
            "Hayat Tahrir al-Sham captured Hama on Sunday. "
            "Hayat Tahrir al-Sham advanced towards Homs on Monday."
        ),
        key=lambda s: s["type"],
    )
    assert (first["type"], second["type"]) == ("control", "threat")
    (via,) = Roads.for_country("SY").route((35.1318, 36.7578), (34.724, 36.7256)).via
    assert second["road"] == {"name": via, "method": "likely"}
    assert via not in second["label"]


def test_direction_of_an_advance_reaches_the_page():
    desk = Desk().article("one")
    spot = place("t:alba", Role.NEAR, distance_km=7)
    near = replace(spot, direction="north")
    desk.say("one", "The army stands 7 km north of Alba.", Kind.ADVANCE, near, actor=ARMY)
    (sign,) = page_data(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))["signs"]
    assert (sign["direction"], sign["distance_km"]) == ("north", 7)
    assert sign["label"] == "7 km to the north"


def test_the_coast_is_reached_as_an_area(signs):
    (sign,) = signs("Tens of thousands of people fled from Homs to the coast on Monday.")
    assert (sign["kind"], sign["area_name"], sign["method"]) == (
        "displacement",
        "the coast",
        "likely",
    )
    assert sign["area"]["type"] in {"Polygon", "MultiPolygon"}
    assert sign["end"] == "both"


@pytest.mark.parametrize(
    ("text", "big", "label"),
    [
        (
            "More than 370,000 people have been displaced across Syria, the United Nations said.",
            "More than 370,000",
            "displaced across Syria",
        ),
        (
            "Some 40,000 people are displaced in Idlib province, the United Nations said.",
            "Some 40,000",
            "displaced in Idlib",
        ),
    ],
)
def test_a_total_is_a_stock_never_an_arrow(signs, text, big, label):
    (sign,) = signs(text)
    assert (sign["type"], sign["big"]) == ("badge", big)
    assert sign["label"].startswith(label)
    assert sign["source"] == "United Nations. Not added to other figures."


@pytest.mark.parametrize(
    "text",
    [
        "Fighting shook Homs on Monday. More than 370,000 people are displaced, the UN said.",
        "The army holds Hama. Since then 370,000 people have been displaced by the fighting.",
    ],
)
def test_a_figure_without_a_place_is_no_badge(signs, text):
    assert [s["type"] for s in signs(text) if s["type"] in {"badge", "displacement"}] == []


def test_a_movement_over_a_border(signs):
    (to_country,) = signs("About 5,000 people fled from Qusayr to Lebanon on Monday.")
    assert to_country["area_name"] == "Lebanon"
    assert to_country["area"] is not None
    (to_town,) = signs("About 5,000 people fled from Damascus to Beirut on Monday.")
    assert to_town["path"][-1] == pytest.approx([33.89, 35.50], abs=0.02)
    assert to_town["method"] == "plain"  # Syria's roads end at the border: nothing is made up


def test_a_return_is_a_flow_of_its_own(signs):
    found = signs(
        "About 3,000 people fled from Rastan to Homs on Sunday. "
        "Some 1,200 people returned from Homs to Rastan on Tuesday."
    )
    kinds = {s["kind"]: s for s in found}
    assert sorted(kinds) == ["displacement", "return"]
    assert kinds["return"]["label"][0] == "Returned to Rastan"
    assert kinds["return"]["path"][0] == pytest.approx([34.72, 36.73], abs=0.02)
    assert kinds["displacement"]["label"][0] == "Fled to Homs"
    assert "3,000" in " ".join(kinds["displacement"]["label"])
    assert "1,200" in " ".join(kinds["return"]["label"])


def test_a_denied_figure_of_another_article_names_no_card(tmp_path, gazetteer):
    said = {
        "un.txt": "The United Nations said on Tuesday that 300,000 people had been displaced "
        "across Syria.",
        "ministry.txt": "The interior ministry denied that 900,000 people had been displaced "
        "across Syria.",
    }
    for name, text in said.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    made = mapgen.build(tmp_path, country="SY", published_on="2024-12-04")
    data = page_data(shown(made, gazetteer, Settings()))
    assert [c["title"] for c in data["cards"]] == ["300,000 displaced across Syria"]
    assert [s["big"] for s in data["signs"]] == ["300,000"]
    (event,) = made.events
    assert {c.status for c in event.claims} == {Status.CLAIMED, Status.NEGATED}
    assert [c.status for c in event.counting(event.figure)] == [Status.CLAIMED]


def test_families_stay_families_from_the_sentence_to_the_arrow(signs):
    (arrow,) = signs("Some 300 families have fled Hama for Homs.")
    assert arrow["label"] == ["Fled to Homs", "“some 300” families (the article)"]
