"""Build the packages, install the wheel into an empty environment, and make maps there.

``make check-wheel`` runs this script. It needs a package index, and takes some minutes. Unlike the
tests in the source tree, it checks that the wheel, built from the source archive, contains all
data.

    python tools/check_wheel.py [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LARGEST_MB = 30.0
LICENCES = ("LICENSE", "NOTICE.md")


def main() -> int:
    """Run all checks, and return 0 if there are no problems."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep wheel and archive there")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mapgen-wheel-") as name:
        folder = Path(name)
        dist = args.keep or folder / "dist"
        wheel = _build(dist)
        problems = _inside(wheel) + _main_job(wheel, folder)
    for problem in problems:
        print(f"problem: {problem}")
    print("The wheel is not in order." if problems else "The wheel is in order.")
    return 1 if problems else 0


def _build(dist: Path) -> Path:
    """Build the source archive, and the wheel from it, which checks the archive as well."""
    _run(sys.executable, "-m", "build", "--outdir", str(dist), str(ROOT))
    for file in sorted(dist.iterdir()):
        print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB")
    (wheel,) = dist.glob("mapgen-*.whl")
    return wheel


def _inside(wheel: Path) -> list[str]:
    """Return problems with the wheel: missing data or licences, or too large a size."""
    names = set(zipfile.ZipFile(wheel).namelist())
    data = [
        path.relative_to(ROOT).as_posix()
        for package in ("mapgen", "gazetteer")
        for path in sorted((ROOT / package).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    problems = [f"{path} is not in the wheel" for path in data if path not in names]
    print(f"{len(data)} files of the packages, {len(data) - len(problems)} in the wheel")
    problems += [
        f"{licence} is not in the wheel"
        for licence in LICENCES
        if not any(re.fullmatch(rf".*dist-info/(licenses/)?{licence}", name) for name in names)
    ]
    size_mb = wheel.stat().st_size / 1e6
    if size_mb >= LARGEST_MB:
        problems.append(f"the wheel has {size_mb:.1f} MB, more than {LARGEST_MB:.0f}")
    return problems


def _main_job(wheel: Path, folder: Path) -> list[str]:
    """Install the wheel into an empty environment, and make a map and a locator map there."""
    home, work = folder / "venv", folder / "work"
    work.mkdir()
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    python, mapgen = scripts / "python", scripts / "mapgen"
    quiet = ("--quiet", "--disable-pip-version-check")
    _run(str(python), "-m", "pip", "install", *quiet, str(wheel), cwd=work)
    seeds = ROOT / "seeds"
    page = work / "output" / "map.html"
    baseline = str(seeds / "baseline.csv")
    own_cache = {"MAPGEN_CACHE": str(folder / "cache")}
    jobs = [
        ("doctor",),
        ("build", str(seeds), "--baseline", baseline, "-o", str(page)),
        ("locator", "Syria=red", "-o", str(work / "syria.svg")),
    ]
    for job in jobs:
        _run(str(mapgen), *job, cwd=work, more=own_cache)
    text = page.read_text(encoding="utf-8")
    problems = [f"the map does not show {name}" for name in ("Hama", "Homs") if name not in text]
    if "#ff0000" not in (work / "syria.svg").read_text(encoding="utf-8"):
        problems.append("the locator is not red")
    print(f"map.html: {page.stat().st_size / 1e6:.2f} MB")
    return problems


def _run(*command: str, cwd: Path | None = None, more: dict[str, str] | None = None) -> None:
    """Run a command without the environment variables of this Python."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    print("$", Path(command[0]).name, *command[1:], flush=True)
    subprocess.run(command, check=True, cwd=cwd, env={**kept, **(more or {})})


if __name__ == "__main__":
    sys.exit(main())
