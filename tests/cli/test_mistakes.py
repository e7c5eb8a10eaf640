"""What people type wrongly: every one gives its exit code and one helpful message, and writes nothing."""

import pytest

LOG = ("log", "1-1②-1", "-m", "訪問")
ACTUAL = ("actual", "company-visits")
RATE = ("evaluate", "1-1②-1")

USAGE = [
    (("lgo",), ["lgo", "pdca log"]),
    (("xyz",), ["xyz", "pdca --help"]),
    (("--verison",), ["--verison", "--version"]),
    (("-x",), ["-x", "--help"]),
    (("-C",), ["-C"]),
    (("--lang",), ["--lang"]),
    (("-C", "/nowhere/at/all"), ["/nowhere/at/all", "pdca init"]),
    (("log",), ["ID", "-m"]),
    (("log", "1-1②-1"), ["-m"]),
    (("log", "1-1②-1", "-m"), ["-m"]),
    (("log", "1-1②-1", "-m", "  "), ["-m"]),
    (("log", "-m", "訪問"), ["ID"]),
    (("log", "1-1②-1", "-m", "3社を", "訪問した"), ["3社を", "訪問した", "quotes"]),
    (("log", "1-1②-1", "--mesage", "訪問"), ["--mesage", "--message"]),
    ((*RATE, "-y", "2024", "--rating", "A"), ["-y", "--year"]),
    (("list", "-m", "11"), ["-m", "--month", "--mine"]),
    (("log", "1-1②-1", "--commit=yes", "-m", "x"), ["--commit"]),
    (("log", "9-9", "-m", "訪問"), ["9-9", "pdca plan"]),
    (("log", "1-1②-9", "-m", "訪問"), ["1-1②-9", "1-1②"]),
    ((*LOG, "-d", "2025-02-30"), ["2025-02-30", "28", "R7.6.15"]),
    ((*LOG, "-d", "R6.13.1"), ["R6.13.1"]),
    ((*LOG, "-d", "明日"), ["2025-06-16 is in the future"]),
    ((*LOG, "-d", "2025-06-16"), ["2025-06-16", "E210"]),
    ((*LOG, "-d", "2021-06-01"), ["2021", "E212"]),
    ((*LOG, "-s", "実施"), ["実施", "実施中", "E204"]),
    ((*LOG, "-s", ""), ["status"]),
    ((*LOG, "-k", "company-visit=3"), ["company-visit", "企業訪問件数"]),
    ((*LOG, "-k", "company-visits"), ["company-visits", "-k company-visits=3"]),
    ((*LOG, "-k", "company-visits=三"), ["三", "E208", "企業訪問件数", "Write the figure alone, in 件."]),
    ((*LOG, "-k", "incubation-facility=5"), ["E208", "施設の設置", "Write 設置 or なし."]),
    ((*LOG, "--supersedes", "2024-06-12-k7x3q9"), ["--reason"]),
    ((*LOG, "--supersedes", "2024-06-12-k7x3q9", "--reason", " "), ["--reason"]),
    ((*LOG, "--supersedes", "2024-06-12-k7x3q9", "--reason", "x"), ["2024-06-12-k7x3q9"]),
    ((*LOG, "--reason", "x"), ["--supersedes"]),
    ((*LOG, "-d", "13/6", "-s", "実施", "-k", "company-visit=3"), ["13/6", "実施中", "company-visits"]),
    (("actual",), ["INDICATOR", "VALUE", "--year"]),
    (ACTUAL, ["VALUE", "--missing", "--year"]),
    ((*ACTUAL, "3"), ["--year"]),
    ((*ACTUAL, "3", "--year", "abc"), ["abc", "令和7年度"]),
    ((*ACTUAL, "3", "--year", "2040"), ["2040", "2022", "2031"]),
    ((*ACTUAL, "三", "--year", "2024"), ["三", "E208", "企業訪問件数", "Write the figure alone, in 件."]),
    ((*ACTUAL, "1e400", "--year", "2024"), ["E110"]),
    ((*ACTUAL, "3", "4", "--year", "2024"), ["4"]),
    ((*ACTUAL, "3", "--missing", "未調査", "--year", "2024"), ["--missing"]),
    ((*ACTUAL, "--missing", "なんとなく", "--year", "2024"), ["なんとなく", "未調査", "E213"]),
    (("actual", "company-visit", "3", "--year", "2024"), ["company-visits"]),
    (("evaluate",), ["ID", "--year", "--rating"]),
    ((*RATE, "--year", "2024"), ["--rating"]),
    ((*RATE, "--year", "2024", "--rating", "Q"), ["Q", "目標達成", "評価困難", "E205"]),
    ((*RATE, "--year", "2024", "--rating", "A", "-d", "13/6"), ["13/6"]),
    ((*RATE, "--year", "2024", "--rating", "A", "--issues", " "), ["--issues"]),
    (("evaluate", "1-1②", "--year", "2024"), ["--rating"]),
    ((*RATE, "--year", "2024", "--rating", "A", "--evaluator", "council"), ["council", "evaluators", "E224"]),
    ((*RATE, "--year", "2024", "--rating", "A", "--meeting", "13/6"), ["13/6"]),
    (("evaluate", "1-9", "--year", "2024", "--rating", "A"), ["1-9", "pdca plan"]),
    (("withdraw",), ["ENTRY", "--reason"]),
    (("withdraw", "2024-06-12-k7x3q9"), ["--reason"]),
    (("withdraw", "2024-06-12-k7x3q9", "--reason", "x"), ["2024-06-12-k7x3q9", "pdca list"]),
    (("show",), ["ENTRY"]),
    (("show", "k7x3q9"), ["k7x3q9", "pdca list"]),
    (("again", "k7x3q9"), ["k7x3q9", "pdca list"]),
    (("again",), ["産業課", "pdca again ENTRY"]),
    (("list", "nowhere"), ["nowhere"]),
    (("list", "--month", "13"), ["13", "2024-11"]),
    (("list", "--month", "x-3"), ["x-3"]),
    (("list", "--kind", "取"), ["取"]),
    (("list", "--since", "2025-06-02", "--until", "2025-06-01"), ["2025-06-02", "2025-06-01"]),
    (("list", "--year", "1999", "--kind", "x", "--month", "x"), ["1999", "activity", "R6.11"]),
    (("list", "--by", "誰か"), ["誰か"]),
    (("list", "--by", "x", "--mine"), ["--mine"]),
    (("list", "-f", "html"), ["html", "table, text, csv, json, xlsx"]),
    (("status", "--year", "R99"), ["2117", "2031"]),
    (("status", "--department", "産業課"), ["産業課", "department:"]),
    (("status", "-f", "html"), ["html", "table, text, csv, json, xlsx"]),
    (("status", "extra"), ["extra"]),
    (("status", "2024", "extra"), ["extra"]),
    (("status", "-C", "."), ["-C"]),
    (("review", "令和"), ["令和", "R7"]),
    (("review", "2024", "-f", "pfd"), ["pfd", "json"]),
    (("review", "2024", "--paper", "opinions"), ["--paper", "-f csv"]),
    (("review", "2024", "--paper", "opinions", "-f", "json"), ["--paper", "-f csv"]),
    (("review", "2024", "--paper", "opinions", "-o", "r.xlsx"), ["--paper", "-f csv"]),
    (("review", "2024", "--paper", "opinion", "-f", "csv"), ["opinion", "summary"]),
    (("review", "2024", "--policy", "9"), ["9", "pdca plan"]),
    (("review", "2024", "--policy", "1-1"), ["1-1", "--policy"]),
    (("review", "2024", "--measure", "1-1②"), ["1-1②", "--measure"]),
    (("plan", "9"), ["9"]),
    (("plan", "--year", "2050"), ["2050"]),
    (("plan", "-f", "csv"), ["csv"]),
    (("validate", "-f", "xml"), ["xml", "text, json"]),
    (("validate", "records"), ["records"]),
    (("init",), ["DIR"]),
]


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "words"), USAGE, ids=[" ".join(arguments) for arguments, _ in USAGE])
def test_a_mistake_is_named_with_what_to_do(pdca, snapshot, arguments, words):
    before = snapshot()
    result = pdca(*arguments)
    assert result.code == 2
    assert result.out == ""
    assert "Traceback" not in result.err
    assert [word for word in words if word not in result.err] == []
    assert "Remedy" in result.err
    assert result.err.startswith("Error: ")
    assert snapshot() == before


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [arguments for arguments, _ in USAGE], ids=[" ".join(a) for a, _ in USAGE])
def test_the_same_is_said_in_japanese(pdca, arguments):
    result = pdca("--lang", "ja", *arguments)
    assert result.code == 2
    assert "対処: " in result.err
    assert not [line for line in result.err.split("\n") if line.startswith(("Error", "  Remedy"))]


