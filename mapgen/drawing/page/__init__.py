"""The interactive page: one HTML file that needs nothing else.

Page data come in; HTML goes out. Only this room imports folium.
"""

__all__ = [
    "embed",
    "html",
]
