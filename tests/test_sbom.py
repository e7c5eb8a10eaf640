# mypy: allow-untyped-calls
"""The list of what the program is made of, and the check of what is installed against what is pinned."""

import json
from email.message import Message
from types import SimpleNamespace

import pytest

from scripts import sbom

LOCK = "# head\nRuamel.YAML==0.19.1\nprompt_toolkit==3.0.53\ntzdata==2026.6; sys_platform == 'win32'\n"
PINS = {"ruamel-yaml": "0.19.1", "prompt-toolkit": "3.0.53", "tzdata": "2026.6"}


def package(version, **stated):
    metadata = Message()
    for key, value in stated.items():
        for one in value if isinstance(value, list) else [value]:
            metadata[key.replace("_", "-")] = one
    return SimpleNamespace(version=version, metadata=metadata)


def test_every_line_of_the_lock_is_a_package():
    assert sbom.pins(LOCK) == PINS
    text = sbom.LOCK.read_text(encoding="utf-8")
    assert len(sbom.pins(text)) == sum(1 for line in text.splitlines() if not line.startswith("#"))


@pytest.mark.parametrize(
    ("stated", "licence"),
    [
        ({"License_Expression": "MIT", "License": "other"}, "MIT"),
        ({"Classifier": ["License :: OSI Approved", "License :: OSI Approved :: MIT License"]}, "MIT License"),
        ({"License": "BSD 3\n\nall of its text"}, "BSD 3"),
        ({"Classifier": ["Topic :: Office"]}, ""),
    ],
)
def test_a_licence_is_what_the_package_states(stated, licence):
    assert sbom.licence(package("1", **stated)) == licence


def test_what_is_installed_and_not_what_is_pinned_is_named():
    mit = {"License_Expression": "MIT"}
    installed = {
        "pip": package("1"),
        "ruamel-yaml": package("0.19.1", **mit),
        "prompt-toolkit": package("3.0.1", **mit),
        "evil": package("6.6.6"),
    }
    assert list(sbom.faults(PINS, installed)) == [
        "evil 6.6.6 is installed, and not pinned",
        "evil 6.6.6 states no licence",
        "prompt-toolkit 3.0.1 is installed, 3.0.53 is pinned",
    ]


def test_the_list_is_cyclonedx_and_names_every_pin_with_the_licence_that_is_known():
    found = json.loads(sbom.sbom(PINS, {"tzdata": package("2026.6", License_Expression="Apache-2.0")}))
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    assert {one["name"]: one["version"] for one in found["components"]} == PINS
    assert found["components"][2] == {
        "type": "library",
        "name": "tzdata",
        "version": "2026.6",
        "purl": "pkg:pypi/tzdata@2026.6",
        "licenses": [{"license": {"name": "Apache-2.0"}}],
    }


def test_an_option_that_there_is_not_is_refused(capsys):
    assert sbom.main(["--fix"]) == 2
    assert "usage" in capsys.readouterr().out
