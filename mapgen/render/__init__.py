"""Drawing: the page, by folium and our own scripts."""
