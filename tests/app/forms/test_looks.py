# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""How a form looks: what is expected stands out, also in grey, and nothing is shown that says nothing."""

import pytest

from scripts.fill_form import HEAD, cell, columns, opened
from tests.app.forms.conftest import ROW

ANSWERS, FIGURES, OPINIONS, HEARD = "回答", "指標一覧", "意見", "会議の意見"


@pytest.fixture
def book(opinion, send):
    """Return the form of a year, to which there is an opinion."""
    assert opinion.kind == "opinion"
    return opened(send()[0].data)


def colour(at):
    return at.fill.fgColor.rgb[-6:]


def grey(at):
    """Return how light a cell's colour is without its hue."""
    red, green, blue = (int(colour(at)[place : place + 2], 16) for place in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_what_is_expected_is_darker_than_what_may_be_said(book):
    expected, optional = (cell(book, ANSWERS, ROW, heading) for heading in ("当年度の取組", "課題（あれば）"))
    assert (colour(cell(book, ANSWERS, ROW, "取組")), cell(book, ANSWERS, ROW, "取組").fill.fill_type) == (
        "000000",
        None,
    )
    assert grey(expected) + 8 < grey(optional) < 250
    heads = {heading: colour(book[ANSWERS].cell(HEAD, at)) for heading, at in columns(book[ANSWERS]).items()}
    assert len({heads["取組"], heads["当年度の取組"], heads["課題（あれば）"]}) == 3


def test_a_sheet_of_which_nothing_is_expected_has_no_column_that_counts(book, send):
    assert "記入済" in columns(book[ANSWERS])
    assert "記入済" in columns(book[FIGURES])
    assert "記入済" not in columns(book[OPINIONS])
    meeting = opened(send(council=True)[0].data)
    assert "記入済" not in columns(meeting[HEARD])
    assert meeting[HEARD]["A1"].value == "令和6年度実績についての意見"
    assert meeting[HEARD].column_dimensions["G"].hidden


def test_a_figure_for_which_a_reason_is_given_is_no_longer_marked_as_expected(book):
    rules = {
        str(area.sqref).split(":", maxsplit=1)[0]: [rule.formula[0] for rule in rules]
        for area, rules in book[FIGURES].conditional_formatting._cf_rules.items()  # noqa: SLF001 (there is no other way)
    }
    assert rules["G5"] == ["LEN(TRIM($G5&$H5))>0"]
    assert rules["H5"] == ["LEN(TRIM($H5))>0"]


def test_panes_stand_still_and_headings_are_on_each_page(book):
    sheet = book[ANSWERS]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C5", "$4:$4")
    assert (sheet.page_setup.fitToHeight, sheet.page_setup.orientation) == (0, "landscape")
    assert [each.sheet_properties.pageSetUpPr.fitToPage for each in book.worksheets[:3]] == [True, True, True]
    assert book.worksheets[0].page_setup.fitToHeight is None  # one page, which is what it is without
