"""The data of the page: what a reader would check on the map, card by card."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from shapely import box
from situation_kit import ARMY, DAY, MONITOR, PLACES, RIVALS, Desk, FakeAtlas, campaign, place

import mapgen.drawing.data.page_data
import mapgen.ground.basemap
from mapgen.drawing.data.page_data import page_data
from mapgen.merging.events import situation_of
from mapgen.model import Actor, Holding, Kind, Precision, Role, Status
from mapgen.settings import Settings
from mapgen.situation.flows import rounded
from mapgen.situation.shown import shown

BEFORE = tuple(
    Holding(
        place=p.name,
        country="SD",
        place_id=p.id,
        holder=holder,
        as_of=date(2031, 5, 1),
        source="test",
        lat=p.lat,
        lon=p.lon,
    )
    for p, holder in [
        (PLACES["t:alba"], "t:army"),
        (PLACES["t:bero"], "t:army"),
        (PLACES["t:caro"], "t:army"),
        (PLACES["t:esta"], "t:rivals"),
    ]
)


@pytest.fixture(scope="module", autouse=True)
def _small_base():
    """Cutting the world takes a second: one test does it, the others look at our own data."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            mapgen.drawing.data.page_data,
            "cut_basemap",
            lambda bbox, _focus, **_: {"bbox": list(bbox), "provinces": []},
        )
        yield


def test_the_base_is_cut_around_the_events(monkeypatch):
    real = mapgen.ground.basemap.cut_basemap
    monkeypatch.setattr(mapgen.drawing.data.page_data, "cut_basemap", real)
    base = data_of(campaign())["base"]
    west, south, east, north = base["bbox"]
    assert west < 32.5 < east
    assert south < 15.3 < north
    assert base["focus"]["type"] in {"Polygon", "MultiPolygon"}
    assert base["land"]


def data_of(desk, *, baseline=(), settings=None, **more):
    chosen = settings or Settings()
    return page_data(
        shown(situation_of(desk.extraction(), baseline=baseline, **more), FakeAtlas(), chosen)
    )


@pytest.fixture(scope="module")
def data():
    return data_of(campaign(), baseline=BEFORE)


def signs(data, kind):
    return [s for s in data["signs"] if s["type"] == kind]


def card(data, title):
    (found,) = [c for c in data["cards"] if c["title"] == title]
    return found


def test_it_is_json_and_the_same_every_time(data):
    again = data_of(campaign(), baseline=BEFORE)
    assert json.dumps(data) == json.dumps(again)


def test_towns_taken_on_the_same_evidence_share_a_card_not_a_sign(data):
    taken = {s["name"]: s for s in signs(data, "control")}
    assert set(taken) == {"Alba", "Dumo", "Bero"}
    assert taken["Alba"]["card"] == taken["Dumo"]["card"] != taken["Bero"]["card"]
    assert card(data, "Alba and Dumo taken")["standing"] == "assessed"
    assert card(data, "Alba and Dumo taken")["by"] == "Two articles"
    assert taken["Bero"]["standing"] == "claimed"
    assert taken["Bero"]["label"] == "claimed, RWG"
    assert taken["Alba"]["label"] == "taken from the Northern army"


def test_the_threatened_town_has_no_control_sign_but_a_holder(data):
    (threat,) = signs(data, "threat")
    assert threat["name"] == "Caro"
    assert threat["distance_km"] == 7.0
    assert threat["label"] == "7 km from the outskirts (RWG)"
    assert threat["target_side"] == "army"
    assert threat["origin"] is None  # they hold Bero near it, but nobody says that they come thence


def test_a_change_within_a_week_has_both_days(data):
    alba = next(s for s in signs(data, "control") if s["name"] == "Alba")
    assert (alba["from_day"], alba["day"]) == ("2031-05-04", "2031-05-10")
    assert data["span"] == {
        "start": "2031-05-04",
        "end": "2031-05-10",
        "label": "Alba and Dumo: some day of “this week”",
    }
    bero = next(s for s in signs(data, "control") if s["name"] == "Bero")
    assert bero["from_day"] is None
    assert card(data, "Bero taken")["when"] == "date not stated; shown on 10 May"


