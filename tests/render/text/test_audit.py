# mypy: allow-untyped-calls
import json
from datetime import datetime, timedelta, timezone

import pytest

from mizuho_pdca.domain.history.audit import Audit, Finding
from mizuho_pdca.domain.history.commits import Commit
from mizuho_pdca.message import message
from mizuho_pdca.render.json.audit import audit as audit_json
from mizuho_pdca.render.text.audit import audit_text

WHEN = datetime(2025, 7, 3, 1, 0, tzinfo=timezone(timedelta(hours=9)))
PATH = "records/2024/1-1-2-1/2024-06-12-000001.yaml"


def commit(author="産業課", committer=None):
    committer = author if committer is None else committer
    return Commit("1a2b3c4d5e6f" + "0" * 28, (), "t", author, "a@town.example", WHEN, committer, WHEN, "直した\n\n本文")


@pytest.fixture
def make(adopted_plan):
    """Make an audit of some findings."""

    def made(*findings, **more):
        data = {"head": "f" * 40, "since": None, "is_shallow": False, "commits": 2000, "entries": 431, "samples": 0}
        return Audit(**(data | more), findings=findings, plan=adopted_plan)

    return made


def test_nothing_is_said_with_what_was_looked_at(make):
    assert audit_text(make(), str) == "Nothing was found: 2,000 commits and 431 entries were examined."


def test_each_finding_says_who_and_when_above_what(make):
    findings = (
        Finding("edited", commit(), PATH),
        Finding("renamed", commit(), PATH, came_to="records/2024/1-1-2-2/x.yaml"),
        Finding("dated", commit(), None, (message("too early"),)),
        Finding("seal", commit(), "records/2024/closed.yaml", tuple(message(f"reason {n}") for n in range(7))),
    )
    assert audit_text(make(*findings), str).split("\n") == [
        "4 findings: 2,000 commits and 431 entries were examined.",
        "  entry rewritten: 1",
        "  entry renamed or moved: 1",
        "  dates that do not fit: 1",
        "  seal that does not hold: 1",
        "",
        "2025-07-03 1a2b3c4d5e6f 産業課 <a@town.example>",
        f"  entry rewritten: {PATH} (1-1②-1 企業訪問活動の実施)",
        "",
        "2025-07-03 1a2b3c4d5e6f 産業課 <a@town.example>",
        f"  entry renamed or moved: {PATH} → records/2024/1-1-2-2/x.yaml (1-1②-1 企業訪問活動の実施)",
        "",
        "2025-07-03 1a2b3c4d5e6f 産業課 <a@town.example>",
        "  dates that do not fit: the commit itself",
        "    too early",
        "",
        "2025-07-03 1a2b3c4d5e6f 産業課 <a@town.example>",
        "  seal that does not hold: records/2024/closed.yaml",
        *(f"    reason {n}" for n in range(5)),
        "    and 2 more",
    ]


def test_what_could_not_be_judged_stands_at_the_end(make):
    lines = audit_text(make(since="ab" * 20, is_shallow=True, samples=12, late=1200, merged=3), str).split("\n")
    assert lines[1] == ""
    assert lines[2] == "※ Only commits after abababababab were examined."
    assert lines[3] == "※ Dates of invented entries (samples) were not judged: 12 of them."
    assert lines[4] == "※ Entries that were recorded long after the council met on their year, and say so: 1,200."
    assert lines[5].startswith("※ Entries that came with a merge long after the council met on their year: 3. ")
    assert lines[6].startswith("※ This clone has only a part of the history")
    assert len(lines) == 7


def test_one_is_no_plural(make):
    text = audit_text(make(Finding("edited", commit(), PATH), commits=1, entries=1), str)
    assert text.startswith("1 finding: 1 commit and 1 entry were examined.\n")


def test_the_committer_is_named_where_another_one(make):
    text = audit_text(make(Finding("edited", commit(committer="総務課"), PATH)), str)
    assert "1a2b3c4d5e6f 産業課 <a@town.example>, committed by 総務課\n" in text


def test_hostile_names_do_not_move_the_cursor(make):
    finding = Finding("edited", commit("\x1b[2J\r\n課\u202e"), "records/2024/1-1-2-1/\x1b[A.yaml", (message("a\x9bb"),))
    text = audit_text(make(finding), str)
    assert "?[2J??課? <" in text
    assert "1-1-2-1/?[A.yaml" in text
    assert "    a?b" in text
    assert not any(sign in text for sign in "\x1b\r\u202e\x9b")


def test_json_has_everything(make):
    findings = (
        Finding("renamed", commit(committer="総務課"), PATH, (message("reason {n}", n=1),), came_to="x.yaml"),
        Finding("dated", commit(), None),
    )
    data = json.loads(audit_json(make(*findings, since="e" * 40, samples=3), str))
    found = data.pop("findings")
    assert data == {
        "schema": "pdca.audit/1",
        "head": "f" * 40,
        "since": "e" * 40,
        "shallow": False,
        "commits": 2000,
        "entries": 431,
        "samples_not_judged": 3,
        "late": 0,
        "merged_late": 0,
        "carried_over": 0,
        "kinds": [
            {"kind": "renamed", "what": "entry renamed or moved", "findings": 1},
            {"kind": "dated", "what": "dates that do not fit", "findings": 1},
        ],
    }
    assert found[0] == {
        "kind": "renamed",
        "what": "entry renamed or moved",
        "path": PATH,
        "came_to": "x.yaml",
        "number": "1-1②-1",
        "title": "企業訪問活動の実施",
        "reasons": ["reason 1"],
        "commit": "1a2b3c4d5e6f" + "0" * 28,
        "short": "1a2b3c4d5e6f",
        "author": "産業課",
        "email": "a@town.example",
        "committer": "総務課",
        "date": "2025-07-03T01:00:00+09:00",
        "authored": "2025-07-03T01:00:00+09:00",
        "subject": "直した",
    }
    assert (found[1]["path"], found[1]["number"], found[1]["title"]) == (None, None, None)
