"""What every engine promises (`search.index`)."""

from msgspec.structs import replace

from press.coverage import Outcome
from search.index import Batch, Index
from search.query import parse
from tests.search.builders import analysis, child, match, mention, page, quoting, root, url
from tests.search.conftest import Engine

ORCHARD = "The old orchard belongs to everyone in the valley."
MILL = "Nobody asked the millers what they wanted."
A, B, C = (mention(name, ORCHARD) for name in "abc")


def ids(*analyses: object) -> list[str]:
    return sorted(m.id for a in analyses for m in a.mentions)  # type: ignore[attr-defined]


def everything(index: Index) -> list[object]:
    return [
        list(index.articles(on_topic=None)),
        list(index.mentions()),
        list(index.ledger()),
        index.cluster_links(),
        index.story_links(),
        index.unlinked(),
        index.counts(),
        list(index.hits(parse(""))),
    ]


def settled(index: Index, *names: str) -> None:
    """Write articles that share a quotation, the first one's as the root of the others'."""
    made = [quoting(name, ORCHARD) for name in names]
    index.write(Batch(analyses=tuple(made)))
    first, *others = (a.mentions[0].id for a in made)
    index.write(
        Batch(
            clusters=(root(first), *(child(other, first) for other in others)),
            stories=(root(url(names[0])), *(child(url(n), url(names[0])) for n in names[1:])),
        )
    )


def test_an_empty_index_answers_everything_with_nothing(index: Index) -> None:
    assert list(index.articles(on_topic=None)) == []
    assert list(index.hits(parse("orchard"))) == []
    assert index.unlinked() == ([], [])
    assert set(index.counts()) == {
        "articles",
        "mentions",
        "clusters",
        "stories",
        "off_topic",
        "urls",
    }
    assert set(index.counts().values()) == {0}
    assert index.article(url("a")) is None
    assert index.fact("digest") is None
    assert index.url_states([]) == {}


def test_an_article_reads_back_as_it_was_written(index: Index) -> None:
    title = mention("a", "A quoted title", where="title", kind="headline")
    late = mention("a", MILL, start=60, speaker="Ann Öz", matches=(match(MILL, start=60),))
    early = mention("a", ORCHARD, keys=("k1", "k2"))
    written = analysis("a", title, early, late, tier=2, keys=("s1",), release_of="orchard")
    index.write(Batch(analyses=(written,)))
    assert index.article(url("a")) == written
    assert list(index.articles()) == [written]
    assert list(index.mentions()) == [title, early, late]
    assert index.mentions_by_id([late.id, "nothing"]) == {late.id: late}


def test_what_is_written_is_there_when_the_index_is_opened_again(engine: Engine) -> None:
    first = engine()
    first.write(Batch(analyses=(quoting("a", ORCHARD),), facts=(("digest", "1"),)))
    before = everything(first)
    first.close()
    assert everything(engine()) == before


def test_writing_a_batch_twice_changes_nothing(index: Index) -> None:
    batch = Batch(
        analyses=(quoting("a", ORCHARD, MILL), quoting("b", ORCHARD)),
        urls=(page("a", outcome=Outcome.INDEXED),),
    )
    index.write(batch)
    once = everything(index)
    index.write(batch)
    assert everything(index) == once


def test_writing_the_same_analysis_again_leaves_its_links_settled(index: Index) -> None:
    settled(index, "a", "b")
    before = everything(index)
    index.write(Batch(analyses=(quoting("b", ORCHARD),)))
    assert everything(index) == before
    assert index.unlinked() == ([], [])


def test_the_order_of_batches_does_not_show(index: Index) -> None:
    index.write(Batch(analyses=(quoting("b", MILL),)))
    index.write(Batch(analyses=(quoting("a", ORCHARD),)))
    assert [a.article.canonical_url for a in index.articles()] == [url("a"), url("b")]
    hits = [hit.id for hit in index.hits(parse(""))]
    assert hits == sorted(hits)


def test_replacing_an_article_takes_its_old_words_and_links_away(index: Index) -> None:
    settled(index, "a", "b")
    new = quoting("b", MILL)
    index.write(Batch(analyses=(new,)))
    assert [hit.article for hit in index.hits(parse("orchard"))] == [url("a")]
    assert [hit.article for hit in index.hits(parse("millers"))] == [url("b")]
    assert list(index.cluster_links()) == [A.id]
    assert index.mentions_by_id([B.id]) == {}
    assert index.unlinked() == ([new.mentions[0].id], [url("b")])


