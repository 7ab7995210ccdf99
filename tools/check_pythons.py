"""Make the map of the dispatches with each Python version on the machine, and compare the bytes.

``make check-pythons`` runs this script. It needs a package index, and takes some minutes for each
version.

    python tools/check_pythons.py [--keep FOLDER] [PYTHON...]

Without arguments, the script uses Python 3.11, 3.12 and 3.13, from pyenv or from the path. Each
version gets its own environment with the newest packages that it supports. The exit status is 1 if
a file differs or a version cannot make the map, and 2 if there are fewer than two versions.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
MINORS = (11, 12, 13)
FORMATS = "geojson,gpkg,kml,csv,parquet,svg,png,pdf"


def main() -> int:
    """Make the maps, compare them, and return 0 if all bytes are the same."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pythons", nargs="*", metavar="PYTHON")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep what is made there")
    args = parser.parse_args()
    pythons = args.pythons or found()
    if not pythons[1:]:
        print(f"Found {pythons}: there is nothing to compare. Name them: python3.12 python3.13")
        return 2
    with tempfile.TemporaryDirectory(prefix="mapgen-pythons-") as name:
        folder = args.keep or Path(name)
        source = folder / "source"
        _copy_source(source)
        made: dict[str, dict[str, str]] = {}
        failed = []
        for python in pythons:
            version = _told([python, "-c", "import platform; print(platform.python_version())"])
            print(f"Python {version}: installing and building ...", flush=True)
            try:
                made[version] = _build(python, source, folder / version)
            except subprocess.CalledProcessError as err:
                failed.append(version)
                print(f"Python {version}: failed\n{err.stderr[-2000:]}", flush=True)
    return 1 if _differences(made) or failed else 0


def found() -> list[str]:
    """Return a Python for each supported minor version that is installed."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    pythons = []
    for minor in MINORS:
        name = f"python3.{minor}"
        among = sorted(pyenv.glob(f"3.{minor}.*/bin/{name}"))
        which = str(among[-1]) if among else shutil.which(name)
        if which:
            pythons.append(which)
    return pythons


def _copy_source(source: Path) -> None:
    """Copy the files for an installation, which would leave files in the working folder."""
    shutil.rmtree(source, ignore_errors=True)
    for name in ("mapgen", "gazetteer"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE.md"):
        shutil.copy(ROOT / name, source)


def _build(python: str, source: Path, folder: Path) -> dict[str, str]:
    """Return the SHA-256 hash of each file of the map that a Python makes, by name."""
    _told([python, "-m", "venv", str(folder / "venv")])
    own = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    _told([str(own), "-m", "pip", "install", "--quiet", "--upgrade", "pip"])
    _told([str(own), "-m", "pip", "install", "--quiet", str(source)])
    page = folder / "out" / "map.html"
    command = ["-m", "mapgen", "build", str(ROOT / "seeds"), "--quiet", "-o", str(page)]
    command += ["--baseline", str(ROOT / "seeds" / "baseline.csv"), "--formats", FORMATS]
    # Each Python compiles its own gazetteer, since this has to give the same result as well.
    cache = {**os.environ, "MAPGEN_CACHE": str(folder / "cache"), "PYTHONHASHSEED": "random"}
    _told([str(own), "-P", *command], cwd=folder, env=cache)
    files = sorted(path for path in page.parent.iterdir() if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _differences(made: dict[str, dict[str, str]]) -> int:
    """Print for each file whether its bytes are the same; return the number that differ."""
    n_different = 0
    for name in sorted({name for files in made.values() for name in files}):
        hashes = {version: files.get(name, "missing")[:12] for version, files in made.items()}
        same = len(set(hashes.values())) == 1
        n_different += not same
        told = "the same bytes" if same else str(hashes)
        print(f"{name:<24}{told}")
    print(f"Pythons compared: {', '.join(made)}; files that differ: {n_different}")
    return n_different


def _told(command: list[str], **how: object) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True, **how)  # type: ignore[call-overload]
    return str(done.stdout).strip()


if __name__ == "__main__":
    sys.exit(main())
