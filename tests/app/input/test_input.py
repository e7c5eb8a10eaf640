# mypy: allow-untyped-calls
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.app.input.days import typed_day
from mizuho_pdca.app.input.figures import typed_figure, typed_value
from mizuho_pdca.app.input.gathering import Gathering, Rejected
from mizuho_pdca.errors import Refused, UsageFault
from mizuho_pdca.language import translator
from mizuho_pdca.text import cleaned, folded

TODAY = date(2025, 6, 15)


def fail(error):
    def raising():
        raise error

    return raising


# -- gathering --------------------------------------------------------------------------------


def test_what_works_is_handed_on_and_what_does_not_is_noted():
    wrong = Gathering()
    first, second = UsageFault("one"), UsageFault("two")
    assert (wrong.take(lambda: 3), wrong.take(fail(first)), wrong.take(fail(second))) == (3, None, None)
    assert wrong.errors == [first, second]


def test_only_errors_of_the_project_are_gathered():
    with pytest.raises(ZeroDivisionError):
        Gathering().take(fail(ZeroDivisionError()))


def test_without_errors_it_goes_on():
    Gathering().stop_if_wrong()


def test_everything_that_is_wrong_is_said_at_once():
    wrong = Gathering()
    wrong.take(fail(UsageFault("one")))
    wrong.take(fail(UsageFault("two")))
    with pytest.raises(Rejected) as caught:
        wrong.stop_if_wrong()
    assert caught.value.exit_code == 2
    assert caught.value.text(str).split("\n") == ["Error: one", "Error: two", "nothing was recorded"]


def test_a_refusal_keeps_its_exit_code():
    assert Rejected([Refused("closed")]).exit_code == 3


def test_it_is_said_in_the_reader_s_language():
    assert "記録" in Rejected([UsageFault("one")]).text(translator("ja"))


# -- days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (None, TODAY),
        ("2024-06-12", date(2024, 6, 12)),
        ("2024/6/12", date(2024, 6, 12)),
        ("R6.6.12", date(2024, 6, 12)),
        ("令和６年６月１２日", date(2024, 6, 12)),
        ("昨日", date(2025, 6, 14)),
        ("今日", TODAY),
    ],
)
def test_a_day_is_understood_however_it_is_written(text, day):
    assert typed_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["2025-02-30", "R6.6.31", "13/6", "", "soon", "令和元年4月1日"])
def test_what_is_no_day_is_refused_with_examples(text):
    with pytest.raises(UsageFault) as caught:
        typed_day(text, TODAY)
    assert f'"{text}"' in caught.value.text(str)
    assert "R7.6.15" in caught.value.text(str)


# -- figures ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("3", "3"),
        (" 3 ", "3"),
        ("３", "3"),
        ("3件", "3"),
        ("３　件", "3"),
        ("1,234", "1234"),
        ("１，２３４．５件", "1234.5"),
        ("△3", "-3"),
        ("▲3.5", "-3.5"),
        ("－3", "-3"),
        ("−3", "-3"),
        ("△ 3", "-3"),
        ("▲　３件", "-3"),
        ("ー3", "-3"),
        ("–3", "-3"),
        ("+3", "3"),
        ("0", "0"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1.2e3", "1200"),
    ],
)
def test_a_figure_is_understood_however_it_is_written(make_indicator, text, figure):
    indicator = make_indicator("direction: increase, method: ratio, unit: 件")
    assert typed_figure(indicator, text) == Decimal(figure)


@pytest.mark.parametrize(
    "text", ["three", "約3", "3くらい", "1.2.3", "", "NaN", "inf", "-", "1_5", "1_000", "١٢", "1e"]
)
def test_what_is_no_figure_stays_a_word_for_the_checks_to_name(make_indicator, text):
    indicator = make_indicator("direction: increase, method: ratio, unit: 件")
    assert typed_figure(indicator, text) == text


@pytest.mark.parametrize("text", ["3社", "３ 社", "1,234人"])
def test_a_figure_in_another_unit_is_asked_back(make_indicator, text):
    indicator = make_indicator("direction: increase, method: ratio, unit: 件")
    with pytest.raises(UsageFault) as caught:
        typed_figure(indicator, text)
    assert f"{folded(text).strip('社人 ')}件" in folded(caught.value.text(translator("ja")))


@pytest.mark.parametrize(
    ("unit", "text", "figure"),
    [
        ("千円", "12万円", "120"),
        ("千円", "300000円", "300"),
        ("千円", "123,456円", "123.456"),
        ("千円", "￥３００，０００", "300"),
        ("千円", "1億2,345万6千円", "123456"),
        ("千円", "1億２３４５万円", "123450"),
        ("千円", "3億", "300000"),
        ("千円", "30 万 円", "300"),
        ("千円", "300千", "300"),
        ("千円", "1.5百万円", "1500"),
        ("千円", "△3千万円", "-30000"),
        ("円", "12.5万円", "125000"),
        ("円", "1,234千円", "1234000"),
        ("百万円", "300千円", "0.3"),
        ("億円", "2千万円", "0.2"),
        ("人", "1万2千人", "12000"),
        ("人", "1.2万", "12000"),
        ("千人", "3500人", "3.5"),
        ("㎡", "1.5万㎡", "15000"),
    ],
)
def test_another_size_of_the_unit_is_reckoned_into_it(make_indicator, unit, text, figure):
    indicator = make_indicator(f"direction: increase, method: ratio, unit: {unit}")
    assert typed_figure(indicator, text) == Decimal(figure)
    assert str(typed_figure(indicator, text)) == figure


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("千円", "12万ドル"),
        ("千円", "1,23万円"),
        ("千円", "1万2億円"),
        ("千円", "1万20000円"),
        ("千円", "万円"),
        ("千円", "約12万円"),
        ("千円", "12万円強"),
        ("千円", "1000000000000000001円"),
        ("件", "¥300"),
        ("件", "12万円"),
        ("ポイント", "3万"),
        ("", "3万"),
    ],
)
def test_what_is_no_size_of_the_unit_stays_a_word(make_indicator, unit, text):
    indicator = make_indicator(
        f'direction: increase, method: ratio, unit: "{unit}"' if unit else "direction: increase, method: ratio"
    )
    assert typed_figure(indicator, text) == folded(text)


