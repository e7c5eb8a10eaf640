"""The parts of an Excel file; whatever is none, or could harm whoever opens it, is refused with its reason."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Message, message

MOST_BYTES = 20_000_000
"""So large a file may be; a form of 300 rows has a hundredth of it."""

_MOST_UNPACKED = 40_000_000
_MOST_PARTS = 5_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_AGAIN = message(N_("Open it in Excel, save it as an Excel workbook (.xlsx), and import that."))


class NoBook(UsageFault):
    """A file can't be read as an Excel workbook, or must not be."""


class _WithDtd(Exception):
    """A part declares a document type, which no Excel file does."""


class Package:
    """The parts of an Excel file, by their names within it."""

    def __init__(self, data: bytes) -> None:
        """Open the file; raise ``NoBook``."""
        check_signature(data)
        try:
            self._zip = ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except (BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as exc:
            raise _broken() from exc
        if any(info.flag_bits & 1 for info in infos):
            raise _locked()
        if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_UNPACKED:
            raise NoBook(
                N_("the file unpacks to far more than a form holds; it was not opened"),
                remedy=message(N_("Ask whoever sent it for a fresh copy.")),
            )
        self._parts = {info.filename.replace("\\", "/").lstrip("/"): info for info in infos}
        self._check()

    def _check(self) -> None:
        names = self._parts
        if any("/externallinks/" in f"/{name.lower()}" for name in names):
            raise NoBook(
                N_("the file is linked to other workbooks; it was not read"),
                remedy=message(N_("In Excel: Data, Edit Links, Break Link; save it and import it again.")),
            )
        if "content.xml" in names and "mimetype" in names:
            raise NoBook(N_("the file is an OpenDocument table (.ods), no Excel workbook"), remedy=_AGAIN)
        if "xl/workbook.bin" in names:
            raise NoBook(N_("the file is a binary Excel workbook (.xlsb)"), remedy=_AGAIN)
        if not any(name.endswith("workbook.xml") for name in names):
            raise NoBook(N_("the file is no Excel workbook"), remedy=_AGAIN)

    def read(self, name: str) -> bytes:
        """Return a part, empty where there is none; raise ``NoBook`` where it is broken."""
        info = self._parts.get(name)
        if info is None:
            return b""
        try:
            return self._zip.read(info)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as exc:
            raise _broken() from exc

    def copied(self, parts: Mapping[str, bytes]) -> bytes:
        """Return the file with other contents of some parts."""
        stream = BytesIO()
        with ZipFile(stream, "w") as copy:
            for name in self._parts:
                copy.writestr(name, parts[name] if name in parts else self.read(name))
        return stream.getvalue()

    def check_all(self) -> None:
        """Read every part once, so that none is larger than it says; raise ``NoBook``."""
        for name in self._parts:
            self.read(name)

    @property
    def names(self) -> list[str]:
        """Return the names of the parts."""
        return list(self._parts)


def check_signature(data: bytes) -> None:
    """Tell by its first bytes what a file is; raise ``NoBook`` for what is no Excel workbook."""
    if not data.strip(b"\x00"):
        raise NoBook(N_("the file is empty"), remedy=message(N_("Ask whoever sent it for a fresh copy.")))
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _locked()
        raise NoBook(N_("the file is an old Excel file (.xls)"), remedy=_AGAIN)
    if not data.startswith(_ZIP):
        raise NoBook(N_("the file is {what}, whatever its name says"), what=_kind(data), remedy=_AGAIN)


def _kind(data: bytes) -> Message:
    head = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith(b"%pdf"):
        return message(N_("a PDF"))
    if head.startswith((b"<!doctype html", b"<html")) or b"<table" in head:
        return message(N_("a web page (HTML)"))
    if head.startswith(b"<?xml"):
        return message(N_("an XML file"))
    if b"\x00" not in head and (b"," in head or b"\t" in head):
        return message(N_("a text or CSV file"))
    return message(N_("no Excel workbook"))


def _locked() -> NoBook:
    return NoBook(
        N_("the file is protected by a password"),
        remedy=message(N_("Open it in Excel, take the password away (File, Info, Protect Workbook), and save it.")),
    )


def _broken() -> NoBook:
    return NoBook(
        N_("the file is damaged and can't be read"), remedy=message(N_("Ask whoever sent it for a fresh copy."))
    )


Attributes = Mapping[str, str]
Event = tuple[str, Attributes, str]
"""An element that has ended: its name without a namespace, its attributes, the text right in it."""


def elements(data: bytes) -> Iterator[Event]:
    """Yield the elements of a part as they end; raise ``NoBook`` where it is no sound XML, or has a DTD."""
    done: list[Event] = []
    opened: list[tuple[str, Attributes, list[str]]] = []
    parser = ParserCreate()
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        opened.append((name.rpartition(":")[2], attributes, []))

    def end(_: str) -> None:
        name, attributes, texts = opened.pop()
        done.append((name, attributes, "".join(texts)))

    def text(piece: str) -> None:
        if opened:
            opened[-1][2].append(piece)

    def dtd(*_: object) -> None:
        raise _WithDtd

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, dtd
    try:
        if data:
            parser.Parse(data, True)  # noqa: FBT003 (that this is all)
    except (ExpatError, _WithDtd) as exc:
        raise _broken() from exc
    yield from done


def saved_at(package: Package) -> datetime | None:
    """Return when the file says that it was saved last, None where it does not."""
    for name, _, text in elements(package.read("docProps/core.xml")):
        if name == "modified":
            try:
                moment = datetime.fromisoformat(text.strip())
            except ValueError:
                return None
            return moment if moment.tzinfo else None
    return None
