"""Make the JSON Schema of a settings file from `Settings`, so that editors can check the file.

TOML has a date type, but JSON Schema describes dates as text. `Settings` accepts both.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from dataclasses import fields
from itertools import pairwise
from typing import Any

from gazetteer.views import DE_FACTO, VIEWS
from mapgen.core.formats import SUFFIXES
from mapgen.model import Scope
from mapgen.settings import HEADLINES, Settings

_DAY = r"^\d{4}-\d{2}-\d{2}$"
# Limits that do not follow from the type of a field.
_LIMITS: dict[str, dict[str, Any]] = {
    "country": {"pattern": "^[A-Za-z]{2}$"},
    "coarsen_displacement": {"enum": ["admin1", "admin2"]},
    "borders": {"enum": [DE_FACTO, *VIEWS]},
    "scope": {"enum": [scope.value for scope in Scope]},
    "headline": {"enum": list(HEADLINES)},
    "min_confidence": {"minimum": 0, "maximum": 1},
    "quote_chars": {"minimum": 0},
    "url": {"pattern": "^\\s*https?://"},
    "card_url": {"pattern": "^\\s*https?://"},
    "formats": {"items": {"enum": list(SUFFIXES)}, "uniqueItems": True},
}
_TYPES: dict[str, dict[str, Any]] = {
    "date": {"type": "string", "format": "date", "pattern": _DAY},
    "str": {"type": "string", "minLength": 1},
    "Scope": {"type": "string"},
    "int": {"type": "integer"},
    "Tables": {"type": "string", "minLength": 1},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "tuple[str, ...]": {"type": "array"},
}


def settings_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12), with exactly one property for each setting."""
    told = _field_docs()
    properties: dict[str, Any] = {}
    for field in fields(Settings):
        kind = str(field.type).partition(" |")[0]
        entry = {
            "description": told.get(field.name, ""),
            **_TYPES.get(kind, {}),
            **_LIMITS.get(field.name, {}),
        }
        if isinstance(field.default, str | int | float):
            entry["default"] = field.default
        properties[field.name] = entry
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of mapgen",
        "description": "A TOML file for --settings. Options on the command line override it.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _field_docs() -> dict[str, str]:
    """Return the docstring of each field of `Settings`, which only its source code contains."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(Settings))).body
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    return {
        field.target.id: " ".join(doc.value.value.split())
        for field, doc in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(doc, ast.Expr)
        and isinstance(doc.value, ast.Constant)
        and isinstance(doc.value.value, str)
    }
