"""Ask which part is meant where a name is that of a region divided between countries.

One country, or one part, cannot be filled for such a name without taking a side.
"""

from __future__ import annotations

from gazetteer import fold

# Name as people write it, what it is, and the parts by names that the gazetteer knows.
_DIVIDED = {
    "Kashmir": (
        "is divided between India and Pakistan",
        (
            "Jammu and Kashmir (India)",
            "Ladakh (India)",
            "Azad Kashmir (Pakistan)",
            "Gilgit-Baltistan (Pakistan)",
        ),
    ),
    "Congo": (
        "may be two countries",
        ("Democratic Republic of the Congo", "Republic of the Congo"),
    ),
    "Korea": ("may be two countries", ("North Korea", "South Korea")),
}


def divided(name: str) -> str | None:
    """Return a question if a name is that of a divided region, else None.

    Parameters
    ----------
    name
        Name as written by the user.

    Examples
    --------
    >>> divided("Korea")
    '"Korea" may be two countries: write "North Korea" or "South Korea", or both with a comma'
    """
    found = next((told for key, told in _DIVIDED.items() if fold(key) == fold(name)), None)
    if found is None:
        return None
    what, parts = found
    listed = ", ".join(f'"{part}"' for part in parts[:-1])
    whole = "both" if len(parts) == 2 else "all of them"  # noqa: PLR2004
    return f'"{name}" {what}: write {listed} or "{parts[-1]}", or {whole} with a comma'
