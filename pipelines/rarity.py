"""How much a shared word proves: rare words much, everyday words hardly anything.

The measure is the Zipf frequency of *wordfreq* (log10 of occurrences in a billion words; Robyn
Speer 2022), from its small list: words beyond it are rare enough.
"""

from functools import lru_cache
from math import log10

from wordfreq import get_frequency_dict

FUNCTION_ZIPF = 6.4
"""Words this frequent (about the sixty most frequent of English: the, of, can, be, like …) prove
nothing by themselves and are passed over when shingles are built."""
_ORIGIN = 6.5
_LIGHTEST, _HEAVIEST = 0.1, 3.5
_NUMBER = 1.5
"""A numeral: some proof, less than a name."""


@lru_cache(maxsize=65536)
def weight(key: str) -> float:
    """What the word `key` proves: 0.1 for function words, 1 to 2 for common ones, 3.5 at most."""
    if key[:1].isdigit():
        return _NUMBER if len(key) > 1 else 0.5
    frequency = get_frequency_dict("en", "small").get(key)
    if frequency is None:
        return _HEAVIEST if key.isalpha() and len(key) > 2 else 0.5
    return min(_HEAVIEST, max(_LIGHTEST, _ORIGIN - (log10(frequency) + 9)))


@lru_cache(maxsize=65536)
def is_function_word(key: str) -> bool:
    return weight(key) <= _ORIGIN - FUNCTION_ZIPF + 1e-9
