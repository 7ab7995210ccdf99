"""Mark the signs that turn letters around in all texts of a record.

A record of `mapgen.model` comes in; an equal one goes out, in which readers see such signs.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from mapgen.core.clean_text import marked
from mapgen.core.told import Told

_Record = TypeVar("_Record")


def visible(record: _Record) -> _Record:
    """Return a record with every text `marked`; without such signs it is the same object.

    Parameters
    ----------
    record
        A dataclass whose fields hold texts, other dataclasses and tuples of them.
    """
    known: dict[int, Any] = {}
    made: _Record = _visible(record, known)
    return made


def _visible(value: Any, known: dict[int, Any]) -> Any:  # noqa: ANN401  a field has any type
    if type(value) is str or isinstance(value, Told):
        shown = value if value.isascii() else marked(value)
        return shown if shown != value else value
    if isinstance(value, tuple):
        items = [_visible(item, known) for item in value]
        return tuple(items) if any(a is not b for a, b in zip(items, value, strict=True)) else value
    if not is_dataclass(value) or isinstance(value, type):
        return value
    if id(value) not in known:  # claims are shared by events
        changes = {}
        for field in fields(value):
            old = getattr(value, field.name)
            new = _visible(old, known)
            if new is not old and new != old:
                changes[field.name] = new
        known[id(value)] = replace(value, **changes) if changes else value
    return known[id(value)]
