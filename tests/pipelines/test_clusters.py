"""Which mention belongs to which."""

import pytest

from pipelines.clusters import Member, keys, moment, preference
from pipelines.speech import name_of
from pipelines.wording import LEAST_SHARED, Words, kept
from press.coverage import Match, Mention, QuoteKind, mention_id

WHOLE = (
    "The ferry should never carry coal again, and the ministry knows it, but that is exactly what "
    "the harbour board is planning."
)


def member(
    text: str,
    *,
    outlet: str = "a",
    speaker: str | None = None,
    kind: QuoteKind = "sentence",
    date: str = "2031-04-02",
) -> Member:
    url = f"https://{outlet}.example/"
    return Member(
        Mention(
            id=mention_id(url, "body", 0, len(text), text),
            article=url,
            outlet=outlet,
            where="body",
            start=0,
            end=len(text),
            text=text,
            kind=kind,
            speaker=speaker,
            date=date,
            keys=keys(text, speaker=speaker),
        )
    )


def belongs(child: Member, parent: Member, *, supported: bool = False) -> bool:
    return preference(child, parent, lambda *_: supported) is not None


CUTS = {
    "an end": "The ferry should never carry coal again, and the ministry knows",
    "house style": "“The Ferry should never carry coal again, and the Ministry’s known it …”",
    "an ellipsis": WHOLE.replace(", and the ministry knows it,", " ..."),
    "brackets": WHOLE.replace("The ferry should", "[The] ferry must").replace("that is", "that’s"),
    "another word": WHOLE.replace("never", "always").replace("planning", "plotting"),
}


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS.keys())
def test_a_cut_or_altered_sentence_belongs_to_the_whole(cut: str) -> None:
    assert belongs(member(cut), member(WHOLE, outlet="b", date="2031-04-01"))


@pytest.mark.parametrize(
    "other",
    [
        "The ferry should never carry passengers who have not paid for their own luggage.",
        "That is exactly what the harbour board has been telling every newspaper since spring.",
        "Coal is what the ministry should carry.",
    ],
)
def test_sentences_that_share_a_turn_of_phrase_stay_apart(other: str) -> None:
    one, two = member(other), member(WHOLE, outlet="b")
    assert not belongs(one, two)
    assert not belongs(two, one)


def test_two_cuts_without_the_sentence_they_share_stay_apart() -> None:
    head = member("The ferry should never carry coal again, and the ministry knows it")
    tail = member("the ministry knows it, but that is exactly what the harbour board is planning")
    assert not belongs(head, tail)
    assert not belongs(tail, head)


def test_a_fragment_needs_support() -> None:
    fragment, whole = member("carry coal again"), member(WHOLE, outlet="b")
    assert not belongs(fragment, whole)
    assert belongs(fragment, whole, supported=True)


def test_a_fragment_is_supported_by_its_speaker_under_a_shorter_name() -> None:
    whole = member(WHOLE, outlet="b", speaker="Harbour Minister Ada Brook")
    assert belongs(member("carry coal again", speaker="Brook"), whole)
    assert belongs(member("coal", speaker="Brook"), whole)
    assert not belongs(member("carry coal again", speaker="Tom Reed"), whole, supported=True)


def test_a_description_or_pronoun_supports_nothing() -> None:
    for speaker in ("officials", "He", "the union"):
        whole = member(WHOLE, outlet="b", speaker=speaker)
        assert not belongs(member("carry coal again", speaker=speaker), whole)


def test_another_speaker_parts_short_texts_and_not_long_ones() -> None:
    short = "Our thoughts and prayers are with the fishermen of the valley."
    assert belongs(member(short, speaker="Ada Brook"), member(short, date="2031-04-01"))
    assert not belongs(
        member(short, speaker="Ada Brook"),
        member(short, outlet="b", speaker="Tom Reed", date="2031-04-01"),
    )
    assert belongs(
        member(WHOLE, speaker="Ada Brook"),
        member(WHOLE, outlet="b", speaker="Tom Reed", date="2031-04-01"),
    )


def test_a_term_belongs_to_the_same_term_only() -> None:
    term = member("coal ferry", kind="scare")
    assert not belongs(term, member("The coal ferry sank.", outlet="b"), supported=True)
    assert belongs(
        term, member("“Coal ferry”", outlet="b", kind="scare", date="2031-04-01"), supported=True
    )


def test_of_equal_texts_the_earliest_is_the_parent() -> None:
    early, late = member(WHOLE, date="2031-04-02T08:00:00+02:00"), member(WHOLE, outlet="b")
    assert belongs(late, early)
    assert not belongs(early, late)


def test_times_sort_across_zones_and_before_their_bare_date() -> None:
    printed = ["2031-04-02", "2031-04-02T08:00:00+02:00", "2031-04-02T07:00:00Z", "2031-04-01"]
    assert sorted(printed, key=moment) == [
        "2031-04-01",
        "2031-04-02T08:00:00+02:00",
        "2031-04-02T07:00:00Z",
        "2031-04-02",
    ]


def test_whoever_can_be_linked_shares_as_many_keys_as_a_search_relies_on() -> None:
    for cut in CUTS.values():
        short, long = sorted((Words(cut), Words(WHOLE)), key=len)
        runs = [{key for key in keys(text) if key[0] == "3"} for text in (cut, WHOLE)]
        assert kept(short, long) > 0
        assert len(runs[0] & runs[1]) >= short.shared >= LEAST_SHARED


def test_a_paraphrase_ties_a_mention_to_no_line() -> None:
    def matched(relation: str) -> tuple[str, ...]:
        match = Match(
            statement="letter",
            line=1,
            line_text=WHOLE,
            start=0,
            end=4,
            where="body",
            text="coal",
            relation=relation,  # type: ignore[arg-type]
            similarity=0.5,
        )
        return keys("coal", matches=(match,))

    assert matched("paraphrase") == keys("coal")
    assert len(matched("altered")) == len(keys("coal")) + 1


def test_keys_are_few_and_without_repetition() -> None:
    found = keys(WHOLE * 200, speaker="Ada Brook")
    assert len(found) == len(set(found)) < 100
    assert list(found) == sorted(found)


def test_names_agree_by_their_parts() -> None:
    assert name_of("Sen. Ada Brook").agrees(name_of("Brook"))
    assert name_of("Brook’s").agrees(name_of("Ada Brook"))
    assert not name_of("Ada Brook").agrees(name_of("Tom Brook"))
    assert not name_of("Ada Brook").differs(name_of("Tom Brook"))
    assert name_of("Ada Brook").differs(name_of("Tom Reed"))
    assert not name_of(None).differs(name_of("Tom Reed"))
