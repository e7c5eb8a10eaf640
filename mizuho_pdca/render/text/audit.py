"""What an audit found, as a person reads it: oldest first, who and when above what."""

from __future__ import annotations

from collections.abc import Iterator

from mizuho_pdca.domain.history.audit import KINDS, Audit, Finding
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.text import is_hidden

_DIGITS = 12
_REASONS = 5
"""Reasons of one finding that are shown at most; JSON has all."""


def audit_text(found: Audit, t: Translate) -> str:
    """Return the count of findings, each finding, and what could not be judged."""
    return "\n".join(_lines(found, t))


def _lines(found: Audit, t: Translate) -> Iterator[str]:
    commits = N_("1 commit") if found.commits == 1 else N_("{n} commits")
    entries = N_("1 entry") if found.entries == 1 else N_("{n} entries")
    looked = t(N_("{commits} and {entries} were examined")).format(
        commits=t(commits).format(n=f"{found.commits:,}"), entries=t(entries).format(n=f"{found.entries:,}")
    )
    if len(found.findings) == 1:
        yield t(N_("1 finding: {looked}.")).format(looked=looked)
    elif found.findings:
        yield t(N_("{count} findings: {looked}.")).format(count=f"{len(found.findings):,}", looked=looked)
    else:
        yield t(N_("Nothing was found: {looked}.")).format(looked=looked)
    for kind, count in found.counts.items():
        yield "  " + t(N_("{kind}: {count}")).format(kind=t(KINDS[kind]), count=f"{count:,}")
    for finding in found.findings:
        yield ""
        yield from _block(finding, found, t)
    notes = list(_notes(found, t))
    if notes:
        yield ""
        yield from (f"※ {note}" for note in notes)


def _block(finding: Finding, found: Audit, t: Translate) -> Iterator[str]:
    commit = finding.commit
    who = f"{commit.author} <{commit.email}>"
    if commit.committer != commit.author:
        who = t(N_("{author}, committed by {committer}")).format(author=who, committer=commit.committer)
    yield _visible(f"{commit.committed.date().isoformat()} {commit.id[:_DIGITS]} {who}")
    yield _visible("  " + t(N_("{kind}: {what}")).format(kind=t(KINDS[finding.kind]), what=_what(finding, found, t)))
    for reason in finding.reasons[:_REASONS]:
        yield _visible(f"    {reason.text(t)}")
    if len(finding.reasons) > _REASONS:
        yield "  " + t(N_("  and {n} more")).format(n=len(finding.reasons) - _REASONS)


def _what(finding: Finding, found: Audit, t: Translate) -> str:
    if finding.path is None:
        return t(N_("the commit itself"))
    path = finding.path if finding.came_to is None else f"{finding.path} → {finding.came_to}"
    subject = found.subject(finding.path)
    return path if subject is None else t(N_("{path} ({subject})")).format(path=path, subject=" ".join(subject))


def _notes(found: Audit, t: Translate) -> Iterator[str]:
    if found.since is not None:
        yield t(N_("Only commits after {commit} were examined.")).format(commit=found.since[:_DIGITS])
    if found.samples:
        yield t(N_("Dates of invented entries (samples) were not judged: {n} of them.")).format(n=f"{found.samples:,}")
    if found.late:
        yield t(N_("Entries that were recorded long after the council met on their year, and say so: {n}.")).format(
            n=f"{found.late:,}"
        )
    if found.carried_over:
        yield t(N_("Entries carried over from tables of past years: {n}.")).format(n=f"{found.carried_over:,}")
    if found.merged:
        yield t(
            N_(
                "Entries that came with a merge long after the council met on their year: {n}. "
                "Only the clock of their branch says that they were made in time."
            )
        ).format(n=f"{found.merged:,}")
    if found.is_shallow:
        yield t(
            N_(
                "This clone has only a part of the history; what happened before was not examined. "
                "To have it all: git fetch --unshallow"
            )
        )


def _visible(text: str) -> str:
    """Replace what could move the cursor or hide text on a terminal."""
    return "".join("?" if is_hidden(sign) else sign for sign in text)
