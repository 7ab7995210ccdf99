"""The situation as a folium map: layers of the user's own, saved and opened without a network."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import folium
import folium.plugins
import pytest
from playwright.sync_api import Page, expect

from mapgen.drawing.page.html import folium_map
from mapgen.errors import RenderError

if TYPE_CHECKING:
    from pathlib import Path

Opener = Callable[..., Page]
HOMS = (34.724, 36.7256)
SQUARE = [[[37.5, 34.2], [38.5, 34.2], [38.5, 35.0], [37.5, 35.0], [37.5, 34.2]]]


def layered(data: dict[str, Any]) -> Any:
    made = folium_map(data)
    folium.GeoJson(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"name": "Survey area"},
                    "geometry": {"type": "Polygon", "coordinates": SQUARE},
                }
            ],
        },
        name="Survey",
        style_function=lambda _: {"color": "#ff00aa", "weight": 3},
        tooltip=folium.GeoJsonTooltip(fields=["name"]),
    ).add_to(made)
    group = folium.FeatureGroup(name="Hospitals").add_to(made)
    folium.Marker(
        HOMS, popup=folium.Popup("<b>Field</b> hospital"), tooltip=folium.Tooltip("Hospital")
    ).add_to(group)
    folium.LayerControl(collapsed=False).add_to(made)
    return made


def test_layers_of_the_user(built: Any, opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "layers.html"
    layered(built.data).save(str(path))
    page = opener(path)
    expect(page.locator('.mg-map path[stroke="#ff00aa"]')).to_be_visible()
    marker = page.locator(".mg-map img.leaflet-marker-icon")
    expect(marker).to_be_visible()
    assert marker.evaluate("i => i.complete && i.naturalWidth") == 25
    marker.evaluate("i => i.click()")
    expect(page.locator(".leaflet-popup-content")).to_contain_text("Field hospital")
    control = page.locator(".leaflet-control-layers")
    expect(control).to_contain_text("Hospitals")
    expect(control).to_contain_text("Survey")
    control.locator("label", has_text="Hospitals").locator("input").set_checked(False)
    expect(marker).to_have_count(0)
    # and the situation is still there
    expect(page.locator('.mg-map g.hit[aria-label^="Aleppo:"]:has(circle.selring)')).to_have_count(
        1
    )


def test_saved_to_an_open_file(built: Any) -> None:
    kept, shut = io.BytesIO(), io.BytesIO()
    layered(built.data).save(kept, close_file=False)
    assert kept.getvalue().startswith(b"<!doctype html>")
    layered(built.data).save(shut)
    assert shut.closed


def test_same_layers_same_bytes(built: Any) -> None:
    assert layered(built.data).to_html() == layered(built.data).to_html()


def test_saving_twice(built: Any, opener: Opener, tmp_path: Path) -> None:
    bare = folium_map(built.data)
    assert bare.to_html() == bare.to_html()
    made = layered(built.data)
    made.to_html()
    again = tmp_path / "again.html"
    made.save(again)
    expect(opener(again).locator(".mg-map img.leaflet-marker-icon")).to_have_count(1)


def test_situation_hands_out_the_map(built: Any) -> None:
    made = built.situation.to_folium()
    assert isinstance(made, folium.Map)
    assert made.to_html() == built.html


def test_plugin_from_a_network_is_refused(built: Any) -> None:
    made = folium_map(built.data)
    folium.plugins.MarkerCluster([HOMS]).add_to(made)
    with pytest.raises(RenderError, match=r"(?i)marker_?cluster") as caught:
        made.to_html()
    assert "https://" in str(caught.value)
    assert "Leave this layer out" in str(caught.value)


def test_tiles_from_a_network_never_load_unseen(built: Any) -> None:
    made = folium_map(built.data)
    folium.TileLayer("OpenStreetMap").add_to(made)
    with pytest.raises(RenderError, match="tile"):
        made.to_html()


def test_folium_itself_is_left_as_it_was(built: Any) -> None:
    classes = (folium.Map, folium.plugins.MarkerCluster, folium.GeoJson)
    lists = [
        (list(getattr(c, "default_js", [])), list(getattr(c, "default_css", []))) for c in classes
    ]
    layered(built.data).to_html()
    made = folium_map(built.data)
    folium.plugins.MarkerCluster([HOMS]).add_to(made)
    with pytest.raises(RenderError):
        made.to_html()
    assert lists == [
        (list(getattr(c, "default_js", [])), list(getattr(c, "default_css", []))) for c in classes
    ]
    plain = folium.Map(location=HOMS).get_root().render()
    assert "leaflet.js" in plain
    assert "jquery" in plain
