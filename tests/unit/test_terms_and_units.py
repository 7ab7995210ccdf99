"""Figures in the terms of humanitarian monitors, and administrative units with P-codes."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace

import pytest
from situation_kit import DAY, PLACES, Desk, FakeAtlas, FakePlace, place

from mapgen.export.formats.csv_parquet import csv_table
from mapgen.export.frames.admin_units import units_around
from mapgen.export.layers import layers_of
from mapgen.merging.events import situation_of
from mapgen.model import Kind, Role
from mapgen.settings import Settings
from mapgen.situation.shown import shown

CARO, BERO = ("t:caro", Role.ORIGIN), ("t:bero", Role.DESTINATION)
CHAD = FakePlace("t:adre", "Adre", 13.47, 22.20, country="TD", admin1="TD-OD")


class Boundaries(FakeAtlas):
    """An atlas with a boundary layer, as ``gazetteer build --layer`` makes."""

    def get(self, place_id):
        return CHAD if place_id == CHAD.id else super().get(place_id)

    def unit_at(self, lat, lon, country, feature):
        if country != "SD" or not (31 <= lon <= 33 and 13 <= lat <= 17):
            return None
        order = feature.removeprefix("ADM")
        code = f"SD0{order}"
        return SimpleNamespace(id=f"pcode:{code}", name=f"Unit {order}", pcode=code, country="SD")


def table_of(desk, atlas=None):
    made = layers_of(shown(situation_of(desk.extraction()), atlas or FakeAtlas(), Settings()))
    rows = list(csv.reader(io.StringIO(csv_table(made))))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


def terms_of(text, kind, *places, figure, atlas=None):
    desk = Desk().article("one", published_on=DAY)
    desk.say("one", text, kind, *(place(*p) for p in places), figure=figure)
    rows = [r for r in table_of(desk, atlas) if r["unit"]]
    (told,) = {(r["term"], r["measure"]) for r in rows}
    return told


@pytest.mark.parametrize(
    ("text", "kind", "places", "told"),
    [
        (
            "400 people fled Caro for Bero.",
            Kind.DISPLACEMENT,
            [CARO, BERO],
            "internal displacements",
        ),
        ("400 people fled Caro.", Kind.DISPLACEMENT, [CARO], "displacements"),
        ("400 people were evacuated from Caro.", Kind.DISPLACEMENT, [CARO], "evacuations"),
        ("400 refugees fled Caro.", Kind.DISPLACEMENT, [CARO], "refugees"),
        ("400 people returned to Bero.", Kind.RETURN, [BERO], "returnees"),
    ],
)
def test_movements_are_flows_in_the_terms_of_idmc(text, kind, places, told):
    assert terms_of(text, kind, *places, figure=(400, 400, "400")) == (told, "flow")


def test_people_who_stay_are_a_stock():
    figure = (300_000, 300_000, "300,000")
    assert terms_of(
        "Bero hosts 300,000 displaced people.", Kind.HOSTING, ("t:bero",), figure=figure
    ) == ("people living in displacement", "stock")
    assert terms_of("Bero hosts 300,000 refugees.", Kind.HOSTING, ("t:bero",), figure=figure) == (
        "refugees",
        "stock",
    )
    assert terms_of(
        "Some 300,000 are displaced in Sudan.",
        Kind.DISPLACEMENT,
        ("iso:SD", Role.REGION),
        figure=figure,
    ) == ("people living in displacement", "stock")


def test_who_crossed_a_border_is_no_refugee_unless_the_article_writes_so(monkeypatch):
    monkeypatch.setitem(PLACES, CHAD.id, CHAD)
    told = terms_of(
        "400 people fled Caro for Adre.",
        Kind.DISPLACEMENT,
        CARO,
        (CHAD.id, Role.DESTINATION),
        figure=(400, 400, "400"),
    )
    assert told == ("cross-border displacements", "flow")


def test_families_are_counted_as_households_and_not_as_people():
    desk = Desk().article("one", published_on=DAY)
    desk.say(
        "one",
        "300 families fled Caro.",
        Kind.DISPLACEMENT,
        place(*CARO),
        figure=(300, 300, "300 families", "families"),
    )
    rows = [r for r in table_of(desk) if r["unit"]]
    assert {(r["people_low"], r["families_low"], r["families_high"]) for r in rows} == {
        ("", "300", "300")
    }


def test_a_boundary_layer_gives_p_codes_of_both_orders():
    desk = Desk().article("one", published_on=DAY)
    desk.say("one", "Shells fell on Bero.", Kind.STRIKE, place("t:bero"))
    (row,) = table_of(desk, Boundaries())
    assert (row["country"], row["admin1_pcode"], row["admin2_pcode"]) == ("SD", "SD01", "SD02")
    assert (row["admin1"], row["admin2"]) == ("Unit 1", "Unit 2")
    (bare,) = table_of(desk)
    assert (bare["admin1"], bare["admin1_pcode"]) == ("North", "")


def test_an_area_has_its_own_name_and_no_unit_inside_it():
    made = shown(
        situation_of(Desk().article("one", published_on=DAY).extraction()), Boundaries(), Settings()
    )
    units = units_around(made, "iso:SD-NO", None)
    assert (units.country, units.admin1, units.admin2) == ("Sudan", "North", None)
    assert units_around(made, None, None).country_code is None
