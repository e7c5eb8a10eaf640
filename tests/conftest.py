# mypy: allow-untyped-calls
"""Fixtures for every test: plans, indicators and entries made of short YAML text."""

import os
import subprocess
import unicodedata
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path

import pytest
import ryaml
from hypothesis import settings
from pydantic import TypeAdapter

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.domain.closing.digests import plan_digest
from mizuho_pdca.domain.plan.checks import check_plan
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import PLAN_SHAPE, Plan
from mizuho_pdca.domain.records.entries import ENTRY_SHAPE
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.schema.shapes import read_shape
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.loading import load_plan

settings.register_profile("desk", deadline=None, max_examples=60)
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

ROOT = Path(__file__).parents[1]
NOW = datetime(2025, 6, 15, 10, 30, tzinfo=timezone(timedelta(hours=9)))

HEAD = """
schema: 1
plan:
  id: trial
  title: 試験計画
  municipality: 瑞穂町
  period: {from: 2022, until: 2031}
  council: {name: 協議会}
scheme:
  statuses:
  - {code: not_started, name: 未着手}
  - {code: preparing, name: 準備中}
  - {code: in_progress, name: 実施中}
  - {code: done, name: 実施済（当年度分）}
  - {code: completed, name: 完了}
  - {code: suspended, name: 休止}
  - {code: discontinued, name: 中止・廃止}
  scale:
    ranks:
    - {code: A, name: 目標達成, at_least: 100}
    - {code: B, name: おおむね順調, at_least: 80}
    - {code: C, name: やや遅れ, at_least: 30}
    - {code: D, name: 遅れ}
    states:
    - {code: F, name: 完了}
    - {code: X, name: 未着手}
    - {code: Y, name: 中止}
    - {code: Z, name: 評価困難}
  directions: [{name: 拡充}, {name: 継続}, {name: 改善}, {name: 縮小}, {name: 廃止}]
  missing: [{name: 未調査}, {name: 集計中}, {name: 対象外}]
"""

OF_KIND = {
    "activity": {"summary": "訪問した。"},
    "response": {},
    "withdrawal": {"fiscal_year": 2024, "reason": "誤記"},
}


def plan_file(policies, plan="", scheme="", revisions="[]"):
    data = ryaml.loads(HEAD) | {"scheme_revisions": ryaml.loads(revisions)}
    data["plan"] |= ryaml.loads("{" + plan + "}")
    data["scheme"] |= ryaml.loads("{" + scheme + "}")
    return _shaped(PLAN_SHAPE, data | {"policies": ryaml.loads(policies)})


def plan(policies, plan="", scheme="", revisions="[]"):
    file = plan_file(policies, plan, scheme, revisions)
    assert check_plan(file) == []
    return Plan(file)


def indicator(text):
    defaults = ryaml.loads("{id: visits, name: 訪問件数, kind: output, aggregate: sum, adopted: true}")
    return _shaped(TypeAdapter(Indicator), defaults | ryaml.loads("{" + text + "}"))


def entry(text):
    """Make an entry, recorded a year after its day: when its fiscal year was over, unless ``recorded`` says more."""
    given = ryaml.loads("{" + text + "}")
    kind = given.get("kind", "activity")
    day = given.get("date", "2024-06-12")
    defaults = ryaml.loads(f"{{schema: 1, kind: {kind}, target: 1-1-1-1, date: {day}, by: 産業課}}")
    defaults |= {"recorded": f"{int(day[:4]) + 1}-{day[5:].replace('02-29', '02-28')}T09:00:00+09:00"}
    return _shaped(ENTRY_SHAPE, defaults | OF_KIND.get(kind, {"fiscal_year": 2024}) | given)


def _shaped(shape, data):
    shaped = read_shape(shape, data)
    assert not isinstance(shaped, list), shaped
    return shaped


@pytest.fixture(scope="session")
def make_plan_file():
    """Make a plan file of its policies; ``plan`` and ``scheme`` replace keys of the header and the scheme.

    ``revisions`` is the list of the scheme's revisions.
    """
    return plan_file


@pytest.fixture(scope="session")
def make_plan():
    """Make a checked plan, of the same texts as ``make_plan_file``."""
    return plan


@pytest.fixture(scope="session")
def make_indicator():
    """Make an indicator of ``key: value, …``; direction and method have no default."""
    return indicator


@pytest.fixture(scope="session")
def make_entry():
    """Make an entry of ``key: value, …``: an activity for 1-1-1-1 on 2024-06-12 unless told otherwise."""
    return entry


