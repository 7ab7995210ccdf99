"""Disputed borders in the view of one state: Crimea, Golan, Western Sahara, Kosovo, Kashmir."""

from functools import cache

import pytest
import shapely
from shapely.geometry import shape

from gazetteer.boundaries import World
from gazetteer.views import DE_FACTO, VIEWS, parse_view
from mapgen.command.cli import main
from mapgen.errors import SettingsError
from mapgen.ground.basemap import cut_basemap
from mapgen.settings import Settings

CRIMEA = (32.0, 44.2, 36.9, 46.6), "UA"
GOLAN = (35.2, 32.4, 36.3, 33.6), "SY"
SAHARA = (-17.5, 20.5, -8.0, 28.5), "MA"
KOSOVO = (19.8, 41.7, 22.0, 43.4), "RS"
KASHMIR = (72.0, 32.0, 80.0, 37.5), "IN"

PEREKOP, KERCH = (46.12, 33.65), (45.3, 36.6)
CEASEFIRE_1974, JORDAN = (33.0, 35.86), (33.1, 35.63)
BERM, PARALLEL = (27.3, -8.79), (27.667, -11.0)
NORTH_OF_KOSOVO = (43.2173, 20.8647)
LINE_OF_CONTROL, GILGIT_AFGHANISTAN = (34.56, 75.3), (36.9, 73.8)

SIMFEROPOL, MAJDAL_SHAMS = (44.95, 34.1), (33.27, 35.77)
LAAYOUNE, PRISTINA, GILGIT = (27.1, -13.1), (42.66, 21.17), (35.9, 74.3)


@cache
def base_of(where, view):
    return cut_basemap(*where, borders=view)


def drawn(where, view, lat, lon):
    """How the border at a spot is drawn, within 6 km: solid, dashed, both or not at all."""
    near = shapely.Point(lon, lat).buffer(0.06)
    base = base_of(where, view)
    names = (("solid", "borders"), ("dashed", "disputed"))
    return [word for word, key in names if any(shape(g).intersects(near) for g in base[key])]


def is_subject(where, view, lat, lon):
    """Whether a spot is coloured as part of the country that the map is about."""
    focus = base_of(where, view)["focus"]
    return focus is not None and shape(focus).contains(shapely.Point(lon, lat))


@pytest.mark.parametrize(
    ("view", "perekop", "kerch", "ukrainian"),
    [
        (DE_FACTO, ["dashed"], ["dashed"], False),
        ("UA", [], ["solid"], True),
        ("RU", ["solid"], [], False),
        ("US", ["dashed"], ["solid"], True),
    ],
)
def test_crimea(view, perekop, kerch, ukrainian):
    assert drawn(CRIMEA, view, *PEREKOP) == perekop
    assert drawn(CRIMEA, view, *KERCH) == kerch
    assert is_subject(CRIMEA, view, *SIMFEROPOL) is ukrainian


@pytest.mark.parametrize(
    ("view", "east", "west", "syrian"),
    [
        (DE_FACTO, ["dashed"], ["dashed"], False),
        ("IL", ["solid"], [], False),
        ("SY", [], ["solid"], True),
        ("EG", [], ["solid"], True),
        ("DE", ["dashed"], ["dashed"], False),
    ],
)
def test_golan(view, east, west, syrian):
    assert drawn(GOLAN, view, *CEASEFIRE_1974) == east
    assert drawn(GOLAN, view, *JORDAN) == west
    assert is_subject(GOLAN, view, *MAJDAL_SHAMS) is syrian


@pytest.mark.parametrize(
    ("view", "berm", "parallel", "moroccan"),
    [
        (DE_FACTO, ["dashed"], ["dashed"], True),
        ("MA", [], [], True),
        ("US", [], ["dashed"], False),
        ("ISO", [], ["dashed"], False),
    ],
)
def test_western_sahara(view, berm, parallel, moroccan):
    assert drawn(SAHARA, view, *BERM) == berm
    assert drawn(SAHARA, view, *PARALLEL) == parallel
    assert is_subject(SAHARA, view, *LAAYOUNE) is moroccan
    assert is_subject(SAHARA, view, 28.2, -10.4)  # north of 27 degrees 40: Morocco's to all


@pytest.mark.parametrize(
    ("view", "line", "serbian"),
    [
        (DE_FACTO, ["dashed"], False),
        ("RS", [], True),
        ("RU", [], True),
        ("US", ["solid"], False),
        ("ES", ["dashed"], False),
    ],
)
def test_kosovo(view, line, serbian):
    assert drawn(KOSOVO, view, *NORTH_OF_KOSOVO) == line
    assert is_subject(KOSOVO, view, *PRISTINA) is serbian


def test_kashmir_follows_the_units_that_each_side_claims():
    assert drawn(KASHMIR, DE_FACTO, *LINE_OF_CONTROL) == ["dashed"]
    assert drawn(KASHMIR, "IN", *LINE_OF_CONTROL) == []
    assert is_subject(KASHMIR, "IN", *GILGIT)
    assert not is_subject(KASHMIR, DE_FACTO, *GILGIT)


def test_a_line_that_a_state_rejects_is_dashed_where_its_own_is_not_known():
    aksai_chin = (34.5, 78.9)  # India draws its border far to the east of this line
    base = base_of(KASHMIR, "IN")
    near = shapely.Point(aksai_chin[1], aksai_chin[0]).buffer(0.3)
    assert any(shape(g).intersects(near) for g in base["disputed"])
    assert not any(shape(g).intersects(near) for g in base["borders"])


@pytest.mark.parametrize("view", ["IN", "SY", "US"])
@pytest.mark.parametrize("where", [GOLAN, SAHARA, KASHMIR])
def test_cutting_units_opens_no_coast_inland(where, view):
    inland = shapely.union_all([shape(g) for g in base_of(where, DE_FACTO)["coast"]]).buffer(0.02)
    coast = shapely.union_all([shape(g) for g in base_of(where, view)["coast"]])
    assert coast.difference(inland).length < 0.1


def test_each_view_is_known_to_the_data():
    told = {
        view
        for _, props in World.load().layer("disputed")
        for names in props.get("views", {}).values()
        for view in names.split()
    }
    assert told | {"RS", "SY"} == set(VIEWS)


def test_a_view_is_a_setting():
    assert Settings().borders == DE_FACTO
    assert Settings().updated(borders="ua").borders == "UA"
    assert Settings(borders="UA").digest() != Settings().digest()
    assert parse_view("de_facto") == DE_FACTO
    with pytest.raises(
        SettingsError, match=r"borders: 'XX' is not a known view .* de-facto, AR, BD"
    ):
        Settings().updated(borders="XX")


def test_an_unknown_view_is_told_before_anything_is_read(tmp_path, capsys):
    article = tmp_path / "a.txt"
    article.write_text("Rebels captured Hama.", encoding="utf-8")
    assert main(["build", str(article), "--borders", "elsewhere"]) == 2
    assert "'elsewhere' is not a known view of borders" in capsys.readouterr().err