def test_one_arrow_with_both_figures_and_a_badge_that_is_not_added(data):
    (arrow,) = signs(data, "displacement")
    assert arrow["label"] == [
        "Fled to the shore",
        "“some 20,000” (RWG)",
        "“several thousand” (another article)",
    ]
    assert arrow["method"] == "plain"
    assert arrow["area"]["type"] == "Polygon"
    (badge,) = signs(data, "badge")
    assert badge["big"] == "300,000"
    assert badge["source"] == "United Nations. Not added to other figures."


def test_quotes_carry_offsets_and_marked_words(data):
    quote = card(data, "Bero taken")["quotes"][0]
    text = campaign().articles["one"]["text"]
    assert text[quote["start"] : quote["end"]] == quote["text"]
    marked = [(quote["text"][s:e], kind) for s, e, kind in quote["marks"]]
    assert marked == [("Bero", ""), ("River Watch Group (RWG)", "src")]
    assert quote["who"] == "RWG"
    assert quote["paragraph"] == 2
    vague = card(data, "Bero taken")["quotes"][1]
    assert vague["who"] == "the article itself; names no town"


def test_a_flight_without_destination_says_so(data):
    who = [q["who"] for q in card(data, "People fled Caro for the shore")["quotes"]]
    assert who == ["the article itself; names no destination", "RWG"]


def test_what_could_happen_is_off_the_map_with_its_word(data):
    (group,) = data["off"]
    assert group["group"] == "Hypothetical"
    (item,) = group["items"]
    assert item["reason"] == "because of “could”"
    start, end, _ = item["marks"][0]
    assert item["text"][start:end] == "could"


def test_the_key_holds_only_sides_present_and_safe_names(data):
    assert set(data["sides"]) == {"army", "rivals"}
    shapes = {s["shape"] for s in data["sides"].values()}
    letters = {s["letter"] for s in data["sides"].values()}
    assert len(shapes) == len(letters) == 2
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", key) for key in data["sides"])
    assert data["sides"]["rivals"]["name"] == "River Front"


def test_days_run_from_the_baseline_to_the_day_of_the_map(data):
    assert data["days"][0] == "2031-05-01"
    assert data["days"][-1] == "2031-05-10"
    assert sum(b["n"] for b in data["bars"]) == 9
    assert data["meta"]["as_of_text"] == "10 May 2031"
    assert data["meta"]["country"] == "Sudan"


def test_baseline_towns_are_labelled_with_their_holder(data):
    base = {p["name"]: p["base"] for p in data["places"]}
    assert base["Esta"] == "rivals"
    assert base["Caro"] == "army"
    assert base["Dumo"] is None


def test_without_articles_dates_or_events_the_page_still_has_data():
    empty = data_of(Desk().article("one", published_on=None))
    assert empty["meta"]["as_of_text"] == "Undated"
    assert empty["days"] == []
    assert empty["signs"] == empty["cards"] == empty["areas"] == []
    assert empty["meta"]["title"] == "No current change found in these articles."


def test_inferred_and_given_dates_say_so():
    inferred = data_of(Desk().article("one", basis="inferred"))["meta"]
    assert inferred["as_of_text"] == "About 10 May 2031"
    assert inferred["as_of_note"] == "Inferred; no article is dated."
    given = data_of(Desk().article("one", basis="given"))["meta"]
    assert given["as_of_note"] == "Date set by the user; the articles carry none."


def test_an_area_is_a_soft_shape_in_the_words_of_the_article():
    desk = Desk().article("one")
    desk.say(
        "one",
        "The Front took posts along the border with Eritrea.",
        Kind.CONTROL_CHANGE,
        place("border:SD-ER", Role.NEAR, "the border with Eritrea"),
        actor=RIVALS,
    )
    data = data_of(desk)
    (region,) = data["signs"]
    assert region["type"] == "region"
    assert region["label"] == ["River Front", "took ground", "“along the border with Eritrea”"]
    assert region["geometry"]["type"] == "Polygon"
    assert "name no town" in data["cards"][0]["note"]


