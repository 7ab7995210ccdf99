"""Make GeoDataFrames of events, claims, holders, movements, areas and the base map.

What may be shown comes in; frames in EPSG:4326 go out.
"""

__all__ = [
    "admin_units",
    "base_frames",
    "event_frames",
    "figure_terms",
    "ground_frames",
    "ledger_frame",
    "situation_frames",
]