def test_links_of_mentions_that_stay_stay_and_are_to_be_decided_again(index: Index) -> None:
    settled(index, "a", "b")
    index.write(Batch(analyses=(quoting("b", ORCHARD, MILL),)))
    assert index.cluster_links([B.id])[B.id].parent == A.id
    assert index.unlinked() == (ids(quoting("b", ORCHARD, MILL)), [url("b")])


def test_children_of_a_removed_mention_are_to_be_decided_again(index: Index) -> None:
    settled(index, "a", "b", "c")
    new = quoting("a", MILL)
    index.write(Batch(analyses=(new,)))
    due, articles = index.unlinked()
    assert due == sorted([B.id, C.id, new.mentions[0].id])
    assert articles == [url("a")]


def test_children_of_an_article_gone_off_topic_are_to_be_decided_again(index: Index) -> None:
    settled(index, "a", "b")
    index.write(Batch(analyses=(replace(quoting("a", ORCHARD), on_topic=False),)))
    assert index.unlinked() == ([B.id], [url("b")])
    assert list(index.story_links()) == [url("b")]


def test_a_link_settles_its_id_unless_its_parent_is_gone(index: Index) -> None:
    index.write(Batch(analyses=(quoting("a", ORCHARD), quoting("b", ORCHARD))))
    assert index.unlinked() == (sorted([A.id, B.id]), [url("a"), url("b")])
    index.write(Batch(clusters=(root(A.id), child(B.id, "gone")), stories=(root(url("a")),)))
    assert index.unlinked() == ([B.id], [url("b")])


def test_a_link_does_not_settle_what_the_same_batch_changes(index: Index) -> None:
    settled(index, "a")
    index.write(Batch(analyses=(quoting("a", ORCHARD, MILL),), clusters=(root(A.id),)))
    assert A.id in index.unlinked()[0]


def test_a_link_of_what_the_index_does_not_hold_is_passed_over(index: Index) -> None:
    index.write(Batch(analyses=(replace(quoting("a", ORCHARD), on_topic=False),)))
    index.write(Batch(clusters=(root(A.id), root("gone")), stories=(root(url("a")),)))
    assert index.cluster_links() == {}
    assert index.story_links() == {}


def test_links_are_found_by_id_and_by_parent(index: Index) -> None:
    settled(index, "a", "b", "c")
    assert index.cluster_links([B.id, "none"]) == {B.id: child(B.id, A.id)}
    assert index.cluster_children([A.id]) == {m.id: child(m.id, A.id) for m in (B, C)}
    assert index.cluster_children([B.id]) == {}
    assert index.story_links([url("a")]) == {url("a"): root(url("a"))}
    assert set(index.story_children([url("a")])) == {url("b"), url("c")}
    assert set(index.story_links()) == {url(name) for name in "abc"}


def test_an_off_topic_article_is_kept_and_shown_nowhere(index: Index) -> None:
    kept = replace(quoting("a", ORCHARD, keys=("s",)), on_topic=False)
    index.write(Batch(analyses=(kept,)))
    assert index.article(url("a")) == kept
    assert list(index.articles()) == []
    assert list(index.articles(on_topic=False)) == list(index.articles(on_topic=None)) == [kept]
    assert list(index.mentions()) == []
    assert list(index.hits(parse(""))) == []
    assert list(index.articles_sharing(["s"])) == []
    assert index.counts()["off_topic"] == 1
    assert index.counts()["articles"] == index.counts()["mentions"] == 0


def test_an_article_that_comes_back_on_topic_is_shown_again(index: Index) -> None:
    made = quoting("a", ORCHARD, keys=("s",))
    for on_topic in (True, False, True):
        index.write(Batch(analyses=(replace(made, on_topic=on_topic),)))
    assert list(index.articles_sharing(["s"])) == [made]
    assert [hit.id for hit in index.hits(parse("orchard"))] == [A.id]


