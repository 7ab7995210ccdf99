"""Exports of ACLED, UCDP GED and IDMC: events drawn as they were coded, and no others."""

from __future__ import annotations

import csv
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from gazetteer import Gazetteer
from mapgen import pipeline
from mapgen.core.chosen_columns import parse_columns
from mapgen.model import Claim, Extraction, Kind, Precision, Role, Standing, Status
from mapgen.reading.articles import ReadResult, read
from mapgen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ACLED: dict[str, Any] = {
    "event_id_cnty": "SYR1",
    "event_date": "05 December 2024",
    "year": 2024,
    "time_precision": 1,
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "HTS: Hayat Tahrir al Sham",
    "assoc_actor_1": "",
    "inter1": "Rebel group",
    "actor2": "Military Forces of Syria (2000-2024)",
    "assoc_actor_2": "",
    "inter2": "State forces",
    "interaction": "State forces-Rebel group",
    "civilian_targeting": "",
    "iso": 760,
    "region": "Middle East",
    "country": "Syria",
    "admin1": "Hama",
    "admin2": "Hama",
    "admin3": "Hama",
    "location": "Hama",
    "latitude": 35.1318,
    "longitude": 36.7578,
    "geo_precision": 1,
    "source": "SOHR; Syria TV",
    "source_scale": "Other-National",
    "notes": "On 5 December 2024, fighters stormed the town. The army denied that it fled Homs.",
    "fatalities": 12,
    "tags": "",
    "timestamp": 1733960000,
}
UCDP: dict[str, Any] = {
    "id": 500001,
    "relid": "COD-2024-1-100-5",
    "year": 2024,
    "active_year": 1,
    "code_status": "Clear",
    "type_of_violence": 1,
    "conflict_new_id": 300,
    "conflict_name": "DR Congo (Zaire): Government",
    "dyad_new_id": 900,
    "dyad_name": "Government of DR Congo (Zaire) - M23",
    "side_a": "Government of DR Congo (Zaire)",
    "side_b": "M23",
    "number_of_sources": 2,
    "source_article": '"Reuters News,2024-12-06,Clashes in Sake kill nine"',
    "source_office": "Reuters News",
    "source_date": "2024-12-06",
    "source_headline": "Clashes in Sake kill nine",
    "source_original": "army spokesman",
    "where_prec": 1,
    "where_coordinates": "Sake town",
    "where_description": "Sake, Masisi",
    "adm_1": "Nord-Kivu province",
    "adm_2": "Masisi territory",
    "latitude": -1.5739,
    "longitude": 29.0453,
    "geom_wkt": "POINT (29.0453 -1.5739)",
    "country": "DR Congo (Zaire)",
    "country_id": 490,
    "region": "Africa",
    "event_clarity": 1,
    "date_prec": 2,
    "date_start": "2024-12-04 00:00:00.000",
    "date_end": "2024-12-06 00:00:00.000",
    "deaths_a": 3,
    "deaths_b": 5,
    "deaths_civilians": 1,
    "deaths_unknown": 0,
    "best": 9,
    "high": 12,
    "low": 7,
}
IDMC: dict[str, Any] = {
    "id": 190001,
    "country": "Sudan",
    "iso3": "SDN",
    "latitude": 13.63,
    "longitude": 25.35,
    "centroid": "[13.63, 25.35]",
    "role": "Recommended figure",
    "displacement_type": "Conflict",
    "qualifier": "more than",
    "figure": 15000,
    "displacement_date": "2025-04-14",
    "displacement_start_date": "2025-04-12",
    "displacement_end_date": "2025-04-14",
    "year": 2025,
    "event_id": 20001,
    "event_name": "Sudan: clashes - El Fasher - 12/04/2025",
    "event_start_date": "2025-04-12",
    "event_end_date": "2025-04-14",
    "category": "Conflict/Violence",
    "subcategory": "",
    "type": "Conflict/Violence",
    "subtype": "",
    "standard_popup_text": "<b> Sudan: 15,000 displacements, 12 April - 14 April </b> <br> "
    "According to IOM DTM, people left El Fasher. <br> <a href='x'>IOM</a>",
    "standard_info_text": "<b> Sudan: 15,000 displacements, 12 April - 14 April </b>",
    "old_id": "",
    "sources": "IOM Displacement Tracking Matrix (DTM)",
    "source_url": "https://example.org/dtm",
    "locations_name": "El Fasher, North Darfur, Sudan; Tawila, North Darfur, Sudan",
    "locations_coordinates": "13.6279, 25.3494; 13.5, 24.8833",
    "locations_accuracy": "County/City/town/Village/Woreda (ADM3); "
    "County/City/town/Village/Woreda (ADM3)",
    "locations_type": "Origin; Destination",
    "displacement_occurred": "Displacement without preventive evacuations reported",
    "created_at": "2025-04-16T08:00:00Z",
}


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as places:
        yield places


