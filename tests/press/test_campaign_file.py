"""A campaign file becomes a campaign, or a list of its mistakes with their places."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.campaign import Campaign
from press.campaign_file import index_url, load
from press.campaign_template import template
from press.errors import CampaignError

GOOD = """\
name = "Keep the light"
contact = "press@friends.example"

[[statements]]
id = "letter"
title = "Open letter"
date = 2024-03-04
path = "texts/letter.md"

[[statements]]
id = "slogan"
title = "Slogan"
date = "2024-03-05"
text = "Keep it lit. Keep it ours."

[[outlets]]
name = "The Courier"
hosts = ["courier.example", "127.0.0.1:8001"]
tier = 1

[[outlets]]
name = "Friends"
hosts = ["friends.example", "127.0.0.1:8002"]
own_site = true

[[sources]]
kind = "feed"
url = "http://127.0.0.1:8001/rss"
outlet = "the courier"

[politeness]
allow_private = true
"""


def write(folder: Path, text: str | bytes, name: str = "light.toml") -> Path:
    (folder / "texts").mkdir(exist_ok=True)
    (folder / "texts" / "letter.md").write_text(
        "# Open letter\n\nKeep *it* lit.[^1]\n\n[^1]: Why.\n"
    )
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def mistakes(folder: Path, text: str | bytes) -> list[str]:
    """The lines of the error, without the file's name."""
    file = write(folder, text)
    with pytest.raises(CampaignError) as caught:
        load(file)
    found = str(caught.value).split("\n")
    assert all(line.startswith(f"{file}:") for line in found)
    return [line.removeprefix(f"{file}:") for line in found]


def test_a_good_file_becomes_a_campaign(tmp_path: Path) -> None:
    campaign = load(write(tmp_path, GOOD))
    letter, slogan = campaign.statements
    assert [line.text for line in letter.lines] == ["Keep it lit."]
    assert letter.notes == ("Why.",)
    assert [line.text for line in slogan.lines] == ["Keep it lit.", "Keep it ours."]
    assert str(letter.date), str(slogan.date) == ("2024-03-04", "2024-03-05")
    assert [o.own_site for o in campaign.outlets] == [False, True]
    assert campaign.sources[0].outlet == "The Courier"
    assert campaign.politeness.allow_private
    assert campaign.politeness.delay == 1.0
    assert campaign.language == "en"


def test_newlines_of_windows_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    plain = load(write(tmp_path, GOOD))
    assert load(write(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())) == plain


def test_places_count_alike_with_windows_newlines_and_a_byte_order_mark(tmp_path: Path) -> None:
    bad = GOOD.replace("tier = 1", "tier = 12")
    expected = ["19:8: tier should be less than or equal to 9, not 12"]
    assert mistakes(tmp_path, bad) == expected
    assert mistakes(tmp_path, b"\xef\xbb\xbf" + bad.replace("\n", "\r\n").encode()) == expected


