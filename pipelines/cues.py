"""The words that introduce speech, as data per language.

A *say* verb reports whatever clause follows it, a *call* verb takes a name or judgement
(``called it “a disgrace”``), a *noun* reports for its owner (``Trump’s claim that``). Forms are
listed or made by rule from English stems, lower case. To add a language, add an entry to `CUES`.
"""

from typing import NamedTuple


class Cues(NamedTuple):
    """The reporting vocabulary of one language."""

    say: frozenset[str]
    call: frozenset[str]
    participles: frozenset[str]
    nouns: frozenset[str]
    sources: tuple[tuple[str, ...], ...]
    """Phrases before a source: *according to*."""
    pronouns: dict[str, str]
    """Third persons: pronoun → m, f, n (thing or group), p (plural)."""
    first: frozenset[str]


_SAY = """
accuse acknowledge add admit admonish advise affirm agree allege allow announce answer argue ask
assail assert assure attest bark beg bellow blog blurt boast brag call_out caution chant charge
chide chime chuckle cite claim clarify command comment complain concede conclude confess confide
confirm contend continue counsel counter crack cry declare decree demand deny detail disclose
dismiss echo elaborate emphasize emphasise encourage enthuse estimate exclaim exhort explain express
fire fret fume gloat gripe groan groused grumble grouse guess gush highlight hint holler howl
implore imply indicate inform inquire insist instruct insinuate interject interrupt intone intimate
jeer jest joke lament laugh lecture maintain mention moan mock mumble murmur muse mutter note notify
observe offer opine order outline plead pledge point portray post praise pray predict preach press proclaim
promise pronounce propose protest promote query question quip quote rail rant reason reassure
rebut recall recite reckon recommend recount reiterate rejoin relate remark remind report reply
repeat request respond retort reveal roar scoff scold scream shout shriek sigh sign signal sing
snap sneer speculate spell state stipulate stress submit suggest summarise summarize surmise
suspect sympathize testify text theorize think threaten thunder tout tweet underline underscore
urge utter venture volunteer vow wail warn whisper wonder worry yell
""".split()

_SAY_IRREGULAR = """
said say says told tell tells wrote write writes written spoke speak speaks read reads thought
thinks found finds find felt feels feel believes believed believe hopes hoped hope swore swears
sang put puts goes went quoth began begins sees saw shows showed showing heard means meant
knows knew argues retweeted retweets tweets posted posts holds held views viewed promises
""".split()

_CALL = """
assail attack bill blast bill brand call cast characterise characterize chastise compare condemn consider
criticise criticize decry deem defend define denounce deride describe dismiss dub hail identify
introduce label lambast lambaste laud liken market name nickname paint portray praise rate refer rip
slam slur tag tear term title touch treat trash decry mock ridicule knock hammer bash celebrate direct
demand seek support oppose back favor favour advocate cite
""".split()

_CALL_IRREGULAR = "sought saw sees".split()

_NOUNS = """
accusation accusations advice allegation allegations announcement answer argument assertion
assertions assessment belief call calls charge claim claims comment comments complaint complaints
concern concerns conclusion contention criticism declaration demand demands description dictum
email fear fears insistence joke letter line mantra memo message motto note observation opinion phrase
plea pledge point post prediction promise proposal quip quote reference remark remarks reply report
response rhetoric rule ruling slogan statement statements suggestion suggestions testimony threat
tweet tweets view vow warning warnings word words write-up
""".split()


def _forms(stem: str) -> tuple[str, str, str, str]:
    """The stem, its -s, -ed and -ing forms."""
    if stem.endswith("e"):
        return stem, stem + "s", stem + "d", stem[:-1] + "ing"
    if stem.endswith("y") and stem[-2] not in "aeou":
        return stem, stem[:-1] + "ies", stem[:-1] + "ied", stem + "ing"
    if stem in {
        "admit",
        "submit",
        "quip",
        "rip",
        "slam",
        "tag",
        "dub",
        "slur",
        "snap",
    }:
        return stem, stem + "s", stem + stem[-1] + "ed", stem + stem[-1] + "ing"
    if stem in {"rebut", "brag", "beg", "refer", "blog"}:
        return stem, stem + "s", stem + stem[-1] + "ed", stem + stem[-1] + "ing"
    if stem.endswith(("s", "sh", "ch", "x")):
        return stem, stem + "es", stem + "ed", stem + "ing"
    return stem, stem + "s", stem + "ed", stem + "ing"


