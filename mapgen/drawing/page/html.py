"""Write the HTML page: the page of folium, the scripts of mapgen, and the data as inert text.

Page data come in; one HTML file goes out that opens anywhere, offline. folium and branca render
every string they are given as a Jinja template, twice, and print several of them raw into scripts.
Therefore no text of an article reaches them: they receive constant scripts only, and the data are
added to the finished page as a JSON block that the browser does not run (see docs/decisions). The
content security policy allows the scripts of the page, by their hashes, and no connections.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import mimetypes
import os
import re
from dataclasses import asdict, dataclass
from importlib import resources
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from mapgen.core.clean_text import marked
from mapgen.core.files import write_atomically
from mapgen.core.tables.interface_texts import interface_texts
from mapgen.core.tables.marks import marks
from mapgen.core.tables.style import style_sheet
from mapgen.drawing.data.legend_rows import rows_by_day
from mapgen.drawing.data.translation import without_marks
from mapgen.drawing.page.packed import packed
from mapgen.drawing.page.plain import plain_part, social_tags
from mapgen.errors import RenderError

if TYPE_CHECKING:
    from mapgen.drawing.data.page_records import PageData

SCRIPTS = (
    "core.js",
    "marks.js",
    "labels.js",
    "dense.js",
    "base.js",
    "paint.js",
    "review.js",
    "seen.js",
    "panel.js",
    "queue.js",
    "time.js",
    "compare.js",
    "share.js",
    "main.js",
)
STORY_SCRIPT = "story.js"  # only in the page of a story, before what starts the page
# Assets that folium lists for its own widgets, which this page replaces or does not need.
NOT_NEEDED = frozenset(
    {
        "jquery",
        "bootstrap",
        "bootstrap_css",
        "glyphicons_css",
        "awesome_markers",
        "awesome_markers_css",
        "awesome_markers_font_css",
        "awesome_rotate_css",
    }
)
_RANDOM_ID = re.compile(r"\b([a-z][a-z0-9_]*_)([0-9a-f]{32})(?![0-9a-f])")
_SCRIPT = re.compile(r"<script(?![^>]*application/json)[^>]*>(.*?)</script>", re.DOTALL)
# No text of the scripts in backticks runs over a line, so that these patterns match no text.
_COMMENT = re.compile(
    r"^[ \t]*(?://.*|/\*.*\*/[ \t]*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n", re.MULTILINE
)
_CAST = re.compile(r"/\*\* @type [^*\n]*\*/ ?")  # what the checker of types reads
_CSS_COMMENT = re.compile(r"/\*.*?\*/")
_INDENT = re.compile(r"^[ \t]+|^\n", re.MULTILINE)
_EXTERNAL = re.compile(
    r"<(?:script|link|img|iframe|object|embed|source)\b[^>]*?\b(?:src|href|data)\s*=\s*"
    r"[\"']?(?!data:|#)([^\"'\s>]+)",
    re.IGNORECASE,
)
# The popups of folium use jQuery only to turn markup into its first element.
_POPUP_HELPER = (
    "window.$=function(h){var t=document.createElement('template');"
    "t.innerHTML=String(h).trim();return [t.content.firstElementChild]};"
)


@dataclass(frozen=True, slots=True)
class StoryPart:
    """What makes a map the page of a story.

    Attributes
    ----------
    html
        The chapters as HTML, which stand in place of the part without scripts.
    views
        What the map shows in each chapter, for the scripts.
    """

    html: str
    views: list[dict[str, Any]]


class _Page(MacroElement):
    """The HTML around the map, and the call that starts the scripts."""

    _template = Template(
        "{% macro html(this, kwargs) %}{{ this.body }}{% endmacro %}"
        "{% macro script(this, kwargs) %}window.mapgen.start({{ this._parent.get_name() }});"
        "{% endmacro %}"
    )

    def __init__(self, body: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca types only a part of itself
        self._name = "Page"
        self.body = body


class SituationMap(folium.Map):
    """A folium map of a situation, which takes further layers before it is saved.

    Parameters
    ----------
    data
        Page data, from `mapgen.drawing.data.page_data.page_data`.
    story
        The chapters of a story, which then stand beside the map.
    """

    def __init__(self, data: PageData, story: StoryPart | None = None) -> None:
        super().__init__(
            location=[0, 0],
            zoom_start=3,
            tiles=None,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0.05,
            zoom_delta=0.75,
            wheel_px_per_zoom_level=90,
            min_zoom=2,
            max_zoom=12,
        )
        self._data = data
        self._story = story
        self.add_child(_Page(_file("body.html")))

    def to_html(self) -> str:
        """Return the HTML of the page.

        Raises
        ------
        RenderError
            If a layer needs a script, style or tile from outside the page.
        """
        return _finish(self, self._data, self._story)

    def save(self, outfile: Any, close_file: bool = True, **_: Any) -> None:  # noqa: ANN401, FBT001, FBT002 - the signature of branca
        """Write the page to a file.

        Parameters
        ----------
        outfile
            Path of the file, or an open binary file.
        close_file
            Whether to close an open file afterwards.

        Raises
        ------
        RenderError
            If a layer needs a script, style or tile from outside the page.
        """
        page = self.to_html()
        if isinstance(outfile, str | bytes | Path):
            write_atomically(os.fsdecode(outfile), page)
            return
        outfile.write(page.encode())
        if close_file:
            outfile.close()

    def _repr_html_(self, **_: object) -> str:
        framed = html.escape(self.to_html(), quote=True)
        return (
            f'<iframe srcdoc="{framed}" sandbox="allow-scripts allow-popups allow-downloads" '
            'style="width:100%;height:640px;border:0"></iframe>'
        )


def folium_map(data: PageData) -> SituationMap:
    """Return a situation as a `folium.Map`, to which further layers can be added.

    Parameters
    ----------
    data
        Page data, from `mapgen.drawing.data.page_data.page_data`.
    """
    return SituationMap(data)


def page_html(data: PageData, story: StoryPart | None = None) -> str:
    """Return the HTML page of a situation.

    Parameters
    ----------
    data
        Page data, from `mapgen.drawing.data.page_data.page_data`.
    story
        The chapters of a story, which then stand beside the map.

    Returns
    -------
    str
        The whole page. The same data give the same text.

    Raises
    ------
    RenderError
        If the page would load anything from outside itself.
    """
    return SituationMap(data, story).to_html()


def as_json(data: object) -> str:
    """Write data as JSON that is inert inside a script element and in any template language.

    The signs ``<``, ``>``, ``&`` and the backtick, the separators U+2028 and U+2029, and braces
    inside strings are written as escapes. Lone surrogates, which UTF-8 cannot encode, become
    U+FFFD, and so do signs that turn the order of letters around.

    Raises
    ------
    ValueError
        If the data hold a number that JSON cannot write (NaN or infinity).
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = marked(re.sub("[\ud800-\udfff]", "\ufffd", text))
    for sign in "<>&\u2028\u2029`":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    # braces outside strings belong to the JSON itself and must stay as they are
    return re.sub(
        r'"(?:[^"\\]++|\\.)*+"',  # possessive, so that the pattern never backtracks
        lambda m: m.group(0).replace("{", "\\u007b").replace("}", "\\u007d"),
        text,
    )


