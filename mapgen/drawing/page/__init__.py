"""Write the interactive page: one HTML file that works offline and on its own.

Page data come in; HTML goes out. Only this package imports folium.
"""

__all__ = [
    "embed",
    "html",
    "notebook",
    "plain",
]
