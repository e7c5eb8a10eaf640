"""The reader's language: gettext catalogues beside the package, Japanese unless told otherwise."""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from mizuho_pdca.message import Translate

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

DOMAIN = "pdca"
CATALOGUES = Path(__file__).parent / "locale"


@cache
def translator(language: Language) -> Translate:
    """Return what turns an English msgid into the language; English needs no catalogue."""
    if language == "en":
        return str
    return gettext.translation(DOMAIN, CATALOGUES, [language], fallback=True).gettext


def choose_language(wanted: str | None, environ: Mapping[str, str] = os.environ) -> Language:
    """Return the language of ``--lang``, else of PDCA_LANG, else of the locale, else Japanese.

    A locale of ``C`` or none at all says nothing, so Japanese stays.
    """
    for name in (wanted, environ.get("PDCA_LANG")):
        if name and name[:2].lower() in LANGUAGES:
            return "en" if name[:2].lower() == "en" else "ja"
    locale = next((environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(key)), "")
    return "en" if locale.lower().startswith("en") else "ja"
