"""Whose view of disputed borders can be drawn: codes only, so that settings load no shapes."""

from __future__ import annotations

DE_FACTO = "de-facto"
"""Who is in control, as Natural Earth sees it; what is disputed is dashed."""

VIEWS = (
    *("AR", "BD", "BR", "CN", "DE", "EG", "ES", "FR", "GB", "GR", "ID", "IL", "IN", "ISO", "IT"),
    *("JP", "KR", "MA", "NL", "NP", "PK", "PL", "PS", "PT", "RS", "RU", "SA", "SE", "SY", "TR"),
    *("TW", "UA", "US", "VN"),
)
"""ISO 3166-1 codes of the states whose view is known, and ISO for the list of ISO 3166 itself."""


def parse_view(value: object) -> str:
    """Return a view as `DE_FACTO` or one of `VIEWS`.

    Raises
    ------
    ValueError
        If nothing is known of such a view.
    """
    text = value.strip() if isinstance(value, str) else ""
    if text.lower().replace("_", "-") == DE_FACTO:
        return DE_FACTO
    if text.upper() in VIEWS:
        return text.upper()
    msg = f"{value!r} is not a known view of borders: {DE_FACTO}, {', '.join(VIEWS)}"
    raise ValueError(msg)


def told_view(view: str) -> str:
    """Return a view in words, for a page."""
    if view == DE_FACTO:
        return "as administered"
    return "as the list of ISO 3166 has them" if view == "ISO" else f"as seen by {view}"
