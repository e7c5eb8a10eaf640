"""What a person sets for themselves: the keys by any name, their values as typed, and where each comes from."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mizuho_pdca.app.desk import Desk, RecorderSource
from mizuho_pdca.app.input.names import find_place
from mizuho_pdca.domain.plan.numbers import parse_node_id
from mizuho_pdca.errors import EnvironmentFault, PdcaError, UsageFault
from mizuho_pdca.language import LANGUAGES, Language
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.settings import FORMS, Setting, settings_path, write_setting
from mizuho_pdca.storage.workspace import find_workspace
from mizuho_pdca.text import cleaned, folded, split_names

JAPANESE: Mapping[str, str] = {
    "name": "名前",
    "department": "部署",
    "initiatives": "担当",
    "workspace": "フォルダ",
    "language": "言語",
    "commit": "登録",
    "pager": "ページ送り",
}
"""What the keys are called in Japanese; both are understood."""

_ALSO = {
    "氏名": "name",
    "担当課": "department",
    "課": "department",
    "フォルダー": "workspace",
    "作業フォルダー": "workspace",
}
_YES = ("はい", "する", "yes", "true", "on", "y", "1", "有")
_NO = ("いいえ", "しない", "no", "false", "off", "n", "0", "無")
_LANGUAGES: Mapping[str, Setting] = {
    "日本語": "ja",
    "japanese": "ja",
    "英語": "en",
    "english": "en",
    **dict(zip(LANGUAGES, LANGUAGES, strict=True)),
}


@dataclass(frozen=True)
class InEffect:
    """A key with what holds for it, None where nothing does, and who says so."""

    key: str
    value: Setting | None
    source: Message | None = None


def key_of(text: str) -> str:
    """Return the key that is meant, by its English or its Japanese name; raise ``UsageFault``."""
    plain = folded(text).lower()
    known = {**{key: key for key in FORMS}, **{word: key for key, word in JAPANESE.items()}, **_ALSO}
    if plain not in known:
        raise UsageFault(
            N_('there is no setting "{key}"'),
            key=text,
            remedy=message(N_("Use one of these words: {keys}"), keys=[f"{key} ({JAPANESE[key]})" for key in FORMS]),
        )
    return known[plain]


def store(desk: Desk, key: str, words: Sequence[str]) -> Setting:
    """Set a key to what was typed; raise ``UsageFault`` where that can't be its value."""
    value = _value(desk, key, words)
    write_setting(_path(), key, value)
    return value


def unset(key: str) -> None:
    """Take a key out of the settings."""
    write_setting(_path(), key, None)


def _path() -> Path:
    path = settings_path()
    if path is None:
        raise EnvironmentFault(
            N_("this computer names no folder for settings"),
            remedy=message(N_("Name a file in the variable PDCA_CONFIG.")),
        )
    return path


def _value(desk: Desk, key: str, words: Sequence[str]) -> Setting:
    text = cleaned(" ".join(words))
    if not text:
        remedy = message(N_("To take it out: pdca config --unset {key}"), key=key)
        raise UsageFault(N_("the value of {key} is empty"), key=key, remedy=remedy)
    match key:
        case "initiatives":
            names = [name for word in words for part in word.split("\u3000") for name in split_names(part)]
            return tuple(dict.fromkeys(number for name in names for number in _initiatives(desk, name)))
        case "workspace":
            return str(find_workspace(Path(text).expanduser().absolute(), Path()))
        case "language":
            return _word(text, _LANGUAGES)
        case "commit" | "pager":
            return _word(text, {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)})
        case _:
            return text


def _word(text: str, known: Mapping[str, Setting]) -> Setting:
    value = known.get(folded(text).lower())
    if value is None:
        choices = [word for word, each in known.items() if word not in LANGUAGES and word == _first(known, each)]
        raise UsageFault(
            N_('"{value}" is not understood here'),
            value=text,
            remedy=message(N_("Use one of these words: {keys}"), keys=choices),
        )
    return value


def _first(known: Mapping[str, Setting], value: Setting) -> str:
    return next(word for word, each in known.items() if each == value)


def _initiatives(desk: Desk, text: str) -> list[str]:
    """Return the initiatives that a number or a name means, all of those below a broader one."""
    try:
        plan = desk.plan
    except PdcaError:
        number = parse_node_id(text)
        if number is None:
            raise
        return [number]
    meant = plan.original(find_place(plan, text))
    return [place.id for place in plan.initiatives if meant.id in {step.id for step in place.lineage}]


def in_effect(desk: Desk, language: Language, *, language_told: bool) -> list[InEffect]:
    """Return every key with what holds for it at this desk, and who says so."""
    found = {key: InEffect(key, value, _FILE) for key in FORMS if (value := desk.settings.given(key)) is not None}
    with suppress(PdcaError):
        name, source = desk.recorder()
        found["name"] = InEffect("name", name, _SOURCES[source])
    with suppress(PdcaError):
        found["workspace"] = InEffect("workspace", str(desk.root), _source_of_workspace(desk))
    found["language"] = InEffect("language", language, _source_of_language(desk, told=language_told))
    return [found.get(key, InEffect(key, None)) for key in FORMS]


def _source_of_workspace(desk: Desk) -> Message:
    if desk.named is not None:
        given = os.environ.get("PDCA_WORKSPACE")
        return _variable("PDCA_WORKSPACE") if given == str(desk.named) else message(N_("on the command line"))
    return _FILE if desk.is_elsewhere else message(N_("this folder or one above it"))


def _source_of_language(desk: Desk, *, told: bool) -> Message:
    if told:
        return _variable("PDCA_LANG") if os.environ.get("PDCA_LANG") else message(N_("on the command line"))
    return _FILE if desk.settings.language in LANGUAGES else message(N_("as this computer is set"))


def _variable(name: str) -> Message:
    return message(N_("the variable {name}"), name=name)


_FILE = message(N_("pdca config"))
_SOURCES: Mapping[RecorderSource, Message] = {
    "option": message(N_("on the command line")),
    "variable": _variable("PDCA_BY"),
    "setting": _FILE,
    "git": message(N_("git's user.name")),
    "account": message(N_("the account's name on this computer")),
}