def written(path: Path, base: dict[str, Any], *changes: dict[str, Any]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(base))
        writer.writeheader()
        writer.writerows({**base, **change} for change in changes or [{}])
    return path


def coded(result: ReadResult, places: Gazetteer, **settings: Any) -> Extraction:
    return pipeline.extract(result.articles, places, Settings().updated(**settings))


def claims_of(path: Path, places: Gazetteer, **settings: Any) -> tuple[Claim, ...]:
    result = read([path])
    assert [str(err) for err in result.refused] == []
    return coded(result, places, **settings).claims


# --- ACLED --------------------------------------------------------------------------------------


def test_acled_is_drawn_as_coded_and_not_from_its_notes(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    result = read([written(tmp_path / "acled.csv", ACLED)])
    (claim,) = coded(result, gazetteer).claims  # one: the notes name another town and a denial
    assert (claim.kind, claim.status) == (Kind.CLASH, Status.CLAIMED)
    assert claim.actor is not None
    assert claim.actor.id == "syria:hts"
    (place,) = claim.places
    assert (place.place_id, place.name, place.role) == ("geonames:170017", "Hama", Role.AT)
    (article,) = result.articles
    assert article.text[place.start : place.end] == place.surface == "Hama"
    assert claim.date is not None
    assert (claim.date.start, claim.date.end) == (date(2024, 12, 5), date(2024, 12, 5))
    assert claim.quantity is not None
    assert (claim.quantity.low, claim.quantity.high, claim.quantity.unit) == (12, None, "killed")
    assert claim.attribution is not None
    assert claim.attribution.name == "ACLED, quoting SOHR; Syria TV"
    assert claim.quote == article.text
    assert article.text.startswith("Battles: Armed clash. HTS: Hayat Tahrir al Sham and Military")
    assert article.text.endswith(ACLED["notes"])
    assert (article.id, article.source, article.country) == ("SYR1", "ACLED", "SY")
    assert article.published_on == date(2024, 12, 5)
    assert any("read as events of ACLED" in note for note in result.notes)


@pytest.mark.parametrize(
    ("changes", "kind", "actor", "loser"),
    [
        (
            {"sub_event_type": "Non-state actor overtakes territory"},
            Kind.CONTROL_CHANGE,
            "syria:hts",
            "syria:gov",
        ),
        (  # the order of the actors has no meaning
            {
                "sub_event_type": "Non-state actor overtakes territory",
                "actor1": ACLED["actor2"],
                "inter1": 1,
                "actor2": ACLED["actor1"],
                "inter2": 2,
            },
            Kind.CONTROL_CHANGE,
            "syria:hts",
            "syria:gov",
        ),
        (
            {"sub_event_type": "Government regains territory"},
            Kind.CONTROL_CHANGE,
            "syria:gov",
            "syria:hts",
        ),
        (  # two rebel groups: who won is not coded
            {
                "sub_event_type": "Non-state actor overtakes territory",
                "actor2": "SDF: Syrian Democratic Forces",
                "inter2": "Rebel group",
            },
            Kind.CLASH,
            "syria:hts",
            None,
        ),
        (  # a gain of nobody known
            {
                "sub_event_type": "Non-state actor overtakes territory",
                "actor1": "Unidentified Armed Group (Syria)",
                "inter1": "Political militia",
            },
            Kind.CLASH,
            "syria:gov",
            None,
        ),
        (
            {
                "event_type": "Explosions/Remote violence",
                "sub_event_type": "Air/drone strike",
                "actor1": "Military Forces of Russia (2000-) Air Force",
                "inter1": "External/Other forces",
                "actor2": "Civilians (Syria)",
                "inter2": "Civilians",
                "civilian_targeting": "Civilian targeting",
            },
            Kind.STRIKE,
            "ukraine:rus",
            None,
        ),
        (  # of two armed parties, either may have fired
            {"event_type": "Explosions/Remote violence", "sub_event_type": "Grenade"},
            Kind.STRIKE,
            None,
            None,
        ),
        (
            {
                "event_type": "Explosions/Remote violence",
                "sub_event_type": "Remote explosive/landmine/IED",
                "actor2": "Civilians (Syria)",
                "civilian_targeting": "Civilian targeting",
            },
            Kind.ATTACK_ON_CIVILIANS,
            None,
            None,
        ),
        (
            {
                "event_type": "Violence against civilians",
                "sub_event_type": "Attack",
                "actor1": "Islamic State (Syria)",
                "actor2": "Civilians (Syria)",
            },
            Kind.ATTACK_ON_CIVILIANS,
            "isis",
            None,
        ),
    ],
)
def test_what_acled_codes_is_drawn_as_no_more_than_it_says(
    changes: dict[str, Any],
    kind: Kind,
    actor: str | None,
    loser: str | None,
    tmp_path: Path,
    gazetteer: Gazetteer,
) -> None:
    (claim,) = claims_of(written(tmp_path / "a.csv", ACLED, changes), gazetteer)
    assert claim.kind is kind
    if kind is not Kind.ATTACK_ON_CIVILIANS or actor:
        assert (claim.actor.id if claim.actor else None) == actor
    assert (claim.from_actor.id if claim.from_actor else None) == loser


@pytest.mark.parametrize(
    ("event_type", "sub_event_type"),
    [
        ("Protests", "Peaceful protest"),
        ("Protests", "Excessive force against protesters"),
        ("Riots", "Mob violence"),
        ("Violence against civilians", "Abduction/forced disappearance"),
        ("Violence against civilians", "Sexual violence"),
        ("Strategic developments", "Non-violent transfer of territory"),
        ("Strategic developments", "Agreement"),
        ("Strategic developments", "Change to group/activity"),
        ("Strategic developments", "Headquarters or base established"),
        ("Battles", "Something new"),
    ],
)
def test_what_has_no_sign_is_counted_and_not_drawn(
    event_type: str, sub_event_type: str, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    other = {"event_type": event_type, "sub_event_type": sub_event_type}
    path = written(tmp_path / "a.csv", ACLED, {}, other, other)
    assert len(claims_of(path, gazetteer)) == 1
    assert any(f"rows not drawn: 2 {sub_event_type}" in note for note in read([path]).notes)
    (refused,) = read([written(tmp_path / "b.csv", ACLED, other)]).refused
    assert f"no event of ACLED that is drawn (1 {sub_event_type})" in str(refused)


def test_days_and_places_are_no_more_exact_than_coded(tmp_path: Path, gazetteer: Gazetteer) -> None:
    week, month, near, region, village = claims_of(
        written(
            tmp_path / "a.csv",
            ACLED,
            {"time_precision": 2},
            {"time_precision": 3, "event_date": "15 December 2024"},
            {"geo_precision": 2},
            {"geo_precision": 3},
            {"location": "Xqqr al Gharbiyah", "latitude": 35.4, "longitude": 37.1},
        ),
        gazetteer,
    )
    assert week.date is not None
    assert (week.date.start, week.date.end) == (date(2024, 12, 2), date(2024, 12, 8))
    assert month.date is not None
    assert (month.date.start, month.date.end) == (date(2024, 12, 1), date(2024, 12, 31))
    assert near.places[0].role is Role.NEAR
    (area,) = region.places
    assert (area.role, area.precision) == (Role.REGION, Precision.PROVINCE)
    assert area.place_id == "iso:SY-HM"  # not the town of Hama, which only stands in for it
    (point,) = village.places
    assert (point.place_id, point.lat, point.lon) == ("point:35.4000,37.1000", 35.4, 37.1)
    assert point.name == "Xqqr al Gharbiyah"


def test_a_namesake_far_from_the_point_is_not_taken(tmp_path: Path, gazetteer: Gazetteer) -> None:
    (claim,) = claims_of(
        written(tmp_path / "a.csv", ACLED, {"latitude": 33.5, "longitude": 36.3}), gazetteer
    )
    assert claim.places[0].place_id == "point:33.5000,36.3000"


def test_rows_of_a_dataset_never_confirm_each_other_or_an_article(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    taken = {"sub_event_type": "Non-state actor overtakes territory"}
    again = {**taken, "event_id_cnty": "SYR2", "source": "Reuters", "notes": "Other words."}
    rows = written(tmp_path / "acled.csv", ACLED, taken, again)
    alone = pipeline.build([rows], gazetteer, Settings())
    (event,) = [e for e in alone.events if e.kind is Kind.CONTROL_CHANGE]
    assert len(event.claims) == 2
    assert event.standing is Standing.CLAIMED
    story = tmp_path / "a.md"
    story.write_text(
        "---\npublished_on: 2024-12-06\ncountry: SY\n---\n"
        "Hayat Tahrir al-Sham fighters captured Hama on Thursday."
    )
    both = pipeline.build([rows, story], gazetteer, Settings().updated(coder="rules"))
    (event,) = [e for e in both.events if e.kind is Kind.CONTROL_CHANGE]
    assert len(event.claims) == 3  # they merge: party, town and day are the same
    assert event.standing is Standing.STATED


def test_acled_in_excel_json_parquet_and_capitals(tmp_path: Path, gazetteer: Gazetteer) -> None:
    upper = {key.upper(): value for key, value in ACLED.items()}
    pd.DataFrame([upper]).to_excel(tmp_path / "a.xlsx", index=False)
    pd.DataFrame([ACLED]).to_parquet(tmp_path / "e.parquet")
    (tmp_path / "b.json").write_text(json.dumps({"status": 200, "data": [ACLED]}))
    iso = {"event_date": "2024-12-05"}
    written(tmp_path / "c.csv", upper, {"EVENT_DATE": "2024-12-05"})
    written(tmp_path / "d.csv", ACLED, iso)
    for name in ("a.xlsx", "b.json", "c.csv", "d.csv", "e.parquet"):
        (claim,) = claims_of(tmp_path / name, gazetteer)
        assert claim.kind is Kind.CLASH, name
        assert claim.places[0].place_id == "geonames:170017", name
        assert claim.date is not None
        assert claim.date.start == date(2024, 12, 5), name


def test_the_notes_are_read_if_the_user_asks(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", ACLED)
    (article,) = read([path], columns=parse_columns("text=notes")).articles
    assert article.coded is None
    assert (article.text, article.source) == (ACLED["notes"], "SOHR; Syria TV")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"latitude": ""}, "row 2: has a latitude that and longitude are not a point"),
        ({"latitude": "95"}, "not a point in degrees"),
        ({"latitude": "nan"}, "not a number that a report can mean"),
        ({"longitude": "east"}, "has a longitude that is not a number (east)"),
        ({"event_date": "lately"}, "has a eventdate that is not a day (lately)"),
        ({"fatalities": "-3"}, "not a whole number"),
        ({"fatalities": "1e300"}, "not a number that a report can mean"),
        ({"location": ""}, "has a location that is empty"),
    ],
)
def test_broken_rows_are_refused_with_their_number(
    changes: dict[str, Any], told: str, tmp_path: Path
) -> None:
    result = read([written(tmp_path / "a.csv", ACLED, changes, {})])
    assert len(result.articles) == 1
    (refused,) = result.refused
    assert told in str(refused)
    assert "a.csv row 2" in str(refused)


