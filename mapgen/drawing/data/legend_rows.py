"""Make the rows of the legend, which the page and the pictures share.

Page data and some days come in. One `LegendRow` goes out for each kind of sign that the map draws
on at least one of these days, in the order of the legend. What is not drawn has no row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, cast

from gazetteer.worded_areas import BEARINGS
from mapgen.core.tables.interface_texts import interface_texts
from mapgen.core.tables.marks import CONTESTED, marks
from mapgen.drawing.data.earlier_states import as_reported
from mapgen.drawing.data.holder_tracks import CONTESTED_MARK
from mapgen.drawing.data.moment import Moment, days_of_change, doubtful_cards

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapgen.drawing.data.page_records import PageData, PictureData
    from mapgen.situation.drawn_records import ControlPhase, ControlSign, DisplacementSign, Sign

Part = Literal["who", "ring", "held", "layers"]
_HARM = ("strike", "attack", "clash", "siege", "withdrawal")
_TEXT = {"attack": "attack_on_civilians"}
_ARROWS = {  # small picture and text of movements between two known ends, by kind
    "displacement": ("displacement", "layer_disp"),
    "return": ("return", "layer_return"),
}
_FANS = (  # movements with one known end: small picture, the end, the kind
    ("fan_out", "origin", "displacement"),
    ("fan_in", "destination", "displacement"),
    ("fan_back", "destination", "return"),
    ("fan_home", "origin", "return"),
)


_DOUBT = "doubt"
_DAY = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One row of a legend.

    Attributes
    ----------
    part
        The section of the legend: ``who`` (sides), ``ring`` (how sure, and who held it before),
        ``held`` (how sure, if no ring in the colour of an earlier holder is drawn) or ``layers``.
    glyph
        Name of the small picture beside the words.
    words
        What the sign means, in the language of the page.
    side, before
        Keys of the sides that give the small picture its colours: the holder, and the holder
        before it.
    layer
        Name of the map layer that the row switches on and off on the page, or ``None``.
    """

    part: Part
    glyph: str
    words: str
    side: str | None = None
    before: str | None = None
    layer: str | None = None


def legend_rows(
    data: PictureData, days: Sequence[str | None], language: str = "en"
) -> tuple[LegendRow, ...]:
    """Return the rows for everything that the map draws on at least one of the given days.

    Parameters
    ----------
    data
        Page data, or the data of a picture.
    days
        Days (``YYYY-MM-DD``) that the reader can see: one for a picture, all for the page. A
        single ``None`` stands for a map without days.
    language
        Language of the words (ISO 639-1).

    Returns
    -------
    tuple of LegendRow
        Rows in the order of the legend: sides, rings, layers.
    """
    return _Drawn(data, days, language).rows()


_JOINED = ("likely", "likely_return")  # pictures of rows that say kind and method of movements


def rows_by_day(
    data: PageData, language: str = "en"
) -> tuple[tuple[LegendRow, ...], dict[str, dict[str, list[int]]]]:
    """Return the rows of the legend of a page, and on which days each of them is drawn.

    Parameters
    ----------
    data
        Page data.
    language
        Language of the words (ISO 639-1).

    Returns
    -------
    rows : tuple of LegendRow
        As from `legend_rows` for all days, with the rows that only what was known earlier needs.
    drawn : dict of str to dict of str to list of int
        By day of publication (``YYYY-MM-DD``; empty for all articles) and day of change, the
        numbers of the rows. Empty for a long history, whose marks are not told apart by day.
    """
    rows = list(legend_rows(data, data["days"] or [None], language))
    if not data["days"] or "tracks" in data:
        return tuple(rows), {}
    states = {"": data} | {r["day"]: as_reported(data, r) for r in data.get("reported", [])}
    joined = any(row.glyph in _JOINED and row.layer for row in rows)
    seen = {
        printed: {
            day: _Drawn(state, [day], language, joined=joined).rows()
            for day in days_of_change(state)
        }
        for printed, state in states.items()
    }
    known = {_same(row) for row in rows}
    for row in (row for by_day in seen.values() for own in by_day.values() for row in own):
        if _same(row) not in known:
            known.add(_same(row))
            rows.append(row)
    rows.sort(key=lambda row: row.glyph == _DOUBT)  # what doubt looks like is told last
    numbers = {_same(row): n for n, row in enumerate(rows)}
    drawn = {
        printed: {day: sorted({numbers[_same(row)] for row in own}) for day, own in by_day.items()}
        for printed, by_day in seen.items()
    }
    return tuple(rows), drawn


def _same(row: LegendRow) -> tuple[str, str]:
    """Return what is the same in rows that one row of the page stands for."""
    if row.part == "who":
        return "who", row.side or row.glyph  # on some days a side only has an area
    return "held" if row.part == "ring" else row.part, f"{row.glyph} {row.words}"