def test_two_faults_of_a_command_are_said_once_each(pdca):
    err = pdca(*LOG, "-d", "13/6", "-s", "実施").err
    assert err.count("Error: ") == 2
    assert err.count("Remedy: ") == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("log", "9-9", "-m", "x", "-d", "13/6"), ["9-9", "13/6"]),
        (("evaluate", "9-9", "--year", "abc", "--rating", "Q"), ["9-9", "abc", "Q"]),
        (("actual", "company-visit", "三", "--year", "abc"), ["company-visit", "abc"]),
    ],
)
def test_mistakes_of_different_kinds_are_said_together(pdca, arguments, words):
    result = pdca(*arguments)
    assert result.code == 2
    assert [word for word in words if word not in result.err] == []


def test_an_option_s_text_that_begins_with_a_dash_can_be_given(pdca):
    assert pdca("log", "1-1②-1", "-m", "- 3社", "-d", "昨日").code == 0
    assert pdca("log", "1-1②-1", "--message=-3社減", "-d", "昨日").code == 0


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("log", "1-1②-1", "-m", "3社", "訪問"), 'Put a text with spaces in quotes: -m "…"'),
        (("evaluate", "1-1②-1", "よい"), 'Put a text with spaces in quotes: --progress "…", --issues "…"'),
        (("withdraw", "x", "--reason", "誤記", "です"), 'Put a text with spaces in quotes: --reason "…"'),
        (("validate", "x"), "pdca validate --help shows how."),
        (("trend", "2024", "2025"), "pdca trend --help shows how."),
        (("improve", "1-1②-1", "-m", "x"), 'A text is written --next="…". pdca improve --help lists the options.'),
        (("opinion", "plan", "-x"), 'A text is written --message="…". pdca opinion --help lists the options.'),
        (("validate", "-x"), "pdca validate --help lists the options."),
        (("-x",), "pdca --help lists the options."),
        (("status", "-C", "."), "Write it in front of the command: pdca -C … status"),
    ],
)
def test_a_remedy_names_only_options_that_the_command_has(pdca, arguments, remedy):
    result = pdca(*arguments)
    assert (result.code, result.err.splitlines()[1]) == (2, "  Remedy: " + remedy)


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\rb"])
def test_nothing_that_was_typed_can_move_the_cursor(pdca, text):
    result = pdca("log", text, "-m", "x")
    assert result.code == 2
    assert not {"\x1b", "\r"} & set(result.err)


def test_bytes_that_are_no_text_are_refused_not_crashed_on(pdca):
    assert pdca("log", "\udc96\udc4b", "-m", "x").code == 2
    assert pdca("\udc96").code == 2
    assert pdca("log", "1-1②-1", "-m", "\udc96").code == 2
