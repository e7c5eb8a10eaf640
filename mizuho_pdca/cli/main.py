"""The outer boundary: streams, language, the root command, and every error turned into words."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, cast

import typer
from typer.main import get_command

from mizuho_pdca import __version__
from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import HELP, DeskMaker, Group, Session, folder
from mizuho_pdca.errors import EnvironmentFault, PdcaError, UsageFault, os_reason
from mizuho_pdca.language import choose_language, translator
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.text import folded

if TYPE_CHECKING:
    from mizuho_pdca.app.desk import Desk

_BUG = 70
_INTERRUPTED = 130

_RECORD, _READ, _KEEP = N_("Record"), N_("Read"), N_("Look after the workspace")
_TOWNS = N_("Many towns")


class Root(Group):
    """All commands of ``pdca``."""

    listed = {  # noqa: RUF012 (a class attribute of the base, declared there)
        "log": _RECORD,
        "again": _RECORD,
        "actual": _RECORD,
        "evaluate": _RECORD,
        "improve": _RECORD,
        "opinion": _RECORD,
        "respond": _RECORD,
        "withdraw": _RECORD,
        "fix": _RECORD,
        "form": _RECORD,
        "import": _RECORD,
        "status": _READ,
        "list": _READ,
        "show": _READ,
        "review": _READ,
        "packet": _READ,
        "plan": _READ,
        "trend": _READ,
        "explain": _READ,
        "history": _READ,
        "diff": _READ,
        "publish": _TOWNS,
        "collect": _TOWNS,
        "across": _TOWNS,
        "validate": _KEEP,
        "audit": _KEEP,
        "commit": _KEEP,
        "close": _KEEP,
        "reopen": _KEEP,
        "schema": _KEEP,
        "doctor": _KEEP,
        "config": _KEEP,
        "init": _KEEP,
    }

    japanese = {  # noqa: RUF012 (the same)
        "記録": "log",
        "実績": "actual",
        "評価": "evaluate",
        "改善": "improve",
        "意見": "opinion",
        "回答": "respond",
        "取消": "withdraw",
        "修正": "fix",
        "訂正": "fix",
        "再記録": "again",
        "調査票": "form",
        "取込": "import",
        "一覧": "list",
        "表示": "show",
        "状況": "status",
        "資料": "review",
        "資料一式": "packet",
        "計画": "plan",
        "推移": "trend",
        "説明": "explain",
        "履歴": "history",
        "比較": "diff",
        "公表": "publish",
        "収集": "collect",
        "横断": "across",
        "確認": "validate",
        "点検": "validate",
        "監査": "audit",
        "登録": "commit",
        "締め": "close",
        "再開": "reopen",
        "形式": "schema",
        "診断": "doctor",
        "設定": "config",
        "初期化": "init",
    }

    meant = {  # noqa: RUF012 (the same)
        **dict.fromkeys(("undo", "delete", "remove", "rm", "削除", "消", "消去", "取下"), "withdraw"),
        **dict.fromkeys(("edit", "change", "変更", "変", "編集", "直"), "fix"),
        **dict.fromkeys(("add", "record", "追加", "入力", "活動"), "log"),
        **dict.fromkeys(("提出状況", "入力状況", "進捗", "進捗状況"), "status"),
        **dict.fromkeys(("ls", "search", "検索", "記録一覧"), "list"),
        **dict.fromkeys(("print", "印刷", "出力"), "review"),
    }


def _print_version(*, wanted: bool) -> None:
    """Print the version before anything heavier is loaded."""
    if wanted:
        streams.write_text(f"pdca {__version__}")
        raise typer.Exit


def _root() -> Root:
    app = typer.Typer(
        cls=Root,
        help=N_("Carry a municipal plan through Plan, Do, Check and Act."),
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": list(HELP)},
    )

    @app.callback(invoke_without_command=True)
    def root(
        ctx: typer.Context,
        workspace: Annotated[
            str | None,
            typer.Option(
                "-C",
                metavar=N_("DIR"),
                help=N_("The workspace (else PDCA_WORKSPACE, the nearest folder upward, or as pdca config says)."),
                envvar="PDCA_WORKSPACE",
            ),
        ] = None,
        lang: Annotated[  # noqa: ARG001 (main has read it: the help page needs it before parsing)
            str | None,
            typer.Option(
                "--lang",
                metavar=N_("ja|en"),
                help=N_("The language of the screen (else PDCA_LANG, or as pdca config says)."),
            ),
        ] = None,
        *,
        version: Annotated[  # noqa: ARG001 (its callback has done the work)
            bool, typer.Option("--version", is_eager=True, callback=_print_version, help=N_("Print the version."))
        ] = False,
    ) -> None:
        ctx.obj.workspace = workspace
        for fault in ctx.obj.settings.faults:
            streams.write_error(ctx.obj.t(N_("※ {note}")).format(note=fault.text(ctx.obj.t)))
        if ctx.invoked_subcommand is None:
            from mizuho_pdca.cli.glance import glance

            glance(ctx.obj)

    return cast("Root", get_command(app))


def _desk(workspace: str | None) -> Desk:
    from mizuho_pdca.app.desk import Desk

    return Desk(folder(workspace))


def main(argv: Sequence[str] | None = None, make_desk: DeskMaker = _desk) -> int:
    """Run ``pdca`` and return its exit code; ``make_desk`` gives the clock and the workspace."""
    streams.prepare()
    arguments = list(sys.argv[1:] if argv is None else argv)
    wanted = _wanted_language(arguments) or os.environ.get("PDCA_LANG")
    here = Session(str, bool(wanted), make_desk)
    if not wanted and "--version" not in arguments:
        wanted = here.settings.language
    here.t = t = translator(choose_language(wanted))
    streams.taken.clear()
    try:
        result = _root().main(args=arguments, prog_name="pdca", standalone_mode=False, obj=here)
        streams.flush()
    except SystemExit as exc:
        if isinstance(exc.__context__, OSError) and exc.__context__.errno == errno.EPIPE:
            streams.drop()
            return 0
        raise
    except (Exception, KeyboardInterrupt) as exc:  # noqa: BLE001 (the last boundary: no traceback leaves it)
        try:
            again = _retyped(exc, arguments, here)
        except KeyboardInterrupt as left:
            return _outcome(left, arguments, t)
        if again is not None:
            return main(again, make_desk)
        return _outcome(exc, arguments, here.known_t if isinstance(exc, PdcaError) else t)
    if result == _INTERRUPTED:
        streams.write_error(t(N_("Stopped; nothing was written.")))
    return result if isinstance(result, int) else 0


def _retyped(exc: BaseException, arguments: Sequence[str], here: Session) -> list[str] | None:
    """Return a line that would record and was not understood as somebody corrects it; None where nobody can."""
    if here.is_recording or not any(Root.listed.get(Root.name_of(word) or "") == _RECORD for word in arguments):
        return None
    if isinstance(exc, typer.TyperException):
        from mizuho_pdca.cli.usage import explain_usage

        exc = explain_usage(exc)
    from mizuho_pdca.cli.prompts import at_terminal

    if not isinstance(exc, UsageFault) or not at_terminal():
        return None
    from mizuho_pdca.cli.questions.retype import retyped

    return retyped(arguments, exc, here.t)


def _outcome(exc: BaseException, arguments: Sequence[str], t: Translate) -> int:
    """Say what stopped the command, and return its exit code."""
    match exc:
        case PdcaError():
            code = _explain(exc, t)
        case typer.TyperException():
            from mizuho_pdca.cli.usage import explain_usage

            code = _explain(explain_usage(exc), t)
        case typer.Abort() | KeyboardInterrupt():
            streams.write_error(t(N_("Stopped; nothing was written.")))
            code = _INTERRUPTED
        case BrokenPipeError():
            streams.drop()
            code = 0
        case OSError():
            streams.drop()
            code = _explain(EnvironmentFault(N_("the system refused: {reason}"), reason=os_reason(exc)), t)
        case UnicodeEncodeError(object=name, encoding=encoding) if _is_of_names(encoding):
            code = _explain(_no_name(name, encoding), t)
        case ModuleNotFoundError(name=str() as name) if not name.startswith("mizuho_pdca"):
            code = _explain(_not_installed(name), t)
        case _:
            code = _bug(arguments, t)
    return code


def _is_of_names(encoding: str) -> bool:
    """Return whether the system writes names of files so, and it is not UTF-8, in which every name can be written."""
    import codecs

    found = {codecs.lookup(each).name for each in (encoding, sys.getfilesystemencoding())}
    return len(found) == 1 and found != {"utf-8"}


def _no_name(name: str, encoding: str) -> PdcaError:
    return EnvironmentFault(
        N_("this system can't give a file the name {name}: it writes names in {encoding}"),
        name=name,
        encoding=encoding,
        remedy=message(N_("Choose UTF-8 for it, on Linux for example with: export LC_ALL=C.UTF-8")),
    )


def _not_installed(name: str) -> PdcaError:
    return EnvironmentFault(
        N_("the package {name} is not installed"),
        name=name,
        remedy=message(N_("Install it: python -m pip install {name}"), name=name),
    )


def run() -> None:
    """Run ``pdca`` as a program.

    The cycle collector stays off: loading modules makes thousands of objects that live as long as
    the process, which is short, and searching them for garbage costs a tenth of the start. Nor are
    plugins of pydantic looked for among all that is installed.
    """
    gc.disable()
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "1"
    sys.exit(main())


def _wanted_language(arguments: Sequence[str]) -> str | None:
    for position, argument in enumerate(arguments):
        plain = folded(argument).replace("—", "--")
        if plain == "--lang" and position + 1 < len(arguments):
            return arguments[position + 1]
        if plain.startswith("--lang="):
            return plain.partition("=")[2]
    return None


def _explain(exc: PdcaError, t: Translate) -> int:
    streams.write_error(exc.text(t))
    return exc.exit_code


def _bug(arguments: Sequence[str], t: Translate) -> int:
    """Write the traceback, the command and what was piped in to a log file, and say where it is."""
    import tempfile
    import traceback
    from datetime import datetime

    moment = datetime.now().strftime("%Y%m%d-%H%M%S")  # noqa: DTZ005 (the zone may be what is wrong)
    kept = [f"pdca {__version__}, Python {sys.version}", repr(list(arguments)), *streams.taken]
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix=f"pdca-{moment}-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as stream:
            stream.write("\n".join([*kept, "", traceback.format_exc()]))
    except OSError:
        streams.write_error("\n".join([t(N_("Error: this is a fault of pdca itself, not yours.")), *kept]))
        return _BUG
    words = N_("Error: this is a fault of pdca itself, not yours. What you typed and what happened is kept in {file}")
    streams.write_error(t(words).format(file=stream.name))
    return _BUG
