"""What the tutorial, its notebook and the Quarto example tell is run, and compared."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from PIL import Image

CLI = {"mapgen": "mapgen.command.cli", "gazetteer": "gazetteer.cli"}
ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
NOTEBOOK = DOCS / "tutorial.ipynb"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
RUN = """
import json, sys
import nbformat
from nbclient import NotebookClient
book = nbformat.read(sys.argv[1], as_version=4)
place = {"metadata": {"path": sys.argv[2]}}
NotebookClient(book, timeout=300, kernel_name="python3", resources=place).execute()
print(json.dumps(book.cells))
"""


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Return a folder like the root of the repository, and go there."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_line(line: str) -> None:
    """Run one command of the page."""
    program, *words = shlex.split(line)
    assert import_module(CLI[program]).main(words) == 0, line


def test_the_tutorial_tells_what_happens(desk, capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)  # runners of tests set it; readers do not
    said = ""
    space: dict[str, object] = {}
    seen = []
    for kind, text in BLOCK.findall((DOCS / "tutorial.md").read_text("utf-8")):
        if kind == "sh":
            for line in text.splitlines():
                run_line(line)
            said = "".join(capsys.readouterr())
        elif kind == "python":
            exec(compile(text, "tutorial.md", "exec"), space)
            said = "".join(capsys.readouterr())
        else:
            assert kind == "text"
            for line in text.splitlines():
                assert line in said.splitlines(), f"{line!r} is not in:\n{said}"
        seen.append(kind)
    assert seen.count("sh") >= 4
    assert seen.count("python") >= 2
    assert seen.count("text") >= 5
    features = json.loads((desk / "output" / "map.geojson").read_text("utf-8"))["features"]
    held = {
        f["properties"]["place"]: f["properties"]["holder"]
        for f in features
        if f["properties"]["layer"] == "control"
    }
    assert held["Aleppo"] == "syria:hts"
    assert held["Homs"] == "syria:gov"
    with Image.open(desk / "output" / "column.png") as picture:
        assert picture.size == (354, 551)
    assert "Central Syria" in (desk / "output" / "central.html").read_text("utf-8")


def test_the_notebook_runs_and_shows_map_tables_and_picture(desk):
    book = json.loads(NOTEBOOK.read_text("utf-8"))
    for cell in book["cells"]:
        assert cell.get("outputs", []) == [], "clear the outputs before it is committed"
        assert cell.get("execution_count") is None
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(NOTEBOOK), str(desk / "docs")],
        env={**os.environ, "JUPYTER_PLATFORM_DIRS": "1", "IPYTHONDIR": str(desk / "ipython")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    cells = [c for c in json.loads(done.stdout) if c["cell_type"] == "code"]
    outputs = [o for c in cells for o in c["outputs"]]
    assert not [o["text"] for o in outputs if o["output_type"] == "stream"], "it says nothing aside"
    page, towns, flight, days, changes, off, picture = (o["data"] for o in outputs)
    assert 'sandbox="allow-scripts"' in page["text/html"]
    assert towns["text/plain"].count("syria:hts") == 4
    assert "the coast" in flight["text/plain"]
    assert "1000" in flight["text/plain"]
    assert "baseline" in days["text/plain"]
    assert "articles" not in days["text/plain"]
    assert changes["text/plain"].count("holder") == 4
    assert "Hypothetical" in off["text/plain"]
    assert "image/png" in picture


def test_the_python_of_the_quarto_example_runs(desk, monkeypatch):
    text = (DOCS / "quarto-example.qmd").read_text("utf-8")
    first, alone, last = re.findall(r"^```\{python\}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    monkeypatch.chdir(desk / "docs")
    space: dict[str, object] = {}
    exec(compile(first, "quarto-example.qmd", "exec"), space)
    page = eval(alone.splitlines()[-1], space)._repr_html_()
    assert page.startswith("<iframe srcdoc=")
    table = eval(last.splitlines()[-1], space)
    assert sorted(table["change"]) == ["flow", "holder", "holder", "holder", "holder"]
    (picture,) = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)
    with Image.open(desk / "docs" / picture) as shown:
        assert shown.format == "PNG"