def test_villages_near_a_town_are_a_soft_ring_not_a_captured_town():
    desk = Desk().article("one")
    desk.say(
        "one",
        "The Front took villages around Caro.",
        Kind.CONTROL_CHANGE,
        place("t:caro", Role.NEAR),
        actor=RIVALS,
    )
    data = data_of(desk, baseline=BEFORE)
    assert [s["type"] for s in data["signs"]] == ["region"]
    assert data["cards"][0]["title"] == "Near Caro: ground taken by the River Front"


def test_only_a_country_named_draws_nothing_and_is_listed():
    desk = Desk().article("one")
    desk.say(
        "one",
        "The Front goes on advancing across Sudan.",
        Kind.ADVANCE,
        place("iso:SD", Role.REGION),
        actor=RIVALS,
    )
    data = data_of(desk)
    assert data["signs"] == []
    assert data["cards"] == []
    assert data["off"][0]["items"][0]["reason"] == "only the country is named"


def test_no_place_and_unknown_places_are_told_apart():
    desk = Desk().article("one")
    desk.say("one", "Jets struck several posts.", Kind.STRIKE, actor=ARMY)
    lost = replace(place("t:esta", surface="Xyl"), place_id=None, lat=None, lon=None)
    desk.say("one", "Xyl was shelled.", Kind.STRIKE, lost, actor=ARMY)
    data = data_of(desk)
    assert [(g["group"], g["items"][0]["text"]) for g in data["off"]] == [
        ("Without a place", "Jets struck several posts."),
        ("Place not found", "Xyl was shelled."),
    ]
    assert data["meta"]["warnings"] == ["Name not found: Xyl"]


def test_a_contested_town_shows_both_quotes():
    desk = Desk().article("one").article("two")
    desk.say("one", "The Front took Esta.", Kind.CONTROL_CHANGE, place("t:esta"), actor=RIVALS)
    desk.say(
        "two",
        "Esta has not fallen, the RWG said.",
        Kind.CONTROL_CHANGE,
        place("t:esta"),
        status=Status.NEGATED,
        actor=RIVALS,
        attribution=MONITOR,
    )
    data = data_of(desk)
    found = card(data, "Esta: contested")
    assert found["rule"] == "Contested: denied by RWG."
    assert [q["who"] for q in found["quotes"]] == [
        "the article itself",
        "RWG; denies it",
    ]
    assert signs(data, "control")[0]["standing"] == "contested"


def test_what_happened_after_the_day_of_the_map_is_listed_not_drawn():
    desk = Desk().article("one")
    desk.say(
        "one",
        "The Front took Esta on 9 May.",
        Kind.CONTROL_CHANGE,
        place("t:esta"),
        actor=RIVALS,
        days=(date(2031, 5, 9), date(2031, 5, 9), "on 9 May"),
    )
    data = data_of(desk, as_of=date(2031, 5, 7))
    assert data["signs"] == []
    assert data["off"][0]["group"] == "After the day of this map"
    assert data["meta"]["as_of_note"] == "Day chosen by the user."


def test_a_supply_link_runs_over_its_hinge():
    desk = Desk().article("one")
    desk.say(
        "one",
        "Bero links Alba with Dumo.",
        Kind.SUPPLY_LINE,
        place("t:bero"),
        place("t:alba", Role.ORIGIN),
        place("t:dumo", Role.DESTINATION),
        state="open",
    )
    data = data_of(desk)
    assert [s["path"][0] for s in signs(data, "supply")] == [[15.4, 32.52]] * 2
    assert data["cards"][0]["title"] == "Supply link through Bero, intact"


