"""Who does what in a frame: noun phrases, subjects and reporting verbs, without a parser.

News prose puts its sources in few places: before the verb (*Trump said*), behind a comma-bracketed
apposition (*Huma Abedin, vice chair of …, said*), after an inverted verb (*said Steven Ekovich, a
broker*) or after a phrase (*according to the letter*). These functions read those places off the
tokens; what they cannot read they leave out.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.cues import Cues
from pipelines.frames import Token


class Phrase(NamedTuple):
    """A range of tokens, end exclusive."""

    start: int
    end: int


DETERMINERS = frozenset(
    "the a an this these those his her its their our my your some many most several one two three "
    "four five six seven eight nine ten another other both each every no all any few more dozens "
    "hundreds thousands numerous various certain such".split()
)
AUXILIARIES = frozenset(
    "is are was were be been being am has have had having do does did will would can could may might "
    "must shall should 's 'd 'll isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't "
    "didn't won't wouldn't can't cannot couldn't mustn't shouldn't ain't got".split()
)
ADVERBS = frozenset(
    "also later then once again even just only still now never always often further finally soon "
    "too not today yesterday tonight tomorrow earlier recently repeatedly first ever all both "
    "monday tuesday wednesday thursday friday saturday sunday reportedly quickly simply flatly "
    "himself herself themselves itself instead meanwhile however afterward afterwards twice "
    "long so far away back aloud out up".split()
)
PREPOSITIONS = frozenset(
    "of for at in on from with by to during after before about against among into over through under "
    "within without near outside inside since until per via despite amid between around behind "
    "beyond upon toward towards across like following".split()
)
SUBORDINATORS = frozenset(
    "that because while when whenever as if but where whereas although though unless whether so than "
    "how why what yet nor or".split()
)
RELATIVES = frozenset("who which that whose whom".split())
_CLITICS = frozenset("what's that's it's he's she's who's there's here's they're we're i'm".split())
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december today yesterday week month year".split()
)
OPEN, SHUT = frozenset("(["), frozenset(")]")
MODALS = frozenset(
    "to will would can could may might must should did do does not didn't don't doesn't".split()
)
LONGEST = 18
"""Tokens of a noun phrase; longer ones are two phrases that nothing divided."""
APPOSITION = 45
"""Tokens between a name and its verb across an apposition."""


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
    "say tell add ask write call note report claim demand fear answer argue think find feel hope mean "
    "know show speak warn point pledge vow comment question quote request plead text post hold hear "
    "see go believe praise announce urge state insist suggest tweet describe dismiss accuse chant "
    "respond reply offer order agree reveal promise worry want paint cast brand label blast tear "
    "trash mock slam raise voice issue express estimate predict conclude".split()
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


def left_phrase(tokens: Sequence[Token], last: int, lo: int, cues: Cues) -> Phrase | None:
    """The noun phrase whose last token is `last`."""
    a = last
    if tokens[a].text in SHUT:
        while a > lo and tokens[a].text not in OPEN:
            a -= 1
        a = max(a - 1, lo)
    if not is_word(tokens[a]):
        return None
    joined = False
    while a > lo and last - a < LONGEST:
        t = tokens[a - 1]
        if t.quote >= 0:
            break
        if t.text in SHUT:
            b = a - 1
            while b > lo and tokens[b].text not in OPEN:
                b -= 1
            if b <= lo:
                break
            a = b
            continue
        if not is_word(t):
            if t.text in "&-/'’":
                a -= 1
                continue
            break
        if (
            t.low in AUXILIARIES
            or t.low in SUBORDINATORS
            or t.low in RELATIVES
            or t.low in _CLITICS
        ):
            break
        if t.low in {"after", "before", "until", "since"} or t.low in _COMMON_VERBS:
            break
        if (
            t.low.endswith("ed")
            and a - 2 >= lo
            and is_name(tokens[a - 2])
            and t.low not in _ADJECTIVES
        ):
            break
        if t.low in cues.participles and not is_noun_here(tokens, a - 1):
            break
        if is_finite(tokens, a - 1, cues):
            break
        if t.low in cues.pronouns and t.low != "her":
            break
        joined = joined or t.low == "and"
        a -= 1
    # What stands before the phrase is known now: a clause's start, or a verb that needs an object.
    stopped_by_verb = a > lo and (
        tokens[a - 1].low in AUXILIARIES or is_finite(tokens, a - 1, cues)
    )
    if joined and stopped_by_verb:
        a = max(k for k in range(a, last + 1) if tokens[k].low == "and") + 1
    return _trim(tokens, a, last)


def _trim(tokens: Sequence[Token], a: int, last: int) -> Phrase | None:
    """Take leading adverbs, conjunctions and prepositional phrases off."""
    while a <= last and (
        (is_adverb(tokens[a]) and tokens[a].low not in {"both", "all"})
        or tokens[a].low in {"and", "but", "or"}
        or not is_word(tokens[a])
    ):
        a += 1
    if a > last:
        return None
    if tokens[a].low in PREPOSITIONS:
        a = _after_preposition(tokens, a, last)
    return Phrase(a, last + 1) if a <= last else None


def _after_preposition(tokens: Sequence[Token], a: int, last: int) -> int:
    """Where the subject starts after *In March*, *On Tuesday*, *At a rally in Iowa* …"""
    k = a + 1
    while k <= last and (tokens[k].low in TIMES or tokens[k].text.isdigit()):
        k += 1
    if k > a + 1 and k <= last:
        return k
    for k in range(last, a, -1):
        if tokens[k].low in DETERMINERS:
            return k
    k = last
    while k > a + 1 and is_name(tokens[k - 1]):
        k -= 1
    return k


_MORE = frozenset("other his her dozens some several many".split())


def right_phrase(tokens: Sequence[Token], first: int, hi: int, cues: Cues) -> Phrase | None:
    """The noun phrase that starts at `first`, with its *of* and *for* but no clause."""
    if first >= hi:
        return None
    t = tokens[first]
    if t.quote >= 0 or not is_word(t):
        return None
    if t.low in cues.pronouns or t.low in cues.first:
        return Phrase(first, first + 1)
    if (
        (t.low in AUXILIARIES and t.text[0].islower())
        or (t.low.endswith("ing") and t.text[0].islower() and not t.low.endswith("thing"))
        or t.low in SUBORDINATORS
        or t.low in PREPOSITIONS
        or t.low in _CLITICS
        or t.low in {"and", "who", "which", "whose"}
        or t.low in cues.participles
        or (is_adverb(t) and t.low not in {"both", "all"})
    ):
        return None
    if t.text[0].islower() and t.low not in DETERMINERS | _ADJECTIVES:
        verbal = t.low.endswith("ed") and len(t.low) > 3
        if verbal or (verb_kind(tokens, first, cues) and t.low not in cues.nouns):
            return None
    k = first + 1
    while k < hi and k - first < LONGEST:
        t = tokens[k]
        if t.quote >= 0:
            break
        if t.text in OPEN:
            b = k
            while b < hi and tokens[b].text not in SHUT:
                b += 1
            if b - k > 8 or b >= hi:
                break
            k = b + 1
            continue
        if not is_word(t):
            if t.text in "&-/'’":
                k += 1
                continue
            break
        if (t.low in AUXILIARIES and t.text[0].islower()) or t.low in RELATIVES:
            break
        if t.low in SUBORDINATORS:
            break
        settled = tokens[k - 1].low in DETERMINERS
        if (verb_kind(tokens, k, cues) and not settled) or t.low in _CLITICS:
            break
        if t.low in cues.participles or t.low in cues.weak_participles:
            break
        if _verbal(tokens, k, first):
            break
        if is_adverb(t) and not (k == first + 1 and tokens[first].low in DETERMINERS):
            break
        if t.low in cues.pronouns and t.low != "her":
            break
        if t.low in PREPOSITIONS and t.low not in {"of", "for", "at", "from", "with"}:
            break
        if t.low in {"at", "from", "with"} and is_name(tokens[k - 1]) and first < k - 1:
            break
        if (
            t.low == "and"
            and k + 1 < hi
            and not (
                is_name(tokens[k + 1])
                or tokens[k + 1].low in _MORE
                or tokens[first].low in DETERMINERS
                or tokens[k - 1].low.endswith("s")
            )
        ):
            break
        k += 1
    while k > first + 1 and tokens[k - 1].low in {"and", "of", "for", "at", "from", "with"}:
        k -= 1
    return Phrase(first, k)


_ADJECTIVES = frozenset(
    "retired united proposed alleged unnamed related armed elected registered unidentified appointed "
    "disgraced celebrated established concerned disabled injured accused undersigned limited "
    "experienced educated undecided so-called seasoned hundred".split()
)


_COMMON_VERBS = frozenset(
    "offers sells provides gives goes makes takes gets keeps seems appears wants needs uses went made took gave came got kept "
    "left ran won lost met led sent sat stood stuck shot hit cut let broke rose fell drew grew began "
    "put set spent sold built brought bought caught fought held paid threw turned tried plans hopes "
    "leads runs wins faces joins plays looks works tries comes stands sits remains becomes became supports opposes likes enjoys declined".split()
)


def _verbal(tokens: Sequence[Token], k: int, first: int) -> bool:
    """Whether the lower-case word at `k` is more likely a verb than a part of the phrase."""
    t = tokens[k]
    if is_name(t) or not t.text[0].isalpha():
        return False
    if tokens[k - 1].low in DETERMINERS or t.low in _ADJECTIVES:
        return False
    if t.low.endswith("ed") and len(t.low) > 3 and t.low not in {"need", "feed", "seed"}:
        return k > first + 1 or is_name(tokens[k - 1])
    return t.low in _COMMON_VERBS


def subject_before(tokens: Sequence[Token], verb: int, lo: int, cues: Cues) -> Phrase | None:
    """The subject of the finite verb at `verb`, sought leftwards down to `lo`."""
    i = verb - 1
    while (
        i >= lo
        and tokens[i].quote < 0
        and (tokens[i].low in AUXILIARIES or is_adverb(tokens[i]) or tokens[i].low in {"on", "to"})
    ):
        if tokens[i].low == "to":
            return sentence_subject(tokens, lo, verb, cues)
        i -= 1
    if i < lo:
        return None
    t = tokens[i]
    if t.quote >= 0:
        return None
    if t.low in cues.pronouns or t.low in cues.first:
        return Phrase(i, i + 1)
    if t.low in RELATIVES or t.low == "what":
        if t.low == "what":
            return None
        j = i - 1
        if j >= lo and tokens[j].text == ",":
            j -= 1
        return left_phrase(tokens, j, lo, cues) if j >= lo else None
    if t.low in {"and", "but", "or", "then"}:
        for k in range(i - 1, lo, -1):
            if tokens[k].quote >= 0 or tokens[k].text in ",;:":
                break
            if tokens[k].low == "who":
                return left_phrase(tokens, k - 1 - (tokens[k - 1].text == ","), lo, cues)
        return sentence_subject(tokens, lo, verb, cues)
    if t.text in {",", "—", "–", "--", "-"}:
        return _before_apposition(tokens, i, lo, cues)
    if t.text in SHUT or is_word(t):
        found = left_phrase(tokens, i, lo, cues)
        if found and found.start - 1 > lo and tokens[found.start].low in DETERMINERS:
            found = _named_before(tokens, found, lo, cues) or found
        if found and found.end - found.start == 1 and tokens[found.start].low in {"and", "that"}:
            return None
        return found
    return None


def _named_before(tokens: Sequence[Token], found: Phrase, lo: int, cues: Cues) -> Phrase | None:
    """*Sam Lau, the director of X said*: the name before an apposition that lacks its comma."""
    comma = found.start - 1
    if (
        tokens[comma].text != ","
        or not is_word(tokens[comma - 1])
        or not is_name(tokens[comma - 1])
    ):
        return None
    name = left_phrase(tokens, comma - 1, lo, cues)
    at_start = name is not None and (name.start == lo or not is_word(tokens[name.start - 1]))
    short = name is not None and name.end - name.start <= 6
    return name if at_start and short and tokens[lo].low not in PREPOSITIONS else None


def _before_apposition(tokens: Sequence[Token], comma: int, lo: int, cues: Cues) -> Phrase | None:
    """The phrase before an apposition or relative clause that ends at `comma`."""
    chunks: list[Phrase] = []
    end, depth = comma, 0
    for k in range(comma - 1, lo - 2, -1):
        at_edge = k < lo
        if not at_edge and tokens[k].text in SHUT:
            depth += 1
        if not at_edge and tokens[k].text in OPEN:
            depth -= 1
        if at_edge or (
            depth == 0
            and (tokens[k].quote >= 0 or tokens[k].text in {",", ";", ":", "—", "–", "--"})
        ):
            if k + 1 < end:
                chunks.append(Phrase(k + 1, end))
            end = k
            if at_edge or tokens[k].quote >= 0 or comma - k > APPOSITION or tokens[k].text in ";:":
                break
    if not chunks:
        return None
    if len(chunks) == 1:
        return sentence_subject(tokens, lo, comma, cues)
    # *CNN, Cruz said, called it …*: the parenthesis is the attribution.
    inner = chunks[0]
    if is_finite(tokens, inner.end - 1, cues) and inner.end - inner.start > 1:
        return left_phrase(tokens, inner.end - 2, inner.start, cues)
    # The last chunk is the apposition; the phrase is the nearest one that can be a subject.
    best = None
    for n, chunk in enumerate(chunks[1:], 1):
        first = tokens[chunk.start]
        if (
            first.low in PREPOSITIONS
            or (first.low in RELATIVES and first.text[0].islower())
            or (first.low in SUBORDINATORS and first.low not in {"but"})
            or first.low in cues.participles
        ):
            # “the director of X, Y and Z” or “In a statement, …”: look further only inside a clause.
            if n > 1:
                break
            continue
        if (
            any(tokens[k].low in RELATIVES for k in range(chunk.start + 1, chunk.end))
            and first.low in DETERMINERS
        ):
            continue
        if any(tokens[k].low in AUXILIARIES or is_finite(tokens, k, cues) for k in range(*chunk)):
            found = left_phrase(tokens, chunk.end - 1, chunk.start, cues)
            if found and is_name(tokens[found.end - 1]):
                return best or found
            break
        found = _trim(tokens, chunk.start, chunk.end - 1)
        if found is None:
            continue
        short = found.end - found.start <= 10
        if short and is_name(tokens[found.end - 1]):
            best = found
            if tokens[chunk.end].text == "," and n == 1:
                break
            break
        if short and best is None:
            best = found
    return best


def _place(tokens: Sequence[Token], found: Phrase, hi: int) -> bool:
    """*In Salem, New Hampshire, Trump*: the state behind a city is no subject."""
    return (
        found.end + 1 < hi
        and tokens[found.end].text == ","
        and found.start >= 2
        and tokens[found.start - 1].text == ","
        and is_name(tokens[found.start - 2])
        and found.end - found.start <= 2
        and all(is_name(tokens[k]) for k in range(*found))
        and right_phrase_starts(tokens[found.end + 1])
    )


def right_phrase_starts(token: Token) -> bool:
    """Whether a noun phrase can begin with the token."""
    return is_word(token) and (
        is_name(token) or token.low in DETERMINERS or token.low in {"he", "she"}
    )


_LEADS = frozenset("asked speaking appearing noting citing given based according".split())


def sentence_subject(tokens: Sequence[Token], lo: int, hi: int, cues: Cues) -> Phrase | None:
    """The subject of the main clause of ``tokens[lo:hi]``: its first phrase, leads skipped."""
    k = lo
    while k < hi and (
        tokens[k].text in {"-", "—", "–", "--", "•", "*", "(", "[", "…", "'"}
        or tokens[k].low in {"and", "but", "yet", "so", "or"}
    ):
        k += 1
    guard = 0
    while k < hi and guard < 4:
        guard += 1
        t = tokens[k]
        if t.quote >= 0:
            k += 1
            continue
        leads = (
            t.low in PREPOSITIONS
            or t.low in SUBORDINATORS - {"what", "that"}
            or t.low in cues.participles
            or t.low in _LEADS
            or (t.low.endswith("ing") and not is_name(tokens[k + 1] if k + 1 < hi else t))
            or (t.low.endswith("ed") and (k == lo or (k + 1 < hi and tokens[k + 1].low == "by")))
            or is_adverb(t)
            or t.low in TIMES
        )
        if not leads:
            found = right_phrase(tokens, k, hi, cues)
            if found and guard > 1 and _place(tokens, found, hi):
                k = found.end + 1
                continue
            return found
        comma = next((c for c in range(k, hi) if tokens[c].text == ","), None)
        if is_adverb(t) and (k + 1 >= hi or tokens[k + 1].text != ","):
            k += 1
            continue
        if comma is None or comma + 1 >= hi:
            j = k + 1
            while j < hi and (tokens[j].low in TIMES or tokens[j].text.isdigit()):
                j += 1
            return right_phrase(tokens, j, hi, cues) if j > k + 1 else None
        k = comma + 1
    return None
