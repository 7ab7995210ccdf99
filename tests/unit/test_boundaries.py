"""Boundaries: known countries, units and points, as an gazetteer shows them."""

import lzma
from importlib.resources import files

import pytest

from gazetteer.boundaries import World


@pytest.fixture(scope="module")
def world():
    return World.load()


def test_a_country_is_the_union_of_its_units(world):
    syria = world.country("SY")
    assert syria.geom_type == "Polygon"
    assert syria.is_valid
    units = [g for g, p in world.admin1() if p["a2"] == "SY"]
    assert len({p["iso"] for _, p in world.admin1(country="SY") if "iso" in p}) == 14
    assert syria.area == pytest.approx(sum(g.area for g in units), rel=1e-6)
    west, south, east, north = syria.bounds
    assert (west, south) == pytest.approx((35.72, 32.31), abs=0.03)
    assert (east, north) == pytest.approx((42.38, 37.32), abs=0.03)


def test_unknown_codes_give_none(world):
    assert world.country("QQ") is None


def test_units_carry_names_and_codes(world):
    aleppo = next(p for _, p in world.admin1(country="SY") if p.get("iso") == "SY-HL")
    assert aleppo["name"] == "Aleppo"
    assert aleppo["a3"] == "SYR"
    assert aleppo["gn"] == 170062
    assert "Alep" in aleppo["alt"].split("|")


def test_countries_have_names_and_label_points(world):
    countries = world.countries()
    assert countries["LB"]["name"] == "Lebanon"
    assert countries["LB"]["a3"] == "LBN"
    assert world.country_at(countries["UA"]["lat"], countries["UA"]["lon"]) == "UA"
    assert len(countries) > 230


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (33.51, 36.29, "SY"),
        (33.89, 35.51, "LB"),
        (50.45, 30.52, "UA"),
        (34.5, 34.5, None),  # at sea
    ],
)
def test_the_country_of_a_point(world, lat, lon, code):
    assert world.country_at(lat, lon) == code


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (-1.68, 29.22, "CD-NK"),  # Goma
        (-2.5, 28.86, "CD-SK"),  # Bukavu
        (34.5, 34.5, None),  # at sea
    ],
)
def test_the_province_of_a_point(world, lat, lon, code):
    assert world.province_at(lat, lon) == code


def test_a_province_with_the_name_of_another_is_corrected(world):
    """Natural Earth calls the district of Lachin Lankaran, which lies at the Caspian Sea."""
    assert world.province_at(39.73, 46.32) == "AZ-LAC"
    named = {p["iso"]: p["name"] for p in world.units() if p["a2"] == "AZ" and "iso" in p}
    assert named["AZ-LAC"] == "Lachin"
    assert named["AZ-LA"] == "Lankaran"
    assert "AZ-LAN" not in named


def test_disputed_units_follow_the_chosen_view(world):
    crimea = next(p for _, p in world.admin1() if p.get("iso") == "UA-43")
    assert (crimea["a2"], crimea["un"]) == ("RU", "UA")
    assert world.country("UA", view="iso").area > world.country("UA").area


def test_dependent_territories_stay_their_own(world):
    # ISO 3166-2 also lists French Guiana under France; that is no dispute.
    assert world.country("FR", view="iso").equals(world.country("FR"))


def test_layers_are_cut_by_box(world):
    lakes = [p.get("name") for _, p in world.layer("lakes", (35.0, 31.0, 36.0, 33.0))]
    assert "Dead Sea" in lakes
    assert world.layer("rivers", (38.0, 34.0, 41.0, 37.0))  # the Euphrates
    assert world.layer("disputed", (34.0, 31.0, 36.5, 34.0))


def test_an_unknown_layer_is_named(world):
    with pytest.raises(ValueError, match="no layer 'roads'"):
        world.layer("roads")


def test_every_unit_is_valid(world):
    assert all(g.is_valid and not g.is_empty for g, _ in world.admin1())


def test_one_country_parses_few_arcs():
    # A map of one country must not pay for the whole world.
    packed = (files("gazetteer") / "data" / "world.topojson.xz").read_bytes()
    fresh = World(lzma.decompress(packed))
    fresh.country("LB")
    assert 0 < len(fresh._arcs) < 100
