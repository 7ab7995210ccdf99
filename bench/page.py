"""Measure the size of the page, its loading time, requests, and the cost of steps and panning.

    python bench/page.py                     # the page alone; some 20 seconds
    python bench/page.py --peers FOLDER      # folium's plugins beside it, in the same run

The script measures the page of the dispatches in `seeds/`, then a made-up history of 5,500 places
over 770 days with 20 changes each, from a fixed seed, and last 2,000 movements at once. Folium's
plugins draw the same history, with fewer places if all of them would take minutes; the number is
printed. Their scripts, which normally come from content delivery networks, are served from FOLDER,
where `npm install` puts them (this needs the network once). The pages are opened without a network.

The cost of a step is the CPU time that the browser reports for tasks of the main thread: script,
style, layout and paint for one change of the day, less the cost of the same wait without a change.
The time until first use is wall-clock time, the median of seven openings, each in its own context,
and depends on the load of the machine.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error, Page, Route, sync_playwright

import mapgen
from mapgen.drawing.data.holder_tracks import Track, packed
from mapgen.drawing.page.html import page_html
from mapgen.drawing.page.packed import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
PLACES, DAYS, CHANGES, FLOWS = 5500, 770, 20, 2000
FIRST = date(2023, 1, 1)
BOX = (22.5, 45.0, 40.0, 52.0)  # degrees: west, south, east, north
SIDES = ("a", "b", "c", "d", "e")
COLOURS = ("#b23f30", "#264f66", "#62a78f", "#e3ac1c", "#aa6dbb")
SHAPES = ("circle", "diamond", "triangle", "square", "hexagon")
STEPS = 60
OPENINGS = 7
NPM = ("leaflet@1.9.4", "leaflet-timedimension@1.1.1", "leaflet.timeline@1.6.0", "jquery@3.7.1")
NPM += ("moment@2.30.1", "iso8601-js-period@0.2.1", "d3@4.13.0")
REACH = {
    "seeds": "520 KiB, 190 KiB gz, .5 s, 0, 0",
    "history": "900 KiB, .6 s, 6 / 12 ms",
    "flows": "under 16 ms",
}

# The content security policy of the page forbids eval, so the script contains the conditions.
OURS = "performance.getEntriesByName('usable').length"
# Runs before the page's own scripts, so that communication with the browser is not measured.
READY = """(() => { const look = () => {
  let ready = false;
  try { ready = document.body && (%s); } catch { /* not yet */ }
  if (ready) window.readyAt = performance.now();
  else requestAnimationFrame(look); };
  requestAnimationFrame(look); })()"""
STEP = """(values) => new Promise(async done => {
  const act = v => { %s };
  for (const v of values) await new Promise(next => requestAnimationFrame(() => {
    act(v);
    requestAnimationFrame(() => setTimeout(next, 4));
  }));
  done(); })"""


@dataclass
class Seen:
    """Loading time (ms), requests and console messages of a page while it opened."""

    ready_ms: float
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


def history() -> list[Track]:
    """Return the made-up history, which is the same in each run."""
    rng = random.Random(11)
    tracks = []
    for i in range(PLACES):
        held = rng.choice(SIDES)
        changes, before = [], held
        for day in sorted(rng.sample(range(1, DAYS), CHANGES)):
            held = rng.choice([s for s in SIDES if s != held])
            changes.append((FIRST + timedelta(days=day), held))
        tracks.append(
            Track(
                id=f"p{i}",
                name=f"Town {i}",
                lat=rng.uniform(BOX[1], BOX[3]),
                lon=rng.uniform(BOX[0], BOX[2]),
                rank=1 + (i % 50 == 0) + (i % 200 == 0) + 2 * (i % 1000 == 0),
                before=before,
                changes=tuple(changes),
            )
        )
    return tracks


def made_up(data: dict[str, Any]) -> dict[str, Any]:
    """Return the page data of the seeds without events, with the made-up frame and sides."""
    sides = {
        key: {
            "name": f"Side {key.upper()}",
            "short": f"Side {key.upper()}",
            "letter": key.upper(),
            "shape": shape,
            "light": {"fill": colour, "line": "#222222", "on": "#ffffff"},
            "dark": {"fill": colour, "line": "#dddddd", "on": "#ffffff"},
            "present": True,
        }
        for key, colour, shape in zip(SIDES, COLOURS, SHAPES, strict=True)
    }
    from mapgen.ground.basemap import cut_basemap

    empty = {"signs": [], "cards": [], "areas": [], "places": [], "off": [], "bars": []}
    days = [(FIRST + timedelta(days=n)).isoformat() for n in range(DAYS)]
    base = cut_basemap(BOX, "UA")
    more = {"sides": sides, "days": days, "span": None, "inset": None, "base": base}
    return {**data, **empty, **more}


def flows() -> list[dict[str, Any]]:
    """Return page data for 2,000 movements that are shown at once."""
    rng = random.Random(12)

    def at() -> list[float]:
        return [rng.uniform(BOX[1], BOX[3]), rng.uniform(BOX[0], BOX[2])]

    common = {"type": "displacement", "kind": "displacement", "end": "both", "card": "c1"}
    common |= {"from_day": None, "day": None, "side": None, "area": None, "origin_area": None}
    return [
        {**common, "path": [at(), at()], "method": "plain", "width": rng.randint(1, 4)}
        | {"standing": "stated", "label": [f"Movement {i}"], "place": None}
        for i in range(FLOWS)
    ]


def opened(
    browser: Browser, path: Path, ready: str, local: Path | None = None
) -> tuple[Page, Seen]:
    """Open a page without a network and wait until it is ready.

    Parameters
    ----------
    browser
        A running browser.
    path
        Path of the page.
    ready
        JavaScript condition that holds when the page is ready.
    local
        Folder from which scripts of content delivery networks are served.

    Returns
    -------
    tuple of (Page, Seen)
        The open page, and what was measured; for our own page, the median time of all openings.
    """
    if ready == OURS:
        before = []
        for _ in range(OPENINGS - 1):
            page, seen = _open(browser, path, ready, local)
            before.append(seen.ready_ms)
            page.context.close()
        page, seen = _open(browser, path, ready, local)
        seen.ready_ms = statistics.median([*before, seen.ready_ms])
        return page, seen
    return _open(browser, path, ready, local)


def _open(browser: Browser, path: Path, ready: str, local: Path | None) -> tuple[Page, Seen]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(READY % ready)
    page = context.new_page()
    page.set_default_timeout(60_000)
    seen = Seen(0.0)
    page.on(
        "request",
        lambda r: seen.requests.append(r.url) if not r.url.startswith(("file:", "data:")) else None,
    )
    page.on("console", lambda m: seen.messages.append(m.text))
    page.on("pageerror", lambda e: seen.messages.append(str(e)))
    page.route(re.compile(r"^https?:"), lambda route: _served(route, local))
    page.goto(path.as_uri(), wait_until="commit")
    end = time.monotonic() + 45
    while not (at := page.evaluate("window.readyAt || 0")):
        if time.monotonic() > end:
            msg = "not open in 45 s"
            raise Error(msg)
        page.wait_for_timeout(100)
    seen.ready_ms = at
    return page, seen


def _served(route: Route, local: Path | None) -> None:
    name = route.request.url.split("?")[0].rpartition("/")[2]
    names = {
        "d3.v4.min.js": "d3.min.js",
        "iso8601.min.js": "iso8601.js",
        "leaflet.timeline.min.js": "leaflet.timeline.js",
    }
    if name.startswith("jquery"):
        name = "jquery.min.js"
    wanted = names.get(name, name)
    if local is not None and name.endswith(".js"):
        found = sorted(local.rglob(wanted), key=lambda p: (len(p.parts), str(p)))
        found = [p for p in found if "src" not in p.parts]
        if found:
            route.fulfill(path=found[0])
            return
    route.fulfill(body="") if local is not None else route.abort()


def steps(page: Page, code: str, values: list[Any]) -> tuple[float, float]:
    """Return the median and the 95th percentile of the cost of steps, in milliseconds of CPU time.

    Parameters
    ----------
    page
        An open page.
    code
        JavaScript that makes a step to the value ``v``.
    values
        Values of the steps.
    """
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in metrics if m["name"] == "TaskDuration") * 1000

    def cost(act: str, value: Any) -> float:
        before = spent()
        page.evaluate(STEP % act, [value])
        return spent() - before

    page.wait_for_timeout(300)
    idle = statistics.median(cost("", None) for _ in range(15))
    times = sorted(max(0.0, cost(code, v) - idle) for v in values)
    return statistics.median(times), times[min(len(times) - 1, int(0.95 * len(times)))]


def row(*cells: object) -> None:
    """Print a row of the table."""
    print("| " + " | ".join(str(c) for c in cells) + " |")


def kib(n: int) -> str:
    """Return a number of bytes as text in KiB or MB."""
    return f"{n / 1024:.0f} KiB" if n < 4e6 else f"{n / 1e6:.1f} MB"


def measure(browser: Browser, folder: Path, local: Path | None) -> bool:
    """Measure all pages and print the table; return whether all targets are met."""
    with contextlib.chdir(ROOT):
        situation = mapgen.build(["seeds"], baseline="seeds/baseline.csv")
    block = situation.to_html().partition('id="mg-data">')[2].partition("</script>")[0]
    data = unpacked(json.loads(block))
    ready = OURS
    row("page", "size", "first usable", "requests", "messages", "step, median / 95 %", "reach")
    row(*["---"] * 7)
    text = situation.to_html().encode()
    path = folder / "seeds.html"
    path.write_bytes(text)
    page, seen = opened(browser, path, ready)
    small = len(gzip.compress(text))
    values = [i % len(data["days"]) for i in range(STEPS)]
    code = (
        "const s = document.getElementById('slider'); s.value = v;"
        "s.dispatchEvent(new Event('input'));"
    )
    mid, most = steps(page, code, values)
    size = f"{kib(len(text))}, {kib(small)} gz"
    row("seeds", size, f"{seen.ready_ms:.0f} ms", len(seen.requests), len(seen.messages),
        f"{mid:.1f} / {most:.1f} ms", REACH["seeds"])  # fmt: skip
    good = len(text) < 520 * 1024 and small < 190 * 1024 and seen.ready_ms < 500
    good = good and not seen.requests and not seen.messages
    page.context.close()

    tracks = history()
    days = [FIRST + timedelta(days=n) for n in range(DAYS)]
    text = page_html({**made_up(data), "tracks": packed(tracks, days)}).encode()
    path = folder / "history.html"
    path.write_bytes(text)
    page, seen = opened(browser, path, ready)
    mid, most = steps(page, code, list(range(300, 300 + STEPS)))
    told = (f"{seen.ready_ms:.0f} ms", len(seen.requests), len(seen.messages))
    name = f"{PLACES:,} places x {DAYS} days"
    row(name, kib(len(text)), *told, f"{mid:.1f} / {most:.1f} ms", REACH["history"])
    good = good and len(text) < 900 * 1024 and seen.ready_ms < 600 and mid < 6 and most < 12
    page.context.close()

    text = page_html({**made_up(data), "signs": flows()}).encode()
    path = folder / "flows.html"
    path.write_bytes(text)
    page, seen = opened(browser, path, ready)
    drag = (
        "const kind = v === 0 ? 'mousedown' : v === 30 ? 'mouseup' : 'mousemove';"
        "(v ? document.body : document.querySelector('.mg-map .leaflet-map-pane')).dispatchEvent("
        "new MouseEvent(kind, {bubbles: true, button: 0, buttons: 1, clientX: 700 + 6 * v,"
        "clientY: 400 + 3 * v}));"
    )
    mid, most = steps(page, drag, [*range(31), *range(31)])
    told = (f"{seen.ready_ms:.0f} ms", len(seen.requests), len(seen.messages))
    name = f"{FLOWS:,} flows, a frame of panning"
    row(name, kib(len(text)), *told, f"{mid:.1f} / {most:.1f} ms", REACH["flows"])
    good = good and most < 16
    page.context.close()
    if local is not None:
        for peer in (_timeline, _timestamped, _choropleth):
            peer(browser, folder, local, tracks)
    return good


def _spells(track: Track) -> list[tuple[date, date, str]]:
    days = [FIRST, *(d for d, _ in track.changes), FIRST + timedelta(days=DAYS)]
    held = [track.before, *(s for _, s in track.changes)]
    return [(a, b, str(s)) for a, b, s in zip(days, days[1:], held, strict=False)]


def _peer(name: str, browser: Browser, path: Path, local: Path, ready: str, code: str,
          values: list[Any]) -> None:  # fmt: skip
    try:
        page, seen = opened(browser, path, ready, local)
    except Error as err:
        row(name, kib(path.stat().st_size), str(err).splitlines()[0], "", "", "", "peer")
        return
    page.wait_for_timeout(500)
    mid, most = steps(page, code, values)
    wrong = len([m for m in seen.messages if "Failed to load" not in m])
    row(name, kib(path.stat().st_size), f"{seen.ready_ms:.0f} ms", len(seen.requests), wrong,
        f"{mid:.1f} / {most:.1f} ms", "peer")  # fmt: skip
    page.context.close()


def _folium_map(*, canvas: bool = True) -> Any:
    import folium

    centre = [(BOX[1] + BOX[3]) / 2, (BOX[0] + BOX[2]) / 2]
    return folium.Map(location=centre, zoom_start=6, tiles=None, prefer_canvas=canvas)


def _colour(side: str) -> str:
    return COLOURS[SIDES.index(side)]


def _timeline(browser: Browser, folder: Path, local: Path, tracks: list[Track]) -> None:
    """Measure folium's Timeline on a canvas with all places; each spell is a feature."""
    import folium
    from folium.plugins import Timeline, TimelineSlider

    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(t.lon, 4), round(t.lat, 4)]},
            "properties": {"start": a.isoformat(), "end": b.isoformat(), "c": _colour(s)},
        }
        for t in tracks
        for a, b, s in _spells(t)
    ]
    shown = _folium_map()
    layer = Timeline(
        {"type": "FeatureCollection", "features": features},
        pointToLayer=folium.JsCode(
            "(f, p) => L.circleMarker(p, {radius: 2, weight: 1, color: f.properties.c})"
        ),
    ).add_to(shown)
    TimelineSlider(auto_play=False).add_timelines(layer).add_to(shown)
    path = folder / "timeline.html"
    shown.save(str(path))
    ms = [
        int(datetime(2023, 10, 28, tzinfo=UTC).timestamp() * 1000) + i * 86400000 for i in range(20)
    ]
    _peer(f"folium Timeline, {len(tracks):,} places", browser, path, local,
          f"window.{layer.get_name()} && {layer.get_name()}.getLayers().length > 0",
          f"{layer.get_name()}.setTime(v)", ms)  # fmt: skip