def test_coarsened_displacement_names_no_town():
    desk = Desk().article("one")
    desk.say(
        "one",
        "Thousands left Caro, and Caro is empty.",
        Kind.DISPLACEMENT,
        place("t:caro", Role.ORIGIN),
        figure=(1000, 9999, "Thousands"),
    )
    data = data_of(desk, settings=Settings(coarsen_displacement="admin1"))
    (arrow,) = signs(data, "displacement")
    assert arrow["place"] == "iso:SD-NO"
    assert arrow["label"][0] == "Fled from North"
    assert arrow["origin_area"]["type"] == "Polygon"
    assert data["cards"][0]["quotes"][0]["text"] == "Thousands left ▒▒▒▒, and ▒▒▒▒ is empty."
    text = json.dumps(data, ensure_ascii=False)
    assert "Caro" not in text
    assert "t:caro" not in text


def test_quotes_are_cut_where_the_user_asks():
    data = data_of(campaign(), settings=Settings(quote_chars=20))
    texts = [q["text"] for c in data["cards"] for q in c["quotes"]]
    assert texts
    assert all(len(t) <= 21 for t in texts)


def test_a_long_war_keeps_the_slider_short():
    desk = Desk().article("one")
    desk.say(
        "one",
        "The Front took Esta in 2029.",
        Kind.CONTROL_CHANGE,
        place("t:esta"),
        actor=RIVALS,
        days=(date(2029, 1, 1), date(2029, 12, 31), "in 2029"),
    )
    days = data_of(desk)["days"]
    assert len(days) == 120
    assert days[-1] == DAY.isoformat()


def test_nine_sides_get_nine_letters():
    desk = Desk().article("one")
    for n in range(9):
        actor = Actor(id=f"x:{n}", name=f"Force {chr(65 + n)}", side=f"x:{n}")
        town = replace(
            place("t:esta"),
            place_id=f"p{n}",
            name=f"Town{n}",
            surface=f"Town{n}",
            precision=Precision.SETTLEMENT,
            lat=14 + n / 10,
        )
        desk.say("one", f"Town{n} fell.", Kind.CONTROL_CHANGE, town, actor=actor)
    sides = data_of(desk)["sides"]
    assert len(sides) == 9
    assert len({s["letter"] for s in sides.values()}) == 9


def test_people_who_crossed_a_border_are_a_badge():
    desk = Desk().article("one")
    desk.say(
        "one",
        "Some 9,000 people crossed into Sudan.",
        Kind.DISPLACEMENT,
        place("iso:SD", Role.DESTINATION),
        figure=(9000, 9000, "Some 9,000 people"),
    )
    data = data_of(desk)
    (badge,) = data["signs"]
    assert (badge["type"], badge["big"], badge["label"]) == ("badge", "Some 9,000", "fled to Sudan")


def test_estimated_areas_need_a_baseline_and_change_on_the_day_of_the_map(monkeypatch):
    shape = box(32, 15, 33, 16)
    seen = []

    def estimate(known, _land):
        seen.append({(round(k.lat, 2), k.side) for k in known})
        return {
            "t:army": {"sure": None, "unsure": shape},
            "t:rivals": {"sure": None, "unsure": None},
        }

    fake = SimpleNamespace(KnownPlace=SimpleNamespace, estimate=estimate)
    monkeypatch.setitem(sys.modules, "mapgen.ground.control_areas", fake)
    assert data_of(campaign())["areas"] == []
    first, second = data_of(campaign(), baseline=BEFORE)["areas"]
    assert (first["from_day"], first["to_day"]) == (None, "2031-05-10")
    assert second["from_day"] == "2031-05-10"
    assert first["sides"] == {"army": {"sure": None, "unsure": rounded(shape)}}
    assert first["fronts"] == []
    before, now = seen
    assert (15.6, "t:army") in before
    assert (15.6, "t:rivals") in now
    # Caro lies among towns that were just taken; but the rivals are told to stand before it.
    assert (15.3, "t:army") in before
    assert [side for lat, side in now if lat == 15.3] == ["t:army"]


