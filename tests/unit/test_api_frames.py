"""The Python interface: frames for analysis, the situation of a day, differences, more articles."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

import mapgen
from mapgen import model, pipeline
from mapgen.errors import SettingsError
from mapgen.export.frames.event_frames import CLAIM_COLUMNS
from mapgen.export.frames.ground_frames import AREA_COLUMNS, FRONT_COLUMNS
from mapgen.export.frames.situation_frames import (
    CHANGE_COLUMNS,
    CONTROL_COLUMNS,
    FLOW_COLUMNS,
    OFF_MAP_COLUMNS,
)

if TYPE_CHECKING:
    import pandas as pd

FIRST = (
    "HTS fighters captured Saraqib on Monday, the Syrian Observatory for Human Rights said. "
    "Thousands of residents fled Saraqib for Idlib. The army could lose Maarat al-Numan."
)
SECOND = (
    "The Syrian army retook Saraqib on Wednesday, state media said. Rebels captured Hama on "
    "Thursday. More than 2,000 people fled Hama for Homs."
)
THIRD = "HTS fighters captured Saraqib again on Friday and shelled Khan Shaykhun, residents said."


def article(name: str, text: str, day: int) -> model.Article:
    return model.Article(
        id=name,
        text=text,
        source=f"{name} daily",
        published_on=date(2024, 12, day),
        published_on_basis="printed",
        language="en",
        country="SY",
        sha256=f"sha of {name}",
    )


ARTICLES = [article("a", FIRST, 3), article("b", SECOND, 6), article("c", THIRD, 8)]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("articles")
    paths = []
    for a in ARTICLES:
        path = folder / f"{a.id}.md"
        front = f"---\nsource: {a.source}\npublished_on: {a.published_on}\n---\n"
        path.write_text(front + a.text, encoding="utf-8")
        paths.append(str(path))
    return paths


@pytest.fixture(scope="module")
def situation(written: list[str]) -> mapgen.Situation:
    return mapgen.build(written, country="SY", baseline="syria-2024-11")


def row(frame: pd.DataFrame, **where: object) -> pd.Series:
    for column, value in where.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1, frame
    return frame.iloc[0]


def test_all_frames_have_their_columns_and_degrees(situation: mapgen.Situation) -> None:
    for frame, columns in (
        (situation.control(), CONTROL_COLUMNS),
        (situation.flows(), FLOW_COLUMNS),
        (situation.claims(), CLAIM_COLUMNS),
        (situation.off_map(), OFF_MAP_COLUMNS),
        (situation.areas(), AREA_COLUMNS),
        (situation.front_line(), FRONT_COLUMNS),
    ):
        assert tuple(frame.columns) == columns
        assert frame.crs.to_epsg() == 4326


def test_control_is_one_row_a_place_with_the_last_holder(situation: mapgen.Situation) -> None:
    frame = situation.control()
    assert frame["place_id"].is_unique
    assert len(frame) > 50  # the baseline too
    taken = row(frame, place="Saraqib")
    assert (taken["holder"], taken["basis"], taken["standing"]) == (
        "syria:hts",
        "articles",
        "claimed",
    )
    assert (taken["earliest"], taken["latest"]) == (date(2024, 12, 6), date(2024, 12, 6))
    assert taken.geometry.geom_type == "Point"
    homs = row(frame, place="Homs")
    assert (homs["basis"], homs["event"], homs["earliest"]) == (
        "baseline",
        None,
        date(2024, 11, 26),
    )


def test_flows_have_a_range_a_line_and_how_it_is_known(situation: mapgen.Situation) -> None:
    flow = row(situation.flows(), origin="Hama", destination="Homs")
    assert (flow["low"], flow["high"], flow["unit"]) == (2000, None, "people")
    assert flow["method"] == "likely"
    assert flow.geometry.geom_type == "LineString"
    assert len(flow.geometry.coords) > 2
    lon, lat = flow.geometry.coords[0]
    assert (round(lon, 1), round(lat, 1)) == (36.8, 35.1)


def test_claims_hold_offsets_and_never_the_day_of_publication(situation: mapgen.Situation) -> None:
    frame = situation.claims()
    assert len(frame) == len(situation.extraction.claims)
    texts = {a.id: a.text for a in situation.extraction.articles}
    for claim in frame.itertuples():
        assert texts[claim.article][claim.start : claim.end] == claim.quote
    fled = frame[(frame.kind == "displacement") & (frame.article == "b")].iloc[0]
    # the day of the sentence before it, as a narrative goes on, and not that of the newspaper
    assert (fled.date_start, fled.date_end) == (date(2024, 12, 5), date(2024, 12, 5))
    assert fled.published_on == date(2024, 12, 6)


def test_off_map_has_reasons_and_no_geometry(situation: mapgen.Situation) -> None:
    frame = situation.off_map()
    could = row(frame, group="Hypothetical")
    assert "Maarat al-Numan" in could["text"]
    assert "could" in could["reason"]
    assert frame.geometry.isna().all()
    assert all(g is None for g in frame["geometry"])


def test_areas_and_front_are_estimates_around_what_is_held(situation: mapgen.Situation) -> None:
    areas = situation.areas()
    assert set(areas["part"]) <= {"sure", "unsure"}
    assert "syria:gov" in set(areas["side"])
    told = areas.dropna(subset=["side_best_km2"])  # a figure that nobody could cite is left out
    assert (told["side_low_km2"] <= told["side_best_km2"]).all()
    assert (told["side_best_km2"] <= told["side_high_km2"]).all()
    front = situation.front_line()
    assert len(front) > 0
    assert (front["side_a"] < front["side_b"]).all()
    assert front.geometry.intersects(areas.union_all().buffer(0.05)).all()


def test_at_a_day_only_what_had_happened_by_then(situation: mapgen.Situation) -> None:
    assert row(situation.at("2024-12-01").control(), place="Saraqib")["basis"] == "baseline"
    for day, holder in ((2, "syria:hts"), (4, "syria:gov"), (5, "syria:gov"), (7, "syria:hts")):
        then = situation.at(date(2024, 12, day))
        assert row(then.control(), place="Saraqib")["holder"] == holder, day
        assert then.as_of == date(2024, 12, day)
        assert then.as_of_basis == "given"
    assert "Hama" not in set(situation.at("2024-12-04").flows()["origin"])
    assert "Hama" in set(situation.at("2024-12-05").flows()["origin"])  # the day it was captured
    early = situation.at("2024-11-20")
    assert early.baseline == ()
    assert early.events == ()
    with pytest.raises(SettingsError, match="as_of"):
        situation.at("5 December")


def test_the_last_day_holds_all(situation: mapgen.Situation) -> None:
    last = situation.at("2024-12-31")
    assert last.events == situation.events
    assert last.extraction == situation.extraction


def test_diff_tells_holders_and_flows(situation: mapgen.Situation) -> None:
    frame = situation.diff("2024-12-01", "2024-12-04")
    assert tuple(frame.columns) == CHANGE_COLUMNS
    assert frame.query("place == 'Saraqib' and change == 'holder'").empty  # lost and retaken
    frame = situation.diff("2024-12-04", "2024-12-08")
    taken = row(frame, change="holder", place="Saraqib")
    assert (taken["before"], taken["after"], taken["standing"]) == (
        "syria:gov",
        "syria:hts",
        "claimed",
    )
    assert taken["events"] in {e.id for e in situation.at("2024-12-08").events}
    begun = row(frame, change="flow")
    assert (begun["place"], begun["destination"], begun["low"]) == ("Hama", "Homs", 2000)
    assert situation.diff("2024-12-08", "2024-12-08").empty
    back = row(situation.diff("2024-12-08", "2024-12-04"), place="Saraqib")
    assert (back["before"], back["after"]) == ("syria:hts", "syria:gov")


def test_adding_articles_is_building_from_all(
    written: list[str], situation: mapgen.Situation
) -> None:
    def made(paths: list[str]) -> mapgen.Situation:
        return mapgen.build(paths, country="SY", baseline="syria-2024-11")

    one = made(written[:1])
    grown = one + written[1] + written[2]
    assert grown == situation
    assert one + written[1:] == situation
    assert grown.to_html() == situation.to_html()
    other = made(written[2:]) + written[:2]
    assert other.events == situation.events  # whatever the order
    assert {c.id for c in other.extraction.claims} == {c.id for c in situation.extraction.claims}
    assert len(one.extraction.articles) == 1  # the first one has not changed


def test_adding_again_changes_nothing_and_namesakes_are_kept(
    written: list[str], situation: mapgen.Situation
) -> None:
    assert situation + written == situation
    namesake = article("a", "Rebels shelled Khan Shaykhun on Sunday.", 8)
    grown = situation + namesake
    assert [a.id for a in grown.extraction.articles] == ["a", "b", "c", "a-2"]
    assert {c.id for c in situation.extraction.claims} <= {c.id for c in grown.extraction.claims}
    assert grown + namesake == grown


def test_nothing_is_read_twice(
    written: list[str], situation: mapgen.Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    extract = pipeline.extract

    def noted(articles, *rest):
        read.extend(a.id for a in articles)
        return extract(articles, *rest)

    monkeypatch.setattr(pipeline, "extract", noted)
    more = [*written, article("d", "Rebels shelled Homs.", 9)]
    assert len((situation + more).extraction.articles) == 4
    assert read == ["d"]


def test_corrections_are_applied_anew_to_a_day_and_to_more_articles(
    written: list[str], tmp_path
) -> None:
    plain = mapgen.build(written[:1], country="SY")
    taken = next(c for c in plain.extraction.claims if c.kind is model.Kind.CONTROL_CHANGE)
    table = tmp_path / "corrections.csv"
    table.write_text(
        "target_type,target_id,action,field,value,by,why,on\n"
        f"claim,{taken.id},reject,,,analyst,wrong town,2024-12-09\n",
        encoding="utf-8",
    )
    settings = mapgen.api.Settings(country="SY", corrections=str(table))
    one = mapgen.build(written[:1], settings=settings)
    assert "Saraqib" not in set(one.control()["place"])
    grown = one + written[1:]
    assert grown == mapgen.build(written, settings=settings)
    assert "Saraqib" not in set(grown.at("2024-12-03").control()["place"])
    assert not grown.correction_notes  # the row still matches
