"""Make GeoDataFrames of events, claims, holders, movements and areas.

What may be shown comes in; frames in EPSG:4326 go out.
"""

__all__ = [
    "event_frames",
    "ground_frames",
    "situation_frames",
]
