"""Name a source in a sentence by its acronym or the short name of a listed party."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.core.tables.actors import default_table
from mapgen.core.tables.sources import source_of
from mapgen.core.words import initials

if TYPE_CHECKING:
    from mapgen.model import Attribution

_ACRONYM = re.compile(r"\(([A-Z][A-Z0-9-]{1,9})\)")
_LONG_NAME_CHARS = 28


def source_name(attribution: Attribution | None) -> str:
    """Return the shortest usual name of a source: its acronym when the text gives one."""
    if attribution is None or not attribution.name.strip():
        return "an unnamed source"
    name = attribution.name.strip()
    found = _ACRONYM.search(name)
    if found:
        return found.group(1)
    if len(name) > _LONG_NAME_CHARS:
        whole = [m.party for m in default_table().find(name) if m.end - m.start == len(name)]
        if whole:
            return whole[0].short
    if attribution.role in {"monitor", "organisation"} and len(name) > _LONG_NAME_CHARS:
        listed = source_of(name)
        return listed.short if listed is not None else initials(name) or name
    if attribution.role == "unnamed" and not name.casefold().startswith(("unnamed", "an unnamed")):
        return f"unnamed {name}"
    return name
