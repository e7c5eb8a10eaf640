from datetime import date

import pytest

from mizuho_pdca.language import translator
from mizuho_pdca.papers.words import (
    dated,
    level_words,
    method_words,
    of_plan,
    on_day,
    print_indicator,
    print_rating,
    print_status,
    year_label,
)

JAPANESE = {"FY{year}": "{year:年度}（{year}年度）", " (draft)": "（案）"}


@pytest.mark.parametrize(
    ("year", "english", "japanese"),
    [(2024, "FY2024", "令和6年度（2024年度）"), (2019, "FY2019", "令和元年度（2019年度）")],
)
def test_a_year_is_printed_so_that_nobody_can_mistake_it(year, english, japanese):
    assert year_label(year, str) == english
    assert year_label(year, lambda msgid: JAPANESE[msgid]) == japanese


@pytest.mark.parametrize(
    ("starts", "lang", "printed"),
    [
        (4, "en", "FY2024"),
        (4, "ja", "令和6年度（2024年度）"),
        (1, "en", "2024"),
        (1, "ja", "2024年"),
    ],
)
def test_years_are_called_as_the_plan_counts_them(make_plan, starts, lang, printed):
    t = of_plan(translator(lang), make_plan("[]", plan=f"year: {{starts: {starts}}}"))
    assert year_label(2024, t) == printed


@pytest.mark.parametrize(
    ("starts", "lang", "heading"),
    [(4, "en", "Target (FY)"), (1, "en", "Target (year)"), (4, "ja", "目標値（年度）"), (1, "ja", "目標値（年）")],
)
def test_headings_speak_of_years_as_the_plan_counts_them(make_plan, starts, lang, heading):
    assert of_plan(translator(lang), make_plan("[]", plan=f"year: {{starts: {starts}}}"))("Target (FY)") == heading


@pytest.mark.parametrize("text", ["3社を訪問。", " 3社を訪問。\n", "\n3社を訪問。　"])
def test_a_day_stands_before_what_was_done_or_said(text):
    day = date(2024, 6, 2)
    assert dated(day, text, str) == "6/2 3社を訪問。"
    assert dated(day, text, translator("ja")) == "6月2日　3社を訪問。"
    assert dated(day, text, str, date(2024, 6, 4)) == "6/2-6/4 3社を訪問。"
    assert dated(day, text, translator("ja"), date(2024, 7, 1)) == "6月2日～7月1日　3社を訪問。"
    assert on_day(day, text, str) == "2024-06-02 3社を訪問。"
    assert on_day(day, text, translator("ja")) == "令和6年6月2日　3社を訪問。"


@pytest.mark.parametrize(
    ("plan", "printed"),
    [
        ("", "3 submeasures"),
        ("levels: [{name: 目標}, {name: 施策}, {name: 事業}]", "3 事業 of 目標・施策"),
        ("levels: [{name: 方針}, {name: 基本施策}, {name: 施策}, {name: 取組}]", "3 施策 of 方針・基本施策"),
    ],
)
def test_a_level_is_called_by_the_plans_own_word(make_plan, plan, printed):
    words = level_words(make_plan("[]", plan=plan), 2, "{n} submeasures", "{n} {level} of {above}", str, n=3)
    assert words == printed


@pytest.mark.parametrize(
    ("code", "printed"), [("done", "実施済（当年度分）"), ("suspended", "休止"), ("unknown", "－"), (None, "－")]
)
def test_a_status_is_printed_by_the_name_that_the_plan_gives_it(make_plan, code, printed):
    assert print_status(make_plan("[]"), code) == printed


@pytest.mark.parametrize(("code", "printed"), [("A", "A"), ("F", "完了"), ("Z", "評価困難"), ("E", "－"), (None, "－")])
def test_a_rank_is_printed_by_its_code_and_any_other_state_by_its_name(make_plan, code, printed):
    assert print_rating(make_plan("[]"), code) == printed


@pytest.mark.parametrize(("adopted", "printed"), [("true", "訪問件数"), ("false", "訪問件数（案）")])
def test_an_indicator_that_the_town_has_not_adopted_is_a_draft(make_indicator, adopted, printed):
    indicator = make_indicator(f"direction: increase, method: ratio, adopted: {adopted}")
    assert print_indicator(indicator, lambda msgid: JAPANESE[msgid]) == printed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("direction: increase, method: ratio", "actual / target"),
        ("direction: increase, method: progress", "progress from baseline"),
        ("direction: decrease, method: progress", "progress from baseline"),
        ("direction: increase, method: maintain", "at least the target"),
        ("direction: decrease, method: maintain", "at most the target"),
        ("direction: maintain, method: maintain", "within the tolerance"),
        ("direction: increase, method: done", "done or not"),
        ("direction: decrease, method: done", "done or not"),
    ],
)
def test_the_method_is_printed_in_words(make_indicator, text, words):
    assert method_words(make_indicator(text), str) == words
