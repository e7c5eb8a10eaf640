"""Which format, and where to: the one way from a result to the screen or a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, cast

from mizuho_pdca.app.formats import FileFormat
from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import Session
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Message, Translate, message

if TYPE_CHECKING:
    from mizuho_pdca.domain.schema.faults import Problem
    from mizuho_pdca.papers.paper import Papers

Format = Literal["table", "text", "markdown", FileFormat]

BINARY: frozenset[Format] = frozenset({"xlsx", "pdf", "docx"})
"""Formats that a screen can't show."""

_ENDINGS: dict[str, Format] = {".txt": "text", ".md": "markdown", ".csv": "csv", ".json": "json"}
_ENDINGS |= {".xlsx": "xlsx", ".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx"}


def choose(option: str, word: str, choices: Sequence[str | Message]) -> str:
    """Return a word that must be one of ``choices``; raise ``UsageFault``."""
    if word not in choices:
        raise UsageFault(
            N_('{option} "{value}" is not one of {choices}'),
            option=option,
            value=word,
            choices=list(choices),
            remedy=message(N_("Use one of those words.")),
        )
    return word


def choose_format(form: str | None, output: str | None, choices: Sequence[Format]) -> Format:
    """Return the format that was named, else that of the file's ending, else a table."""
    if form is not None:
        form = {"md": "markdown", "txt": "text"}.get(form, form)
        return cast("Format", choose("-f", form, choices))
    suffix = PurePath(output or "").suffix.lower()
    ending = _ENDINGS.get(suffix)
    if ending is not None and ending in choices:
        return ending
    if suffix:
        raise UsageFault(
            N_("this command makes no {ending} files"),
            ending=suffix,
            remedy=message(N_("Say what the file is to hold with -f: {choices}"), choices=list(choices)),
        )
    return choices[0]


def deliver(
    document: bytes | str | Papers,
    output: str | None,
    *,
    here: Session,
    force: bool,
    form: Format = "table",
    t: Translate = str,
    pager: bool = False,
    last: str | None = None,
) -> None:
    """Print a document, or write it to a file whole or not at all, and say so.

    On a screen the paper named ``last`` ends the others, and what is longer than that goes through a
    pager where ``pager`` or the settings say so.
    """
    pages = output is None and streams.is_terminal() and (pager or _pages_always(here))
    if not isinstance(document, bytes | str):
        document = document.filled
        if output is None and form == "table":
            from mizuho_pdca.render.text import screen

            ending = last if streams.is_terminal() else None
            if pages:
                streams.page(screen.shown(document, t, ending))
            else:
                with streams.to_readers():
                    screen.show(document, t, last=ending)
            return
        from mizuho_pdca.render.text.review import markdown, text

        document = markdown(document) if form == "markdown" else text(document)
    if output is not None and output != "-":
        data = document if isinstance(document, bytes) else document.encode(errors="backslashreplace")
        _save(output, data, here=here, force=force, form=form)
    elif isinstance(document, bytes):
        check_target(output, force=force, form=form)
        streams.write_bytes(document)
    elif pages:
        streams.page(document)
    else:
        streams.write_text(document)


def _pages_always(here: Session) -> bool:
    """Return whether the settings ask for a pager."""
    return bool(getattr(getattr(here, "settings", None), "pager", False))


def check_target(output: str | None, *, force: bool, form: Format) -> None:
    """Refuse, before anything is made, what could not be delivered; raise ``UsageFault`` or ``Refused``."""
    if output is None or output == "-":
        if form in BINARY and streams.is_terminal():
            raise UsageFault(
                N_("a screen can't show {form}"),
                form=form,
                remedy=message(N_("Name a file: -o review.{form}"), form=form),
            )
        return
    from pathlib import Path

    from mizuho_pdca.storage.files import refuse_taken

    if not Path(output).name or Path(output).is_dir():
        raise UsageFault(
            N_('"{file}" is no name for a file'), file=output, remedy=message(N_("Write the file's name behind -o."))
        )
    if not force:
        refuse_taken(Path(output))


def _save(output: str, data: bytes, *, here: Session, force: bool, form: Format) -> None:
    from pathlib import Path

    from mizuho_pdca.storage.files import create

    check_target(output, force=force, form=form)
    create(Path(output), data, replace=force)
    streams.write_done(with_amount(here.t(N_("{file} was made")).format(file=output), data, form, here.t))


def with_amount(text: str, data: bytes, form: str, t: Translate) -> str:
    """Return what is said of a file with how much it holds: 検証.pdf を作りました（16ページ）."""
    from mizuho_pdca.app.formats import amount

    held = amount(form, data)
    return text if held is None else t(N_("{text} ({amount})")).format(text=text, amount=held.text(t))


def say_which(here: Session, when: str | None) -> None:
    """Say on standard error which commit was taken, where a day leaves a choice."""
    if when is not None:
        from mizuho_pdca.app.as_of import beside

        note = beside(here.desk, when)
        if note is not None:
            streams.write_error(here.t(N_("※ {note}")).format(note=note.text(here.t)))


def say_faults(problems: Sequence[Problem], here: Session) -> int:
    """Name the faulty entries that were left out; return the exit code."""
    from mizuho_pdca.render.text.problems import problems as told

    errors = [problem for problem in problems if problem.fault.severity == "error"]
    if errors:
        streams.write_error(told(errors, here.plans_t))
    return 1 if errors else 0
