# mypy: allow-untyped-calls
import re
from collections import Counter

import pytest

from mizuho_pdca.domain.review.scope import Scope
from mizuho_pdca.domain.review.standing import standing
from mizuho_pdca.language import translator
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers
from mizuho_pdca.papers.plan import plan_papers
from mizuho_pdca.papers.review import papers
from mizuho_pdca.papers.status import status_papers
from mizuho_pdca.render.text.review import markdown, text

EN, JA = translator("en"), translator("ja")
WIDTH = 100


def signs(*texts):
    return Counter(sign for given in texts for sign in given if not sign.isspace())


def of_table(*rows, columns=("番号", "本文"), keys=1, **options):
    cells = tuple(tuple(Cell(cell) for cell in row) for row in rows)
    paper = Paper("p", "表", tuple(Column(heading, 10, **options) for heading in columns), cells, keys)
    return Papers("計画", ("副題",), None, (paper,), ("注",))


def unescaped(cell):
    return re.sub(r"\\(.)", r"\1", cell.strip()).replace("<br>", "\n")


def cells(line):
    """Split a Markdown table's line at the bars that are not escaped."""
    return [unescaped(cell) for cell in re.split(r"(?<!\\)(?:\\\\)*\|", line.strip())[1:-1]]


# -- plain text -------------------------------------------------------------------------------


def test_no_line_is_wider_than_the_page(drawn, columns):
    assert [line for line in text(drawn).split("\n") if columns(line) > WIDTH] == []


def test_no_text_is_lost(drawn):
    shown = signs(text(drawn))
    for paper in drawn.papers:
        wanted = signs(paper.title, *(column.heading for column in paper.columns if column.essential and paper.rows))
        for row in paper.rows:
            wanted += signs(*(cell.text for cell in row if cell.text != "－"))
        assert wanted - shown == Counter(), paper.name


def test_every_title_can_be_read_in_one_piece(adopted_report, adopted_plan):
    lines = text(papers(adopted_report, JA)).split("\n")
    columns = [[line.split("|")[2].strip() for line in lines if line.startswith("|")]]
    joined = re.sub(r"\s", "", "".join(columns[0]))
    for place in adopted_plan.places.values():
        if place.is_initiative:
            assert re.sub(r"\s", "", adopted_plan.title(place)) in joined


def test_what_the_grid_leaves_out_stands_below_it(report):
    drawn = text(papers(report, EN))
    assert "  Department: 産業課" in drawn
    assert "  Plans for the next year: 来年は50社" in drawn
    assert "  Activities of the year:\n    8割\n    6/12 3社を訪問した。\n    1社は不在。\n    7/1 追加\n" in drawn
    assert "  Issues:\n    人手\n    不足\n" in drawn


def test_an_empty_table_is_its_title_alone():
    assert text(of_table()) == "計画\n副題\n\n■ 表\n\n※ 注\n"


def test_a_table_lines_up_with_japanese_text():
    assert text(of_table(("1-1①", "訪問"), ("1", "x"))).split("\n")[4:11] == [
        "+------+------+",
        "| 番号 | 本文 |",
        "+======+======+",
        "| 1-1① | 訪問 |",
        "+------+------+",
        "| 1    | x    |",
        "+------+------+",
    ]


def test_a_sample_is_marked_above_everything(make_report):
    made = papers(make_report("id: a, status: done, sample: true"), JA)
    assert "見本" in text(made).split("\n■")[0]
    assert "見本" in markdown(made).split("\n##")[0]


def test_a_row_with_nothing_but_absent_values_has_no_details():
    assert "本文" not in text(of_table(("1", "－"), essential=False)).split("■")[1].split("\n", 2)[2]


def test_a_long_title_stays_within_the_page_everywhere(make_plan, make_ledger, columns):
    from mizuho_pdca.domain.review.review import review

    title = "とても長い題名の計画であって一行には収まらないもの" * 4
    plan = make_plan(
        f'[{{id: "1", title: {title}, measures: [{{id: 1-1, title: {title}, submeasures: [{{id: 1-1-1, title: {title},'
        f" partners: [{title}], initiatives: [{{id: 1-1-1-1, title: {title}}}]}}]}}]}}]",
        plan=f"title: {title}, council: {{name: {title}}}",
    )
    report = review(plan, make_ledger("id: a, status: done"), 2024, scope=Scope(policy="1"))
    for made in (
        papers(report, JA),
        status_papers(standing(report), JA),
        plan_papers(plan, list(plan.places.values()), 2024, JA),
    ):
        assert [line for line in text(made).split("\n") if columns(line) > WIDTH] == []


