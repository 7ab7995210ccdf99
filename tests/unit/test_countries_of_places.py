"""Villages of lists of their own lie in a country too, so that the map is named after the war."""

from __future__ import annotations

import json

import mapgen

REPORT = (
    "Government forces took Ulang on 16 April after two days of shelling. An estimated 31,000 "
    "people have crossed from Ulang into Ethiopia's Gambella region. SPLA-IO fighters withdrew "
    "from Nasir, in South Sudan's Upper Nile, on 20 April.\n"
)


def test_a_map_of_villages_is_named_after_their_country(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    page = mapgen.build(path, published_on="2025-04-22").to_html()
    data = json.loads(page.partition('id="mg-data">')[2].partition("</script>")[0])
    assert {s["name"] for s in data["signs"] if s["type"] == "control"} >= {"Ulang"}
    assert data["meta"]["country"] == "South Sudan"
    assert data["meta"]["kicker"].startswith("South Sudan")
