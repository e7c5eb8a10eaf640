# mypy: allow-untyped-calls
from datetime import UTC, datetime

from mizuho_pdca.domain.history.audit import Audit, Finding, Kind
from mizuho_pdca.domain.history.commits import Commit


def test_what_a_path_is_about_is_told_by_the_plan(make_plan):
    plan = make_plan(
        "[{id: '1', title: 方針, measures: [{id: 1-1, title: 施策, initiatives: [{id: 1-1-1, title: 訪問}]}]}]",
        plan="levels: [{name: 基本目標}, {name: 施策}, {name: 事業}]",
    )
    found = Audit("h", None, is_shallow=False, commits=0, entries=0, samples=0, findings=(), plan=plan)
    assert found.subject("records/2024/1-1-1/x.yaml") == ("1-1-1", "訪問")
    assert found.subject("records/2024/9-9-9/x.yaml") is None
    assert found.subject("plan/measures.yaml") is None
    assert found.subject(None) is None
    unread = Audit("h", None, is_shallow=False, commits=0, entries=0, samples=0, findings=(), plan=None)
    assert unread.subject("records/2024/1-1-1/x.yaml") is None


def test_findings_are_counted_by_kind_in_one_order():
    when = datetime(2024, 6, 12, tzinfo=UTC)
    commit = Commit("b" * 40, (), "t", "産業課", "a@b", when, "産業課", when, "記録")
    kinds: tuple[Kind, ...] = ("seal", "edited", "seal", "moved")
    findings = tuple(Finding(kind, commit, None) for kind in kinds)
    found = Audit("h", None, is_shallow=False, commits=0, entries=0, samples=0, findings=findings, plan=None)
    assert list(found.counts.items()) == [("edited", 1), ("seal", 2), ("moved", 1)]
