"""Articles are named as a newspaper cites them, and each name is one article."""

from datetime import date

from mapgen.model import Article
from mapgen.situation.article_names import article_names

DAY = date(2025, 2, 14)


def named(*articles: Article) -> list[str]:
    return list(article_names(articles).values())


def article(number: int, **told: object) -> Article:
    return Article(id=f"a{number}", text="", **told)  # type: ignore[arg-type]


def test_outlet_and_day():
    told = article(1, source="BBC News", title="Rebels near Goma", published_on=DAY)
    assert named(told) == ["BBC News, 14 February 2025"]


def test_the_headline_stands_in_for_an_unknown_outlet():
    assert named(article(1, title="Rebels near Goma", published_on=DAY)) == [
        "Rebels near Goma, 14 February 2025"
    ]


def test_a_day_that_is_only_inferred_is_not_the_day_of_an_outlet():
    told = article(1, source="BBC News", published_on=DAY, published_on_basis="inferred")
    assert named(told) == ["BBC News"]


def test_nothing_known():
    assert named(article(1), article(2, source="Reuters"), article(3)) == [
        "Article 1",
        "Reuters",
        "Article 3",
    ]


def test_two_of_one_outlet_and_day_have_their_headlines():
    common = {"source": "Reuters", "published_on": DAY}
    assert named(
        article(1, title="Goma falls", **common),
        article(2, title="Thousands flee", **common),
        article(3, title="Goma falls", source="AFP", published_on=DAY),
    ) == [
        "Reuters, 14 February 2025: Goma falls",
        "Reuters, 14 February 2025: Thousands flee",
        "AFP, 14 February 2025",
    ]


def test_no_two_articles_share_a_name():
    names = named(*(article(n, source="Reuters", title="Same") for n in range(4)))
    assert len(set(names)) == 4
    assert names[3] == "Reuters: Same (article 4)"
