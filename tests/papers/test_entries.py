# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.standing import standing
from mizuho_pdca.papers.entries.line import said_first, told_apart
from mizuho_pdca.papers.entries.listed import EntryList, ListedEntry, entry_listing, entry_papers
from mizuho_pdca.papers.entries.shown import ShownEntry, shown_papers
from mizuho_pdca.papers.status import status_listing, status_papers
from mizuho_pdca.papers.words import not_committed_line

PLAN = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 訪問
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        indicators:
        - {id: visits, name: 訪問件数, unit: 件, kind: output, direction: increase, method: ratio, aggregate: sum,
           targets: {2024: 60}, adopted: false}
        - {id: desk, name: 窓口, kind: output, direction: increase, method: done, aggregate: latest, adopted: true,
           words: {yes: 設置, no: なし}}
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("summary: '3社訪問した。\n\n  詳しく'", "3社訪問した。"),
        ("kind: evaluation, rating: A, progress: 順調", "A 順調"),
        ("kind: evaluation, rating: F", "完了"),
        ("kind: improvement, direction: 継続, next: 続ける", "継続 続ける"),
        ("kind: response, target: plan, responds: o, state: in_hand, text: 検討する", "対応中 検討する"),
        ("kind: actual, missing: {visits: 未調査}", "訪問件数: 未調査"),
        ("kind: withdrawal, withdraws: x, reason: 誤記", "x 誤記"),
        ("kind: actual, values: {visits: 1234.5, desk: true}", ""),
    ],
)
def test_what_an_entry_says_first_stands_behind_its_word_of_the_scheme(make_plan, make_entry, text, said):
    assert said_first(make_plan(PLAN), make_entry("id: a, " + text)) == said


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("summary: 訪問", "2024-06-12 1-1①-1 企業訪問 訪問"),
        (
            "kind: actual, values: {visits: 1234.5, desk: true}",
            "2024-06-12 1-1①-1 企業訪問 訪問件数 1,234.5件 窓口 設置",
        ),
        ("kind: actual, values: {visits: 3}, supersedes: b, reason: 確定", "2024-06-12 1-1①-1 企業訪問 訪問件数 3件"),
        ("kind: actual, missing: {visits: 未調査}", "2024-06-12 1-1①-1 企業訪問 訪問件数: 未調査"),
        ("kind: opinion, target: plan, meeting: 2024-06-01, text: 意見", "2024-06-12 意見"),
        ("kind: response, target: 9-9-9-9, responds: o, state: in_hand, text: 済", "2024-06-12 9-9-9-9 対応中 済"),
    ],
)
def test_an_entry_is_known_by_its_day_number_title_and_what_it_says(make_plan, make_entry, text, known):
    assert told_apart(make_plan(PLAN), make_entry("id: a, " + text)) == known


def listed(plan, *entries):
    return EntryList(plan, tuple(ListedEntry(entry, plan.places.get(entry.target)) for entry in entries))


def test_a_plan_without_statuses_has_no_column_for_them(make_plan, make_entry):
    entry = make_entry("id: a")
    assert "status" in entry_listing(listed(make_plan(PLAN), entry), str).keys
    plain = make_plan(PLAN, scheme="statuses: [], scale: {}")
    assert "status" not in entry_listing(listed(plain, entry), str).keys


def test_an_entry_without_a_status_has_an_empty_cell(make_plan, make_entry):
    entries = [
        make_entry(text) for text in ("id: a, status: done", "id: b", "id: c, kind: actual, values: {visits: 1}")
    ]
    listing = entry_listing(listed(make_plan(PLAN), *entries), str)
    column = list(listing.columns).index("Status")
    assert [record[column] for record in listing.records] == ["実施済（当年度分）", None, None]


def test_years_of_a_plan_by_calendar_years_are_not_called_fiscal(make_plan, make_entry):
    plan = make_plan(PLAN, plan="year: {starts: 1}")
    assert not any("FY" in line for line in entry_papers(listed(plan, make_entry("id: a")), str).subtitles)


@pytest.mark.parametrize(("count", "lines"), [(None, 0), (0, 0), (3, 1)])
def test_how_many_are_not_committed_is_said_where_there_are_any(count, lines):
    found = [*not_committed_line(count, str)]
    assert len(found) == lines
    assert all(str(count) in line for line in found)


# -- the status as a table of its own ---------------------------------------------------------


def test_the_status_is_a_data_file_with_an_empty_cell_for_what_is_not_known(make_plan, make_ledger):
    plan = make_plan(PLAN)
    reported = standing(review(plan, make_ledger("id: a, status: done", "id: b, kind: evaluation, rating: F"), 2024))
    listing = status_listing(reported, str)
    assert [dict(zip(listing.keys, record, strict=True)) for record in listing.records] == [
        {
            "fiscal_year": 2024,
            "number": plan.at(2024).places["1-1-1-1"],
            "title": "企業訪問",
            "department": None,
            "reported": "reported",
            "status": "実施済（当年度分）",
            "rating": "完了",
            "entries": 2,
        }
    ]
    missing = status_listing(standing(review(plan, make_ledger(), 2024)), str)
    assert missing.records[0][-4:] == ("not reported", None, None, 0)


def test_a_plan_that_judges_nothing_has_no_columns_for_that(make_plan, make_ledger):
    plain = make_plan(PLAN, scheme="statuses: [], scale: {}")
    now = standing(review(plain, make_ledger("id: a"), 2024))
    assert not {"status", "rating"} & set(status_listing(now, str).keys)
    assert "not evaluated" not in status_papers(now, str).subtitles[0]


def test_an_entry_of_a_form_names_the_file_by_the_beginning_of_its_digest(make_plan, make_entry):
    plan = make_plan(PLAN)
    entry = make_entry(f"id: 2024-06-12-k7x3q9, via: form, digest: {'0a' * 32}")
    found = ShownEntry(plan, ListedEntry(entry, plan.places[entry.target]))
    (paper,) = shown_papers(found, str).papers
    said = {cells[0].text: cells[1].text for cells in paper.rows}
    assert "0a0a0a0a" in said["Read from"]
