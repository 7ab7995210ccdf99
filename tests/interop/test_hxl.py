"""The CSV table with HXL tags, checked by libhxl, the library behind the tools of HDX."""

from __future__ import annotations

import csv
import io

import pytest

pytestmark = pytest.mark.interop


@pytest.fixture(scope="module")
def rows(made, tool, run):
    """Return the rows as the tools of HDX read them: by their tags."""
    text = run(tool("hxlcut"), "-x", "#nothing", made / "map.csv")
    _, tags, *found = csv.reader(io.StringIO(text))
    return [dict(zip(tags, row, strict=True)) for row in found]


def test_the_default_schema_of_hxl_finds_no_fault(made, tool, run):
    told = run(tool("hxlvalidate"), "--all", "--error-level", "info", made / "map.csv")
    assert "0 error(s), 0 warnings" in told
    assert "Validation succeeded." in told


def test_tools_of_hdx_find_places_and_figures_by_their_tags(rows):
    (hama,) = [r for r in rows if r["#loc+name"] == "Hama" and r["#meta+layer"] == "control"]
    assert hama["#group+name"] == "HTS-led rebels"
    assert (hama["#country+code+v_iso2"], hama["#adm1+name"]) == ("SY", "Hama")
    (total,) = [r for r in rows if r["#meta+layer"] == "totals"]
    assert total["#affected+ind+min"] == "370000"
    assert total["#indicator+name"] == "people living in displacement"
    assert total["#indicator+type"] == "stock"
    (flow,) = [r for r in rows if r["#meta+layer"] == "flows"]
    assert flow["#indicator+type"] == "flow"
    assert not [r for r in rows if r["#affected+hh+min"]]
