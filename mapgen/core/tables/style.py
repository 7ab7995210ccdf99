"""Read the colours of page and pictures from ``style.toml``."""

from __future__ import annotations

from mapgen.core.tables.in_force import PACKAGED, merged_texts, per_tables, using


class SchemeColour(str):
    """A colour of the light scheme by its role, such as ``SchemeColour.named("ink")``.

    As a string it is the packaged colour, so that modules can store it as a constant. A canvas
    draws it in the colour of the tables in force (`in_scheme`).
    """

    __slots__ = ("name",)

    name: str

    @classmethod
    def named(cls, name: str) -> SchemeColour:
        """Return a colour by its key in ``style.toml``.

        Raises
        ------
        KeyError
            If there is no such colour.
        """
        with using(PACKAGED):
            made = cls(colours()[name])
        made.name = name
        return made


def in_scheme(colour: str) -> str:
    """Return the colour to draw, looking up a `SchemeColour` in the tables in force."""
    return colours()[colour.name] if isinstance(colour, SchemeColour) else colour


@per_tables
def colours(scheme: str = "light") -> dict[str, str]:
    """Return the colours of a scheme, ``light`` or ``dark``, by their roles."""
    return merged_texts("style.toml")[scheme]


def style_sheet() -> str:
    """Return the colours as CSS variables, for the preferred or chosen scheme of the reader."""
    light, dark = (
        "".join(f"--{name}:{value};" for name, value in colours(scheme).items())
        + f"color-scheme:{scheme}"
        for scheme in ("light", "dark")
    )
    return (
        f":root{{{light}}}"
        f"@media(prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f":root[data-theme=dark]{{{dark}}}"
    )
