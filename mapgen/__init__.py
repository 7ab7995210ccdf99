"""Make interactive situation maps from news articles.

>>> import mapgen
>>> situation = mapgen.build(["a.txt"], published_on="2024-12-06")  # doctest: +SKIP
>>> situation.save("map.html")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapgen.api import Situation, build, extract
    from mapgen.locators import locator

__version__ = "0.2.0"
__all__ = ["Situation", "__version__", "build", "extract", "locator"]


def __getattr__(name: str) -> object:
    """Load the interface when it is first used, so that importing mapgen is fast."""
    if name in {"Situation", "build", "extract"}:
        from mapgen import api  # noqa: PLC0415

        return getattr(api, name)
    if name == "locator":
        from mapgen import locators  # noqa: PLC0415

        return locators.locator
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted(__all__)
