"""A whole run makes no connection, as seen from outside the process.

The articles and the layer name a server on this machine at every turn, and the environment tells
libraries to use it. In one test that server listens; in another the run has no network interface at
all; in a third each packet is counted by the kernel.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FORMATS = "geojson,gpkg,kml,kmz,csv,parquet,png,svg,pdf"
TEXT = "Rebels captured {} on Thursday, the army said. Some 3,000 people fled to Homs."
HTML = """<!doctype html><html><head><base href="{url}/"><title>War</title>
<meta name="date" content="2024-12-06"><meta http-equiv="refresh" content="0;url={url}/refresh">
<link rel="stylesheet" href="{url}/style.css"><link rel="canonical" href="{url}/here">
<script src="{url}/script.js"></script></head><body><article><h1>War</h1><img src="{url}/a.png">
<iframe src="{url}/frame"></iframe><p>{text}</p><p>{text}</p></article></body></html>"""
FEED = """<!DOCTYPE d [<!ENTITY e SYSTEM "{url}/entity">]><html><body><p>{text} &e;</p>
<object data="{url}/object"></object><video src="{url}/video"></video></body></html>"""
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COUNT = "awk '/lo:/ {print $11}' /proc/net/dev"  # packets sent


def _inputs(folder: Path, url: str) -> None:
    """Write articles of several kinds and a layer of roads that name a server."""
    articles = folder / "articles"
    articles.mkdir()
    text = TEXT.format("Hama")
    (articles / "a.txt").write_text(TEXT.format("Rastan") + f" See {url}/txt.", "utf-8")
    head = f"---\nurl: {url}/md\npublished_on: 2024-12-06\ncountry: SY\n---\n"
    (articles / "b.md").write_text(f"{head}![map]({url}/map.png)\n\n{text}\n", "utf-8")
    (articles / "c.html").write_text(HTML.format(url=url, text=text), "utf-8")
    row = {"text": TEXT.format("Palmyra"), "url": f"{url}/jsonl", "source": f"{url}/source"}
    (articles / "d.jsonl").write_text(json.dumps(row), "utf-8")
    (articles / "e.html").write_text(FEED.format(url=url, text=text * 3), "utf-8")
    _word_file(articles / "f.docx", url)
    line = {"type": "LineString", "coordinates": [[36.75, 34.92], [36.75, 35.13]]}
    feature = {"type": "Feature", "properties": {"ref": "M5", "url": url}, "geometry": line}
    layer = {"type": "FeatureCollection", "features": [feature]}
    (folder / "roads.geojson").write_text(json.dumps(layer), "utf-8")
    linked = layer | {"crs": {"type": "link", "properties": {"href": f"{url}/crs"}}}
    (folder / "linked.geojson").write_text(json.dumps(linked), "utf-8")


def _word_file(file: Path, url: str) -> None:
    """Write a Word file whose template and picture are at a server."""
    document = docx.Document()
    document.add_paragraph(TEXT.format("Talbisseh"))
    for kind in ("attachedTemplate", "image"):
        document.part.relate_to(f"{url}/{kind}", f"{RELATION}/{kind}", is_external=True)
    document.save(str(file))


def _command(folder: Path, output: Path, *more: str, roads: str = "roads.geojson") -> list[str]:
    words = ["build", folder / "articles", "--roads", folder / roads, "--country", "SY"]
    words += ["--published-on", "2024-12-06", "-o", output, *more]
    words += ["--baseline", ROOT / "seeds" / "baseline.csv"]
    return [sys.executable, "-m", "mapgen", *map(str, words)]


def _environment(url: str) -> dict[str, str]:
    """Return an environment in which libraries that use a network use this server."""
    names = ("http_proxy", "https_proxy", "all_proxy", "GDAL_HTTP_PROXY", "PROJ_NETWORK_ENDPOINT")
    proxies = dict.fromkeys(names, url) | {name.upper(): url for name in names[:3]}
    return os.environ | proxies | {"PROJ_NETWORK": "ON", "PYTHONPATH": str(ROOT)}


def _built(
    words: list[str], url: str, *before: str, rc: int = 0
) -> subprocess.CompletedProcess[str]:
    """Run a build, and check how it ends."""
    done = subprocess.run(
        [*before, *words], env=_environment(url), capture_output=True, text=True, check=False
    )
    assert done.returncode == rc, done.stderr
    return done


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[bytes]]]:
    """Listen for connections of any kind; the list holds how each began."""
    seen: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:  # closed
                return
            with caller:
                caller.settimeout(5)
                seen.append(caller.recv(200))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}", seen
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(10)


def _namespace(*, needs: str = "") -> list[str]:
    """Return the command that starts a program in a network namespace, or skip the test."""
    if shutil.which("unshare") is None:
        pytest.skip("unshare (util-linux) is not installed, so there is no namespace to run in")
    if needs and shutil.which(needs) is None:
        pytest.skip(f"{needs} (iproute2) is not installed, so the namespace gets no route")
    how = [] if os.geteuid() == 0 else ["--map-root-user"]
    command = ["unshare", *how, "--net"]
    made = subprocess.run([*command, "true"], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"this system forbids network namespaces: {made.stderr.strip()}")
    return command


@pytest.fixture(scope="module")
def outputs(
    tmp_path_factory: pytest.TempPathFactory, server: tuple[str, list[bytes]]
) -> tuple[Path, dict[str, bytes]]:
    """Build a map of inputs that name the server; return the folder of inputs and the files."""
    folder = tmp_path_factory.mktemp("run")
    _inputs(folder, server[0])
    return folder, _outputs(folder / "with", server[0])


def test_a_server_that_everything_names_sees_nothing(
    outputs: tuple[Path, dict[str, bytes]], server: tuple[str, list[bytes]]
) -> None:
    (folder, made), (url, seen) = outputs, server
    page = made["map.html"].decode("utf-8")
    assert [t for t in ("Rastan", "Hama", "Palmyra", "Talbisseh") if t not in page] == []
    refused = _built(_command(folder, folder / "x.html", roads="linked.geojson"), url, rc=2)
    assert "coordinate system" in refused.stderr
    assert seen == []
    with socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1]))) as caller:
        caller.sendall(b"seen")
        caller.shutdown(socket.SHUT_WR)
        assert caller.recv(1) == b""
    assert seen == [b"seen"]  # the server does see who comes


def test_the_map_is_the_same_without_any_network_interface(
    outputs: tuple[Path, dict[str, bytes]], server: tuple[str, list[bytes]]
) -> None:
    folder, made = outputs
    inside = _outputs(folder / "without", server[0], *_namespace())
    assert [name for name in made if made[name] != inside.get(name)] == []


def _outputs(folder: Path, url: str, *before: str) -> dict[str, bytes]:
    """Return the files of a build with all formats, by name."""
    folder.mkdir()
    _built(_command(folder.parent, folder / "map.html", "--formats", FORMATS), url, *before)
    made = {p.name: p.read_bytes() for p in sorted(folder.iterdir())}
    assert len(made) > len(FORMATS.split(","))
    return made


def test_a_run_sends_no_packet(tmp_path: Path) -> None:
    # All addresses are local in this namespace, so that each packet, be it to a name server, is
    # sent and counted.
    inside = [*_namespace(needs="ip"), "bash", "-c"]
    up = "ip link set lo up && ip route add local default dev lo && ip link set lo multicast off"
    call = f"{sys.executable} -c 'import socket; socket.getaddrinfo(\"example.org\", 80)'"
    url = "http://192.0.2.1:80"
    _inputs(tmp_path, url)
    script = f'{up} && {COUNT} && "$@" >&2; echo rc $?; {COUNT}; {call} 2>/dev/null; {COUNT}'
    words = _command(tmp_path, tmp_path / "map.html")
    done = _built([*inside, script, "bash", *words], url, rc=0)
    before, rc, after, later = done.stdout.split("\n")[:4]
    assert rc == "rc 0", done.stderr
    assert "Rastan" in (tmp_path / "map.html").read_text("utf-8")
    assert (before, after) == ("0", "0"), "the run sent packets"
    assert int(later) > 0, "a look-up of a name is not counted, so this test sees nothing"