def _timestamped(browser: Browser, folder: Path, local: Path, tracks: list[Track]) -> None:
    """Measure folium's TimestampedGeoJson; each spell is a feature with all its days."""
    from folium.plugins import TimestampedGeoJson

    some = tracks[::20]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(t.lon, 4), round(t.lat, 4)]},
            "properties": {
                "times": [(a + timedelta(days=n)).isoformat() for n in range((b - a).days)],
                "icon": "circle",
                "iconstyle": {"radius": 2, "weight": 1, "color": _colour(s)},
            },
        }
        for t in some
        for a, b, s in _spells(t)
    ]
    for f in features:  # a point with several times needs as many coordinates
        n = len(f["properties"]["times"])
        f["geometry"] = {"type": "MultiPoint", "coordinates": [f["geometry"]["coordinates"]] * n}
    shown = _folium_map()
    TimestampedGeoJson(
        {"type": "FeatureCollection", "features": features},
        period="P1D",
        duration="P1D",
        auto_play=False,
        add_last_point=True,
    ).add_to(shown)
    path = folder / "timestamped.html"
    shown.save(str(path))
    name = shown.get_name()
    drawn = "document.querySelector('.leaflet-pane canvas, .leaflet-interactive')"
    ready = f"window.{name} && {name}.timeDimension && {drawn}"
    code = f"{name}.timeDimension.setCurrentTimeIndex(v)"
    name = f"folium TimestampedGeoJson, {len(some):,} places"
    _peer(name, browser, path, local, ready, code, list(range(300, 320)))


