# mypy: allow-untyped-calls
"""Days, periods and months as people type them, each beside the day that is meant on Sunday, 15 June 2025."""

from datetime import date

import pytest

from mizuho_pdca.app.input.days import Days, coming_day, typed_day, typed_half, typed_period
from mizuho_pdca.app.input.months import typed_month
from mizuho_pdca.errors import UsageFault

TODAY = date(2025, 6, 15)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("3日前", "2025-06-12"), ("三日前", "2025-06-12"), ("十日前", "2025-06-05"), ("20日前", "2025-05-26")),
        *(("二十日前", "2025-05-26"), ("三週間前", "2025-05-25"), ("元年6月12日", "2019-06-12"), ("元年4月30日", "no")),
        *(("2週間前", "2025-06-01"), ("1か月前", "2025-05-15"), ("6か月前", "2024-12-15"), ("12か月前", "2024-06-15")),
        *(("金曜", "2025-06-13"), ("日曜", "2025-06-15"), ("月曜", "2025-06-09"), ("土曜日", "2025-06-14")),
        *(("今週の月曜", "2025-06-09"), ("先週の金曜", "2025-06-06"), ("先々週の日曜", "2025-06-01")),
        *(("6/12(木)", "2025-06-12"), ("6月12日（木曜日）", "2025-06-12")),
        *(("6/15", "2025-06-15"), ("6/16", "2024-06-16"), ("11/12", "2024-11-12"), ("2/29", "2024-02-29")),
        *(("12日", "2025-06-12"), ("20日", "2025-05-20"), ("31日", "2025-05-31"), ("15日", "2025-06-15")),
        *(("先月12日", "2025-05-12"), ("先月末", "2025-05-31"), ("先々月3日", "2025-04-03"), ("今月1日", "2025-06-01")),
        *(("去年の8月3日", "2024-08-03"), ("一昨年8月3日", "2023-08-03"), ("今年6月1日", "2025-06-01")),
        *(("二十三日", "2025-05-23"), ("十日", "2025-06-10"), ("六月十二日", "2025-06-12"), ("二十日", "2025-05-20")),
        *(("明日", "2025-06-16"), ("あさって", "2025-06-17"), ("来週", "2025-06-22")),
        *(("7.6.12", "2025-06-12"), ("6.12.3", "2024-12-03"), ("24.6.12", "2024-06-12"), ("25.6.12", "2025-06-12")),
        *(
            ("2/30", "no"),
            ("6月31日", "no"),
            ("13/6", "no"),
            ("0/3", "no"),
            ("6/0", "no"),
            ("32日", "no"),
        ),
        *(("6/12(金)", "no"), ("令和元年1月1日", "no"), ("十三月三日", "no"), ("水", "no"), ("", "no")),
    ],
)
def test_a_day_is_the_one_that_is_meant_on_that_sunday(text, day):
    try:
        found = typed_day(text, TODAY).isoformat()
    except UsageFault:
        found = "no"
    assert found == day


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        ("2025-03-31", "1か月前", "2025-02-28"),
        ("2024-03-31", "1か月前", "2024-02-29"),
        ("2025-01-15", "1か月前", "2024-12-15"),
        ("2025-04-30", "31日", "2025-03-31"),
        ("2025-01-05", "先月末", "2024-12-31"),
        ("2025-01-05", "20日", "2024-12-20"),
        ("2024-03-01", "2/29", "2024-02-29"),
        ("2025-01-05", "先々月3日", "2024-11-03"),
        ("2025-06-13", "金曜", "2025-06-13"),
        ("2025-06-16", "先週の月曜", "2025-06-09"),
    ],
)
def test_a_day_is_the_one_that_is_meant_on_another_day(today, text, day):
    assert typed_day(text, date.fromisoformat(today)).isoformat() == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2025/2/30", "2/2025 has only 28 days"),
        ("2/30", "2/2025 has only 28 days"),
        ("6/12(金)", "令和7年6月12日 is a 木曜日"),
        ("令和元年1月1日", "it is 平成31年1月1日"),
        ("x", "2025-06-15, 6/15, R7.6.15, 令和7年6月15日"),
    ],
)
def test_what_is_no_day_says_why(text, why):
    with pytest.raises(UsageFault) as caught:
        typed_day(text, TODAY)
    assert why in caught.value.text(str)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (None, "2025-06-15", None),
        ("6/10～12", "2025-06-10", "2025-06-12"),
        ("6月10日～6月12日", "2025-06-10", "2025-06-12"),
        ("6/10～6/10", "2025-06-10", None),
        ("2025-06-10～2025-06-12", "2025-06-10", "2025-06-12"),
        ("12/28～1/4", "2024-12-28", "2025-01-04"),
        ("2024/12/28～1/4", "2024-12-28", "2025-01-04"),
        ("12/28～2025/1/4", "2024-12-28", "2025-01-04"),
        ("6/14～6/15", "2025-06-14", "2025-06-15"),
        ("6/14～6/16", "2024-06-14", "2024-06-16"),
        ("6/16～18", "2024-06-16", "2024-06-18"),
        ("2025/6/14～6/16", "2025-06-14", "2025-06-16"),
    ],
)
def test_a_period_is_its_first_and_its_last_day(text, first, last):
    assert typed_period(text, TODAY) == Days(date.fromisoformat(first), last and date.fromisoformat(last))


