import re
from collections.abc import Iterator
from datetime import date

import pytest
import ryaml

from mizuho_pdca.app.form import FormList
from mizuho_pdca.app.forms.mapping import MapFile
from mizuho_pdca.domain.closing.seal import SEAL_SHAPE
from mizuho_pdca.domain.records.checks import EntryCheck
from mizuho_pdca.domain.records.entries import ENTRY_SHAPE
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.domain.records.paths import PLAN_PATH, path_of
from mizuho_pdca.domain.schema.shapes import Shape, read_shape
from mizuho_pdca.storage.loading import load_plan
from mizuho_pdca.storage.tree import Memory
from scripts.readme_help import ROOT

TEXT = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
YAML = re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
TABLES = re.findall(r"<!-- keys: (.*?) -->\n\n(.*?)\n\n", TEXT, re.DOTALL)


def every_shape(base: type[Shape] = Shape) -> Iterator[tuple[str, type[Shape]]]:
    for shape in base.__subclasses__():
        if shape.__module__.startswith("mizuho_pdca."):
            yield shape.__name__, shape
        yield from every_shape(shape)


SEALS, FORMS, MAPS = SEAL_SHAPE, FormList, MapFile  # their modules make shapes that are documented as well
SHAPES = dict(every_shape())
NOT_LISTED = {"kind", "code", "name", "definition", "value", "year", "yes", "no", "ranks", "states", "at_least"}
"""Keys that are explained in the cell of the key above them; ``kind`` has its chapters."""


def own_keys(shape: type[Shape]) -> set[str]:
    return {shape.model_fields[name].alias or name for name in shape.__annotations__ if name in shape.model_fields}


@pytest.mark.parametrize(("names", "table"), TABLES, ids=[names for names, _ in TABLES])
def test_every_key_is_listed_where_it_belongs(names, table):
    keys: set[str] = set().union(*(own_keys(SHAPES[name]) for name in names.split()))
    cells = [row.split("|")[1] for row in table.splitlines()[2:]]
    listed = {key for cell in cells for key in re.findall(r"`(\w+)`", cell)}
    assert listed - keys - {"kind"} == set()
    assert {key for key in keys - listed - NOT_LISTED if f"`{key}`" not in table} == set()


def test_every_shape_has_its_table():
    listed = {name for names, _ in TABLES for name in names.split()}
    assert set(SHAPES) - listed == set()


@pytest.mark.parametrize("text", [text for text in YAML if "\nkind: " in text])
def test_every_example_of_an_entry_is_without_fault(text, adopted_plan):
    entry = read_shape(ENTRY_SHAPE, ryaml.loads(text))
    assert not isinstance(entry, list), entry
    assert EntryCheck(adopted_plan, date(2025, 10, 6)).faults(entry, path_of(entry)) == []


def test_every_kind_of_entry_has_an_example():
    kinds = {ryaml.loads(text)["kind"] for text in YAML if "\nkind: " in text}
    assert kinds == set(KINDS)


def test_the_example_of_a_plan_is_without_fault():
    (text,) = [text for text in YAML if "\npolicies:" in text]
    found, problems = load_plan(Memory({PLAN_PATH: text.encode()}))
    assert problems == []
    assert found is not None
