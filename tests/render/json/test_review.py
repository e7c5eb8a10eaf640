# mypy: allow-untyped-calls
import json
import re
from decimal import Decimal
from fractions import Fraction

import pytest

from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.domain.review.review import review as reviewed
from mizuho_pdca.domain.review.standing import standing
from mizuho_pdca.domain.schema.faults import Fault, Problem
from mizuho_pdca.language import translator
from mizuho_pdca.render.json.plan import plan
from mizuho_pdca.render.json.review import review
from mizuho_pdca.render.json.status import status
from mizuho_pdca.render.json.text import dump
from mizuho_pdca.render.json.validate import problems
from mizuho_pdca.render.json.values import number

EN, JA = translator("en"), translator("ja")

PROBLEMS = (
    Problem(
        Fault("E204", ("status",), {"value": "実施", "choices": ["実施中"]}, guess="実施中"), "records/a.yaml", 6, 9
    ),
    Problem(Fault("W402"), "records/note.txt"),
)

# The shapes of docs: a type, or the types of a mapping's keys, or a list of one of them.
TEXT, COUNT, FLAG = str, int, bool
NUMBER = (int, float, bool, type(None))
MAYBE_TEXT, MAYBE_COUNT, MAYBE_FLAG = (str, type(None)), (int, type(None)), (bool, type(None))

RATE = {"numerator": COUNT, "denominator": COUNT, "percent": MAYBE_TEXT}
ROW = {
    "id": MAYBE_TEXT,
    "title": TEXT,
    "submeasures": COUNT,
    "listed": COUNT,
    "relisted": COUNT,
    "distinct": COUNT,
    "reported": COUNT,
    "not_reported": COUNT,
    "status": dict,
    "rating": dict,
    "implementation": RATE,
    "completion": RATE,
    "rating_share": RATE,
    "reporting": RATE,
}
INITIATIVE = {
    "id": TEXT,
    "number": TEXT,
    "title": TEXT,
    "listed_under": TEXT,
    "relisted_from": MAYBE_TEXT,
    "department": MAYBE_TEXT,
    "departments": [TEXT],
    "status": MAYBE_TEXT,
    "reported": FLAG,
    "rating": MAYBE_TEXT,
    "rating_suggested": MAYBE_TEXT,
    "previous_rating": MAYBE_TEXT,
    "direction": MAYBE_TEXT,
    "issues": MAYBE_TEXT,
    "next": MAYBE_TEXT,
    "entries": COUNT,
}
INDICATOR = {
    "id": TEXT,
    "name": TEXT,
    "unit": MAYBE_TEXT,
    "kind": TEXT,
    "direction": TEXT,
    "method": TEXT,
    "aggregate": TEXT,
    "adopted": FLAG,
    "at": TEXT,
    "baseline": NUMBER,
    "baseline_year": MAYBE_COUNT,
    "target": NUMBER,
    "target_year": MAYBE_COUNT,
    "guide": NUMBER,
    "actual": NUMBER,
    "previous": NUMBER,
    "missing": MAYBE_TEXT,
    "partial": FLAG,
    "rate": MAYBE_TEXT,
    "met": MAYBE_FLAG,
    "pace": MAYBE_TEXT,
    "history": [{"fiscal_year": COUNT, "actual": NUMBER, "missing": MAYBE_TEXT}],
}
PROBLEM = {
    "code": TEXT,
    "severity": TEXT,
    "file": TEXT,
    "line": MAYBE_COUNT,
    "column": MAYBE_COUNT,
    "message": TEXT,
    "remedy": TEXT,
}
REVIEW = {
    "schema": TEXT,
    "plan": {"id": TEXT, "title": TEXT},
    "fiscal_year": COUNT,
    "label": TEXT,
    "as_of": {"commit": MAYBE_TEXT, "dirty": MAYBE_FLAG},
    "sample": FLAG,
    "summary": {"total": ROW, "policies": [ROW], "measures": [ROW]},
    "initiatives": [INITIATIVE],
    "indicators": [INDICATOR],
    "opinions": list,
    "problems": [PROBLEM],
}
PLAN_INDICATORS = [{"id": TEXT, "name": TEXT}]
PLAN_INITIATIVE = {"id": TEXT, "title": TEXT, "relisted_from": MAYBE_TEXT}
SUBMEASURE = {
    "id": TEXT,
    "title": TEXT,
    "partners": [TEXT],
    "initiatives": [PLAN_INITIATIVE],
    "indicators": PLAN_INDICATORS,
}
MEASURE = {"id": TEXT, "title": TEXT, "submeasures": [SUBMEASURE], "indicators": PLAN_INDICATORS}
POLICY = {"id": TEXT, "title": TEXT, "measures": [MEASURE], "indicators": PLAN_INDICATORS}
PLAN = {"schema": TEXT, "plan": dict, "policies": [POLICY]}
PROBLEMS_FILE = {"schema": TEXT, "problems": [PROBLEM], "counts": {"error": COUNT, "warning": COUNT}}