def test_a_holder_driven_out_is_shown_until_the_other_one_stands():
    desk = Desk().article("old", published_on=date(2031, 5, 3)).article("new")
    desk.say("old", "The Front took Esta.", Kind.CONTROL_CHANGE, place("t:esta"), actor=RIVALS)
    desk.say("new", "The army is back in Esta.", Kind.CONTROL_CHANGE, place("t:esta"), actor=ARMY)
    data = data_of(desk)
    lost, held = sorted(signs(data, "control"), key=lambda s: s["day"])
    assert (lost["standing"], lost["day"], lost["to_day"]) == (
        "outdated",
        "2031-05-03",
        DAY.isoformat(),
    )
    assert (held["side"], held["from"], held["label"]) == (
        "army",
        "rivals",
        "taken from the River Front",
    )
    assert "to_day" not in held


def test_listed_sides_keep_their_colours_and_others_get_free_ones():
    desk = Desk().article("one")
    for side, town in (("syria:gov", "t:alba"), ("other:gov", "t:bero")):
        actor = Actor(id=side, name=f"Army of {town[2:]}", side=side)
        desk.say("one", f"{town[2:].title()} fell.", Kind.CONTROL_CHANGE, place(town), actor=actor)
    sides = data_of(desk)["sides"]
    assert sides["gov"]["light"]["fill"] == "#b23f30"
    (other,) = [s for key, s in sides.items() if key != "gov"]
    assert other["name"] == "Army of bero"
    assert other["light"]["fill"] != "#b23f30"
    assert other["shape"] != sides["gov"]["shape"]
    assert other["letter"] != sides["gov"]["letter"]


@pytest.mark.parametrize(
    ("coder", "words"),
    [
        ("llm", "A language model, little <1>, identified the events."),
        ("theirs", "The coder “theirs”, installed alongside mapgen, read the articles."),
    ],
)
def test_the_method_says_who_read_the_articles(coder, words):
    settings = Settings(coder=coder, model="little <1>", endpoint="http://secret.example")
    meta = data_of(campaign(), settings=settings)["meta"]
    assert any(words in text for text in meta["method"][0])
    assert "secret.example" not in json.dumps(meta)
    ours = data_of(campaign(), settings=Settings(coder="rules"))["meta"]["method"]
    assert not any("language model" in t or "installed alongside" in t for t in ours[0])


@pytest.mark.parametrize(
    ("status", "told"),
    [(Status.HYPOTHETICAL, True), (Status.NEGATED, True), (Status.ASSERTED, False), (None, False)],
)
def test_the_card_of_a_threat_says_that_the_town_has_not_fallen(status, told):
    desk = Desk().article("one")
    desk.say("one", "The Front is closing in on Caro.", Kind.THREAT, place("t:caro", Role.NEAR),
             actor=RIVALS)  # fmt: skip
    if status is not None:
        desk.say("one", "Caro may fall.", Kind.CONTROL_CHANGE, place("t:caro"), actor=RIVALS,
                 status=status)  # fmt: skip
    card = next(c for c in data_of(desk)["cards"] if c["kind"] == "threat")
    assert ("No article reports that Caro has fallen" in (card["note"] or "")) is told


@pytest.mark.parametrize(
    ("probabilities", "told"),
    [((0.5,), True), ((0.8,), False), ((None,), False), ((0.5, 0.9), False)],
)
def test_a_card_says_that_its_place_is_not_certain(probabilities, told):
    desk = Desk()
    for number, probability in enumerate(probabilities):
        desk.article(f"a{number}")
        town = replace(place("t:caro"), probability=probability)
        desk.say(f"a{number}", "The Front took Caro.", Kind.CONTROL_CHANGE, town, actor=RIVALS)
    (card,) = data_of(desk)["cards"]
    assert ("The place is not certain." in (card["note"] or "")) is told


def test_an_area_is_never_an_uncertain_place():
    desk = Desk().article("one")
    area = replace(place("t:caro"), precision=Precision.PROVINCE, probability=0.4)
    desk.say("one", "The Front fought in Caro.", Kind.CLASH, area, actor=RIVALS)
    assert all("certain" not in (card["note"] or "") for card in data_of(desk)["cards"])
