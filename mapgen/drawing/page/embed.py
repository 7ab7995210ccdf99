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

from mapgen.errors import InputError

if TYPE_CHECKING:
    from mapgen.situation.drawn_records import TitleBlock

_DATA = re.compile(r'<script type="application/json" id="mg-data">(.*?)</script>', re.DOTALL)
_HEIGHT_PX = 520


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
        headline, the day and the summary stand below the frame, and can be read where frames or
        scripts are off.

    Raises
    ------
    InputError
        If the file cannot be read or is not a map of mapgen, or if the address is not that of a
        page.
    """
    name = str(path)
    try:
        found = _DATA.search(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as err:
        raise InputError(name, f"cannot be read ({err})", "Name a map that mapgen wrote.") from err
    if found is None:
        raise InputError(name, "is not a map that mapgen wrote", "Name the HTML file of a map.")
    if address is not None and not re.match(r"(?:https?://|/(?!/)|\./|[\w%.-]+(?:/|$))", address):
        raise InputError(
            address, "is not the address of a page", "Give one with https://, or a path."
        )
    meta: TitleBlock = json.loads(found[1])["meta"]
    where = (address or quote(Path(path).name)).partition("#")[0]
    source = html.escape(where, quote=True)
    title = html.escape(str(meta["title"]), quote=True)
    day = html.escape(" ".join([str(meta["as_of_text"]), str(meta["as_of_note"])]).strip())
    words = "\n".join(
        f"      <p><strong>{html.escape(str(lead))}</strong> {html.escape(str(text))}</p>"
        for lead, text in meta["summary"]
    )
    alternative = html.escape(alternative_text(meta), quote=True)
    language = html.escape(str(meta.get("language", "en")), quote=True)
    return f"""<figure style="margin:0">
  <iframe src="{source}#embed" title="{title}" aria-label="{alternative}"
    lang="{language}" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"
    loading="lazy" referrerpolicy="no-referrer"
    style="display:block;width:100%;height:{_HEIGHT_PX}px;border:0"></iframe>
  <figcaption>
    <details>
      <summary><strong>{title}</strong> ({day})</summary>
{words}
      <p><a href="{source}">{source}</a></p>
    </details>
  </figcaption>
</figure>
"""


def alternative_text(meta: TitleBlock) -> str:
    """Return the situation in a few sentences, for readers who cannot see the map.

    Parameters
    ----------
    meta
        The title block of the page data.
    """
    told = " ".join(f"{lead} {text}" for lead, text in meta["summary"])
    return f"{meta['title']}. {meta['as_of_text']}. {told}".strip()
