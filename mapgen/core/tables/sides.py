"""Name and style the sides of a conflict, from a table or else in order of appearance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from gazetteer.demonyms import demonyms
from mapgen.core.tables.actors import default_table
from mapgen.core.tables.in_force import own_toml, packaged_toml, per_tables
from mapgen.core.words import capital, mid_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapgen.model import Actor

SHAPES = ("circle", "diamond", "square", "triangle", "hexagon", "pentagon", "star", "cross")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SAFE_KEY = re.compile(r"[a-z][a-z0-9-]{0,30}")
# Names with these endings take an article inside a sentence; "M23" and "Fano" do not.
_TAKES_ARTICLE = re.compile(
    r"\b(army|military|junta|government|regime|forces|police|group|front|union|movement|militia|"
    r"alliance|coalition|administration|council|force|brigades|party)$",
    re.IGNORECASE,
)


def _takes_article(name: str) -> bool:
    """Whether a party takes the article "the", as in "the army", "the Rapid Support Forces".

    The forces of a nation do not: "Russian forces".
    """
    if name.split(maxsplit=1)[0] in demonyms() and name.endswith("forces"):
        return False
    return _TAKES_ARTICLE.search(name) is not None


class ColourRecord(TypedDict):
    """Colours of a side, as `#rrggbb`."""

    fill: str
    """Colour of its signs."""
    line: str
    """Colour of their outlines."""
    on: str
    """Colour of the letter on them."""


class SideRecord(TypedDict):
    """A side of the conflict, in page data."""

    name: str
    """Full name: `Syrian government`."""
    short: str
    """Short name."""
    letter: str
    """Letter in its signs."""
    shape: str
    """`circle`, `diamond`, `square`, `triangle`, `hexagon`, `pentagon`, `star` or `cross`."""
    light: ColourRecord
    """Colours on a light page."""
    dark: ColourRecord
    """Colours on a dark page."""
    present: bool
    """Always true: only sides that are drawn are listed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Colours:
    """Fill, outline and letter colour, as hex colours."""

    fill: str
    line: str
    on: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One side of a conflict, with its name and appearance."""

    id: str  # as in the claims: "syria:gov"
    key: str  # safe in CSS and HTML ids, such as "gov"
    name: str
    short: str
    phrase: str  # inside a sentence: "the government"
    letter: str
    shape: str
    light: Colours
    dark: Colours

    def record(self) -> SideRecord:
        """Return the side as page data."""
        return {
            "name": self.name,
            "short": self.short,
            "letter": self.letter,
            "shape": self.shape,
            "light": _colour_record(self.light),
            "dark": _colour_record(self.dark),
            "present": True,
        }


def _colour_record(colours: Colours) -> ColourRecord:
    return {"fill": colours.fill, "line": colours.line, "on": colours.on}


@per_tables
def _table() -> dict[str, Any]:
    """Return the sides in force, and the spare colours for sides that are not listed.

    A side of the user replaces the packaged one with the same id. Spare colours have no ids: if
    the user gives any, the packaged ones are not used.
    """
    own, replaces = own_toml("sides.toml")
    packaged = packaged_toml("sides.toml")
    rows = {} if replaces else {row["id"]: row for row in packaged["side"]}
    rows |= {row["id"]: row for row in own.get("side", [])}
    return {"side": list(rows.values()), "spare": own.get("spare") or packaged["spare"]}


class Sides:
    """The sides of one situation.

    Parameters
    ----------
    ids
        Side ids in order of appearance, most important first.
    actors
        Actors of the claims, which give names to sides that are not in the table.
    """

    def __init__(self, ids: Iterable[str], actors: Sequence[Actor] = ()) -> None:
        wanted = list(dict.fromkeys(ids))
        listed = [row for row in _table()["side"] if row["id"] in wanted]
        known = {row["id"] for row in listed}
        self._sides: dict[str, Side] = {}
        for row in listed:
            self._sides[row["id"]] = self._listed(row)
        for side_id in wanted:
            if side_id not in known:
                self._sides[side_id] = self._made(side_id, actors)

    def __iter__(self) -> Iterator[Side]:
        return iter(self._sides.values())

    def get(self, side_id: str | None) -> Side | None:
        """Return a side by its id in claims, or None."""
        return None if side_id is None else self._sides.get(side_id)

    def key(self, side_id: str | None) -> str | None:
        """Return the key of a side on the page, or None."""
        side = self.get(side_id)
        return side.key if side else None

    def phrase(self, side_id: str | None, *, otherwise: str = "an unnamed party") -> str:
        """Return the name of a side for use inside a sentence.

        Parameters
        ----------
        side_id
            Id of the side.
        otherwise
            Text for a side that is None or unknown.
        """
        side = self.get(side_id)
        return side.phrase if side else otherwise

    def short(self, side_id: str | None, *, otherwise: str = "Unnamed party") -> str:
        """Return the short name of a side.

        Parameters
        ----------
        side_id
            Id of the side.
        otherwise
            Text for a side that is None or unknown.
        """
        side = self.get(side_id)
        return side.short if side else otherwise

    def _free_key(self, side_id: str) -> str:
        slug = re.sub(r"[^a-z0-9]+", "-", side_id.rpartition(":")[2].lower()).strip("-")
        taken = {s.key for s in self._sides.values()}
        if _SAFE_KEY.fullmatch(slug) and slug not in taken:
            return slug
        return next(k for n in range(len(taken) + 1) if (k := f"s{n}") not in taken)

    def _free_letter(self, name: str) -> str:
        taken = {s.letter for s in self._sides.values()}
        heads = [word[0].upper() for word in re.findall(r"[A-Za-z]+", name)]
        rest = [c.upper() for c in name if c.isascii() and c.isalpha()]
        return next((c for c in [*heads, *rest, *_LETTERS] if c not in taken), "?")

    def _listed(self, row: dict[str, Any]) -> Side:
        return Side(
            id=row["id"],
            key=self._free_key(row["id"]),
            name=row["name"],
            short=row["short"],
            phrase=row["phrase"],
            letter=row["letter"],
            shape=row["shape"],
            light=Colours(**row["light"]),
            dark=Colours(**row["dark"]),
        )

    def _made(self, side_id: str, actors: Sequence[Actor]) -> Side:
        named = [a for a in actors if side_id in {a.side, a.id}]
        # The actor that the side is named after, or else the first in alphabetical order.
        best = min(named, key=lambda a: (a.id != side_id, a.name), default=None)
        party = default_table().by_side(side_id)
        if best is None and party is not None:
            best = party.actor
        name = best.name if best else side_id.rpartition(":")[2].replace("-", " ")
        short = party.short if party and best and best.id == party.id else name
        used_shapes = {s.shape for s in self._sides.values()}
        used_fills = {s.light.fill for s in self._sides.values()}
        spare = _table()["spare"]
        colours = next((c for c in spare if c["light"]["fill"] not in used_fills), None)
        colours = colours or spare[len(self._sides) % len(spare)]
        shape = next((s for s in SHAPES if s not in used_shapes), None)
        bare = re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)
        return Side(
            id=side_id,
            key=self._free_key(side_id),
            name=capital(bare),
            short=capital(re.sub(r"^the\s+", "", short, flags=re.IGNORECASE)),
            phrase="the " * _takes_article(bare) + mid_sentence(bare),
            letter=self._free_letter(bare),
            shape=shape or SHAPES[len(self._sides) % len(SHAPES)],
            light=Colours(**colours["light"]),
            dark=Colours(**colours["dark"]),
        )