def _finite(stems: list[str], irregular: list[str]) -> frozenset[str]:
    return frozenset(f for s in stems for f in _forms(s)[:3]) | frozenset(irregular)


def _participles(stems: list[str], irregular: list[str]) -> frozenset[str]:
    return frozenset(_forms(s)[3] for s in stems) | frozenset(irregular)


ENGLISH = Cues(
    say=_finite(_SAY, _SAY_IRREGULAR),
    call=_finite(_CALL, _CALL_IRREGULAR),
    participles=_participles(
        [*_SAY, *_CALL],
        "saying telling writing speaking reading thinking finding feeling believing hoping".split(),
    ),
    nouns=frozenset(_NOUNS),
    sources=(
        ("according", "to"),
        ("in", "the", "words", "of"),
        ("as", "told", "by"),
        ("quoted", "by"),
        ("a", "statement", "from"),
        ("a", "statement", "by"),
        ("the", "words", "of"),
    ),
    pronouns={"he": "m", "she": "f", "they": "p", "it": "n"},
    first=frozenset({"i", "we"}),
)

GERMAN = Cues(
    say=frozenset(
        "sagt sagte sagten sagen erklärt erklärte erklärten betont betonte meint meinte schreibt "
        "schrieb schrieben fragt fragte antwortet antwortete fügt fügte kritisiert kritisierte "
        "warnt warnte warnten fordert forderte forderten berichtet berichtete erzählt erzählte "
        "behauptet behauptete kündigte versichert versicherte ergänzt ergänzte twitterte so "
        "heißt hieß teilte mahnte mahnt lobte lobt urteilt urteilte resümiert resümierte".split()
    ),
    call=frozenset("nannte nennt nannten bezeichnete bezeichnet bezeichneten".split()),
    participles=frozenset(),
    nouns=frozenset("Aussage Worte Erklärung Mitteilung Brief".lower().split()),
    sources=(("laut",), ("nach", "angaben", "von"), ("so",)),
    pronouns={"er": "m", "sie": "f", "es": "n"},
    first=frozenset({"ich", "wir"}),
)

FRENCH = Cues(
    say=frozenset(
        "dit disait déclare déclaré déclarait affirme affirmé explique expliqué ajoute ajouté écrit "
        "estime estimé indique indiqué souligne souligné assure assuré répond répondu lance lancé "
        "rappelle rappelé raconte raconté confie confié note noté précise précisé demande demandé "
        "insiste insisté martèle dénonce dénoncé conclut regrette regretté".split()
    ),
    call=frozenset("qualifie qualifié appelle appelé décrit surnomme surnommé".split()),
    participles=frozenset("ajoutant déclarant affirmant expliquant disant".split()),
    nouns=frozenset("déclaration communiqué lettre".split()),
    sources=(("selon",), ("d'après",), ("d’après",)),
    pronouns={"il": "m", "elle": "f", "ils": "p", "elles": "p", "t-il": "m", "t-elle": "f"},
    first=frozenset({"je", "nous", "on"}),
)

SPANISH = Cues(
    say=frozenset(
        "dijo dice dicen dijeron afirmó afirma afirmaron aseguró asegura explicó explica señaló "
        "señala añadió añade agregó agrega declaró declara escribió escribe manifestó manifiesta "
        "indicó indica subrayó subraya sostuvo sostiene preguntó pregunta respondió responde "
        "advirtió advierte comentó comenta recordó recuerda contó cuenta insistió insiste "
        "denunció denuncia apuntó apunta expresó expresa".split()
    ),
    call=frozenset("llamó llama calificó califica tildó describió describe".split()),
    participles=frozenset("diciendo afirmando añadiendo asegurando".split()),
    nouns=frozenset("declaración comunicado carta".split()),
    sources=(("según",), ("de", "acuerdo", "con")),
    pronouns={"él": "m", "ella": "f", "ellos": "p", "ellas": "p"},
    first=frozenset({"yo", "nosotros"}),
)

CUES: dict[str, Cues] = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}


def cues_for(language: str | None) -> Cues:
    """The vocabulary of `language` (BCP 47); English where there is none."""
    return CUES.get((language or "en").split("-")[0].lower(), ENGLISH)
