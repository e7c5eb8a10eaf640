# mypy: allow-untyped-calls, disable-error-code="no-any-return"
"""Values in every format equal those of the JSON: counts, rates, figures, statuses and ratings.

What a format prints is read back with a reader of another make and brought into one form: numbers
without signs of print, nothing for －. The JSON is brought into the same form by itself.
"""

import csv
import io
import json
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser
from pathlib import Path

import docx
import pypdf
import pytest
from python_calamine import CalamineWorkbook

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.formats import draw
from mizuho_pdca.app.review import make_review
from mizuho_pdca.domain.digits import half_up
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.language import translator
from mizuho_pdca.papers.words import print_rating, print_status
from tests.render.conftest import ENTRIES, POLICIES

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
JA = translator("ja")
TOTAL = JA("Total")
RATES = ("Implementation rate", "Completion rate")


@dataclass(frozen=True)
class Sums:
    """A row of the summary: counts in the order of print; percent, numerator and denominator of each rate."""

    counts: tuple[str, ...]
    rates: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Figures:
    """A row of the indicators: baseline, target, guide and actual, and the percentages of two shares."""

    values: tuple[str, ...]
    achievement: str
    pace: str


@dataclass(frozen=True)
class State:
    """A row of the initiatives: its status and its rating, as words."""

    status: str
    rating: str


@dataclass(frozen=True)
class Values:
    """All values of one file."""

    sums: dict[str, Sums]
    states: dict[str, State]
    figures: dict[str, Figures]


# -- one form for all -------------------------------------------------------------------------


def number(shown):
    """Return a number in one form: 1,200 and 1200.0 are 1200, △3 is -3; other texts as they are, － as nothing."""
    text = str(shown).strip().replace("△", "-")
    try:
        return f"{Decimal(text.replace(',', '')).normalize():f}"
    except InvalidOperation:
        return "" if text == "－" else text


def value(shown, words):
    """Return a value of an indicator without its year; a reason for having none is nothing."""
    found = number(re.sub(r"（[^（）]*）$", "", str(shown)))
    return found if re.fullmatch(r"-?[\d.]+", found) or found in words else ""


def share(percent, numerator, denominator):
    """Return a rate in one form; one of nothing is nothing."""
    parts = (number(percent), number(numerator), number(denominator))
    return ("", "", "") if parts[2] in ("", "0") else parts


def printed_share(text):
    """Return a rate that was printed as 85.7% (24/28)."""
    found = re.fullmatch(r"(.*?)%? \((.*)/(.*)\)", text)
    return share(*found.groups()) if found else ("", "", "")


def rating_now(text):
    """Return the rating of this year of B → A（↑）."""
    return re.sub(r"（.）$", "", text.split(" → ", 1)[1])


# -- what the JSON says -----------------------------------------------------------------------


def of_json(report):
    data = json.loads(draw(report, "json", JA))
    plan = report.plan
    spelled = {row.indicator.id: row.indicator.spell for row in report.indicators}
    numbers = {place.id: place.number for place in plan.places.values()}
    sums = {TOTAL: data["summary"]["total"]}
    sums |= {numbers[row["id"]]: row for key in ("policies", "measures") for row in data["summary"][key]}

    def rating(row):
        if row["rating"] is None and row["rating_suggested"] is not None:
            return f"[{row['rating_suggested']}]"
        return print_rating(plan, row["rating"])

    def figure(row, key):
        found = row[key]
        return spelled[row["id"]](found) if isinstance(found, bool) else number("" if found is None else found)

    return Values(
        {key: Sums(tuple(json_counts(plan, row)), tuple(json_rates(row))) for key, row in sums.items()},
        {
            row["number"]: State(
                print_status(plan, row["status"]) if row["reported"] else JA("not reported"),
                rating(row),
            )
            for row in data["initiatives"]
        },
        {
            row["name"]: Figures(
                tuple(figure(row, key) for key in ("baseline", "target", "guide", "actual")),
                achievement=number(row["rate"] or ""),
                pace=number(row["pace"] or ""),
            )
            for row in data["indicators"]
        },
    )


def json_counts(plan, row):
    yield from (str(row[key]) for key in ("submeasures", "listed", "relisted", "distinct"))
    yield from (str(row["rating"][code]) for code in plan.scheme.scale.codes)
    yield str(row["not_reported"])


def json_rates(row):
    for key in ("implementation", "completion", "rating_share"):
        nothing = row["reported"] == 0 or row[key]["percent"] is None
        percent = "" if nothing else row[key]["percent"]
        yield share(percent, row[key]["numerator"], row[key]["denominator"])


# -- what the others say ----------------------------------------------------------------------