def _file(name: str) -> str:
    return resources.files("mapgen").joinpath(f"drawing/page/{name}").read_text(encoding="utf-8")


def page_script(*, story: bool = False) -> str:
    """Return the script of the page: the files of `SCRIPTS` in order, wrapped in one function.

    Comments that have lines of their own, and indents, are left out.

    Parameters
    ----------
    story
        Whether the page tells a story, which has a script of its own.
    """
    names = (*SCRIPTS[:-1], STORY_SCRIPT, SCRIPTS[-1]) if story else SCRIPTS
    body = "\n".join(_file(name) for name in names)
    body = _CAST.sub("", _COMMENT.sub("", body))
    return f"(function () {{\n'use strict';\n{_INDENT.sub('', body)}}})();"


def _leaflet(*, controls: bool, markers: bool) -> tuple[str, str]:
    """Return the script and style of Leaflet from the installed package.

    The pictures of its switch of layers and of its markers are inlined only if the map has some.
    """
    files = distribution("django-js-lib-leaflet").files or []
    found = {Path(str(f)).name: Path(str(f.locate())) for f in files if "js_lib_leaflet" in str(f)}
    try:
        script = found["leaflet.js"].read_text(encoding="utf-8")
        style_path = found["leaflet.css"]
    except KeyError as err:
        msg = "the package django-js-lib-leaflet is damaged: install it again"
        raise RenderError(msg) from err
    script = re.sub(r"\n?//# sourceMappingURL=.*", "", script)

    def inline(m: re.Match[str]) -> str:
        picture = style_path.parent / m.group(1)
        if not (markers if picture.name.startswith("marker") else controls):
            return "none"
        kind = mimetypes.guess_type(picture.name)[0]
        return f"url(data:{kind};base64,{base64.b64encode(picture.read_bytes()).decode()})"

    style = re.sub(
        r"url\([\"']?(?!#|data:)([^)\"']+)[\"']?\)", inline, style_path.read_text(encoding="utf-8")
    )
    return script, style


def _local_assets(element: Element) -> None:
    """Remove the addresses of folium's assets from the elements of this map, not their classes."""
    if isinstance(element, folium.TileLayer | folium.WmsTileLayer):
        msg = (
            f"a tile layer ({element.layer_name}) loads its pictures from a network, which this "
            "page never does. Leave this layer out: the page has a base map of its own."
        )
        raise RenderError(msg)
    if isinstance(element, JSCSSMixin):
        for name, address in [*element.default_js, *element.default_css]:
            if name not in NOT_NEEDED and not name.startswith("leaflet"):
                msg = (
                    f"{element.get_name().split('_')[0]} needs {name} from {address}, which is not "
                    "part of the page. Leave this layer out, or save it as a map of its own."
                )
                raise RenderError(msg)
        element.default_js = []
        element.default_css = []
    for child in element._children.values():
        _local_assets(child)


