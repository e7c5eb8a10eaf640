"""The outer boundary: streams, language, the root command, and every error turned into words."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from mizuho_pdca import __version__
from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import DeskMaker, Group, Listed, Session, folder
from mizuho_pdca.errors import PdcaError
from mizuho_pdca.language import choose_language, translator
from mizuho_pdca.message import N_, Translate

if TYPE_CHECKING:
    from mizuho_pdca.app.desk import Desk

_BUG = 70
_INTERRUPTED = 130

_RECORD, _READ, _KEEP = N_("Record"), N_("Read"), N_("Look after the workspace")


class Root(Group):
    """All commands of ``pdca``."""

    listed = {  # noqa: RUF012 (a class attribute of the base, declared there)
        "log": Listed("mizuho_pdca.cli.record", _RECORD),
        "actual": Listed("mizuho_pdca.cli.record", _RECORD),
        "evaluate": Listed("mizuho_pdca.cli.record", _RECORD),
        "improve": Listed("mizuho_pdca.cli.council", _RECORD),
        "opinion": Listed("mizuho_pdca.cli.council", _RECORD),
        "respond": Listed("mizuho_pdca.cli.council", _RECORD),
        "withdraw": Listed("mizuho_pdca.cli.record", _RECORD),
        "status": Listed("mizuho_pdca.cli.read", _READ),
        "review": Listed("mizuho_pdca.cli.read", _READ),
        "plan": Listed("mizuho_pdca.cli.read", _READ),
        "validate": Listed("mizuho_pdca.cli.keep", _KEEP),
        "init": Listed("mizuho_pdca.cli.keep", _KEEP),
    }


def _print_version(wanted: bool) -> None:  # noqa: FBT001 (the signature of a callback)
    """Print the version before anything heavier is loaded."""
    if wanted:
        streams.write_text(f"pdca {__version__}")
        raise typer.Exit


def _root() -> Any:  # noqa: ANN401
    app = typer.Typer(
        cls=Root, help=N_("Carry a municipal plan through Plan, Do, Check and Act."), pretty_exceptions_enable=False
    )

    @app.callback(invoke_without_command=True)
    def root(
        ctx: typer.Context,
        workspace: Annotated[
            str | None,
            typer.Option(
                "-C",
                metavar=N_("DIR"),
                help=N_("The workspace (else PDCA_WORKSPACE, else the nearest folder upward)."),
                envvar="PDCA_WORKSPACE",
            ),
        ] = None,
        lang: Annotated[  # noqa: ARG001 (main has read it: the help page needs it before parsing)
            str | None,
            typer.Option("--lang", metavar=N_("ja|en"), help=N_("The language of the screen (else PDCA_LANG).")),
        ] = None,
        version: Annotated[  # noqa: ARG001, FBT002 (its callback has done the work)
            bool, typer.Option("--version", is_eager=True, callback=_print_version, help=N_("Print the version."))
        ] = False,
    ) -> None:
        ctx.obj = replace(ctx.obj, workspace=workspace)
        if ctx.invoked_subcommand is None:
            from mizuho_pdca.cli.read import glance

            glance(ctx.obj)

    return get_command(app)


def _desk(workspace: str | None) -> Desk:
    from mizuho_pdca.app.desk import Desk

    return Desk(folder(workspace))


def main(argv: Sequence[str] | None = None, make_desk: DeskMaker = _desk) -> int:
    """Run ``pdca`` and return its exit code; ``make_desk`` gives the clock and the workspace."""
    streams.prepare()
    arguments = list(sys.argv[1:] if argv is None else argv)
    wanted = _wanted_language(arguments)
    t = translator(choose_language(wanted))
    here = Session(t, bool(wanted or os.environ.get("PDCA_LANG")), make_desk)
    try:
        result = _root().main(args=arguments, prog_name="pdca", standalone_mode=False, obj=here)
    except PdcaError as exc:
        return _explain(exc, t)
    except typer.TyperException as exc:
        from mizuho_pdca.cli.usage import explain_usage

        return _explain(explain_usage(exc), t)
    except (typer.Abort, KeyboardInterrupt):
        streams.write_error(t(N_("Stopped; nothing was written.")))
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:  # noqa: BLE001 (the last boundary: a bug must not show a traceback)
        return _bug(t)
    return result if isinstance(result, int) else 0


def run() -> None:
    """Run ``pdca`` as a program."""
    sys.exit(main())


def _wanted_language(arguments: Sequence[str]) -> str | None:
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments):
            return arguments[position + 1]
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
    return None


def _explain(exc: PdcaError, t: Translate) -> int:
    streams.write_error(exc.text(t))
    return exc.exit_code


def _bug(t: Translate) -> int:
    """Write the traceback and the command to a log file, and say where it is."""
    import tempfile
    import traceback
    from datetime import datetime

    moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    with tempfile.NamedTemporaryFile(
        "w", prefix=f"pdca-{moment}-", suffix=".log", delete=False, encoding="utf-8"
    ) as stream:
        stream.write(f"pdca {__version__}, Python {sys.version}\n{sys.argv!r}\n\n{traceback.format_exc()}")
    streams.write_error(
        t(
            N_("Error: this is a fault of pdca itself, not yours. What you typed and what happened is kept in {file}")
        ).format(file=stream.name)
    )
    return _BUG
