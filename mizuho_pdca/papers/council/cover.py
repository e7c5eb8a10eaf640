"""The cover of a meeting's papers: when and where, 次第, 委員名簿, and which papers there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers
from mizuho_pdca.text import NONE


def cover(report: ReviewReport, whole: Papers, t: Translate) -> Papers | None:
    """Return the cover of the papers: agenda and members; None where the plan has neither."""
    council = report.plan.header.council
    agenda = tuple((Cell(str(number)), Cell(text)) for number, text in enumerate(council.agenda, start=1))
    members = tuple((Cell(one.name), Cell(one.role or NONE)) for one in council.members)
    if not agenda and not members:
        return None
    papers = (
        Paper("agenda", t(N_("Agenda")), (Column(t(N_("No.")), 8), Column(t(N_("Subject")), 80)), agenda),
        Paper(
            "members",
            t(N_("Members")),
            (Column(t(N_("Member's name")), 40), Column(t(N_("Role")), 40, essential=False)),
            members,
        ),
    )
    place = () if council.place is None else (t(N_("Place: {place}")).format(place=council.place),)
    bare = replace(whole, legend=(), charts=(), overview=(), raw=None)
    return replace(bare, subtitles=(*whole.subtitles, *place), papers=papers).filled


def with_contents(front: Papers, label: str, contents: Sequence[tuple[str, str]], t: Translate) -> Papers:
    """Return a cover as a paper of its own, which lists the others: number and title each."""
    listed = Paper(
        "contents",
        t(N_("Papers of the meeting")),
        (Column(t(N_("Paper")), 16), Column(t(N_("Title")), 60)),
        tuple((Cell(number), Cell(title)) for number, title in contents),
    )
    return replace(front, papers=(*front.papers, listed), label=label)