def test_a_percentage_may_be_typed_with_its_sign(make_indicator):
    indicator = make_indicator('direction: increase, method: ratio, unit: "%"')
    assert typed_figure(indicator, "26.3％") == typed_figure(indicator, "26.3%") == Decimal("26.3")


@pytest.mark.parametrize(("unit", "text"), [("㎡", "120㎡"), ("％", "26％"), ("ｔ", "3t"), ("ﾄﾝ", "3トン")])
def test_a_unit_may_be_typed_in_either_width(make_indicator, unit, text):
    figure = typed_figure(make_indicator(f"direction: increase, method: ratio, unit: {unit}"), text)
    assert isinstance(figure, Decimal)


@pytest.mark.parametrize(
    ("text", "figure"),
    [("試行", "試行"), (" 試行 ", "試行"), ("実施(1期)", "実施（１期）"), ("設置", "設置"), ("はい", "はい")],
)
def test_a_step_is_understood_in_either_width(make_indicator, text, figure):
    indicator = make_indicator("direction: increase, method: done, words: [検討, 試行, 実施（１期）]")
    assert typed_figure(indicator, text) == figure
    assert indicator.accepts(figure) is (figure in {"試行", "実施（１期）"})


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("yes", True),
        ("設置", True),
        ("有", True),
        ("no", False),
        ("なし", False),
        ("ｙｅｓ", True),
        ("maybe", "maybe"),
        ("1", "1"),
    ],
)
def test_yes_and_no_are_understood_in_the_indicator_s_words(make_indicator, text, figure):
    indicator = make_indicator('direction: increase, method: done, aggregate: latest, words: {"yes": 設置, "no": なし}')
    assert typed_figure(indicator, text) is figure or typed_figure(indicator, text) == figure


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("company-visits=3", ("company-visits", Decimal(3))),
        (" company-visits = 3 ", ("company-visits", Decimal(3))),
        ("ｃｏｍｐａｎｙ－ｖｉｓｉｔｓ＝３", ("company-visits", Decimal(3))),
        ("企業訪問件数=3件", ("company-visits", Decimal(3))),
        ("incubation-facility=設置", ("incubation-facility", True)),
        ("町内に立地した企業数（累計）=1", ("new-sites", Decimal(1))),
        ("町内に立地した企業数(累計)=1", ("new-sites", Decimal(1))),
    ],
)
def test_a_value_names_its_indicator_by_id_or_name(adopted_plan, text, pair):
    assert typed_value(adopted_plan, text, 2024, adopted_plan.places["1-1-2-1"]) == pair


@pytest.mark.parametrize("text", ["", "company-visits", "company-visits=", "company-visits= ", "三"])
def test_a_value_without_its_sign_or_figure_is_refused(adopted_plan, text):
    with pytest.raises(UsageFault) as caught:
        typed_value(adopted_plan, text, 2024, adopted_plan.places["1-1-2-1"])
    assert "company-visits=3" in caught.value.text(str)


def test_a_value_of_no_indicator_names_the_one_that_was_meant(adopted_plan):
    with pytest.raises(UsageFault) as caught:
        typed_value(adopted_plan, "company-visit=3", 2024, adopted_plan.places["1-1-2-1"])
    assert "company-visits" in caught.value.text(str)
    assert "企業訪問件数" in caught.value.text(str)


# -- texts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  訪問した。 \n", "訪問した。"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("一　\n\n  二 \n", "一\n\n  二"),
        ("\x1b[31m赤\x07", "[31m赤"),
        ("a\tb", "a\tb"),
        ("\udcff\ufffe", ""),
        ("a\u2028b\u2029c\x85d", "a\nb\nc\nd"),
        ("𠮷野家 – ✓", "𠮷野家 – ✓"),
    ],
)
def test_a_text_loses_what_nobody_sees(text, clean):
    assert cleaned(text) == clean


@pytest.mark.slow
@given(st.text())
def test_a_cleaned_stays_as_it_is(text):
    assert cleaned(cleaned(text)) == cleaned(text)


@pytest.mark.parametrize(("text", "word"), [(" Ａ ", "A"), ("実施中", "実施中"), ("ｶﾅ", "カナ")])
def test_a_word_is_compared_in_half_width(text, word):
    assert folded(text) == word


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("1,234", "1234"),
        ("12,345,678.5", "12345678.5"),
        ("△1,234", "-1234"),
        ("－２０", "-20"),
        ("1.5", "1.5"),
        ("１，２３４件", "1234"),
    ],
)
def test_commas_stand_between_groups_of_three(adopted_plan, text, figure):
    assert typed_figure(adopted_plan.indicators["company-visits"][0], text) == Decimal(figure)


@pytest.mark.parametrize("text", ["1,5", "12,34", "1.234,56", ",5", "1,2345", "1234,567", "1,234,", "1,,234", "１，５"])
def test_a_comma_anywhere_else_is_not_guessed_at(adopted_plan, text):
    with pytest.raises(UsageFault) as caught:
        typed_figure(adopted_plan.indicators["company-visits"][0], text)
    assert text in caught.value.text(str)
    assert "1,234" in caught.value.text(str)
