"""Words of our own for what the parser finds wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import typer

from mizuho_pdca.cli.line import in_japanese
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.text import folded

_TWO = 2


def explain_usage(exc: typer.TyperException) -> UsageFault:
    """Return a parser's complaint as a usage fault in the reader's language."""
    match type(exc).__name__:
        case "MissingParameter":
            param = getattr(exc, "param", None)
            name = param.opts[0] if param is not None and param.opts[0].startswith("-") else _metavar(param)
            remedy = message(N_("Add it to the command; {command} --help shows how."), command=_path(exc))
            return UsageFault(N_("{option} is missing"), option=message(name), remedy=remedy)
        case "NoSuchOption":
            name = str(getattr(exc, "option_name", ""))
            near, ctx = getattr(exc, "possibilities", None), getattr(exc, "ctx", None)
            if ctx is not None and any(name in param.opts for param in ctx.find_root().command.params):
                words = N_("Write it in front of the command: pdca {option} … {command}")
                remedy = message(words, option=name, command=str(ctx.info_name))
            else:
                near = near or _begun(ctx, name) or _named_so(ctx, name)
                remedy = message(N_("Did you mean {near}?"), near=list(near)) if near else _options(ctx)
            return UsageFault(N_('there is no option "{option}"'), option=name, remedy=remedy)
        case "BadOptionUsage":
            name = str(getattr(exc, "option_name", ""))
            remedy = message(N_("Write {option} alone."), option=name)
            return UsageFault(N_('the option "{option}" takes no value'), option=name, remedy=remedy)
        case _:
            return UsageFault(
                N_("the command was not understood: {reason}"),
                reason=exc.format_message(),
                remedy=message(N_("{command} --help shows how."), command=_path(exc)),
            )


def explain_leftover(ctx: Any) -> UsageFault:  # noqa: ANN401 (Typer names no type of its own contexts)
    """Return what is wrong with words that a command has no place for, and the option that takes them, if any."""
    words = [str(word) for word in ctx.args]
    if texts := _text_options(ctx):
        examples = [f'{names[0]} "…"' for names in texts]
        remedy = message(N_("Put a text with spaces in quotes: {examples}"), examples=examples)
    else:
        remedy = message(N_("{command} --help shows how."), command=ctx.command_path)
    return UsageFault(N_("there is something too much: {words}"), words=words, remedy=remedy)


def no_text(name: str, *, is_text: bool) -> UsageFault:
    """Return what is wrong with bytes that are no text in the encoding of the system; a text may come from a file."""
    again = message(N_("Type it again."))
    return UsageFault(
        N_("what stands behind {option} is no text in the encoding of this system, {encoding}"),
        option=name,
        encoding=sys.getfilesystemencoding(),
        remedy=message(
            N_("{again} A text in another encoding can come from a file: {option} - < FILE"), again=again, option=name
        )
        if is_text
        else again,
    )


def no_command(typed: str, known: Iterable[str], meant: str | None = None) -> UsageFault:
    """Return what is wrong with a command that there is not; what is meant, or one slip of the finger, is a guess."""
    near = [meant] if meant else [name for name in known if _one_slip(folded(typed).lower(), name)]
    return UsageFault(
        N_('there is no command "{command}"'),
        command=typed,
        remedy=message(N_("Did you mean {near}?"), near=[f"pdca {name}" for name in near])
        if near
        else message(N_("pdca --help lists the commands.")),
    )


def _one_slip(typed: str, name: str) -> bool:
    """Return whether one letter is wrong, missing or too much, or two neighbours have changed places."""
    if len(typed) == len(name):
        wrong = [place for place, letters in enumerate(zip(typed, name, strict=True)) if len(set(letters)) > 1]
        swapped = len(wrong) == _TWO and wrong[1] == wrong[0] + 1 and sorted(typed) == sorted(name)
        return len(wrong) == 1 or swapped
    short, long = sorted((typed, name), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def _begun(ctx: Any, name: str) -> list[str]:  # noqa: ANN401 (the same)
    """Return the options that begin with the one letter that was typed: --year for -y, --month for -m."""
    letter = name.removeprefix("-")
    names = [] if ctx is None else [each for param in ctx.command.get_params(ctx) for each in param.opts]
    return [each for each in names if len(letter) == 1 and each.startswith(f"--{letter}")]


def _named_so(ctx: Any, name: str) -> list[str]:  # noqa: ANN401 (the same)
    """Return the option that a Japanese word names, as it is typed most shortly."""
    known = {} if ctx is None else {each: param for param in ctx.command.get_params(ctx) for each in param.opts}
    meant = in_japanese(name.lstrip("-"), known, is_part=True)
    return [] if meant is None else [min(known[meant].opts, key=len)]


def _options(ctx: Any) -> Message:  # noqa: ANN401 (the same)
    texts = [] if ctx is None else _text_options(ctx)
    if not texts:
        return message(N_("{command} --help lists the options."), command="pdca" if ctx is None else ctx.command_path)
    words = N_("A text is written {examples}. {command} --help lists the options.")
    return message(words, examples=[f'{names[-1]}="…"' for names in texts], command=ctx.command_path)


def _text_options(ctx: Any) -> list[list[str]]:  # noqa: ANN401 (the same)
    """Return the names of each option that takes a text; a reason counts only where there is nothing else to say."""
    takers = [param for param in ctx.command.get_params(ctx) if param.metavar == "TEXT"]
    told = [param for param in takers if "--reason" not in param.opts] or takers
    return [param.opts for param in told if not param.hidden]


def _path(exc: typer.TyperException) -> str:
    """Return the command that was typed, as far as the parser knew it."""
    ctx = getattr(exc, "ctx", None)
    return "pdca" if ctx is None else str(ctx.command_path)


def _metavar(param: object) -> str:
    return str(getattr(param, "metavar", None) or getattr(param, "name", "") or "")
