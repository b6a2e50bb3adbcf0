"""What kind of word a token is, as far as its form and its neighbours tell.

Closed classes are listed; a form that may be verb or noun (*claims*, *report*) is told by the word
before it.
"""

from collections.abc import Sequence

from pipelines.cues import Cues
from pipelines.frames import Token

DETERMINERS = frozenset(
    "the a an this these those his her its their our my your some many most several one two "
    "three four five six seven eight nine ten another other both each every no all any few more "
    "dozens hundreds thousands numerous various certain such".split()
)


AUXILIARIES = frozenset(
    "is are was were be been being am has have had having do does did will would can could may "
    "might must shall should 's 'd 'll isn't aren't wasn't weren't hasn't haven't hadn't "
    "doesn't don't didn't won't wouldn't can't cannot couldn't mustn't shouldn't ain't got".split()
)


ADVERBS = frozenset(
    "also later then once again even just only still now never always often further finally "
    "soon too not today yesterday tonight tomorrow earlier recently repeatedly first ever all "
    "both monday tuesday wednesday thursday friday saturday sunday reportedly quickly simply "
    "flatly himself herself themselves itself instead meanwhile however afterward afterwards "
    "twice long so far away back aloud out up".split()
)


PREPOSITIONS = frozenset(
    "of for at in on from with by to during after before about against among into over through "
    "under within without near outside inside since until per via despite amid between around "
    "behind beyond upon toward towards across like following".split()
)


SUBORDINATORS = frozenset(
    "that because while when whenever as if but where whereas although though unless whether so "
    "than how why what yet nor or".split()
)


RELATIVES = frozenset("who which that whose whom".split())


CLITICS = frozenset("what's that's it's he's she's who's there's here's they're we're i'm".split())


TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december today yesterday week month year".split()
)


OPEN, SHUT = frozenset("(["), frozenset(")]")


MODALS = frozenset(
    "to will would can could may might must should did do does not didn't don't doesn't".split()
)


ADJECTIVES = frozenset(
    "retired united proposed alleged unnamed related armed elected registered unidentified "
    "appointed disgraced celebrated established concerned disabled injured accused undersigned "
    "limited experienced educated undecided so-called seasoned hundred".split()
)


COMMON_VERBS = frozenset(
    "offers sells provides gives goes makes takes gets keeps seems appears wants needs uses "
    "went made took gave came got kept left ran won lost met led sent sat stood stuck shot hit "
    "cut let broke rose fell drew grew began put set spent sold built brought bought caught "
    "fought held paid threw turned tried plans hopes leads runs wins faces joins plays looks "
    "works tries comes stands sits remains becomes became supports opposes likes enjoys "
    "declined".split()
)


def is_word(token: Token) -> bool:
    return token.quote < 0 and token.text[0].isalnum()


def is_name(token: Token) -> bool:
    """Whether the token is spelt as (part of) a name."""
    return token.quote < 0 and (token.text[0].isupper() or token.text[0] == "@")


def is_adverb(token: Token) -> bool:
    low = token.low
    return low in ADVERBS or (low.endswith("ly") and len(low) > 4 and not token.text[0].isupper())


def is_noun_here(tokens: Sequence[Token], i: int) -> bool:
    """Whether a form that may be a verb (*claims*, *report*) follows what only nouns follow."""
    if i == 0:
        return False
    before = tokens[i - 1]
    if before.quote >= 0 or not is_word(before):
        return False
    low = before.low
    if low.endswith(("'s", "s'")) and low not in {"he's", "she's", "it's", "that's", "who's"}:
        return True
    if low in DETERMINERS and low not in {"both", "all", "many", "some", "several", "most", "few"}:
        return True
    return low in {"of", "for", "in", "on", "with", "by", "from", "own", "new", "public", "written"}


_PAST = frozenset("said told wrote spoke thought felt knew held meant saw went began swore".split())


_BARE = frozenset(
    "say tell add ask write call note report claim demand fear answer argue think find feel "
    "hope mean know show speak warn point pledge vow comment question quote request plead text "
    "post hold hear see go believe praise announce urge state insist suggest tweet describe "
    "dismiss accuse chant respond reply offer order agree reveal promise worry want paint cast "
    "brand label blast tear trash mock slam raise voice issue express estimate predict "
    "conclude".split()
)


def verb_kind(tokens: Sequence[Token], i: int, cues: Cues) -> str:
    """``say``, ``call`` or ``weak`` for a reporting verb at `i`, empty for a noun or other word."""
    token = tokens[i]
    low = token.low
    kind = (
        "say"
        if low in cues.say
        else "call"
        if low in cues.call
        else "weak"
        if low in cues.weak
        else ""
    )
    if not kind or token.quote >= 0:
        return ""
    if token.text[0].isupper() and i > 0 and low != "tweeted":
        return ""
    if low in _PAST or low.endswith("ed"):
        return kind
    if i and tokens[i - 1].low in cues.helpers:
        return kind
    if is_noun_here(tokens, i):
        return ""
    if low in _BARE:
        # A bare form needs a plural subject or a helper: “they say”, “to call”, “allies say”.
        before = tokens[i - 1] if i else None
        if before is None or not is_word(before):
            return ""
        b = before.low
        plural = b.endswith("s") and not b.endswith("'s")
        helped = b in MODALS or b in {"they", "we", "i", "you", "who", "and", "people"}
        paired = is_name(before) and any(tokens[k].low == "and" for k in range(max(0, i - 4), i))
        return kind if helped or plural or paired or is_adverb(before) else ""
    return kind


def is_finite(tokens: Sequence[Token], i: int, cues: Cues, *, weak: bool = False) -> bool:
    """Whether token `i` is a finite reporting verb; with `weak` also one that reports seldom."""
    kind = verb_kind(tokens, i, cues)
    return bool(kind) and (weak or kind != "weak")


def is_verbal(tokens: Sequence[Token], k: int, first: int) -> bool:
    """Whether the lower-case word at `k` is more likely a verb than a part of the phrase."""
    t = tokens[k]
    if is_name(t) or not t.text[0].isalpha():
        return False
    if tokens[k - 1].low in DETERMINERS or t.low in ADJECTIVES:
        return False
    if t.low.endswith("ed") and len(t.low) > 3 and t.low not in {"need", "feed", "seed"}:
        return k > first + 1 or is_name(tokens[k - 1])
    return t.low in COMMON_VERBS
