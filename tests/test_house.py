"""The rules of the house that import-linter's contracts can't say; docs/architecture.md shows it on one page."""

import ast
import sys
import tomllib
from collections import Counter, defaultdict
from functools import cache
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from mizuho_pdca.cli.form import FormGroup
from mizuho_pdca.cli.main import Root
from scripts.bundle import imports

PACKAGE = Path(__file__).parents[1] / "mizuho_pdca"
FILES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 60
MOST_MODULES_OF_A_FOLDER = 25
FOLDERS_OF_COMMANDS = {PACKAGE / "app", PACKAGE / "cli"}
WORDS_OF_DOERS = ("comparing", "tracing", "drawing", "looking", "typed", "filing", "founding", "opening", "auditing")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_is_small_enough_to_be_seen_at_once(path):
    assert path.read_text(encoding="utf-8").count("\n") <= MOST_LINES_OF_A_FILE
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lines = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {name: count for name, count in lines.items() if count > MOST_LINES_OF_A_FUNCTION} == {}


def test_no_two_classes_have_one_name():
    where = defaultdict(list)
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                where[node.name].append(path.relative_to(PACKAGE).as_posix())
    assert {name: places for name, places in where.items() if len(places) > 1} == {}


def test_a_folder_has_not_more_rooms_than_one_can_remember():
    count = Counter(
        path.parent for path in FILES if path.name != "__init__.py" and path.parent not in FOLDERS_OF_COMMANDS
    )
    assert {folder: n for folder, n in count.items() if n > MOST_MODULES_OF_A_FOLDER} == {}


def test_the_domain_speaks_no_language():
    for path in FILES:
        if PACKAGE / "domain" in path.parents:
            names = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
            assert "Translate" not in names, path


def test_a_module_is_named_after_what_the_user_asked_for():
    names = {path.stem for path in FILES}
    assert not names & {*WORDS_OF_DOERS, "utils", "helpers", "common", "manager"}


def test_every_format_is_one_of_those_that_do_not_know_each_other():
    settings = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["name"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}
    folders = {path.parent.name for path in (PACKAGE / "render").glob("*/__init__.py")}
    assert set(contracts["Formats do not know each other"]["modules"]) == {f"mizuho_pdca.render.{f}" for f in folders}


def test_every_command_is_listed():
    commands = {
        node.name
        for path in (PACKAGE / "cli").glob("*.py")
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and any("command(" in ast.unparse(one) for one in node.decorator_list)
    }
    assert commands == {*map(Root.room_of, Root.listed), *map(FormGroup.room_of, FormGroup.listed)}


def test_every_command_has_a_room_of_its_name_on_both_floors():
    cli, app = ({path.stem for path in (PACKAGE / floor).glob("*.py")} for floor in ("cli", "app"))
    rooms = {*map(Root.room_of, Root.listed), *map(FormGroup.room_of, FormGroup.listed)}
    assert rooms <= cli
    assert rooms - {"validate"} <= app  # validate loads and says: no use case stands between


def test_every_package_that_is_imported_is_asked_for_by_name():
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    names = {canonicalize_name(Requirement(line).name) for line in asked}
    imported = {name.partition(".")[0] for name in imports(PACKAGE)} - {*sys.stdlib_module_names, PACKAGE.name}
    packages = packages_distributions()
    unasked = {name for name in imported if not names & set(map(canonicalize_name, packages.get(name, [name])))}
    assert unasked == set()
