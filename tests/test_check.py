"""The program that checks a change: all of it, or quickly."""

import sys

import pytest

from scripts import check


@pytest.fixture
def two_of_three(monkeypatch):
    """Let three small programs take the checks' place, of which the second fails."""
    programs = [("one", "print('first')"), ("two", "import sys; sys.exit('second')"), ("three", "print('third')")]
    checks = [(name, [sys.executable, "-c", code]) for name, code in programs]
    monkeypatch.setattr(check, "QUICK", checks)
    monkeypatch.setattr(check, "WHOLE", checks)


@pytest.mark.usefixtures("two_of_three")
@pytest.mark.parametrize("arguments", [[], ["--quick"]])
def test_every_check_runs_also_after_one_has_failed(capfd, arguments):
    assert check.main(arguments) == 1
    out, err = capfd.readouterr()
    assert [word for word in ("== one", "first", "== two", "== three", "third") if word not in out] == []
    assert "second" in out + err
    assert out.endswith("failed: two\n")


def test_only_the_quick_checks_leave_tests_out():
    quick, whole = dict(check.QUICK)["quick tests"], dict(check.WHOLE)["tests"]
    assert quick[-2:] == ["-m", "not slow"]
    assert "-m" not in whole[3:]
    assert set(dict(check.SOURCES)) == {"style", "format", "floors", "types"}
    assert all(source in check.QUICK and source in check.WHOLE for source in check.SOURCES)


def test_another_option_is_none(capsys):
    assert check.main(["--fast"]) == 2
    assert "--quick" in capsys.readouterr().out