# --- UCDP ---------------------------------------------------------------------------------------


def test_ucdp_ged(tmp_path: Path, gazetteer: Gazetteer) -> None:
    result = read([written(tmp_path / "GEDEvent_v25_1.csv", UCDP)])
    (claim,) = coded(result, gazetteer).claims
    assert claim.kind is Kind.CLASH
    assert claim.actor is not None
    assert claim.actor.id == "drc:fardc"
    (place,) = claim.places
    assert (place.name, place.role) == ("Sake", Role.AT)
    assert place.place_id is not None
    assert claim.date is not None
    assert (claim.date.start, claim.date.end) == (date(2024, 12, 4), date(2024, 12, 6))
    quantity = claim.quantity
    assert quantity is not None
    assert (quantity.low, quantity.high, quantity.best, quantity.unit) == (7, 12, None, "killed")
    assert claim.attribution is not None
    assert claim.attribution.name == "UCDP, quoting army spokesman"
    (article,) = result.articles
    assert (article.source, article.country, article.id) == ("UCDP", "CD", "COD-2024-1-100-5")


def test_ucdp_precision_and_types(tmp_path: Path, gazetteer: Gazetteer) -> None:
    near, province, country, civilians, none = claims_of(
        written(
            tmp_path / "a.csv",
            UCDP,
            {"where_prec": 2},
            {"where_prec": 4},
            {"where_prec": 6},
            {"type_of_violence": 3, "side_a": "M23", "side_b": "Civilians"},
            {"best": 0, "low": 0, "high": 0},
        ),
        gazetteer,
    )
    assert near.places[0].role is Role.NEAR
    assert (province.places[0].place_id, province.places[0].role) == ("iso:CD-NK", Role.REGION)
    assert country.places[0].place_id == "iso:CD"
    assert civilians.kind is Kind.ATTACK_ON_CIVILIANS
    assert civilians.actor is not None
    assert civilians.actor.id == "drc:m23"
    assert none.quantity is None
    (refused,) = read([written(tmp_path / "b.csv", UCDP, {"where_prec": 7})]).refused
    assert "1 events at sea or in the air" in str(refused)