def _raw(text: str) -> str:
    return "{% raw %}" + text + "{% endraw %}"


def _finish(page_map: SituationMap, data: PageData, story: StoryPart | None) -> str:
    """Render the folium map, and insert assets, security policy, data and title."""
    language = data["meta"].get("language", "en")
    figure: Any = page_map.get_root()  # branca declares an Element, but it is a Figure
    _local_assets(figure)
    kinds = {type(c).__name__ for c in _walk(page_map)}
    with_markers = bool(kinds & {"Marker", "Popup"})
    script, style = _leaflet(controls="LayerControl" in kinds, markers=with_markers)
    looks = _file("style.css") + (_file("story.css") if story else "")
    own = style_sheet() + "\n" + _INDENT.sub("", _CSS_COMMENT.sub("", looks))
    icons = _marker_icons() if with_markers else ""
    head = {
        "leaflet_style": f"<style>{style}</style>",
        "page_style": f"<style>{own}</style>",
        "leaflet": f"<script>{script}</script>",
        "helper": f"<script>{_POPUP_HELPER}{icons}</script>",
    }
    for name, text in head.items():
        figure.header.add_child(Element(_raw(text)), name=f"mapgen_{name}")
    figure.html.add_child(Element("<!--mapgen-data-->"), name="mapgen_data")
    script_text = page_script(story=story is not None)
    figure.html.add_child(Element(_raw(f"<script>{script_text}</script>")), name="mapgen_script")
    # branca adds to the figure while it renders, so only later renderings give the same text
    figure.render()
    page = _renumbered(figure.render())
    page = page.replace("<!DOCTYPE html>", "<!doctype html>", 1)
    texts = interface_texts(language)
    root = f'<html lang="{language}" dir="{texts["direction"]}">'
    page = re.sub(r"<html[^>]*>", root, page, count=1)
    # folium does not let readers zoom into the page on a phone
    page = re.sub(r",\s*maximum-scale=1\.0,\s*user-scalable=no", "", page, count=1)
    bare = re.sub(r"(<script[^>]*>).*?</script>", r"\1</script>", page, flags=re.DOTALL)
    bare = re.sub(r"<style>.*?</style>", "", bare, flags=re.DOTALL)
    outside = [a for a in _EXTERNAL.findall(bare) if not a.startswith("#")]
    if outside:
        msg = f"the page would load {outside[0]} from outside itself"
        raise RenderError(msg)
    title = html.escape(without_marks(str(data["meta"]["title"])))
    hashes = sorted({_hash(body) for body in _SCRIPT.findall(page)})
    policy = (
        f"default-src 'none'; script-src {' '.join(hashes)}; style-src 'unsafe-inline'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    head_lines = (
        '<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
    )
    page = page.replace("<head>", head_lines, 1)
    parts: dict[str, object] = {
        "data": packed(data),
        "text": texts,
        "marks": _marks(data, language),
    }
    if story is not None:
        parts["story"] = story.views
    block = (story.html if story is not None else plain_part(data)) + "\n".join(
        f'<script type="application/json" id="mg-{name}">{as_json(part)}</script>'
        for name, part in parts.items()
    )
    before, _, after = page.partition("<!--mapgen-data-->")
    page = before + block + after
    # insert the title last: no later step may search the words of an article for markers
    titles = f"<title>{_printable(title)}</title>\n{social_tags(data)}\n</head>"
    return page.replace("</head>", titles, 1)


def _marks(data: PageData, language: str) -> dict[str, Any]:
    """Return the table of marks and the rows of the legend for the scripts of the page."""
    rows, drawn = rows_by_day(data, language)
    return {**marks().record(), "legend": [asdict(row) for row in rows], "drawn": drawn}


def _printable(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _hash(body: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'"


def _renumbered(page: str) -> str:
    """Replace the random names that branca gives with numbers in order of appearance."""
    seen: dict[str, str] = {}
    return _RANDOM_ID.sub(
        lambda m: seen.setdefault(m.group(0), f"{m.group(1)}{len(seen) + 1}"), page
    )


def _walk(element: Element) -> list[Element]:
    out = [element]
    for child in element._children.values():
        out += _walk(child)
    return out


def _marker_icons() -> str:
    """Return the script that gives Leaflet its marker icons as data, for layers of the user."""
    files = distribution("django-js-lib-leaflet").files or []
    urls = {}
    for key, name in (("iconUrl", "marker-icon.png"), ("shadowUrl", "marker-shadow.png")):
        path = next(Path(str(f.locate())) for f in files if str(f).endswith(f"images/{name}"))
        data = base64.b64encode(path.read_bytes()).decode()
        urls[key] = f"data:image/png;base64,{data}"
    options = {"imagePath": " ", **urls, "iconRetinaUrl": urls["iconUrl"]}
    return (
        "delete L.Icon.Default.prototype._getIconUrl;"
        f"L.Icon.Default.mergeOptions({json.dumps(options)});"
    )