def test_statements_are_found_from_any_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, GOOD)
    monkeypatch.chdir("/")
    assert load(str(file)).statements[0].lines


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('contact = "press', "contact = ‸press", "not valid TOML: invalid value"),
        ("tier = 1\n", "tier = 1\ntier = 2‸\n", "not valid TOML: cannot overwrite a value"),
        (
            "[politeness]",
            "[politeness‸",
            "not valid TOML: expected ']' at the end of a table declaration",
        ),
        ("tier = 1", "‸teir = 1", "unknown key 'teir'; did you mean 'tier'?"),
        ("[politeness]", "‸[polite]", "unknown key 'polite'; did you mean 'politeness'?"),
        ("[[sources]]", "‸[[source]]", "unknown key 'source'; did you mean 'sources'?"),
        (
            "allow_private",
            "‸zzz",
            (
                "unknown key 'zzz'; known here: allow_private, delay, max_page_bytes, "
                "max_pages, recheck_days, timeout"
            ),
        ),
        (
            '"press@friends.example"',
            '‸"us"',
            "contact should be an e-mail address or a URL for webmasters, not 'us'",
        ),
        (
            '"press@friends.example"',
            '‸"a@b.org\\nX: 1"',
            ("contact should be an e-mail address or a URL for webmasters, not 'a@b.org\\nX: 1'"),
        ),
        ('"Keep the light"', '‸" "', "name is empty; give the campaign a name"),
        ('"Keep the light"', "‸7", "name should be a valid string, not 7"),
        (
            "allow_private = true",
            'delay = ‸"slow"',
            "delay should be a valid number, unable to parse string as a number, not 'slow'",
        ),
        (
            "allow_private = true",
            "delay = ‸-1",
            "delay should be greater than or equal to 0, not -1",
        ),
        ("tier = 1", "tier = ‸12", "tier should be less than or equal to 9, not 12"),
        (
            "contact =",
            'language = ‸"English"\ncontact =',
            "language should be a code such as en, not 'English'",
        ),
        (
            "contact =",
            'index = ‸"pickup.db"\ncontact =',
            "index should be a URL such as sqlite:///pickup.db, not 'pickup.db'",
        ),
        ('"slogan"', '‸"letter"', "there is a statement 'letter' already"),
        (
            '"slogan"',
            '‸"my slogan"',
            "id should be letters, digits, '.', '_' and '-', not 'my slogan'",
        ),
        ('"2024-03-05"', '‸"March 5"', "date should be a date such as 2018-06-18, not 'March 5'"),
        ('"Keep it lit. Keep it ours."', '‸" \\n"', "the statement has no line; give its text"),
        (
            'text = "Keep',
            'path = "texts/letter.md"\n‸text = "Keep',
            "the statement has both path and text; give one of them",
        ),
        (
            (
                '[[statements]]\nid = "slogan"\ntitle = "Slogan"\ndate = "2024-03-05"\ntext '
                '= "Keep it lit. Keep it ours."\n'
            ),
            '‸[[statements]]\nid = "slogan"\ntitle = "Slogan"\n',
            "the statement has neither path nor text; give one of them",
        ),
        ('name = "Friends"', 'name = ‸"the  courier"', "there is an outlet 'The Courier' already"),
        (
            '"friends.example", ',
            '‸"www.courier.example", ',
            "the host 'www.courier.example' belongs to 'The Courier' already",
        ),
        (
            '"127.0.0.1:8002"',
            '‸"127.0.0.1:8001"',
            "the host '127.0.0.1:8001' belongs to 'The Courier' already",
        ),
        (
            '"friends.example", ',
            '‸"https://friends.example/", ',
            "'https://friends.example/' is no host name; write it as in www.example.org",
        ),
        (
            '["friends.example", "127.0.0.1:8002"]',
            '‸"friends.example"',
            "hosts should be a list in brackets, not 'friends.example'",
        ),
        (
            '"the courier"',
            '‸"The Corrier"',
            "there is no outlet 'The Corrier'; did you mean 'The Courier'?",
        ),
        ('"feed"', '‸"rss"', "kind should be 'feed', 'sitemap', 'list' or 'page', not 'rss'"),
        (
            '"http://127.0.0.1:8001/rss"',
            '‸"courier.example/rss"',
            "no absolute URL: 'courier.example/rss'; a source needs an http or https URL",
        ),
        (
            '"http://127.0.0.1:8001/rss"',
            '‸"ftp://courier.example/"',
            (
                "neither http nor https: 'ftp://courier.example/'; a source needs an "
                "http or https URL"
            ),
        ),
        (
            "[politeness]",
            '[[sources]]\nkind = "page"\nurl = ‸"HTTP://127.0.0.1:8001/rss#x"\n[politeness]',
            "the source 'HTTP://127.0.0.1:8001/rss#x' is listed already",
        ),
        ('[[outlets]]\nname = "Friends"\n', "‸[[outlets]]\n", "the key 'name' is missing"),
    ],
)
def test_each_mistake_has_its_place_and_says_what_was_meant(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    # ‸ marks the place that is to be told.
    assert old in GOOD
    before, _, after = GOOD.replace(old, new, 1).partition("‸")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    expected = f"{line}:{column}: {message}"
    assert mistakes(tmp_path, before + after) == [expected]


def test_what_is_missing_is_told_at_the_top(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "") == [
        "1:1: the key 'contact' is missing",
        "1:1: the key 'name' is missing",
    ]


def test_single_brackets_are_told_from_double_ones(tmp_path: Path) -> None:
    text = GOOD.split("[[outlets]]")[0] + '[outlets]\nname = "A"\n'
    assert mistakes(tmp_path, text) == ["16:1: [outlets] should be [[outlets]], once for each"]


def test_all_mistakes_are_told_at_once_in_order(tmp_path: Path) -> None:
    text = (
        GOOD.replace("tier = 1", "tier = 0\nhost = 1")
        .replace('"feed"', '"rss"')
        .replace("texts/letter.md", "texts/gone.md")
        .replace("name = ", "nmae = ", 1)
    )
    found = mistakes(tmp_path, text)
    assert found == [
        "1:1: the key 'name' is missing",
        "1:1: unknown key 'nmae'; did you mean 'name'?",
        f"8:8: there is no statement file {tmp_path / 'texts/gone.md'}",
        "19:8: tier should be greater than or equal to 1, not 0",
        "20:1: unknown key 'host'; did you mean 'hosts'?",
        "28:8: kind should be 'feed', 'sitemap', 'list' or 'page', not 'rss'",
    ]


def test_a_statement_in_another_charset_is_told_with_both_places(tmp_path: Path) -> None:
    file = write(tmp_path, GOOD)
    (tmp_path / "texts" / "letter.md").write_bytes("Keep it.\n“lit”".encode("cp1252"))
    with pytest.raises(CampaignError) as caught:
        load(file)
    statement = tmp_path / "texts/letter.md"
    assert str(caught.value) == (
        f"{file}:8:8: the statement {statement} is not in UTF-8 (line 2); save it in UTF-8"
    )


def test_a_file_in_another_charset_is_told_with_its_place(tmp_path: Path) -> None:
    assert mistakes(tmp_path, b'name = "x"\ntopic = "caf\xe9"\n') == [
        "2:13: no UTF-8 text; save the file in UTF-8"
    ]


def test_a_missing_file_and_a_folder_are_clear_errors(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match=r"there is no such file; `pickup init .*` writes one"):
        load(tmp_path / "gone.toml")
    with pytest.raises(CampaignError, match="is a folder"):
        load(tmp_path)


@given(
    st.lists(
        st.sampled_from(
            ["[[statements]]", "[[outlets]]", "[sources]", "[politeness]", 'name = "a"', "tier = 3",
             'hosts = ["a", 3, "b/c"]', "statements = 3", "outlets = [1, {name = 2}]", "delay = []",
             'sources = [{kind = "feed", url = "http://[x"}]', "politeness.delay = 3", 'id = "x"',
             "date = 07:32:00", 'text = "Yes."', "path = '\\0'", "contact = {a.b = 1}",
             "title = ''",
             'url = "http://a.org/"', 'kind = "feed"', 'outlet = "q"', "x.y.z = 1", 'index = "x"',
             "name = 1979-05-27", "path = '/'", "text = nan"]
        ),
        max_size=9,
    )
)  # fmt: skip
def test_any_file_is_a_campaign_or_a_list_of_mistakes(lines: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "c.toml"
        file.write_text("\n".join(lines), encoding="utf-8")
        try:
            assert isinstance(load(file), Campaign)
        except CampaignError as error:
            for line in str(error).split("\n"):
                place = line.removeprefix(f"{file}:").split(":")
                assert 1 <= int(place[0]) <= len(lines) + 1
                assert int(place[1]) >= 1


def campaign_with(index: str | None) -> Campaign:
    return Campaign(name="x", contact="a@b.org", index=index)


def test_the_index_is_named_by_option_then_environment_then_file_then_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, env = tmp_path / "light.toml", {"PICKUP_INDEX": "sqlite:///env.db"}
    named = campaign_with("https://search.example/pickup")
    assert index_url(file, named, "sqlite:///given.db", env) == "sqlite:///given.db"
    assert index_url(file, named, None, env) == "sqlite:///env.db"
    assert index_url(file, named, None, {}) == "https://search.example/pickup"
    assert index_url(file, campaign_with(None), None, {"PICKUP_INDEX": ""}) == (
        f"sqlite:///{tmp_path}/light.db"
    )
    monkeypatch.setenv("PICKUP_INDEX", "sqlite:///own.db")
    assert index_url(file, named) == "sqlite:///own.db"


def test_a_relative_index_of_the_file_starts_from_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    relative = Path("sub/light.toml")
    found = index_url(relative, campaign_with("sqlite:///db/pickup.db"), None, {})
    assert found == f"sqlite:///{tmp_path}/sub/db/pickup.db"
    absolute = campaign_with("sqlite:////srv/pickup.db")
    assert index_url(relative, absolute, None, {}) == "sqlite:////srv/pickup.db"


@pytest.mark.parametrize("name", ["light", 'Keep "the" \\light\n', "Größe \x7f", "{{name}}"])
def test_the_template_loads_without_change(tmp_path: Path, name: str) -> None:
    campaign = load(write(tmp_path, template(name)))
    assert campaign.name == name.strip()
    (statement,) = campaign.statements
    assert len(statement.lines) == 4
    assert statement.signatories == ("Friends of the Harbour", "The Rowing Club")
    assert statement.notes == ("[1] Council minutes, item 12.",)
    assert campaign.outlets
    assert campaign.sources
