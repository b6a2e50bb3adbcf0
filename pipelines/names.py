"""The people and bodies that an article names, and who a short form or a pronoun means.

A first mention prints the whole name (*Malkia Cyril, executive director of …*), later ones its last
word (*Cyril*) or a pronoun. All is read from the article itself; nothing is looked up.
"""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

import regex

from pipelines.frames import TITLES

_UPPER = r"\p{Lu}[\p{L}\p{M}]*(?:[-’'](?!s\b)\p{L}[\p{L}\p{M}]*)*"
_RUN = regex.compile(
    rf"(?:\p{{Lu}}\.\s?)*(?:(?:Sen|Rep|Gov|Mrs?|Ms|Dr|Lt|Gen|Col|Prof|Rev|Sgt|Capt|Jr|Sr|St)\.|{_UPPER})"
    rf"(?:[ \u00a0](?:(?:\p{{Lu}}\.)+|(?:Sen|Rep|Gov|Mrs?|Ms|Dr|Lt|Gen|Col|Prof|Rev|Jr|Sr|St)\.|{_UPPER}"
    rf"|(?:de|del|della|di|da|dos|du|von|van|der|den|bin|ibn|al|el|la|le)(?=[ \u00a0]\p{{Lu}}|[ \u00a0](?:la|der|den)\b)))*"
)
_LOWER = regex.compile(r"(?<![\p{L}\p{N}])\p{Ll}{2,}")
NOT_NAMES = frozenset(
    "the a an in on at by for from of to and or but as if when while with after before since "
    "until he she it they we i you his her its their our my your this that these those there "
    "here what who why how where which not no yes so then now also still yet both all some many "
    "most one two three sunday monday tuesday wednesday thursday friday saturday january "
    "february march april may june july august september october november december today "
    "yesterday tonight according during asked although though because despite under over "
    "between another each every any such like once later earlier meanwhile however instead even "
    "just only well oh let republican republicans democrat democrats democratic gop american "
    "americans".split()
)
_PLACES = frozenset(
    "city county state states university college house senate court department street avenue "
    "press times post news network party union council committee bank group company inc corp "
    "foundation center centre institute association america york hampshire carolina dakota "
    "virginia jersey mexico iowa florida texas ohio vegas angeles francisco washington beach "
    "island islands war act convention day week month year world cup park club school church "
    "service agency bureau office organization coalition alliance project campaign journal "
    "daily today tv radio show hall board administration army navy force nations kingdom "
    "states' east west north south lake river super pac pacs rights security policy law justice "
    "data research systems technologies technology services".split()
)
FEMALE = frozenset(
    "hillary huma chelsea melania ivanka michelle nancy elizabeth mary patricia jennifer linda "
    "barbara susan jessica sarah karen lisa betty margaret sandra ashley kimberly emily donna "
    "carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy "
    "angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra "
    "rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia "
    "victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline "
    "martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy "
    "sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie "
    "brittany charlotte marie kayla alexis lori carly kellyanne katrina hope jill jen jenny "
    "kate katie claire ellen eva gina heidi irene jane joanna josephine kristen leah loretta "
    "lucy lynn meg molly monica naomi nina paula rosa rose sally sheila sonia stacy sue tamara "
    "tammy tina tracy valerie vanessa wendy yvonne zoe angelina anne annie april beth bonnie "
    "brooke carla caroline cathy cindy claudia colleen crystal dana debbie dawn eleanor erin "
    "erica ana elena fatima aisha ingrid greta ursula sabine petra monika camille sophie "
    "juliette carmen lucia pilar malala marine nikki condoleezza madeleine tulsi kamala kirsten "
    "mazie maxine sheryl marissa meryl oprah beyonce jeanne zeynep".split()
)
MALE = frozenset(
    "donald bill bernie ted marco jeb john james robert michael william david richard joseph "
    "thomas charles christopher daniel matthew anthony mark steven paul andrew joshua kenneth "
    "kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric "
    "jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank "
    "patrick raymond jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter "
    "kyle ethan walter noah jeremy christian keith roger terry austin sean gerald carl harold "
    "dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe logan alan juan albert "
    "willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip eugene ben "
    "mike tom tim jim dan dave steve chris greg jeff matt rob bob rick rand mitch barack newt "
    "rudy reince corey lindsey chuck harry al mitt martin lincoln karl klaus hans jürgen "
    "wolfgang stefan andreas françois jean pierre nicolas emmanuel luis carlos miguel jorge "
    "pedro antonio francisco vladimir xi kim abdul mohammed muhammad ahmed ali omar ibrahim "
    "hany josh nate neil nick robby ron sam sergio stan stuart tony todd trey vic will zach "
    "jake jay ken lee leon lou luke max ned oliver oscar otto ray rex rod ross seth simon sid "
    "theodore tyrone victor warren wes wolf".split()
)
_HER = frozenset(
    "mrs ms miss spokeswoman congresswoman chairwoman councilwoman madame frau lady sister "
    "queen".split()
)
_HIS = frozenset(
    "mr spokesman congressman chairman councilman herr monsieur lord king brother sir pope".split()
)


