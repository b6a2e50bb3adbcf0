"""The words that introduce speech, as data per language.

A *say* verb reports whatever clause follows it, a *weak* one only what stands beside it, a *call* verb takes a name or judgement
(``called it “a disgrace”``), a *noun* reports for its owner (``Trump’s claim that``). Forms are
listed or made by rule from English stems, lower case. To add a language, add an entry to `CUES`.
"""

from typing import NamedTuple


class Cues(NamedTuple):
    """The reporting vocabulary of one language."""

    say: frozenset[str]
    weak: frozenset[str]
    """Verbs that report only beside the quotation or before *that* (*offered*, *found that*)."""
    call: frozenset[str]
    participles: frozenset[str]
    weak_participles: frozenset[str]
    nouns: frozenset[str]
    sources: tuple[tuple[str, ...], ...]
    """Phrases before a source: *according to*."""
    pronouns: dict[str, str]
    """Third persons: pronoun → m, f, n (thing or group), p (plural)."""
    first: frozenset[str]
    helpers: frozenset[str]
    """Auxiliaries that may stand between a source and its verb."""


_SAY = """
acknowledge add admit affirm allege announce answer argue ask assert assure attest blurt boast bellow
brag claim comment complain concede conclude confess confide contend counter declare demand deny
elaborate emphasize emphasise exclaim explain fret gripe grouse grumble gush hint indicate inquire
insist intone joke lament maintain mock muse mutter note observe opine pledge predict proclaim quip
quote reason reiterate remark reply report respond retort scoff shout state stress
suggest summarise summarize testify thunder tweet urge vow warn whisper wonder yell chant bark
""".split()

_SAY_IRREGULAR = "said say says told tell tells wrote write writes written retweeted reads".split()

_WEAK = """
accept accuse admonish advise agree allow appeal assail beg believe blog caution charge chide chime chuckle
cite clarify command confirm continue counsel crack cry decree deem detail disclose direct discover
echo encourage enthuse estimate exhort express feel fire fume gloat groan guess highlight holler hope
howl identify implore imply inform instruct insinuate interject interrupt intimate issue jeer
jest laugh lecture mean mention moan mumble murmur notify outline plead point post praise pray
preach promise pronounce propose protest promote query question rail raise rant read reassure
rebut recall recite reckon recommend recount rejoin relate remind repeat request reveal roar
scold scream shriek sigh sign signal sing snap sneer speculate spell show stipulate submit surmise
suspect sympathize text theorize think threaten tout underline underscore utter venture voice
volunteer wail warn worry want
""".split()

_WEAK_IRREGULAR = """
spoke speak speaks read thought thinks found finds find felt feels sang put puts goes went
quoth began begins saw sees shown heard hears meant means knows knew holds held shot saw pressed presses projects projected
""".split()

_CALL = """
accuse assail blast brand call cast characterise characterize chastise condemn criticise criticize
decry denounce deride describe dismiss dub hail label lambast lambaste laud paint portray praise
refer rip slam tear trash mock ridicule deem
""".split()

_CALL_IRREGULAR = "tore".split()

_NOUNS = """
accusation accusations advice allegation allegations announcement answer argument assertion
assertions assessment belief call calls charge claim claims comment comments complaint complaints
concern concerns conclusion contention criticism declaration demand demands description dictum
email fear fears insistence joke letter line mantra memo message motto observation opinion phrase
plea pledge point post prediction promise proposal quip quote remark remarks reply report
response rhetoric ruling slogan statement statements suggestion suggestions testimony threat
tweet tweets view vow warning warnings word words
""".split()


_DOUBLING = frozenset(
    "admit submit quip rip slam snap dub rebut brag beg refer blog fret chat plan".split()
)


def _forms(stem: str) -> tuple[str, str, str, str]:
    """The stem, its -s, -ed and -ing forms."""
    if stem.endswith("ee"):
        return stem, stem + "s", stem + "d", stem + "ing"
    if stem.endswith("e"):
        return stem, stem + "s", stem + "d", stem[:-1] + "ing"
    if stem.endswith("y") and stem[-2] not in "aeou":
        return stem, stem[:-1] + "ies", stem[:-1] + "ied", stem + "ing"
    if stem in _DOUBLING:
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
    weak=_finite(_WEAK, _WEAK_IRREGULAR),
    call=_finite(_CALL, _CALL_IRREGULAR),
    participles=_participles([*_SAY, *_CALL], "saying telling writing".split()),
    weak_participles=_participles(
        _WEAK, "speaking thinking finding feeling believing hoping meaning".split()
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
    helpers=frozenset({"has", "had", "have", "would", "was", "is", "'s"}),
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
    weak=frozenset(),
    participles=frozenset(),
    weak_participles=frozenset(),
    nouns=frozenset("Aussage Worte Erklärung Mitteilung Brief".lower().split()),
    sources=(("laut",), ("nach", "angaben", "von"), ("so",)),
    pronouns={"er": "m", "sie": "f", "es": "n"},
    first=frozenset({"ich", "wir"}),
    helpers=frozenset({"hat", "hatte", "haben", "hatten"}),
)

FRENCH = Cues(
    say=frozenset(
        "dit disait déclare déclaré déclarait affirme affirmé explique expliqué ajoute ajouté écrit "
        "estime estimé indique indiqué souligne souligné assure assuré répond répondu lance lancé "
        "rappelle rappelé raconte raconté confie confié note noté précise précisé demande demandé "
        "insiste insisté martèle dénonce dénoncé conclut regrette regretté".split()
    ),
    weak=frozenset(),
    call=frozenset("qualifie qualifié appelle appelé décrit surnomme surnommé".split()),
    participles=frozenset("ajoutant déclarant affirmant expliquant disant".split()),
    weak_participles=frozenset(),
    nouns=frozenset("déclaration communiqué lettre".split()),
    sources=(("selon",), ("d'après",), ("d’après",)),
    pronouns={"il": "m", "elle": "f", "ils": "p", "elles": "p", "t-il": "m", "t-elle": "f"},
    first=frozenset({"je", "nous", "on"}),
    helpers=frozenset({"a", "ont", "avait", "avaient"}),
)

SPANISH = Cues(
    say=frozenset(
        "dijo dice dicen dijeron afirmó afirma afirmaron aseguró asegura explicó explica señaló "
        "señala añadió añade agregó agrega declaró declara escribió escribe manifestó manifiesta "
        "indicó indica subrayó subraya sostuvo sostiene preguntó pregunta respondió responde "
        "advirtió advierte comentó comenta recordó recuerda contó cuenta insistió insiste "
        "denunció denuncia apuntó apunta expresó expresa".split()
    ),
    weak=frozenset(),
    call=frozenset("llamó llama calificó califica tildó describió describe".split()),
    participles=frozenset("diciendo afirmando añadiendo asegurando".split()),
    weak_participles=frozenset(),
    nouns=frozenset("declaración comunicado carta".split()),
    sources=(("según",), ("de", "acuerdo", "con")),
    pronouns={"él": "m", "ella": "f", "ellos": "p", "ellas": "p"},
    first=frozenset({"yo", "nosotros"}),
    helpers=frozenset({"ha", "han", "había", "habían"}),
)

CUES: dict[str, Cues] = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}


def cues_for(language: str | None) -> Cues:
    """The vocabulary of `language` (BCP 47); English where there is none."""
    return CUES.get((language or "en").split("-")[0].lower(), ENGLISH)