class _Drawn:
    """The signs, baseline marks and areas drawn on some days, and the legend rows for them."""

    def __init__(
        self,
        data: PictureData,
        days: Sequence[str | None],
        language: str,
        *,
        joined: bool = True,
    ) -> None:
        self.data, self.texts = data, interface_texts(language)
        self.joined = joined  # whether one row may say kind and method of movements
        tracks = cast("PageData", data).get("tracks")  # data of a picture have no tracks
        keys = [k for k in tracks["sides"] if k] if tracks else []
        self.tracks = [k for k in keys if k != CONTESTED_MARK]
        self.contested = len(self.tracks) < len(keys)
        self.bases: list[str] = []
        self.areas: list[ControlPhase] = []
        signs: dict[int, Sign] = {}
        looks: dict[str, ControlSign] = {}
        for day in days:
            moment = Moment(data, day)
            for sign in moment.drawn():
                signs[id(sign)] = sign
                if sign["type"] == "control":
                    look = marks().look(sign["standing"], moment.phase(sign))
                    if look.name not in looks or (sign["from"] and not looks[look.name]["from"]):
                        looks[look.name] = sign  # one with a ring shows more
            self.bases += moment.bases()
            area = moment.areas()
            if area is not None and not any(a is area for a in self.areas):
                self.areas.append(area)
        # the order of the data, not that of the days
        self.signs = [s for s in data["signs"] if id(s) in signs]
        self.looks = looks

    def rows(self) -> tuple[LegendRow, ...]:
        """Return the rows of all three sections."""
        return (*self._who(), *self._ring(), *self._layers())

    def _of(self, *kinds: str) -> list[Sign]:
        return [s for s in self.signs if s["type"] in kinds]

    def _who(self) -> list[LegendRow]:
        """Return a row for each side that is drawn, and one if a place is contested."""
        held: set[str | None] = {*self.bases, *(k.removesuffix("?") for k in self.tracks)}
        told, regions = held, set[str | None]()
        for sign in self.signs:
            if sign["type"] == "region":
                regions.add(sign["side"])
            elif sign["type"] != "control" or sign["standing"] != CONTESTED:
                told |= {sign["side"]}
                told |= {sign["from"]} if sign["type"] == "control" else set()
                told |= {sign["target_side"]} if sign["type"] == "threat" else set()
        told |= {key for area in self.areas for key in area["sides"]}
        rows = [
            LegendRow("who", "side" if key in told else "region", side["name"], key)
            for key, side in self.data["sides"].items()
            if key in told or key in regions
        ]
        if CONTESTED in self.looks or self.contested:
            rows.append(LegendRow("who", CONTESTED, self.texts[marks().place[CONTESTED].words]))
        return rows

    def _ring(self) -> list[LegendRow]:
        """Return a row for each look of a place, other than contested, that is drawn."""
        rows = []
        for look in marks().place.values():
            sign = self.looks.get(look.name)
            if look.name == "claimed" and sign is None:
                claimed = next((k for k in self.tracks if k.endswith("?")), None)
                if claimed is not None:
                    words = self.texts[look.words]
                    rows.append(LegendRow("ring", "hollow", words, claimed.removesuffix("?")))
            if sign is not None and look.words and look.name != CONTESTED:
                words = self.texts[look.words]
                rows.append(LegendRow("ring", look.name, words, sign["side"], sign["from"]))
        ringed = any(row.before for row in rows)
        return rows if ringed else [replace(row, part="held") for row in rows]

    def _layers(self) -> list[LegendRow]:
        rows: list[LegendRow] = []
        for part in (self._base, self._estimates, self._forces, self._people, self._rest):
            rows += part()
        doubtful = doubtful_cards(self.data)
        if any(s["card"] in doubtful for s in self.signs):
            rows.append(self._row(_DOUBT, "doubtful"))
        return rows

    def _row(
        self, glyph: str, text: str, side: str | None = None, layer: str | None = None
    ) -> LegendRow:
        return LegendRow("layers", glyph, self.texts[text], side, None, layer)

    def _base(self) -> list[LegendRow]:
        """Return the row of the baseline, or of the tracks of a long history."""
        if self.tracks:
            return [
                self._row("base", "layer_tracks", self.tracks[0].removesuffix("?"), layer="base")
            ]
        if not self.bases:
            return []
        words, day = self.texts["layer_base"], self.data.get("baseline_day")
        if day and _DAY.fullmatch(day):
            year, month, number = day.split("-")
            words += f", {int(number)} {self.texts['months'].split()[int(month) - 1]} {year}"
        return [LegendRow("layers", "base", words, self.bases[0], None, "base")]

    def _estimates(self) -> list[LegendRow]:
        """Return the rows of the sure and unsure parts of areas, and of fronts."""
        rows: list[LegendRow] = []
        given = any(a.get("given") for a in self.areas)
        words = self.texts["layer_given" if given else "layer_est"]
        for part in ("sure", "unsure"):
            key = next((k for a in self.areas for k, v in a["sides"].items() if v[part]), None)
            if key is not None:
                told = words if part == "sure" else f"{words}; {self.texts['unsure']}"
                layer = None if rows else "est"
                rows.append(LegendRow("layers", part, told, key, None, layer))
        fronts = {f["part"] for a in self.areas for f in a.get("fronts") or []}
        if fronts:
            rows.append(self._row("front_sure" if "sure" in fronts else "front", "front"))
        return rows

    def _forces(self) -> list[LegendRow]:
        """Return the rows of threats, reinforcements, incidents, orders to leave and hosting."""
        threats = [s for s in self.signs if s["type"] == "threat"]
        arrows = [s for s in threats if s["origin"]]
        arcs = [s for s in threats if not s["origin"] and s.get("direction") in BEARINGS]
        rings = [s for s in threats if not s["origin"] and s.get("direction") not in BEARINGS]
        forces = (
            ("threat", "layer_threat", arrows),
            ("threat_arc", "layer_threat_arc", arcs),
            ("threat_ring", "layer_threat_ring", rings),
            ("reinforcement", "kind_reinforcement", self._of("reinforcement")),
        )
        incidents = ((kind, f"kind_{_TEXT.get(kind, kind)}", self._of(kind)) for kind in _HARM)
        rows = [*self._group("threat", forces), *self._group("incident", incidents)]
        rows += self._group(
            "order", [("told_to_leave", "kind_evacuation_order", self._of("told_to_leave"))]
        )
        return rows + self._group("hosting", [("hosting", "kind_hosting", self._of("hosting"))])

    def _group(
        self, layer: str, parts: Iterable[tuple[str, str, Sequence[Sign]]]
    ) -> list[LegendRow]:
        """Return a row for each part that has signs; the first row switches the layer."""
        rows: list[LegendRow] = []
        for glyph, text, signs in parts:
            if signs:
                rows.append(self._row(glyph, text, signs[0]["side"], None if rows else layer))
        return rows

    def _people(self) -> list[LegendRow]:
        """Return the rows of movements of people, and of areas that they flee from or to."""
        flows = [s for s in self.signs if s["type"] == "displacement"]
        rows = self._arrows([s for s in flows if s["end"] == "both"])
        fans = (
            (
                glyph,
                glyph,
                [s for s in flows if s["end"] == end and s.get("kind", "displacement") == kind],
            )
            for glyph, end, kind in _FANS
        )
        rows += self._group("disp" if not rows else "", fans)
        if any(s["area"] or s["origin_area"] for s in flows):
            rows.append(self._row("area", "area"))
        return [replace(row, layer=row.layer or None, side=None) for row in rows]

    def _arrows(self, flows: Sequence[DisplacementSign]) -> list[LegendRow]:
        """Return the rows of movements between two known ends."""
        if not flows:
            return []
        ways = {s["method"] == "likely" for s in flows}
        kinds = {s.get("kind", "displacement") for s in flows}  # pages of 0.2 have none
        likely = self.texts["likely"]
        # if all are drawn alike, one row says both
        if self.joined and ways == {True} and len(kinds) == 1:
            ((glyph, text),) = [_ARROWS[kind] for kind in kinds]
            words = f"{self.texts[text]}; {likely[:1].lower()}{likely[1:]}"
            glyph = "likely" if glyph == "displacement" else "likely_return"
            return [LegendRow("layers", glyph, words, None, None, "disp")]
        rows = [
            LegendRow("layers", glyph, self.texts[text], None, None, "disp")
            for kind, (glyph, text) in _ARROWS.items()
            if kind in kinds
        ]
        rows[1:] = [replace(row, layer=None) for row in rows[1:]]
        return [*rows, self._row("likely", "likely")] if True in ways else rows

    def _rest(self) -> list[LegendRow]:
        """Return the rows of named regions and of supply links."""
        rows: list[LegendRow] = []
        regions = [s for s in self.signs if s["type"] == "region"]
        links = [s for s in self.signs if s["type"] == "supply"]
        whole = [s for s in regions if not s.get("somewhere")]
        if whole:
            rows.append(self._row("region", "layer_region", whole[0]["side"], "region"))
        if len(whole) < len(regions):
            rows.append(self._row("area", "layer_somewhere", layer=None if whole else "region"))
        if links:
            cut = all(s["state"] == "cut" for s in links)
            rows.append(self._row("cut" if cut else "supply", "layer_supply", layer="supply"))
        return rows