def _choropleth(browser: Browser, folder: Path, local: Path, tracks: list[Track]) -> None:
    """Measure folium's TimeSliderChoropleth; small squares have a style for each day."""
    from folium.plugins import TimeSliderChoropleth

    some = tracks[::20]
    stamps = [
        str(int(datetime(2023, 1, 1, tzinfo=UTC).timestamp()) + i * 86400) for i in range(DAYS)
    ]
    features, styles = [], {}
    for i, t in enumerate(some):
        d = 0.02
        ring = [[t.lon - d, t.lat - d], [t.lon + d, t.lat - d], [t.lon + d, t.lat + d]]
        ring = [[round(x, 4), round(y, 4)] for x, y in [*ring, [t.lon - d, t.lat + d], ring[0]]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "id": str(i), "properties": {}, "geometry": geometry})
        days = [s for a, b, s in _spells(t) for _ in range((b - a).days)]
        styles[str(i)] = {
            stamp: {"color": _colour(s), "opacity": 0.8}
            for stamp, s in zip(stamps, days, strict=True)
        }
    shown = _folium_map(canvas=False)
    TimeSliderChoropleth({"type": "FeatureCollection", "features": features}, styles).add_to(shown)
    path = folder / "choropleth.html"
    shown.save(str(path))
    slider = "document.querySelector('input[type=range]')"
    ready = f"document.querySelector('.leaflet-interactive') && {slider}"
    code = (
        f"const s = {slider}; s.value = v; s.dispatchEvent(new Event('input', {{bubbles: true}}));"
    )
    name = f"folium TimeSliderChoropleth, {len(some):,} places"
    _peer(name, browser, path, local, ready, code, list(range(300, 320)))


def _scripts(folder: Path) -> Path:
    """Download the scripts of the plugins, unless they are in the folder, and return their path."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules" / "d3").exists():
        npm = shutil.which("npm")
        if npm is None:
            sys.exit("--peers needs npm")
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", *NPM]
        subprocess.run([*command, "--prefix", str(folder)], check=True, stdout=subprocess.DEVNULL)
    return folder / "node_modules"


def main() -> int:
    """Run the benchmark; return 1 if a target is not met, else 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--peers", type=Path, metavar="FOLDER", help="also folium's plugins")
    args = parser.parse_args()
    local = _scripts(args.peers.resolve()) if args.peers else None
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found: Callable[[str], str | None] = shutil.which
    path = os.environ.get("MAPGEN_CHROMIUM") or next(filter(None, map(found, names)), None)
    with sync_playwright() as engine, tempfile.TemporaryDirectory() as folder:
        browser = engine.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        print(f"Chromium {browser.version}, {os.cpu_count()} cores, 1440 x 900, no GPU\n")
        good = measure(browser, Path(folder), local)
        browser.close()
    print("\nAll reached." if good else "\nNot all reached.")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
