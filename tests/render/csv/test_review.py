# mypy: allow-untyped-calls
import csv
import io
import re
from decimal import Decimal

import pytest

from mizuho_pdca.domain.review.scope import Scope
from mizuho_pdca.language import translator
from mizuho_pdca.render.csv.review import review
from mizuho_pdca.render.csv.table import dateproof, table

PAPERS = ("summary", "initiatives", "indicators", "opinions")
EN, JA = translator("en"), translator("ja")


def rows(raw):
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


# -- bytes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", PAPERS)
def test_excel_sees_utf_8_and_windows_lines(report, t, paper):
    raw = review(report, t, paper)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\r\n")
    text = raw.decode("utf-8-sig")
    outside_quotes = re.sub(r'"[^"]*"', "", text)
    assert outside_quotes.count("\n") == outside_quotes.count("\r\n")


@pytest.mark.parametrize("paper", PAPERS)
def test_every_row_has_a_cell_for_every_heading_and_no_heading_comes_twice(report, adopted_report, t, paper):
    for made in (report, adopted_report):
        heading, *body = csv.reader(io.StringIO(review(made, t, paper).decode("utf-8-sig"), newline=""))
        assert len(set(heading)) == len(heading)
        assert all(heading)
        assert body or paper == "opinions"
        assert {len(row) for row in body} <= {len(heading)}


@pytest.mark.parametrize("paper", PAPERS)
def test_no_cell_is_laid_out_with_blanks(report, t, paper):
    for row in rows(review(report, t, paper)):
        assert [cell for cell in row.values() if cell != cell.strip()] == []


# -- cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", list("=+-@\t\r＝＋－＠"))
def test_a_text_never_becomes_a_formula(start):
    text = f"{start}HYPERLINK(1)"
    assert rows(table([[("a", text)]])) == [{"a": "'" + text}]
    assert rows(table([[("a", "\n" + text)]])) == [{"a": "'" + text}]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ("", ""),
        ("3社を訪問\n1社は不在\n", "3社を訪問\n1社は不在"),
        ('引用"符", とカンマ', '引用"符", とカンマ'),
        ("1-1=2", "1-1=2"),
        ("𠮷野家 – ✓", "𠮷野家 – ✓"),
        (0, "0"),
        (-3, "-3"),
        (Decimal("-10.0"), "-10.0"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.000001"), "0.000001"),
    ],
)
def test_values_are_written_plainly(value, cell):
    assert rows(table([[("a", value), ("b", 1)]])) == [{"a": cell, "b": "1"}]


def test_every_cell_of_an_entry_is_neutralised(make_report):
    made = make_report(
        "id: a, status: done, summary: '=cmd()'", "id: b, kind: evaluation, rating: A, progress: '+1', issues: '－案'"
    )
    (row, *_) = rows(review(made, EN))
    assert row["Activities of the year"] == "2024-06-12 =cmd()"
    assert (row["Progress"], row["Issues"]) == ("'+1", "'－案")


def test_numbers_of_the_plan_can_not_become_dates(adopted_report, t):
    like_a_date = re.compile(r"^\s*\d{1,4}([-/.]\d{1,2}){1,2}\s*$")
    for paper in PAPERS:
        for row in rows(review(adopted_report, t, paper)):
            assert [cell for cell in row.values() if like_a_date.match(cell) and "." not in cell] == []


@pytest.mark.parametrize(
    ("number", "english", "japanese"),
    [
        ("1", "Policy 1", "基本方針1"),
        ("1-1", "Measure 1-1", "基本施策1-1"),
        ("1-1-1", "1-1①", "1-1①"),
        ("1-1-1-1", "1-1①-1", "1-1①-1"),
    ],
)
def test_a_number_carries_its_level_or_a_circled_digit(small_plan, number, english, japanese):
    place = small_plan.places[number]
    assert (dateproof(place, EN), dateproof(place, JA)) == (english, japanese)


def test_a_label_that_looks_like_a_date_carries_its_level(make_plan):
    plan = make_plan('[{id: "1", title: x, label: "2-3", measures: []}]')
    assert dateproof(plan.places["1"], JA) == "基本方針2-3"


# -- papers -----------------------------------------------------------------------------------


