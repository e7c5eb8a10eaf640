# mypy: allow-untyped-calls
"""Command lines as people type them, beside what the parser is given of them."""

import pytest

from mizuho_pdca.cli.framework import HELP
from mizuho_pdca.cli.line import _IN_JAPANESE, Line, in_japanese, with_quotes_read
from mizuho_pdca.cli.main import Root, _root
from mizuho_pdca.domain.calendar import parse_year
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.language import translator

UNDERSTOOD = [
    # what was typed, options, words
    # -- full-width blanks
    ("log 1-1②-1　-m　3社を　訪問した　-s　実施中", "-m=3社を　訪問した -s=実施中", "1-1②-1"),
    ("log 1-1②-1　3社訪問", "-m=3社訪問", "1-1②-1"),
    ("log 1-1②-1　3社　訪問", "-m=3社　訪問", "1-1②-1"),
    ("log 1-1②-1　 -m x", "-m=x", "1-1②-1　"),
    ("log 1-1②-1 　 -m x", "-m=x", "1-1②-1"),
    ("log 1-1②-1 -m 3社　訪問", "-m=3社　訪問", "1-1②-1"),
    ("log 1-1②-1 --message=3社　訪問", "--message=3社　訪問", "1-1②-1"),
    ("log 企業訪問　活動 -m x", "-m=x", "企業訪問　活動"),
    ("log 1-1②-1 -d 11/12　-s　実施中 -m x", "-d=11/12 -s=実施中 -m=x", "1-1②-1"),
    ("log company-visits　x", "-m=x", "company-visits"),
    ("opinion 計画全体　そろえてほしい", "-m=そろえてほしい", "計画全体"),
    ("opinion 1-1　2024　そろえて　ほしい", "-m=そろえて　ほしい --year=2024", "1-1"),
    ("respond 2025-08-20-k7x3q9　対応した", "-m=対応した", "2025-08-20-k7x3q9"),
    ("evaluate 1-1②-1　2024　--rating　A", "--rating=A --year=2024", "1-1②-1"),
    ("actual company-visits　60件　2024", "--year=2024", "company-visits 60件"),
    ("plan 1-1②-1　企業訪問活動の実施", "", "1-1②-1　企業訪問活動の実施"),
    # -- options in any width, with any dash
    ("log 1-1②-1 －ｍ 訪問 －－ｄａｔｅ 昨日", "-m=訪問 --date=昨日", "1-1②-1"),
    ("log 1-1②-1 –m 訪問 —date 昨日 ー－ｓｔａｔｕｓ 済", "-m=訪問 --date=昨日 --status=済", "1-1②-1"),
    ("log 1-1②-1 －ｓ実施中 -m訪問した -k企業訪問=3", "-s=実施中 -m=訪問した -k=企業訪問=3", "1-1②-1"),
    ("log 1-1②-1 -m=訪問 －ｄ＝11/12", "-m=訪問 -d=11/12", "1-1②-1"),
    ("log 1-1②-1 -message 訪問 --Date 昨日 -S 済", "--message=訪問 --date=昨日 -s=済", "1-1②-1"),
    ("log 1-1②-1 --m 訪問", "-m=訪問", "1-1②-1"),
    ("log 1-1②-1 -m － --commit", "-m=－ --commit", "1-1②-1"),
    ("status -C .", "-C --year=.", ""),
    ("status —yaer 2024", "--yaer --year=2024", ""),
    ("log 1-1②-1 —massage 訪問", "--massage -m=訪問", "1-1②-1"),
    ("log 1-1②-1 －x 訪問", "-x -m=訪問", "1-1②-1"),
    # -- options by their Japanese names
    ("log 1-1②-1 訪問 --日付 R7.6.30 --件数 1", "--date=R7.6.30 --value=1 -m=訪問", "1-1②-1"),
    ("log 1-1②-1 訪問 --状況=済 ーー理由　誤り", "--status=済 --reason=誤り -m=訪問", "1-1②-1"),
    ("log 1-1②-1 —内容 訪問 ――状態＝済", "--message=訪問 --status=済", "1-1②-1"),
    ("respond x 足した －－状況 対応済 --対応 対応済", "--state=対応済 -m=足した", "x"),
    ("opinion 1-1 2024 よい --日付 昨日", "--meeting=昨日 -m=よい --year=2024", "1-1"),
    ("evaluate 1-1 --年度 R7 --評価 A --課題 人 --進捗 済", "--year=R7 --rating=A --issues=人 --progress=済", "1-1"),
    ("improve 1-1 --年度 R7 --方向性 継続 --予定 x --担当 y", "--year=R7 --direction=継続 --next=x --by=y", "1-1"),
    ("withdraw last --理由 重複", "--reason=重複", "last"),
    ("list --担当 産業課", "--by=産業課", ""),
    ("review --担当 産業課", "--department=産業課", ""),
    ("evaluate 1-1 --件数 3", "--件数", "1-1 3"),
    ("log 1-1②-1 訪問 --ほげ 済", "--ほげ -m=訪問 済", "1-1②-1"),
    ("log 1-1②-1 訪問 --天気＝晴　れ", "--天気 -m=訪問", "1-1②-1"),
    ("log 1-1②-1 訪問 -日付 昨日", "--日付 -m=訪問 昨日", "1-1②-1"),
    # -- what begins with a dash and is no option
    ("log 1-1②-1 －訪問した", "-m=－訪問した", "1-1②-1"),
    ("log 1-1②-1 --3社減", "-m=--3社減", "1-1②-1"),
    ("log 1-1②-1 ーー、訪問", "-m=ーー、訪問", "1-1②-1"),
    ("log 1-1②-1 －３社減", "-m=－３社減", "1-1②-1"),
    ("log 1-1②-1 -3社減", "-m=-3社減", "1-1②-1"),
    ("log 1-1②-1 ―DXの推進", "-m=―DXの推進", "1-1②-1"),
    ("log 1-1②-1 -- -m x", "-m=-m x", "1-1②-1"),
    ("actual balance -20 2024", "--year=2024", "balance -20"),
    ("actual balance -20 --year -3", "--year=-3", "balance -20"),
    # -- a forgotten -m
    ("log 1-1②-1 3社訪問した", "-m=3社訪問した", "1-1②-1"),
    ("log 1-1②-1 3社 訪問 した -s 済", "-s=済 -m=3社 訪問 した", "1-1②-1"),
    ("respond x 対応した", "-m=対応した", "x"),
    ("commit 11月分", "", "11月分"),
    ("withdraw 直前 誤記", "--reason=誤記", "直前"),
    ("withdraw 直前　誤記", "--reason=誤記", "直前"),
    ("reopen 2024 数字の 誤り", "--reason=数字の 誤り --year=2024", ""),
    ("evaluate 1-1 誤記 --supersedes x", "--supersedes=x", "1-1 誤記"),
    # -- figures
    ("log 1-1②-1 x -k 企業訪問=3、相談=2", "-k=企業訪問=3 -k=相談=2 -m=x", "1-1②-1"),
    ("log 1-1②-1 x -k 企業訪問=1,234,相談=2", "-k=企業訪問=1,234 -k=相談=2 -m=x", "1-1②-1"),
    ("log 1-1②-1 x -k 企業訪問=3　相談=2", "-k=企業訪問=3 -k=相談=2 -m=x", "1-1②-1"),
    ("log 1-1②-1 x -k 見学、体験=3", "-k=見学、体験=3 -m=x", "1-1②-1"),
    ("log 1-1②-1 x 企業訪問=3、相談=2", "-k=企業訪問=3 -k=相談=2 -m=x", "1-1②-1"),
    ("log 1-1②-1 https://a.jp/?b=1", "-m=https://a.jp/?b=1", "1-1②-1"),
    ("log 1-1②-1 目標=達成", "-m=目標=達成", "1-1②-1"),
    ("log 1-1②-1 x -k 企業訪問=3 相談＝2件", "-k=企業訪問=3 -k=相談＝2件 -m=x", "1-1②-1"),
    (
        "log 1-1②-1 x --link https://a.jp/?b=1,c=2、https://d.jp",
        "--link=https://a.jp/?b=1,c=2 --link=https://d.jp -m=x",
        "1-1②-1",
    ),
    # -- an option given twice
    ("log 1-1②-1 -m 訪問 -s 済 --message 相談 -s 済", "-m=訪問¶¶相談 -s=済", "1-1②-1"),
    ("log 1-1②-1 -m 訪問 -m 訪問", "-m=訪問", "1-1②-1"),
    ("log 1-1②-1 x --commit --commit", "--commit --commit -m=x", "1-1②-1"),
    # -- years
    ("status 2024", "--year=2024", ""),
    ("review 令和6年度 -f csv", "-f=csv --year=令和6年度", ""),
    ("review 2024 --year R6", "--year=R6", ""),
    ("review 令和", "--year=令和", ""),
    ("review 2024 x", "--year=2024", "x"),
    ("explain 1-1 2024", "--year=2024", "1-1"),
    ("explain 2024 1-1", "--year=2024", "1-1"),
    ("explain 1-1 令和", "--year=令和", "1-1"),
    ("plan 2024", "--year=2024", ""),
    ("plan 1", "", "1"),
    ("plan 6", "", "6"),
    ("explain 1 6", "--year=6", "1"),
    ("opinion plan 6 よい", "-m=よい --year=6", "plan"),
    ("close R6 --meeting 昨日", "--meeting=昨日 --year=R6", ""),
    ("evaluate 1-1②-1 2024 --rating A", "--rating=A --year=2024", "1-1②-1"),
    ("evaluate 1-1②-1 よい", "", "1-1②-1 よい"),
    ("actual company-visits 2024", "", "company-visits 2024"),
    ("actual company-visits 2024 2025", "--year=2025", "company-visits 2024"),
    ("actual company-visits --missing 未調査 2024", "--missing=未調査 --year=2024", "company-visits"),
    ("actual company-visits 3 --missing 未調査", "--missing=未調査", "company-visits 3"),
    ("opinion plan 2024 2023年度は よかった", "-m=2023年度は よかった --year=2024", "plan"),
    ("opinion plan そろえてほしい 2024", "-m=そろえてほしい --year=2024", "plan"),
    ("opinion plan R6 よい", "-m=よい --year=R6", "plan"),
    ("opinion plan 令和6年度 とても よい", "-m=とても よい --year=令和6年度", "plan"),
    ("opinion plan 6 社 訪問せよ", "-m=6 社 訪問せよ", "plan"),
    ("opinion plan --year 2024 2023 より よい", "--year=2024 -m=2023 より よい", "plan"),
    ("trend 2024", "", "2024"),
    ("config initiatives 1-1②-1 1-1②-2", "", "initiatives 1-1②-1 1-1②-2"),
]

