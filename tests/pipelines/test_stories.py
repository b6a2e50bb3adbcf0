"""Which articles are copies of one story."""

import random

from pipelines import stories
from pipelines.stories import Copy, copied
from press.coverage import Analysis, Article, Match, PrintedDate, Quote

WORDS = [f"{a}{b}" for a in ("har", "fer", "coa", "mil", "sto") for b in ("bo", "ry", "li", "ne")]


def prose(seed: int, length: int = 150) -> str:
    rng = random.Random(seed)
    words = [rng.choice(WORDS) + str(rng.randint(0, 99)) for _ in range(length)]
    return " ".join(words)


def copy(
    body: str,
    *,
    outlet: str = "Valley Post",
    url: str | None = None,
    canonical: str | None = None,
    credit: str | None = None,
    published: str | None = "2031-04-02",
    quoted: str | None = None,
    matched: str | None = None,
) -> Copy:
    host = outlet.lower().replace(" ", "")
    url = url or f"https://{host}.example/{len(body)}"
    article = Article(
        url=url,
        canonical_url=canonical or url,
        outlet=outlet,
        credit=credit,
        published=PrintedDate(value=published, source="meta") if published else None,
        body=body,
    )
    quotes, matches = (), ()
    if quoted:
        at = body.index(quoted)
        quotes = (
            Quote(text=quoted, start=at, end=at + len(quoted), where="body", kind="sentence"),
        )
    if matched:
        at = body.index(matched)
        matches = (
            Match(
                statement="letter",
                line=1,
                line_text=matched,
                start=at,
                end=at + len(matched),
                where="body",
                text=matched,
                relation="verbatim",
                similarity=1.0,
            ),
        )
    return Copy(
        Analysis(
            article=article,
            quotes=quotes,
            matches=matches,
            first_fetched="2031-05-01",
            keys=stories.keys(article),
        )
    )


def test_a_copy_cut_short_and_edited_is_the_same_story() -> None:
    story = prose(1)
    edited = story[: len(story) // 2].replace(" ", " (sic) ", 2)
    assert copied(copy(story), copy(edited, outlet="Hill Times")) > 0.9


def test_articles_written_apart_are_two_stories_whatever_they_quote() -> None:
    release = prose(3, 400)
    one = f"{prose(1)} “{release}” he said"
    other = f"{prose(2)} “{release}” he said"
    assert not copied(copy(one, quoted=release), copy(other, outlet="Hill Times", quoted=release))
    unmarked = [text.replace("“", "").replace("”", "") for text in (one, other)]
    assert not copied(
        copy(unmarked[0], matched=release), copy(unmarked[1], outlet="Hill Times", matched=release)
    )


def test_a_round_up_is_no_copy_of_its_items() -> None:
    items = [prose(number) for number in range(8)]
    assert not copied(copy(items[2]), copy("\n\n".join(items), outlet="Hill Times"))


def test_an_outlet_s_template_makes_no_story() -> None:
    template = prose(9, 120)
    one, other = f"{prose(1, 25)} {template}", f"{prose(2, 25)} {template}"
    assert not copied(copy(one), copy(other, url="https://valleypost.example/2"))


def test_a_short_item_tells_nothing() -> None:
    assert not copied(copy(prose(1, 30)), copy(prose(1, 30), outlet="Hill Times"))


def test_who_is_most_likely_the_original() -> None:
    """The wire itself, then no credit, then the earliest, then the longest, then the URL."""
    body = prose(1)
    ordered = [
        copy(body, outlet="The Associated Press", credit="AP", published="2031-04-09"),
        copy(body, outlet="Early Bird", published="2031-04-01"),
        copy(body + " more", outlet="Valley Post"),
        copy(body, outlet="Alpha"),
        copy(body, outlet="Beta"),
        copy(body, outlet="Undated", published=None),
        copy(body, outlet="Hill Times", credit="Associated Press", published="2031-03-01"),
        copy(
            body,
            outlet="Mirror",
            url="https://mirror.example/x",
            canonical="https://other.example/x",
        ),
    ]
    assert sorted(ordered, key=lambda c: c.rank) == ordered


def test_keys_are_bounded_and_shared_by_any_long_common_stretch() -> None:
    body, part = prose(1, 20_000), prose(2, 21)
    assert len(stories.keys(Article(url="", canonical_url="", outlet="", body=body))) <= 400

    def article(text: str) -> Article:
        return Article(url="", canonical_url="", outlet="", body=text)

    one = stories.keys(article(f"{prose(3)} {part} {prose(4)}"))
    other = stories.keys(article(f"{prose(5)} {part} {prose(6)}"))
    assert set(one) & set(other)
