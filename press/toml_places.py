"""Where each key and value of a TOML document stands.

No maintained TOML library for Python keeps positions of what it has parsed (tomllib and tomlkit
give them for syntax errors only). This scanner reads a document that `tomllib` has accepted and so
checks nothing: it only walks headers, keys, strings, arrays and inline tables.
"""

import tomllib
from typing import NamedTuple

import regex

KeyPath = tuple[str | int, ...]
"""Keys and array indices from the top: ``("outlets", 0, "hosts", 1)``."""


class Place(NamedTuple):
    """A place in a file; both count from 1, the column in code points."""

    line: int
    column: int


_BLANK = regex.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = regex.compile(r"[ \t]*")
_KEY = regex.compile(r'[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')
_STRING = regex.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    regex.DOTALL,
)
_SCALAR = regex.compile(r"[^,\]}#\r\n]+")


class Places:
    """The places of a valid document's keys and values."""

    def __init__(self, document: str) -> None:
        """`document` must be valid TOML."""
        self._text = document
        self._at = 0
        self._keys: dict[KeyPath, int] = {}
        self._values: dict[KeyPath, int] = {}
        self._counts: dict[KeyPath, int] = {}
        self._scan()

    def key(self, path: KeyPath) -> Place:
        """Where the key (or table header) at `path` stands, or its nearest known ancestor's."""
        return self._find(path, self._keys)

    def value(self, path: KeyPath) -> Place:
        """Where the value at `path` stands, or its nearest known ancestor's."""
        return self._find(path, self._values)

    def _find(self, path: KeyPath, places: dict[KeyPath, int]) -> Place:
        while path and path not in places and path not in self._keys:
            path = path[:-1]
        return self.place(places.get(path, self._keys.get(path, 0)))

    def place(self, offset: int) -> Place:
        """The line and column of an offset."""
        begin = self._text.rfind("\n", 0, offset) + 1
        return Place(self._text.count("\n", 0, offset) + 1, offset - begin + 1)

    def _scan(self) -> None:
        table: KeyPath = ()
        self._skip(_BLANK)
        while self._at < len(self._text):
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)

    def _skip(self, pattern: regex.Pattern[str]) -> None:
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _header(self) -> KeyPath:
        start = self._at
        is_array = self._text.startswith("[[", self._at)
        self._at += 2 if is_array else 1
        names = [name for name, _ in self._dotted_key()]
        self._at += 2 if is_array else 1
        path: KeyPath = ()
        for name in names[:-1]:
            path = self._latest((*path, name))
        path = (*path, names[-1])
        if is_array:
            self._keys.setdefault(path, start)
            count = self._counts.get(path, 0)
            self._counts[path] = count + 1
            path = (*path, count)
        self._keys.setdefault(path, start)
        return path

    def _latest(self, path: KeyPath) -> KeyPath:
        """The last table of an array of tables, where `path` is one."""
        count = self._counts.get(path)
        return path if count is None else (*path, count - 1)

    def _dotted_key(self) -> list[tuple[str, int]]:
        parts: list[tuple[str, int]] = []
        while True:
            self._skip(_SPACE)
            found = _KEY.match(self._text, self._at)
            if found is None:
                raise ValueError(f"no valid TOML at offset {self._at}")
            raw = found.group()
            name = next(iter(tomllib.loads(f"{raw} = 0"))) if raw[0] in "\"'" else raw
            parts.append((name, self._at))
            self._at = found.end()
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _pair(self, table: KeyPath) -> None:
        path = table
        for name, at in self._dotted_key():
            path = (*path, name)
            self._keys.setdefault(path, at)
        self._at += 1
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        self._values[path] = self._at
        opening = self._text[self._at]
        if opening == "[":
            self._at += 1
            self._skip(_BLANK)
            index = 0
            while not self._text.startswith("]", self._at):
                self._value((*path, index))
                index += 1
                self._after_member()
            self._at += 1
        elif opening == "{":
            self._at += 1
            self._skip(_BLANK)
            while not self._text.startswith("}", self._at):
                self._pair(path)
                self._after_member()
            self._at += 1
        else:
            self._skip(_STRING if opening in "\"'" else _SCALAR)

    def _after_member(self) -> None:
        self._skip(_BLANK)
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip(_BLANK)
