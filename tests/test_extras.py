import sys

import pytest

from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.extras import install_line, needed_for


def test_a_package_that_is_missing_is_named_with_the_line_that_installs_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(EnvironmentFault) as caught, needed_for("PDF"):
        import typst  # noqa: F401
    text = caught.value.text(str)
    assert caught.value.exit_code == 4
    assert "for PDF the package typst is needed" in text
    assert install_line("papers") in text
    assert "[papers]" in text


def test_a_part_of_a_package_is_named_by_the_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx.shared", None)
    with pytest.raises(EnvironmentFault) as caught, needed_for("Word"):
        import docx.shared  # noqa: F401
    assert "the package docx is needed" in caught.value.text(str)


def test_other_failures_are_not_taken_for_a_missing_package():
    with pytest.raises(ValueError, match="x"), needed_for("PDF"):
        raise ValueError("x")


def test_what_is_there_is_let_through():
    with needed_for("JSON"):
        import json
    assert json.loads("1") == 1
