"""The scripts' pure functions, called in the browser they are made for."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.test_holders import ALBA, CASES, data_told, drawn

if TYPE_CHECKING:
    from playwright.sync_api import Page

# the same cases are put to the Python in tests/unit/test_marks.py
VECTORS = json.loads(
    (Path(__file__).parents[1] / "data" / "vectors" / "marks.json").read_text(encoding="utf-8")
)
FRAME = [0, 0, 900, 600]
CLASSES = ("t-ev", "t-sub", "t-town", "t-city", "t-ann", "t-ann2")
NAMES = ("Hama", "Deir ez-Zor", "taken from the government", "دمشق", "A", "“tens of thousands”")


def call(page: Page, function: str, *arguments: Any) -> Any:
    return page.evaluate("([f, a]) => window.mapgen[f](...a)", [function, list(arguments)])


@pytest.mark.parametrize("vector", VECTORS["phase"])
def test_phase(desk: Page, vector: dict[str, Any]) -> None:
    assert call(desk, "phase", vector["sign"], vector["day"]) == vector["want"]


@pytest.mark.parametrize("vector", VECTORS["look"])
def test_look(desk: Page, vector: dict[str, Any]) -> None:
    look = call(desk, "lookOf", vector["standing"], vector["phase"])
    assert (look["fill"], look["ring"]) == (vector["fill"], vector["ring"])


@pytest.mark.parametrize("vector", VECTORS["label_order"])
def test_label_order(desk: Page, vector: dict[str, Any]) -> None:
    labels = [
        {
            "id": w["id"],
            "priority": w["priority"],
            "x": w["at"][0],
            "y": w["at"][1],
            "lines": [[text, "t-ev"] for text in w["lines"]],
        }
        for w in vector["labels"]
    ]
    assert [w["id"] for w in call(desk, "labelOrder", labels)] == vector["want"]


@pytest.mark.parametrize("vector", VECTORS["arrow_width"])
def test_arrow_width(desk: Page, vector: dict[str, Any]) -> None:
    width = call(desk, "arrowWidth", vector["magnitude"], vector["size"])
    assert width == pytest.approx(vector["want"])


def test_who_holds_a_place_on_a_day_is_the_same_in_page_and_picture(desk: Page) -> None:
    """The table of cases that tests/unit/test_holders.py asks of the timeline and the picture."""
    for case in CASES:
        data = data_told(case)
        signs = [s for s in data["signs"] if s.get("place") == ALBA]
        base = next((p["base"] for p in data["places"] if p["id"] == ALBA), None)
        site = {"key": ALBA, "name": "Alba", "base": base, "signs": signs}
        found = {}
        for day in case["days"]:
            control = call(desk, "holderOf", site, day)
            phase = control and call(desk, "phase", control, day)
            found[day] = drawn(case, control, phase, call(desk, "heldBefore", site))
        assert found == case["days"], case["name"]


def label(rng: random.Random, number: int) -> dict[str, Any]:
    count = rng.choice((1, 1, 2, 3))
    return {
        "id": number,
        "priority": rng.randint(0, 130),
        "x": rng.uniform(-20, 920),
        "y": rng.uniform(-20, 620),
        "r": rng.uniform(2, 14),
        "lines": [[rng.choice(NAMES), rng.choice(CLASSES)] for _ in range(count)],
        "far": rng.random() < 0.2,
        "keep": rng.random() < 0.3,
        "soft": rng.random() < 0.2,
    }


def box(rng: random.Random) -> list[Any]:
    x, y = rng.uniform(0, 880), rng.uniform(0, 580)
    return [x, y, x + rng.uniform(5, 90), y + rng.uniform(5, 60), rng.random() < 0.5]


def meet(a: list[float], b: list[float]) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def test_placed_labels_share_no_ground(desk: Page) -> None:
    """200 seeded sets: no label meets another, a box over the map, or the edge.

    Signs are met by none but those that must be kept, soft signs also by those that may cover them.
    """
    rng = random.Random(7)
    sets = [
        [
            [label(rng, i) for i in range(rng.randint(1, 45))],
            [box(rng) for _ in range(rng.randint(0, 8))],
            [box(rng)[:4] for _ in range(rng.randint(0, 2))],
        ]
        for _ in range(200)
    ]
    results = desk.evaluate(
        "([sets, frame]) => sets.map(([l, o, w]) => window.mapgen"
        ".placeLabels(l, [...w, ...o], frame, w)"
        ".map(p => ({box: p.box, id: p.label.id, lines: p.lines})))",
        [sets, FRAME],
    )
    total = 0
    for (given, obstacles, walls), placed in zip(sets, results, strict=True):
        total += len(placed)
        assert len({p["id"] for p in placed}) == len(placed)
        for a, b in itertools.combinations(placed, 2):
            assert not meet(a["box"], b["box"]), (a, b)
        for p in placed:
            x0, y0, x1, y1 = p["box"]
            assert x0 >= 0
            assert y0 >= 0
            assert x1 <= 900
            assert y1 <= 600
            mine = next(g for g in given if g["id"] == p["id"])
            assert not [w for w in walls if meet(p["box"], w)]
            if not mine["keep"]:
                hard = [o for o in obstacles if not (o[4] and mine["soft"])]
                assert not [o for o in hard if meet(p["box"], o)]
            wanted = mine["lines"][: len(p["lines"])]
            # a label that must be kept may be set in small type, one line of it
            small = [[words, f"{style}s"] for words, style in wanted[:1]] if mine["keep"] else None
            assert p["lines"] in (wanted, small), "lines are dropped from the end only"
    assert total > 1500, "labels that are never placed never overlap either"


def test_important_label_wins(desk: Page) -> None:
    lines = [["Talbisseh", "t-ev"]]
    low = {"priority": 1, "x": 100, "y": 100, "r": 4, "lines": lines, "dirs": ["E"], "id": "low"}
    high = {**low, "priority": 2, "id": "high"}
    placed = call(desk, "placeLabels", [low, high], [], FRAME)
    assert [p["label"]["id"] for p in placed] == ["high"]


def test_second_line_goes_before_the_label(desk: Page) -> None:
    lines = [["Hama", "t-ev"], ["taken from the government", "t-sub"]]
    one = {"priority": 1, "x": 100, "y": 100, "r": 4, "lines": lines, "dirs": ["E"]}
    roomy = call(desk, "placeLabels", [one], [], FRAME)
    assert [p["lines"] for p in roomy] == [lines]
    # a wall that leaves room for the name only
    tight = call(desk, "placeLabels", [one], [[160, 60, 400, 140]], FRAME)
    assert [p["lines"] for p in tight] == [lines[:1]]
    assert call(desk, "placeLabels", [one], [[107, 60, 400, 140]], FRAME) == []


@pytest.mark.parametrize("side", ["E", "W", "N", "S", "NE", "SE", "NW", "SW", "C"])
def test_box_stands_where_its_name_says(desk: Page, side: str) -> None:
    at = call(desk, "boxAt", side, {"x": 100, "y": 100, "r": 6}, 40, 14)
    x0, y0, x1, y1 = at["box"]
    assert (round(x1 - x0, 6), round(y1 - y0, 6)) == (40, 14)
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    assert (middle[0] > 101) == ("E" in side)
    assert (middle[0] < 99) == ("W" in side)
    assert (middle[1] < 99) == ("N" in side)
    assert (middle[1] > 101) == ("S" in side)


def test_arc_joins_both_ends_and_bulges(desk: Page) -> None:
    points = call(desk, "arc", [0, 0], [100, 0])
    assert points[0] == pytest.approx([0, 0])
    assert points[-1] == pytest.approx([100, 0])
    assert max(abs(p[1]) for p in points) > 10
    assert [p[0] for p in points] == sorted(p[0] for p in points)


def test_smooth_keeps_ends_and_cuts_corners(desk: Page) -> None:
    path = [[0, 0], [50, 0], [50, 50]]
    points = call(desk, "smooth", path)
    assert (points[0], points[-1]) == (path[0], path[-1])
    assert [50, 0] not in points
    assert all(0 <= p[0] <= 50 and 0 <= p[1] <= 50 for p in points)
    assert call(desk, "smooth", [[0, 0], [9, 9]]) == [[0, 0], [9, 9]]


def test_trim_start(desk: Page) -> None:
    path = [[x, 0] for x in range(0, 101, 10)]
    assert call(desk, "trimStart", path, 25)[0] == [30, 0]
    assert call(desk, "trimStart", path, 0) == path
    # an arrow needs two points, however short its path
    assert len(call(desk, "trimStart", path, 1000)) == 2
