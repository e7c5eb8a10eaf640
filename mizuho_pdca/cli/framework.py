"""What Typer does not do by itself: commands that load on use, words as people type them, help in their language."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.line import BLANK, TEXT, YEAR, Line, text_option, with_quotes_read
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.language import Language, translator
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.text import folded

if TYPE_CHECKING:
    from mizuho_pdca.app.desk import Desk
    from mizuho_pdca.storage.settings import Settings

_INDENT = 2
_COLUMN = 30

_PATHS = re.compile("DIR|FILE|TABLE|PLAN")
"""What stands for a path in a help page: its name need not be text."""

_NO_TEXT = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes that are no text."""

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
    def settings(self) -> Settings:
        """Return what the person has set for themselves."""
        from mizuho_pdca.storage.settings import read_settings, settings_path

        return read_settings(settings_path())

    @cached_property
    def desk(self) -> Desk:
        """Return the desk; it looks for the workspace only when that is needed."""
        return self.make_desk(self.workspace)

    def fiscal_year(self, text: str) -> int:
        """Return the fiscal year that a text says; raise ``UsageFault``."""
        from mizuho_pdca.app.input.years import fiscal_year_of

        return fiscal_year_of(text, self.desk)

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
    """A command that takes words as people type them, names what was typed too much, and draws its own help."""

    allow_extra_args = True

    def parse_args(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Put what was typed into the words that the parser knows."""
        if not ctx.resilient_parsing:
            line = Line(self.get_params(ctx), args)
            line.settle(session(ctx).fiscal_year)
            args = line.arguments()
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Run the command unless words are left over."""
        if ctx.args:
            from mizuho_pdca.cli.usage import explain_leftover

            raise explain_leftover(ctx)
        for param in self.get_params(ctx):
            typed = ctx.params.get(param.name)
            words = [typed] if isinstance(typed, str) else typed if isinstance(typed, list | tuple) else []
            if not _PATHS.search(param.metavar or "") and any(_NO_TEXT.search(str(word)) for word in words):
                from mizuho_pdca.cli.usage import no_text

                name = param.opts[0] if _is_option(param) else _metavar(param, session(ctx).t)
                raise no_text(name, is_text=param.metavar == TEXT)
        return super().invoke(ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the help page."""
        formatter.write(_help_page(self, ctx))

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:  # noqa: ANN401
        """Return the years where one may stand, and options with their help in the reader's language."""
        year = next((param for param in self.get_params(ctx) if YEAR in param.opts), None)
        if year is not None and incomplete[:1] != "-" and not (ctx.args or ctx.params.get(year.name)):
            return year.shell_complete(ctx, incomplete)
        found = super().shell_complete(ctx, incomplete)
        for item in found:
            item.help = session(ctx).t(item.help) if item.help else item.help
        return found


class Group(TyperGroup):
    """The root: knows its commands by name and loads a module only when one is used."""

    listed: ClassVar[Mapping[str, str]] = {}
    """The headings that the commands are listed under, by name; each stands in the module of its name."""

    japanese: ClassVar[Mapping[str, str]] = {}
    """The commands by their Japanese names."""

    meant: ClassVar[Mapping[str, str]] = {}
    """The commands that are offered for words that name none, Japanese ones without kana."""

    family: ClassVar[str] = ""
    """The command whose parts these are; at the root there is none."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Put what was typed up to the command into the words that the parser knows; ``help`` asks for a page."""
        if not ctx.resilient_parsing:
            line = Line(self.get_params(ctx), with_quotes_read(args), is_root=True)
            line.words = _command_first(line.words)
            args = [word for word in line.arguments() if word != "--"]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002
        """Return the names in the order of the help page."""
        return list(self.listed)

    @classmethod
    def name_of(cls, typed: str) -> str | None:
        """Return the command that is meant: in any width or case, or by its Japanese name, with or without kana."""
        plain = folded(typed).lower()
        if plain in cls.listed:
            return plain
        names = {re.sub(_KANA, "", japanese): name for japanese, name in cls.japanese.items()}
        name = names.get(re.sub(_KANA, "", plain), "")
        return name if name in cls.listed else None

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        """Load the module of a command; raise ``UsageFault`` for a name that is none."""
        name = self.name_of(cmd_name)
        if name is None and ctx.resilient_parsing:
            return None
        if name is None:
            from mizuho_pdca.cli.usage import no_command

            raise no_command(cmd_name, self.listed, self.meant.get(re.sub(_KANA, "", folded(cmd_name).lower())))
        room = self.room_of(name)
        module = importlib.import_module(f"mizuho_pdca.cli.{room}")
        alone = typer.Typer(add_completion=False)
        settings = {"help_option_names": list(HELP)}
        parts: type[Group] | None = getattr(module, "PARTS", None)
        if parts is not None:
            alone.callback(cls=parts, help=_HELP[room], context_settings=settings)(getattr(module, room))
        else:
            alone.command(name, cls=Command, help=_HELP[room], context_settings=settings)(getattr(module, room))
        found = get_command(alone)
        found.name = name
        return found

    @classmethod
    def room_of(cls, name: str) -> str:
        """Return what a command's module and function are called."""
        room = f"{cls.family}_{name}" if cls.family else name
        return f"{room}_" if iskeyword(room) else room

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Return the command by the name that it goes by, whatever was typed for it."""
        typed, found, rest = super().resolve_command(ctx, args)
        return self.name_of(typed) if typed else None, found, rest

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:  # noqa: ANN401
        """Return the commands, in Japanese where the word was begun so, with their help in the reader's language."""
        names = {japanese: name for japanese, name in self.japanese.items() if name in self.listed}
        found = super().shell_complete(ctx, incomplete if incomplete.isascii() else "")
        if not incomplete.isascii():
            found = [type(found[0])(word) for word in names if word.startswith(incomplete)]
        for item in found:
            name = names.get(item.value, item.value)
            item.help = session(ctx).t(_HELP.get(self.room_of(name), item.help or "")).split("\n")[0]
        return found

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the help page."""
        formatter.write(_help_page(self, ctx))


HELP = ("--help", "-h")
"""Options that show a help page."""

_HELP_WORDS = ("help", "ヘルプ", "使い方")
_KANA = "[ぁ-ん]"
"""What may be written or not behind a Japanese name: 取り消し is 取消, 評価する is 評価."""


def _command_first(words: Sequence[str]) -> list[str]:
    """Return the words behind the root's options with the command first, also where ``help`` comes before it."""
    if not words:
        return []
    head, _, tail = words[0].strip(BLANK).partition(BLANK)
    first, *rest = [head, *filter(None, [tail.strip(BLANK)]), *words[1:]]
    if folded(first).lower() in _HELP_WORDS:
        return [*rest[:1], HELP[0]]
    return [first, *rest]


_HELP_OF_ONE = N_("pdca help COMMAND explains one of them.")


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
        words = N_("{command} COMMAND --help explains one of them.") if command.family else _HELP_OF_ONE
        lines += [*_commands(command, ctx, t), "", *_wrapped(t(words).format(command=ctx.command_path), 0)]
    return "\n".join([*lines, ""])


def _usage(command: TyperCommand | TyperGroup, ctx: typer.Context, t: Translate) -> str:
    pieces = [ctx.command_path]
    for param in command.get_params(ctx):
        if not _is_option(param):
            name = _metavar(param, t)
            pieces.append(name if param.required else f"[{name}]")
    params: Sequence[Any] = command.get_params(ctx)
    if any(YEAR in param.opts for param in params):
        pieces.append(f"[{t(N_('YEAR'))}]")
    text = text_option(params)
    if any(text in param.opts and not param.hidden for param in params):
        pieces.append(f"[{t(N_('TEXT'))}]")
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
    words = {name: japanese for japanese, name in reversed([*group.japanese.items()])} if t is translator("ja") else {}
    for heading in headings:
        yield ""
        yield f"{t(heading)}:"
        names = [name for name, under in group.listed.items() if under == heading]
        rows = [(name, t(group.get_command(ctx, name).help or "").split("\n")[0]) for name in names]
        yield from _rows([(f"{name} {words[name]}" if name in words else name, line) for name, line in rows])


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
