"""The command for what a person sets for themselves: config."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import Session, command, session
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.language import translator
from mizuho_pdca.message import N_, Translate, message

if TYPE_CHECKING:
    from mizuho_pdca.language import Language
    from mizuho_pdca.storage.settings import Setting


@command(
    N_(
        "Show or change your own settings: who you are, your initiatives, the workspace's folder.\n"
        "They lie in a file of your own, outside the workspace; options and variables go before them."
    )
)
def config(
    ctx: typer.Context,
    key: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("KEY"),
            help=N_("name, department, initiatives, workspace, language, commit or pager."),
            autocompletion=completing.keys,
        ),
    ] = None,
    value: Annotated[
        list[str] | None, typer.Argument(metavar=N_("VALUE"), help=N_("What it is set to (else it is shown)."))
    ] = None,
    *,
    show: Annotated[
        bool, typer.Option("--show", help=N_("Show what holds here, and where each value comes from."))
    ] = False,
    unset: Annotated[
        str | None,
        typer.Option("--unset", metavar=N_("KEY"), help=N_("Take a setting out."), autocompletion=completing.keys),
    ] = None,
) -> None:
    """Show or change your own settings."""
    here = session(ctx)
    if sum((show, unset is not None, key is not None)) > 1:
        raise UsageFault(
            N_("only one of KEY, --show and --unset can be given"),
            remedy=message(N_("{command} --help shows how."), command="pdca config"),
        )
    from mizuho_pdca.app.config import key_of, store
    from mizuho_pdca.app.config import unset as take_out

    if unset is not None:
        known = key_of(unset)
        is_set = here.settings.given(known) is not None
        take_out(known)
        words = N_("Taken out of the settings: {key}") if is_set else N_("It was not set: {key}")
        streams.write_done(here.t(words).format(key=_name(known, here.t)))
    elif show:
        streams.write_text("\n".join(_in_effect(here)))
    elif key is None:
        streams.write_text("\n".join(_stored(here)))
    elif value:
        known = key_of(key)
        words = _words(store(here.desk, known, value), here.t)
        streams.write_done(here.t(N_("Set: {key} = {value}")).format(key=_name(known, here.t), value=words))
    else:
        streams.write_text(_words(here.settings.given(key_of(key)), here.t))


def _stored(here: Session) -> Iterator[str]:
    """Yield what is set, where that is kept, and how to change it."""
    from mizuho_pdca.storage.settings import FORMS

    yield from _aligned((_name(key, here.t), _words(here.settings.given(key), here.t)) for key in FORMS)
    yield from _kept(here)
    yield here.t(N_("To set one: pdca config KEY VALUE; where each comes from: pdca config --show"))


def _in_effect(here: Session) -> Iterator[str]:
    """Yield what holds here, and who says so."""
    from mizuho_pdca.app.config import in_effect

    language: Language = "ja" if here.t is translator("ja") else "en"
    rows = in_effect(here.desk, language, language_told=here.language_told)
    source = here.t(N_("[{source}]"))
    yield from _aligned(
        (
            _name(row.key, here.t),
            _words(row.value, here.t),
            "" if row.source is None else source.format(source=row.source.text(here.t)),
        )
        for row in rows
    )
    yield from _kept(here)


def _kept(here: Session) -> Iterator[str]:
    if here.settings.path is not None:
        yield here.t(N_("Kept in: {file}")).format(file=here.settings.path)


def _aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield rows whose columns begin under each other."""
    from mizuho_pdca.text import display_width

    cells = list(rows)
    widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()


def _name(key: str, t: Translate) -> str:
    """Return a key with its Japanese name for those who read that."""
    from mizuho_pdca.app.config import JAPANESE

    return f"{JAPANESE[key]} ({key})" if t is translator("ja") else key


def _words(value: Setting | None, t: Translate) -> str:
    match value:
        case None:
            return t(N_("(not set)"))
        case bool():
            return t(N_("yes")) if value else t(N_("no"))
        case str():
            return value
        case _:
            return t(N_(", ")).join(value)
