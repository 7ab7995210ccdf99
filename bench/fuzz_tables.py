"""Kinds of cases for tables of articles and events: CSV, JSON and Excel with hostile cells.

`bench/fuzz.py` runs them as it runs other articles.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from fuzz_packed import packed_document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

DAYS = (
    "2024-12-04", "04/12/2024", "12/04/2024", "13/12/2024", "12/13/2024", "20241204T101500Z",
    "1733307300", 1733307300000, 1e18, -5, "4 December 2024", "31 June 2024", "04.12.24", "",
    "0000-00-00", "9999-12-31", "2024-W60-9", "٠٤/١٢/٢٠٢٤", "1" * 19, "Thu, 99 Dec 2024", None,
)  # fmt: skip
ARTICLES = {
    "text": "Rebels captured Rastan on Thursday, the army said.",
    "title": "Rastan falls",
    "date": "2024-12-04",
    "source": "The Post",
    "url": "https://example.org/a",
    "country": "Syria",
}
EVENTS = {
    "event_id_cnty": "SYR1",
    "event_date": "04 December 2024",
    "time_precision": "1",
    "event_type": "Battles",
    "sub_event_type": "Non-state actor overtakes territory",
    "actor1": "HTS: Hayat Tahrir al Sham",
    "inter1": "2",
    "actor2": "Military Forces of Syria (2000-2024)",
    "inter2": "1",
    "country": "Syria",
    "admin1": "Homs",
    "location": "Rastan",
    "latitude": "34.92",
    "longitude": "36.73",
    "geo_precision": "1",
    "source": "SOHR; Post",
    "notes": "On 4 December, the fighters took the town.",
    "fatalities": "3",
}
DISPLACED = {
    "id": "1",
    "iso3": "SDN",
    "role": "Recommended figure",
    "displacement_type": "Conflict",
    "qualifier": "more than",
    "figure": "1500",
    "displacement_start_date": "2025-04-12",
    "displacement_end_date": "2025-04-14",
    "standard_popup_text": "<b> Sudan: 1,500 displacements </b> <br> People left.",
    "locations_name": "El Fasher, Sudan; Tawila, Sudan",
    "locations_coordinates": "13.62, 25.34; 13.5, 24.88",
    "locations_accuracy": "County/City/town/Village/Woreda (ADM3); Point",
    "locations_type": "Origin; Destination",
}


def _rows(draw: Random, nasty: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return rows of one kind of table, with hostile values and days."""
    base = draw.choice((ARTICLES, ARTICLES, EVENTS, DISPLACED))
    header = [draw.choice(nasty) if draw.random() < 0.03 else key for key in base]
    rows = []
    for _ in range(draw.randrange(1, 6)):
        values: list[Any] = list(base.values())
        for at, key in enumerate(base):
            if draw.random() < 0.08:
                values[at] = draw.choice(nasty)
            elif "date" in key and draw.random() < 0.5:
                values[at] = draw.choice(DAYS)
        rows.append(dict(zip(header, values, strict=True)))
    return rows


def _table_csv(draw: Random, nasty: tuple[str, ...]) -> bytes:
    rows = _rows(draw, nasty)
    out = io.StringIO()
    sign = draw.choice(",,,;\t|")
    writer = csv.writer(out, delimiter=sign, lineterminator=draw.choice(("\n", "\r\n", "\r")))
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    text = out.getvalue()
    if draw.random() < 0.1:
        text = text.replace('"', "", 1) + draw.choice(nasty)
    encoding = draw.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16"))
    return text.encode(encoding, "surrogatepass")


def _table_json(draw: Random, nasty: tuple[str, ...]) -> bytes:
    rows: Any = _rows(draw, nasty)
    for _ in range(draw.randrange(5)):
        key = draw.choice(("articles", "results", "data", "response", "x", draw.choice(nasty)))
        rows = {key: rows, "n": 1} if draw.random() < 0.8 else [rows]
    text = json.dumps(rows, ensure_ascii=draw.random() < 0.5)
    if draw.random() < 0.1:
        text = text[: draw.randrange(len(text))] + draw.choice(nasty)
    return text.encode("utf-8", "surrogatepass")