REFUSED = [
    ("log 1-1②-1 -m 3社 訪問", ["3社", "訪問"]),
    ("log 1-1②-1 -m", ["-m"]),
    ("log 1-1②-1 -m -s 済", ["-m"]),
    ("log 1-1②-1 -m 訪問　-s　済", ["-m", "-s"]),
    ("log 1-1②-1 -m - -m x", ["-m", "x"]),
    ("log 1-1②-1 x -s 済 --status 完了", ["-s", "済", "完了"]),
    ("log 1-1②-1 x -s 済 -s 完了 -d 昨日 -d 今日", ["-s (済, 完了)", "-d (昨日, 今日)"]),
    ("packet 2024 -o a -o b", ["-o", "a", "b"]),
    ("review 2024 --year 2023", ["--year", "2023", "2024"]),
    ("evaluate 2024 1-1 --rating A --year R5", ["--year", "R5", "2024"]),
    ("opinion 1-1 --year 2024 2023", ["--year", "2024", "2023"]),
]


def fiscal_year(text):
    year = 2024 if text == "6" else parse_year(text)
    if year is None:
        raise UsageFault("no year")
    return year


class Outside:
    """A context in which a command is looked up."""

    resilient_parsing = False


def command_of(name):
    return _root().get_command(Outside, name)


