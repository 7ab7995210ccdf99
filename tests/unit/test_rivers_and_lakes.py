"""Rivers have names where no doubt is left, and drained lakes are not drawn."""

from datetime import date

import pytest
import shapely

from mapgen.ground.basemap import cut_basemap
from mapgen.ground.river_names import river_names

UKRAINE = (33.4, 46.4, 37.6, 49.0)


@pytest.mark.parametrize(
    ("box", "names"),
    [
        (UKRAINE, {"Dnipro River"}),
        ((35.5, 32.5, 42.0, 37.3), {"Euphrates", "Jordan River"}),
        ((29.0, 12.0, 32.5, 16.0), {"White Nile"}),
        ((36.5, 9.8, 40.2, 13.0), {"Blue Nile"}),
        ((-12.0, 10.0, 5.0, 25.0), {"Niger River"}),
        ((44.0, 14.5, 46.5, 16.5), set()),  # Marib: no river flows there
    ],
)
def test_the_rivers_of_a_frame(box: tuple[float, float, float, float], names: set[str]) -> None:
    told = river_names(box)
    assert names <= {river["name"] for river in told}
    assert bool(told) == bool(names)
    west, south, east, north = box
    for river in told:
        assert west <= river["lon"] <= east
        assert south <= river["lat"] <= north


def test_the_dnipro_is_written_where_it_flows() -> None:
    (spot,) = [r for r in river_names((34.5, 48.0, 36.0, 48.8)) if r["name"] == "Dnipro River"]
    assert shapely.Point(35.05, 48.46).distance(shapely.Point(spot["lon"], spot["lat"])) < 0.6


def named(day: date | None) -> set[str]:
    return {water["name"] for water in cut_basemap(UKRAINE, "UA", day=day)["waters"]}


def wet(lat: float, lon: float, day: date | None) -> bool:
    lakes = cut_basemap(UKRAINE, "UA", day=day)["lakes"]
    return any(shapely.geometry.shape(lake).covers(shapely.Point(lon, lat)) for lake in lakes)


def test_kakhovka_reservoir_is_drawn_until_it_was_drained() -> None:
    for day in (None, date(2023, 6, 5)):
        assert "Kakhovka Reservoir" in named(day)
        assert wet(47.45, 34.2, day)
    assert "Kakhovka Reservoir" not in named(date(2024, 9, 5))
    assert not wet(47.45, 34.2, date(2024, 9, 5))
    assert "Dnipro River" in named(date(2024, 9, 5))


def test_a_river_that_only_touches_the_frame_has_no_name_and_is_no_error():
    # the source of the Shatt al-Arab is a point of the southern edge
    assert river_names((46.47, 30.970000000000002, 48.47, 32.97)) == []
