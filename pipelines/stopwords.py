"""Words that carry no content of their own: what is left tells one utterance from another.

Function words of the languages that Pickup is used with. A word that is common speech in one
language and content in another (German *die*, *war*; French *son*, *car*) is left out of the list:
one content word too many costs a candidate, one too few can join what is apart.
"""

_ENGLISH = """
a about above after again against all also am an and any are aren't as at be because been before
being below between both but by can can't cannot could couldn't did didn't do does doesn't doing
don't down during each either else ever every few for from further get gets getting going got had
hadn't has hasn't have haven't having he he'd he'll he's her here here's hers herself him himself
his how how's however i i'd i'll i'm i've if in into is isn't it it's its itself just let let's
like may me might more most much must mustn't my myself neither no nor not now of off on once one
only onto or other others ought our ours ourselves out over own per quite rather really said same
say says shall shan't she she'd she'll she's should shouldn't so some still such than that that's
the their theirs them themselves then there there's these they they'd they'll they're they've
thing things this those though through thus to too toward towards under until up upon us very was
wasn't we we'd we'll we're we've well were weren't what what's when when's where where's whether
which while who who's whom whose why why's will with within without won't would wouldn't yet you
you'd you'll you're you've your yours yourself yourselves never always going gonna
"""
_GERMAN = """
aber als auch auf aus bei bin bis bist da damit dann das dass dein deine dem den der des dich dir
doch du durch ein eine einem einen einer eines er es euch euer für gegen habe haben hat hatte
hatten ich ihm ihn ihr ihre ihrem ihren ihrer ist ja kann können mich mir mit muss müssen nach nein
nicht noch nur oder ohne schon sehr sein seine seinem seinen seiner sich sie sind soll über um und
uns unser unsere vom von vor waren wenn werden wie wieder wir wird wurde wurden zu zum zur
"""
_FRENCH = """
au aux avec ce ces cette dans de des du elle elles est et eux il ils je la le les leur leurs lui
mais mes moi mon même ne nos notre nous ou où par pas plus pour qu que qui sa se ses si sommes sont
sur ta te tes toi tu un une vos votre vous été être avoir ont avons avez c'est n'est qu'il qu'elle
"""
_ROMANCE = """
al algo como con del desde el ella ellas ellos en entre era eran eres es esa esas ese eso esos esta
estas este esto estos ha han hay las lo los me mi mis muy nos nosotros o para pero por porque que
quien se ser sin sobre somos son su sus también te tiene tu tus un una unos y ya yo
che chi ci da dal dalla dei del della delle di e ed gli ho il io la le lei loro lui ma mi ne nel
nella noi non per quella quello questa questo sia siamo sono su sul sulla una uno vi voi è
ao aos as com da das do dos ele elas eles em essa esse foi isso isto já mais mas não na nas no nos
os ou pela pelo pelos quando seu seus sua suas são tem uma você às à
"""
_DUTCH = """
aan als bij dat de deze dit een en er ge geen haar had heb hebben heeft het hij hoe ik ik ja jij
kan maar met mij mijn naar niet nog nu of om onder ons ook op over te tot uit van voor wat we werd
wij wordt ze zei zich zij zijn zo zou
"""
# What the other languages' lists share with English content words.
_CONTENT = frozenset("son come comes era mis sin pour plus sur est mes dos ha ma ed".split())

_FOLD = str.maketrans("äöüéèêàáãçíîïñóôõúûß", "aoueeeaaaciiinooouus")


def _folded(words: str) -> set[str]:
    """As `press.text.fold` folds them: no accents (ß apart, which casefolds to ss)."""
    return {word.replace("ß", "ss").translate(_FOLD) for word in words.split()}


STOPWORDS: frozenset[str] = frozenset(
    _folded(_ENGLISH)
    | (_folded(_GERMAN) | _folded(_FRENCH) | _folded(_ROMANCE) | _folded(_DUTCH)) - _CONTENT
)
