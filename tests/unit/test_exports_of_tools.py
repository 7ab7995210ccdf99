"""What other tools export is read with its text, source and day: news services, sheets, feeds."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from mapgen.reading.articles import read

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "M23 rebels captured Sake on Thursday, residents said. Thousands fled to Goma."
DAY = date(2025, 2, 14)


def json_of(value: Any) -> str:
    return json.dumps(value)


RELIEFWEB = {
    "totalCount": 1,
    "data": [
        {
            "id": "4",
            "fields": {
                "title": "Sake falls",
                "body": TEXT,
                "date": {"created": "2025-02-15T00:00:00+00:00", "original": "2025-02-14"},
                "source": [{"name": "OCHA"}, {"name": "IOM"}],
                "url": "https://example.org/a",
            },
        }
    ],
}
NEWSAPI = {
    "status": "ok",
    "articles": [
        {
            "source": {"id": None, "name": "Reuters"},
            "title": "Sake falls - Reuters",
            "publishedAt": "2025-02-14T10:30:00Z",
            "content": f"{TEXT} [+1234 chars]",
        }
    ],
}
GUARDIAN = {
    "response": {
        "results": [
            {
                "webTitle": "Sake falls",
                "webPublicationDate": "2025-02-14T10:30:00Z",
                "sectionName": "World",
                "fields": {"bodyText": TEXT, "publication": "The Guardian"},
            }
        ]
    }
}
GOOGLE = (
    '<rss version="2.0"><channel><title>"Goma" - Google News</title>'
    "<item><title>M23 rebels "
    "captured Sake - Reuters</title><link>https://example.org/a</link>"
    "<pubDate>Fri, 14 Feb 2025 10:30:00 GMT</pubDate>"
    '<description>&lt;a href="https://example.org/a"&gt;M23 rebels captured '
    "Sake&lt;/a&gt;&amp;nbsp;&lt;font&gt;Reuters&lt;/font&gt;</description>"
    '<source url="https://www.reuters.com">Reuters</source></item></channel></rss>'
)


@pytest.mark.parametrize(
    ("name", "content", "title", "source"),
    [
        ("newsapi.json", json_of(NEWSAPI), "Sake falls", "Reuters"),
        ("reliefweb.json", json_of(RELIEFWEB), "Sake falls", "OCHA; IOM"),
        ("guardian.json", json_of(GUARDIAN), "Sake falls", "The Guardian"),
        (
            "nexis.tsv",
            "Title\tPublication\tPublished date\tText\n"
            f"Sake falls\tReuters\tFebruary 14, 2025 Friday\t{TEXT}\n",
            "Sake falls",
            "Reuters",
        ),
        (
            "factiva.csv",
            f'Headline;Publication;Date;Full text\nSake falls;Reuters;14 February 2025;"{TEXT}"\n',
            "Sake falls",
            "Reuters",
        ),
        (
            "elastic.jsonl",
            json_of({"_source": {"title": "Sake falls", "published": 1739529000, "text": TEXT}}),
            "Sake falls",
            None,
        ),
        ("google.rss", GOOGLE, "M23 rebels captured Sake", "Reuters"),
    ],
)
def test_exports_of_news_services(
    name: str, content: str, title: str, source: str | None, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    (article,) = read([tmp_path / name]).articles
    assert (article.title, article.source, article.published_on) == (title, source, DAY)
    assert article.text == (TEXT if name != "google.rss" else "M23 rebels captured Sake")


def sheet_of_figures(n_rows: int) -> Workbook:
    """Return a sheet as DTM writes it: a title, merged cells, a header of two rows, a total."""
    book = Workbook()
    sheet = book.active
    sheet.append(["North Kivu: displaced people, as of 14 February 2025"])
    sheet.merge_cells("A1:D1")
    sheet.append(["Territory", "Location", "IDPs", None])
    sheet.merge_cells("C2:D2")
    sheet.append([None, None, "HH", "Ind."])
    for number in range(n_rows):
        place = "Sake" if number == 0 else f"Site {number}"
        sheet.append(["Masisi" if number == 0 else None, place, 100 + number, 500 + number])
    sheet.append(["Total", None, 2580, 12900])
    return book


@pytest.mark.parametrize("n_rows", [2, 40])
def test_a_sheet_of_figures_under_a_title(n_rows: int, tmp_path: Path) -> None:
    sheet_of_figures(n_rows).save(tmp_path / "dtm.xlsx")
    result = read([tmp_path / "dtm.xlsx"])
    assert result.refused == ()
    (article,) = result.articles
    assert article.published_on == DAY
    assert len(article.table_rows) == n_rows
    first, *_, last = article.table_rows
    assert (first.places[0].name, first.places[0].within) == ("Sake", "Masisi")
    assert (first.quantity.best, first.quantity.unit) == (500, "people")
    assert last.places[0].within == "Masisi"
    assert {row.date.start for row in article.table_rows if row.date} == {DAY}


@pytest.mark.parametrize("n_bad", [3, 40])
def test_rows_that_are_refused_do_not_hide_the_articles_below(n_bad: int, tmp_path: Path) -> None:
    lines = ["text,title,date", *["a,b,c,d,e"] * n_bad, f'"{TEXT}",Sake falls,2025-02-14']
    (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8")
    result = read([tmp_path / "a.csv"])
    assert [article.title for article in result.articles] == ["Sake falls"]
    assert len(result.refused) == min(n_bad, 11)  # the first ten, and how many more