@pytest.fixture(scope="session")
def make_ledger():
    """Make a ledger of entries, each given as for ``make_entry``."""
    return lambda *texts: Ledger(map(entry, texts))


@pytest.fixture(scope="session")
def adopted_file():
    """Return the file of the plan that comes with the program."""
    return _shaped(PLAN_SHAPE, ryaml.loads((ROOT / "plan" / "measures.yaml").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def adopted_plan(adopted_file):
    """Return the plan that comes with the program, checked."""
    assert check_plan(adopted_file) == []
    return Plan(adopted_file)


@pytest.fixture(scope="session")
def first_form():
    """Give the last seal of a year, which fits, the form that seals had at first."""

    def rewrite(root, year):
        path = root / "records" / str(year) / "closed.yaml"
        text = path.read_text(encoding="utf-8")
        found, problems = load_plan(Folder(root))
        assert found is not None, problems
        start, end = text.rindex("  rules: "), text.rindex("  entries:")
        digests = f"  plan: {plan_digest(found, year)}\n  review: {'0' * 64}\n"
        path.write_bytes((text[:start] + digests + text[end:]).encode())

    return rewrite


# -- a workspace to work in -------------------------------------------------------------------


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """Make a home folder in which git knows who commits, and nothing else."""
    folder = tmp_path_factory.mktemp("home")
    (folder / ".gitconfig").write_text("[user]\n\tname = 産業課\n\temail = sangyo@town.example\n", encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def isolated(monkeypatch, home, tmp_path):
    """Keep a test from the settings of whoever runs it: language, folder, colours, width, git's user."""
    unwanted = ("PDCA_", "_PDCA_", "_TYPER_", "GIT_", "LC_", "NO_COLOR", "FORCE_COLOR", "TTY_", "LINES", "PYTHONIO")
    for name in list(os.environ):
        if name.startswith(unwanted):
            monkeypatch.delenv(name)
    config = {"XDG_CONFIG_HOME": str(home), "PDCA_CONFIG": str(tmp_path / "config" / "config.toml")}
    for name, value in {"HOME": str(home), "LANG": "C", "COLUMNS": "100", **config}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def workspace(tmp_path):
    """Make a workspace of the plan that comes with the program, without records and without git."""
    folder = tmp_path / "town"
    (folder / "plan").mkdir(parents=True)
    (folder / "plan" / "measures.yaml").write_bytes((ROOT / "plan" / "measures.yaml").read_bytes())
    return folder


@pytest.fixture
def git(isolated):  # noqa: ARG001 (git must find the home that the test is given)
    """Run the git program in a folder and return what it prints."""

    def run(folder, *arguments):
        result = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=True)
        return result.stdout

    return run


@pytest.fixture
def make_desk():
    """Make a desk: its clock stands at 2025-06-15 10:30 in Japan, its names are 000001, 000002, …"""
    numbers = count(1)

    def make(folder=None, now=NOW, **more):
        return Desk(folder, **({"clock": lambda: now, "token": lambda: f"{next(numbers):06d}"} | more))

    return make


@pytest.fixture(scope="session")
def columns():
    """Count the columns that a line takes on a terminal."""

    def count(line):
        wide = (
            2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line if not unicodedata.combining(sign)
        )
        return sum(wide)

    return count


@pytest.fixture
def rating_workspace(workspace):
    """Return that workspace with two evaluators, where a rating of initiatives and measures is expected."""
    path = workspace / "plan" / "measures.yaml"
    added = "scheme:\n  rate: [initiative, measure]\n  evaluators:\n"
    added += "  - {code: self, name: 自己評価}\n  - {code: council, name: 外部評価, aliases: [協議会]}\n"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("scheme:\n", added, 1), encoding="utf-8", newline="\n")
    return workspace


@pytest.fixture
def own_words_workspace(rating_workspace):
    """Return that workspace with a council that rates by words of its own: A is another A than the office's."""
    path = rating_workspace / "plan" / "measures.yaml"
    own = "scale: {ranks: [{code: A, name: 妥当}, {code: B, name: 概ね妥当}], states: [{code: N, name: 対象外}]}"
    text = path.read_text(encoding="utf-8").replace("aliases: [協議会]}", f"aliases: [協議会], {own}}}", 1)
    path.write_text(text, encoding="utf-8", newline="\n")
    return rating_workspace
