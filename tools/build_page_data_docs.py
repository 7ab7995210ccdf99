"""Write ``docs/page-data.md`` from the typed records of page data.

The typed dictionaries come in, with the text under each of their keys. A table for each record goes
out. A key without a text is an error. Run ``python tools/build_page_data_docs.py`` in the
repository.
"""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from mapgen.core import geojson
from mapgen.core.tables import sides
from mapgen.drawing.data import page_records
from mapgen.drawing.data.page_data import VERSION
from mapgen.ground import basemap_records
from mapgen.situation import drawn_records

if TYPE_CHECKING:
    from types import ModuleType

OUTPUT = Path(__file__).parents[1] / "docs" / "page-data.md"
MODULES = (page_records, drawn_records, sides, basemap_records, geojson)

INTRODUCTION = f"""# The data inside a page

<!-- Made by tools/build_page_data_docs.py from the typed records; change the texts there. -->

`mapgen/drawing/data/page_data.py` makes this data from a `Situation`: `page_data` for the page,
`picture_data` for pictures. `mapgen/drawing/page/html.py` puts it into the page as one
`<script type="application/json" id="mg-data">`, and the scripts in `mapgen/drawing/page/` draw it.
This is the only place where data enter the page. This is version {VERSION} of the format.
The page has two more blocks: `mg-text`, the words of the interface, and `mg-marks`, the table of
marks (`mapgen/data/marks.toml`) with the rows of the legend.

- Nothing in the data is HTML: every string is shown as text.
- Coordinates in records are `lat`, `lon`; in GeoJSON geometries `[lon, lat]`; in a `path`,
  `[[lat, lon], ...]`.
- Where a geometry can be a string, the string is the key of a geometry in `shapes`. This is so
  only in a long history.
- Days are `YYYY-MM-DD`.
- A key that "can be absent" is left out where it says nothing. Every other key is always there.
"""