def differences(value, shape, at="$"):
    """Return where a value has not the shape; it may have more keys, never fewer."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return [f"{at} is no mapping"]
        missing = [f"{at}.{key} is missing" for key in shape.keys() - value.keys()]
        return missing + [
            d for key in shape.keys() & value.keys() for d in differences(value[key], shape[key], f"{at}.{key}")
        ]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{at} is no list"]
        return [d for position, item in enumerate(value) for d in differences(item, shape[0], f"{at}[{position}]")]
    is_right = type(value) in shape if isinstance(shape, tuple) else type(value) is shape
    return [] if is_right else [f"{at} is {value!r}"]


def test_the_review_has_the_shape_that_scripts_rely_on(report, make_report, adopted_report):
    for made in (report, adopted_report, make_report(problems=PROBLEMS, as_of=AsOf("abc", dirty=True))):
        data = json.loads(review(made, EN))
        assert differences(data, REVIEW) == []
        assert data["schema"] == "pdca.review/1"


def test_the_review_says_what_it_is_about(make_report):
    data = json.loads(review(make_report(as_of=AsOf("0123abc", dirty=False)), JA))
    assert data["plan"] == {"id": "trial", "title": "試験計画"}
    assert (data["fiscal_year"], data["label"]) == (2024, "令和6年度（2024年度）")
    assert data["as_of"] == {"commit": "0123abc", "dirty": False}
    assert data["sample"] is False


def test_the_rows_count_as_the_design_says(report):
    summary = json.loads(review(report, EN))["summary"]
    total = summary["total"]
    assert (total["id"], total["title"]) == (None, "試験計画")
    assert (total["submeasures"], total["listed"], total["relisted"], total["distinct"]) == (3, 4, 2, 2)
    assert (total["reported"], total["not_reported"]) == (2, 0)
    assert total["status"]["in_progress"] == total["status"]["suspended"] == 1
    assert total["implementation"] == {"numerator": 1, "denominator": 1, "percent": "100.0"}
    assert total["rating_share"] == {"numerator": 1, "denominator": 1, "percent": "100.0"}
    assert [row["id"] for row in summary["policies"]] == ["1"]
    assert [row["id"] for row in summary["measures"]] == ["1-1", "1-2"]
    assert summary["measures"][1]["reporting"] == {"numerator": 0, "denominator": 0, "percent": None}


def test_every_status_and_every_rating_is_there_with_its_count(report, small_plan):
    total = json.loads(review(report, EN))["summary"]["total"]
    assert list(total["status"]) == [item.code for item in small_plan.scheme.statuses]
    assert list(total["rating"]) == list(small_plan.scheme.scale.codes)
    assert sum(total["rating"].values()) == 1


def test_every_rate_is_a_text_with_one_decimal_or_null(report, adopted_report, make_report):
    worse = make_report("id: a, kind: actual, target: '1', values: {ties: 62}, fiscal_year: 2024")
    rates = [rate for made in (report, adopted_report, worse) for rate in _rates(json.loads(review(made, EN)))]
    assert {type(rate) for rate in rates} == {str, type(None)}
    assert [rate for rate in rates if rate is not None and not re.fullmatch(r"-?\d+\.\d", rate)] == []
    assert any(rate is not None and rate.startswith("-") for rate in rates)


def _rates(data):
    for row in [data["summary"]["total"], *data["summary"]["policies"], *data["summary"]["measures"]]:
        yield from (row[key]["percent"] for key in ("implementation", "completion", "rating_share", "reporting"))
    for row in data["indicators"]:
        yield from (row["rate"], row["pace"])


def test_an_initiative_says_what_became_of_it(report):
    first, second, relisted, _ = json.loads(review(report, EN))["initiatives"]
    expected = {
        "id": "1-1-1-1",
        "number": "1-1①-1",
        "title": "企業訪問活動の実施",
        "listed_under": "1-1-1",
        "relisted_from": None,
        "department": "産業課",
        "departments": ["産業課"],
        "partners": ["商工会", "東京都"],
        "status": "in_progress",
        "reported": True,
        "rating": "B",
        "previous_rating": "C",
        "direction": "改善",
        "progress": "8割",
        "issues": "人手\n不足",
        "next": "来年は50社",
        "activities": [
            {"date": "2024-06-12", "summary": "3社を訪問した。\n1社は不在。\n"},
            {"date": "2024-07-01", "summary": "追加"},
        ],
        "entries": 5,
    }
    assert {key: first[key] for key in expected} == expected
    assert (second["status"], second["rating"], second["direction"], second["issues"]) == (
        "suspended",
        None,
        None,
        None,
    )
    assert relisted["relisted_from"] == "1-1-1-1"
    same = ("title", "department", "status", "reported", "rating", "previous_rating", "entries")
    assert {key: relisted[key] for key in same} == {key: first[key] for key in same}


def test_an_indicator_carries_its_figures_as_numbers(report):
    ties, visits, facility = json.loads(review(report, EN))["indicators"]
    assert (visits["baseline"], visits["target"], visits["actual"], visits["previous"]) == (40, 60, 48, 50)
    assert (visits["rate"], visits["met"], visits["at"], visits["adopted"]) == ("80.0", False, "1-1-1-1", False)
    assert (ties["guide"], ties["target_year"], ties["missing"], ties["actual"]) == (55.5, 2031, "集計中", None)
    assert (facility["target"], facility["actual"], facility["met"], facility["rate"]) == (True, False, None, None)
    history = {item["fiscal_year"]: item["actual"] for item in visits["history"]}
    assert history == {2022: None, 2023: 50, 2024: 48}
    assert ties["history"][-1]["missing"] == "集計中"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (Fraction(3), 3),
        (Fraction(263, 10), 26.3),
        (Fraction(1, 3), 0.333333333333),
        (Fraction(13, 300), 0.0433333333333),
        ("試行", "試行"),
        (Fraction(-1, 1000000), -0.000001),
        (Decimal("3.0"), 3),
        (Decimal("2.5"), 2.5),
    ],
)
def test_figures_are_numbers_and_whole_ones_are_integers(value, expected):
    assert number(value) == expected
    assert type(number(value)) is type(expected)


def test_an_opinion_says_what_became_of_it(make_report):
    made = make_report(
        "id: a, kind: opinion, fiscal_year: 2024, date: 2025-08-01, target: 1-1, meeting: 2025-08-01, text: 早く",
        "id: b, kind: response, date: 2025-09-01, target: 1-1, responds: a, state: refused, text: しない, reason: 予算",
        "id: c, kind: opinion, fiscal_year: 2023, date: 2024-08-01, target: plan, meeting: 2024-08-01, text: もっと",
    )
    older, newer = json.loads(review(made, EN))["opinions"]
    assert (older["id"], older["fiscal_year"], older["number"], older["open"]) == ("c", 2023, None, True)
    assert (older["state"], older["responses"], older["target"]) == (None, [], "plan")
    assert (newer["meeting"], newer["number"], newer["title"]) == ("2025-08-01", "1-1", "事業者の経営基盤強化")
    assert newer["text"] == "早く"
    assert [(one["id"], one["date"], one["text"], one["reason"]) for one in newer["responses"]] == [
        ("b", "2025-09-01", "しない", "予算")
    ]


def test_the_plan_has_the_shape_that_scripts_rely_on(small_plan, adopted_plan):
    for given in (small_plan, adopted_plan):
        data = json.loads(plan(given, given.places.values(), None))
        assert differences(data, PLAN) == []
        assert data["schema"] == "pdca.plan/1"
    assert data["plan"]["period"] == {"from": 2022, "until": 2031}
    assert data["plan"]["title"] == "瑞穂町工業振興計画"
    initiatives = [
        i for p in data["policies"] for m in p["measures"] for s in m["submeasures"] for i in s["initiatives"]
    ]
    assert (len(initiatives), sum(item["relisted_from"] is not None for item in initiatives)) == (36, 6)


def test_a_part_of_the_plan_keeps_what_is_above_it(small_plan):
    kept = [small_plan.places[number] for number in ("1", "1-2", "1-2-1", "1-2-1-1")]
    data = json.loads(plan(small_plan, kept, 2024))
    (policy,) = data["policies"]
    (measure,) = policy["measures"]
    assert (data["fiscal_year"], measure["id"]) == (2024, "1-2")
    assert measure["submeasures"][0]["initiatives"][0]["title"].startswith("[red]")


def test_the_plans_indicators_carry_their_baseline_and_targets(small_plan):
    data = json.loads(plan(small_plan, small_plan.places.values(), None))
    visits, facility = data["policies"][0]["measures"][0]["submeasures"][0]["initiatives"][0]["indicators"]
    assert (visits["baseline"], visits["baseline_year"], visits["targets"]) == (40, 2021, {"2024": 60, "2031": 120})
    assert (facility["baseline"], facility["baseline_year"], facility["targets"]) == (None, None, {"2031": True})


def test_the_problems_have_the_shape_that_scripts_rely_on():
    data = json.loads(problems(PROBLEMS, EN))
    assert differences(data, PROBLEMS_FILE) == []
    assert data["schema"] == "pdca.problems/1"
    assert data["counts"] == {"error": 1, "warning": 1}
    first, second = data["problems"]
    assert (first["code"], first["severity"], first["file"], first["line"], first["column"]) == (
        "E204",
        "error",
        "records/a.yaml",
        6,
        9,
    )
    assert "実施中" in first["remedy"]
    assert (second["severity"], second["line"], second["column"]) == ("warning", None, None)


def test_no_problems_are_an_empty_list():
    assert json.loads(problems((), EN)) == {
        "schema": "pdca.problems/1",
        "problems": [],
        "counts": {"error": 0, "warning": 0},
    }


def test_who_has_reported_has_a_row_an_initiative(report, adopted_report):
    data = json.loads(status(standing(report), EN))
    assert data["schema"] == "pdca.status/1"
    assert differences(data["reporting"], RATE) == []
    assert [row["id"] for row in data["initiatives"]] == ["1-1-1-1", "1-1-1-2"]
    assert data["indicators_without_value"] == []
    assert (data["counted"], data["counted_rate"]) == ("reported", data["reporting"])
    data = json.loads(status(standing(adopted_report), EN))
    assert data["reporting"] == {"numerator": 0, "denominator": 30, "percent": "0.0"}
    assert {row["reported"] for row in data["initiatives"]} == {False}
    assert "company-visits" in data["indicators_without_value"]


def test_japanese_is_not_escaped_and_the_bytes_are_utf_8(report, hostile):
    raw = review(report, JA)
    assert "企業訪問活動の実施".encode() in raw
    assert json.dumps(hostile, ensure_ascii=False).encode() in raw
    assert raw.endswith(b"\n")
    assert not raw.startswith(b"\xef\xbb\xbf")


def test_half_a_character_does_not_stop_the_output():
    assert json.loads(dump({"file": "\udc82\udc9f.yaml"})) == {"file": "\udc82\udc9f.yaml"}


def test_what_json_does_not_know_is_never_written():
    with pytest.raises(ValueError, match="JSON"):
        dump({"a": float("nan")})


def test_the_same_report_gives_the_same_bytes(make_report):
    assert review(make_report(), JA) == review(make_report(), JA)


def test_the_overview_names_what_the_first_page_does(make_report):
    data = json.loads(review(make_report(), str))
    assert data["overview"]["better"] == ["1-1-1-1"]
    assert data["overview"]["worse"] == data["overview"]["behind"] == data["overview"]["open_opinions"] == []


def test_figures_of_several_days_are_told_one_by_one_in_every_year(make_plan, make_ledger):
    way = "kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true"
    visits = f"{{id: visits, name: 訪問件数, unit: 件, {way}}}"
    made = make_plan(f'[{{id: "1", title: 方針, measures: [], indicators: [{visits}]}}]')
    actual = "kind: actual, target: '1', values: {visits: 1}, date: 2024-05-01, fiscal_year: 2023"
    ledger = make_ledger(f"id: a, {actual}, as_of: R5.9末", f"id: b, {actual}, as_of: R6.3末, provisional: true")
    (shown,) = json.loads(review(reviewed(made, ledger, 2024), JA))["indicators"]
    (year,) = [one for one in shown["history"] if one["fiscal_year"] == 2023]
    assert (year["as_of"], year["as_of_parts"]) == (None, ["R5.9末", "R6.3末"])
    assert (year["provisional"], year["partly_provisional"]) == (True, True)
