"""Set apart the names and English texts inside generated texts, as markup that keeps directions.

Texts with the marks of `mapgen.drawing.data.translation` come in; escaped HTML goes out.
"""

from __future__ import annotations

import html
import re

from mapgen.drawing.data.translation import END, ENGLISH, NAME

_APART = re.compile(f"([{NAME}{ENGLISH}])([^{NAME}{ENGLISH}{END}]*){END}")
_OPENING = {NAME: "<bdi>", ENGLISH: '<bdi lang="en" dir="ltr">'}
_STRAY = re.compile(f"[{NAME}{ENGLISH}{END}]")


def apart_html(text: str) -> str:
    """Return a text as HTML, with ``<bdi>`` around the parts that are set apart."""
    made = _APART.sub(
        lambda m: f"{_OPENING[m[1]]}{m[2]}</bdi>",
        html.escape(text, quote=False),
    )
    return _STRAY.sub("", made)