CHAPTERS = (
    ("The whole", "", ("PictureData", "PageData")),
    (
        "The title block",
        "The files that `mapgen` exports say the same of themselves.",
        ("TitleBlock", "ArticleRecord", "GeneratorRecord"),
    ),
    ("Sides", "", ("SideRecord", "ColourRecord")),
    ("Days", "", ("Span", "Bar")),
    (
        "Earlier days",
        "What was so on an earlier day by all articles, and what the articles printed by a day had "
        "reported. The `drawn` of the block `mg-marks` says which rows of the legend are drawn on "
        "which day.",
        ("DayRecord", "ReportedRecord", "EarlierCard"),
    ),
    (
        "The ledger of sources",
        "It shows whether it is quiet or a source stopped. A story that several sources print "
        "counts once.",
        ("LedgerTable", "LedgerSource"),
    ),
    ("Places", "", ("PlaceRecord", "Town", "InsetRecord", "ViewRecord")),
    (
        "Signs",
        "Each thing drawn is one sign. The signs of one event open the same card.",
        (
            "SignCore",
            "Spot",
            "TollPart",
            "ControlSign",
            "ThreatSign",
            "PlaceSign",
            "DisplacementSign",
            "RegionSign",
            "SupplySign",
            "BadgeSign",
            "Road",
            "LatLon",
        ),
    ),
    ("A long history", "", ("Tracks",)),
    ("Areas of control", "", ("ControlPhase", "SideParts", "Front")),
    ("Evidence", "", ("Card", "PageNumber", "PassageRecord", "Quote", "OffGroup", "OffItem")),
    (
        "The basemap",
        "",
        (
            *("Basemap", "RoadLine", "DistrictLines"),
            *("PointName", "CountryName", "ProvinceName", "Geometry"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record."""

    key: str
    hint: Any
    help: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A typed dictionary, with the keys that it adds to those of its bases."""

    name: str
    text: str
    bases: tuple[str, ...]
    fields: tuple[Field, ...]


def records() -> dict[str, Record]:
    """Return all records of page data by name.

    Raises
    ------
    ValueError
        If a key has no text.
    """
    found: dict[str, Record] = {}
    for module in MODULES:
        inlined: dict[str, str] = {}  # records with a key that is not valid in a class body
        tree = ast.parse(inspect.getsource(module))
        for node, after in zip(tree.body, [*tree.body[1:], None], strict=True):
            if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("TypedDict("):
                inlined[ast.unparse(node.targets[0])] = _string(after)
            elif isinstance(node, ast.ClassDef) and is_typeddict(getattr(module, node.name)):
                found[node.name] = _record(module, node, inlined)
    return found


def _record(module: ModuleType, node: ast.ClassDef, inlined: dict[str, str]) -> Record:
    hints = get_type_hints(getattr(module, node.name), include_extras=True)
    names = [base.id for base in node.bases if isinstance(base, ast.Name)]
    fields = []
    for name in names:
        if name in inlined:
            key = next(iter(get_type_hints(getattr(module, name))))
            fields.append(_field(node.name, key, hints[key], inlined[name]))
    for item, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            key = item.target.id
            fields.append(_field(node.name, key, hints[key], _string(after)))
    bases = tuple(n for n in names if n not in {"TypedDict", *inlined})
    fields.sort(key=lambda f: f.key != "type")
    return Record(node.name, inspect.cleandoc(ast.get_docstring(node) or ""), bases, tuple(fields))


def _field(record: str, key: str, hint: Any, text: str) -> Field:  # noqa: ANN401  a type
    if not text:
        msg = f"{record}[{key!r}] has no text under it"
        raise ValueError(msg)
    is_required = get_origin(hint) is not NotRequired
    return Field(key, hint if is_required else get_args(hint)[0], text, is_required)


def _string(node: ast.stmt | None) -> str:
    """Return the string literal after a key as one line, or an empty string."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return " ".join(str(node.value.value).split())
    return ""


def words_of(hint: Any) -> str:  # noqa: ANN401  a type
    """Return a type in words, such as ``string or null`` or ``list of whole numbers``."""
    plain = {
        str: "string",
        int: "whole number",
        float: "number",
        bool: "true or false",
        NoneType: "null",
        geojson.LatLonPath: "path",
        drawn_records.Sign: "[sign](#signs)",
    }
    if hint in plain:
        return plain[hint]
    if "Coordinates" in str(hint):  # nested to any depth
        return "nested lists of numbers"
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return ", ".join(f'`"{value}"`' for value in args)
    if origin in {Union, UnionType}:
        return " or ".join(words_of(a) for a in args)
    if origin is list:
        return f"list of {_plural(words_of(args[0]))}"
    if origin is dict:
        return f"object of {_plural(words_of(args[1]))}"
    return f"[{hint.__name__}](#{hint.__name__.lower()})"


def _plural(words: str) -> str:
    if words.startswith("list of "):
        return f"lists of {words.removeprefix('list of ')}"
    if words.startswith("["):
        return words
    return " or ".join(f"{word}s" for word in words.split(" or "))


def document() -> str:
    """Return the text of ``docs/page-data.md``."""
    known = records()
    parts = [INTRODUCTION]
    for heading, text, names in CHAPTERS:
        parts.append(f"## {heading}\n")
        if text:
            parts.append(f"{text}\n")
        parts += [_section(known.pop(name)) for name in names]
    if known:
        msg = f"no chapter has {', '.join(sorted(known))}"
        raise ValueError(msg)
    return "\n".join(parts)


def _section(record: Record) -> str:
    lines = [f"### {record.name}", "", " ".join(record.text.split()), ""]
    if record.bases:
        named = " and ".join(f"[{base}](#{base.lower()})" for base in record.bases)
        lines += [f"It has the keys of {named}, and these:", ""]
    lines += ["| key | type | what it holds |", "|---|---|---|"]
    for field in record.fields:
        absent = "" if field.is_required else "Can be absent. "
        lines.append(f"| `{field.key}` | {words_of(field.hint)} | {absent}{field.help} |")
    return "\n".join([*lines, ""])


def main() -> None:
    """Write the document."""
    OUTPUT.write_text(document(), encoding="utf-8")
    print(f"{OUTPUT.name}: {len(records())} records")


if __name__ == "__main__":
    main()
