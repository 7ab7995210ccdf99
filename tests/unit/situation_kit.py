"""A small invented war in real Sudan, by hand: claims, articles, a gazetteer of ten places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count

from shapely.geometry import box

from mapgen.model import (
    Actor,
    Article,
    Attribution,
    Claim,
    ClaimPlace,
    Extraction,
    Kind,
    Precision,
    Quantity,
    Role,
    SentenceRecord,
    Status,
    When,
)
from mapgen.reasons import reason_of

ARMY = Actor(id="t:army", name="Northern army", side="t:army")
RIVALS = Actor(id="t:rivals", name="River Front", side="t:rivals")
MONITOR = Attribution(
    name="River Watch Group (RWG)", role="monitor", words="River Watch Group (RWG)"
)
DAY = date(2031, 5, 10)


@dataclass(frozen=True)
class FakePlace:
    id: str
    name: str
    lat: float
    lon: float
    country: str = "SD"
    admin1: str | None = "SD-NO"
    precision: str = "settlement"
    population: int | None = 50_000
    names: tuple[str, ...] = ()


def _point(name, lat, lon, population=50_000):
    return FakePlace(f"t:{name.lower()}", name, lat, lon, population=population)


PLACES = {
    p.id: p
    for p in [
        _point("Alba", 15.60, 32.50, 400_000),
        _point("Bero", 15.40, 32.52),
        _point("Caro", 15.30, 32.55),
        _point("Dumo", 14.40, 33.50),
        _point("Esta", 13.20, 32.70),
        FakePlace("iso:SD", "Sudan", 15.0, 30.0, precision="country"),
        FakePlace("iso:ER", "Eritrea", 15.3, 38.9, country="ER", precision="country"),
        FakePlace("iso:SD-NO", "North", 16.0, 32.0, precision="province"),
        FakePlace("region:sd-shore", "Sudanese shore", 15.0, 35.0, precision="region"),
        FakePlace("part:SD:east", "Eastern Sudan", 15.0, 35.6, precision="region"),
        FakePlace("border:SD-ER", "Sudan–Eritrea border", 15.2, 36.4, precision="line"),
    ]
}
AREAS = {
    "iso:SD": box(28, 10, 37, 20),
    "iso:SD-NO": box(31, 15, 33, 17),
    "region:sd-shore": box(34.5, 14, 35.5, 16),
    "part:SD:east": box(35, 12, 37, 18),
    "border:SD-ER": box(36.3, 14, 36.5, 16),
}


class FakeAtlas:
    def get(self, place_id):
        return PLACES.get(place_id)

    def geometry(self, place_id):
        return AREAS.get(place_id)

    def biggest(self, bbox, *, limit):
        west, south, east, north = bbox
        settled = [p for p in PLACES.values() if p.precision == "settlement"]
        inside = [p for p in settled if west <= p.lon <= east and south <= p.lat <= north]
        return sorted(inside, key=lambda p: (-(p.population or 0), p.id))[:limit]


def place(key, role=Role.AT, surface=None, *, distance_km=None, at=(0, 0)):
    entry = PLACES[key]
    return ClaimPlace(
        surface=surface or entry.name,
        start=at[0],
        end=at[1],
        role=role,
        place_id=key,
        name=entry.name,
        lat=entry.lat,
        lon=entry.lon,
        precision=Precision(entry.precision),
        distance_km=distance_km,
    )


class Desk:
    """Collects articles with their claims; each claim gets a sentence of its own."""

    def __init__(self):
        self.articles: dict[str, dict] = {}
        self.claims: list[Claim] = []
        self.sentences: list[SentenceRecord] = []
        self._numbers = count(1)

    def article(self, name, *, published_on=DAY, basis="printed"):
        self.articles[name] = {"text": "", "published_on": published_on, "basis": basis}
        return self

    def say(self, article, text, kind, *places, status=Status.ASSERTED, **more):
        """Add a sentence and the claim it makes; ``figure`` is (low, high, words[, unit])."""
        record = self.articles[article]
        start = len(record["text"]) + (1 if record["text"] else 0)
        record["text"] += ("\n" if record["text"] else "") + text
        figure = more.pop("figure", None)
        days = more.pop("days", None)
        found = []
        for p in places:
            at = text.find(p.surface)
            spot = (start + max(at, 0), start + max(at, 0) + len(p.surface))
            found.append(
                ClaimPlace(
                    **{
                        **{f: getattr(p, f) for f in ClaimPlace.__dataclass_fields__},
                        "start": spot[0],
                        "end": spot[1],
                    }
                )
            )
        claim = Claim(
            id=f"{article}:{start}:{kind.value}:{next(self._numbers)}",
            article=article,
            start=start,
            end=start + len(text),
            quote=text,
            kind=kind,
            status=status,
            places=tuple(found),
            quantity=Quantity(
                low=figure[0],
                high=figure[1],
                best=None,
                unit=figure[3] if len(figure) > 3 else "people",
                words=figure[2],
            )
            if figure
            else None,
            date=When(start=days[0], end=days[1], words=days[2], basis="relative")
            if days
            else None,
            **more,
        )
        self.claims.append(claim)
        self.sentences.append(
            SentenceRecord(article=article, start=start, end=start + len(text), text=text)
        )
        return claim

    def extraction(self, *, order=None):
        articles = [
            Article(
                id=name,
                text=a["text"],
                published_on=a["published_on"],
                published_on_basis=a["basis"] if a["published_on"] else None,
            )
            for name, a in self.articles.items()
        ]
        if order is not None:
            articles = [articles[i] for i in order]
        names = [a.id for a in articles]
        claims = sorted(self.claims, key=lambda c: (names.index(c.article), c.start))
        return Extraction(
            articles=tuple(articles), sentences=tuple(self.sentences), claims=tuple(claims)
        )


def campaign():
    """Two articles about one campaign: the case most tests look at."""
    desk = Desk().article("one", published_on=DAY).article("two", published_on=DAY)
    desk.say(
        "one",
        "The River Front has captured Alba and Dumo.",
        Kind.CONTROL_CHANGE,
        place("t:alba"),
        place("t:dumo"),
        actor=RIVALS,
        from_actor=ARMY,
    )
    desk.say(
        "two",
        "Fighters walked into Dumo and Alba this week.",
        Kind.CONTROL_CHANGE,
        place("t:dumo"),
        place("t:alba"),
        actor=RIVALS,
        from_actor=ARMY,
        days=(date(2031, 5, 4), DAY, "this week"),
    )
    desk.say(
        "one",
        "Bero fell to them, the River Watch Group (RWG) said.",
        Kind.CONTROL_CHANGE,
        place("t:bero"),
        status=Status.CLAIMED,
        actor=RIVALS,
        from_actor=ARMY,
        attribution=MONITOR,
    )
    desk.say(
        "two",
        "They took villages around Caro.",
        Kind.CONTROL_CHANGE,
        place("t:caro", Role.NEAR),
        actor=RIVALS,
        from_actor=ARMY,
    )
    desk.say(
        "one",
        "They stand 7 km from the outskirts of Caro, the River Watch Group (RWG) said.",
        Kind.ADVANCE,
        place("t:caro", Role.NEAR, distance_km=7.0),
        status=Status.CLAIMED,
        actor=RIVALS,
        attribution=MONITOR,
    )
    desk.say(
        "two",
        "The Front is closing in on Caro.",
        Kind.THREAT,
        place("t:caro", Role.NEAR),
        actor=RIVALS,
    )
    desk.say(
        "one",
        "Several thousand people have left Caro.",
        Kind.DISPLACEMENT,
        place("t:caro", Role.ORIGIN),
        figure=(2000, 9999, "Several thousand"),
    )
    desk.say(
        "two",
        "Some 20,000 are on the way from Caro to the shore, the River Watch Group (RWG) said.",
        Kind.DISPLACEMENT,
        place("t:caro", Role.ORIGIN),
        place("region:sd-shore", Role.DESTINATION, "the shore"),
        status=Status.CLAIMED,
        attribution=MONITOR,
        figure=(18000, 22000, "Some 20,000"),
    )
    desk.say(
        "one",
        "In all of Sudan 300,000 people are uprooted, the United Nations counts.",
        Kind.DISPLACEMENT,
        place("iso:SD", Role.REGION),
        status=Status.CLAIMED,
        attribution=Attribution(name="United Nations", role="organisation", words="United Nations"),
        figure=(300000, 300000, "300,000 people"),
    )
    desk.say(
        "two",
        "The loss of Caro could decide the war.",
        Kind.CONTROL_CHANGE,
        place("t:caro"),
        status=Status.HYPOTHETICAL,
        actor=RIVALS,
        reasons=(reason_of("status:hypothetical:could"),),
    )
    return desk
