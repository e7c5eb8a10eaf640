# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""A browser to look at the pages with, and the sample's page to look at."""

import shutil
from pathlib import Path

import pytest

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.review import make_review
from mizuho_pdca.language import translator
from mizuho_pdca.papers.review import papers

ROOT = Path(__file__).parents[1]
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _chromium():
    usual = Path("/usr/bin/chromium")
    found = str(usual) if usual.exists() else shutil.which("chromium")
    if found is None:
        pytest.fail('no browser: these tests need the package "chromium"')
    return found


@pytest.fixture(scope="session")
def browser():
    """Start Chromium with a profile of its own."""
    from playwright.sync_api import sync_playwright

    program = _chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample_papers():
    """Return the papers of the sample that comes with the program."""
    return papers(make_review(Desk(ROOT), 2024), translator("ja"))


@pytest.fixture(scope="session")
def address(sample_papers, tmp_path_factory):
    """Return the address of the sample's page as a file."""
    from mizuho_pdca.render.html.page import page

    file = tmp_path_factory.mktemp("html") / "review.html"
    file.write_bytes(page(sample_papers, translator("ja")))
    return file.as_uri()


class Watched:
    """Pages of a browser without a network, and all that they complained of or asked for."""

    def __init__(self, browser):
        self.browser = browser
        self.contexts = []
        self.complaints = []
        self.requests = []

    def open(self, address, width=1280, height=900, **options):
        """Open an address in a window of its own."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(address)
        return page

    def _hear(self, message):
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def close(self):
        """Close every window."""
        for context in self.contexts:
            context.close()


@pytest.fixture
def watched(browser):
    """Open pages, and fail if one complains or asks for anything but itself."""
    watched = Watched(browser)
    yield watched
    watched.close()
    assert watched.complaints == []
    assert {url.split(":", 1)[0] for url in watched.requests} <= {"file", "data"}
    assert len({url.split("#")[0] for url in watched.requests if url.startswith("file")}) <= 1
