"""What Typer does not do by itself: commands that load on use, and help in the reader's language."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from mizuho_pdca.cli import streams
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.language import Language, translator
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.text import NEGATIVE

if TYPE_CHECKING:
    from mizuho_pdca.app.desk import Desk

_INDENT = 2
_COLUMN = 30

DeskMaker = Callable[[str | None], "Desk"]
"""Makes the desk of a workspace that was named, or of the nearest one."""


@dataclass
class Session:
    """What every command gets: the reader's language, and where it works, once that was read."""

    t: Translate
    language_told: bool
    make_desk: DeskMaker
    workspace: str | None = None
    is_recording: bool = False

    @cached_property
    def desk(self) -> Desk:
        """Return the desk; it looks for the workspace only when that is needed."""
        return self.make_desk(self.workspace)

    def paper_language(self, language: Language) -> Translate:
        """Return what puts papers into the plan's language, or into the one that was asked for."""
        return self.t if self.language_told else translator(language)

    @property
    def known_t(self) -> Translate:
        """Return ``plans_t`` if a desk was opened, else ``t``: a fault may come before there is any workspace."""
        return self.plans_t if "desk" in vars(self) else self.t

    @property
    def plans_t(self) -> Translate:
        """Return what speaks of years as the plan counts them, where there is a plan that can be read."""
        from mizuho_pdca.papers.words import of_plan

        try:
            return of_plan(self.t, self.desk.plan)
        except (OSError, PdcaError):
            return self.t


def session(ctx: typer.Context) -> Session:
    """Return the session of a command's context."""
    return cast("Session", ctx.find_root().obj)


F = TypeVar("F", bound=Callable[..., int | None])

_HELP: dict[str, str] = {}


def command(words: str) -> Callable[[F], F]:
    """Make a function the command of its module, which has the same name; ``words`` is the msgid of its help."""

    def marked(function: F) -> F:
        _HELP[function.__name__] = words
        return function

    return marked


class Command(TyperCommand):
    """A command that names what was typed too much, and draws its own help."""

    allow_extra_args = True

    def parse_args(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Take a figure below zero for what it is, and not for an option: ``pdca actual balance -20``."""
        return super().parse_args(ctx, _with_negative_figures(args, self.get_params(ctx)))

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Run the command unless words are left over."""
        if ctx.args:
            from mizuho_pdca.cli.usage import explain_leftover

            raise explain_leftover(ctx)
        return super().invoke(ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the help page."""
        formatter.write(_help_page(self, ctx))


_BELOW_ZERO = re.compile(r"-[0-9.,０-９．，]+\S*")


def _with_negative_figures(args: Sequence[str], params: Sequence[Any]) -> list[str]:
    """Return what was typed with △ for the sign of figures that stand by themselves, not behind an option."""
    taking = {name for param in params for name in param.opts if name.startswith("-") and not param.is_flag}
    before = ["", *args]
    return [
        f"{NEGATIVE}{word[1:]}" if _BELOW_ZERO.fullmatch(word) and last not in taking else word
        for last, word in zip(before, args, strict=False)
    ]


class Group(TyperGroup):
    """The root: knows its commands by name and loads a module only when one is used."""

    listed: ClassVar[Mapping[str, str]] = {}
    """The headings that the commands are listed under, by name; each stands in the module of its name."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002
        """Return the names in the order of the help page."""
        return list(self.listed)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        """Load the module of a command; raise ``UsageFault`` for a name that is none."""
        if cmd_name not in self.listed and ctx.resilient_parsing:
            return None
        if cmd_name not in self.listed:
            from mizuho_pdca.domain.schema.faults import guess

            near = guess(cmd_name, self.listed)
            raise UsageFault(
                N_('there is no command "{command}"'),
                command=cmd_name,
                remedy=message(N_("Did you mean pdca {near}?"), near=near)
                if near
                else message(N_("pdca --help lists the commands.")),
            )
        module = importlib.import_module(f"mizuho_pdca.cli.{cmd_name}")
        alone = typer.Typer(add_completion=False)
        alone.command(cls=Command, help=_HELP[cmd_name])(getattr(module, cmd_name))
        return get_command(alone)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the help page."""
        formatter.write(_help_page(self, ctx))


# -- help pages -------------------------------------------------------------------------------


def _help_page(command: TyperCommand | TyperGroup, ctx: typer.Context) -> str:
    t = session(ctx).t
    lines = [t(N_("Usage: {usage}")).format(usage=_usage(command, ctx, t)), ""]
    lines += _wrapped(t(command.help or ""), 0)
    params: Sequence[Any] = command.get_params(ctx)
    arguments = [param for param in params if not _is_option(param)]
    options = [param for param in params if _is_option(param) and not param.hidden]
    if arguments:
        lines += ["", t(N_("Arguments:")), *_rows([(_metavar(param, t), t(param.help or "")) for param in arguments])]
    if options:
        lines += ["", t(N_("Options:")), *_rows([_option_row(param, t) for param in options])]
    if isinstance(command, Group):
        lines += _commands(command, ctx, t)
    return "\n".join([*lines, ""])


def _usage(command: TyperCommand | TyperGroup, ctx: typer.Context, t: Translate) -> str:
    pieces = [ctx.command_path]
    for param in command.get_params(ctx):
        if not _is_option(param):
            name = _metavar(param, t)
            pieces.append(name if param.required else f"[{name}]")
    pieces.append(t(N_("[OPTIONS]")))
    if isinstance(command, Group):
        pieces.append(t(N_("COMMAND …")))
    return " ".join(pieces)


def _is_option(param: Any) -> bool:  # noqa: ANN401 (an argument or an option: Typer names no type of both)
    return bool(param.opts[0].startswith("-"))


def _metavar(param: Any, t: Translate) -> str:  # noqa: ANN401 (the same)
    return t(param.metavar) if param.metavar else (param.name or "").upper()


def _option_row(param: Any, t: Translate) -> tuple[str, str]:  # noqa: ANN401 (the same)
    names = ", ".join(sorted(param.opts, key=len))
    takes = "" if param.is_flag else f" {_metavar(param, t)}"
    return names + takes, t(param.help or "")


def _commands(group: Group, ctx: typer.Context, t: Translate) -> Iterator[str]:
    headings = dict.fromkeys(group.listed.values())
    for heading in headings:
        yield ""
        yield f"{t(heading)}:"
        names = [name for name, under in group.listed.items() if under == heading]
        yield from _rows([(name, t(group.get_command(ctx, name).help or "").split("\n")[0]) for name in names])


def _rows(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    from mizuho_pdca.text import display_width

    for left, right in rows:
        gap = _COLUMN - _INDENT - display_width(left)
        first, *rest = _wrapped(right, _COLUMN) or [""]
        if gap < _INDENT:
            yield " " * _INDENT + left
            yield first
        else:
            yield (" " * _INDENT + left + " " * gap + first.strip()).rstrip()
        yield from rest


def _wrapped(text: str, indent: int) -> list[str]:
    from mizuho_pdca.render.layout import wrap

    return [" " * indent + line for line in wrap(text, streams.screen_width() - indent)]


def text_or_stdin(value: str, option: str) -> str:
    """Return an option's text; ``-`` reads it from standard input. Raise ``UsageFault`` if it is empty."""
    text = streams.read_input() if value == "-" else value
    if not text.strip():
        raise UsageFault(
            N_("the text for {option} is empty"), option=option, remedy=message(N_("Write what is to be recorded."))
        )
    return text


def folder(path: str | None) -> Path | None:
    """Return an option's folder."""
    return None if path is None else Path(path)
