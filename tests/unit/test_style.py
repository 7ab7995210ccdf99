"""One table of colours: readable in both schemes, and the same in page and pictures."""

from __future__ import annotations

import re

import pytest

from mapgen.core.tables.style import colours, style_sheet
from mapgen.drawing.figure import ground_layers as ground
from mapgen.drawing.figure import labels, marks
from mapgen.drawing.page.html import page_html

# text, the ground it stands on
TEXT = [
    ("ink", "paper"), ("ink2", "paper"), ("ink", "land"), ("ink2", "land"), ("ink", "other"),
    ("ink2", "other"), ("accent", "paper"), ("tintink", "tint"), ("country", "other"),
    ("water", "sea"),
]  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "on"), TEXT)
def test_text_can_be_read(scheme, text, on):
    table = colours(scheme)
    assert contrast(table[text], table[on]) >= 4.5


def test_both_schemes_name_the_same_things():
    assert list(colours("light")) == list(colours("dark"))


def test_water_land_and_neighbours_differ_in_the_light_and_in_the_dark():
    for scheme in ("light", "dark"):
        table = colours(scheme)
        assert len({table[k] for k in ("land", "other", "sea")}) == 3


def test_the_page_has_every_colour_of_the_table():
    sheet = style_sheet()
    for scheme in ("light", "dark"):
        for name, value in colours(scheme).items():
            assert f"--{name}:{value};" in sheet
    style = page_html.__globals__["_file"]("style.css")
    used = set(re.findall(r"var\(--([a-z0-9]+)\)", style))
    assert used - set(colours()) <= {"ui", "serif", "s1", "s2", "s3", "s4", "s5"}


def test_pictures_take_theirs_from_it():
    table = colours()
    drawn = (ground.SEA, ground.LAND, ground.NEIGHBOUR, marks.INK, labels.TYPES["water"].colour)
    assert drawn == tuple(table[name] for name in ("sea", "land", "other", "ink", "water"))
