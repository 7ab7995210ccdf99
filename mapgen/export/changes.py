"""Compare two states of a map, and word what is new, changed and gone.

What may be shown comes in; a `MapState` that can be kept goes out. Two of them give `Changes`, as
JSON for programs and as Markdown for people.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from mapgen.core.words import quoted
from mapgen.export.report.markdown import escaped
from mapgen.model import Kind
from mapgen.situation.cards import card_groups, title_of, when_of
from mapgen.situation.certainty import sureness_of
from mapgen.situation.figure_words import figure_lines
from mapgen.situation.title_block import meta_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapgen.drawing.data.page_records import PageData
    from mapgen.model import Article, Event
    from mapgen.situation.shown import Shown

_COMPARED = ("title", "when", "standing", "sure", "figures", "articles")
_HOLDING = frozenset({Kind.CONTROL_CHANGE.value, Kind.CONTROL_STATE.value})
_NAMES = {
    "title": "title",
    "when": "day",
    "standing": "standing",
    "sure": "certainty",
    "figures": "figures",
    "articles": "articles",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """A happening on the map, as its card shows it."""

    key: str  # the kind, who acts, and the places: what makes it this happening
    title: str
    kind: str
    when: str
    standing: str
    sure: str
    figures: tuple[str, ...]
    articles: tuple[str, ...]  # ids


@dataclass(frozen=True, kw_only=True, slots=True)
class MapState:
    """What a map shows, as far as two of its states are compared."""

    title: str
    as_of: str
    articles: Mapping[str, str]  # id to title, source and day in one line
    happenings: tuple[Happening, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the state as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> MapState:
        """Return the state of a record that `to_json` made.

        Raises
        ------
        KeyError, TypeError
            If the record was made by another version.
        """
        happenings = []
        for told in record["happenings"]:
            lists = {name: tuple(told[name]) for name in ("figures", "articles")}
            happenings.append(Happening(**{**told, **lists}))
        return cls(
            title=record["title"],
            as_of=record["as_of"],
            articles=dict(record["articles"]),
            happenings=tuple(happenings),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """A happening that the map showed before, and shows in another way now."""

    before: Happening
    after: Happening

    @property
    def fields(self) -> list[str]:
        """The fields that differ."""
        differ = [f for f in _COMPARED if getattr(self.before, f) != getattr(self.after, f)]
        undated = _no_day(self.before.when) and _no_day(self.after.when)
        return [f for f in differ if not (f == "when" and undated)]


def _no_day(when: str) -> bool:
    """Whether no day is stated: "date not stated; shown on 24 Apr" tells only where it is drawn."""
    return not any(letter.isdigit() for letter in when.split(";", maxsplit=1)[0])


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What is new, changed and gone on a map."""

    title: str
    as_of: str
    as_of_before: str | None  # None for the first map
    new: tuple[Happening, ...]
    changed: tuple[Changed, ...]
    gone: tuple[Happening, ...]
    new_articles: Mapping[str, str]
    changed_articles: Mapping[str, str]
    gone_articles: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        """Return the changes as JSON can hold them."""
        changed = [{**asdict(c.after), "was": _was(c)} for c in self.changed]
        return {
            "title": self.title,
            "as_of": self.as_of,
            "as_of_before": self.as_of_before,
            "new": [asdict(happening) for happening in self.new],
            "changed": changed,
            "gone": [asdict(happening) for happening in self.gone],
            "articles": {
                "new": dict(self.new_articles),
                "changed": dict(self.changed_articles),
                "gone": dict(self.gone_articles),
            },
        }

    def to_markdown(self) -> str:
        """Return the changes as Markdown."""
        lines = [f"# {escaped(self.title)}", "", escaped(_day_line(self)), ""]
        if not (self.new or self.changed or self.gone):
            lines += ["The map shows the same happenings as before.", ""]
        for name, happenings in (("New", self.new), ("No longer on the map", self.gone)):
            if happenings:
                lines += [f"## {name}", "", *map(_line, happenings), ""]
        if self.changed:
            lines += ["## Changed", "", *map(_changed_line, self.changed), ""]
        for name, articles in (
            ("New articles", self.new_articles),
            ("Changed articles", self.changed_articles),
            ("Articles that are gone", self.gone_articles),
        ):
            if articles:
                lines += [
                    f"## {name}",
                    "",
                    *(f"- {escaped(line)}" for line in articles.values()),
                    "",
                ]
        return "\n".join(lines)


def state_of(shown: Shown) -> MapState:
    """Return what a map shows.

    Parameters
    ----------
    shown
        What may be shown.
    """
    meta = meta_of(shown)
    happenings = [
        _happening(shown, event)
        for group in card_groups(shown)
        for event in group
        if shown.may_draw(event)
    ]
    return MapState(
        title=meta["title"],
        as_of=meta["as_of_text"],
        articles={a.id: _article_line(a) for a in shown.articles.values()},
        happenings=tuple(happenings),
    )


