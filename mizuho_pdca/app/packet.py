"""The packet of a meeting: numbered papers, Excel and CSV for whoever works on, and a manifest to check them by."""

from __future__ import annotations

import hashlib
import platform
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.metadata import PackageNotFoundError, version

from mizuho_pdca import __version__
from mizuho_pdca.app.formats import draw_papers
from mizuho_pdca.domain.review.packet import Listed, Manifest, Origin, PlanName, Tool
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.council.cover import with_contents
from mizuho_pdca.papers.paper import Look, Papers
from mizuho_pdca.papers.review import LISTINGS, TABLES, numbered, paper_label, papers

MANIFEST = "manifest.json"

Say = Callable[[str], None]
Made = Mapping[str, bytes]
"""Files by name, in the order in which a meeting uses them."""

_PACKAGES = ("typst", "xlsxwriter", "vl-convert-python", "noto-cjk-sans-jp-regular", "noto-cjk-sans-jp-bold")
"""The packages that the bytes of the papers depend on."""

_UNSAFE = str.maketrans('\\/:*?"<>|', "＼／：＊？”＜＞｜") | dict.fromkeys((*range(32), 127), " ")
"""Signs that Windows allows in no file name, and their full-width likes."""

_LONGEST = 60
"""Characters of a file's name before its ending, which a disk takes in any script."""


def make_packet(
    report: ReviewReport, t: Translate, say: Say = lambda _: None, look: Look | None = None
) -> dict[str, bytes]:
    """Return the files of a packet by name, the manifest last; raise ``EnvironmentFault`` where a package is missing.

    ``say`` is told the name of each file before it is made.
    """
    whole = papers(report, t, look).for_council
    made: dict[str, bytes] = {}
    for name, make in _contents(report, whole, t):
        say(name)
        made[name] = make()
    made[MANIFEST] = manifest(report, whole, made).model_dump_json(indent=2, by_alias=True).encode() + b"\n"
    return made


def _contents(report: ReviewReport, whole: Papers, t: Translate) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the name of each file and what makes it."""
    from mizuho_pdca.render.csv.codebook import codebook
    from mizuho_pdca.render.csv.review import review

    labelled = ((paper_label(number, t), names) for number, names in enumerate(numbered(whole), start=1))
    parts = {label: whole.only(names, label) for label, names in labelled}
    contents = [(label, part.papers[0].title) for label, part in parts.items()]
    if whole.front is not None:
        first = with_contents(whole.front, paper_label(0, t), contents, t)
        yield _name(f"{first.label} {t(N_('Cover'))}", ".pdf"), partial(draw_papers, first, "pdf", t)
    for label, part in parts.items():
        yield _name(f"{label} {part.papers[0].title}", ".pdf"), partial(draw_papers, part, "pdf", t)
    yield _name(whole.title, ".xlsx"), partial(draw_papers, whole, "xlsx", t)
    printed = {paper.name for paper in whole.papers}
    tables = (LISTINGS[table](report, t) for table in TABLES)
    files = {_name(found.paper.title, ".csv"): found for found in tables if found.paper.name in printed}
    for name, found in files.items():
        yield name, partial(review, report, t, found.paper.name)
    yield _name(t(N_("Code book of the CSV files")), ".csv"), partial(codebook, files, t)


def _name(title: str, ending: str) -> str:
    return title.translate(_UNSAFE)[:_LONGEST].strip() + ending


def manifest(report: ReviewReport, whole: Papers, made: Made) -> Manifest:
    """Return what says of files which they are and what they were made of."""
    header = report.plan.header
    return Manifest(
        schema="pdca.packet/1",
        plan=PlanName(id=header.id, title=header.title),
        fiscal_year=report.year,
        language="en" if whole.language == "en" else "ja",
        sample=report.sample,
        as_of=Origin(commit=report.as_of.commit, dirty=report.as_of.dirty),
        tool=Tool(name="pdca", version=__version__, packages=dict(_versions())),
        files=tuple(Listed(name=name, bytes=len(data), sha256=digest(data)) for name, data in made.items()),
    )


def _versions() -> Iterator[tuple[str, str]]:
    yield "python", platform.python_version()
    yield "zlib", zlib.ZLIB_RUNTIME_VERSION  # what compresses Excel files
    for package in _PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            continue


def digest(data: bytes) -> str:
    """Return the SHA-256 digest in hex."""
    return hashlib.sha256(data).hexdigest()
