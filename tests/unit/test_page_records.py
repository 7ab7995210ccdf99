"""Page data are what their types say: every key declared, none missing, each with its text."""

from __future__ import annotations

import importlib.util
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from types import NoneType, UnionType
from typing import Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest
from shapely.geometry import shape
from situation_kit import ARMY, MONITOR, RIVALS, Desk, FakeAtlas, place

import mapgen
from gazetteer import Gazetteer
from mapgen.core.geojson import Geometry
from mapgen.drawing.data.page_data import page_data, picture_data
from mapgen.drawing.data.page_records import PageData, PictureData
from mapgen.merging.events import situation_of
from mapgen.model import Kind, Role, Status
from mapgen.settings import Settings
from mapgen.situation import long_history
from mapgen.situation.drawn_records import Card, ControlSign, Sign, ThreatSign
from mapgen.situation.shown import shown

ROOT = Path(__file__).parents[2]
KINDS = {"control", "threat", "displacement", "region", "supply", "badge"}


def faults(value, hint, at="data"):
    """Return where a value is not what its type says: keys missing, undeclared, of another type."""
    origin, args = get_origin(hint), get_args(hint)
    if hint is Geometry:
        return [] if isinstance(value, dict) and not shape(value).is_empty else [f"{at}: {value}"]
    if is_typeddict(hint):
        return _faults_of_record(value, hint, at)
    if origin in {Union, UnionType}:
        tries = [faults(value, a, at) for a in args]
        return min(tries, key=len) if [] in tries else _closest(value, args, tries)
    if origin is list and isinstance(value, list):
        return [f for n, v in enumerate(value) for f in faults(v, args[0], f"{at}[{n}]")]
    if origin is dict and isinstance(value, dict):
        return [f for k, v in value.items() for f in faults(v, args[1], f"{at}[{k}]")]
    if origin is Literal:
        return [] if value in args else [f"{at}: {value!r} is none of {args}"]
    plain = {float: (int, float), NoneType: NoneType}.get(hint, hint)
    fits = origin is None and isinstance(value, plain)
    if isinstance(value, bool) and hint is not bool:
        fits = False
    return [] if fits else [f"{at}: {value!r} is no {hint}"]


def _faults_of_record(value, hint, at):
    if not isinstance(value, dict):
        return [f"{at}: {value!r} is no {hint.__name__}"]
    hints = get_type_hints(hint, include_extras=True)
    found = [f"{at}: undeclared key {key!r}" for key in value if key not in hints]
    for key, own in hints.items():
        can_lack = get_origin(own) is NotRequired
        if key in value:
            inner = get_args(own)[0] if can_lack else own
            found += faults(value[key], inner, f"{at}.{key}")
        elif not can_lack:
            found.append(f"{at}: {key!r} of {hint.__name__} is missing")
    return found


def _closest(value, args, tries):
    """Of a union of records, tell the faults by the record that the value says it is."""
    if isinstance(value, dict):
        for hint, found in zip(args, tries, strict=True):
            kind = get_type_hints(hint).get("type") if is_typeddict(hint) else None
            if kind is not None and value.get("type") in get_args(kind):
                return found
    return tries[0]


