# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""A small town with two departments, the form that it sends out, and what came of it when it is back."""

import re
from typing import NamedTuple

import pytest

from mizuho_pdca.app.form_export import Wish, make_forms
from mizuho_pdca.app.form_import import import_forms
from mizuho_pdca.app.opinion import give_opinion
from mizuho_pdca.language import translator
from mizuho_pdca.storage.loading import load
from scripts.fill_form import fill
from tests.conftest import HEAD

POLICIES = """
policies:
- id: "1"
  title: 方針
  measures:
  - id: 1-1
    title: 施策
    submeasures:
    - id: 1-1-1
      title: 小施策
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        department: 産業課
        indicators:
        - id: visits
          {name: 訪問件数, unit: 件, kind: output, method: ratio, aggregate: sum, targets: {2024: 60}}
        - id: share
          {name: 黒字の割合, unit: "%", kind: outcome, method: ratio, aggregate: latest, targets: {2024: 50}}
      - id: 1-1-1-2
        title: 説明会
        department: [企画課, 産業課]
        indicators:
        - id: place
          {name: 拠点の設置, kind: output, method: done, aggregate: latest, words: {yes: 設置, no: なし}}
        - id: firms
          {name: 参加した会社（累計）, unit: 社, kind: output, method: ratio, aggregate: cumulative}
      - {id: 1-1-1-3, title: 相談, department: 産業課}
"""

_INLINE = r"- id: (\S+)\n +\{(.*)\}"
PLAN = HEAD + re.sub(_INLINE, r"- {id: \1, direction: increase, adopted: true, \2}", POLICIES)

ROW = "1-1-1-1"
FULL = {
    "状況": "実施中",
    "当年度の取組": "63社を訪問した。",
    "評価": "B おおむね順調",
    "今後の方向性": "継続",
    "翌年度の予定": "続ける。",
}
"""Answers of a row that are all that is expected."""


def in_force(desk):
    """Return the entries in force, after looking whether all are sound."""
    workspace = load(desk.tree, desk.clock())
    assert workspace.errors == []
    return workspace.ledger.in_force


@pytest.fixture
def town(tmp_path):
    """Make the workspace, without records and without git."""
    folder = tmp_path / "town"
    (folder / "plan").mkdir(parents=True)
    (folder / "plan" / "measures.yaml").write_text(PLAN, encoding="utf-8")
    return folder


@pytest.fixture
def desk(town, make_desk):
    """Return a desk in the town."""
    return make_desk(town)


@pytest.fixture
def opinion(desk):
    """Record an opinion that waits for an answer."""
    return give_opinion(desk, "1-1-1-1", year=2023, meeting="2024-08-28", text="回数を増やしては。", by="事務局").entry


class Sent(NamedTuple):
    """A form that went out."""

    data: bytes
    name: str


@pytest.fixture
def send(desk, town, make_desk):
    """Make the form of a year, or of a department."""

    def sent(year=2024, **wish):
        at = desk if wish.pop("now", None) is None else make_desk(town)
        return [Sent(one.data, one.name) for one in make_forms(at, year, translator("ja"), Wish(**wish))]

    return sent


@pytest.fixture
def form(send):
    """Return the form of everything."""
    return send()[0].data


@pytest.fixture
def take(town, tmp_path, make_desk):
    """Import a file, given as bytes, or as answers by sheet, row and heading beside the form that they stand in."""

    def taken(data, answers=None, name="戻り.xlsx", **more):
        path = tmp_path / name
        path.write_bytes(data if answers is None else fill(data, answers))
        return import_forms(make_desk(town), path, translator("ja"), **more).outcomes[0]

    return taken


@pytest.fixture
def written(town):
    """Return the entries that lie in the town."""
    return lambda: sorted(town.glob("records/*/*/*.yaml"))


@pytest.fixture
def faults():
    """Return what is said of an outcome's faults."""
    return lambda outcome: [fault.text(translator("ja")) for fault in outcome.faults]