def parsed(typed):
    name, *words = typed.split(" ")
    line = Line(command_of(name).params, with_quotes_read(words))
    line.settle(fiscal_year)
    return line.arguments()


@pytest.mark.parametrize(("typed", "options", "words"), UNDERSTOOD, ids=[typed for typed, *_ in UNDERSTOOD])
def test_a_line_is_understood_as_it_is_typed(typed, options, words):
    expected = " ".join(option.replace("=", " ", 1) for option in options.split(" "))
    assert " ".join(parsed(typed)).replace("\n", "¶") == f"{expected} -- {words}".strip(" ").removesuffix(" --")


@pytest.mark.parametrize(("typed", "words"), REFUSED, ids=[typed for typed, _ in REFUSED])
def test_what_can_mean_two_things_is_refused_with_both(typed, words):
    with pytest.raises(PdcaError) as caught:
        parsed(typed)
    assert caught.value.exit_code == 2
    assert caught.value.remedy is not None
    assert [word for word in words if word not in caught.value.message.text(str)] == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["-m", "“3社を", "訪問", "した”", "-s", "済"], ["-m", "3社を 訪問 した", "-s", "済"]),
        (["-m", "”3社を", "訪問した”"], ["-m", "3社を 訪問した"]),
        (["“3社訪問”"], ["3社訪問"]),
        (["-m＂3社", "訪問＂"], ["-m3社 訪問"]),
        (["--progress=“予定", "どおり”", "--issues", "“なし”"], ["--progress=予定 どおり", "--issues", "なし"]),
        (["-m", "“3社を", "訪問した"], ["-m", "“3社を", "訪問した"]),
        (["-m", "“よい”と“わるい”"], ["-m", "“よい”と“わるい”"]),
        (["-m", "“よい”との意見", "-s", "済”"], ["-m", "“よい”との意見", "-s", "済”"]),
        (["-m", "“3社を 訪問した”"], ["-m", "“3社を 訪問した”"]),
        (["-m", "", "“", "”"], ["-m", "", " "]),
        ([], []),
    ],
)
def test_quotes_that_no_shell_knows_hold_a_text_together(typed, expected):
    assert with_quotes_read(typed) == expected


