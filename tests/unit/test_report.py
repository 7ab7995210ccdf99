"""The one-page report: what it says, in three forms, and that text in it stays text."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import docx
import lxml.html
import markdown_it
import pptx
import pytest
from situation_kit import MONITOR, RIVALS, Desk, FakeAtlas, campaign, place

from mapgen.command import cli
from mapgen.core.formats import report_files
from mapgen.drawing.data.page_data import picture_data
from mapgen.errors import SettingsError
from mapgen.export.layers import layers_of
from mapgen.export.report import write_report
from mapgen.export.report.content import report_of
from mapgen.export.report.markdown import escaped, markdown
from mapgen.export.report.slides import slides
from mapgen.export.report.webpage import webpage
from mapgen.export.report.word import word
from mapgen.merging.events import situation_of
from mapgen.model import Kind, Role, Status
from mapgen.settings import Settings
from mapgen.situation.shown import shown
from mapgen.situation.title_block import meta_of

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
NASTY = "</script><img src=x onerror=alert(1)> [a](http://x.example) | `c` **b** www.x.example \x0b"


def of_campaign():
    return shown(situation_of(campaign().extraction()), FakeAtlas(), Settings())


@pytest.fixture(scope="module")
def report():
    return report_of(of_campaign())


def as_html(text):
    return markdown_it.MarkdownIt("commonmark").enable("table").render(text)


def cells(document):
    tables = [[[c.text_content().strip() for c in row] for row in t.iter("tr")] for t in document]
    return [[row for row in table if row] for table in tables]


def tables_of(kind, report):
    if kind == "docx":
        document = docx.Document(io.BytesIO(word(report, PIXEL)))
        return [[[c.text for c in row.cells] for row in t.rows] for t in document.tables]
    if kind == "pptx":
        deck = pptx.Presentation(io.BytesIO(slides(report, picture_data(of_campaign()))))
        grids = [s.table for slide in deck.slides for s in slide.shapes if s.has_table]
        return [[[c.text for c in row.cells] for row in t.rows] for t in grids]
    page = webpage(report, PIXEL) if kind == "html" else as_html(markdown(report))
    return cells(lxml.html.fromstring(page).iter("table"))


@pytest.mark.parametrize("kind", ["md", "html", "docx", "pptx"])
def test_the_tables_say_what_changed_and_who_fled(report, kind):
    changes, figures = tables_of(kind, report)
    assert changes[0][:4] == ["Place", "Before", "Now", "When"]
    rows = {row[0]: row for row in changes[1:]}
    assert set(rows) == {"Alba", "Bero", "Dumo"}
    assert rows["Alba"][2] == "River Front"
    assert rows["Alba"][4] == "assessed"
    assert "The River Front has captured Alba and Dumo." in rows["Alba"][6]
    assert rows["Bero"][4] == "claimed"
    assert rows["Bero"][5].startswith("River Watch Group (RWG)")
    assert "Caro" not in rows  # its loss is only possible
    moved = next(row for row in figures[1:] if row[1] == "Caro")
    assert moved[3:5] == ["2,000", "22,000"]
    assert "“some 20,000” (RWG)" in moved[5]
    whole = next(row for row in figures[1:] if row[1] == "Sudan (total)")
    assert whole[3:5] == ["300,000", "300,000"]


def test_families_are_never_a_bare_number():
    desk = Desk().article("one")
    desk.say(
        "one",
        "300 families fled Caro.",
        Kind.DISPLACEMENT,
        place("t:caro", Role.ORIGIN),
        figure=(300, 300, "300", "families"),
    )
    told = report_of(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))
    (row,) = told.tables[1].rows
    assert row[3:6] == ("300 families", "300 families", "“300” families (the article)")


def test_people_who_stay_and_ground_near_a_town_have_rows():
    desk = Desk().article("one")
    desk.say(
        "one",
        "Caro hosts 80,000 displaced people.",
        Kind.HOSTING,
        place("t:caro"),
        figure=(80_000, 80_000, "80,000"),
    )
    desk.say(
        "one",
        "The River Front took a post near Alba.",
        Kind.CONTROL_CHANGE,
        place("t:alba", Role.NEAR),
        actor=RIVALS,
    )
    told = report_of(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))
    changes, moved = told.tables
    assert changes.rows[0][0] == "near Alba"
    assert changes.rows[0][2] == "River Front"
    assert moved.rows[0][:5] == ("people hosted", "", "Caro", "80,000", "80,000")
    assert ("Elsewhere.", "The River Front took ground near Alba.") in told.summary


def test_ground_taken_in_two_areas_at_once_has_one_row():
    desk = Desk().article("one")
    told = "In eastern Sudan the River Front took posts near the shore."
    for where in (("region:sd-shore", Role.NEAR, "the shore"), ("part:SD:east", Role.REGION)):
        desk.say("one", told, Kind.CONTROL_CHANGE, place(*where), actor=RIVALS)
    found = situation_of(desk.extraction())
    shore, east = sorted(found.events, key=lambda event: event.places[0].name, reverse=True)
    both = replace(found, events=(replace(shore, places=(*shore.places, *east.places)),))
    made = layers_of(shown(both, FakeAtlas(), Settings()))
    areas = made.frames["regions"]
    assert set(areas["place"]) == {"Sudanese shore", "Eastern Sudan"}
    assert areas["event"].nunique() == 1
    changes, *_ = report_of(made.shown).tables
    assert [row[:3] for row in changes.rows] == [("near the shore", "not known", "River Front")]


def test_a_total_is_told_once():
    desk = Desk().article("one")
    for kind, role in ((Kind.HOSTING, Role.AT), (Kind.DISPLACEMENT, Role.REGION)):
        desk.say(
            "one",
            "3.5 million people are displaced in Sudan.",
            kind,
            place("iso:SD", role, "Sudan"),
            figure=(3_500_000, 3_500_000, "3.5 million"),
        )
    told = report_of(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))
    assert told.summary_lines == ("Displaced. 3.5 million are displaced in Sudan.",)
    assert [row[:2] for row in told.tables[1].rows] == [("people displaced", "Sudan (total)")]


def test_it_has_title_day_summary_limits_and_credits(report):
    text = markdown(report, picture="map one.png")
    assert text.startswith(
        f"# {report.title}\n\n*As of: 10 May 2031. Machine reading, not reviewed.*\n"
    )
    assert report.summary[0][0] == "Taken."
    assert "\n\n**Taken.** " in text
    assert [lead for lead, _ in report.summary] == [
        part[0] for part in meta_of(of_campaign())["summary"]
    ], "a report tells all that the map tells"
    assert "](map%20one.png)" in text
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == [
        "What changed hands",
        "People on the move",
        "Method",
        "Limits",
        "Articles",
        "Credits",
    ]
    assert "Place names: GeoNames (CC BY 4.0)" in text
    assert "1 statements are off the map" not in text
    assert "1 statement is off the map" in text


def test_the_picture_is_inside_html_and_docx(report):
    page = lxml.html.fromstring(webpage(report, PIXEL))
    (image,) = page.iter("img")
    assert base64.b64decode(image.get("src").removeprefix("data:image/png;base64,")) == PIXEL
    assert image.get("alt") == report.alt_text
    with zipfile.ZipFile(io.BytesIO(word(report, PIXEL))) as archive:
        assert archive.read("word/media/image1.png") == PIXEL
        assert b"Situation map. Taken." in archive.read("word/document.xml")


def test_two_runs_give_the_same_bytes(report):
    assert word(report, PIXEL) == word(report, PIXEL)
    with zipfile.ZipFile(io.BytesIO(word(report, PIXEL))) as archive:
        assert {e.date_time for e in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def hostile():
    desk = Desk().article("one")
    desk.say(
        "one",
        f"{NASTY} fell",
        Kind.CONTROL_CHANGE,
        place("t:alba"),
        actor=RIVALS,
        status=Status.CLAIMED,
        attribution=replace(MONITOR, name="<b>| x"),
    )
    situation = situation_of(desk.extraction(), title=NASTY)
    return report_of(shown(situation, FakeAtlas(), Settings()))


class _Tags(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):  # noqa: ARG002
        self.found.append(tag)


def test_hostile_text_is_no_markup():
    report = hostile()
    for page in (as_html(markdown(report)), webpage(report)):
        assert not {"img", "script", "a", "code"} & {*_Tags(page).found}
    changes = tables_of("md", report)[0]
    assert len(changes[1]) == len(changes[0])
    words = NASTY.replace("\x0b", "").strip()
    assert words in lxml.html.fromstring(as_html(markdown(report))).text_content()
    document = docx.Document(io.BytesIO(word(report)))
    assert words in document.paragraphs[0].text
    with zipfile.ZipFile(io.BytesIO(word(report))) as archive:
        assert b"x.example" not in archive.read("word/_rels/document.xml.rels")


@pytest.mark.parametrize(
    "text", ["1. one", "- two", "+ three", "# four", "> five", "=== six", "a\n\n    b", ":- |"]
)
def test_no_text_begins_a_block(text):
    assert as_html(escaped(text)).startswith("<p>")
    words = lxml.html.fromstring(as_html(escaped(text))).text_content()
    assert words.strip() == " ".join(text.split())


def test_other_endings_are_refused():
    assert [p.name for p in report_files("out/r.md")] == ["r.md", "r.png"]
    with pytest.raises(SettingsError, match=r"reports end in \.md, \.html, \.docx, \.pptx"):
        report_files("r.odt")


def test_the_picture_lies_beside_markdown(tmp_path):
    situation = situation_of(campaign().extraction())
    written = write_report(shown(situation, FakeAtlas(), Settings()), tmp_path / "r.md")
    assert [p.name for p in written] == ["r.md", "r.png"]
    assert (tmp_path / "r.png").read_bytes().startswith(b"\x89PNG")
    assert "](r.png)" in (tmp_path / "r.md").read_text("utf-8")


def test_the_command_reads_articles_and_claims(tmp_path, capsys):
    article = tmp_path / "one.md"
    article.write_text(
        "---\npublished_on: 2024-12-06\n---\nRebels captured Saraqib in Syria on Monday.\n",
        encoding="utf-8",
    )
    lines, out = tmp_path / "claims.jsonl", tmp_path / "r.docx"
    assert cli.main(["report", str(article), "--country", "SY", "-o", str(out)]) == 0
    assert "r.docx" in capsys.readouterr().err
    changes = docx.Document(str(out)).tables[0]
    assert changes.rows[1].cells[0].text.startswith("Sar")
    assert cli.main(["extract", str(article), "--country", "SY", "-o", str(lines)]) == 0
    again = tmp_path / "again.docx"
    assert cli.main(["report", str(lines), "--quiet", "-o", str(again)]) == 0
    assert again.read_bytes() == out.read_bytes()
    assert cli.main(["report", str(article), "-o", str(tmp_path / "r.txt")]) == 2
    assert "reports end in .md, .html, .docx, .pptx" in capsys.readouterr().err


def test_a_report_of_which_nothing_is_off_the_map_does_not_count_it():
    desk = Desk().article("one")
    desk.say(
        "one", "The River Front took Alba.", Kind.CONTROL_CHANGE, place("t:alba"), actor=RIVALS
    )
    told = report_of(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))
    assert told.limits[0].startswith("This report covers only what these articles say.")
    assert "long past are not drawn." in told.method[0][1]
    assert "listed under" not in told.method[0][1], "a report has no such list"
    assert "off the map" not in " ".join(told.limits)


def test_the_note_of_a_short_table_stands_under_it(report):
    deck = pptx.Presentation(io.BytesIO(slides(report, picture_data(of_campaign()))))
    (slide,) = (s for s in deck.slides if s.shapes.title.text == "People on the move")
    (grid,) = (s for s in slide.shapes if s.has_table)
    (note,) = (
        s for s in slide.shapes if s.has_text_frame and "never added up" in s.text_frame.text
    )
    sizes = {
        run.font.size.pt
        for row in grid.table.rows
        for cell in row.cells
        for run in cell.text_frame.paragraphs[0].runs
    }
    assert sizes == {20}, "a short table in large type"
    assert grid.top + grid.height < note.top < deck.slide_height * 0.55


def test_a_table_without_rows_has_no_slide_but_a_line(report):
    changes, *others = report.tables
    told = replace(report, tables=(replace(changes, rows=()), *others))
    deck = pptx.Presentation(io.BytesIO(slides(told, picture_data(of_campaign()))))
    assert "What changed hands" not in [s.shapes.title.text for s in deck.slides]
    words = "\n".join(s.text_frame.text for s in deck.slides[0].shapes if s.has_text_frame)
    assert "What changed hands: nothing reported in these articles." in words