@pytest.mark.parametrize("text", ["6/12～6/10", "2025-06-12～2025-06-10"])
def test_a_period_that_ends_before_it_begins_is_refused(text):
    with pytest.raises(UsageFault) as caught:
        typed_period(text, TODAY)
    assert "6/1～6/15" in caught.value.text(str)


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        *(("11", None, 11), ("11月", None, 11), ("１２月", None, 12), ("1", None, 1), ("01", None, 1)),
        *(("2024-11", 2024, 11), ("2024年4月", 2024, 4), ("R6.11", 2024, 11), ("令和6年1月", 2024, 1)),
        *(("今月", 2025, 6), ("先月", 2025, 5), ("八月", None, 8), ("令和六年十二月", 2024, 12)),
    ],
)
def test_a_month_is_the_one_that_is_meant(text, year, month):
    assert typed_month(text, TODAY) == (year, month)


@pytest.mark.parametrize("text", ["0", "13", "x", "", "2024", "あ-3", "月", "2024-13"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(UsageFault, match="is not a month"):
        typed_month(text, TODAY)


def test_last_month_of_january_is_december_of_the_year_before():
    assert typed_month("先月", date(2025, 1, 31)) == (2024, 12)


@pytest.mark.parametrize(
    ("half", "words"),
    [
        ("first", ("前期", "上期", "上半期", "前半", "first", "1", "FIRST", "１")),
        ("second", ("後期", "下期", "下半期", "後半", "second", "2")),
    ],
)
def test_a_half_of_the_year_has_several_names(adopted_plan, half, words):
    assert {typed_half(adopted_plan, word) for word in words} == {half}
    with pytest.raises(UsageFault, match="not a half"):
        typed_half(adopted_plan, "通期")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("6/20", "2025-06-20"), ("6/15", "2025-06-15"), ("1/31", "2026-01-31"), ("2026/1/31", "2026-01-31")),
        *(("R8.1.31", "2026-01-31"), ("20日", "2025-06-20"), ("31日", "2025-07-31"), ("6月末", "2025-06-30")),
        *(("金曜", "2025-06-20"), ("日曜", "2025-06-15"), ("6/20(金)", "2025-06-20"), ("令和7年6月30日", "2025-06-30")),
        *(("明日", "2025-06-16"), ("明後日", "2025-06-17"), ("来週", "2025-06-22"), ("今月末", "2025-06-30")),
        *(("今週の日曜", "2025-06-15"), ("今年の6/20", "2025-06-20")),
        *(("2/28", "2026-02-28"), ("1/31(土)", "2026-01-31")),
    ],
)
def test_a_deadline_is_the_next_such_day(text, day):
    assert coming_day(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *(
            ("昨日", "is past"),
            ("2025-06-14", "is past"),
            ("3日前", "is past"),
            ("先月末", "is past"),
            ("今週の金曜", "is past"),
        ),
        *(("2/30", "has only 28 days"), ("6/20(月)", "is a 金曜日"), ("いつか", "is not a date"), ("2/29", "29")),
    ],
)
def test_what_is_no_deadline_says_why(text, why):
    with pytest.raises(UsageFault) as caught:
        coming_day(text, TODAY)
    assert why in caught.value.text(str)
