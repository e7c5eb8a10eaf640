"""The lock file: it pins all that the program and its tools ask for, in versions that they ask for."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts import lock
from scripts.readme_help import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = [*PROJECT["dependencies"], *(text for extra in PROJECT["optional-dependencies"].values() for text in extra)]
LINES = [line for line in lock.LOCK.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
PINS = {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in map(Requirement, LINES)}


@pytest.mark.parametrize("text", sorted(set(WANTED)))
def test_what_is_asked_for_is_pinned_in_a_version_that_fits(text):
    wanted = Requirement(text)
    if wanted.name != PROJECT["name"]:
        assert wanted.specifier.contains(PINS[canonicalize_name(wanted.name)])


def test_every_line_is_one_version_of_one_package_and_names_no_place_to_fetch_it_from():
    assert [line for line in LINES if not re.fullmatch(r"[\w.-]+==[\w.]+(; [\w ='.<>]+)?", line)] == []
    assert len(PINS) == len(LINES)


def test_a_new_lock_keeps_its_head_and_the_packages_of_other_systems():
    before = "# head\nold==1\ncolorama==0.4.6; sys_platform == 'win32'\n"
    assert lock.lock(before, "a==1\nb==2\n") == "# head\na==1\nb==2\ncolorama==0.4.6; sys_platform == 'win32'\n"


def test_the_next_minor_version_of_what_is_used_inside_out_is_not_asked_for():
    by_name = {Requirement(text).name: Requirement(text).specifier for text in PROJECT["dependencies"]}
    assert not by_name["ryaml"].contains("0.6")
    assert not by_name["typer"].contains("0.30")


def test_the_classifiers_name_the_versions_that_are_tried():
    named = re.findall(r"Python :: (3\.\d+)", " ".join(PROJECT["classifiers"]))
    tried = re.search(r"^versions=\((.*)\)", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)
    assert tried
    assert named == tried[1].split()
    assert len(named) >= 2
