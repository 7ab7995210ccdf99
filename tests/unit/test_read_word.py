"""Word files are read as Word shows them once all changes are accepted."""

import io
import time
import zipfile
from pathlib import Path

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from mapgen.reading.articles import read

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
WHO = 'w:id="7" w:author="Editor" w:date="2025-02-14T09:00:00Z"'


def run(words: str, properties: str = "") -> str:
    kept = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{kept}<w:t xml:space="preserve">{words}</w:t></w:r>'


def deleted(words: str) -> str:
    inner = f'<w:r><w:delText xml:space="preserve">{words}</w:delText></w:r>'
    return f"<w:del {WHO}>{inner}</w:del>"


def inserted(words: str) -> str:
    return f"<w:ins {WHO}>{run(words)}</w:ins>"


def paragraph(*inner: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(inner)}</w:p>"


def cell(*blocks: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


BOX = "<w:txbxContent><w:p><w:r><w:t>KEY POINT: M23 seized Sake.</w:t></w:r></w:p></w:txbxContent>"
SHAPE = (  # Word writes a box twice: for itself, and for Word 2007
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic>"
    f"<a:graphicData><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
    "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
    f"{BOX}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
MOVED = "Families left Masisi."
MERGE_FIRST, MERGE_NEXT = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"

CASES = {
    "a word replaced": (
        paragraph(run("M23 seized "), deleted("Goma"), inserted("Sake"), run(" on Monday.")),
        "M23 seized Sake on Monday.",
    ),
    "a denial inserted": (
        paragraph(run("M23 has "), inserted("not "), run("seized Sake.")),
        "M23 has not seized Sake.",
    ),
    "a paragraph moved": (
        paragraph(f"<w:moveFrom {WHO}>{run(MOVED)}</w:moveFrom>")
        + paragraph(run("Sake fell."))
        + paragraph(f"<w:moveTo {WHO}>{run(MOVED)}</w:moveTo>"),
        f"Sake fell.\n{MOVED}",
    ),
    "two paragraphs joined": (
        paragraph(run("M23 did not "), properties=f"<w:rPr><w:del {WHO}/></w:rPr>")
        + paragraph(run("seize Sake.")),
        "M23 did not seize Sake.",
    ),
    "content controls": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('Sake fell.'))}</w:sdtContent></w:sdt>"
        + paragraph(
            run("It fell on "),
            f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Monday')}</w:sdtContent></w:sdt>",
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + run("Click here to enter text")
            + "</w:sdtContent></w:sdt>",
            run("."),
        ),
        "Sake fell.\nIt fell on Monday.",
    ),
    "smart tags": (
        paragraph(
            run("M23 seized "),
            f'<w:smartTag w:element="City">{run("Sake")}</w:smartTag>',
            f'<w:customXml w:element="d">{run(" today")}</w:customXml>',
        ),
        "M23 seized Sake today",
    ),
    "a text box, once": (
        paragraph(run("Talks went on."), SHAPE),
        "Talks went on.\nKEY POINT: M23 seized Sake.",
    ),
    "hidden text": (
        paragraph(run("Sake held."), run(" Goma fell.", "<w:vanish/>")),
        "Sake held.",
    ),
    "struck text": (
        paragraph(run("Goma fell. ", "<w:strike/>"), run("Bukavu fell. ", "<w:dstrike/>"))
        + paragraph(run("Sake held.", '<w:strike w:val="0"/>')),
        "Sake held.",
    ),
    "links and fields": (
        paragraph(
            f'<w:hyperlink w:anchor="x">{run("Sake")}</w:hyperlink>',
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            '<w:r><w:instrText> HYPERLINK "https://example.org/goma" </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            run(" fell"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "<w:r><w:t>, north</w:t><w:noBreakHyphen/><w:t>west of Goma</w:t></w:r>",
        ),
        "Sake fell, north-west of Goma",
    ),
    "cells merged across and down": (
        table(
            row(
                cell(paragraph(run("North Kivu")), properties=MERGE_FIRST),
                cell(paragraph(run("Sake")), properties='<w:gridSpan w:val="3"/>'),
            ),
            row(
                cell(paragraph(run("North Kivu")), properties=MERGE_NEXT),
                cell(paragraph(run("Goma"))),
            ),
        ),
        "North Kivu Sake\nGoma",
    ),
    "a deleted row": (
        table(
            row(cell(paragraph(run("Sake"))), cell(paragraph(run("held")))),
            row(cell(paragraph(run("Goma"))), properties=f"<w:del {WHO}/>"),
        ),
        "Sake held",
    ),
    "a table in a table": (
        table(
            row(cell(paragraph(run("North Kivu")), table(row(cell(paragraph(run("Sake"))))))),
        ),
        "North Kivu Sake",
    ),
    "a cell with a sentence": (
        table(
            row(
                cell(paragraph(run("14 February"))),
                cell(paragraph(run("Sake"))),
                cell(paragraph(run("M23 seized the town on Friday, residents said."))),
            )
        ),
        "14 February Sake\nM23 seized the town on Friday, residents said.",
    ),
}


def document_of(body: str) -> "docx.document.Document":
    document = docx.Document()
    section = document.element.body[-1]
    for block in parse_xml(f"<w:body {NAMESPACES}>{body}</w:body>"):
        section.addprevious(block)
    return document


