"""Every key and value of a TOML document is found at its line and column."""

import tomllib

import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from press.toml_places import KeyPath, Places

DOCUMENT = '''\
name = "a # b" # [x]
"quoted key".'in ner' = 1

[plain]
list = [ # [[no]]
  "one", 'two ] ',
  { a = 1, b = [2, 3] },
]
long = """
[[not]]
key = "no" \\""" ""\\
"""
date = 1979-05-27 07:32:00

[[rows]] # first
id = 1
[rows.inner]
deep.er = true
[[rows]]
  id = 2
[[rows.sub]]
x = \'\'\' '' \'\'\'
[[rows.sub]]
y = inf
'''


def test_keys_and_values_are_found_wherever_they_stand() -> None:
    places = Places(DOCUMENT)
    keys: dict[KeyPath, tuple[int, int]] = {
        ("name",): (1, 1),
        ("quoted key",): (2, 1),
        ("quoted key", "in ner"): (2, 14),
        ("plain",): (4, 1),
        ("plain", "list", 2, "b"): (7, 12),
        ("plain", "date"): (13, 1),
        ("rows",): (15, 1),
        ("rows", 0): (15, 1),
        ("rows", 0, "inner"): (17, 1),
        ("rows", 0, "inner", "deep", "er"): (18, 6),
        ("rows", 1): (19, 1),
        ("rows", 1, "id"): (20, 3),
        ("rows", 1, "sub", 0): (21, 1),
        ("rows", 1, "sub", 1, "y"): (24, 1),
    }
    for path, place in keys.items():
        assert places.key(path) == place, path
    values: dict[KeyPath, tuple[int, int]] = {
        ("name",): (1, 8),
        ("plain", "list"): (5, 8),
        ("plain", "list", 1): (6, 10),
        ("plain", "list", 2, "b", 1): (7, 20),
        ("rows", 1, "sub", 0, "x"): (22, 5),
    }
    for path, place in values.items():
        assert places.value(path) == place, path


def test_what_is_not_there_is_placed_at_its_nearest_ancestor() -> None:
    places = Places(DOCUMENT)
    assert places.key(("rows", 1, "title")) == (19, 1)
    assert places.value(("plain", "list", 9)) == (5, 8)
    assert places.key(("nowhere",)) == (1, 1)


def leaves(value: object, path: KeyPath = ()) -> dict[KeyPath, object]:
    if isinstance(value, dict):
        items: list[tuple[str | int, object]] = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    else:
        return {path: value}
    found: dict[KeyPath, object] = {}
    for key, inner in items:
        found |= leaves(inner, (*path, key))
    return found


_key = st.one_of(
    st.from_regex(r"[A-Za-z0-9_-]{1,4}", fullmatch=True),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=4),
)
_leaf = st.one_of(
    st.integers(-9, 99), st.booleans(), st.text(st.sampled_from("a\"'\\#[]{}=,é\n ."), max_size=8)
)
_value = st.recursive(
    _leaf, lambda v: st.one_of(st.lists(v, max_size=3), st.dictionaries(_key, v, max_size=3))
)


@given(st.dictionaries(_key, _value, max_size=4))
def test_each_value_stands_where_it_is_said_to_stand(data: dict[str, object]) -> None:
    text = tomlkit.dumps(data)
    places = Places(text)
    lines = text.split("\n")
    for path, value in leaves(tomllib.loads(text)).items():
        if not path or isinstance(value, list | dict):
            continue
        line, column = places.value(path)
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        starts = ('"', "'") if isinstance(value, str) else str(value).lower()
        assert rest.startswith(starts), path
