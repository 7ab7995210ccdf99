"""Show a map in a notebook: the page in a frame, and a picture where no frame can be.

The page and the data of a picture come in. The representations among which a notebook chooses go
out: HTML for the screen, a PNG for viewers without frames and for PDF.
"""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING, Any

from mapgen.drawing.figure.plate import plate_png
from mapgen.drawing.page.embed import alternative_text

if TYPE_CHECKING:
    from mapgen.drawing.data.page_records import PictureData

HEIGHT_PX = 640
_PICTURE_MM, _DPI = (170.0, 108.0), 130
# A frame is cut where a printed page ends, and its panel cannot be scrolled: print the picture.
_STYLE = (
    "<style>@media print{iframe.mapgen{display:none}"
    "img.mapgen{display:block;width:100%;break-inside:avoid}}"
    "@media not print{img.mapgen{display:none}}</style>"
)


def notebook_bundle(page: str, data: PictureData) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the representations of a map for a notebook, and their metadata.

    Parameters
    ----------
    page
        The page of the map.
    data
        Data from `mapgen.drawing.data.page_data.picture_data`.

    Returns
    -------
    tuple of dict, dict
        By MIME type, as Jupyter's ``_repr_mimebundle_`` returns them. The frame is as wide as the
        notebook and cannot reach the notebook's own page.
    """
    words = alternative_text(data["meta"])
    png = plate_png(data, *_PICTURE_MM, dpi=_DPI)
    alt = html.escape(words, quote=True)
    shown = (
        f'<iframe srcdoc="{html.escape(page, quote=True)}" class="mapgen" sandbox="allow-scripts" '
        f'title="Situation map" width="100%" height="{HEIGHT_PX}" frameborder="0" '
        f'style="width:100%;height:{HEIGHT_PX}px;border:0"></iframe>'
        f'<img class="mapgen" alt="{alt}" '
        f'src="data:image/png;base64,{base64.b64encode(png).decode("ascii")}">{_STYLE}'
    )
    bundle = {"text/html": shown, "image/png": png, "text/plain": words}
    return bundle, {"image/png": {"alt": words, "width": 870}}