def test_a_text_in_quotes_may_begin_with_two_dashes():
    line = Line(command_of("log").params, ["1-1②-1", "--訪問した 3社を"])
    line.settle(fiscal_year)
    assert line.arguments() == ["-m", "--訪問した 3社を", "--", "1-1②-1"]


def test_every_option_with_a_japanese_name_is_there_and_no_name_means_two():
    known = {name for command in Root.listed for param in command_of(command).params for name in param.opts}
    assert {option for options in _IN_JAPANESE for option in options} - known == set(HELP[:1])
    words = [word for words in _IN_JAPANESE.values() for word in words.split()]
    assert len(words) == len(set(words))


def test_what_a_receipt_calls_an_answer_is_a_name_of_its_option():
    t, unnamed = translator("ja"), set()
    for kind in KINDS.values():
        known = {name for param in command_of(kind.command).params for name in param.opts}
        unnamed |= {t(field.words) for field in kind.fields if in_japanese(t(field.words), known) is None}
    by_place = {"値", "最後の日", "評価した指標", "対応する意見", "取り消した記録", "値の種類"}
    assert unnamed == by_place


# -- whole commands ---------------------------------------------------------------------------


def test_a_forgotten_m_is_recorded_whole(pdca, workspace, entries):
    assert pdca("log", "1-1②-1", "3社を", "訪問した", "-k", "企業訪問件数=3").code == 0
    assert "summary: 3社を 訪問した\n" in (workspace / entries()[0]).read_text(encoding="utf-8")


def test_texts_given_twice_are_paragraphs(pdca, workspace, entries):
    assert pdca("log", "1-1②-1", "-m", "3社を訪問", "-m", "2社が検討中").code == 0
    assert "summary: |-\n  3社を訪問\n\n  2社が検討中\n" in (workspace / entries()[0]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "typed",
    [
        ("ｌｏｇ", "1-1②-1", "3社訪問"),
        ("LOG", "1-1②-1　3社訪問"),
        ("記録　1-1②-1　3社訪問",),
        ("log　1-1②-1　-m　3社訪問",),
        ("－－ｌａｎｇ", "ja", "記録", "1-1②-1", "－ｍ", "“3社訪問”"),
        ("記録する", "1-1②-1", "3社訪問"),
    ],
)
def test_a_command_is_understood_in_any_width_and_by_its_japanese_name(pdca, workspace, entries, typed):
    assert pdca(*typed).code == 0
    assert "summary: 3社訪問\n" in (workspace / entries()[0]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "typed", [("evaluate", "1-1②-1", "2024", "--rating", "A"), ("評価", "R6", "1-1②-1", "--rating=A")]
)
def test_a_year_among_the_words_is_the_year(pdca, workspace, entries, typed):
    assert pdca(*typed).code == 0
    assert "fiscal_year: 2024\n" in (workspace / entries()[0]).read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_reading_command_takes_the_year_that_is_due_and_says_so(pdca):
    result = pdca("review")
    assert "review of FY2024" in result.out
    assert result.err == "※ no year was given: FY2024\n"
    assert "FY2024" in pdca("explain", "1-1②-1").out
    assert "FY2025" in pdca("review", "2025").out
    assert "FY2024" in pdca("status").out


@pytest.mark.parametrize("typed", [("close",), ("reopen", "--reason", "x"), ("evaluate", "1-1", "--rating", "A")])
def test_a_writing_command_is_refused_without_a_year(pdca, typed):
    result = pdca(*typed)
    assert result.code == 2
    assert "the fiscal year" in result.err
