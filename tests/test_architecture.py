"""The names in docs/architecture.md and CONTRIBUTING.md are those of the package, whoever renames what."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "mizuho_pdca"
DOCUMENTS = ("docs/architecture.md", "CONTRIBUTING.md")
NAME = re.compile(r"`([\w/]+):(\w+(?:\.\w+)?)`")
PLACE = re.compile(r"`((?:cli|app|storage|render|papers|domain)/[\w/]+)(?:\.py)?(?::[\w.]+)?`")


def names(body: list[ast.stmt]) -> set[str]:
    """Return what statements define: functions, classes and constants, and as ``Class.name`` what a class has."""
    found = set[str]()
    for node in body:
        match node:
            case ast.FunctionDef(name=name):
                found.add(name)
            case ast.ClassDef(name=name):
                found |= {name} | {f"{name}.{inner}" for inner in names(node.body)}
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
    return found


def lost(text: str) -> set[str]:
    """Return the names in a text that the package does not have."""
    places = {place for place in PLACE.findall(text) if not (PACKAGE / f"{place}.py").exists()}
    found = {place for place in places if not (PACKAGE / place).is_dir()}
    for file, name in NAME.findall(text):
        path = PACKAGE / f"{file}.py"
        if not path.exists() or name not in names(ast.parse(path.read_text(encoding="utf-8")).body):
            found.add(f"{file}:{name}")
    return found


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_name_of_the_house_is_one(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    assert len(PLACE.findall(text)) > 10
    assert lost(text) == set()


@pytest.mark.parametrize(
    "name",
    ["app/log:record", "app/entry:Recording.write", "app/logging:log", "core/log:log", "papers/tables", "app/no.py"],
)
def test_a_name_that_is_gone_is_found(name):
    assert lost(f"See `{name}`.") != set()


@pytest.mark.parametrize(
    "name", ["app/log:log", "app/entry:Recording.file", "storage/git", "domain/records/kinds:KINDS"]
)
def test_a_name_that_is_there_is_none_that_is_lost(name):
    assert lost(f"See `{name}`.") == set()
