"""The table in ACLED's columns: names, order, types and codes of the codebook, and its evidence."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from situation_kit import ARMY, DAY, RIVALS, Desk, FakeAtlas, place

from mapgen.core.tables.actors import default_table
from mapgen.export.formats.acled import ACLED_OWN, acled_table
from mapgen.export.formats.fatalities import _deaths_in
from mapgen.export.layers import layers_of
from mapgen.merging.events import situation_of
from mapgen.model import Actor, Kind
from mapgen.reasons import reason_of
from mapgen.settings import Settings
from mapgen.situation.shown import shown

AIR, SHELL = reason_of("kind:strike:airstrike"), reason_of("kind:strike:shell")
NINTH = (date(2031, 5, 9), date(2031, 5, 9), "on Friday")
OF_FILES = (  # the head of a file downloaded in 2025
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,"
    "country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,"
    "notes,fatalities,tags,timestamp"
)


def rows_of(desk):
    layers = layers_of(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))
    return list(csv.DictReader(io.StringIO(acled_table(layers))))


def party(key):
    (found,) = [p for p in default_table().parties if p.id == key]
    return Actor(id=found.id, name=found.name, side=found.side)


def one_event(text, kind, reason, actor=ARMY, against=None):
    desk = Desk().article("one", published_on=DAY)
    desk.say(
        "one",
        text,
        kind,
        place("t:bero"),
        actor=actor,
        from_actor=against,
        days=NINTH,
        reasons=(reason,),
    )
    (row,) = rows_of(desk)
    return row


def test_the_columns_are_those_of_acled_in_their_order():
    assert ",".join(ACLED_OWN) == OF_FILES
    assert len(ACLED_OWN) == 31
    row = one_event("Shelling of Bero killed 12.", Kind.STRIKE, SHELL)
    assert ",".join(row).startswith(OF_FILES + ",date_earliest")


def test_codes_and_types_are_those_of_the_codebook():
    row = one_event("Shelling of Bero killed 12 on Friday.", Kind.STRIKE, SHELL)
    assert row["event_id_cnty"].startswith("SDN")
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2031-05-09", "2031", "1")
    assert row["disorder_type"] == "Political violence"
    assert (row["iso"], row["country"], row["admin1"]) == ("729", "Sudan", "North")
    assert row["timestamp"] == "1936137600"  # 2031-05-10, midnight UTC
    assert (row["fatalities"], row["civilian_targeting"]) == ("12", "")
    assert row["region"] == row["source_scale"] == row["tags"] == ""


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("sudan:saf", "sudan:rsf", ("State forces", "Rebel group", "State forces-Rebel group")),
        ("sudan:rsf", "sudan:saf", ("Rebel group", "State forces", "State forces-Rebel group")),
        (
            "syria:gov",  # state forces abroad
            "sudan:rsf",
            ("External/Other forces", "Rebel group", "Rebel group-External/Other forces"),
        ),
    ],
)
def test_types_of_parties_and_of_their_interaction(first, second, told):
    row = one_event(
        "Troops clashed in Bero.",
        Kind.CLASH,
        reason_of("kind:clash:clash"),
        party(first),
        party(second),
    )
    assert (row["inter1"], row["inter2"], row["interaction"]) == told


def test_a_party_of_unknown_kind_has_no_code():
    row = one_event("Shells fell on Bero.", Kind.STRIKE, SHELL, actor=RIVALS)
    assert (row["inter1"], row["interaction"]) == ("", "")


def test_violence_against_civilians_names_them_as_the_codebook_does():
    row = one_event(
        "Gunmen massacred villagers in Bero.",
        Kind.ATTACK_ON_CIVILIANS,
        reason_of("kind:attack_on_civilians:massacre"),
    )
    assert row["event_type"] == "Violence against civilians"
    assert (row["actor2"], row["inter2"]) == ("Civilians (Sudan)", "Civilians")
    assert row["civilian_targeting"] == "Civilian targeting"


def test_a_row_quotes_only_what_supports_it():
    desk = Desk().article("one", published_on=DAY).article("two", published_on=DAY)
    air, shells = "An airstrike hit Bero on Friday.", "Shells fell on Bero on Friday."
    for article, text, reason in (
        ("one", air, AIR),
        ("two", shells, SHELL),
    ):
        desk.say(
            article, text, Kind.STRIKE, place("t:bero"), actor=ARMY, days=NINTH, reasons=(reason,)
        )
    (row,) = rows_of(desk)  # one event of two reports
    quotes = {"Air/drone strike": air, "Shelling/artillery/missile attack": shells}
    assert row["notes"] == f"“{quotes[row['sub_event_type']]}”"


@pytest.mark.parametrize(
    ("text", "deaths"),
    [
        ("An air strike on Sake on Friday killed 12 people.", 12),
        ("Shells hit Kherson on Monday, killing nine.", 9),
        ("A drone strike on Odesa killed three people and injured 14.", 3),
        ("Fighting in Goma left at least 17 dead.", 17),
        ("Missiles struck Dnipro; five people were killed.", 5),
        ("Bombing in Marib killed twenty-one civilians in a market.", 21),
        ("The war has killed 40,000 people since 2023.", None),
        ("Shelling of Sake killed or wounded 12 people.", None),
        ("Between 10 and 15 people were killed in Bunia.", None),
        ("The army denied that 12 people were killed in Sake.", None),
        ("Strikes killed two people in Sake and 14 were killed in Goma.", None),
        ("A strike on Sake killed three civilians and 12 soldiers.", None),
        ("A strike on Sake could kill 12 people.", None),
        ("Dozens were killed in the strike on Marib.", None),
        ("A strike on Taiz left 12 wounded.", None),
        ("The strike destroyed 12 houses in Taiz.", None),
        ("About 12 people were killed in the shelling of Taiz.", None),
        ("The dead of Sake were buried; the strike injured 12 people.", None),
    ],
)
def test_deaths_are_read_only_where_one_figure_is_told(text, deaths):
    assert _deaths_in(text) == deaths
