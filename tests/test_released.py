# mypy: allow-untyped-calls
"""Every version that was released left a workspace behind: it is still read, and its figures are still the same."""

import json
import re
import shutil

import pytest
import ryaml

from mizuho_pdca import __version__
from mizuho_pdca.cli.main import main
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.records.kinds import KINDS
from scripts import release
from scripts.readme_help import ROOT

CHANGES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
VERSIONS = re.findall(r"^## (\d+\.\d+\.\d+)", CHANGES, re.MULTILINE)
REVIEWS = [
    (version, int(path.stem.removeprefix("review-")))
    for version in VERSIONS
    for path in sorted((release.RELEASED / version).glob("review-*.json"))
]


@pytest.fixture
def pdca(tmp_path, capsysbinary, make_desk):
    """Run ``pdca`` in a copy of a released version's workspace, in Japanese; return its code and what it printed."""

    def run(version, *arguments):
        folder = shutil.copytree(release.RELEASED / version, tmp_path / version, dirs_exist_ok=True)
        code = main(["--lang", "ja", *arguments], lambda _: make_desk(folder))
        out, err = capsysbinary.readouterr()
        return code, (out + err).decode()

    return run


def lost(kept, now, place=""):
    """Yield where something that was kept is missing now, or another; what came since may stand beside it."""
    if isinstance(kept, dict) and isinstance(now, dict):
        for key, value in kept.items():
            yield from lost(value, now.get(key, "no such key"), f"{place}/{key}")
    elif isinstance(kept, list) and isinstance(now, list) and len(kept) == len(now):
        for position, (one, other) in enumerate(zip(kept, now, strict=True)):
            yield from lost(one, other, f"{place}/{position}")
    elif kept != now:
        yield f"{place}: {kept!r} → {now!r}"


def test_every_version_of_the_changelog_has_its_workspace_and_the_newest_is_this_one():
    assert sorted(VERSIONS) == sorted(path.name for path in release.RELEASED.iterdir())
    assert VERSIONS[0] == __version__
    assert {year for _, year in REVIEWS} >= set(release.YEARS)


@pytest.mark.parametrize("version", VERSIONS)
def test_what_a_version_left_has_no_fault(pdca, version):
    code, printed = pdca(version, "validate", "-f", "json")
    assert code == 0, printed
    assert json.loads(printed)["counts"]["error"] == 0


@pytest.mark.parametrize(("version", "year"), REVIEWS)
def test_the_figures_of_a_version_are_still_the_same(pdca, version, year):
    kept = json.loads((release.RELEASED / version / f"review-{year}.json").read_text(encoding="utf-8"))
    code, printed = pdca(version, "review", str(year), "-f", "json")
    assert code == 0, printed
    assert list(lost(kept, json.loads(printed))) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_a_year_that_was_closed_is_still_closed(pdca, version):
    code, printed = pdca(version, "log", "企業訪問", "訪ねた。", "-d", "2023-06-12")
    assert code == 3, printed
    assert "締めました" in printed


def test_the_newest_workspace_holds_every_kind_of_entry():
    entries = (release.RELEASED / VERSIONS[0] / "records").rglob("*-*.yaml")
    held = {re.search(r"^kind: (\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE) for path in entries}
    assert {found[1] for found in held if found} == set(KINDS)


def test_what_was_lost_or_is_another_is_told_and_what_came_is_not():
    kept = {"a": [1, {"b": "80.0"}], "c": None, "d": [1]}
    assert list(lost(kept, {"a": [1, {"b": "80.0", "new": 1}], "c": None, "d": [1]})) == []
    now = {"a": [1, {"b": "81.0"}], "d": [1, 2]}
    assert list(lost(kept, now)) == ["/a/1/b: '80.0' → '81.0'", "/c: None → 'no such key'", "/d: [1] → [1, 2]"]


# -- making one -------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_workspace_is_made_of_the_same_bytes_each_time_and_never_over_another(tmp_path):
    release.keep(tmp_path / "made")
    release.keep(tmp_path / "again")
    files = sorted(path.relative_to(tmp_path / "made") for path in (tmp_path / "made").rglob("*.*"))
    assert [
        path for path in files if (tmp_path / "again" / path).read_bytes() != (tmp_path / "made" / path).read_bytes()
    ] == []
    assert len(files) > 30
    with pytest.raises(SystemExit, match="there already"):
        release.keep(tmp_path / "made")


def test_the_notes_of_a_version_are_its_part_of_the_changelog():
    changes = (
        "# Changes\n\n## Unreleased\n\n- later\n\n## 1.1.0 (2027-04-01)\n\n- this\n\n## 1.0.0 (2026-11-26)\n\n- first\n"
    )
    assert release.notes(changes, "1.1.0") == "pdca 1.1.0, 2027-04-01\n\n- this\n"
    assert release.notes(changes, "1.0.0") == "pdca 1.0.0, 2026-11-26\n\n- first\n"
    with pytest.raises(SystemExit, match=r"## 1\.2\.0"):
        release.notes(changes, "1.2.0")
    assert release.notes(CHANGES, __version__).startswith(f"pdca {__version__}, ")


def test_another_word_is_answered_with_what_there_is(capsys):
    assert release.main(["tag"]) == 2
    assert "notes|keep" in capsys.readouterr().out
    assert release.main(["notes"]) == 0
    assert capsys.readouterr().out.startswith(f"pdca {__version__}, ")


def test_the_plan_of_a_release_uses_every_key_that_an_indicator_may_have():
    indicators = [held for held in _maps(ryaml.loads(release.PLAN.read_text(encoding="utf-8"))) if "kind" in held]
    used = {key for held in indicators for key in held}
    assert {field.alias or name for name, field in Indicator.model_fields.items()} - used == set()


def _maps(held):
    if isinstance(held, dict):
        yield held
    for value in held.values() if isinstance(held, dict) else held if isinstance(held, list) else ():
        yield from _maps(value)
