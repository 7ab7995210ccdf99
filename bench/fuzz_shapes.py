"""Kinds of cases for shapes of markup that grow without end, and for runs of several articles.

`bench/fuzz.py` runs them with its own kinds.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fuzz_hard import HIDDEN, _check, _disguised

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from gazetteer import Gazetteer

PARAGRAPH = "<p>Rebels captured the town of Goma on Thursday, the army said to all of them.</p>"
SIZES = (10, 300, 3_000, 3_000)
FORMATS = ("geojson", "gpkg", "kml", "csv", "parquet")
BODIES = ("UNHCR", "OCHA", "UNICEF", "the World Food Programme")
RELAYS = (
    'A leaflet read: "{body} said that {n} people fled {town} on Thursday."',
    "A leaflet dropped over the town said that {body} had counted {n} people who fled {town}.",
    "A pamphlet claimed that {body} said {n} people fled {town}.",
    'A poster on a wall read: "{body} said {n} people fled {town}."',
    "A rebel commander said that {body} told him {n} people fled {town}.",
)
LONG_AGO = "2024-12-06"
REPORT = (
    "Rebels captured {town} on Thursday after two days of fighting. Residents said that shops were "
    "closed and that the road to the airport was cut. A teacher saw trucks leave before dawn."
)


def _shape(draw: Random, n: int) -> str:
    """Return markup of a shape that some parsers take endless time to read."""
    numbered = " ".join(f"a{i}=1" for i in range(n))
    deep = ("div", "b", "a", "ul><li", "table><tr><td", "blockquote", "sup", "del", "span", "font")
    flat = (
        "<br>", "<hr>", "<a href=x>Goma</a> ", "<span>x</span>", "</div>", "<!-- x -->", "<!--",
        "<td>5</td>", "<tr><td>Goma</td><td>5</td></tr>", "<table><tr><td>5</td></tr></table>",
        "&amp;", "&amp;lt;", "&", "&#8195;", "&#x110000;", "&#0;", "&#xD800;", "&foo;", "&#", "<",
        "< ", "<![CDATA[", "]]>", "<del>x</del>", "<sup>1</sup>", "<time>5 May 2024</time>",
        "<meta name=date content=2024>", "<img src=x>", "<h2>Goma</h2>", "<body a=1>", PARAGRAPH,
    )  # fmt: skip
    style = draw.choice(("color:red;", "display:", "text-decoration:", " ", "/*", "}", "@m{"))
    return draw.choice(
        (
            f"<p {numbered}>Bunia fell.</p>",
            f"<p {'a=1 ' * n}>Bunia fell.</p>",
            f"<p class='{numbered}' style='{style * n}'>x</p>",
            f"<style>{draw.choice(('.a{display:none}', '/*', '{', '.a,', '@m{a{}')) * n}</style>",
            f"<script type='application/ld+json'>{draw.choice(('[', '{}', '[1,')) * n}</script>",
            f"<{draw.choice(deep)}>" * n,
            draw.choice(flat) * n,
            draw.choice(flat) * n,
            draw.choice(flat) * n,
            "".join(f"<x{i}>" for i in range(n)),
            f"<{'a' * n}>",
        )
    )


def markup(draw: Random) -> bytes:
    """Return a page, an item of a feed, a mail or a row with a shape that grows."""
    shape = f"{PARAGRAPH * 3}{_shape(draw, draw.choice(SIZES))}{PARAGRAPH}"
    where = draw.choice(("page", "feed", "escaped", "mail", "row", "chat"))
    page = f"<html><body><article><h1>Goma</h1>{shape}</article></body></html>"
    feed = '<rss version="2.0"><channel><title>W</title><item><title>x</title><description>{}'
    feed += "</description></item><item><title>Sake fell.</title></item></channel></rss>"
    escaped = shape.replace("&", "&amp;").replace("<", "&lt;")
    told = {
        "page": (".html", page),
        "feed": (".xml", feed.format(draw.choice((shape, f"<![CDATA[{shape}]]>")))),
        "escaped": (".xml", feed.format(escaped)),
        "mail": (".eml", f"From: a@b.example\nContent-Type: text/html\n\n{page}"),
        "row": (".jsonl", json.dumps({"text": shape}) + '\n{"text": "Sake fell."}'),
        "chat": (".html", f'<div class="page_header">K</div><div class="message default" id="m1">'
                 f'<div class="text">{shape}</div></div>'),
    }[where]  # fmt: skip
    return json.dumps({"end": told[0], "text": told[1], "where": where}).encode()


def given_areas(draw: Random) -> bytes:
    """Return areas of control, some with faults, and now and then very many."""
    ring = [[36, 34], [37, 34], [37, 35], [36, 34]]
    odd = (ring[:2], [[1e308, 0]] * 4, [["x", 1]] * 4, [], None, [[36, 34]] * 500, ring[::-1])
    features: list[Any] = []
    for _ in range(draw.randrange(4)):
        shape = draw.choice((ring, ring, ring, draw.choice(odd)))
        properties = {"holder": "rebels", "as_of": LONG_AGO, "source": "Post"}
        if draw.random() < 0.3:
            bad = (None, 5, "\x1b[2J", "0001-01-01", "9" * 400, [])
            properties[draw.choice(list(properties))] = draw.choice(bad)  # type: ignore[assignment]
        geometry = {"type": draw.choice(("Polygon", "Polygon", "Point")), "coordinates": [shape]}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    features += [{}] * draw.choice((0,) * 40 + (200_000,))
    document: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if draw.random() < 0.3:
        link = {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs"}}
        named = {
            "type": "name",
            "properties": {"name": draw.choice(("EPSG:3857", "x", "/vsicurl/"))},
        }
        document["crs"] = draw.choice((link, named, "x", None))
    return json.dumps(document).encode()


def batch(draw: Random) -> bytes:
    """Return the articles of a run that is exported, one of them hostile."""
    number = draw.choice(("9" * 24, "9" * 400, "1" * 5_000, "0", "12"))
    bad = draw.choice(
        (
            f"Some {number} people fled from Bunia on Thursday.",
            f"Rebels captured Bunia {number} days ago.",
            "Rebels captured Bunia on 5 December 9999." + "\x1b]0;x\x07" * 9,
            "Rebels captured Bu\u202enia and \u2066Sake on Thursday, =cmd|' /C calc'!A0 said.",
            "(" * 30_000 + "Rebels captured Bunia.",
            '"' * 20_000,
            "a" * 300_000,
            "Rebels captured Bunia.\n" * 30,
        )
    )
    names = ("a\x1b[2J", "../a", "a" * 1_900, "=a", "a\u202eb", "CON")
    return json.dumps({"bad": bad, "id": draw.choice(names), "end": draw.choice(FORMATS)}).encode()


def relayed(draw: Random) -> bytes:
    """Return a text in which somebody whom nobody knows quotes an organisation."""
    n = draw.choice(("3,000", "90,000", "600"))
    text = draw.choice(RELAYS).format(
        body=draw.choice(BODIES), n=n, town=draw.choice(("Goma", "Sake"))
    )
    return json.dumps(text).encode()


def reprint(draw: Random) -> bytes:
    """Return a report and its reprint, with hidden signs in it."""
    text = REPORT.format(town=draw.choice(("Goma", "Bunia")))
    again = "".join(c + draw.choice(HIDDEN) if draw.random() < 0.1 else c for c in text)
    return json.dumps([text, draw.choice((again, _disguised(draw, text)))]).encode()


def hidden_figure(draw: Random) -> bytes:
    """Return a sentence with a figure, and the same with signs inside it that nobody sees."""
    figure = draw.choice(("1,000", "12,500", "90 000", "3000", "200,000"))
    text = f"Some {figure} people fled from Goma on Thursday, UNHCR said."
    hidden = "".join(
        c + draw.choice(HIDDEN) if c.isdigit() and draw.random() < 0.6 else c for c in text
    )
    return json.dumps([text, hidden]).encode()


# --- running cases ------------------------------------------------------------------------------


def _markup(path: Path, data: bytes, places: Gazetteer) -> str:
    from mapgen.reading.articles import read

    del places
    told = json.loads(data)
    file = path.with_name(f"shape{told['end']}")
    file.write_text(told["text"], "utf-8", "surrogatepass")
    result = read([file])
    file.unlink()
    for refusal in result.refused:
        _check("a fault of mapgen" not in str(refusal), str(refusal)[:200])
        _check("(code 1)" not in str(refusal), str(refusal)[:200])
    if told["where"] in {"row", "escaped"}:
        _check("Sake fell." in [a.text for a in result.articles], "another article was lost")
    texts = " ".join(a.text for a in result.articles)
    many = "Bunia fell" in told["text"] and told["text"].count("=1 ") > 1_100
    _check(not (many and "Bunia fell" in texts), "words in a tag without end were read")
    return "read" if result.articles else "refused"


def _areas(path: Path, _: bytes, places: Gazetteer) -> str:
    from mapgen.merging.given_areas import read_given_areas

    del places
    read_given_areas(path)
    return "read"


def _coded(texts: list[str], places: Gazetteer, **fields: Any) -> Any:
    from mapgen import pipeline
    from mapgen.model import Article
    from mapgen.settings import Settings

    settings = Settings().updated(as_of=LONG_AGO, coder="rules", country="CD")
    articles = [
        Article(id=f"a{n}", published_on=settings.as_of, country="CD", **{**fields, "text": text})
        for n, text in enumerate(texts)
    ]
    return pipeline.extract(articles, places, settings), settings


def _batch(path: Path, data: bytes, places: Gazetteer) -> str:
    from mapgen import pipeline
    from mapgen.model import Article
    from mapgen.settings import Settings

    told = json.loads(data)
    settings = Settings().updated(as_of=LONG_AGO, coder="rules", country="CD")
    day = settings.as_of
    good = Article(id="good", text="Rebels captured Goma.", published_on=day, country="CD")
    bad = Article(id=told["id"], text=told["bad"], title=told["id"], published_on=day, country="CD")
    made = pipeline.extract([bad, good], places, settings)
    _check("good" in {c.article for c in made.claims if c.status.is_current}, "an article was lost")
    faults = [s.left_off for s in made.sentences if "fault of mapgen" in (s.left_off or "")]
    _check(not faults, str(faults[:1]))
    shown = pipeline.shown(pipeline.situate(made, places, settings), places, settings)
    out = path.with_name("batch.html")
    pipeline.write_formats(shown, out, (told["end"],))
    written = list(path.parent.glob("batch*"))
    _check(bool(written), "nothing was written")
    for file in written:
        _check(file.stat().st_size < 20_000_000, "an output without end")
        file.unlink()
    return "read"


def _relayed(_: Path, data: bytes, places: Gazetteer) -> str:
    made, _settings = _coded([json.loads(data)], places)
    for claim in made.claims:
        told = claim.attribution
        _check(told is not None, f"stated as a fact: {claim.quote!r}")
        alone = {body.removeprefix("the ") for body in BODIES} | set(BODIES)
        _check(told.name not in alone, f"attributed to {told.name}: {claim.quote!r}")
    return "read"


def _reprint(_: Path, data: bytes, places: Gazetteer) -> str:
    from mapgen import pipeline
    from mapgen.model import Standing

    made, settings = _coded(json.loads(data), places)
    found = pipeline.situate(made, places, settings).events
    sure = [event for event in found if event.standing is Standing.ASSESSED]
    _check(not sure, "a reprint counts as a second source")
    return "read"


def _hidden_figure(_: Path, data: bytes, places: Gazetteer) -> str:
    figures = []
    for text in json.loads(data):
        made, _settings = _coded([text], places)
        figures.append([c.quantity.best or c.quantity.low for c in made.claims if c.quantity])
    _check(figures[0] == figures[1] != [], f"other figures: {figures}")
    return "read"


MAKERS: dict[str, tuple[Callable[[Random], bytes], str]] = {
    "markup": (markup, ".markup"),
    "areas": (given_areas, ".areas.geojson"),
    "batch": (batch, ".batch"),
    "relayed": (relayed, ".relayed"),
    "reprint": (reprint, ".reprint"),
    "figure": (hidden_figure, ".figure"),
}
WHOLE = frozenset({"markup", "batch", "relayed", "reprint", "figure"})
RUNS: dict[str, Callable[[Path, bytes, Gazetteer], str]] = {
    "markup": _markup,
    "areas": _areas,
    "batch": _batch,
    "relayed": _relayed,
    "reprint": _reprint,
    "figure": _hidden_figure,
}
"""What runs a case of each kind, and returns "read" or "refused"."""
