"""The command that closes a fiscal year: close."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.prompts import Question, ask
from mizuho_pdca.cli.recording import Year
from mizuho_pdca.message import N_, Translate

if TYPE_CHECKING:
    from mizuho_pdca.app.close import Closing


By = Annotated[
    str | None,
    typer.Option("--by", metavar=N_("NAME"), help=N_("Who does it (else as pdca config says, else git's user).")),
]


@command(
    N_(
        "Close a year after the council has met.\n"
        "Its entries are sealed, and what the plan measures the year by: commands record nothing more for it, "
        "and validate names whatever changes all the same."
    )
)
def close(
    ctx: typer.Context,
    year: Year = None,
    meeting: Annotated[
        str | None,
        typer.Option("--meeting", metavar=N_("DATE"), help=N_("The day of the council's meeting on the year.")),
    ] = None,
    *,
    allow_incomplete: Annotated[
        bool, typer.Option("--allow-incomplete", help=N_("Close it although somebody has not reported."))
    ] = False,
    by: By = None,
) -> None:
    """Close a year after the council has met."""
    here = session(ctx)
    from mizuho_pdca.app.close import close_year

    (fiscal,) = ask(here, "close", Question(year, "--year", N_("the fiscal year to be closed")))
    closed = close_year(here.desk, here.fiscal_year(fiscal), meeting=meeting, allow_incomplete=allow_incomplete, by=by)
    streams.write_done(_closed_text(closed, here.t))


def _office_lines(closed: Closing, t: Translate) -> Iterator[str]:
    """Yield what the office may still have to look at: how much, then each thing."""
    from mizuho_pdca.papers.office import item_message, office_line

    items, report = closed.standing.office, closed.standing.report
    if items:
        yield office_line(items, t)
    for item in items:
        number = t(N_("whole plan")) if item.place is None else item.place.number
        yield f"  {number} {' '.join(item_message(report, item, t).split())}"


def _closed_text(closed: Closing, t: Translate) -> str:
    from mizuho_pdca.papers.words import SAMPLE_BANNER, of_plan, year_label

    t = of_plan(t, closed.plan)
    seal, (counted, rate), since = closed.seal, closed.standing.counted, closed.since_last
    words = {
        "reported": N_("{entries} entries, reported {reported}/{total}"),
        "rated": N_("{entries} entries, rated {reported}/{total}"),
        "valued": N_("{entries} entries, indicators with a figure {reported}/{total}"),
    }
    numbers = {"entries": len(seal.entries), "reported": rate.numerator, "total": rate.denominator}
    reported = t(words[counted]).format(**numbers)
    lines = [t(N_("Closed: {year}")).format(year=year_label(seal.year, t))]
    if seal.sample:
        lines.append(f"  【{t(SAMPLE_BANNER)}】")
    lines.append(f"  {reported}  {seal.day}  {seal.by}")
    if seal.meeting is not None:
        lines.append("  " + t(N_("Council's meeting: {day}")).format(day=seal.meeting.isoformat()))
    if since is not None:
        told = t(N_("Since the seal before: {changed} entries changed, {vanished} vanished, {came} came"))
        counts = {"changed": len(since.changed), "vanished": len(since.vanished), "came": len(since.came)}
        lines.append("  " + told.format(**counts))
    lines += [
        *(f"  ※ {note.text(t)}" for note in closed.notes),
        *(f"  ※ {line}" for line in _office_lines(closed, t)),
        f"  {closed.path}",
        t(N_('To change the year: pdca reopen {year} --reason "…"')).format(year=seal.year),
    ]
    return "\n".join(lines)
