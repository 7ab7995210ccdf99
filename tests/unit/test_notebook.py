"""What a notebook gets to show: a frame as wide as it, and a picture for viewers without frames."""

from __future__ import annotations

import base64
import io
import re

import lxml.html
import pytest
from PIL import Image
from situation_kit import FakeAtlas, campaign

from mapgen.drawing.data.page_data import picture_data
from mapgen.drawing.page.notebook import HEIGHT_PX, notebook_bundle
from mapgen.merging.events import situation_of
from mapgen.settings import Settings
from mapgen.situation.shown import shown


@pytest.fixture(scope="module")
def bundle():
    told = shown(situation_of(campaign().extraction()), FakeAtlas(), Settings())
    return notebook_bundle('<p title="x">A page</p><script>1</script>', picture_data(told))


def test_the_frame_is_as_wide_as_the_notebook_and_closed_to_it(bundle):
    data, _ = bundle
    (frame,) = lxml.html.fragment_fromstring(data["text/html"], create_parent=True).iter("iframe")
    assert (frame.get("width"), frame.get("height")) == ("100%", str(HEIGHT_PX))
    assert frame.get("sandbox") == "allow-scripts"
    assert frame.get("srcdoc") == '<p title="x">A page</p><script>1</script>'
    assert "<script" not in data["text/html"]


def test_a_picture_with_a_text_alternative_takes_its_place(bundle):
    data, metadata = bundle
    with Image.open(io.BytesIO(data["image/png"])) as image:
        assert image.size == pytest.approx((870, 553), abs=2)
    assert "Taken." in metadata["image/png"]["alt"]
    assert data["text/plain"] == metadata["image/png"]["alt"]


def test_a_printed_notebook_has_the_picture_instead_of_a_cut_frame(bundle):
    page = lxml.html.fragment_fromstring(bundle[0]["text/html"], create_parent=True)
    (picture,) = page.iter("img")
    assert base64.b64decode(picture.get("src").partition(",")[2]) == bundle[0]["image/png"]
    assert "Taken." in picture.get("alt")
    style = "".join(next(page.iter("style")).itertext())
    assert re.search(r"@media print\{iframe\.mapgen\{display:none\}", style)
    assert "@media not print{img.mapgen{display:none}}" in style
