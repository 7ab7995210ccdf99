"""Make the HTML that embeds a map in another page.

The HTML file of a map comes in. A ``figure`` element goes out: the map in a sandboxed frame, and
the same situation in words.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from mapgen.core.bounded import text_within
from mapgen.drawing.data.translation import without_marks
from mapgen.drawing.page.apart import apart_html
from mapgen.errors import InputError

if TYPE_CHECKING:
    from mapgen.situation.drawn_records import TitleBlock

_DATA = re.compile(r'<script type="application/json" id="mg-data">(.*?)</script>', re.DOTALL)
_HEIGHT_PX = 520
_MAX_PAGE_BYTES = 200_000_000
# Gives the frame of a map the height that the map asks for. The size of the frame is in attributes,
# because a strict policy refuses this script and any style.
_RESIZE = (
    'addEventListener("message",function(e){var h=e.data&&e.data.mapgen&&+e.data.mapgen.height;'
    'if(h>=200&&h<=1200)document.querySelectorAll("iframe[data-mapgen]").forEach(function(f){'
    "if(f.contentWindow===e.source)f.height=Math.round(h)})})"
)


def embed_snippet(path: str | Path, *, address: str | None = None) -> str:
    """Return the HTML snippet that embeds a map.

    Parameters
    ----------
    path
        HTML file of a map that mapgen wrote.
    address
        Address at which readers find the map: with http(s), or a path. By default, the name of
        the file, for a map in the same folder as the page around it.

    Returns
    -------
    str
        A ``figure`` element. Its sandboxed frame has no access to the page around it. The
        frame is 520 pixels high; where the page around it allows scripts, a line of script gives
        it the height that suits the map at its width. The headline, the day and the summary stand
        below the frame, and can be read where frames or scripts are off.

    Raises
    ------
    InputError
        If the file cannot be read or is not a map of mapgen, or if the address is not that of a
        page.
    """
    name = str(path)
    try:
        found = _DATA.search(text_within(path, _MAX_PAGE_BYTES))
    except (OSError, UnicodeDecodeError) as err:
        raise InputError(name, f"cannot be read ({err})", "Name a map that mapgen wrote.") from err
    if found is None:
        raise InputError(name, "is not a map that mapgen wrote", "Name the HTML file of a map.")
    if address is not None and not re.match(r"(?:https?://|/(?!/)|\./|[\w%.-]+(?:/|$))", address):
        raise InputError(
            address, "is not the address of a page", "Give one with https://, or a path."
        )
    meta = _meta(name, found[1])
    where = (address or quote(Path(path).name)).partition("#")[0]
    source = html.escape(where, quote=True)
    title = html.escape(without_marks(str(meta["title"])), quote=True)
    told = (meta["as_of_text"], meta["as_of_note"], meta.get("review", ""))
    day = apart_html(" ".join(words for words in told if words))
    words = "\n".join(
        f"      <p><strong>{apart_html(str(lead))}</strong> {apart_html(str(text))}</p>"
        for lead, text in meta["summary"]
    )
    alternative = html.escape(alternative_text(meta), quote=True)
    language = html.escape(str(meta.get("language", "en")), quote=True)
    return f"""<figure style="margin:0">
  <iframe src="{source}#embed" title="{title}" aria-label="{alternative}"
    lang="{language}" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"
    loading="lazy" referrerpolicy="no-referrer" width="100%" height="{_HEIGHT_PX}" frameborder="0"
    data-mapgen></iframe>
  <script>{_RESIZE}</script>
  <figcaption>
    <details>
      <summary><strong>{title}</strong> ({day})</summary>
{words}
      <p><a href="{source}">{source}</a></p>
    </details>
  </figcaption>
</figure>
"""


def _meta(name: str, data: str) -> TitleBlock:
    """Return the title block in the data of a page, which others may have changed."""
    problem, advice = "is a map whose data were changed or cut off", "Build the map again."
    try:
        meta: TitleBlock = json.loads(data)["meta"]
        words = [meta["title"], meta["as_of_text"], meta["as_of_note"]]
        words += [part for lead, text in meta["summary"] for part in (lead, text)]
    except (ValueError, LookupError, TypeError, RecursionError) as err:
        raise InputError(name, problem, advice) from err
    if not all(isinstance(word, str) for word in words):
        raise InputError(name, problem, advice)
    return meta


def alternative_text(meta: TitleBlock) -> str:
    """Return the situation in a few sentences, for readers who cannot see the map.

    Parameters
    ----------
    meta
        The title block of the page data.
    """
    told = " ".join(f"{lead} {text}" for lead, text in meta["summary"])
    return without_marks(f"{meta['title']}. {meta['as_of_text']}. {told}".strip())
