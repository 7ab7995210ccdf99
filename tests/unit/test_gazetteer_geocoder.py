"""The gazetteer as a geopy geocoder: alone, behind a rate limiter, and through geopandas."""

from __future__ import annotations

from functools import partial

import geopandas
import pytest
from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from shapely import Point

from gazetteer import Gazetteer, LocalGazetteer, build, store


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    path = tmp_path_factory.mktemp("cache") / "gazetteer.sqlite"
    build.build(path, countries=frozenset({"LB", "SY"}))
    return path


@pytest.fixture
def geocoder(compiled):
    with Gazetteer.open(compiled) as opened:
        yield LocalGazetteer(opened)


@pytest.fixture
def as_default(compiled, monkeypatch):
    monkeypatch.setattr(store, "default_path", lambda: compiled)


def test_a_news_spelling_is_found_without_a_country(geocoder):
    town = geocoder.geocode("Talbisseh")
    assert town.latitude == pytest.approx(34.84, abs=0.02)
    assert town.longitude == pytest.approx(36.73, abs=0.02)
    assert town.raw["id"] == "geonames:163779"
    assert town.raw["level"] == "skeleton"


def test_raw_is_the_place_as_a_dict(geocoder):
    homs = geocoder.geocode("Homs", country_codes="SY")
    assert homs.address == "Homs, SY-HI, SY"
    assert homs.raw["id"] == "geonames:169577"
    assert (homs.raw["lat"], homs.raw["lon"]) == homs.point[:2]
    assert (homs.raw["precision"], homs.raw["source"]) == ("settlement", "GeoNames")
    assert "حمص" in homs.raw["names"]
    assert (homs.raw["matched"], homs.raw["score"]) == ("Homs", 1.0)


def test_countries_narrow_the_answers(geocoder):
    assert geocoder.geocode("Tripoli", country_codes="lb").raw["id"] == "geonames:266826"
    both = geocoder.geocode("Tripoli", country_codes=["SY", "LB"], exactly_one=False)
    assert both[0].raw["id"] == "geonames:266826"
    assert {place.raw["country"] for place in both} == {"LB"}
    loose = geocoder.geocode("Talbisseh", country_codes=["LB", "SY"])
    assert loose.raw["id"] == "geonames:163779"
    assert geocoder.geocode("Talbisseh", country_codes="LB") is None
    with pytest.raises(GeocoderQueryError, match="'Syria' is not a two-letter country code"):
        geocoder.geocode("Homs", country_codes="Syria")


def test_one_or_many_or_none(geocoder):
    many = geocoder.geocode("Tripoli", exactly_one=False, limit=2)
    assert len(many) == 2
    assert geocoder.geocode("Nowhere at all") is None
    assert geocoder.geocode("Nowhere at all", exactly_one=False) is None
    with pytest.raises(GeocoderQueryError, match="expected a place name as text, got int"):
        geocoder.geocode(5)


@pytest.mark.parametrize("query", [(34.0058, 36.2181), "34.0058, 36.2181"])
def test_reverse_finds_baalbek_where_it_is(geocoder, query):
    near = geocoder.reverse(query, timeout=3)
    assert near.address == "Baalbek, LB-BH, LB"
    assert near.raw["distance_km"] < 0.1
    three = geocoder.reverse(query, exactly_one=False, limit=3)
    assert [p.raw["distance_km"] for p in three] == sorted(p.raw["distance_km"] for p in three)
    assert len(three) == 3


@pytest.mark.parametrize("query", ["somewhere", (float("nan"), 34.0)])
def test_reverse_refuses_what_is_no_point(geocoder, query):
    with pytest.raises(GeocoderQueryError, match="not a point"):
        geocoder.reverse(query)


def test_it_works_behind_geopys_rate_limiter(geocoder):
    assert isinstance(geocoder, Geocoder)
    ask = RateLimiter(partial(geocoder.geocode, timeout=1), min_delay_seconds=0)
    assert [ask(name).raw["country"] for name in ("Homs", "Baalbek")] == ["SY", "LB"]


@pytest.mark.usefixtures("as_default")
def test_geopandas_geocodes_both_ways_with_it():
    frame = geopandas.tools.geocode(["Homs", "Nowhere at all"], provider=LocalGazetteer)
    assert frame.crs == "EPSG:4326"
    assert frame.address[0] == "Homs, SY-HI, SY"
    assert frame.geometry[0].distance(Point(36.72, 34.73)) < 0.03
    assert frame.address.isna()[1]
    assert frame.geometry[1].is_empty
    back = geopandas.tools.reverse_geocode([Point(36.2181, 34.0058)], provider=LocalGazetteer)
    assert back.address[0] == "Baalbek, LB-BH, LB"
