"""The colours of page and pictures, from one table: ``data/style.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def colours(scheme: str = "light") -> dict[str, str]:
    """Return the colours of a scheme, ``light`` or ``dark``, by what they are for."""
    text = (files("mapgen") / "data" / "style.toml").read_text(encoding="utf-8")
    return {name: str(value) for name, value in tomllib.loads(text)[scheme].items()}


def style_sheet() -> str:
    """Return the colours as variables of a style sheet: the reader's scheme, or the chosen one."""
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