def bytes_of(document: "docx.document.Document") -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("case", CASES)
def test_as_word_shows_it(case: str, tmp_path: Path) -> None:
    body, text = CASES[case]
    path = tmp_path / "report.docx"
    path.write_bytes(bytes_of(document_of(body)))
    (article,) = read([path]).articles
    assert article.text == text


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    body = CASES["a word replaced"][0] + CASES["struck text"][0]
    path.write_bytes(bytes_of(document_of(body)))
    assert list(read([path]).notes) == [
        f"{path}: 1 passage deleted in tracked changes left out",
        f"{path}: 2 passages hidden or struck through left out",
    ]
    path.write_bytes(bytes_of(document_of(CASES["smart tags"][0])))
    assert read([path]).notes == ()


def test_text_hidden_by_a_style(tmp_path: Path) -> None:
    document = document_of(
        paragraph(run("Sake held."), run(" Goma fell.", '<w:rStyle w:val="Secret"/>'))
    )
    for style in (
        '<w:style {} w:type="character" w:styleId="Base"><w:name w:val="Base"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>",
        '<w:style {} w:type="character" w:styleId="Secret"><w:name w:val="Secret"/>'
        '<w:basedOn w:val="Base"/></w:style>',
    ):
        document.styles.element.append(parse_xml(style.format(NAMESPACES)))
    path = tmp_path / "report.docx"
    path.write_bytes(bytes_of(document))
    assert read([path]).articles[0].text == "Sake held."


def test_footnotes_that_the_text_refers_to(tmp_path: Path) -> None:
    document = document_of(
        paragraph(run("M23 seized Sake"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run("."))
    )
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph(run("The army denies it."))}</w:footnote>'
        f'<w:footnote w:id="3">{paragraph(run("Goma fell."))}</w:footnote></w:footnotes>'
    )
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        notes.encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    path = tmp_path / "report.docx"
    path.write_bytes(bytes_of(document))
    assert read([path]).articles[0].text == "M23 seized Sake.\nThe army denies it."


IN_A_BOX = (
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape>"
    "</w:pict></w:r>"
)


def test_text_boxes_in_text_boxes_are_read(tmp_path: Path) -> None:
    inner = paragraph(run("Outer box."), IN_A_BOX.format(paragraph(run("Inner box."))))
    path = tmp_path / "report.docx"
    path.write_bytes(bytes_of(document_of(paragraph(run("M23."), IN_A_BOX.format(inner)))))
    assert read([path]).articles[0].text == "M23.\nOuter box.\nInner box."


def with_part(data: bytes, name: str, change: tuple[str, str]) -> bytes:
    """Return a Word file in which the XML of a part is changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == name:
                content = content.decode("utf-8").replace(*change).encode("utf-8")
            new.writestr(entry, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE w [<!ENTITY x "not ">]>',
        '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/a.dtd">',
    ],
)
def test_declarations_that_word_forbids_are_refused(tmp_path: Path, doctype: str) -> None:
    """With entities left out, "M23 did &x; seize Sake" would say the opposite."""
    data = bytes_of(document_of(paragraph(run("M23 did not seize Sake."))))
    path = tmp_path / "report.docx"
    path.write_bytes(with_part(data, "word/document.xml", ("<w:document", f"{doctype}<w:document")))
    result = read([path])
    assert result.articles == ()
    assert "has a document type, which Word files must not have" in str(result.refused[0])


def test_an_impossible_span_is_one_column(tmp_path: Path) -> None:
    span = f'<w:gridSpan w:val="{"9" * 5000}"/>'
    path = tmp_path / "report.docx"
    body = table(row(cell(paragraph(run("Goma fell.")), properties=span)))
    path.write_bytes(bytes_of(document_of(body)))
    assert read([path]).articles[0].text == "Goma fell."


WIDE = '<w:gridSpan w:val="100"/>'
LONG = {
    "paragraphs whose ends were deleted": paragraph(
        run("Goma fell. "), properties="<w:rPr><w:del/></w:rPr>"
    )
    * 5_000,
    "boxes of one paragraph": paragraph(*[IN_A_BOX.format(paragraph(run("Goma fell.")))] * 3_000),
    "deleted letters of one run": paragraph(f"<w:r>{'<w:delText>x</w:delText>' * 10_000}</w:r>")
    + paragraph(run("Goma fell.")),
    "wide cells": table(row(*[cell(paragraph(run("Goma fell")), properties=WIDE)] * 100) * 100),
    "a long cell merged with many": table(
        row(cell(paragraph(run("Goma " * 2_000)), properties=MERGE_FIRST)),
        row(cell(paragraph(), properties=MERGE_NEXT + WIDE)) * 1_500,
    ),
}


@pytest.mark.parametrize("kind", LONG)
def test_time_does_not_grow_with_the_square_of_the_length(kind: str) -> None:
    from mapgen.reading.read_word import read_docx

    data = bytes_of(document_of(LONG[kind]))
    start = time.process_time()
    draft = read_docx("report.docx", data)
    assert time.process_time() - start < 30
    assert "Goma" in draft.text
    assert sum(len(cell) for _, _, grid in draft.tables for row in grid for cell in row) < 5_000_000
    if not draft.tables and "cell" in kind:
        assert draft.notes == ("1 table too large to be read for figures",)