def test_the_ledger_keeps_every_url_and_what_is_pending(index: Index) -> None:
    states = (
        page("b"),
        page("a", outcome=Outcome.INDEXED, run="r1", canonical_url=url("a")),
        page("c", outcome=Outcome.HTTP_ERROR, status=404, run="r2"),
        page("feed", kind="source"),
    )
    index.write(Batch(urls=states))
    assert [s.url for s in index.ledger()] == sorted(s.url for s in states)
    assert list(index.pending()) == [states[0]]
    assert list(index.ledger(run="r2")) == [states[2]]
    assert index.url_states([url("a"), url("none")]) == {url("a"): states[1]}
    assert index.article_urls([url("a"), url("b")]) == {url("a"): (states[1],)}
    index.write(Batch(urls=(replace(states[0], outcome=Outcome.ROBOTS),)))
    assert list(index.pending()) == []
    assert index.counts()["urls"] == 4


def test_an_articles_pages_are_in_order_of_url(index: Index) -> None:
    states = tuple(page(n, outcome=Outcome.DUPLICATE, canonical_url=url("x")) for n in "cab")
    index.write(Batch(urls=states))
    assert [s.url for s in index.article_urls([url("x")])[url("x")]] == [url(n) for n in "abc"]


def test_facts_are_replaced_one_by_one(index: Index) -> None:
    index.write(Batch(facts=(("digest", "1"), ("other", "x"))))
    index.write(Batch(facts=(("digest", "2"),)))
    assert (index.fact("digest"), index.fact("other")) == ("2", "x")


def test_undecided_mentions_and_articles_count_as_groups_of_their_own(index: Index) -> None:
    settled(index, "a", "b")
    index.write(Batch(analyses=(quoting("c", ORCHARD, MILL),)))
    counts = index.counts()
    assert (counts["articles"], counts["stories"]) == (3, 2)
    assert (counts["mentions"], counts["clusters"]) == (4, 3)


def test_candidates_share_at_least_one_key_and_come_once(index: Index) -> None:
    a = quoting("a", ORCHARD, keys=("s1", "s2"))
    a = replace(a, mentions=(replace(a.mentions[0], keys=("k1", "k2")),))
    b = replace(quoting("b", MILL, keys=("s3",)), mentions=())
    index.write(Batch(analyses=(a, b)))
    assert list(index.mentions_sharing(["k1", "k2", "k9"])) == list(a.mentions)
    assert list(index.articles_sharing(["s2", "s1"])) == [a]
    assert list(index.mentions_sharing([])) == []
    changed = replace(a, keys=("s4",), mentions=(replace(a.mentions[0], keys=("k4",)),))
    index.write(Batch(analyses=(changed,)))
    assert list(index.mentions_sharing(["k1"])) == []
    assert list(index.articles_sharing(["s1"])) == []
    assert list(index.mentions_sharing(["k4"])) == list(changed.mentions)


def test_a_hit_holds_what_groups_and_counts_need(index: Index) -> None:
    settled(index, "a", "b")
    own = mention("b", ORCHARD, speaker="Ann Öz", matches=(match(ORCHARD, relation="altered"),))
    index.write(Batch(analyses=(analysis("b", own, tier=3, own_site=True, release_of="orchard"),)))
    [hit] = index.hits(parse("speaker:oz"))
    assert (hit.id, hit.article, hit.outlet, hit.speaker) == (own.id, url("b"), "B", "Ann Öz")
    assert (hit.cluster, hit.story) == (A.id, url("a"))
    assert (hit.statements, hit.relations) == (("orchard",), ("altered",))
    assert (hit.tier, hit.own_site, hit.release_of) == (3, True, "orchard")
    assert hit.score == 0.0


def test_a_closer_text_scores_higher(index: Index) -> None:
    index.write(
        Batch(analyses=(quoting("a", "Orchard, orchard, orchard."), quoting("b", ORCHARD + MILL)))
    )
    hits = sorted(index.hits(parse("orchard"), scored=True), key=lambda h: -h.score)
    assert [hit.article for hit in hits] == [url("a"), url("b")]


def test_an_iterator_reads_one_state_while_the_index_is_written(index: Index) -> None:
    index.write(Batch(analyses=(quoting("a", ORCHARD), quoting("b", ORCHARD))))
    reading = index.articles()
    next(reading)
    index.write(Batch(analyses=(quoting("b", MILL), quoting("c", ORCHARD))))
    assert list(reading) == [quoting("b", ORCHARD)]


def test_any_number_of_ids_can_be_asked_for(index: Index) -> None:
    settled(index, "a")
    many = [f"https://{n}.example/" for n in range(40_000)]
    assert index.url_states(many) == {}
    assert index.mentions_by_id([*many, A.id]) == {A.id: A}
