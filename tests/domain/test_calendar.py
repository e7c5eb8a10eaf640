from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.domain.calendar import (
    first_day,
    fiscal_year,
    half_months,
    half_of,
    last_day,
    parse_date,
    parse_year,
)
from mizuho_pdca.eras import era_year

TODAY = date(2024, 6, 12)
ERAS = [("令和", "R", date(2019, 5, 1)), ("平成", "H", date(1989, 1, 8)), ("昭和", "S", date(1926, 12, 25))]
FULL_WIDTH = str.maketrans("0123456789.-/RHSFY ", "０１２３４５６７８９．－／ＲＨＳＦＹ　")

western_days = st.dates(date(1926, 1, 1), date(2200, 12, 31))
era_days = st.dates(date(1926, 12, 25), date(2117, 12, 31))


@pytest.mark.parametrize(
    ("day", "year"),
    [("2024-03-31", 2023), ("2024-04-01", 2024), ("2025-02-10", 2024), ("2025-03-31", 2024), ("2025-04-01", 2025)],
)
def test_a_fiscal_year_runs_from_april_to_march(day, year):
    assert fiscal_year(date.fromisoformat(day)) == year


@given(western_days)
def test_every_day_lies_between_the_first_and_the_last_of_its_fiscal_year(day):
    year = fiscal_year(day)
    assert first_day(year) <= day <= last_day(year)
    assert last_day(year) + timedelta(days=1) == first_day(year + 1)


@pytest.mark.parametrize(
    ("year", "printed"),
    [
        (2024, "令和6"),
        (2020, "令和2"),
        (2019, "令和元"),
        (2018, "平成30"),
        (1989, "平成元"),
        (1988, "昭和63"),
        (1926, "昭和元"),
        (1925, "1925"),
    ],
)
def test_a_fiscal_year_takes_the_era_in_which_it_ended_up(year, printed):
    assert era_year(year) == printed


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024", 2024),
        ("２０２４", 2024),
        (" 2024年度 ", 2024),
        ("2024年", 2024),
        ("FY2024", 2024),
        ("ｆｙ２０２４", 2024),
        ("R6", 2024),
        ("r6", 2024),
        ("R.6", 2024),
        ("Ｒ６年度", 2024),
        ("令和6年度", 2024),
        ("令和 ６ 年度", 2024),
        ("令6", 2024),
        ("㋿6年", 2024),
        ("令和元年度", 2019),
        ("令和1年度", 2019),
        ("平成31年度", 2019),
        ("H30", 2018),
        ("昭和63", 1988),
        ("S元", 1926),
    ],
)
def test_years_are_read_as_people_write_them(text, year):
    assert parse_year(text) == year


@pytest.mark.parametrize(
    "text",
    [
        "",
        "6",
        "24",
        "20245",
        "R",
        "R0",
        "令和0年度",
        "M45",
        "明治45",
        "R100",
        "1925",
        "2201",
        "H2024",
        "今年度",
        "R6.6.12",
    ],
)
def test_what_is_no_year_is_refused(text):
    assert parse_year(text) is None


@given(st.integers(1926, 2200), st.sampled_from(["{}", "{}年度", "FY{}", "fy {}", "{} 年"]), st.booleans())
def test_western_years_round_trip(year, form, wide):
    text = form.format(year)
    assert parse_year(text.translate(FULL_WIDTH) if wide else text) == year


@given(st.integers(1926, 2117), st.sampled_from(["{}", "{}年度", "{}年", " {} 年度"]), st.booleans())
def test_era_years_round_trip(year, form, wide):
    text = form.format(era_year(year))
    assert parse_year(text.translate(FULL_WIDTH) if wide else text) == year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-06-12", "2024-06-12"),
        ("2024/6/12", "2024-06-12"),
        ("2024.6.12", "2024-06-12"),
        ("20240612", "2024-06-12"),
        ("２０２４ー０６−１２", "2024-06-12"),
        ("2024年6月12日", "2024-06-12"),
        ("R6.6.12", "2024-06-12"),
        ("r6/6/12", "2024-06-12"),
        ("Ｒ６．６．１２", "2024-06-12"),
        ("令和6年6月12日", "2024-06-12"),
        ("令和 6 年 6 月 12 日", "2024-06-12"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("平成元年1月8日", "1989-01-08"),
        ("昭和64年1月7日", "1989-01-07"),
        ("昭和元年12月25日", "1926-12-25"),
        ("今日", "2024-06-12"),
        ("本日", "2024-06-12"),
        ("きょう", "2024-06-12"),
        ("Today", "2024-06-12"),
        *((word, "2024-06-12") for word in ("今朝", "けさ")),
        *((word, "2024-06-11") for word in ("昨夜", "昨晩", "ゆうべ", "YESTERDAY")),
        *((word, "2024-06-10") for word in ("おととい", "おとつい")),
        *((word, "2024-06-09") for word in ("一昨昨日", "一昨々日", "さきおととい")),
        ("昨日", "2024-06-11"),
        ("きのう", "2024-06-11"),
        ("yesterday", "2024-06-11"),
        ("一昨日", "2024-06-10"),
    ],
)
def test_dates_are_read_as_people_write_them(text, day):
    assert parse_date(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-06",
        "2024-06-31",
        "2023-02-29",
        "20240631",
        "6/12",
        "1900-01-01",
        "2201-01-01",
        "令和元年4月30日",
        "平成31年5月1日",
        "平成元年1月7日",
        "昭和64年1月8日",
        "昭和元年12月24日",
        "令和0年6月12日",
        "明日",
    ],
)
def test_what_is_no_day_is_refused(text):
    assert parse_date(text, TODAY) is None


@given(
    western_days,
    st.sampled_from(["{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日"]),
    st.booleans(),
)
def test_western_dates_round_trip(day, form, wide):
    text = form.format(day)
    assert parse_date(text.translate(FULL_WIDTH) if wide else text, TODAY) == day


@given(
    era_days,
    st.sampled_from(["{name}{year}年{day.month}月{day.day}日", "{letter}{year}.{day.month}.{day.day}"]),
    st.booleans(),
)
def test_era_dates_round_trip(day, form, wide):
    name, letter, first = next(era for era in ERAS if day >= era[2])
    number = day.year - first.year + 1
    text = form.format(name=name, letter=letter, year="元" if number == 1 else number, day=day)
    assert parse_date(text.translate(FULL_WIDTH) if wide else text, TODAY) == day


@given(era_days, st.sampled_from(ERAS))
def test_a_day_has_no_name_in_an_era_that_it_does_not_belong_to(day, era):
    name, _, first = era
    number = day.year - first.year + 1
    own = next(known for known in ERAS if day >= known[2])
    expected = day if own is era else None
    assert parse_date(f"{name}{number}年{day.month}月{day.day}日", TODAY) == expected


@pytest.mark.parametrize(
    ("half", "starts", "months"),
    [
        *(("first", 4, (4, 9)), ("second", 4, (10, 3))),
        *(("first", 1, (1, 6)), ("second", 1, (7, 12))),
        *(("first", 10, (10, 3)), ("second", 10, (4, 9))),
        *(("first", 7, (7, 12)), ("second", 7, (1, 6))),
    ],
)
def test_the_months_of_a_half_and_their_days_belong_together(half, starts, months):
    assert half_months(half, starts) == months
    assert {half_of(date(2025, month, 1), starts) for month in months} == {half}
