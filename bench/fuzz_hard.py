"""Kinds of cases that need a whole run: hidden signs, impossible figures, names of sources, links.

Each kind makes the input of a case from a random generator, and checks what comes out of it.
`bench/fuzz.py` runs them with its own kinds.
"""

from __future__ import annotations

import gzip
import io
import json
import math
import re
import shutil
import sqlite3
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import fuzz_sites

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from gazetteer import Gazetteer

HIDDEN = (
    "\u200b",
    "\u00ad",
    "\u2060",
    "\ufeff",
    "\u200d",
    "\u202e",
    "\u2067",
    "\x01",
    "\U000e0041",
)
APOSTROPHES = (
    "",
    " ’",
    "”",
    "\x92",
    "\ufffd",
    "â€™",
    "&#39;",
    "'",
    "’",
    "\u02bc",
    "\u2032",
    "\u00b4",
    "\u0060",
    "\u201b",
    "\uff07",
    "\u2018",
)
LOOKS = {"a": "а", "c": "с", "e": "е", "o": "о", "p": "р", "x": "х", "y": "у", "i": "і"}
TOWNS = ("Goma", "Bunia", "Kharkiv", "Taiz", "Kadugli", "Sake")
UNTRUE = (
    "The army has not captured {town}.",
    "Rebels haven't captured {town}.",
    "The mayor denied that rebels captured {town}.",
    "Rebels may capture {town} tomorrow.",
    "In a training exercise, soldiers captured {town}.",
    "Reports that rebels had captured {town} turned out to be a hoax.",
    "Rebels captured {town} {far} days ago.",
    "Rebels captured {town} on 5 March {year}.",
)
TRUE = (
    "Rebels captured {town} on Thursday.",
    "Some {figure} people fled from {town} on Thursday, UNHCR said.",
    'A leaflet read: "The UN said that {figure} people fled {town}."',
    "The army bombed {town} two days ago, killing {figure} people.",
)
MONITOR = (
    "SOHR",
    "the Observatory",
    "the Syrian Observatory for Human Rights",
    "the Britain-based Syrian Observatory for Human Rights",
    "the war monitor",
    "Rami Abdel Rahman",
)
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
MARKUP = "\"'></title><script>alert(1)</script><img src=x onerror=alert(1)>"
OUTSIDE = "Rebels captured Bukavu on Thursday, a private file said."


class WrongResultError(AssertionError):
    """A result is not as promised."""


def _check(holds: bool, words: str) -> None:  # noqa: FBT001
    if not holds:
        raise WrongResultError(words)


# --- making cases -------------------------------------------------------------------------------


def _number(draw: Random) -> str:
    digits = draw.choice((3, 5, 7, 12, 24, 400, 5000))
    number = "".join(draw.choice("0123456789") for _ in range(digits)).lstrip("0") or "7"
    return draw.choice((number, f"{int(number[:15]):,}", f"{number[:3]} million", number + ".5"))


def _disguised(draw: Random, text: str) -> str:
    """Return a text with unseen signs inside words, other apostrophes and look-alikes."""
    out = []
    if " not " in text and draw.random() < 0.3:
        dress = (
            "*not*",
            "_not_",
            "***not***",
            "n o t",
            "ɴᴏᴛ",
            "ᴺᴼᵀ",
            "n\u0332o\u0332t\u0332",
            "ṅot",
        )
        return text.replace(" not ", f" {draw.choice(dress)} ")
    for letter in text:
        if letter == "'":
            out.append(draw.choice(APOSTROPHES))
            continue
        out.append(LOOKS[letter] if letter in LOOKS and draw.random() < 0.02 else letter)
        if letter.isalnum() and draw.random() < 0.1:
            out.append(draw.choice(HIDDEN))
    return "".join(out)


def _sentence(draw: Random, patterns: tuple[str, ...]) -> str:
    far = draw.choice((10**5, 10**9, 10**30))
    year = draw.choice((2031, 2034, 2099, 9999))
    values = {"town": draw.choice(TOWNS), "figure": _number(draw), "far": far, "year": year}
    return draw.choice(patterns).format(**values)


def _coder(draw: Random) -> str:
    """Return a coder: mostly the rules, as the network takes four times as long as the rules."""
    return draw.choice(("readers", "rules", "rules", "rules", "rules", "rules", "rules", "rules"))


def coded(draw: Random) -> bytes:
    """Return a case with one article that says untrue or true things, in disguise."""
    untrue = draw.random() < 0.6
    text = _sentence(draw, UNTRUE if untrue else TRUE)
    text = _disguised(draw, text) if draw.random() < 0.8 else text
    if draw.random() < 0.1:
        signs = draw.choice(('"', "_", "(", "=", "’", '"_', "£")) * draw.choice((60, 20_000))
        text += f" {signs}"
    return json.dumps({"text": text, "untrue": untrue, "coder": _coder(draw)}).encode()