def state_of_page(data: PageData) -> MapState:
    """Return what the cards of a page show, which older pages have as well.

    Parameters
    ----------
    data
        Data of the page.
    """
    articles = data["meta"]["articles"]
    return MapState(
        title=str(data["meta"]["title"]),
        as_of=str(data["meta"]["as_of_text"]),
        articles={key: str(facts.get("label") or key) for key, facts in articles.items()},
        happenings=tuple(
            Happening(
                key="/".join([card["kind"], card["side"] or "", *card.get("places", ())]),
                title=str(card["title"]),
                kind=card["kind"],
                when=str(card["when"]),
                standing=card["standing"],
                sure=str(card.get("sure") or ""),
                figures=(),  # the title has them
                articles=tuple(dict.fromkeys(quote["article"] for quote in card["quotes"])),
            )
            for card in data["cards"]
        ),
    )


def changes_between(
    before: MapState | None, after: MapState, *, changed_articles: Iterable[str] = ()
) -> Changes:
    """Return what is new, changed and gone.

    Parameters
    ----------
    before
        The earlier state; None for the first map, on which all is new.
    after
        The later state.
    changed_articles
        Ids of the articles of which the text is another one.
    """
    old_articles = before.articles if before else {}
    new, changed, gone = _matched(before.happenings if before else (), after.happenings)
    edited = {a for a in changed_articles if a in old_articles and a in after.articles}
    return Changes(
        title=after.title,
        as_of=after.as_of,
        as_of_before=before.as_of if before else None,
        new=tuple(new),
        changed=tuple(changed),
        gone=tuple(gone),
        new_articles={a: t for a, t in after.articles.items() if a not in old_articles},
        changed_articles={a: t for a, t in after.articles.items() if a in edited},
        gone_articles={a: t for a, t in old_articles.items() if a not in after.articles},
    )


def _matched(
    before: Sequence[Happening], after: Sequence[Happening]
) -> tuple[list[Happening], list[Changed], list[Happening]]:
    """Match happenings by what they are: first those of one day, then the others.

    At last changes of who holds a place are matched, with another actor: a town that one side had
    taken is contested now.
    """
    waiting: dict[str, list[Happening]] = defaultdict(list)
    for happening in before:
        waiting[happening.key].append(happening)
    pairs: list[tuple[Happening, Happening]] = []
    unmatched: list[Happening] = []
    for happening in after:
        same = [h for h in waiting[happening.key] if h.when == happening.when]
        if same:
            waiting[happening.key].remove(same[0])
            pairs.append((same[0], happening))
        else:
            unmatched.append(happening)
    others = []
    for happening in unmatched:
        if waiting[happening.key]:
            pairs.append((waiting[happening.key].pop(0), happening))
        else:
            others.append(happening)
    there: dict[tuple[str, ...], list[Happening]] = defaultdict(list)
    for happening in [h for left in waiting.values() for h in left]:
        there[_ground(happening.key)].append(happening)
    new = []
    for happening in others:
        same = there[_ground(happening.key)]
        if same and happening.kind in _HOLDING:
            pairs.append((same[0], happening))
            waiting[same[0].key].remove(same.pop(0))
        else:
            new.append(happening)
    changed = [Changed(before=old, after=now) for old, now in pairs]
    gone = [happening for left in waiting.values() for happening in left]
    return new, [one for one in changed if one.fields], gone


def _ground(key: str) -> tuple[str, ...]:
    """Return the kind and the places of a key, without who acts."""
    kind, _, *places = key.split("|" if "|" in key else "/")
    return (kind, *places)


def _happening(shown: Shown, event: Event) -> Happening:
    places = sorted(f"{p.role.value}:{p.place_id or p.surface}" for p in event.places)
    actor = event.actor.id if event.actor else ""
    return Happening(
        key="|".join((event.kind.value, actor, *places)),
        title=title_of(shown, [event]),
        kind=event.kind.value,
        when=when_of(shown, event),
        standing=event.standing.value,
        sure=sureness_of(event.claims, shown.situation.decisions),
        figures=tuple(figure_lines(event)),
        articles=tuple(sorted({claim.article for claim in event.claims})),
    )


def _article_line(article: Article) -> str:
    """Return the title, or the id, the source and the day of an article in one line."""
    name = quoted(article.title) if article.title else article.id
    day = article.published_on.isoformat() if article.published_on else "undated"
    return ", ".join(part for part in (name, article.source, day) if part)


def _day_line(changes: Changes) -> str:
    if changes.as_of_before is None:
        return f"The first map: {changes.as_of}."
    if changes.as_of_before == changes.as_of:
        return f"{changes.as_of}."
    return f"{changes.as_of}; before: {changes.as_of_before}."


def _line(happening: Happening) -> str:
    parts = (happening.title, happening.when, happening.standing, *happening.figures)
    return f"- {escaped('; '.join(part for part in parts if part))}"


def _changed_line(changed: Changed) -> str:
    told = ", ".join(
        f"before: {changed.before.title}"
        if field == "title"
        else f"{_NAMES[field]}: {_words(changed.before, field)} → {_words(changed.after, field)}"
        for field in changed.fields
    )
    return f"- {escaped(f'{changed.after.title}; {told}')}"


def _words(happening: Happening, field: str) -> str:
    value = getattr(happening, field)
    return ", ".join(value) or "none" if isinstance(value, tuple) else str(value or "none")


def _was(changed: Changed) -> dict[str, Any]:
    return {field: getattr(changed.before, field) for field in changed.fields}
