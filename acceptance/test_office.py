# mypy: allow-untyped-calls
"""The papers opened in LibreOffice and rendered by poppler, as a person would see them on a page."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.formats import draw
from mizuho_pdca.app.review import make_review
from mizuho_pdca.language import translator

ROOT = Path(__file__).parents[1]
PACKAGES = {"soffice": "libreoffice-calc and libreoffice-writer"}
SUMMARY = ("経営基盤の強化と活力ある工業基盤の構築", "85.7", "再掲のみ", "見本", "正式に採用していない参考指標")
"""What the papers have, the last note of the legend included."""


def run(program, *arguments):
    """Run a program of the system; a missing one fails the test with the Debian package that has it."""
    assert shutil.which(program), (
        f"{program} is not installed; Debian has it in {PACKAGES.get(program, 'poppler-utils')}"
    )
    return subprocess.run([program, *map(str, arguments)], capture_output=True, check=True, timeout=300).stdout


@pytest.fixture(scope="module")
def report():
    return make_review(Desk(ROOT), 2024)


@pytest.fixture(scope="module")
def pages_of(report, tmp_path_factory):
    """Return what stands on each page of a format, and how dark each page is."""

    def pages(form):
        folder = tmp_path_factory.mktemp(form)
        path = folder / f"review.{form}"
        path.write_bytes(draw(report, form, translator("ja")))
        if form != "pdf":
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, path)
        texts = run("pdftotext", "-layout", path.with_suffix(".pdf"), "-").decode().split("\f")[:-1]
        run("pdftoppm", "-r", "20", "-gray", path.with_suffix(".pdf"), folder / "page")
        return texts, [ink(image.read_bytes()) for image in sorted(folder.glob("page*.pgm"))]

    return pages


def ink(image):
    """Return the share of a grey picture that is not white."""
    header = re.match(rb"P5\s+\d+\s+\d+\s+255\s", image)
    assert header is not None
    pixels = image[header.end() :]
    return sum(pixel < 200 for pixel in pixels) / len(pixels)


@pytest.mark.parametrize("form", ["pdf", "xlsx", "docx"])
def test_every_page_says_something_and_nothing_is_too_narrow(pages_of, form):
    texts, inks = pages_of(form)
    assert len(texts) == len(inks) > 4
    assert [number for number, share in enumerate(inks, 1) if share < 0.002] == []
    assert [number for number, text in enumerate(texts, 1) if len(text.split()) < 5] == []
    assert [text for text in texts if "###" in text or "□" in text.replace("□ 基準値", "")] == []
    everything = "".join(texts)
    assert [word for word in SUMMARY if word not in everything] == []


def test_every_font_of_the_pdf_comes_along(report, tmp_path):
    path = tmp_path / "review.pdf"
    path.write_bytes(draw(report, "pdf", translator("ja")))
    rows = run("pdffonts", path).decode().splitlines()[2:]
    assert rows
    assert all("NotoSansCJKjp" in row for row in rows)
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)