def monitors(draw: Random) -> bytes:
    """Return a case with two articles that quote one monitor under two names."""
    texts = []
    for words in draw.sample(MONITOR, 2):
        name = words[:1].upper() + words[1:]
        how = draw.choice(("{n} said rebels captured {t}.", "Rebels captured {t}, {w} said."))
        texts.append(how.format(n=name, w=words, t="Saraqib"))
    return json.dumps({"texts": texts, "coder": _coder(draw)}).encode()


def gpkg(draw: Random) -> bytes:
    """Return a GeoPackage with lines, some of them damaged, and now and then with a view."""
    base = sqlite3.connect(":memory:")
    base.executescript(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT,"
        " organization_coordsys_id INTEGER, definition TEXT);"
        "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT,"
        " geometry_type_name TEXT, srs_id INTEGER);"
        "CREATE TABLE roads (fid INTEGER PRIMARY KEY, geom BLOB, ref TEXT);"
    )
    code = draw.choice((4326, 4326, 32636, -5, 10**12, None))
    words = draw.choice(("GEOGCS[", "x" * 9, 'PROJCS["a"', "http://127.0.0.1:9/crs", None))
    base.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (4326, ?, ?, ?)",
                 (draw.choice(("EPSG", "x", None)), code, words))  # fmt: skip
    base.execute("INSERT INTO gpkg_geometry_columns VALUES ('roads', 'geom', 'LINESTRING', 4326)")
    if draw.random() < 0.3:
        base.execute("INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'LINESTRING', 4326)")
        base.execute("CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1"
                     " FROM n) SELECT i AS fid, NULL AS geom, 'x' AS ref FROM n")  # fmt: skip
    line = "0102000000020000000000000000004240000000000000414000000000008042400000000000804140"
    for _ in range(draw.randrange(4)):
        blob = b"GP\x00" + bytes([draw.choice((1, 1, 1, 3, 15))]) + b"\xe6\x10\x00\x00"
        blob += bytes.fromhex(line)
        if draw.random() < 0.3:
            blob = blob[: draw.randrange(len(blob))] + bytes(draw.randrange(256) for _ in range(4))
        base.execute("INSERT INTO roads (geom, ref) VALUES (?, ?)", (blob, _number(draw)))
    base.commit()
    data = base.serialize()
    base.close()
    return data


def many(draw: Random) -> bytes:
    """Return a file of kilobytes that unpacks to very many lines or faults."""
    row = json.dumps({"text": "Rebels captured Goma on Thursday."}).encode()
    n = draw.choice((100,) * 12 + (1_000,) * 10 + (100_000, 3_000_000))  # a large one is slow
    line = draw.choice((b"\n", b"no JSON\n", b"{}\n")) if n < 1_000_000 else b"\n"
    return gzip.compress(row + b"\n" + line * n + row, compresslevel=1, mtime=0)


def records(draw: Random) -> bytes:
    """Return a claims file with very many articles, or with impossible figures and days."""
    article: dict[str, Any] = {"record": "article", "sha256": "", "paragraphs": []}
    article |= dict.fromkeys(
        ("title", "source", "url", "published_on", "published_on_basis", "language")
    )
    n = draw.choice((1, 3, 3, 3, 10_000))
    lines = [json.dumps(article | {"id": f"a{i if draw.random() < 0.9 else 0}"}) for i in range(n)]
    day = draw.choice(("0001-01-01", "9999-12-31", "2024-12-06"))
    figure = draw.choice((0, 5, 10**9, 10**300))
    claim = {
        "record": "claim", "id": "c", "article": "a0", "start": 0, "end": 4, "quote": "Goma",
        "kind": "displacement", "status": "claimed", "actor": None, "from_actor": None,
        "places": [], "confidence": 0.5, "state": None, "rules": [],
        "quantity": {"low": figure, "high": figure, "best": figure, "unit": "people", "words": "x"},
        "date": {"start": day, "end": day, "words": "then", "basis": "stated"},
        "attribution": {"name": "\x1b[2J\u202eeht", "role": None, "words": "x"},
    }  # fmt: skip
    return "\n".join([*lines, json.dumps(claim)]).encode()


def _size(draw: Random, piece: str) -> int:
    """Return how large an input is; a row takes a tenth of a millisecond to check."""
    return draw.choice((10, 1000, 100_000 if piece.startswith("{") else 12_000_000))


