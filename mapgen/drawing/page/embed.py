"""The lines of HTML that put a map into another page: a sandboxed frame, and the same in words."""

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
    """Return the snippet for a page that mapgen wrote.

    Parameters
    ----------
    path
        The page.
    address
        Where readers will find it; without one, its file name, for a page in the same folder.

    Returns
    -------
    str
        A ``figure``: the frame, without the rights of the page around it, and below it the
        headline, the day and the summary, which stand alone where frames or scripts are off.

    Raises
    ------
    InputError
        If the file is not a page of mapgen, or the address is not one a frame may show.
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
    """Return the whole situation in a few sentences, for those who do not see the map."""
    told = " ".join(f"{lead} {text}" for lead, text in meta["summary"])
    return f"{meta['title']}. {meta['as_of_text']}. {told}".strip()
