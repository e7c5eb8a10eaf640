"""The command that makes a workspace: init."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import Session, command, folder, session
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Translate, message

if TYPE_CHECKING:
    from pathlib import Path

    from mizuho_pdca.app.init import Founded
    from mizuho_pdca.app.outline import Draft


@command(
    N_(
        "Make a new workspace in an empty folder: the plan, no records, under git.\n"
        "With --outline the plan is drafted from a table with the columns 番号 and 名称 "
        "(再掲先, 担当課, 関係機関, タグ, 担当, 工程, 指標, 単位, 基準値, 目標値).\n"
        "With --hook git checks plan and records before every commit; pdca init . --hook adds that to a workspace."
    )
)
def init(
    ctx: typer.Context,
    where: Annotated[str, typer.Argument(metavar=N_("DIR"), help=N_("The new folder."))],
    plan: Annotated[
        str | None, typer.Option("--from", metavar=N_("PLAN.yaml"), help=N_("Another plan (else the one of 瑞穂町)."))
    ] = None,
    outline: Annotated[
        str | None,
        typer.Option("--outline", metavar=N_("FILE"), help=N_("The outline of another plan, as CSV or .xlsx.")),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar=N_("TEXT"), help=N_("With --outline: the plan's title."))
    ] = None,
    municipality: Annotated[
        str | None, typer.Option("--municipality", metavar=N_("NAME"), help=N_("With --outline: whose plan it is."))
    ] = None,
    council: Annotated[
        str | None, typer.Option("--council", metavar=N_("NAME"), help=N_("With --outline: who evaluates it."))
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from-year", metavar=N_("YEAR"), help=N_("With --outline: its first fiscal year."))
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until-year", metavar=N_("YEAR"), help=N_("With --outline: its last fiscal year."))
    ] = None,
    *,
    hook: Annotated[bool, typer.Option("--hook", help=N_("Let git check every commit: a pre-commit hook."))] = False,
) -> None:
    """Make a new workspace."""
    here = session(ctx)
    header = {
        "--title": title,
        "--municipality": municipality,
        "--council": council,
        "--from-year": since,
        "--until-year": until,
    }
    _check_sources(plan, outline, [option for option, value in header.items() if value is not None])
    from pathlib import Path

    from mizuho_pdca.app.init import check_not_inside, found_workspace, is_workspace

    root, t = Path(where), here.t
    if hook and plan is None and outline is None:
        if is_workspace(root):
            streams.write_done(_hooked(root, t))
            return
        check_not_inside(root)
    draft = None
    if outline is not None:
        draft = _draft(here, outline, title, municipality, council, since, until)
    founded = found_workspace(root, folder(plan), None if draft is None else draft.text)
    streams.write_done("\n".join(_made(founded, draft, root, t)))
    if hook:
        streams.write_done(_hooked(root, t))
    elif founded.under_git:
        words = N_("To have every commit checked: pdca init {folder} --hook")
        streams.write_done(t(words).format(folder=founded.root))


def _draft(
    here: Session,
    outline: str,
    title: str | None,
    municipality: str | None,
    council: str | None,
    since: str | None,
    until: str | None,
) -> Draft:
    """Return the plan that an outline makes, with what was said of it beside."""
    from pathlib import Path

    from mizuho_pdca.app.outline import draft_plan
    from mizuho_pdca.storage.yaml.plan_draft import Asked

    first, last = (None if year is None else here.fiscal_year(year) for year in (since, until))
    return draft_plan(Path(outline), Asked(title, municipality, council, first, last), here.desk.today)


def _made(founded: Founded, draft: Draft | None, root: Path, t: Translate) -> Iterator[str]:
    """Yield what was made, and what comes next."""
    from mizuho_pdca.app.init import workspace_above

    yield t(N_("Made: {folder}")).format(folder=founded.root)
    yield from _beside(workspace_above(root), t)
    yield from _drafted(draft, founded.root, t)
    yield from _history(founded, t)
    if founded.first is not None:
        words = N_('Next: pdca -C {folder} log {number} -m "…"')
        yield t(words).format(folder=founded.root, number=founded.first)


def _beside(above: Path | None, t: Translate) -> Iterator[str]:
    """Yield that the new workspace lies in another one, where it does."""
    if above is not None:
        words = N_("※ The folder above, {folder}, is a workspace as well; what is recorded in here belongs to this.")
        yield t(words).format(folder=above)


def _drafted(draft: Draft | None, root: Path, t: Translate) -> Iterator[str]:
    """Yield what an outline holds, and what is to be filled in."""
    if draft is None:
        return
    one = t(N_("{level} {count}"))
    levels = zip(draft.levels, draft.counts, strict=True)
    counts = t(N_(", ")).join(one.format(level=level, count=count) for level, count in levels)
    words = N_("The outline has {levels} levels ({counts}), without relistings.")
    if draft.relisted:
        words = N_("The outline has {levels} levels ({counts}), {relisted} of the lowest are relistings.")
    yield t(words).format(levels=len(draft.counts), counts=counts, relisted=draft.relisted)
    yield from (f"  ※ {note.text(t)}" for note in draft.notes)
    words = N_(
        "First fill in what is marked ★ in {folder}/plan/measures.yaml, then: pdca -C {folder} validate "
        "(it does not look for ★ that are left)"
    )
    yield t(words).format(folder=root)


def _hooked(root: Path, t: Translate) -> str:
    """Add the hook and say so."""
    from mizuho_pdca.app.init import add_hook

    words = N_("pdca: the commit was not made. Correct what is named above; git commit --no-verify skips the check.")
    path = add_hook(root, t(words))
    return t(N_("Every commit of the plan and the records is checked from now on: {file}")).format(file=path)


def _history(founded: Founded, t: Translate) -> Iterator[str]:
    """Yield what became of the history, and what to type where it has not begun."""
    match founded.history:
        case "committed":
            yield t(N_("The first commit holds the plan."))
        case "uncommitted":
            yield t(N_("The first commit could not be made."))
        case "inside":
            yield t(N_("The folder is inside a repository, so nothing was committed."))
        case "none":
            yield t(N_("git was not found, so there is no audit trail yet; everything else works."))
    if founded.refusal is not None:
        yield "\n".join(f"  {line.strip()}" for line in founded.refusal.text(t).splitlines())
    if founded.history in ("uncommitted", "inside"):
        yield t(N_("To commit what was made: pdca -C {folder} commit")).format(folder=founded.root)


def _check_sources(plan: str | None, outline: str | None, header: Sequence[str]) -> None:
    if plan is not None and outline is not None:
        raise UsageFault(N_("--from and --outline were both given"), remedy=message(N_("Give one of the two.")))
    if outline is None and header:
        raise UsageFault(
            N_("{options}: this belongs to --outline"),
            options=header,
            remedy=message(N_("Name the outline with --outline, or correct the plan's file itself.")),
        )