class Mention(NamedTuple):
    """A person's name in the text."""

    start: int
    end: int
    name: str
    last: str
    gender: str
    """``m``, ``f`` or empty where the text does not tell."""


class Names:
    """All person-like names of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._full: dict[str, list[Mention]] = {}
        self._longest: dict[str, dict[str, str]] = {}
        self._lower = set(_LOWER.findall(text))
        self.genders: dict[str, str] = {}
        singles: list[tuple[int, int, str, str]] = []
        found: list[Mention] = []
        for m in _RUN.finditer(text):
            run = m.group()
            person = _persons(run, m.start(), self._common(run, m.start()))
            if person is None:
                continue
            start, end, name, title = person
            parts = name.split()
            last = _last(parts)
            gender = _gender(parts, title)
            if gender and last not in self.genders:
                self.genders[last] = gender
            if len(parts) > 1:
                found.append(Mention(start, end, name, last, gender))
                self._full.setdefault(last, []).append(found[-1])
                longest = self._longest.setdefault(last, {})
                longest[parts[0]] = max(longest.get(parts[0], ""), name, key=len)
            else:
                singles.append((start, end, name, gender))
        for start, end, name, gender in singles:
            if name in self._full:
                full = self.full(name, start)
                told = _gender(full.split(), "") or gender
                found.append(Mention(start, end, full, name, told))
            elif gender:
                found.append(Mention(start, end, name, name, gender))
        found.sort()
        self.mentions = found
        self._starts = [m.start for m in found]

    def _common(self, run: str, at: int) -> bool:
        """Whether the run begins a sentence with a word that the text also prints in lower case."""
        first = run.split(" ", 1)[0].lower()
        before = self.text[max(0, at - 3) : at].rstrip("“\"‘' \u00a0")
        if before and before[-1] not in ".!?:\n—":
            return False
        return first in self._lower and first not in FEMALE and first not in MALE

    def full(self, name: str, at: int) -> str:
        """The fullest form of the person `name` (a last name or whole name) known at `at`.

        Of several people with the last name, the one named most recently.
        """
        parts = name.split()
        longest = self._longest.get(_last(parts)) if parts else None
        if not longest:
            return name
        if len(parts) > 1:
            return longest.get(parts[0], name)
        if len(longest) == 1:
            return next(iter(longest.values()))
        known = self._full[_last(parts)]
        latest = known[max(0, bisect_right(known, at, key=lambda m: m.start) - 1)]
        return longest[latest.name.split()[0]]

    @property
    def known(self) -> dict[str, list[Mention]]:
        """The last names of the people whose whole names are printed."""
        return self._full

    def before(self, at: int, most: int) -> list[Mention]:
        """The last `most` mentions that begin before `at`, latest last."""
        end = bisect_left(self._starts, at)
        return self.mentions[max(0, end - most) : end]


def _last(parts: list[str]) -> str:
    while len(parts) > 1 and parts[-1].rstrip(".") in {"Jr", "Sr", "II", "III", "IV"}:
        parts = parts[:-1]
    return parts[-1]


def _gender(parts: list[str], title: str) -> str:
    first = parts[0].lower() if len(parts) > 1 else ""
    if title in _HER or first in FEMALE:
        return "f"
    if title in _HIS or first in MALE:
        return "m"
    return ""


def _persons(run: str, at: int, common: bool) -> tuple[int, int, str, str] | None:
    """The name inside a run of capitalised words: titles, parties and sentence starts taken off."""
    words = run.replace("\u00a0", " ").split(" ")
    lows = [w.lower().rstrip(".") for w in words]
    title = ""
    begin = 1 if common else 0
    for i, low in enumerate(lows):
        if low in TITLES:
            title = low
            begin = i + 1
        elif low in NOT_NAMES:
            begin = i + 1
    kept = words[begin:]
    if not kept or len(kept) > 4 or not _PLACES.isdisjoint(lows[begin:]):
        return None
    start = at + sum(len(w) + 1 for w in words[:begin])
    name = " ".join(kept)
    return start, start + len(name), name, title
