"""Fuzz all readers and the page writer with hostile and broken input, and print the failures.

    python bench/fuzz.py [--cases 200000] [--from 0] [--seed 1] [--kinds pdf,html]
                         [--save DIR] [--replay DIR]

The input of each case must either be read or be refused with an error that mapgen raises on
purpose. A case fails if another exception is raised, if it takes more than 5 seconds, or if it
adds more than 600 MB to the memory in use. Cases depend only on the seed and their number, so they
are the same on every machine. A long run can be made in parts (``--from 50000 --cases 50000``), and
``--only N`` repeats a single case. ``--save`` keeps the input of failed cases; add it to
``tests/data/hostile/`` when the fault is mended. The exit status is 1 if a case failed.

The kinds that take long (`WEIGHTS`) are drawn less often. Each number of the list of what attackers
and odd files do (`KINDS_OF_FAULTS`) has a kind.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import gzip
import io
import json
import os
import re
import signal
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from gazetteer.errors import GazetteerError
from mapgen.errors import FAULT, MapgenError

sys.path.insert(0, str(Path(__file__).parent))
import fuzz_hard
import fuzz_messages
import fuzz_packed
import fuzz_shapes
import fuzz_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS, MEGABYTES = 5.0, 600.0
REFUSALS = (MapgenError, GazetteerError)
LONG_RUN = 200_000  # cases
BIG = 2_000  # one case in 2,000 has a line or a list of up to 10 MB

NASTY = (
    "\x00", "\x01\x1b[2J", "\r", "\u2028", "\u2029", "\x85", "\ufeff", "\u200b\u200d", "\ufffe",
    "\u202e", "\u2066\u2069", "\u200f", "\U0001f4a3", "e\u0301" * 40, "\U000e0001", "\ud800",
    "</script><script>alert(1)</script>", "<!--<script>", "]]>", "<img src=x onerror=alert(1)>",
    "javascript:alert(1)", "=cmd|' /C calc'!A0", "@SUM(1)", "../../etc/passwd", "/dev/zero",
    "C:\\nul", "~root", "$(reboot)", "`id`", "%s%n", "{0.__class__}", "${jndi:ldap://x}", "'; --",
    "NaN", "Infinity", "-0", "1e999", "9" * 400, "9" * 5000, "0x10", "null", "true", "&lol;",
    "&#x0;", "*a", "!!python/object/apply:os.system [id]", "&a [*a, *a]", "{{[[", "?:", "- - -",
    "[" * 300, "{" * 300, '"' * 99, "(" * 2000, "<div>" * 500, "**" * 300, "![[](", "\\", "\t" * 50,
    "2024-02-30", "0000-00-00", "99999-12-31", "2024-12-06T25:61", "19\u0663\u0664", "\u0661",
)  # fmt: skip
PROSE = (
    "Rebels captured the town of Rastan on Thursday, the monitor said. Tens of thousands of "
    "people fled Homs toward the coast as government forces withdrew from Hama and Talbisseh. "
    "The ministry denied that the city had fallen, and residents said that they heard strikes."
)


@dataclass(frozen=True, slots=True)
class Case:
    """One input: the kind of reader, the name of the file and its content."""

    kind: str
    name: str
    data: bytes


# --- making cases -------------------------------------------------------------------------------


def case(seed: int, number: int, kinds: tuple[str, ...]) -> Case:
    """Return the case with a number, which is the same in each run.

    Parameters
    ----------
    seed
        Seed of all cases.
    number
        Number of the case.
    kinds
        Kinds of readers to choose from.
    """
    draw = Random(f"{seed}/{number}")
    kind = drawn_kind(draw, kinds)
    make, suffix = MAKERS[kind]
    data = make(draw)
    if kind in fuzz_hard.WHOLE | fuzz_shapes.WHOLE:
        return Case(kind, f"case{suffix}", data)
    if draw.random() < 0.5:
        data = _mutated(draw, data)
    if number % BIG == BIG - 1:
        data = _large(draw, data)
    return Case(kind, f"case{suffix}", data)


def drawn_kind(draw: Random, kinds: tuple[str, ...]) -> str:
    """Return a kind of reader, by the weights of the kinds."""
    return draw.choices(kinds, [WEIGHTS.get(kind, USUAL_WEIGHT) for kind in kinds])[0]


def _mutated(draw: Random, data: bytes) -> bytes:
    """Return data with some bytes changed, deleted or repeated, or with hostile text inserted."""
    out = bytearray(data)
    for _ in range(draw.choice((1, 1, 1, 2, 4, 16))):
        at = draw.randrange(len(out) + 1)
        end = min(len(out), at + draw.choice((1, 1, 2, 8, 64, 512)))
        match draw.randrange(7):
            case 0 if at < len(out):
                out[at] = draw.randrange(256)
            case 1:
                del out[at:end]
            case 2:
                out[at:at] = out[at:end] * draw.choice((1, 2, 30))
            case 3:
                out[at:at] = draw.choice(NASTY).encode("utf-8", "surrogatepass")
            case 4:
                out[at:at] = bytes(draw.randrange(256) for _ in range(8))
            case 5 if draw.random() < 0.3:
                del out[at:]
            case _:  # change a number, which may be a length, an offset or a count
                found = list(re.finditer(rb"\d+", bytes(out[:20_000])))
                if found:
                    hit = draw.choice(found)
                    number = draw.choice((b"0", b"-1", b"99999999", b"4294967296", b"1e9", b"1"))
                    out[hit.start() : hit.end()] = number
    return bytes(out)


def _large(draw: Random, data: bytes) -> bytes:
    """Return data in which a piece, or a hostile text, is repeated to a size of up to 10 MB."""
    at = draw.randrange(len(data) + 1)
    piece = draw.choice(
        (data[at : at + 40], draw.choice(NASTY).encode("utf-8", "replace"), b"a", b" ", b"a ")
    )
    n_bytes = draw.choice((100_000, 1_000_000, 4_900_000, 10_000_000))
    return data[:at] + piece * (n_bytes // max(1, len(piece))) + data[at:]


def _words(draw: Random, n: int = 4) -> str:
    """Return prose with hostile texts in it."""
    words = PROSE.split(" ")
    for _ in range(draw.randrange(n)):
        words.insert(draw.randrange(len(words)), draw.choice(NASTY))
    return draw.choice((" ", " ", "\n", "\n\n")).join(words)


def _value(draw: Random, depth: int = 0) -> Any:
    """Return a random JSON value."""
    plain: list[Any] = [
        None, True, 0, -1, 1.5, 10**30, "", "Homs", draw.choice(NASTY), _words(draw),
    ]  # fmt: skip
    if depth < 3 and draw.random() < 0.2:
        few = [_value(draw, depth + 1) for _ in range(draw.randrange(4))]
        return few if draw.random() < 0.5 else {str(i): v for i, v in enumerate(few)}
    return draw.choice(plain)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _txt(draw: Random) -> bytes:
    return _utf8(_words(draw, 12))


_GOOD = {"published_on": "2024-12-06", "language": "en", "country": "SY"}


def _md(draw: Random) -> bytes:
    lines = []
    for key in ("title", "source", "url", "published_on", "language", "country", "id", "x"):
        if draw.random() < 0.5:
            value = _GOOD.get(key, "Homs")
            if draw.random() < 0.1:
                value = draw.choice(("no", *NASTY, "[a, [b]]", "{a: b}"))
            lines.append(f"{key}: {value}")
    return _utf8("---\n" + "\n".join(lines) + f"\n---\n# {draw.choice(NASTY)}\n\n{_words(draw, 9)}")


def _html(draw: Random) -> bytes:
    tags = ("p", "div", "article", "h1", "table", "td", "script", "style", "svg", "iframe", "a")
    parts = [f"<meta name=date content='{draw.choice(NASTY)}'><title>{draw.choice(NASTY)}</title>"]
    for _ in range(draw.randrange(1, 9)):
        tag = draw.choice(tags)
        extra = draw.choice(("", " onclick=x", " href='javascript:1'", " class=article-body"))
        parts.append(f"<{tag}{extra}>{_words(draw)}" + (f"</{tag}>" if draw.random() < 0.8 else ""))
    if draw.random() < 0.05:
        parts.append(f"<{draw.choice(tags)}>" * draw.choice((100, 1000, 20_000)))
    return _utf8("<!doctype html><html><body>" + "".join(parts))


def _pdf(draw: Random) -> bytes:
    lines = [f"BT /F1 10 Tf 50 {700 - 14 * i} Td ({w}) Tj ET" for i, w in enumerate(_chunks(PROSE))]
    if draw.random() < 0.2:
        lines.append(draw.choice(("q " * 5000, "/X Do " * 500, "[" * 3000, "(((((", "BI ID EI")))
    raw = "\n".join(lines).encode("latin-1", "replace")
    if draw.random() < 0.02:
        raw += b" " * draw.choice((10_000_000, 100_000_000))
    packs = draw.random() < 0.6
    stream = zlib.compress(raw) if packs else raw
    how = b"/Filter " + draw.choice((b"/FlateDecode ", b"[/FlateDecode] ")) if packs else b""
    kids = draw.choice(
        (b"[3 0 R]", b"[3 0 R]", b"[3 0 R]", b"[2 0 R]", b"[3 0 R 2 0 R]", b"[9 0 R]")
    )
    count = draw.choice((b"1", b"1", b"999999"))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids" + kids + b"/Count " + count + b">>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>/XObject<</X 4 0 R>>>>>>",
        b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(stream), how, stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    return fuzz_tables.pdf_of(objects)


def _chunks(text: str) -> list[str]:
    return [text[at : at + 70] for at in range(0, len(text), 70)]


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def _docx(draw: Random) -> bytes:
    text = re.sub(r"[^\n\t\x20-\ud7ff]|[<&]", "", _words(draw))
    body = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    doctype = ""
    lot = draw.random()
    if lot < 0.1:
        doctype = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 50 + '">'
        doctype += '<!ENTITY c "' + "&b;" * 50 + '"><!ENTITY d "' + "&c;" * 50 + '">]>'
        body += "<w:p><w:r><w:t>&d;&d;</w:t></w:r></w:p>"
    elif lot < 0.15:
        doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        body += "<w:p><w:r><w:t>&e;</w:t></w:r></w:p>"
    elif lot < 0.2:
        cells = "<w:tc><w:p/></w:tc>" * draw.choice((3, 300))
        body += "<w:tbl>" + f"<w:tr>{cells}</w:tr>" * draw.choice((3, 60)) + "</w:tbl>"
    elif lot < 0.21:
        body += "<w:p/>" * draw.choice((1000, 1000, 1000, 100_000, 3_000_000))
    elif lot < 0.22:
        letters = "a" * draw.choice((1_000_000, 1_000_000, 1_000_000, 150_000_000))
        body += f"<w:p><w:r><w:t>{letters}</w:t></w:r></w:p>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/><Override '
            f'PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
        )
        target = draw.choice(("word/document.xml",) * 9 + ("../../../etc/passwd",))
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_RELS}"><Relationship Id="r" Type="{_OFFICE}" '
            f'Target="{target}"/></Relationships>',
        )
        packed.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body>'
            "</w:document>",
        )
        if draw.random() < 0.002:
            packed.writestr("word/media/a.xml", b" " * 300_000_000)
    return out.getvalue()


def _jsonl(draw: Random) -> bytes:
    lines = []
    for _ in range(draw.randrange(1, 6)):
        row = {"text": _words(draw, 9)}
        keys = ("id", "title", "source", "url", "published_on", "language", "country", "text")
        row |= {key: _value(draw) for key in keys if draw.random() < 0.15}
        line = json.dumps(row, ensure_ascii=draw.random() < 0.5)
        lines.append(line[: draw.randrange(len(line))] if draw.random() < 0.15 else line)
    lines += [draw.choice(NASTY)] if draw.random() < 0.3 else []
    return _utf8("\n".join(lines))


def _gz(draw: Random) -> bytes:
    data = _jsonl(draw)
    if draw.random() < 0.005:
        data += b" " * draw.choice((50_000_000,) * 4 + (600_000_000,))
    return gzip.compress(data, compresslevel=1, mtime=0)


def _parquet(draw: Random) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    n = draw.randrange(1, 5)
    columns: dict[str, Any] = {"text": [_clean(_words(draw, 6)) for _ in range(n)]}
    if draw.random() < 0.5:
        columns["id"] = draw.choice(([1] * n, [None] * n, [[1]] * n, [b"\xff"] * n, ["a"] * n))
    if draw.random() < 0.5:
        columns["published_on"] = draw.choice(([date(2024, 12, 6)] * n, [2.5] * n, ["no"] * n))
    if draw.random() < 0.1:
        columns["text"] = draw.choice(([b"\xff\xfe"] * n, [1] * n, [{"a": 1}] * n, [None] * n))
    if draw.random() < 0.01:
        # a row with 2 MB of words rightly takes up to half a second
        text, n = draw.choice((("a " * 1_000_000, 6), (" " * 9_000_000, 30)))
        columns = {"text": [text] * n}
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _claims(draw: Random) -> bytes:
    quote = _words(draw)
    claim: dict[str, Any] = {
        "record": "claim", "id": "c1", "article": "a", "start": 0, "end": len(quote),
        "quote": quote, "kind": "strike", "status": "asserted", "actor": None, "from_actor": None,
        "places": [{"surface": "Homs", "start": 0, "end": 4, "role": "at", "place_id": "x",
                    "name": "Homs", "lat": 34.7, "lon": 36.7, "precision": "settlement",
                    "direction": None, "distance_km": None}],
        "quantity": {"low": 1, "high": 2, "best": None, "unit": "people", "words": "some"},
        "date": {"start": "2024-12-06", "end": "2024-12-06", "words": "then", "basis": "stated"},
        "attribution": None, "confidence": 0.5, "state": None, "rules": [],
    }  # fmt: skip
    article: dict[str, Any] = {
        "record": "article", "id": "a", "title": None, "source": None, "url": None,
        "published_on": None, "published_on_basis": None, "language": "en", "sha256": "",
        "paragraphs": [],
    }  # fmt: skip
    sentence = {
        "record": "sentence", "article": "a", "start": 0, "end": 4, "text": "Homs",
        "left_off": None,
    }  # fmt: skip
    records = [article, sentence, claim]
    for record in records:
        for key in list(record):
            if draw.random() < 0.02:
                record[key] = _value(draw)
    places = claim["places"]
    if draw.random() < 0.2 and isinstance(places, list) and places and isinstance(places[0], dict):
        places[0][draw.choice(list(places[0]) or ["x"])] = _value(draw)
    return _utf8("\n".join(json.dumps(r, ensure_ascii=draw.random() < 0.5) for r in records))


def _csv(draw: Random, header: str, rows: tuple[str, ...]) -> bytes:
    lines = [header]
    for _ in range(draw.randrange(1, 5)):
        cells = draw.choice(rows).split(",")
        for at in range(len(cells)):
            if draw.random() < 0.04:
                cells[at] = draw.choice((draw.choice(NASTY), '"', '"a\nb"', '"a,b"'))
        lines.append(",".join(cells))
    return _utf8(draw.choice(("\n", "\r\n", "\r")).join(lines))


def _baseline(draw: Random) -> bytes:
    row = "Homs,SY,geonames:169577,sy:government,2024-11-26,https://example.org"
    return _csv(draw, "place,country,place_id,holder,as_of,source", (row,))


def _corrections(draw: Random) -> bytes:
    rows = (
        'claim,c1,reject,,,A B,"wrong, says the map",2024-12-07',
        "event,e1,set,place,Homs -> Hama,A B,why,2024-12-07",
        "place,geonames:169577,set,place,34.7;36.7,A,why,2024-12-07",
        "claim,c1,set,figure,100..200 people,A,why,2024-12-07",
        "claim,c1,set,date,2024-12-01..2024-12-03,A,why,2024-12-07",
        "claim,c1,set,actor,Syrian army,A,why,2024-12-07",
    )
    return _csv(draw, "target_type,target_id,action,field,value,by,why,on", rows)


def _settings(draw: Random) -> bytes:
    keys = ("published_on", "country", "parser", "coder", "baseline", "corrections", "roads")
    keys += ("title", "as_of", "quote_chars", "coarsen_displacement")
    good = {"published_on": "2024-12-06", "country": '"SY"', "as_of": "2024-12-06"}
    good |= {"quote_chars": "9", "coarsen_displacement": '"admin1"'}
    plain = '"Homs"'
    values = ("1", '"SY"', "2024-12-06", '"2024-12-06"', "true", "[1]", "{a=1}", "1e999", "nan")
    lines = [
        f"{key} = {draw.choice((*values, json.dumps(_clean(draw.choice(NASTY)))))}"
        if draw.random() < 0.15
        else f"{key} = {good.get(key, plain)}"
        for key in keys
        if draw.random() < 0.4
    ]
    return _utf8("\n".join(lines))


def _geojson(draw: Random, shapes: tuple[str, ...]) -> bytes:
    def number() -> Any:
        near = round(draw.uniform(33, 38), 3)
        return draw.choice((near,) * 400 + (200, -91, 1e308, None, "36", True, 1e-320, [1]))

    def ring() -> Any:
        points = [[number(), number()] for _ in range(draw.randrange(6))]
        return points + points[:1] if draw.random() < 0.7 else points

    features = []
    for n in range(draw.randrange(4)):
        kind = draw.choice(shapes)
        if draw.random() < 0.1:
            coordinates: Any = _value(draw)
        else:
            depth = {"Point": [number(), number()], "LineString": ring(), "Polygon": [ring()]}
            coordinates = depth.get(kind, [[ring()]] if "Poly" in kind else [ring()])
        geometry = {"type": kind, "coordinates": coordinates}
        properties = {"name": f"Camp {n}", "ref": "M5", "population": "10", "country": "SY"}
        properties |= {
            k: _value(draw) for k in (*properties, "feature", "id") if draw.random() < 0.03
        }
        if draw.random() < 0.1:
            geometry = {"type": "GeometryCollection", "geometries": [geometry] * 2}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    document: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if draw.random() < 0.1:
        link = {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs", "type": "proj4"}}
        named = {
            "type": "name",
            "properties": {"name": draw.choice(("EPSG:3857", "x", "/vsizip/"))},
        }
        document["crs"] = draw.choice((link, named, _value(draw)))
    if draw.random() < 0.1:
        document = {"type": "Feature", "properties": _value(draw), "geometry": _value(draw)}
    return _utf8(json.dumps(document))


def _roads(draw: Random) -> bytes:
    if draw.random() < 0.3:
        document = json.loads(_CORRIDORS.read_text("utf-8"))
        spot = document["corridors"][0]
        spot[draw.choice(list(spot))] = _value(draw)
        document[draw.choice(list(document))] = _value(draw)
        return _utf8(json.dumps(document))
    return _geojson(draw, ("LineString", "MultiLineString", "LineString", "Polygon", "Line"))


_CORRIDORS = Path(__file__).parents[1] / "mapgen" / "data" / "corridors" / "SY.json"


def _layer(draw: Random) -> bytes:
    return _geojson(draw, ("Point", "Polygon", "MultiPolygon", "Circle"))


def _layer_csv(draw: Random) -> bytes:
    rows = ("North Camp,34.5,36.2,SY,camp,al-Mukhayyam|Camp,1200", "X,99,999,ZZ,PPL,,")
    return _csv(draw, "name,lat,lon,country,feature,names,population", rows)


def _page(draw: Random) -> bytes:
    return _utf8(json.dumps([_words(draw, 12), draw.choice(NASTY), _value(draw)]))


MAKERS: dict[str, tuple[Callable[[Random], bytes], str]] = {
    "txt": (_txt, ".txt"),
    "md": (_md, ".md"),
    "html": (_html, ".html"),
    "pdf": (_pdf, ".pdf"),
    "docx": (_docx, ".docx"),
    "jsonl": (_jsonl, ".jsonl"),
    "gz": (_gz, ".jsonl.gz"),
    "parquet": (_parquet, ".parquet"),
    "claims": (_claims, ".claims"),
    "baseline": (_baseline, ".baseline.csv"),
    "corrections": (_corrections, ".corrections.csv"),
    "settings": (_settings, ".toml"),
    "roads": (_roads, ".roads.geojson"),
    "layer": (_layer, ".layer.geojson"),
    "layer_csv": (_layer_csv, ".layer.csv"),
    "page": (_page, ".page"),
    **fuzz_tables.makers(NASTY),
    **fuzz_messages.makers(NASTY),
    **fuzz_packed.MAKERS,
    **fuzz_hard.MAKERS,
    **fuzz_shapes.MAKERS,
}
USUAL_WEIGHT = 8
WEIGHTS = {
    **dict.fromkeys(("coded", "monitors", "batch", "reprint", "site", "records", "many"), 2),
    **dict.fromkeys(("relayed", "figure", "stdin", "tangle", "figures_html", "figures_docx"), 2),
    **dict.fromkeys(("markup", "table_xlsx", "figures_xlsx", "figures_pdf", "pdf"), 4),
}
"""How often a kind is drawn; the others have `USUAL_WEIGHT`. One of these takes up to a second."""

KINDS_OF_FAULTS = {
    "links and drivers in geodata": ("roads", "layer", "gpkg", "areas"),
    "one source under several names, reprints": ("monitors", "reprint"),
    "negation that only a reader sees": ("coded",),
    "one bad article, odd figures and days, exports": ("batch", "coded", "records", "links"),
    "endless runs": ("markup", "many", "records", "parquet", "tangle", "coded"),
    "memory": ("many", "areas", "stdin", "baseline", "settings", "gz"),
    "signs that turn text around": ("coded", "records", "batch"),
    "the outermost speaker is the source": ("relayed",),
    "figures with hidden signs, days to come": ("figure", "coded"),
    "signs for the terminal": ("coded", "records", "embed"),
    "files outside the folder, a changed bit": ("links", "flipped"),
}
"""What attackers and odd files do, in eleven groups, and the kinds of cases that try it."""


# --- running cases ------------------------------------------------------------------------------


class Runner:
    """Runs cases with their readers; places are looked up in the real gazetteer."""

    def __init__(self, folder: Path) -> None:
        from gazetteer import Gazetteer, sources

        self.folder = folder
        self.places = Gazetteer.open()
        self.areas = sources.read_areas()
        self.scripts = self._page_of(["", "", None]).lower().count("<script")
        self.connections: list[str] = []
        self.may_connect = False
        sys.addaudithook(self._audit)

    def _audit(self, event: str, told: tuple[object, ...]) -> None:
        """Note each connection of this process; only a case of `mapgen fetch` may open one."""
        if event in {"socket.connect", "socket.getaddrinfo"} and not self.may_connect:
            self.connections.append(f"{event} {told[-1]!r}"[:100])

    def run(self, case: Case) -> str:
        """Run a case and return "read" or "refused"; other exceptions are failures."""
        path = self.folder / case.name
        path.write_bytes(case.data)
        self.connections.clear()
        self.may_connect = case.kind == "site"
        try:
            return self._articles(path) if case.kind in _ARTICLES else self._other(case, path)
        except REFUSALS as err:
            _check_words(str(err))
            return "refused"
        finally:
            self.may_connect = False
            _check(not self.connections, f"connected: {self.connections}")

    @staticmethod
    def _articles(path: Path) -> str:
        from mapgen.claims.claims_file import claims_from_lines, claims_to_lines
        from mapgen.reading.articles import read
        from mapgen.reading.passages import paragraphs, reading_text

        result = read([str(path)])
        for refusal in result.refused:
            _check_words(str(refusal))
        _check(bool(result.articles or result.refused), "neither read nor refused")
        from mapgen.model import Extraction

        extraction = Extraction(articles=result.articles, sentences=(), claims=())
        if result.articles:
            claims_from_lines(claims_to_lines(extraction))
        for article in result.articles:
            _check(bool(article.text.strip()), "an article without text")
            text = reading_text(article.text, article.paragraphs)
            _check(len(text) == len(article.text), "offsets moved")
            paragraphs(text)
        return "read" if result.articles else "refused"

    def _other(self, case: Case, path: Path) -> str:
        if case.kind in fuzz_shapes.RUNS:
            return fuzz_shapes.RUNS[case.kind](path, case.data, self.places)
        if case.kind in fuzz_hard.MAKERS:
            return fuzz_hard.run(case.kind, path, case.data, self.places)
        match case.kind:
            case "claims":
                from mapgen.claims.claims_file import read_claims

                read_claims(path)
            case "baseline":
                from mapgen.merging.baseline import read_baseline

                read_baseline(path, self.places)
            case "corrections":
                from mapgen.merging.corrections.rows import read_corrections

                read_corrections(path, self.places)
            case "settings":
                from mapgen.settings import load_settings

                load_settings(path)
            case "roads":
                from mapgen.ground.roads.road_files import read_roads

                read_roads(path)
            case "page":
                try:
                    values = json.loads(case.data)
                except (ValueError, RecursionError):
                    values = [case.data.decode("utf-8", "replace"), "", None]
                if not isinstance(values, list):
                    values = [str(values)]
                page = self._page_of([*values, "", "", None][:3])
                _check(page.lower().count("<script") == self.scripts, "markup in the page")
            case _:
                from gazetteer.layer_files import read_rows
                from gazetteer.layers import layer_places

                layer_places(path, read_rows(path), self.areas, {})
        return "read"

    @staticmethod
    def _page_of(values: list[Any]) -> str:
        from mapgen.drawing.page.html import as_json

        text = as_json({"a": values, str(values[0]): values[1]})
        _check("<" not in text and ">" not in text, "a sign of markup in the data")
        text.encode("utf-8")
        return f"<script>{text}</script>"


_ARTICLES = {"txt", "md", "html", "pdf", "docx", "jsonl", "gz", "parquet"}
_ARTICLES |= set(fuzz_tables.makers(NASTY)) | set(fuzz_messages.makers(NASTY))
_ARTICLES |= set(fuzz_packed.MAKERS)


class LateError(AssertionError):
    """A case does not end. It is no TimeoutError, which a reader might take for that of a pipe."""


class WrongError(AssertionError):
    """The result of a reader, or the message of an error, is not as specified."""


def _check(holds: bool, words: str) -> None:  # noqa: FBT001
    if not holds:
        raise WrongError(words)


def _check_words(words: str) -> None:
    """Check that a message for the terminal is not too long and contains no traceback."""
    _check("Traceback" not in words, "a traceback in a refusal")
    _check(FAULT not in words, f"a fault of mapgen: {words[-300:]}")
    _check("(code 1)" not in words, "the reading process failed")
    _check(len(words) < 20_000, f"a refusal of {len(words)} characters")


@contextlib.contextmanager
def _alarm() -> Iterator[None]:
    """Raise `LateError` after five minutes of wall-clock time, which allows for a busy machine."""

    def late(*_: object) -> None:
        raise LateError

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, 300)
    faulthandler.dump_traceback_later(400, exit=True)  # a hanging library does not handle signals
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _seconds() -> float:
    """Return the CPU time of this process, and of the process of the reader if it is known."""
    from mapgen.reading import guarded

    child = guarded._CHILD._process
    own = time.process_time() + sum(os.times()[2:4])
    if child is None or child.poll() is not None:
        return own
    stat = Path(f"/proc/{child.pid}/stat")
    if not stat.exists():
        return own
    fields = stat.read_text("ascii").rsplit(")", 1)[1].split()
    return own + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peaks() -> dict[str, Path]:
    from mapgen.reading import guarded

    child = guarded._CHILD._process
    here = {"self": Path("/proc/self")}
    if child is not None and child.poll() is None:
        here["child"] = Path(f"/proc/{child.pid}")
    return {name: path for name, path in here.items() if path.exists()}


def _forget_peaks() -> None:
    for path in _peaks().values():
        with contextlib.suppress(OSError):
            (path / "clear_refs").write_text("5")


def _peak_mb() -> float:
    most = 0.0
    for path in _peaks().values():
        found = re.search(r"VmHWM:\s+(\d+) kB", (path / "status").read_text("utf-8"))
        most = max(most, int(found[1]) / 1024 if found else 0.0)
    return most


@dataclass(slots=True)
class Tally:
    """The outcomes of the cases."""

    outcomes: Counter[str]
    failures: list[tuple[str, str]]
    slowest: tuple[float, str] = (0.0, "")
    largest: tuple[float, str] = (0.0, "")
    seconds: Counter[str] = field(default_factory=Counter)  # of processor time, by kind


def run_all(named: Iterator[tuple[str, Case]], *, save: Path | None = None) -> Tally:
    """Run cases one after the other and return their outcomes.

    Parameters
    ----------
    named
        Cases with their names.
    save
        Folder in which to save the input of failed cases.
    """
    tally = Tally(Counter(), [])
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(Path(folder))
        for name, one in named:
            _forget_peaks()
            before_mb = _peak_mb()
            started, wrong = _seconds(), ""
            try:
                with _alarm():
                    outcome = runner.run(one)
            except BaseException as err:  # any other exception is a failure
                if isinstance(err, KeyboardInterrupt):
                    raise
                outcome, wrong = "crash", f"{type(err).__name__}: {str(err)[:200]}"
            # only what the case added, since the process may have used much memory before
            took, held = _seconds() - started, _peak_mb() - before_mb
            wrong = wrong or (f"took {took:.1f} s" if took > SECONDS else "")
            wrong = wrong or (f"held {held:.0f} MB" if held > MEGABYTES else "")
            tally.outcomes[f"{one.kind} {outcome}"] += 1
            tally.seconds[one.kind] += took
            tally.slowest = max(tally.slowest, (took, f"{name} {one.kind}"))
            tally.largest = max(tally.largest, (held, f"{name} {one.kind}"))
            if wrong:
                tally.failures.append((f"{name} {one.kind}", wrong))
                print(f"FAILED {name} {one.kind}: {wrong}", flush=True)
                if save is not None and len(one.data) < 20_000:
                    save.mkdir(parents=True, exist_ok=True)
                    (save / f"{one.kind}-{name}{one.name.removeprefix('case')}").write_bytes(
                        one.data
                    )
    return tally


def _bound_memory() -> None:
    """Limit the memory to 6 GB, to get a MemoryError before the machine runs out of memory."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (6_000_000_000, hard))


