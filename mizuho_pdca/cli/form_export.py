"""The command that makes the forms of a year: form export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.formats import check_target
from mizuho_pdca.cli.framework import Session, command, session
from mizuho_pdca.cli.progress import progress
from mizuho_pdca.cli.review import Department, Force, Year, asked_year
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Message, message

if TYPE_CHECKING:
    from mizuho_pdca.app.form_export import SentForm


@command(N_("Make the Excel form of a year, for all, for one department or for each of them."))
def form_export(
    ctx: typer.Context,
    year: Year = None,
    department: Department = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar=N_("FILE|DIR"), help=N_("The file that is made, or the folder.")),
    ] = None,
    *,
    each: Annotated[bool, typer.Option("--each", help=N_("One file for each department, in a folder."))] = False,
    council: Annotated[
        bool, typer.Option("--council", help=N_("A form for what the council says at its meeting."))
    ] = False,
    force: Force = False,
) -> None:
    """Make the forms of a year."""
    here = session(ctx)
    _check(output, department, each=each, council=council)
    target = Path(output or "")
    if each:
        _check_folder(target)
    else:
        check_target(output, force=force, form="xlsx")
    fiscal = asked_year(here, year)
    from mizuho_pdca.app.form_export import Wish, left_out, make_forms, save_forms

    wish = Wish(department, each=each, council=council)
    with progress(here.t(N_("Making the forms …"))) as shown:
        made: list[SentForm] = []
        for one in make_forms(here.desk, fiscal, here.paper_language(here.desk.plan.header.language), wish):
            made.append(one)
            shown.say(here.t(N_("Making {name} …")).format(name=one.name))
    saved = save_forms(here.desk, fiscal, made, target, each=each, force=force)
    _tell(here, saved, made, left_out(here.desk.plan.at(fiscal)) if each else None)


def _tell(here: Session, saved: list[Path], made: list[SentForm], missing: Message | None) -> None:
    words = N_("{file} was made ({rows} rows)")
    lines = [here.t(words).format(file=path, rows=one.rows) for path, one in zip(saved, made, strict=True)]
    if missing is not None:
        lines.append(f"※ {missing.text(here.t)}")
    lines.append(here.t(N_("When they are back: pdca form import {file}")).format(file=_back(saved)))
    streams.write_done("\n".join(lines))


def _back(saved: list[Path]) -> str:
    return str(saved[0].parent if len(saved) > 1 else saved[0])


def _check(output: str | None, department: str | None, *, each: bool, council: bool) -> None:
    if output is None or output == "-":
        raise UsageFault(N_("-o is missing"), remedy=message(N_("Say where the form is to go: -o FILE.xlsx")))
    if sum((department is not None, each, council)) > 1:
        raise UsageFault(
            N_("--department, --each and --council exclude each other"), remedy=message(N_("Give one of them."))
        )


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageFault(
            N_("{file} is no folder"), file=str(folder), remedy=message(N_("Name a folder that does not exist yet."))
        )