def of_csv(report, words):
    def rows(paper):
        return list(csv.DictReader(io.StringIO(draw(report, "csv", JA, paper).decode("utf-8-sig"), newline="")))

    plan = report.plan
    counted = ("Listed", "Relisted", "Distinct")
    ratings = [f"{JA('Rating')}: {print_rating(plan, code)}" for code in plan.scheme.scale.codes]

    def sums(row):
        headings = [JA("Submeasures"), *map(JA, counted), *ratings, JA("Not reported")]
        rates = [JA(rate) for rate in (*RATES, "Rating share of the best two ranks")]
        return Sums(
            tuple(number(row[heading]) for heading in headings),
            tuple(
                share(row[f"{rate} (%)"], row[f"{rate}: {JA('numerator')}"], row[f"{rate}: {JA('denominator')}"])
                for rate in rates
            ),
        )

    def rating(row):
        suggested = row[JA("Suggested rating")]
        return row[JA("Rating")] or (f"[{suggested}]" if suggested else "－")

    def named(row):
        return row[JA("Indicator")].removesuffix(JA(" (draft)"))

    achievement, pace = f"{JA('Achievement')} (%)", f"{JA('Pace')} (%)"
    return Values(
        {re.sub(r"^基本(方針|施策)", "", row[JA("No.")]): sums(row) for row in rows("summary")},
        {row[JA("No.")]: State(row[JA("Status")] or JA("not reported"), rating(row)) for row in rows("initiatives")},
        {
            named(row): Figures(
                tuple(value(row.get(JA(key), "－"), words) for key in ("Baseline", "Target", "Guide", "This year")),
                achievement=number(row[achievement]),
                pace=number(row.get(pace, "")),
            )
            for row in rows("indicators")
        },
    )


def of_xlsx(report, words):
    book = CalamineWorkbook.from_filelike(io.BytesIO(draw(report, "xlsx", JA)))

    def rows(sheet, first):
        found = book.get_sheet_by_name(sheet).to_python()
        at = next(n for n, row in enumerate(found) if row[: len(first)] == first)
        for row in found[at + 1 :]:
            if not any(row[:2]):
                return
            yield dict(zip(found[at], row, strict=True))

    def sums(row):
        cells, after = list(row.values()), list(row).index(JA("Not reported")) + 1
        rates = [cells[at : at + 3] for at in range(after, after + 9, 3)]
        return Sums(tuple(map(number, cells[2:after])), tuple(share(*rate) for rate in rates))

    number_, title = JA("No."), JA("Policy / measure")
    achievement, pace = f"{JA('Achievement')} (%)", f"{JA('Pace')} (%)"
    return Values(
        {str(row[number_] or row[title]): sums(row) for row in rows(JA("Summary"), [number_, title])},
        {
            row[number_]: State(row[JA("Status")], rating_now(row[JA("Rating (last year → this year)")]))
            for row in rows(JA("Progress of the initiatives"), [number_])
        },
        {
            row[JA("Indicator")].removesuffix(JA(" (draft)")): Figures(
                tuple(value(row.get(JA(key), "－"), words) for key in ("Baseline", "Target", "Guide", "This year")),
                achievement=number(row[achievement]),
                pace=number(row.get(pace, "")),
            )
            for row in rows(JA("Indicators"), [number_, JA("Indicator")])
        },
    )


def of_tables(summary, initiatives, indicators, words):
    """Return the values of tables whose cells are as printed, by heading."""

    def sums(row):
        cells, after = list(row.values()), list(row).index(JA("Not reported")) + 1
        return Sums(tuple(map(number, cells[2:after])), tuple(map(printed_share, cells[after : after + 3])))

    number_, title = JA("No."), JA("Policy / measure")
    dated = ("Baseline (FY)", "Target (FY)", "Guide", "This year")
    return Values(
        {row[number_] or row[title]: sums(row) for row in summary},
        {
            row[number_]: State(row[JA("Status")], rating_now(row[JA("Rating (last year → this year)")]))
            for row in initiatives
        },
        {
            row[JA("Indicator")].removesuffix(JA(" (draft)")): Figures(
                tuple(value(row.get(JA(key), "－"), words) for key in dated),
                achievement=printed_share(row[JA("Achievement")])[0],
                pace=printed_share(row.get(JA("Pace"), "－"))[0],
            )
            for row in indicators
        },
    )