# --- IDMC ---------------------------------------------------------------------------------------


def test_idmc_displacement_updates(tmp_path: Path, gazetteer: Gazetteer) -> None:
    result = read([written(tmp_path / "idus.csv", IDMC)])
    (claim,) = coded(result, gazetteer).claims
    assert claim.kind is Kind.DISPLACEMENT
    assert claim.quantity is not None
    assert (claim.quantity.low, claim.quantity.high, claim.quantity.unit) == (15000, None, "people")
    assert [(p.name, p.role) for p in claim.places] == [
        ("El Fasher", Role.ORIGIN),
        ("Tawila", Role.DESTINATION),
    ]
    assert all(p.lat is not None for p in claim.places)
    assert claim.date is not None
    assert (claim.date.start, claim.date.end) == (date(2025, 4, 12), date(2025, 4, 14))
    (article,) = result.articles
    assert "people left El Fasher" in article.text
    assert "<" not in article.text
    assert (article.url, article.country) == ("https://example.org/dtm", "SD")
    assert claim.attribution is not None
    assert "IOM Displacement Tracking Matrix" in claim.attribution.name


def test_idmc_counts_nothing_twice_and_leaves_disasters_to_their_scope(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    flood = {
        "displacement_type": "Disaster",
        "type": "Flood",
        "subtype": "Flash flood",
        "standard_popup_text": "<b> Sudan: 300 displacements, 1 May - 2 May </b>",
    }
    path = written(
        tmp_path / "a.csv",
        IDMC,
        {"role": "Triangulation"},
        {"displacement_type": "Other"},
        flood,
        {"standard_popup_text": "<b> Sudan: 1,200 returns (returns), 1 May - 2 May </b> <br> x"},
    )
    result = read([path])
    assert [len(result.articles), len(result.refused)] == [2, 0]
    (note,) = [n for n in result.notes if "rows not drawn" in n]
    assert "1 triangulation figures" in note
    assert "1 displacements by other" in note
    conflicts = coded(result, gazetteer)
    assert [c.kind for c in conflicts.claims] == [Kind.RETURN]
    assert any("--scope disasters" in (s.left_off or "") for s in conflicts.sentences)
    disasters = coded(result, gazetteer, scope="disasters").claims
    assert [c.kind for c in disasters] == [Kind.DISPLACEMENT, Kind.RETURN]
    assert "cause:disaster:Flash flood" in disasters[0].rules


def test_idmc_areas_stay_areas_and_yearly_totals_are_not_drawn(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    area = {
        "locations_name": "North Darfur, Sudan",
        "locations_coordinates": "15.9, 25.9",
        "locations_accuracy": "State/Region/Province (ADM1)",
        "locations_type": "Origin",
        "qualifier": "total",
    }
    (claim,) = claims_of(written(tmp_path / "a.csv", IDMC, area), gazetteer)
    (place,) = claim.places
    assert (place.place_id, place.precision) == ("iso:SD-DN", Precision.PROVINCE)
    assert claim.quantity is not None
    assert claim.quantity.best == 15000
    totals = {
        "ISO3": "SDN",
        "Name": "Sudan",
        "Year": 2024,
        "Conflict Internal Displacements": 3_000_000,
        "Disaster Internal Displacements": 100_000,
    }
    pd.DataFrame([totals]).to_excel(tmp_path / "gidd.xlsx", index=False)
    (refused,) = read([tmp_path / "gidd.xlsx"]).refused
    assert "1 yearly totals by country" in str(refused)


# --- through the whole program ------------------------------------------------------------------


def test_a_claims_file_of_coded_events_makes_the_same_map(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    from mapgen.claims.claims_file import claims_from_lines, claims_to_lines

    result = read([written(tmp_path / "acled.csv", ACLED), written(tmp_path / "u.csv", UCDP)])
    made = coded(result, gazetteer)
    again = claims_from_lines(claims_to_lines(made))
    assert again.claims == made.claims
    assert (
        pipeline.situate(again, gazetteer, Settings()).events
        == pipeline.situate(made, gazetteer, Settings()).events
    )


def test_the_page_shows_the_row_and_its_sources(tmp_path: Path, gazetteer: Gazetteer) -> None:
    settings = Settings()
    situation = pipeline.build([written(tmp_path / "acled.csv", ACLED)], gazetteer, settings)
    page = pipeline.page(pipeline.shown(situation, gazetteer, settings))
    assert "Armed clash" in page
    assert "ACLED, quoting SOHR; Syria TV" in page


def test_our_own_exports_are_not_read_again(tmp_path: Path, gazetteer: Gazetteer) -> None:
    settings = Settings().updated(formats="csv,parquet")
    rows = written(tmp_path / "acled.csv", ACLED)
    shown = pipeline.shown(pipeline.build([rows], gazetteer, settings), gazetteer, settings)
    pipeline.write_formats(shown, tmp_path / "map.html", settings.formats)
    result = read([tmp_path])
    assert len(result.articles) == 1
    skipped = "\n".join(result.passed_over)
    assert "map.csv: is an export of mapgen" in skipped
    assert "map.events.csv: is an export of mapgen" in skipped  # in the columns of ACLED
    assert "map.sources.csv: is an export of mapgen" in skipped
    assert "map.parquet: " in skipped


def test_a_village_that_a_foreign_state_took(tmp_path: Path, gazetteer: Gazetteer) -> None:
    row = {
        "sub_event_type": "Non-state actor overtakes territory",
        "actor1": "Military Forces of Russia (2000-)",
        "inter1": "External/Other forces",
        "actor2": "Military Forces of Ukraine (2019-)",
        "inter2": "State forces",
        "country": "Ukraine",
        "admin1": "Donetsk",
        "admin2": "Pokrovskyi",
        "location": "Novoselydivka",
        "latitude": 48.0561,
        "longitude": 37.2952,
    }
    (claim,) = claims_of(written(tmp_path / "a.csv", ACLED, row), gazetteer)
    assert claim.kind is Kind.CONTROL_CHANGE
    assert claim.actor is not None
    assert claim.from_actor is not None
    assert (claim.actor.id, claim.from_actor.id) == ("ukraine:rus", "ukraine:ukr")
    (place,) = claim.places
    assert place.place_id == "geonames:699290"  # known among the villages only
    far = row | {"latitude": 49.0, "longitude": 33.0}  # the same name, elsewhere
    (claim,) = claims_of(written(tmp_path / "b.csv", ACLED, far), gazetteer)
    assert claim.places[0].place_id == "point:49.0000,33.0000"
