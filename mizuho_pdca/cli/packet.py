"""The command that makes the packet of a meeting, and checks one: packet."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.formats import choose, say_faults, say_which, with_amount
from mizuho_pdca.cli.framework import Session, command, session
from mizuho_pdca.cli.progress import Progress, progress
from mizuho_pdca.cli.review import AsOf, Year, asked_year, say_why_no_commit
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

if TYPE_CHECKING:
    from mizuho_pdca.domain.review.review import ReviewReport


@command(N_("Make the council's papers, numbered, with Excel and CSV; or check such a folder."))
def packet(
    ctx: typer.Context,
    year: Year = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar=N_("DIR"), help=N_("The folder that is made."))
    ] = None,
    check: Annotated[
        str | None,
        typer.Option("--verify", metavar=N_("DIR"), help=N_("Say whether the papers in it are what this data makes.")),
    ] = None,
    form: Annotated[
        str | None, typer.Option("-f", "--format", metavar="text|json", help=N_("How to print the result of --verify."))
    ] = None,
    as_of: AsOf = None,
    *,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace an older packet in the folder."))] = False,
) -> int:
    """Make the packet of a meeting, or check one."""
    here = session(ctx)
    if (output is None) == (check is None):
        raise UsageFault(
            N_("packet wants either -o or --verify"),
            remedy=message(N_("Make papers with -o DIR, or check those of a folder with --verify DIR.")),
        )
    if (output is not None and form is not None) or (check is not None and force) or output == "-":
        raise UsageFault(
            N_("-f goes with --verify, --force with -o, and -o wants a folder"),
            remedy=message(N_("Make papers with -o DIR, or check those of a folder with --verify DIR.")),
        )
    chosen = choose("-f", form or "text", ("text", "json"))
    if check is not None:
        return _verify(here, year, as_of, Path(check), chosen)
    return _make(here, asked_year(here, year), as_of, Path(output or ""), force=force)


def _make(here: Session, fiscal: int, as_of: str | None, folder: Path, *, force: bool) -> int:
    from mizuho_pdca.app.packet import make_packet
    from mizuho_pdca.app.packet_folder import refuse_taken_folder, save_packet

    refuse_taken_folder(folder, force=force)
    report, code = _review(here, fiscal, as_of)
    t = here.paper_language(report.plan.header.language)
    with _working(here) as shown:
        made = make_packet(report, t, _saying(here, shown))
    save_packet(folder, made, force=force)
    streams.write_done(
        "\n".join(
            [
                here.t(N_("Papers made: {folder}")).format(folder=folder),
                *(f"  {with_amount(name, data, Path(name).suffix[1:], here.t)}" for name, data in made.items()),
            ]
        )
    )
    return code


def _verify(here: Session, year: str | None, as_of: str | None, folder: Path, form: str) -> int:
    """Check a folder, which says itself of which year its papers are."""
    from mizuho_pdca.app.packet import make_packet
    from mizuho_pdca.app.packet_folder import read_manifest, verify
    from mizuho_pdca.language import translator

    found = read_manifest(folder)
    fiscal = found.fiscal_year if year is None else asked_year(here, year)
    if found.fiscal_year != fiscal:
        raise UsageFault(
            N_("the papers in {folder} are of FY{year}"),
            folder=str(folder),
            year=found.fiscal_year,
            remedy=message(
                N_("Give that year: pdca packet {year} --verify {folder}"),
                year=found.fiscal_year,
                folder=str(folder),
            ),
        )
    report, _ = _review(here, fiscal, as_of)
    with _working(here) as shown:
        result = verify(folder, make_packet(report, translator(found.language), _saying(here, shown)))
    if form == "json":
        from mizuho_pdca.render.json.packet import verification

        streams.write_bytes(verification(result))
    else:
        from mizuho_pdca.render.text.packet import verification_text

        streams.write_text(verification_text(result, here.t))
    return 0 if result.is_same else 1


def _review(here: Session, fiscal: int, as_of: str | None) -> tuple[ReviewReport, int]:
    """Return the review of the whole plan and the exit code; its errors go to standard error, as those of review do."""
    from mizuho_pdca.app.review import make_review

    say_which(here, as_of)
    report = make_review(here.desk, fiscal, revision=as_of)
    say_why_no_commit(report, here)
    return report, say_faults(report.problems, here)


def _working(here: Session) -> AbstractContextManager[Progress]:
    return progress(here.t(N_("Making the papers …")))


def _saying(here: Session, shown: Progress) -> Callable[[str], None]:
    return lambda name: shown.say(here.t(N_("Making {name} …")).format(name=name))
