"""Foreign tools: found, or the reason why a test that needs one is skipped.

Everywhere but in CI a missing tool skips its tests. In CI it fails them, so that no format can stay
untested without anybody noticing. QGIS is the exception, as it takes minutes to install: CI sets
``MAPGEN_QGIS=no`` where it does without.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from mapgen.command import cli

ROOT = Path(__file__).parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"  # has PyQGIS where Debian's QGIS is installed
SOURCES = {  # how a tool is installed
    "geoparquet-validator": "pip install geoparquet-validator",
    "hxlcut": "pip install libhxl six",
    "hxlvalidate": "pip install libhxl six",
    "ogrinfo": "Debian: apt install gdal-bin",
    "pdftoppm": "Debian: apt install poppler-utils",
    "pdftotext": "Debian: apt install poppler-utils",
    "rsvg-convert": "Debian: apt install librsvg2-bin",
    "soffice": "Debian: apt install libreoffice-{calc,impress,writer}-nogui",
    "xmllint": "Debian: apt install libxml2-utils",
}


def missing(what: str, command: str) -> None:
    """Skip a test because a tool is missing, or fail it in CI."""
    reason = f"{what} is not installed ({command})"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def run():
    """Return a function that runs a foreign tool, which must succeed, and gives what it prints."""

    def told(*words: str | Path, merged: bool = False) -> str:
        done = subprocess.run(
            [str(word) for word in words], capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, f"{words[0]}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout + done.stderr if merged else done.stdout

    return told


@pytest.fixture(scope="session")
def tool():
    """Return a function that gives the path of a tool, or skips or fails the test."""

    def found(name: str) -> str:
        places = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        path = shutil.which(name, path=places)
        if path is None:
            missing(name, SOURCES[name])
        return str(path)

    return found


@cache
def _has_qgis() -> bool:
    if not Path(SYSTEM_PYTHON).exists():
        return False
    tried = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import qgis.core"],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": ""},
    )
    return tried.returncode == 0


@pytest.fixture(scope="session")
def qgis_python():
    """Return the Python that has PyQGIS, or skip or fail the test."""
    if not _has_qgis():
        if os.environ.get("MAPGEN_QGIS") == "no":
            pytest.skip("QGIS is not installed, and MAPGEN_QGIS=no says so")
        missing("QGIS", "Debian: apt install qgis python3-qgis")
    return SYSTEM_PYTHON


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Return a folder with the two dispatches in all formats."""
    folder = tmp_path_factory.mktemp("made")
    seeds = [str(ROOT / "seeds"), "--baseline", str(ROOT / "seeds" / "baseline.csv")]
    formats = "geojson,gpkg,kml,kmz,csv,parquet,svg,pdf"
    command = ["build", *seeds, "--formats", formats, "-o", str(folder / "map.html"), "--quiet"]
    assert cli.main(command) == 0
    return folder
