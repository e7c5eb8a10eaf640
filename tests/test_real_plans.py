"""``docs/real-plans.md`` names a file for every column of real sheets that has a home; each holds what it says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mizuho_pdca.storage.yaml.reading import parse
from scripts.readme_help import ROOT

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "real-plans.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\|(?!---| column )", line)
]
SHOWN = [(column, place.strip("`"), key.strip("`")) for column, here, place, key in ROWS if here == "yes"]


def keys_of(data: object) -> Iterator[str]:
    """Return every key of a document, also with its value where that is no list and has no keys."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield f"{key}: {value}"
            yield from keys_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from keys_of(value)


def keys_below(place: Path) -> set[str]:
    """Return every key of a YAML file, or of those below a folder."""
    files = [place] if place.is_file() else sorted(place.rglob("*.yaml"))
    assert files != [], place
    return {key for file in files for key in keys_of(parse(file.read_bytes()))}


def test_every_row_is_shown_or_left() -> None:
    assert {here for _, here, _, _ in ROWS} == {"yes", "left"}
    assert [row for row in ROWS if row[1] == "left" and row[2:] != ["", ""]] == []
    assert len(SHOWN) > len(ROWS) // 2


@pytest.mark.parametrize(("column", "place", "key"), SHOWN)
def test_a_column_of_real_sheets_stands_where_the_page_says(column: str, place: str, key: str) -> None:
    found = keys_below(ROOT / place)
    assert (key.removeprefix("no ") in found) is not key.startswith("no "), column