def test_the_initiatives_have_a_row_a_listing(report):
    found = rows(review(report, EN))
    assert [row["No."] for row in found] == ["1-1①-1", "1-1①-2", "1-1②-1", "1-2①-1"]
    first = found[0]
    assert first["Fiscal year"] == "2024"
    assert (first["Policy no."], first["Policy title"]) == ("Policy 1", "経営基盤の強化")
    assert first["Initiative"] == "企業訪問活動の実施"
    assert (first["Department"], first["Partners"]) == ("産業課", "商工会, 東京都")
    assert (first["Status"], first["Reported"], first["Entries"]) == ("実施中", "reported", "5")
    assert first["Activities of the year"] == "2024-06-12 3社を訪問した。\n1社は不在。\n2024-07-01 追加"
    assert (first["Progress"], first["Rating last year"], first["Rating"], first["Issues"]) == (
        "8割",
        "C",
        "B",
        "人手\n不足",
    )
    assert (first["Future direction"], first["Plans for the next year"]) == ("改善", "来年は50社")
    assert first["Relisted from"] == ""
    assert (found[2]["Relisted from"], found[2]["Initiative"]) == ("1-1①-1", "企業訪問活動の実施")


def test_what_is_absent_is_empty(adopted_report):
    for row in rows(review(adopted_report, EN)):
        assert row["Reported"] == "not reported"
        assert (row["Status"], row["Rating"], row["Progress"], row["Activities of the year"]) == ("", "", "", "")
        assert row["Entries"] == "0"


def test_the_summary_has_a_row_for_the_whole_every_policy_and_every_measure(report):
    total, policy, first, second = rows(review(report, EN, "summary"))
    assert (total["No."], total["Title"]) == ("Total", "試験計画")
    assert (policy["No."], first["No."], second["No."]) == ("Policy 1", "Measure 1-1", "Measure 1-2")
    assert (total["Submeasures"], total["Listed"], total["Relisted"], total["Distinct"]) == ("3", "4", "2", "2")
    assert (total["Status: 実施中"], total["Status: 休止"], total["Rating: B"], total["Not reported"]) == (
        "1",
        "1",
        "1",
        "0",
    )
    assert total["Implementation rate (%)"] == "100.0"
    assert (total["Implementation rate: numerator"], total["Implementation rate: denominator"]) == ("1", "1")
    assert (second["Distinct"], second["Implementation rate (%)"], second["Reporting rate (%)"]) == ("0", "", "")


def test_no_percentage_comes_out_of_nothing(adopted_report):
    for row in rows(review(adopted_report, EN, "summary")):
        *rates, reporting, met = [row[key] for key in row if key.endswith("(%)")]
        assert rates == [""] * 3
        assert reporting == ("" if row["Distinct"] == "0" else "0.0")
        assert met == ""
        assert row["Implementation rate: numerator"] == "0"


def test_the_indicators_have_their_units_values_and_rates(report):
    ties, visits, facility = rows(review(report, EN, "indicators"))
    assert (visits["No."], visits["Indicator id"], visits["Indicator"]) == ("1-1①-1", "visits", "企業訪問件数 (draft)")
    assert (visits["Unit"], visits["Baseline"], visits["Baseline: fiscal year"]) == ("件", "40", "2021")
    assert (visits["Target"], visits["Target: fiscal year"], visits["Last year"], visits["This year"]) == (
        "60",
        "2024",
        "50",
        "48",
    )
    assert (visits["Achievement (%)"], visits["Met"]) == ("80.0", "not met")
    assert (ties["This year"], ties["Reason for no value"], ties["Achievement (%)"]) == ("", "集計中", "")
    assert (ties["Guide"], ties["Target: fiscal year"]) == ("55.5", "2031")
    assert (facility["Unit"], facility["Target"], facility["This year"], facility["Met"]) == (
        "",
        "設置",
        "なし",
        "before the target year",
    )


@pytest.mark.parametrize(
    ("number", "heading", "parts"),
    [
        (0, "Achievement", ["13.3", "-2", "-15"]),
        (0, "Pace", ["44.4", "-2", "-4.5"]),
        (1, "Achievement", ["80.0", "48", "60"]),
        (1, "Pace", ["", "", ""]),
        (2, "Achievement", ["", "", ""]),
        (2, "Pace", ["", "", ""]),
    ],
)
def test_the_parts_of_a_rate_stand_beside_it_in_the_indicator_s_unit(make_report, number, heading, parts):
    made = make_report(
        "id: a, values: {visits: 48}",
        "id: b, kind: actual, date: 2025-04-12, target: '1', values: {ties: 58}",
        "id: c, kind: actual, date: 2025-04-13, values: {facility: false}",
    )
    row = rows(review(made, EN, "indicators"))[number]
    assert [row[f"{heading} (%)"], row[f"{heading}: numerator"], row[f"{heading}: denominator"]] == parts


