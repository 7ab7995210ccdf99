"""Define the columns of all exports, which have the same name, type and meaning in each format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the exports.

    Parameters
    ----------
    kind
        Type of its values: ``text``, ``int``, ``float`` or ``day``.
    title
        Heading for readers.
    meaning
        Explanation of the column.
    hxl
        HXL tag, or an empty string if the column is not in CSV files.
    """

    kind: str
    title: str
    meaning: str
    hxl: str = ""


COLUMNS: dict[str, Column] = {
    "layer": Column("text", "Layer", "Which layer of the map the row is in", "#meta+layer"),
    "event": Column("text", "Event", "Id of the event the row is from", "#event+id"),
    "kind": Column("text", "Kind", "What happened: threat, strike, displacement …", "#event+type"),
    "place": Column("text", "Place", "Name, as the articles spell it", "#loc+name"),
    "gazetteer_name": Column(
        "text", "Name in the gazetteer", "Spelling in the gazetteer", "#loc+name+alt"
    ),
    "place_id": Column("text", "Place id", "Id in the gazetteer (geonames:… iso:…)", "#loc+code"),
    "latitude": Column("float", "Latitude", "Degrees, WGS 84; empty for an area", "#geo+lat"),
    "longitude": Column("float", "Longitude", "Degrees, WGS 84; empty for an area", "#geo+lon"),
    "precision": Column("text", "Precision", "How exact the place is", "#loc+type"),
    "role": Column("text", "Role", "What the place does: at, near, origin, destination, region"),
    "country": Column("text", "Country", "ISO 3166-1 alpha-2 code", "#country+code+v_iso2"),
    "admin1": Column("text", "Admin 1", "Unit of the first order", "#adm1+name"),
    "admin1_pcode": Column("text", "Admin 1 P-code", "OCHA's, if a layer has it", "#adm1+code"),
    "admin2": Column("text", "Admin 2", "Unit of the second order", "#adm2+name"),
    "admin2_pcode": Column("text", "Admin 2 P-code", "OCHA's, if a layer has it", "#adm2+code"),
    "holder": Column("text", "Holder id", "Side that holds it; empty: contested", "#group+code"),
    "holder_name": Column("text", "Holder", "Name of the side that holds it", "#group+name"),
    "actor": Column("text", "Actor", "Who acted", "#group+actor+name"),
    "from_actor": Column("text", "Against", "Whom it was done to", "#group+target+name"),
    "side": Column("text", "Side id", "Side whose estimated area it is"),
    "side_name": Column("text", "Side", "Name of the side whose estimated area it is"),
    "side_a": Column("text", "Side A id", "One of the two sides at the estimated front"),
    "side_b": Column("text", "Side B id", "The other side at the estimated front"),
    "part": Column("text", "Part", "sure or unsure, where the area or front is estimated"),
    "side_low_km2": Column("float", "Area, least (km²)", "Least area of the whole side"),
    "side_best_km2": Column("float", "Area, best (km²)", "Best estimate of the whole side"),
    "side_high_km2": Column("float", "Area, most (km²)", "Largest area of the whole side"),
    "length_km": Column("float", "Length (km)", "Length of the estimated front"),
    "origin": Column("text", "Origin", "Where people come from", "#loc+origin+name"),
    "origin_id": Column("text", "Origin id", "Its id in the gazetteer", "#loc+origin+code"),
    "destination": Column("text", "Destination", "Where they go", "#loc+destination+name"),
    "destination_id": Column("text", "Destination id", "Its id", "#loc+destination+code"),
    "low": Column("int", "Least", "Lowest figure of any report; never a sum", "#indicator+num+min"),
    "high": Column(
        "int", "Most", "Highest figure of any report; never a sum", "#indicator+num+max"
    ),
    "unit": Column("text", "Unit", "What is counted: people, families …", "#indicator+unit"),
    "words": Column("text", "Figure as written", "With who gives it", "#description+figure"),
    "term": Column("text", "Term", "What is counted, in IDMC's and DTM's terms", "#indicator+name"),
    "measure": Column("text", "Measure", "stock (at a day) or flow", "#indicator+type"),
    "people_low": Column("int", "People, least", "The figure, of people", "#affected+ind+min"),
    "people_high": Column("int", "People, most", "The figure, of people", "#affected+ind+max"),
    "families_low": Column("int", "Families, least", "Of households", "#affected+hh+min"),
    "families_high": Column("int", "Families, most", "Of households", "#affected+hh+max"),
    "earliest": Column("day", "Earliest", "Earliest day it can have happened", "#date+start"),
    "latest": Column("day", "Latest", "Latest day it can have happened", "#date+end"),
    "shown_from": Column("day", "Shown from", "Day from which it is shown", "#date+shown+start"),
    "shown_to": Column("day", "Shown to", "Day from which the next is shown", "#date+shown+end"),
    "standing": Column("text", "Standing", "assessed, stated, claimed, contested", "#status"),
    "basis": Column("text", "Basis", "articles, or baseline: a table of previous holders"),
    "claimants": Column("text", "Claimed by", "Sides that are said to hold a contested place"),
    "method": Column("text", "Route", "stated or likely route; plain: the route is not known"),
    "sources": Column("text", "Sources", "Who said it, else the article", "#meta+source"),
    "rule": Column("text", "Rule", "What decided the standing", "#description+rule"),
    "claim_ids": Column("text", "Claims", "Ids of the claims it rests on", "#meta+claim+id"),
    "quotes": Column("text", "Quotes", "The words of the articles", "#description+quote"),
    "articles": Column("text", "Articles", "Ids of the articles", "#meta+article+id"),
    "publishers": Column("text", "Publishers", "Who printed them", "#meta+publisher"),
    "urls": Column("text", "Addresses", "Where they can be read", "#meta+url"),
    "credits": Column("text", "Credits", "Licences of the data", "#meta+license"),
    "width": Column("int", "Width", "Of an arrow, 1 to 4, by the order of magnitude of the figure"),
    # only in GeoPackage
    "slot": Column("int", "Position of the sign", "Around its place; empty if it stands alone"),
    "n_here": Column("int", "Number here", "Counts the events of one kind at a place"),
    "in_reports": Column("int", "In the reports", "1 if the articles report on the place, else 0"),
    "name": Column("text", "Name", "Name on the base map"),
    # tables without geometry
    "group": Column("text", "Group", "Why it is off the map: hypothetical, denied, past …"),
    "reason": Column("text", "Reason", "The words or rule that decided"),
    "article": Column("text", "Article", "Id of the article"),
    "source": Column("text", "Publisher", "Who printed the article"),
    "start": Column("int", "Start", "Offset in the article, in characters"),
    "end": Column("int", "End", "Offset behind the last character"),
    "text": Column("text", "Text", "The sentence or clause"),
    "claim": Column("text", "Claim", "Id of the claim"),
    "quote": Column("text", "Quote", "The words of the article"),
    "status": Column("text", "Status", "asserted, claimed, hypothetical, negated, historical"),
    "published_on": Column("day", "Published on", "Day of publication; never a day of an event"),
    "n_articles": Column("int", "Articles", "How many, with the reprints"),
    "n_reprints": Column("int", "Reprints", "Those with nearly the text of an earlier article"),
    "actor_side": Column("text", "Actor's side", "Id of the side of who acts"),
    "from_side": Column("text", "Target's side", "Id of the side it was done to"),
    "places": Column("text", "Places", "As articles spell them, joined by “; ”"),
    "gazetteer_names": Column("text", "In the gazetteer", "Its spellings, joined by “; ”"),
    "place_ids": Column("text", "Place ids", "Ids, joined by “; ”"),
    "roles": Column("text", "Roles", "What each place does, joined by “; ”"),
    "best": Column("int", "Best", "The figure itself, where one is given"),
    "figure_words": Column("text", "Figure as written", "The words of the figure"),
    "date_start": Column("day", "Day, first", "First day that the words allow"),
    "date_end": Column("day", "Day, last", "Last day that the words allow"),
    "date_words": Column("text", "Day as written", "The words of the day"),
    "attribution": Column("text", "Said by", "Who the text says said it"),
    "attribution_role": Column("text", "Kind of source", "monitor, party, official …"),
    "confidence": Column("float", "Confidence", "0 to 1"),
    "state": Column("text", "State", "Of a supply line: open, threatened, cut"),
    "events": Column("text", "Events", "Ids of the events that rest on the claim"),
    "title": Column("text", "Title", "Title of the article"),
    "url": Column("text", "Address", "Where the article can be read"),
    "key": Column("text", "What", "Title, day, method, credits …"),
    "value": Column("text", "Says", "In words"),
}
