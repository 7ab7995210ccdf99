"""A newspaper page as LibreOffice prints it: columns, a drop cap, a footnote, heads and feet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mapgen.reading.articles import read

FILE = Path(__file__).parents[1] / "data" / "reports" / "columns.pdf"
TOWNS = ["Kamanyola", "Sake", "Masisi", "Minova", "Kalehe", "Idjwi"]
FLED = (
    "Thousands of people fled Walungu towards Bukavu through the night, according to the United "
    "Nations, and many of them slept outdoors in the rain near the market."
)
LEFT = (
    "The army said that it had withdrawn to positions outside of the town in order to protect its "
    "residents from shelling, and that it would return once reinforcements had reached the hills "
    "above it."
)
MORE = (
    "Aid workers expect more families to arrive over the coming days, and said that water and food "
    "were running short in the schools where people shelter at night."
)


def test_each_sentence_is_whole_and_the_page_around_it_is_left_out() -> None:
    (article,) = read([FILE]).articles
    taken = [
        f"M23 rebels captured {town}{'¹' if town == 'Kamanyola' else ''} on Thursday, residents "
        "said, after two days of fighting on the road to Uvira in which at least twelve people "
        "died and many houses burned."
        for town in TOWNS
    ]
    taken[0] = taken[0].replace("¹ on Thursday,", " on Thursday¹,")
    lines = article.text.split("\n")
    assert lines[0] == "Rebels take a border town"
    assert lines[1] == f"{taken[0]} {FLED}"  # no space parts these two
    note = lines.index("1Reports from two residents by telephone.")
    rest = [line for n, line in enumerate(lines[2:], start=2) if n != note]
    expected = [LEFT, MORE]
    for town in taken[1:]:
        expected += [town, FLED, LEFT, MORE]
    assert rest == expected
    assert lines[note - 1] == MORE  # which goes on behind the note in the next column


def test_the_running_head_gives_the_day_and_is_no_part_of_the_text() -> None:
    (article,) = read([FILE]).articles
    assert (article.published_on, article.published_on_basis) == (date(2025, 2, 14), "printed")
    assert "Gazette" not in article.text
    assert "www" not in article.text