class Page(HTMLParser):
    """The papers of a page: rows of printed cells by heading, by the name of the paper."""

    def __init__(self):
        super().__init__()
        self.papers = {}
        self.section = ""
        self.label = None
        self.takes = False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "section":
            self.section = given.get("id", "")
            self.papers[self.section] = []
        elif tag == "tr" and self.section:
            self.papers[self.section].append({})
        elif tag == "div" and "data-label" in given:
            self.label = given["data-label"]
            self.papers[self.section][-1].setdefault(self.label, None)
        elif tag == "bdi":
            self.takes = self.label is not None and self.papers[self.section][-1][self.label] is None
            if self.takes:
                self.papers[self.section][-1][self.label] = ""

    def handle_endtag(self, tag):
        if tag == "bdi":
            self.takes = False
        elif tag == "div":
            self.label = None

    def handle_data(self, data):
        if self.takes:
            self.papers[self.section][-1][self.label] += data


def of_html(report, words):
    page = Page()
    page.feed(draw(report, "html", JA).decode())
    tables = {name: [row for row in rows if row] for name, rows in page.papers.items()}
    return of_tables(tables["paper-summary"], tables["paper-initiatives"], tables["paper-indicators"], words)


def of_docx(report, words):
    found: dict[str, list[dict[str, str]]] = {}
    for table in docx.Document(io.BytesIO(draw(report, "docx", JA))).tables:
        # What goes across the page below a row is one cell over all columns.
        whole = [row for row in table.rows if not row._tr.xpath("w:tc/w:tcPr/w:gridSpan")]  # noqa: SLF001
        rows = [[re.sub(r"^！", "", cell.text) for cell in row.cells] for row in whole]
        found.setdefault(rows[0][1], []).extend(dict(zip(rows[0], row, strict=True)) for row in rows[1:])

    def unstacked(row):
        """Return a row with the status and the rating alone; other cells stand below each other."""
        (rating,) = [heading for heading in row if heading.endswith(JA("Rating (last year → this year)"))]
        return {
            JA("No."): row[JA("No.")],
            JA("Status"): row[JA("Status")],
            JA("Rating (last year → this year)"): row[rating].split("\n")[-1],
        }

    initiatives = [unstacked(row) for row in found[JA("Initiative")]]
    return of_tables(found[JA("Policy / measure")], initiatives, found[JA("Indicator")], words)


READERS = {"csv": of_csv, "xlsx": of_xlsx, "html": of_html, "docx": of_docx}


ENDLESS = """
- id: "1"
  title: 数
  measures:
  - {id: 1-1, title: 率, submeasures: [{id: 1-1-1, title: 値, initiatives: [{id: 1-1-1-1, title: 計測}]}]}
  indicators:
  - {id: stars, name: 満足度, kind: outcome, direction: increase, method: ratio, aggregate: mean,
     targets: {2024: 4.3}, adopted: true}
  - {id: nitrate, name: 窒素, kind: outcome, direction: decrease, method: maintain, aggregate: mean,
     targets: {2024: 0.04}, adopted: true}
  - {id: births, name: 出生率, kind: outcome, direction: increase, method: progress, aggregate: latest,
     baseline: {year: 2021, value: 1.25}, targets: {2028: 1.40}, adopted: true}
  - {id: share, name: 普及率, unit: "%", kind: outcome, direction: increase, method: ratio, aggregate: latest,
     baseline: {year: 2021, value: 5.0}, targets: {2024: 28.0}, adopted: true}
  - {id: homes, name: 接続戸数, unit: 戸, kind: output, direction: increase, method: ratio, aggregate: sum,
     targets: {2024: 3000}, adopted: true}
  - {id: visits, name: 訪問, kind: output, direction: increase, method: ratio, aggregate: sum,
     targets: {2022: 60, 2029: 120}, adopted: true}
"""
FIGURES = (
    "id: a, target: '1', values: {stars: 4.21, nitrate: 0.04, births: 1.28, share: 14.0, homes: 2999, visits: 31}",
    "id: b, target: '1', values: {stars: 4.29, nitrate: 0.05}",
    "id: c, target: '1', values: {stars: 4.29, nitrate: 0.04}",
    "id: d, status: done",
)


@pytest.fixture(scope="module", params=["sample", "hostile", "endless"])
def report(request, make_plan, make_ledger):
    """Return the report on the sample of this repository, one on awkward texts, one on figures that don't end."""
    if request.param == "sample":
        return make_review(Desk(ROOT), 2024)
    if request.param == "endless":
        return review(make_plan(ENDLESS), make_ledger(*FIGURES), 2024)
    return review(make_plan(POLICIES), make_ledger(*ENTRIES), 2024)


@pytest.fixture(scope="module")
def words(report):
    """Return the words that indicators have for yes and no."""
    return {row.indicator.spell(answer) for row in report.indicators for answer in (True, False)}


@pytest.fixture(scope="module")
def wanted(report):
    return of_json(report)


