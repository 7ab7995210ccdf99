"""A run writes into the folder of its output, the cache that is named and the temporary folder.

In one test everything else is read-only for it, as told by the kernel; in the other the home, which
it may write to, stays as it was.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gazetteer import Gazetteer

ROOT = Path(__file__).parents[2]
WRITABLE = ("output", "cache", "temp")
READ_ONLY = (
    "set -e; root=$1; folder=$2; shift 2; "
    'mount --rbind / "$root"; mount -o remount,bind,ro "$root"; '
    'for d in output cache temp; do mount --rbind "$folder/$d" "$root$folder/$d"; '
    'mount -o remount,bind,rw "$root$folder/$d"; done; exec chroot "$root" "$@"'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with articles, an empty home, and a cache with a compiled gazetteer."""
    for name in (*WRITABLE, "home", "articles", "root"):
        (tmp_path / name).mkdir()
    with Gazetteer.open() as gazetteer:
        shutil.copy2(gazetteer.path, tmp_path / "cache")
    page = "<html><body><article><h1>War</h1><p>{0}</p><p>{0}</p></article></body></html>"
    text = "Rebels captured Rastan on Thursday, the army said. Some 3,000 people fled to Homs."
    (tmp_path / "articles" / "a.txt").write_text(text, "utf-8")
    (tmp_path / "articles" / "b.html").write_text(page.format(text), "utf-8")
    return tmp_path


def _environment(folder: Path, **more: str) -> dict[str, str]:
    theirs = ("MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME")
    kept = {name: value for name, value in os.environ.items() if name not in theirs}
    ours = {"TMPDIR": str(folder / "temp"), "MAPGEN_CACHE": str(folder / "cache")}
    return kept | ours | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"} | more


def _command(folder: Path) -> list[str]:
    words = ["build", folder / "articles", "--formats", "png,svg,pdf,gpkg", "--country", "SY"]
    words += ["--published-on", "2024-12-06", "-o", folder / "output" / "map.html"]
    return [sys.executable, "-m", "mapgen", *map(str, words)]


def _check(folder: Path, done: subprocess.CompletedProcess[str]) -> None:
    """Check that a run made all its files, without a complaint of a library."""
    assert done.returncode == 0, done.stderr
    made = sorted(path.name for path in (folder / "output").iterdir())
    assert made == ["map.gpkg", "map.html", "map.pdf", "map.png", "map.svg"]
    told = done.stderr.casefold()
    assert [word for word in ("matplotlib", "fontconfig", "warning") if word in told] == []
    assert list((folder / "temp").iterdir()) == [], "a temporary file is left over"


def test_the_home_stays_as_it_was_where_a_cache_is_named(folder: Path) -> None:
    done = subprocess.run(
        _command(folder), env=_environment(folder, HOME=str(folder / "home")), cwd=folder / "home",
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    _check(folder, done)
    assert list((folder / "home").rglob("*")) == []
    assert list((folder / "cache" / "libraries").rglob("fontlist*.json")) != []


def test_a_run_needs_only_its_output_the_cache_and_the_temporary_folder(folder: Path) -> None:
    how = ["unshare", *(() if os.geteuid() == 0 else ("--map-root-user",)), "--mount"]
    inside = [*how, "sh", "-c", READ_ONLY, "sh", str(folder / "root"), str(folder)]
    if shutil.which("unshare") is None:
        pytest.skip("unshare (util-linux) is not installed, so nothing can be made read-only")
    tried = subprocess.run([*inside, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"this system forbids mounts in namespaces: {tried.stderr.strip()}")
    probe = subprocess.run([*inside, "touch", str(folder / "x")], capture_output=True, check=False)
    assert probe.returncode != 0, "all is writable, so this test sees nothing"
    done = subprocess.run(
        [*inside, *_command(folder)], env=_environment(folder), cwd="/",
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    _check(folder, done)


def test_without_a_cache_and_a_home_the_libraries_have_a_temporary_folder(
    folder: Path,
) -> None:
    script = (
        "import os\nfrom pathlib import Path\nfrom mapgen.command.own_folders import *\n"
        "with files_apart():\n"
        "    import matplotlib\n"
        "    print(matplotlib.get_cachedir())\n"
        "    print('MPLCONFIGDIR' in users_environment(), 'XDG_CACHE_HOME' in os.environ)\n"
        "print('MPLCONFIGDIR' in os.environ, 'XDG_CACHE_HOME' in os.environ)\n"
    )
    environment = _environment(folder, HOME=f"{folder}/articles/a.txt")  # no folder
    del environment["MAPGEN_CACHE"]
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=folder / "home",
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    used, inside, after = done.stdout.splitlines()
    assert Path(used).is_relative_to(folder / "temp")
    assert (inside, after, done.stderr) == ("False True", "False False", "")
    assert list((folder / "temp").iterdir()) == []