@pytest.fixture(scope="module")
def tool():
    path = ROOT / "tools/build_page_data_docs.py"
    spec = importlib.util.spec_from_file_location("build_page_data_docs", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_the_document_is_as_the_tool_writes_it(tool):
    assert tool.OUTPUT.read_text("utf-8") == tool.document()


def test_every_key_is_in_the_document_with_its_text(tool):
    known = tool.records()
    assert {"PageData", "TitleBlock", "ThreatSign", "Card", "OffItem", "Basemap"} <= set(known)
    rows = tool.document().splitlines()
    for record in known.values():
        assert record.text, record.name
        for field in record.fields:
            assert any(f"| `{field.key}` |" in row and field.help in row for row in rows), field
    declared = {f.key for name in ("PictureData", "PageData") for f in known[name].fields}
    assert declared == set(get_type_hints(PageData))


def test_a_key_without_a_text_is_refused(tool, tmp_path, monkeypatch):
    source = tmp_path / "bare_records.py"
    source.write_text("from typing import TypedDict\nclass Bare(TypedDict):\n    day: str\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(tool, "MODULES", [importlib.import_module("bare_records")])
    with pytest.raises(ValueError, match=r"Bare\['day'\] has no text"):
        tool.records()


def test_what_is_wrong_with_a_record_is_seen():
    sign = {"type": "control", "card": "c1", "from_day": None, "day": "2031-05-01", "side": "army",
            "standing": "stated", "place": "t:alba", "name": "Alba", "lat": 15.6, "lon": 32.5,
            "rank": 4, "from": None, "before": None, "turn": 0, "label": "taken"}  # fmt: skip
    assert faults(sign, ControlSign) == faults(sign, Sign) == []
    assert faults({**sign, "colour": "red"}, Sign) == ["data: undeclared key 'colour'"]
    del sign["from"]
    assert faults(sign, Sign) == ["data: 'from' of ControlSign is missing"]
    sign |= {"from": None, "lat": "15.6"}
    assert faults(sign, Sign) == ["data.lat: '15.6' is no <class 'float'>"]
    assert faults({**sign, "lat": 15.6, "rank": True}, Sign)
    assert faults({**sign, "type": "treaty"}, Sign)


@pytest.mark.parametrize(
    ("articles", "baseline", "kinds"),
    [
        (ROOT / "seeds", str(ROOT / "seeds" / "baseline.csv"), KINDS),
        (ROOT / "tests" / "data" / "story", None, {"control", "displacement"}),
    ],
)
def test_the_data_of_real_articles_are_what_their_types_say(articles, baseline, kinds):
    settings = Settings(baseline=baseline)
    situation = mapgen.build(articles, settings=settings)
    with Gazetteer.open() as places:
        page = page_data(shown(situation, places, settings))
        picture = picture_data(shown(situation, places, settings))
    page = json.loads(json.dumps(page))
    assert faults(page, PageData) == []
    assert faults(picture, PictureData) == []
    assert len(page["ledger"]["sources"]) >= 1
    # not a long history: nothing is packed; the page adds its table of sources and earlier states
    added = {key: page[key] for key in ("ledger", "earlier", "reported") if key in page}
    assert page == {**picture, **added}
    assert len(page["earlier"]) >= 1
    assert ("reported" in page) == (baseline is None)  # the two dispatches are of one day
    assert kinds <= {s["type"] for s in page["signs"]}
    assert page["cards"]
    assert page["off"]
    assert page["base"]["land"]
    assert bool(page["areas"]) == (baseline is not None)


def test_the_data_of_a_long_history_are_what_their_types_say(monkeypatch):
    monkeypatch.setattr(long_history, "MANY", 4)
    desk, first = Desk(), date(2031, 1, 1)
    for n, kind, town in (
        (0, Kind.CONTROL_CHANGE, "t:alba"),
        (40, Kind.CONTROL_CHANGE, "t:bero"),
        (60, Kind.STRIKE, "t:esta"),
        (70, Kind.THREAT, "t:caro"),
        (97, Kind.CLASH, "iso:SD-NO"),
        (98, Kind.CLASH, "iso:SD-NO"),
    ):
        day = first + timedelta(days=n)
        desk.article(f"day{n}", published_on=day)
        desk.say(f"day{n}", f"News of day {n}.", kind, place(town), actor=RIVALS if n % 2 else ARMY,
                 from_actor=None, days=(day, day, "today"), status=Status.CLAIMED,
                 attribution=MONITOR)  # fmt: skip
    desk.say("day98", "People fled Esta.", Kind.DISPLACEMENT, place("t:esta", Role.ORIGIN))
    situation = situation_of(desk.extraction())
    page = json.loads(json.dumps(page_data(shown(situation, FakeAtlas(), Settings()))))
    picture = picture_data(shown(situation, FakeAtlas(), Settings()))
    assert faults(page, PageData) == []
    assert faults(picture, PictureData) == []
    assert set(page) - set(picture) == {"tracks", "shapes", "ledger"}
    assert page["tracks"]["names"].split("\n") == ["Bero", "Alba"]
    assert [s["geometry"] for s in page["signs"] if s["type"] == "region"] == ["s1", "s1"]
    assert {s["name"] for s in picture["signs"] if s["type"] == "control"} == {"Alba", "Bero"}
    assert {s["type"] for s in page["signs"]} >= {"threat", "strike", "displacement"}


def test_a_record_has_the_key_that_no_class_can_spell():
    for hint in (ControlSign, Card):
        assert get_type_hints(hint)["from"] == str | None
    assert "from" not in get_type_hints(ThreatSign)
