"""Tag a PDF of one picture, which matplotlib cannot do, so that screen readers describe it.

A PDF of one page comes in; out goes the same page as a figure with a title, a language and a
description. Readers show the title in the bar of their window, and read the description aloud.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

if TYPE_CHECKING:
    from pypdf.generic import StreamObject

_LANGUAGE = "en"  # of titles and descriptions


def tagged_pdf(pdf: bytes, title: str, description: str) -> bytes:
    """Return a PDF whose page is one described figure.

    Parameters
    ----------
    pdf
        A PDF of one page.
    title
        Title of the document.
    description
        What the page shows, for readers who cannot see it. If empty, the title.

    Returns
    -------
    bytes
        The PDF. Its text can still be searched and copied; the same arguments give the same bytes.
    """
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    page, root = writer.pages[0], writer.root_object
    writer.metadata = {**(writer.metadata or {}), "/Title": title}
    drawing = cast("StreamObject", page["/Contents"].get_object())
    drawing.set_data(b"/Figure <</MCID 0>> BDC\n" + drawing.get_data() + b"\nEMC\n")
    page[NameObject("/StructParents")] = NumberObject(0)
    page[NameObject("/Tabs")] = NameObject("/S")

    tree = _made({"/Type": NameObject("/StructTreeRoot")})
    at_tree = writer._add_object(tree)
    document = _made({"/S": NameObject("/Document"), "/P": at_tree})
    at_document = writer._add_object(document)
    figure = _made(
        {
            "/S": NameObject("/Figure"),
            "/P": at_document,
            "/Pg": page.indirect_reference,
            "/K": NumberObject(0),
            "/Alt": TextStringObject(description or title),
            "/A": _made(
                {
                    "/O": NameObject("/Layout"),
                    "/Placement": NameObject("/Block"),
                    "/BBox": ArrayObject(page.mediabox),
                }
            ),
        }
    )
    at_figure = writer._add_object(figure)
    document[NameObject("/K")] = ArrayObject([at_figure])
    tree[NameObject("/K")] = ArrayObject([at_document])
    parents = ArrayObject([NumberObject(0), ArrayObject([at_figure])])
    tree[NameObject("/ParentTree")] = writer._add_object(_made({"/Nums": parents}))

    root[NameObject("/StructTreeRoot")] = at_tree
    root[NameObject("/MarkInfo")] = _made({"/Marked": BooleanObject(value=True)})
    root[NameObject("/Lang")] = TextStringObject(_LANGUAGE)
    root[NameObject("/ViewerPreferences")] = _made({"/DisplayDocTitle": BooleanObject(value=True)})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _made(entries: dict[str, object]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): value for key, value in entries.items()})