def _table_xlsx(draw: Random, nasty: tuple[str, ...]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook()
    for _ in range(draw.randrange(1, 3)):
        sheet = book.create_sheet()
        if draw.random() < 0.3:
            sheet.append(["Monitoring"])
        rows = _rows(draw, nasty)
        for cells in (list(rows[0]), *(list(row.values()) for row in rows)):
            clean = [
                re.sub(r"[\ud800-\udfff\ufffe\uffff]", "", ILLEGAL_CHARACTERS_RE.sub("", c))[
                    :30_000
                ]
                if isinstance(c, str)
                else c
                for c in cells
            ]
            sheet.append(clean)
    out = io.BytesIO()
    book.save(out)
    data = out.getvalue()
    return data[: draw.randrange(len(data))] if draw.random() < 0.05 else data


def _cell(draw: Random, nasty: tuple[str, ...]) -> str:
    """Return the words of a cell of a table of figures; a few are very long."""
    lot = draw.random()
    if lot < 0.1:
        return draw.choice(nasty)
    if lot < 0.12:
        sign = draw.choice(("*", " ", "¹", "1,", "1", "(a)", "a "))
        return sign * draw.choice((300, 300, 30_000, 300_000)) + "a"
    return draw.choice(("Tawila", "Sake*", "al-Malha", "12,500", "1 200", "-", "~300", "Total"))


def _figures(draw: Random, nasty: tuple[str, ...]) -> list[list[str]]:
    """Return a table of displaced people, whose cells are not always names and figures."""
    header = draw.choice(
        (["State", "Locality", "IDPs"], ["From", "To", "Displaced people"], ["Town", "HH", "IDPs"])
    )
    titles = [draw.choice(nasty) if draw.random() < 0.05 else title for title in header]
    few = draw.choice((1, 3, 3, 3, 30))
    return [titles, *([_cell(draw, nasty) for _ in titles] for _ in range(few))]


def _figures_csv(draw: Random, nasty: tuple[str, ...]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(_figures(draw, nasty))
    return out.getvalue().encode("utf-8", "surrogatepass")


def _figures_html(draw: Random, nasty: tuple[str, ...]) -> bytes:
    def cell(words: str) -> str:
        span = ""
        if draw.random() < 0.1:
            n = draw.choice(("2", "3", "0", "-1", "99999999", "x", "²"))
            span = f' {draw.choice(("colspan", "rowspan"))}="{n}"'
        return f"<td{span}>{words}</td>"

    def table() -> str:
        rows = ["".join(map(cell, cells)) for cells in _figures(draw, nasty)]
        body = "".join(f"<tr>{row}</tr>" for row in rows) * (
            300 if sum(map(len, rows)) < 1_000 else 1
        )
        inner = f"<table><caption>IDPs</caption>{body}</table>"
        return f"<table><tr><td>{inner}</td></tr></table>" if draw.random() < 0.1 else inner

    lead = "Fighting went on around the town, and more people arrive in the sites every day."
    tables = "".join(table() for _ in range(draw.choice((1, 1, 1, 3, 20))))
    page = f"<html><body><article><h1>Report</h1><p>{lead}</p>{tables}<p>{lead}</p></article>"
    return page.encode("utf-8", "surrogatepass")


def _figures_xlsx(draw: Random, nasty: tuple[str, ...]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["IDPs by site"])
    for cells in _figures(draw, nasty):
        sheet.append([_in_xml(words)[:30_000] for words in cells])
    for _ in range(draw.randrange(3)):
        row, column = draw.randrange(1, 5), draw.randrange(1, 4)
        sheet.merge_cells(
            start_row=row,
            start_column=column,
            end_row=row + draw.choice((0, 1, 2_000)),
            end_column=column + draw.choice((0, 1, 300)),
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _figures_docx(draw: Random, nasty: tuple[str, ...]) -> bytes:
    def cell(words: str) -> str:
        n = draw.choice(("2", "0", "-1", "99999999", "x")) if draw.random() < 0.1 else ""
        kind = draw.choice(("gridSpan", "vMerge"))
        span = f'<w:tcPr><w:{kind} w:val="{n}"/></w:tcPr>' if n else ""
        return f"<w:tc>{span}<w:p><w:r><w:t>{escape(_in_xml(words))}</w:t></w:r></w:p></w:tc>"

    rows = ["".join(map(cell, cells)) for cells in _figures(draw, nasty)]
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    table = f"<w:tbl>{body * (300 if len(body) < 3_000 else 1)}</w:tbl>"
    lead = "<w:p><w:r><w:t>Displaced people by site</w:t></w:r></w:p>"
    return packed_document((lead + table) * draw.choice((1, 1, 3)))


def _figures_pdf(draw: Random, nasty: tuple[str, ...]) -> bytes:
    """Return a page with a table, with or without rules, some of which run astray."""
    drawn = ["BT /F1 10 Tf 40 760 Td (Displaced people by site) Tj ET"]
    rows = _figures(draw, nasty)
    for r, cells in enumerate(rows * draw.choice((1, 1, 3))):
        for c, words in enumerate(cells):
            told = (
                re.sub(r"[()\\\\]", "", words[:500]).encode("latin-1", "replace").decode("latin-1")
            )
            x, y = 40 + 150 * c + draw.choice((0, 0, 0, 60)), 740 - 14 * r
            drawn.append(f"BT /F1 10 Tf {x} {y} Td ({told}) Tj ET")
    n_rules = draw.choice((0, 0, len(rows), len(rows), 3_000, 1_500))
    for n in range(n_rules):
        y = 752 - 14 * n if n_rules < 100 else draw.uniform(0, 800)
        astray = draw.choice((0, 0, 0, 3, 1e6, -1e6)) if draw.random() < 0.2 else 0
        drawn.append(f"{36 + 150 * (n % 4)} {y} m {36 + 150 * (n % 4) + astray} {y - 500} l S")
        drawn.append(f"36 {y} m {520 + astray} {y + astray} l S")
    return pdf_page("\n".join(drawn).encode("latin-1", "replace"))


def pdf_page(content: bytes) -> bytes:
    """Return a PDF file of one page."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    return pdf_of(objects)


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """Return a PDF file of five objects, the first of which is its catalog."""
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % at


def _in_xml(words: str) -> str:
    """Return words without the signs that XML does not allow."""
    return re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd]", "", words)


def makers(nasty: tuple[str, ...]) -> dict[str, tuple[Callable[[Random], bytes], str]]:
    """Return the kinds of cases, each with the function that makes one and the ending."""
    return {
        "table_csv": (lambda draw: _table_csv(draw, nasty), ".csv"),
        "table_json": (lambda draw: _table_json(draw, nasty), ".json"),
        "table_xlsx": (lambda draw: _table_xlsx(draw, nasty), ".xlsx"),
        "figures_csv": (lambda draw: _figures_csv(draw, nasty), ".csv"),
        "figures_html": (lambda draw: _figures_html(draw, nasty), ".html"),
        "figures_xlsx": (lambda draw: _figures_xlsx(draw, nasty), ".xlsx"),
        "figures_pdf": (lambda draw: _figures_pdf(draw, nasty), ".pdf"),
        "figures_docx": (lambda draw: _figures_docx(draw, nasty), ".docx"),
    }
