"""Tables of articles, as the programs that people use write them."""

from __future__ import annotations

import csv
import io
import itertools
import json
import sys
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from openpyxl import Workbook

import mapgen
from mapgen.core.chosen_columns import parse_columns
from mapgen.errors import SettingsError
from mapgen.model import Kind
from mapgen.reading.articles import ReadResult, read

if TYPE_CHECKING:
    from pathlib import Path

    from mapgen.model import Article

RASTAN = "Rebels captured Rastan on Thursday, the army said. Fighting went on near Homs."
GOMA = "More than 2,000 people fled Sake for Goma on Monday, the United Nations said."


def written(path: Path, rows: list[dict[str, Any]], **how: Any) -> Path:
    """Write rows as Python's csv module does."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), **how)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), how.pop("encoding", "utf-8"))
    return path


def only(result: ReadResult) -> Article:
    assert [str(err) for err in result.refused] == []
    (article,) = result.articles
    return article


def refusals(path: Path, **how: Any) -> list[str]:
    return [str(err) for err in read([path], **how).refused]


# --- forms of files -----------------------------------------------------------------------------


def test_csv_of_a_spreadsheet_with_source_url_title_and_day(tmp_path: Path) -> None:
    rows = [
        {"Headline": "Rastan falls", "Body": RASTAN, "Date": "6 Dec 2024", "Outlet": "The Post"},
        {"Headline": "Flight, to Goma", "Body": GOMA + "\nNo end.", "Date": "", "Outlet": ""},
    ]
    for row in rows:
        row["Link"] = "https://example.org/1"
    result = read([written(tmp_path / "a.csv", rows)])
    first, second = result.articles
    assert (first.id, first.text, first.title) == ("a-1", RASTAN, "Rastan falls")
    assert (first.source, first.url) == ("The Post", "https://example.org/1")
    assert (first.published_on, first.published_on_basis) == (date(2024, 12, 6), "printed")
    assert second.text == GOMA + "\nNo end."
    assert (second.source, second.published_on) == (None, None)
    assert result.notes == (
        f"{tmp_path / 'a.csv'}: columns text=Body, title=Headline, date=Date, source=Outlet, "
        "url=Link",
    )


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("a.csv", {"delimiter": ";"}),
        ("a.csv", {"delimiter": "\t"}),
        ("a.tsv", {"delimiter": "\t"}),
        ("a.csv", {"quoting": csv.QUOTE_ALL}),
        ("a.CSV", {"lineterminator": "\n"}),
    ],
)
def test_separators_and_quotes(tmp_path: Path, name: str, how: dict[str, Any]) -> None:
    text = 'He said "no; never", then left, and\tRastan fell.\n\nA second paragraph; it is long.'
    rows = [{"date": "2024-12-06", "text": text, "source": "A, B; C"}] * 2
    articles = read([written(tmp_path / name, rows, **how)]).articles
    assert [a.text for a in articles] == [text, text]
    assert articles[0].source == "A, B; C"


def test_text_encodings_of_excel(tmp_path: Path) -> None:
    table = "date\ttext\r\n2024-12-06\tRebels took Şanlıurfa and Kobanî on Thursday.\r\n"
    path = tmp_path / "unicode.csv"
    path.write_bytes(table.encode("utf-16"))  # Excel: Save As, Unicode Text
    assert "Şanlıurfa" in only(read([path])).text
    path.write_bytes(b"\xef\xbb\xbf" + table.encode())  # Excel: Save As, CSV UTF-8
    assert only(read([path])).published_on == date(2024, 12, 6)
    path.write_bytes(b"sep=\t\r\n" + table.encode())
    assert only(read([path])).published_on == date(2024, 12, 6)
    path.write_bytes(table.encode("cp1254"))
    (refused,) = refusals(path)
    assert "is not UTF-8 text" in refused
    assert "CSV UTF-8" in refused


def test_excel_sheets_with_a_title_above_the_header(tmp_path: Path) -> None:
    book = Workbook()
    about = book.active
    about.title = "About"
    about.append(["This workbook was made for a training in 2024."])
    sheet = book.create_sheet("Articles")
    sheet.append(["Media monitoring, Homs"])
    sheet.append([])
    sheet.append(["No.", "Publication date", "Headline", "Full text", "Source"])
    sheet.append([1, pd.Timestamp(2024, 12, 6, 10), "Rastan falls", RASTAN, "The Post"])
    sheet.append([2, date(2024, 12, 7), None, None, "The Post"])
    sheet.append([3, None, None, GOMA, None])
    hidden = book.create_sheet("Old")
    hidden.append(["text"])
    hidden.append(["Rebels lost Rastan on Monday, an old row said."])
    hidden.sheet_state = "hidden"
    path = tmp_path / "m.xlsx"
    book.save(path)
    result = read([path])
    assert [(a.text, a.title, a.published_on) for a in result.articles] == [
        (RASTAN, "Rastan falls", date(2024, 12, 6)),
        (GOMA, None, None),
    ]
    assert "m.xlsx (Articles) row 5: has no text" in str(result.refused[0])
    assert len(result.refused) == 1
    assert any("About" in note and "no rows of articles" in note for note in result.notes)


def test_pandas_writes_csv_excel_and_parquet(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "published": pd.to_datetime(["2024-12-06 23:30", None]),
            "content": [RASTAN, GOMA],
            "sitename": ["The Post", None],
        }
    )
    frame.to_csv(tmp_path / "a.csv")
    frame.to_excel(tmp_path / "b.xlsx", index=False)
    frame.to_parquet(tmp_path / "c.parquet")
    numbers = frame.assign(published=[1733527800000, None])  # milliseconds, as older pandas writes
    numbers.to_json(tmp_path / "d.json", orient="records")
    frame.to_json(tmp_path / "e.jsonl", orient="records", lines=True, date_format="iso")
    for name in ("a.csv", "b.xlsx", "c.parquet", "d.json", "e.jsonl"):
        result = read([tmp_path / name])
        assert result.refused == (), name
        assert [(a.text, a.source, a.published_on) for a in result.articles] == [
            (RASTAN, "The Post", date(2024, 12, 6)),
            (GOMA, None, None),
        ], name


def test_json_lines_in_a_json_file_and_ndjson(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": text}) for text in (RASTAN, GOMA))
    for name in ("a.json", "a.ndjson", "a.jsonl"):
        (tmp_path / name).write_text(lines)
        assert [a.text for a in read([tmp_path / name]).articles] == [RASTAN, GOMA]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([{"text": RASTAN, "date": "2024-12-06"}]),
        json.dumps([{"text": RASTAN, "date": "2024-12-06"}], indent=1),
        json.dumps({"articles": [{"text": RASTAN, "date": "2024-12-06"}]}, indent=1),
        json.dumps({"status": "ok", "articles": [{"text": RASTAN, "date": "2024-12-06"}]}),
        json.dumps({"text": RASTAN, "date": "2024-12-06"}),
    ],
)
def test_json_on_standard_input(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    article = only(read(["-"]))
    assert (article.text, article.published_on) == (RASTAN, date(2024, 12, 6))


def test_tables_in_a_folder_and_files_there_that_are_none(tmp_path: Path) -> None:
    written(tmp_path / "a.csv", [{"text": RASTAN}])
    written(tmp_path / "baseline.csv", [{"place": "Homs", "holder": "army"}])
    (tmp_path / "package.json").write_text('{"name": "x", "version": "1", "files": ["a"]}')
    result = read([tmp_path])
    assert [a.text for a in result.articles] == [RASTAN]
    assert result.refused == ()
    skipped = "\n".join(result.passed_over)
    assert "baseline.csv: has no column with the text of articles (it has place, holder)" in skipped
    assert "package.json: has no list of articles in it" in skipped


# --- what news services and tools write ---------------------------------------------------------


def test_newsapi(tmp_path: Path) -> None:
    def item(content: str | None, description: str) -> dict[str, Any]:
        return {
            "source": {"id": None, "name": "Example News"},
            "author": "A. Writer",
            "title": "Rebels take Rastan",
            "description": description,
            "url": "https://example.org/rastan",
            "urlToImage": "https://example.org/rastan.jpg",
            "publishedAt": "2024-12-06T18:20:00Z",
            "content": content,
        }

    cut = "Rebels captured Rastan on Thursday, the army said. Residents of Talbiseh denied that t"
    answer = {
        "status": "ok",
        "totalResults": 3,
        "articles": [
            item(f"{cut}… [+2310 chars]", "A summary of three words and more."),
            item(None, "People fled Homs on Friday, residents said."),
            item("Residents of Talbiseh denied that t… [+99 chars]", "Rastan fell on Thursday."),
        ],
    }
    path = tmp_path / "newsapi.json"
    path.write_text(json.dumps(answer, indent=2))
    result = read([path])
    assert [a.text for a in result.articles] == [
        "Rebels captured Rastan on Thursday, the army said.",  # no half sentence
        "People fled Homs on Friday, residents said.",
        "Rastan fell on Thursday.",
    ]
    first = result.articles[0]
    assert (first.source, first.url) == ("Example News", "https://example.org/rastan")
    assert (first.title, first.published_on) == ("Rebels take Rastan", date(2024, 12, 6))
    line, cut_note = result.notes
    assert "text=content (where empty: description), title=title, date=publishedAt" in line
    assert "2 texts are cut by the service" in cut_note


def test_gdelt_has_headlines_only_and_says_so(tmp_path: Path) -> None:
    answer = {
        "articles": [
            {
                "url": "https://example.org/a",
                "url_mobile": "",
                "title": "Rebels captured Rastan on Thursday, army says",
                "seendate": "20241206T101500Z",
                "socialimage": "",
                "domain": "example.org",
                "language": "English",
                "sourcecountry": "France",
            }
        ]
    }
    path = tmp_path / "gdelt.json"
    path.write_text(json.dumps(answer))
    (refused,) = refusals(path)
    assert "no column with the text of articles" in refused
    assert "--columns text=title" in refused
    article = only(read([path], columns=parse_columns("text=title")))
    assert article.text == "Rebels captured Rastan on Thursday, army says"
    assert (article.published_on, article.source) == (date(2024, 12, 6), "example.org")
    assert article.country is None  # the newspaper's country is not what it writes about
    assert article.language == "en"


def test_media_cloud(tmp_path: Path) -> None:
    row = {
        "id": "6f2c",
        "indexed_date": "2024-12-07 03:11:09.123",
        "language": "en",
        "media_name": "example.org",
        "media_url": "example.org",
        "publish_date": "2024-12-06",
        "title": "Rebels take Rastan",
        "url": "https://example.org/a",
        "text": RASTAN,
    }
    result = read([written(tmp_path / "mc.csv", [row])])
    article = only(result)
    assert (article.id, article.source) == ("6f2c", "example.org")
    assert article.published_on == date(2024, 12, 6)
    assert any(
        "indexed_date looks like a day and is not read; --columns date=indexed_date" in note
        for note in result.notes
    )


def test_trafilatura_names_the_address_source(tmp_path: Path) -> None:
    row = {
        "title": "Rebels take Rastan",
        "author": None,
        "hostname": "example.org",
        "date": "2024-12-06",
        "fingerprint": "ab12",
        "id": None,
        "license": None,
        "comments": "",
        "raw_text": RASTAN,
        "text": RASTAN,
        "language": "en",
        "sitename": "Example",
        "source": "https://example.org/a",
        "filedate": "2025-01-09",
    }
    path = tmp_path / "t.jsonl"
    path.write_text(json.dumps(row) + "\n")
    result = read([path])
    article = only(result)
    assert (article.source, article.url) == ("Example", "https://example.org/a")
    assert article.published_on == date(2024, 12, 6)
    assert any("filedate looks like a day and is not read" in note for note in result.notes)


def test_other_services_wrap_their_articles(tmp_path: Path) -> None:
    guardian = {
        "response": {
            "status": "ok",
            "results": [
                {
                    "id": "world/2024/dec/06/rastan",
                    "type": "article",
                    "webPublicationDate": "2024-12-06T23:10:00Z",
                    "webTitle": "Rebels take Rastan",
                    "webUrl": "https://example.org/g",
                    "fields": {"bodyText": RASTAN, "trailText": "Army says so &amp; more"},
                }
            ],
        }
    }
    wordpress = [
        {
            "id": 7,
            "date": "2024-12-06T10:00:00",
            "modified": "2024-12-09T10:00:00",
            "link": "https://example.org/g",
            "title": {"rendered": "Rebels take Rastan"},
            "content": {
                "rendered": "<p>Rebels captured <b>Rastan</b> on Thursday,\n the army said.</p>"
                "<script>track()</script><p>Homs &amp; Hama are <del>not</del> calm.</p>",
                "protected": False,
            },
        }
    ]
    elastic = {
        "hits": {
            "hits": [
                {
                    "_index": "news",
                    "_source": {
                        "headline": "Rebels take Rastan",
                        "body": RASTAN,
                        "published_at": 1733473800,
                        "url": "https://example.org/g",
                    },
                }
            ]
        }
    }
    for answer, text in (
        (guardian, RASTAN),
        (
            wordpress,
            "Rebels captured Rastan on Thursday, the army said.\n\nHoms & Hama are calm.",
        ),
        (elastic, RASTAN),
    ):
        path = tmp_path / "a.json"
        path.write_text(json.dumps(answer))
        article = only(read([path]))
        assert article.text == text
        assert article.title == "Rebels take Rastan"
        assert article.url == "https://example.org/g"
        assert article.published_on == date(2024, 12, 6)


# --- columns that the user names ----------------------------------------------------------------


def test_the_user_names_columns(tmp_path: Path) -> None:
    rows = [{"Narrative (EN)": RASTAN, "notes": GOMA, "reported": "12/06/2024", "date": "n.a."}]
    path = written(tmp_path / "a.csv", rows)
    chosen = parse_columns("text=narrative (en), date=reported:mdy")
    article = only(read([path], columns=chosen))
    assert (article.text, article.published_on) == (RASTAN, date(2024, 12, 6))
    (refused,) = refusals(path, columns=parse_columns("text=note"))
    assert "has no column note, which --columns names. Did you mean text=notes?" in refused


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("txt=notes", "'txt' is not one of text, title, date"),
        ("txt=notes", "did you mean text?"),
        ("notes", "is not a field and a column"),
        ("text=", "is not a field and a column"),
        ("text=a,text=b", "text is given twice"),
        ("", "names no columns"),
        (5, "names no columns"),
    ],
)
def test_what_is_wrong_with_named_columns_is_told(words: object, told: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        parse_columns(words)
    assert told in str(caught.value)


# --- days ---------------------------------------------------------------------------------------


def days_of(path: Path, days: list[str], **how: Any) -> ReadResult:
    return read([written(path, [{"text": RASTAN, "date": day} for day in days])], **how)


def test_an_open_day_is_settled_by_other_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    result = days_of(path, ["04/12/2024", "13/12/2024"])
    assert [a.published_on for a in result.articles] == [date(2024, 12, 4), date(2024, 12, 13)]
    assert "date=date:dmy" in result.notes[0]
    result = days_of(path, ["04/12/2024", "12/13/2024"])
    assert [a.published_on for a in result.articles] == [date(2024, 4, 12), date(2024, 12, 13)]
    # a row far down the file settles it too
    result = days_of(path, ["04/12/2024"] * 700 + ["13/12/2024"])
    assert result.articles[0].published_on == date(2024, 12, 4)
    assert len(result.articles) == 701


def test_an_open_day_is_asked_for_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    result = days_of(path, ["04/12/2024", "05/11/2024"])
    assert result.articles == ()
    (refused,) = result.refused
    assert "such as 04/12/2024, which can be 4 December 2024 or 12 April 2024" in str(refused)
    assert "--columns date=date:dmy" in str(refused)
    settled = days_of(path, ["04/12/2024", "05/11/2024"], columns=parse_columns("date=date:dmy"))
    assert [a.published_on for a in settled.articles] == [date(2024, 12, 4), date(2024, 11, 5)]
    mixed = days_of(path, ["13/12/2024", "12/14/2024"])
    assert "some have the day first and some the month" in str(mixed.refused[0])


def test_a_day_that_is_none_is_told_with_its_row(tmp_path: Path) -> None:
    result = days_of(tmp_path / "a.csv", ["2024-12-06", "yesterday", "31 June 2024"])
    assert [a.published_on for a in result.articles] == [date(2024, 12, 6)]
    messages = [str(err) for err in result.refused]
    assert "a.csv row 3: has a date that is not a day (yesterday)" in messages[0]
    assert "a.csv row 4: has a date that is not a day (31 June 2024)" in messages[1]
    result = days_of(
        tmp_path / "b.csv", ["06/12/2024", "12/13/2024"], columns=parse_columns("date=date:dmy")
    )
    assert "row 3: has a date that is no day as day/month/year (12/13/2024)" in str(
        result.refused[0]
    )


def test_a_column_of_days_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    rows = [{"text": RASTAN, "date": "Thursday"}, {"text": GOMA, "date": "Friday"}]
    result = read([written(tmp_path / "a.csv", rows)])
    assert [a.published_on for a in result.articles] == [None, None]
    assert any("date holds no day that can be read (Thursday)" in note for note in result.notes)
    assert any("none for the day" in note for note in result.notes)


# --- countries, empty rows, faults --------------------------------------------------------------


def test_countries_by_code_and_name(tmp_path: Path) -> None:
    names = ["SY", "syr", "Syria", "Syrian Arab Republic", "Democratic Republic of Congo", ""]
    names += ["The Gambia", "Atlantis", "Atlantis"]
    rows = [{"text": RASTAN, "country": name} for name in names]
    result = read([written(tmp_path / "a.csv", rows)])
    found = [a.country for a in result.articles]
    assert found == ["SY", "SY", "SY", "SY", "CD", None, "GM", None, None]
    assert any("2 rows name a country that is not known (Atlantis)" in n for n in result.notes)


def test_rows_without_text_are_told_with_their_number(tmp_path: Path) -> None:
    rows = [{"title": "A", "text": text} for text in (RASTAN, "", "   ", GOMA)]
    result = read([written(tmp_path / "a.csv", rows)])
    assert [a.text for a in result.articles] == [RASTAN, GOMA]
    messages = [str(err) for err in result.refused]
    assert [m.split(": ")[0].rsplit("/")[-1] for m in messages] == ["a.csv row 3", "a.csv row 4"]
    assert all("has no text" in m for m in messages)


def test_the_tags_of_hxl_are_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'date,description\n#date,#description\n2024-12-06,"{RASTAN}"\n')
    assert only(read([path])).text == RASTAN


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"text,date\n", "is empty"),
        ("a.csv", b'text,date\n"torn,2024-12-06\n' + b"x\n" * 3_000_000, "field larger than"),
        ("a.csv", b"text,b\nRebels took Homs,1,2,3\n", "row 2: has 4 cells, and the header 2"),
        ("a.csv", b"text\n\x00\x01\n", "NUL"),
        ("a.json", b"{", "is not valid JSON"),
        ("a.json", b"[1, 2]", "has no list of articles in it"),
        ("a.json", b'"text"', "has no list of articles in it"),
        ("a.json", b"[" * 100_000, "is not valid JSON"),
        ("a.json", b"[" + b"{}," * 2_100_000 + b"{}]", "more than 2,000,000 objects"),
        ("a.xlsx", b"PK\x03\x04 no workbook", "cannot be read as an Excel file"),
        ("a.xlsx", b"text,date\n", "cannot be read as an Excel file"),
        ("a.parquet", b"text", "cannot be read as a Parquet file"),
    ],
)
def test_damaged_and_hostile_tables_are_refused(
    name: str, data: bytes, told: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert told in "\n".join(refusals(path))


def test_formulas_and_markup_of_a_hostile_table_stay_text(tmp_path: Path) -> None:
    rows = [{"text": "=HYPERLINK(1) Rebels took Homs.", "title": "<script>x</script>Rastan"}]
    article = only(read([written(tmp_path / "a.csv", rows)]))
    assert article.text == "=HYPERLINK(1) Rebels took Homs."
    assert "=" not in (article.title or "")


def test_a_header_is_known_by_the_columns_that_the_user_names(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'Daily log\n\nWhen (local),What happened\n2024-12-06,"{RASTAN}"\n')
    chosen = parse_columns("text=What happened,date=When (local)")
    article = only(read([path], columns=chosen))
    assert (article.text, article.published_on) == (RASTAN, date(2024, 12, 6))


def sheet_of(tmp_path: Path, xml: str) -> Path:
    """Write a workbook whose sheet is replaced by XML that Excel would not write."""
    book = Workbook()
    book.active.append(["text"])
    book.active.append([RASTAN])
    plain = io.BytesIO()
    book.save(plain)
    path = tmp_path / "hostile.xlsx"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            is_sheet = entry == "xl/worksheets/sheet1.xml"
            new.writestr(entry, xml if is_sheet else old.read(entry))
    return path


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET = f'<worksheet xmlns="{_MAIN}">{{}}</worksheet>'
_CELL = '<row r="{}"><c r="A{}" t="inlineStr"><is><t>{}</t></is></c></row>'


def test_hostile_sheets_cost_neither_time_nor_memory(tmp_path: Path) -> None:
    rows = _CELL.format(1, 1, "text") + _CELL.format(2, 2, RASTAN)
    wide = _SHEET.format(f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>')
    assert only(read([sheet_of(tmp_path, wide)])).text == RASTAN
    gap = _SHEET.format(f"<sheetData>{rows}{_CELL.format(1048576, 1048576, GOMA)}</sheetData>")
    assert "empty rows in one place" in refusals(sheet_of(tmp_path, gap))[0]
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in itertools.pairwise("abcdefghij")
    )
    bomb = f"{laughs}]>" + _SHEET.format(
        f"<sheetData>{_CELL.format(1, 1, 'text')}{_CELL.format(2, 2, '&j;')}</sheetData>"
    )
    assert "hostile.xlsx" in refusals(sheet_of(tmp_path, bomb))[0]
    spaces = _SHEET.format("<sheetData/>" + " " * 300_000_000)
    assert "unpacks to more than 200 MB" in refusals(sheet_of(tmp_path, spaces))[0]


def test_columns_in_python(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", [{"story": GOMA, "remark": RASTAN, "date": "6.12.2024"}])
    made = mapgen.extract(path, columns="text=remark")
    assert [c.places[0].surface for c in made.claims if c.kind is Kind.CONTROL_CHANGE] == ["Rastan"]
    with pytest.raises(SettingsError, match="columns: 'txt' is not one of"):
        mapgen.extract(path, columns="txt=remark")


@pytest.mark.parametrize(
    ("given", "read_as"),
    [
        (
            "Rebels &amp; allies took Rastan.\n\nHoms is calm.",
            "Rebels & allies took Rastan.\n\nHoms is calm.",
        ),
        ("The town&#8217;s mayor fled Homs&nbsp;today.", "The town’s mayor fled Homs\xa0today."),
        (
            "Rebels took <b>Rastan</b>.\n\nHoms is calm now.",
            "Rebels took Rastan.\n\nHoms is calm now.",
        ),
        (
            "<p>Rebels took\nRastan.</p>\n<p>Homs is calm.</p>",
            "Rebels took Rastan.\n\nHoms is calm.",
        ),
        ("Fewer than 5 < 10 people & 3 > 2 of them.", "Fewer than 5 < 10 people & 3 > 2 of them."),
        ("He wrote <redacted> and left Homs.", "He wrote <redacted> and left Homs."),
        ("AT&T masts fell in Homs; R&D too.", "AT&T masts fell in Homs; R&D too."),
        ("Rebels took Rastan.<br><br>Homs is calm.", "Rebels took Rastan.\n\nHoms is calm."),
        ("<ul><li>Rastan fell.</li><li>Homs is calm.</li></ul>", "Rastan fell.\n\nHoms is calm."),
        ("<p>Rastan</p><style>p{}</style><s>Homs fell.</s>", "Rastan"),
    ],
)
def test_markup_in_cells(given: str, read_as: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([{"text": given, "title": given[:40]}]))
    assert only(read([tmp_path / "a.json"])).text == read_as
