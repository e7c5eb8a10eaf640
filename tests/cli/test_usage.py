# mypy: allow-untyped-calls
import pytest
import typer
from typer import BadParameter

from mizuho_pdca.cli.usage import explain_usage
from mizuho_pdca.errors import UsageFault


class MissingParameter(typer.TyperException):
    """What the parser raises for a missing option, as it names it."""

    def __init__(self, param):
        super().__init__("Missing")
        self.param = param


class Option:
    opts = ("--year",)
    metavar = "YEAR"


class Argument:
    opts = ("where",)
    metavar = None
    name = "where"


@pytest.mark.parametrize(("param", "word"), [(Option(), "--year"), (Argument(), "where"), (None, "is missing")])
def test_what_is_missing_is_named_as_it_is_typed(param, word):
    fault = explain_usage(MissingParameter(param))
    assert isinstance(fault, UsageFault)
    assert word in fault.text(str)


def test_any_other_complaint_of_the_parser_is_handed_on_with_a_remedy():
    text = explain_usage(BadParameter("not a number")).text(str)
    assert "not a number" in text
    assert "--help" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("init",), ["DIR"]),
        (("status", "--chek"), ["--chek", "--check"]),
        (("status", "--zzz"), ["--zzz", "pdca status --help"]),
        (("status", "--year"), ["--year"]),
        (("status", "--check=yes"), ["--check"]),
        (("log", "1-1②-1", "訪問", "-日付", "昨日"), ["--日付", "Did you mean -d?"]),
        (("log", "1-1②-1", "訪問", "--日付R6.6.12"), ["--日付R6.6.12", "Did you mean -d?"]),
        (("log", "1-1②-1", "訪問", "--天気", "晴れ"), ["--天気", '--message="…"']),
    ],
)
def test_the_parser_s_complaints_are_in_our_own_words(pdca, arguments, words):
    result = pdca(*arguments)
    assert result.code == 2
    assert [word for word in words if word not in result.err] == []
    assert "Usage:" not in result.err
