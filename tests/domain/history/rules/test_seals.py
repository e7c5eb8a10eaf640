# mypy: allow-untyped-calls
from datetime import datetime, timedelta, timezone

import pytest

from mizuho_pdca.domain.history.audit import Finding
from mizuho_pdca.domain.history.commits import Commit
from mizuho_pdca.domain.history.rules.case import Known
from mizuho_pdca.domain.history.rules.seals import (
    has_grown,
    head_findings,
    is_duly_joined,
    kept_seals,
    seal_faults,
)
from mizuho_pdca.domain.schema.faults import Fault, Problem
from tests.domain.history.rules.sealed import REOPENED, file, seal

JAPAN = timezone(timedelta(hours=9))


def said(messages):
    return [message.text(str) for message in messages]


def test_a_file_of_seals_may_only_grow():
    assert has_grown(file(seal()), file(seal()))
    assert has_grown(file(seal()), file(seal(), REOPENED))
    assert not has_grown(file(seal(), REOPENED), file(seal()))
    assert not has_grown(file(seal()), file(seal(by="別人")))
    assert not has_grown(file(seal()), None)


def test_a_merge_of_two_seals_is_duly_done_with_a_reopening_of_its_own():
    ours, theirs = file(seal()), file(seal(by="別人"))
    assert is_duly_joined([ours, theirs], file(seal(), REOPENED, seal()))
    assert not is_duly_joined([ours, theirs], file(seal()))
    assert not is_duly_joined([ours, theirs], None)
    assert not is_duly_joined([ours, theirs], file(seal(by="町長"), REOPENED, seal()))
    assert not is_duly_joined([ours, file(seal(by="別人"), REOPENED, seal())], file(seal(by="別人"), REOPENED, seal()))
    assert not is_duly_joined([file(seal(), REOPENED), theirs], file(seal(), REOPENED, seal()))


def test_what_two_files_of_seals_have_in_common():
    assert kept_seals(file(seal()), file(seal(), REOPENED)) == 1
    assert kept_seals(file(seal(), REOPENED), file(seal())) == 1
    assert kept_seals(file(seal(), REOPENED, seal()), file(seal(), REOPENED, seal(by="別人"))) == 2


AFTER = datetime(2025, 6, 16, 12, 0, tzinfo=JAPAN)


def test_seals_are_held_against_the_commit_and_each_other():
    assert said(seal_faults(file(seal(), REOPENED), 0, AFTER, AFTER)) == []
    later = AFTER + timedelta(days=40)
    assert said(seal_faults(file(seal(), REOPENED), 2, later, later)) == []
    late = "recorded 2025-06-16T10:30:00+09:00, but committed 40 days later only"
    assert said(seal_faults(file(seal(), REOPENED), 1, later, later)) == [late]
    assert said(seal_faults(file(seal(), REOPENED), 1, AFTER, later)) == [late]
    assert said(seal_faults(file(seal(sample=True), REOPENED), 0, later, later)) == []
    early = file(seal(), REOPENED, seal(recorded="2025-06-15T10:29:00+09:00"))
    assert said(seal_faults(early, 0, AFTER, AFTER)) == [
        "recorded 2025-06-15T10:29:00+09:00, before what it comes after"
    ]


def test_a_year_is_closed_after_its_end():
    when = datetime(2025, 3, 31, 23, 59, tzinfo=JAPAN)
    assert said(seal_faults(file(seal(recorded=when.isoformat())), 0, when, when)) == [
        "recorded 2025-03-31T23:59:00+09:00, before FY2024 was over"
    ]
    assert said(seal_faults(file(seal(recorded="2025-04-01T00:00:00+09:00")), 0, when, when)) == []


WHEN = datetime(2025, 7, 1, tzinfo=JAPAN)
HEAD = Commit("f" * 40, (), "t", "産業課", "a@example.jp", WHEN, "産業課", WHEN, "記録")
SEALS = "records/2024/closed.yaml"
ENTRY = "records/2024/1-1-1-1/2024-06-12-000001.yaml"
CHANGED = Problem(Fault("E501", values={"year": 2024, "sealed": "2025-06-15"}), ENTRY)


@pytest.mark.parametrize(
    ("problem", "findings", "reasons"),
    [
        pytest.param(CHANGED, [], [f"{ENTRY}: {CHANGED.fault.message.text(str)}"], id="nobody was charged"),
        pytest.param(CHANGED, ["closed"], [], id="charged already"),
        pytest.param(Problem(Fault("E101", values={"key": "x"}), ENTRY), [], [], id="no fault of a seal"),
    ],
)
def test_the_last_commit_answers_for_what_no_other_was_charged_with(problem, findings, reasons):
    known = Known()
    known.first |= {SEALS: "0" * 40, ENTRY: "1" * 40}
    charged = [Finding("closed", HEAD, ENTRY, (problem.fault.message,)) for _ in findings]
    found = list(head_findings(HEAD, known, charged, lambda: [problem]))
    assert [(one.kind, one.path, said(one.reasons)) for one in found] == ([("seal", SEALS, reasons)] if reasons else [])
