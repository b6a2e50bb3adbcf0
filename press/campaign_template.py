"""The commented campaign file that `pickup init` writes."""

from importlib.resources import files

import tomlkit


def template(name: str) -> str:
    """A campaign file for the campaign `name`; it loads as it is."""
    text = files("press").joinpath("campaign_template.toml").read_text(encoding="utf-8")
    return text.replace("{{name}}", tomlkit.item(name).as_string())
