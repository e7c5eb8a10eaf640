"""What an audit found, for programs."""

from __future__ import annotations

from mizuho_pdca.domain.history.audit import KINDS, Audit, Finding
from mizuho_pdca.message import Translate
from mizuho_pdca.render.json.text import Json, dump

_DIGITS = 12


def audit(found: Audit, t: Translate) -> bytes:
    """Return ``pdca.audit/1``: every finding, oldest first; texts are in the language of ``t``."""
    return dump(
        {
            "schema": "pdca.audit/1",
            "head": found.head,
            "since": found.since,
            "shallow": found.is_shallow,
            "commits": found.commits,
            "entries": found.entries,
            "samples_not_judged": found.samples,
            "late": found.late,
            "merged_late": found.merged,
            "carried_over": found.carried_over,
            "kinds": [
                {"kind": kind, "what": t(KINDS[kind]), "findings": count} for kind, count in found.counts.items()
            ],
            "findings": [_finding(finding, found, t) for finding in found.findings],
        }
    )


def _finding(finding: Finding, found: Audit, t: Translate) -> Json:
    commit = finding.commit
    number, title = found.subject(finding.path) or (None, None)
    return {
        "kind": finding.kind,
        "what": t(KINDS[finding.kind]),
        "path": finding.path,
        "came_to": finding.came_to,
        "number": number,
        "title": title,
        "reasons": [reason.text(t) for reason in finding.reasons],
        "commit": commit.id,
        "short": commit.id[:_DIGITS],
        "author": commit.author,
        "email": commit.email,
        "committer": commit.committer,
        "date": commit.committed.isoformat(),
        "authored": commit.authored.isoformat(),
        "subject": commit.subject,
    }
