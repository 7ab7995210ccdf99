"""Tell feeds from other files, and list the pages that their items link to."""

from __future__ import annotations

from mapgen.errors import InputError
from mapgen.reading.formats import HEAD_BYTES
from mapgen.reading.guarded import read_many_guarded
from mapgen.reading.read_feeds import is_feed, is_json_feed


def feed_ending(data: bytes) -> str | None:
    """Return the ending of the file of a feed, or None if it is no feed.

    Parameters
    ----------
    data
        Content of the file.
    """
    head = data[:HEAD_BYTES]
    if is_json_feed(head):
        return ".json"
    return ".xml" if is_feed(head) else None


def links_in_feed(name: str, data: bytes) -> list[str]:
    """Return the addresses of the items of a feed, in its order; none if it is no feed.

    Parameters
    ----------
    name
        Name of the file, for messages.
    data
        Content of the file.

    Raises
    ------
    InputError
        If the feed cannot be read.
    """
    ending = feed_ending(data)
    if ending is None:
        return []
    kind = "json feed" if ending == ".json" else "feed"
    drafts = read_many_guarded(kind, name, data)
    return [d.url for d in drafts if not isinstance(d, InputError) and d.url]