@pytest.fixture(scope="module", params=READERS)
def found(request, report, words):
    """Return the values of one format."""
    return READERS[request.param](report, words)


def test_the_json_has_something_to_compare(wanted, report):
    assert len(wanted.sums) == 1 + len(report.policies) + len(report.measures)
    assert len(wanted.states) == len(report.initiatives)
    assert len(wanted.figures) == len(report.indicators)
    assert any(rate[0] for row in wanted.sums.values() for rate in row.rates)
    assert any(row.achievement for row in wanted.figures.values())


def test_the_counts_and_rates_of_every_row_of_the_summary_are_those_of_the_json(found, wanted):
    assert found.sums == wanted.sums


def test_every_initiative_has_the_status_and_the_rating_of_the_json(found, wanted):
    assert found.states == wanted.states


def test_every_indicator_has_the_figures_of_the_json(found, wanted):
    assert found.figures.keys() == wanted.figures.keys()
    for name, figures in found.figures.items():
        exact = wanted.figures[name]
        assert (figures.achievement, figures.pace) == (exact.achievement, exact.pace)
        assert figures.values == tuple(map(as_printed, exact.values, figures.values))


def as_printed(exact, shown):
    """Return an exact number with the decimals that are shown of it; a word as it is."""
    try:
        places = -int(Decimal(shown).as_tuple().exponent)
        return number(half_up(Decimal(exact), max(0, places)))
    except InvalidOperation:
        return exact


def test_machines_get_every_figure_to_12_significant_digits(report, words, wanted):
    for name in ("csv", "xlsx"):
        assert READERS[name](report, words).figures == wanted.figures


def test_every_print_has_the_same_digits(report, words):
    assert of_html(report, words).figures == of_docx(report, words).figures


# -- print ------------------------------------------------------------------------------------


def squeezed(text):
    return re.sub(r"[\s\u200b]", "", text)


@pytest.fixture(scope="module")
def pages(report):
    pages = pypdf.PdfReader(io.BytesIO(draw(report, "pdf", JA))).pages
    return squeezed("".join(page.extract_text() for page in pages))


def in_order(text, pieces, start=0):
    """Return whether pieces follow one another in a text, each soon after the one before it."""
    for piece in pieces:
        at = text.find(piece, start)
        if at < 0:
            return False
        start = at + len(piece)
    return True


def print_rate(parts, row):
    if int(row.counts[1]) and row.counts[3] == "0":
        return JA("relisted only")
    percent, numerator, denominator = parts
    if not denominator:
        return "－"
    shown = f"{Decimal(percent):.1f}%" if percent else "－"
    return f"{shown}({numerator}/{denominator})"


def test_the_summary_in_print_has_the_counts_and_rates_of_the_json(report, wanted, pages):
    titles = {TOTAL: ""} | {
        row.place.number: row.place.node.heading for row in (*report.policies, *report.measures) if row.place
    }
    for key, row in wanted.sums.items():
        rates = "".join(print_rate(parts, row) for parts in row.rates)
        *counts, missing = row.counts
        counts.append(missing if missing == "0" else f"！{missing}")
        assert squeezed(key + titles[key] + "".join(counts) + rates) in pages, key


def test_the_initiatives_in_print_have_the_status_and_the_rating_of_the_json(report, wanted, pages):
    text = pages[pages.index(squeezed(JA("Rating (last year → this year)"))) :]
    starts = [text.index(squeezed(row.place.number + row.title)) for row in report.initiatives]
    assert starts == sorted(starts)
    for row, start, end in zip(report.initiatives, starts, [*starts[1:], len(text)], strict=True):
        state = wanted.states[row.place.number]
        assert in_order(text[start:end], [squeezed(state.status), squeezed(f"→{state.rating}")]), row.place.number


def test_the_indicators_in_print_have_the_figures_of_the_other_prints(report, words, pages):
    wanted = of_html(report, words)
    start = pages.index(squeezed(JA("Baseline (FY)")))
    for row in report.indicators:
        figures = wanted.figures[row.indicator.name]
        at = pages.index(squeezed(row.place.number + row.indicator.name), start)
        cells = [*figures.values, figures.achievement, figures.pace]
        shown = [f"{Decimal(cell):,f}".replace("-", "△") if re.fullmatch(r"-?[\d.]+", cell) else cell for cell in cells]
        shown[4:] = [
            f"{cell if '.' in cell else f'{cell}.0'}%(".replace("-", "△") if cell else "－" for cell in cells[4:]
        ]
        assert in_order(pages[at : at + 300], [squeezed(cell) for cell in shown if cell]), row.indicator.name