def stream(draw: Random) -> bytes:
    """Return what is given on standard input: one text or rows, of a size up to 12 MB."""
    piece = draw.choice(
        ("Rebels captured Goma. ", '{"text": "Rebels captured Goma."}\n', "\n", "\x00")
    )
    return (piece * (_size(draw, piece) // len(piece) + 1)).encode()


def links(draw: Random) -> bytes:
    """Return the links of a folder: the name of each and where it leads."""
    targets = (
        "../private/secret.txt",
        "../private",
        "a.txt",
        "self.txt",
        "/etc/hostname",
        "no",
        "..",
    )
    return json.dumps([draw.choice(targets) for _ in range(draw.randrange(1, 6))]).encode()


def flipped(draw: Random) -> bytes:
    """Return a compiled file that will be changed by one bit."""
    return bytes(draw.randrange(256) for _ in range(draw.randrange(2, 400)))


def tangle(draw: Random) -> bytes:
    """Return roads of few bytes that cross each other endlessly, or that bend at each point."""
    n = draw.choice((5, 50, 50, 200, 200, 3_000))
    turns = [math.pi * i / n for i in range(n)]
    steps = [(i // 2 / n, (i + 1) // 2 % 2) for i in range(n)]
    lines = draw.choice(
        (
            [[(36 - math.cos(a), 34 - math.sin(a)), (36 + math.cos(a), 34)] for a in turns],
            [[(36 + x, 34 + y) for x, y in steps], [(36 + y, 34 + x) for x, y in steps]],
            [[(36 + i * 5e-6, 34 + (-1) ** i * 8 * (n - i) / n) for i in range(n)]],
            [[(36, 34), (37, 35)]] * n,
        )
    )
    shapes = [{"type": "LineString", "coordinates": line} for line in lines]
    features = [{"type": "Feature", "properties": {}, "geometry": shape} for shape in shapes]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def embedded(draw: Random) -> bytes:
    """Return a page of a map whose title block has markup in it, or is not one."""
    words = (MARKUP, "War", "", None, 5, [MARKUP])
    meta: dict[str, Any] = {
        key: draw.choice(words[:3] if draw.random() < 0.8 else words)
        for key in ("title", "as_of_text", "as_of_note", "language")
    }
    meta["summary"] = draw.choice(([[MARKUP, "x"]], [["x", MARKUP]] * 3, [], [["x"]], "xy", None))
    data = json.dumps({"meta": meta}).replace("<", "\\u003c")
    return f'<script type="application/json" id="mg-data">{data}</script>'.encode()


MAKERS: dict[str, tuple[Callable[[Random], bytes], str]] = {
    "coded": (coded, ".coded"),
    "monitors": (monitors, ".monitors"),
    "gpkg": (gpkg, ".gpkg"),
    "many": (many, ".jsonl.gz"),
    "records": (records, ".records"),
    "stdin": (stream, ".stdin"),
    "links": (links, ".links"),
    "flipped": (flipped, ".flipped"),
    "tangle": (tangle, ".tangle.geojson"),
    "embed": (embedded, ".embed.html"),
    **fuzz_sites.MAKERS,
}
WHOLE = frozenset({"coded", "monitors", "links", "flipped", "site"})
"""Kinds whose data describe the case: they are not changed at random."""


# --- running cases ------------------------------------------------------------------------------


def run(kind: str, path: Path, data: bytes, places: Gazetteer) -> str:
    """Run a case, and return "read" or "refused".

    Parameters
    ----------
    kind
        A key of `MAKERS`.
    path
        File that holds the data.
    data
        The data.
    places
        Gazetteer in which places are looked up.
    """
    return _RUNS[kind](path, data, places)


def _coded(_: Path, data: bytes, places: Gazetteer) -> str:
    from mapgen import pipeline
    from mapgen.claims.claims_file import claims_from_lines, claims_to_lines
    from mapgen.core.bounds import MOST_PEOPLE
    from mapgen.drawing.page.html import as_json
    from mapgen.model import Article
    from mapgen.settings import Settings
    from mapgen.situation.explain import explain

    told = json.loads(data)
    settings = Settings().updated(as_of="2024-12-06", coder=told["coder"])
    day = settings.as_of
    article = Article(id="a", text=told["text"], published_on=day, title="A\u202e title")
    made = pipeline.extract([article], places, settings)
    refused = [s.left_off for s in made.sentences if "fault of mapgen" in (s.left_off or "")]
    _check(not refused, str(refused[:1]))
    for claim in made.claims:
        _check(claim.quote == told["text"][claim.start : claim.end], "a quote that is not there")
        figure = claim.quantity.best if claim.quantity else None
        _check(figure is None or figure <= MOST_PEOPLE, f"a figure of {figure}")
    drawn = [c.quote for c in made.claims if c.status.is_current and c.places]
    _check(not (told["untrue"] and drawn), f"drawn although untrue: {drawn[:1]!r}")
    _check(len(claims_from_lines(claims_to_lines(made)).claims) == len(made.claims), "claims lost")
    shown = pipeline.shown(pipeline.situate(made, places, settings), places, settings)
    claims = [asdict(c) for c in shown.situation.extraction.claims]
    page = as_json([shown.situation.title, json.loads(json.dumps(claims, default=str))])
    _check(not _TURNING.search(page), "letters turned around")
    lines = "\n".join(explain(shown))
    _check(not _OBEYED.search(lines) and not _TURNING.search(lines), "a sign for the terminal")
    return "read"


def _monitors(_: Path, data: bytes, places: Gazetteer) -> str:
    from mapgen import pipeline
    from mapgen.model import Article, Standing
    from mapgen.settings import Settings

    told = json.loads(data)
    settings = Settings().updated(as_of="2024-12-06", country="SY", coder=told["coder"])
    articles = [
        Article(id=f"a{n}", text=text, published_on=settings.as_of, country="SY")
        for n, text in enumerate(told["texts"])
    ]
    made = pipeline.situate(pipeline.extract(articles, places, settings), places, settings)
    _check(
        not [e for e in made.events if e.standing is Standing.ASSESSED],
        "one monitor counts as two sources",
    )
    return "read"


def _roads(path: Path, _: bytes, places: Gazetteer) -> str:
    from mapgen.ground.roads.road_files import read_roads

    del places
    read_roads(path)
    return "read"


def _many(path: Path, _: bytes, places: Gazetteer) -> str:
    from mapgen.core.bounded import KEPT
    from mapgen.reading.articles import read

    del places
    result = read([path])
    _check(len(result.refused) <= KEPT + 1, f"{len(result.refused)} refusals are kept")
    return "read" if result.articles else "refused"


def _records(path: Path, _: bytes, places: Gazetteer) -> str:
    from mapgen import pipeline
    from mapgen.claims.claims_file import read_claims
    from mapgen.settings import Settings
    from mapgen.situation.explain import explain

    shown = pipeline.shown_reading(read_claims(path), places, Settings())
    lines = "\n".join(explain(shown)) if len(shown.situation.extraction.articles) < 9 else ""
    _check(not _OBEYED.search(lines) and not _TURNING.search(lines), "a sign for the terminal")
    return "read"


def _stdin(_: Path, data: bytes, places: Gazetteer) -> str:
    from mapgen.reading.articles import read

    del places
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(data)))  # type: ignore[arg-type]
    try:
        result = read(["-"])
    finally:
        sys.stdin = before
    return "read" if result.articles else "refused"


def _links(path: Path, data: bytes, places: Gazetteer) -> str:
    from mapgen.reading.articles import read

    del places
    root = path.with_name("links")
    shutil.rmtree(root, ignore_errors=True)
    (root / "private").mkdir(parents=True)
    (root / "articles").mkdir()
    (root / "private" / "secret.txt").write_text(OUTSIDE, "utf-8")
    (root / "articles" / "a.txt").write_text("Rebels captured Goma.", "utf-8")
    for n, target in enumerate(json.loads(data)):
        name = "self.txt" if target == "self.txt" else f"link{n}.txt"
        link = root / "articles" / name
        if not link.is_symlink():
            link.symlink_to(target)
    result = read([root / "articles"])
    _check([a.id for a in result.articles] == ["a"], "a file outside the folder was read")
    return "read"


def _flipped(path: Path, data: bytes, places: Gazetteer) -> str:
    from gazetteer.checksum import is_whole, seal

    del places
    seal(path, path)
    _check(is_whole(path), "a sound file is called damaged")
    at = data[0] * len(data) // 256
    other = path.with_name("flipped.sqlite")
    other.write_bytes(data[:at] + bytes([data[at] ^ 1 << data[1] % 8]) + data[at + 1 :])
    other.replace(path)
    _check(not is_whole(path), "a changed bit is not noticed")
    return "read"


def _embedded(path: Path, _: bytes, places: Gazetteer) -> str:
    from mapgen.drawing.page.embed import _RESIZE, embed_snippet

    del places
    snippet = embed_snippet(path)
    snippet = snippet.replace(f"<script>{_RESIZE}</script>", "")  # our own, which sizes the frame
    _check("<script" not in snippet and "<img" not in snippet, "markup in the snippet")
    return "read"


_RUNS: dict[str, Callable[[Path, bytes, Gazetteer], str]] = {
    "coded": _coded,
    "monitors": _monitors,
    "gpkg": _roads,
    "many": _many,
    "records": _records,
    "stdin": _stdin,
    "links": _links,
    "flipped": _flipped,
    "tangle": _roads,
    "embed": _embedded,
    "site": fuzz_sites.run_site,
}
