"""List the states whose views of disputed borders can be drawn.

A view as written by the user comes in, and its code goes out. This module does not load any
geometries, so that settings can import it.
"""

from __future__ import annotations

DE_FACTO = "de-facto"
"""The country in control, as Natural Earth sees it; disputed borders are dashed."""

VIEWS = (
    *("AR", "BD", "BR", "CN", "DE", "EG", "ES", "FR", "GB", "GR", "ID", "IL", "IN", "ISO", "IT"),
    *("JP", "KR", "MA", "NL", "NP", "PK", "PL", "PS", "PT", "RS", "RU", "SA", "SE", "SY", "TR"),
    *("TW", "UA", "US", "VN"),
)
"""ISO 3166-1 codes of the states whose views are known, and "ISO" for the view of ISO 3166."""


def parse_view(value: object) -> str:
    """Return a view as `DE_FACTO` or one of `VIEWS`.

    Parameters
    ----------
    value
        View as written by the user, in any case.

    Raises
    ------
    ValueError
        If the view is not known.
    """
    text = value.strip() if isinstance(value, str) else ""
    if text.lower().replace("_", "-") == DE_FACTO:
        return DE_FACTO
    if text.upper() in VIEWS:
        return text.upper()
    msg = f"{value!r} is not a known view of borders: {DE_FACTO}, {', '.join(VIEWS)}"
    raise ValueError(msg)


def told_view(view: str) -> str:
    """Return a view in words, for a map."""
    if view == DE_FACTO:
        return "as administered"
    return "as the list of ISO 3166 has them" if view == "ISO" else f"as seen by {view}"
