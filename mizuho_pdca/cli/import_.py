"""The command that carries over the table of a past year: import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import prompts, streams
from mizuho_pdca.cli.form_import import DryRun, tell_faults
from mizuho_pdca.cli.framework import Session, command, session
from mizuho_pdca.cli.recording import By, Year
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

if TYPE_CHECKING:
    from mizuho_pdca.app.forms.mapping import ColumnMap


@command(N_("Carry over the Excel or CSV table that the town has of a past year."))
def import_(
    ctx: typer.Context,
    table: Annotated[str, typer.Argument(metavar=N_("TABLE"), help=N_("The table: an Excel file or CSV."))],
    year: Year = None,
    kept: Annotated[
        str | None,
        typer.Option(
            "--map", metavar=N_("FILE"), help=N_("Which column holds what; written there where there is no such file.")
        ),
    ] = None,
    by: By = None,
    *,
    partial: Annotated[
        bool, typer.Option("--partial", help=N_("Record the rows that fit, and leave out the others."))
    ] = False,
    dry_run: DryRun = False,
) -> int:
    """Carry over the table of a past year."""
    here = session(ctx)
    here.is_recording = True
    if year is None:
        raise UsageFault(
            N_("{option} is missing"), option="--year", remedy=message(N_("Say of which year the table is."))
        )
    from mizuho_pdca.app import import_ as use_case
    from mizuho_pdca.render.text.form import imported_text

    path, map_path = Path(table), None if kept is None else Path(kept)
    read, fiscal = use_case.open_table(path), here.fiscal_year(year)
    found = use_case.column_map(read, map_path, fiscal)
    is_new = map_path is None or not map_path.exists()
    if is_new and prompts.at_terminal():
        found = _asked(here, found)
    _tell_map(here, found, fiscal)
    done = use_case.import_(here.desk, read, found, year=fiscal, by=by, partial_=partial, dry=dry_run)
    plan, told = here.desk.plan, [done.told(path.name, fiscal)]
    streams.write_done(imported_text(plan, told, here.t, dry=dry_run, width=streams.screen_width()))
    tell_faults(here, done.faults)
    if is_new and map_path is not None:
        use_case.keep_map(found, map_path)
        streams.write_done(here.t(N_("Kept in {file}; correct it there and import again.")).format(file=map_path))
    return max((fault.exit_code for fault in done.faults), default=0) if done.is_refused else 0


def _tell_map(here: Session, found: ColumnMap, year: int) -> None:
    """Print which column is taken for what, and of which nothing is taken."""
    from mizuho_pdca.app.forms.mapping import KEYS

    t = here.t
    comma = t(N_(", "))
    lines = [t(N_('Headings in "{sheet}" row {row}:')).format(sheet=found.sheet.name, row=found.head + 1)]
    lines += [f"  {t(KEYS[key])} ← {heading}" for key, heading in found.headings.items()]
    left_out = [*found.left_out, *(t(N_("column {letters}")).format(letters=each) for each in found.nameless)]
    if left_out:
        lines.append(t(N_("  not taken: {headings}")).format(headings=comma.join(left_out)))
    if found.more:
        names = comma.join(part.sheet.name for part in found.more)
        lines.append(t(N_("  the same on the sheets: {names}")).format(names=names))
    if found.others:
        lines.append(t(N_("  sheets not taken: {names}")).format(names=comma.join(found.others)))
    if found.years:
        words = N_("  the table speaks of FY{named}; it is taken for FY{year}")
        lines.append(message(words, named=sorted(found.years), year=year).text(t))
    streams.write_text("\n".join(lines))


def _asked(here: Session, found: ColumnMap) -> ColumnMap:
    """Return the mapping as somebody at the terminal wants it."""
    from mizuho_pdca.app.forms.mapping import KEYS

    t, row = here.t, found.texts
    columns = dict[str, int]()
    for key, words in KEYS.items():
        guess = found.columns.get(key)
        offers = [prompts.Offer(str(column), text) for column, text in sorted(row.items())]
        none = prompts.Offer("", t(N_("(no column)")))
        first = [offer for offer in offers if offer.value == str(guess)] or [none]
        rest = [offer for offer in [none, *offers] if offer not in first]
        question = t(N_("Which column holds {what}?")).format(what=t(words))
        answer = prompts.choose(question, [*first, *rest], t)
        if answer.isdecimal():
            columns[key] = int(answer)
    return found.with_columns(columns)
