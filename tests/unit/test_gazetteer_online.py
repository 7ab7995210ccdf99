"""Nominatim, with a service that answers from here: what is asked, kept, and said of failures."""

from __future__ import annotations

import json

import pytest
from geopy.exc import (
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderRateLimited,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from geopy.extra import rate_limiter
from geopy.location import Location

from gazetteer import GazetteerError, cli
from gazetteer.online import CREDIT, OnlineGazetteer

# As Nominatim answers, shortened.
BAALBEK = {
    "place_id": 7,
    "licence": "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright",
    "osm_type": "node",
    "osm_id": 6600231861,
    "lat": "34.0062098",
    "lon": "36.2073229",
    "type": "city",
    "addresstype": "city",
    "name": "Baalbek",
    "display_name": "Baalbek, Baalbek District, Baalbek-Hermel Governorate, Lebanon",
    "address": {"city": "Baalbek", "ISO3166-2-lvl4": "LB-BH", "country_code": "lb"},
}
TEMPLE = {
    "osm_type": "way",
    "osm_id": 12,
    "lat": "34.0067",
    "lon": "36.2039",
    "type": "archaeological_site",
    "display_name": "Temple of Jupiter, Baalbek, Lebanon",
    "address": {},
}


class Service:
    """Answers as geopy's Nominatim does, from a list; counts what it is asked."""

    def __init__(self, *answers, fault=None):
        self.answers = answers
        self.fault = fault
        self.asked = []

    def geocode(self, query, **options):
        self.asked.append((query, options))
        if self.fault:
            raise self.fault
        found = [Location(a["display_name"], (a["lat"], a["lon"]), a) for a in self.answers]
        return found or None


@pytest.fixture
def online(tmp_path):
    def make(*answers, fault=None):
        service = Service(*answers, fault=fault)
        cache = tmp_path / "cache" / "nominatim.sqlite"
        return service, OnlineGazetteer(user_agent="test", service=service, cache=cache)

    return make


def test_a_town_is_answered_as_the_local_gazetteer_answers(online):
    service, gazetteer = online(BAALBEK, TEMPLE)
    town = gazetteer.geocode(" Baalbek ", country_codes="LB")
    assert town.address == "Baalbek, LB-BH, LB"
    assert town.point[:2] == (34.0062098, 36.2073229)
    assert town.raw["id"] == "osm:node/6600231861"
    assert (town.raw["feature"], town.raw["precision"]) == ("PPL", "settlement")
    assert (town.raw["source"], town.raw["licence"]) == ("Nominatim", CREDIT)
    ((name, options),) = service.asked
    assert (name, options["country_codes"]) == ("Baalbek", "lb")
    temple = gazetteer.geocode("Baalbek", country_codes=["lb"], exactly_one=False)[1]
    assert temple.raw["name"] == "Temple of Jupiter"
    assert (temple.raw["feature"], temple.raw["precision"]) == ("archaeological_site", "site")
    assert temple.raw["country"] is None


def test_the_same_question_is_asked_once_also_by_another_object(online):
    first, gazetteer = online(BAALBEK)
    told = gazetteer.geocode("Baalbek").raw
    assert gazetteer.geocode("Baalbek").raw == told
    second, again = online()
    assert again.geocode("Baalbek").raw == told
    assert (len(first.asked), len(second.asked)) == (1, 0)
    assert again.geocode("Baalbek", country_codes="SY") is None  # another question
    assert again.geocode("Baalbek", country_codes="SY", exactly_one=False) is None
    assert len(second.asked) == 1


def test_at_most_one_request_a_second(online, monkeypatch):
    waited = []
    monkeypatch.setattr(rate_limiter.RateLimiter, "_sleep", lambda _, s: waited.append(s))
    clock = iter([100.0, 100.25, 101.0])
    monkeypatch.setattr(rate_limiter.RateLimiter, "_clock", lambda _: next(clock))
    _, gazetteer = online(BAALBEK)
    gazetteer.geocode("Baalbek")
    gazetteer.geocode("Baalbek")  # kept: no request, no waiting
    gazetteer.geocode("Zahle")
    assert waited == [0.75]


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (GeocoderUnavailable("no route to host"), r"Nominatim: cannot be reached\. Check"),
        (GeocoderTimedOut("10 s"), "does not answer in time.*Check the network"),
        (GeocoderInsufficientPrivileges("403"), r"refuses to answer \(403\).*ask less often"),
        (GeocoderRateLimited("429"), "refuses to answer"),
        (GeocoderParseError("<html>"), "gives no usable answer"),
    ],
)
def test_a_failure_says_what_failed_and_is_not_kept(online, fault, message):
    _, gazetteer = online(fault=fault)
    with pytest.raises(GazetteerError, match=message):
        gazetteer.geocode("Baalbek")
    _, later = online(BAALBEK)
    assert later.geocode("Baalbek").raw["name"] == "Baalbek"


def test_a_damaged_file_of_answers_is_named(online):
    _, gazetteer = online(BAALBEK)
    gazetteer.cache.parent.mkdir()
    gazetteer.cache.write_text("this is no database, but it is long enough to look at" * 20)
    with pytest.raises(GazetteerError, match=r"nominatim.sqlite: cannot be used .* Delete it"):
        gazetteer.geocode("Baalbek")


def test_a_user_agent_is_needed():
    with pytest.raises(GazetteerError, match="needs a user agent"):
        OnlineGazetteer(user_agent=" ")
    with pytest.raises(GazetteerError, match="refuses the user agent 'my-application'"):
        OnlineGazetteer(user_agent="my-application")


def test_the_file_of_answers_is_beside_the_gazetteer(tmp_path, monkeypatch):
    monkeypatch.setenv("MAPGEN_CACHE", str(tmp_path))
    assert OnlineGazetteer(user_agent="test").cache == tmp_path / "nominatim.sqlite"


def test_search_online_marks_its_answers(online, monkeypatch, capsys):
    service, gazetteer = online(BAALBEK, TEMPLE)
    monkeypatch.setattr(cli, "OnlineGazetteer", lambda **_: gazetteer)
    assert cli.main(["search", "Baalbek", "--online", "--country", "LB"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["Baalbek", "osm:node/6600231861", "34.0062", "36.2073", "PPL", "LB"]
    assert lines[-1] == "Nominatim, (c) OpenStreetMap contributors, ODbL"
    assert cli.main(["search", "Baalbek", "--online", "--country", "LB", "--json"]) == 0
    first, _ = json.loads(capsys.readouterr().out)
    assert first["licence"] == CREDIT
    assert len(service.asked) == 1


def test_search_online_says_when_there_is_nothing_or_no_network(online, monkeypatch, capsys):
    monkeypatch.setattr(cli, "OnlineGazetteer", lambda **_: online()[1])
    assert cli.main(["search", "Zzyzx", "--online"]) == 1
    assert 'Nominatim finds no place named "Zzyzx".' in capsys.readouterr().err
    cut = GeocoderUnavailable("no network")
    monkeypatch.setattr(cli, "OnlineGazetteer", lambda **_: online(fault=cut)[1])
    assert cli.main(["search", "Homs", "--online"]) == 2
    assert "gazetteer: Nominatim: cannot be reached." in capsys.readouterr().err
