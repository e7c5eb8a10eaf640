"""Keep the Japanese catalogue whole: ``python scripts/catalogue.py update`` or ``check``.

``update`` takes every marked text of the package into ``pdca.po``, where the translations are
written by hand, and compiles that to ``pdca.mo``, which is committed so that a checkout needs no
build step. Both files depend on nothing but the texts: no dates, versions or places in the code.
``check`` writes nothing and exits 1 naming whatever is not translated, or not up to date.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "mizuho_pdca"
PO = PACKAGE / "locale" / "ja" / "LC_MESSAGES" / "pdca.po"
MO = PO.with_suffix(".mo")

TYPERS_OWN = (
    "Install completion for the current shell.",
    "Show completion for the current shell, to copy it or customize the installation.",
    "Show this message and exit.",
)
"""Helps of options that Typer adds: the help page translates them, but nothing here marks them."""

OTHER_PLACES = {
    "{date}": {"era"},
}
"""The places of a translation where they may differ from those of its msgid."""


class Japanese(Catalog):
    """A catalogue with a header that never changes by itself."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__(locale="ja", header_comment="# Japanese texts of pdca; see scripts/catalogue.py.")

    def __iter__(self) -> Iterator[Message]:
        """Yield the header, then every text."""
        yield Message("", "Language: ja\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n")
        yield from (text for text in super().__iter__() if text.id)


def marked(source: str) -> Iterator[str]:
    """Yield the literals that a module marks with ``N_``, those inside f-strings as well.

    Babel's own extractor reads tokens, and sees into f-strings only from Python 3.12 on.
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id="N_"), args=[ast.Constant(value=str() as msgid)]):
                yield msgid


def extracted() -> Catalog:
    """Return every marked text of the package, and Typer's own, without translations."""
    found = Catalog()
    for path in sorted(PACKAGE.rglob("*.py")):
        for msgid in marked(path.read_text(encoding="utf-8")):
            found.add(msgid)
    for msgid in TYPERS_OWN:
        found.add(msgid)
    return found


def read(po: str) -> Japanese:
    """Return the translations of a ``.po`` file's text."""
    catalogue = Japanese()
    for text in read_po(BytesIO(po.encode()), locale="ja"):
        if text.id:
            catalogue[text.id] = text
    return catalogue


def updated(po: str) -> Japanese:
    """Return a ``.po`` file's translations for the texts that the package has now.

    A reworded text keeps its translation, marked fuzzy until somebody has looked at it.
    """
    catalogue = read(po)
    catalogue.update(extracted())
    return catalogue


def to_po(catalogue: Japanese) -> str:
    """Return the text of a ``.po`` file."""
    stream = BytesIO()
    write_po(stream, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    return stream.getvalue().decode()


def to_mo(catalogue: Japanese) -> bytes:
    """Return the bytes of a ``.mo`` file; fuzzy translations are left out."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def faults(text: Message) -> Iterator[str]:
    """Yield what is wrong with one translation."""
    msgid, translation = str(text.id), str(text.string or "")
    if not translation:
        yield f"no translation: {msgid!r}"
        return
    if text.fuzzy:
        yield f"fuzzy, delete the mark if it is right: {msgid!r}"
    try:
        given = places(translation)
    except ValueError as exc:
        yield f"{exc}: {translation!r}"
        return
    wanted = OTHER_PLACES.get(msgid, places(msgid))
    if given != wanted:
        yield f"places {sorted(given)} instead of {sorted(wanted)}: {msgid!r}"


def places(text: str) -> set[str]:
    """Return the names in braces that ``str.format`` fills."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def check() -> list[str]:
    """Return everything that is wrong with the committed catalogue."""
    po = PO.read_text(encoding="utf-8")
    now = updated(po)
    found = [fault for text in now if text.id for fault in faults(text)]
    if to_po(now) != po:
        found.append(f"{PO.name} does not hold the texts of the package: run `update`")
    if not MO.is_file() or to_mo(read(po)) != MO.read_bytes():
        found.append(f"{MO.name} is not what {PO.name} compiles to: run `update`")
    return found


def update() -> None:
    """Write both files anew."""
    now = updated(PO.read_text(encoding="utf-8") if PO.is_file() else "")
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_text(to_po(now), encoding="utf-8", newline="\n")
    MO.write_bytes(to_mo(now))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one of the two subcommands and return the exit code."""
    parser = argparse.ArgumentParser(description="Keep the Japanese catalogue whole.")
    parser.add_argument("task", choices=("update", "check"))
    if parser.parse_args(argv).task == "update":
        update()
        return 0
    found = check()
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