# -- Markdown ---------------------------------------------------------------------------------


def test_every_cell_comes_back_from_the_table(drawn):
    blocks = markdown(drawn).split("\n## ")[1:]
    for paper, block in zip(drawn.tables, blocks, strict=True):
        lines = [line for line in block.split("\n") if line.startswith("|")]
        assert cells(lines[0]) == [column.heading for column in paper.columns]
        assert [cells(line) for line in lines[2:]] == [[cell.text.strip() for cell in row] for row in paper.rows]


def test_numbers_stand_right_and_texts_left(report):
    summary = markdown(papers(report, EN).only(["summary"])).split("## Summary")[1]
    rule = next(line for line in summary.split("\n") if line.startswith("|:"))
    first, second, third, *_ = rule.strip("|").split("|")
    assert (first[0], second[0], third[-1]) == (":", ":", ":")


@pytest.mark.parametrize("sign", list("\\`*_{}[]<>|#~"))
def test_no_sign_of_a_text_is_markup(sign):
    line = markdown(of_table(("1", f"a{sign}b"))).split("\n")[-4]
    assert f"a\\{sign}b" in line


def test_html_and_code_of_an_entry_stay_text(report):
    drawn = markdown(papers(report, EN))
    assert "<script>" not in drawn
    assert "\\<script\\>" in drawn
    without_breaks = drawn.replace("<br>", "")
    assert re.findall(r"(?<!\\)[<`*]", without_breaks.replace("**", "")) == []


@pytest.mark.parametrize("entity", ["&lt;script&gt;", "&amp;", "&#124;", "&nbsp;"])
def test_what_looks_like_an_entity_is_shown_as_it_was_typed(entity):
    line = markdown(of_table(("1", entity))).split("\n")[-4]
    assert entity not in line


@pytest.mark.parametrize("line_break", ["\r", "\r\n", "\n"])
def test_no_line_break_of_a_text_ends_its_row(line_break):
    drawn = markdown(of_table(("1", f"a{line_break}# b")))
    assert "\r" not in drawn
    (line,) = [line for line in drawn.split("\n") if line.startswith("| 1")]
    assert cells(line) == ["1", "a\n# b"]


@pytest.mark.parametrize("line_break", ["\r", "\r\n"])
def test_no_carriage_return_of_a_text_reaches_the_page(line_break):
    assert "\r" not in text(of_table(("1", f"a{line_break}b")))


def test_the_papers_are_headings_tables_and_a_legend(drawn):
    lines = markdown(drawn).split("\n")
    assert lines[0].startswith("# ")
    assert [line for line in lines if line.startswith("## ")] == [f"## {paper.title}" for paper in drawn.tables]
    assert len([line for line in lines if line.startswith("- ")]) == len(drawn.legend)


def test_a_paper_without_rows_is_a_table_of_headings(make_report):
    made = papers(make_report(scope=Scope(measure="1-2")), EN)
    block = markdown(made).split("\n## Indicators\n")[1].split("\n## ")[0]
    assert len([line for line in block.split("\n") if line.startswith("|")]) == 2


# -- both -------------------------------------------------------------------------------------


def test_a_relisting_is_counted_nowhere_and_says_where(report):
    drawn = text(papers(report, JA))
    assert "再掲のみ" in drawn
    assert "再掲" in drawn
    assert "1-1①-1" in drawn


def test_nothing_recorded_gives_no_percentage(adopted_report):
    assert "%" not in text(papers(adopted_report, JA)).split("■")[1]
    assert "未入力" in text(papers(adopted_report, JA))


def test_the_same_report_gives_the_same_text(make_report):
    assert text(papers(make_report(), JA)) == text(papers(make_report(), JA))
    assert markdown(papers(make_report(), JA)) == markdown(papers(make_report(), JA))