def kept(folder: Path) -> Iterator[tuple[str, Case]]:
    """Yield the cases that were saved in a folder as ``KIND-NAME.SUFFIX``."""
    for path in sorted(folder.iterdir()):
        kind = path.name.split("-")[0]
        if kind in MAKERS:
            yield path.name, Case(kind, f"case{MAKERS[kind][1]}", path.read_bytes())


def _until_told(numbers: range) -> Iterator[int]:
    """Yield the numbers of cases and report progress, until SIGTERM is received."""
    ended: list[int] = []
    signal.signal(signal.SIGTERM, lambda *_: ended.append(1))
    for n in numbers:
        if ended:
            print(f"told to end before case {n:,}", file=sys.stderr)
            return
        if n % 5000 == 0:
            print(f"case {n:,}", file=sys.stderr, flush=True)
        yield n


def _told_span(seconds: float) -> str:
    """Return how long a long run takes with cases of a length."""
    return str(timedelta(seconds=round(seconds * LONG_RUN)))


def main() -> int:
    """Run the cases and print their outcomes; return 1 if one failed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--cases", type=int, default=LONG_RUN)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--from", dest="first", type=int, default=0, help="number of the first case"
    )
    parser.add_argument("--only", type=int, help="run this one case")
    parser.add_argument("--kinds", default=",".join(MAKERS))
    parser.add_argument("--save", type=Path, help="keep the input of each case that failed")
    parser.add_argument("--replay", type=Path, help="run the cases kept in a folder")
    chosen = parser.parse_args()
    kinds = tuple(chosen.kinds.split(","))
    _bound_memory()
    last = chosen.first + chosen.cases
    numbers = _until_told(range(chosen.first, last)) if chosen.only is None else [chosen.only]
    named = ((str(n), case(chosen.seed, n, kinds)) for n in numbers)
    started = time.monotonic()
    tally = run_all(kept(chosen.replay) if chosen.replay else named, save=chosen.save)
    for outcome, n in sorted(tally.outcomes.items()):
        print(f"{outcome:24}{n:>8,}")
    for kind, seconds in tally.seconds.most_common():
        n = sum(tally.outcomes[f"{kind} {how}"] for how in ("read", "refused", "crash"))
        print(f"{kind:24}{seconds:>8.1f} s, {seconds / n:.3f} s a case")
    total = sum(tally.outcomes.values())
    crashes = sum(n for outcome, n in tally.outcomes.items() if outcome.endswith("crash"))
    span = timedelta(seconds=round(time.monotonic() - started))
    print(
        f"{total:,} cases in {span}; {crashes:,} crashes, "
        f"{len(tally.failures) - crashes:,} too slow or too large; "
        f"slowest {tally.slowest[0]:.2f} s (case {tally.slowest[1]}); "
        f"peak memory {tally.largest[0]:.0f} MB (case {tally.largest[1]}); "
        f"{LONG_RUN:,} such cases take {_told_span(sum(tally.seconds.values()) / max(1, total))} "
        "of processor time"
    )
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