# -- the council's circle ---------------------------------------------------------------------

ANSWER = "kind: response, responds: 2025-08-20-aaaaaa"
OPINIONS = (
    "id: 2025-08-20-aaaaaa, kind: opinion, meeting: 2025-08-20, date: 2025-08-20, text: ' =周知を。 '",
    "id: 2025-08-20-bbbbbb, kind: opinion, target: plan, meeting: 2025-08-20, date: 2025-08-20, text: 全体",
    f"{ANSWER}, id: 2025-09-01-aaaaaa, date: 2025-09-01, state: considered, text: 広報で検討する。",
    f"{ANSWER}, id: 2025-10-01-aaaaaa, date: 2025-10-01, state: declined, text: 見送る。, reason: 予算がない",
)


def test_an_opinion_has_a_row_for_each_response_and_one_without_any(make_report):
    first, second, third = rows(review(make_report(*OPINIONS), EN, "opinions"))
    said = {
        "Fiscal year": "2024",
        "Opinion id": "2025-08-20-aaaaaa",
        "Meeting": "2025-08-20",
        "No.": "1-1①-1",
        "About": "企業訪問活動の実施",
        "Opinion": "'=周知を。",
    }
    answered = {"Response: date": "2025-09-01", "Response": "広報で検討する。", "Response: reason": ""}
    declined = {"Response: date": "2025-10-01", "Response": "見送る。", "Response: reason": "予算がない"}
    assert first == {**said, "State": "対応しない", **answered, "Response: state": "検討中"}
    assert second == {**said, "State": "対応しない", **declined, "Response: state": "対応しない"}
    assert list(first)[-5:] == ["State", "Response: date", "Response", "Response: state", "Response: reason"]
    assert (third["No."], third["About"], third["Opinion"]) == ("", "the plan as a whole", "全体")
    assert third["State"] == "not answered"
    assert {third[heading] for heading in third if heading.startswith("Response")} == {""}


def test_an_initiative_has_its_opinions_and_responses_a_line_each(make_report):
    first, second, relisted, _ = rows(review(make_report(*OPINIONS), EN))
    assert (first["Opinions"], first["Responses"]) == ("'=周知を。", "広報で検討する。\n見送る。")
    assert (second["Opinions"], second["Responses"]) == ("", "")
    assert relisted["Opinions"] == first["Opinions"]


def test_a_year_without_opinions_still_has_the_headings(make_report, report):
    headings = review(make_report(*OPINIONS), EN, "opinions").split(b"\r\n")[0]
    assert review(report, EN, "opinions") == headings + b"\r\n"


def test_a_draft_indicator_is_marked_in_japanese_as_well(report):
    assert "企業訪問件数（案）" in review(report, JA, "indicators").decode("utf-8-sig")


def test_headings_are_japanese_for_japanese_readers(report):
    heading = review(report, JA, "summary").decode("utf-8-sig").split("\r\n")[0]
    assert {"年度", "実数", "実施率 (%)", "完了率 (%)"} <= set(
        heading.replace("（", " (").replace("）", ")").split(",")
    )


def test_a_year_that_is_only_partly_known_says_so(make_report):
    made = make_report(
        "id: a, status: done, values: {visits: 3}",
        "id: b, kind: actual, date: 2025-05-01, missing: {visits: 集計中}",
    )
    visits = rows(review(made, EN, "indicators"))[1]
    assert (visits["This year"], visits["Partly unknown"], visits["Reason for no value"]) == ("3", "partly unknown", "")


def test_a_sample_is_marked_in_every_row(make_report):
    made = make_report("id: a, status: done, sample: true")
    for paper in PAPERS[:3]:
        assert {row["見本"] for row in rows(review(made, JA, paper))} == {rows(review(made, JA, paper))[0]["見本"]}
        assert "見本" in rows(review(made, JA, paper))[0]


def test_a_part_of_the_plan_has_its_rows_alone(make_report):
    made = make_report(scope=Scope(measure="1-2"))
    assert [row["No."] for row in rows(review(made, EN))] == ["1-2①-1"]
    assert [row["No."] for row in rows(review(made, EN, "summary"))] == ["Total", "Policy 1", "Measure 1-2"]


def test_a_part_without_indicators_still_has_its_headings(make_report, report):
    headings = review(report, EN, "indicators").split(b"\r\n")[0]
    assert review(make_report(scope=Scope(measure="1-2")), EN, "indicators").split(b"\r\n")[0] == headings


def test_the_same_report_gives_the_same_bytes(make_report, t):
    assert review(make_report(), t) == review(make_report(), t)
