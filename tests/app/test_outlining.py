# mypy: allow-untyped-calls
"""Outlines of plans as offices have them, and the plans that are drafted from them."""

import csv
import io
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from xml.sax.saxutils import escape

import pytest
import ryaml
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.app.outline_cells import cell_name, meant_by_date, number_and_title, one_line, parts, set_apart, shown
from mizuho_pdca.app.outlining import Asked, FaultyOutline, draft_plan
from mizuho_pdca.core.identifiers import parse_node_id
from mizuho_pdca.core.paths import PLAN_PATH
from mizuho_pdca.errors import EnvironmentFault, PdcaError, UsageFault
from mizuho_pdca.language import translator
from mizuho_pdca.storage.loading import load_plan
from mizuho_pdca.storage.plan_draft import DraftHeader, DraftNode, draft_text
from mizuho_pdca.storage.tree import Memory
from mizuho_pdca.storage.workspace import own_plan

TODAY = date(2025, 6, 15)

HEADINGS = "番号,名称,再掲先\n"
THREE = HEADINGS + "1,経営,\n1-1,相談,\n1-1-1,訪問,\n1-1-2,融資,\n2,交流,\n2-1,催し,\n2-1-1,,1-1-1\n"
FOUR = HEADINGS + "1,経営,\n1-1,相談,\n1-1①,訪問する,\n1-1①-1,企業訪問,\n1-1①-2,,1-1②-1\n1-1②,貸す,\n1-1②-1,融資,\n"

# -- making files and reading drafts ----------------------------------------------------------


@pytest.fixture
def draft(tmp_path):
    """Draft a plan from a text or from bytes; a name ending with .xlsx or .csv makes no difference."""

    def make(content, name="体系表.csv", **asked):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return draft_plan(path, Asked(**asked), TODAY)

    return make


@pytest.fixture
def plan_of(draft):
    """Return the checked plan of a draft."""

    def make(content, **asked):
        plan, problems = load_plan(Memory({PLAN_PATH: draft(content, **asked).text.encode()}))
        assert problems == []
        assert plan is not None
        return plan

    return make


@pytest.fixture
def faults_of(draft):
    """Return what is wrong with an outline: pairs of cell (or row) and message."""

    def find(content, name="体系表.csv"):
        with pytest.raises(FaultyOutline) as caught:
            draft(content, name)
        assert caught.value.exit_code == 1
        return [
            (
                f"row {fault.row + 1}" if fault.column is None else cell_name(fault.row, fault.column),
                fault.message.text(str),
            )
            for fault in caught.value.faults
        ]

    return find


def titles(plan):
    return {place.id: plan.title(place) for place in plan.places.values()}


DATE_STYLE, TIME_STYLE = 1, 2


def workbook(*sheets):
    """Return the bytes of an .xlsx: each sheet a tuple of its rows, its merged areas, and its state."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs></styleSheet>',
        "xl/_rels/workbook.xml.rels": _relations(
            *(("worksheet", f"worksheets/sheet{n}.xml") for n in range(len(sheets))), ("styles", "styles.xml")
        ),
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        + "".join(
            f'<sheet name="表{n}" sheetId="{n + 1}" state="{state}" r:id="r{n}"/>'
            for n, (_, _, state) in enumerate(sheets)
        )
        + "</sheets></workbook>",
    }
    for n, (rows, merged, _) in enumerate(sheets):
        cells = "".join(
            f'<row r="{r + 1}">' + "".join(_cell(cell_name(r, c), value) for c, value in enumerate(row)) + "</row>"
            for r, row in enumerate(rows)
        )
        areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f"<sheetData>{cells}</sheetData>" + (f"<mergeCells>{areas}</mergeCells>" if areas else "") + "</worksheet>"
        )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return stream.getvalue()


def _relations(*targets):
    base = "http://schemas.openxmlformats.org"
    return (
        f'<Relationships xmlns="{base}/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{n}" Type="{base}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate(targets)
        )
        + "</Relationships>"
    )


def _cell(name, value):
    if value is None:
        return ""
    if isinstance(value, date):
        return f'<c r="{name}" s="{DATE_STYLE}"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, time):
        return f'<c r="{name}" s="{TIME_STYLE}"><v>{(value.hour * 60 + value.minute) / 1440}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{name}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{name}"><v>{value}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def sheet(*rows, merged=(), state="visible"):
    return list(rows), merged, state


# -- drafts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("content", "counts"), [(THREE, (2, 2, 3)), (FOUR, (1, 1, 2, 3))])
def test_the_depth_of_the_numbers_gives_the_levels(draft, plan_of, content, counts):
    made = draft(content)
    assert (made.counts, made.relisted, made.notes) == (counts, 1, ())
    plan = plan_of(content)
    assert [len(plan.in_force(2025, level)) for level in range(len(counts))] == list(counts)
    assert len(plan.header.levels) == len(counts)


def test_a_relisting_has_the_number_of_its_original_alone(draft, plan_of):
    assert "    - {id: 2-1-1, relisted_from: 1-1-1}\n" in draft(THREE).text
    plan = plan_of(THREE)
    assert plan.title(plan.places["2-1-1"]) == "訪問"


def test_the_file_reads_like_the_programs_own(draft):
    text = draft(
        FOUR.replace("再掲先", "再掲先,担当課,関係機関").replace("企業訪問,", "企業訪問,,産業課,商工会、東京都")
    ).text
    tree = (
        'policies:\n- id: "1"\n  title: 経営\n  measures:\n  - id: 1-1\n    title: 相談\n    submeasures:\n'
        "    - id: 1-1-1\n      title: 訪問する\n      initiatives:\n      - id: 1-1-1-1\n        title: 企業訪問\n"
        "        department: 産業課\n        partners: [商工会, 東京都]\n"
        "      - {id: 1-1-1-2, relisted_from: 1-1-2-1}\n"
    )
    assert tree in text
    assert text.isprintable() is False
    assert not any(line != line.rstrip() or "\t" in line for line in text.split("\n"))


def test_the_scheme_is_that_of_the_programs_own_plan_with_its_comments(draft):
    text = draft(THREE).text
    assert ryaml.loads(text)["scheme"] == ryaml.loads(own_plan())["scheme"]
    assert "# 良い順に並べます。" in text


def test_what_nobody_gave_is_marked_to_be_filled_in(draft):
    text = draft(THREE).text
    header = ryaml.loads(text)["plan"]
    assert header == {
        "id": "plan-2025",
        "title": "体系表（仮の名称）",
        "municipality": "○○町",
        "language": "ja",
        "period": {"from": 2025, "until": 2029},
        "council": {"name": "○○協議会"},
        "levels": [{"name": "基本方針"}, {"name": "施策"}, {"name": "取組"}],
    }
    marked = [line.split(":")[0].strip() for line in text.split("\n") if "   # ★" in line]
    assert marked == ["id", "title", "municipality", "period", "name", "levels"]


def test_what_somebody_gave_stands_unmarked(draft):
    text = draft(
        THREE, title=" 見本計画:第2次 ", municipality="見本町", council="見本会議", since=2024, until=2027
    ).text
    header = ryaml.loads(text)["plan"]
    assert (header["title"], header["municipality"], header["council"]["name"], header["period"]) == (
        "見本計画:第2次",
        "見本町",
        "見本会議",
        {"from": 2024, "until": 2027},
    )
    assert [line.split(":")[0].strip() for line in text.split("\n") if "   # ★" in line] == ["id", "levels"]


@pytest.mark.parametrize(
    ("asked", "period"),
    [
        ({}, (2025, 2029)),
        ({"since": 2022}, (2022, 2026)),
        ({"until": 2031}, (2027, 2031)),
        ({"since": 2022, "until": 2031}, (2022, 2031)),
        ({"title": " ", "council": "\u200b"}, (2025, 2029)),
    ],
)
def test_the_period_is_completed_to_five_years(plan_of, asked, period):
    header = plan_of(THREE, **asked).header
    assert (header.period.since, header.period.until) == period
    assert (header.title, header.council.name) == ("体系表（仮の名称）", "○○協議会")


def test_a_period_that_ends_before_it_begins_is_refused(draft):
    with pytest.raises(UsageFault) as caught:
        draft(THREE, since=2026, until=2025)
    assert "2026" in caught.value.text(str)
    assert "2025" in caught.value.text(str)


@pytest.mark.parametrize(
    ("content", "levels"),
    [
        (FOUR, ["基本方針", "基本施策", "施策", "取組"]),
        (THREE.replace("\n1,", "\n基本目標１,").replace("\n2,", "\n【基本目標２】,"), ["基本目標", "施策", "取組"]),
        (THREE.replace("\n1,", "\n柱々1,").replace("\n1-1-", "\n事業1-1-"), ["柱々", "施策", "事業"]),
        (THREE.replace("\n1,", "\n基本目標1,").replace("\n2,", "\n目標2,"), ["基本方針", "施策", "取組"]),
        (THREE.replace("\n1,", "\n施策1,"), ["基本方針", "施策", "取組"]),
    ],
)
def test_the_words_before_the_numbers_name_the_levels(plan_of, content, levels):
    assert [level.name for level in plan_of(content).header.levels] == levels


@pytest.mark.parametrize(
    "content",
    [
        THREE.encode("utf-8-sig"),
        THREE.encode("cp932"),
        THREE.replace(",", "\t").encode(),
        THREE.replace(",", "\t").encode("cp932"),
        THREE.replace(",", "\t").encode("utf-16"),
        THREE.replace("\n", "\r\n").encode(),
        THREE.replace("\n", "\r").encode(),
        ("第2次計画,,,\n\n" + THREE.replace("\n1-1,", "\n,,\n  ,　,\n1-1,")).encode(),
        THREE.replace("\n2,", "\n番号,名称,再掲先\n2,").encode(),
        THREE.replace("番号,名称,再掲先", "番　号, 名称 ,再掲先").encode(),
        THREE.replace("訪問", '"訪\n問"').encode(),
        THREE.replace(",相談,", ",相談").encode(),
    ],
    ids=[
        "bom",
        "cp932",
        "tabs",
        "cp932-tabs",
        "utf-16",
        "crlf",
        "cr",
        "title",
        "repeated",
        "spaces",
        "break",
        "ragged",
    ],
)
def test_a_text_is_read_as_excel_and_editors_save_it(plan_of, content):
    assert titles(plan_of(content)) == {
        "1": "経営", "1-1": "相談", "1-1-1": "訪問", "1-1-2": "融資", "2": "交流", "2-1": "催し", "2-1-1": "訪問",
    }  # fmt: skip


def test_a_workbook_is_read_with_its_numbers_its_merged_cells_and_its_blank_rows(plan_of, draft):
    book = workbook(
        sheet(["表紙", "第2次計画"]),
        sheet(["番号", "名称", "再掲先"], [9, "隠れた表", None], state="hidden"),
        sheet(
            ["見本町の施策体系"],
            [],
            ["番号", "名称", "再掲先", "担当課", "関係機関", "備考"],
            ["基本方針1　経営", None, None],
            ["1-1", "相談", None, "産業課"],
            ["1-1-1", "訪\n問", None, None, "商工会\n東京都，国、－"],
            [1.2, "融資する"],
            [],
            ["1.2.1", "貸付", None, "－", 3.0],
            [2.0, "交流", None, None, None, "x"],
            ["2-1 催し"],
            ["2-1-1", "訪問（再掲）", "１－１－１"],
            ["2-1-2", "祭り", "1.2.1"],
            merged=("A4:C4", "D5:D7", "A11:C11"),
        ),
    )
    plan = plan_of(book)
    assert titles(plan) == {
        "1": "経営", "1-1": "相談", "1-1-1": "訪問", "1-2": "融資する", "1-2-1": "貸付", "2": "交流", "2-1": "催し",
        "2-1-1": "訪問", "2-1-2": "貸付",
    }  # fmt: skip
    assert [plan.places[number].department for number in ("1-1", "1-1-1", "1-2", "1-2-1", "2")] == [
        *["産業課"] * 4,
        None,
    ]
    assert plan.places["1-1-1"].node.partners == ("商工会", "東京都", "国")
    assert plan.places["1-2-1"].node.partners == ("3",)
    assert [note.text(str) for note in draft(book).notes] == [
        'the column "備考" was not used',
        'row 13: the name "祭り" was left out; a relisting has that of 1-2-1 貸付',
    ]


def test_a_branch_without_anything_below_it_is_kept_and_named(draft, plan_of):
    content = THREE + "3,展望,\n2-2,未定,\n"
    assert titles(plan_of(content)).keys() >= {"3", "2-2"}
    assert [note.text(str) for note in draft(content).notes] == ["nothing stands below 3, 2-2 yet"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such names")
def test_the_name_of_the_file_can_not_break_the_draft(draft):
    text = draft(THREE, "体系表\npolicies: []\n.csv").text
    assert text.startswith("# 体系表policies: [] .csv から")


def test_a_long_text_is_cut_in_messages(faults_of):
    (found,) = faults_of(THREE + "※" * 50 + ",,\n")[:1]
    assert found == ("A9", '"' + "※" * 40 + '…" is not a number of the plan')


TEXT = st.text(max_size=20).map(one_line).filter(lambda text: text and "再掲" not in text)


@given(TEXT, st.lists(TEXT.filter(lambda text: not set(text) & set("、，,-‐‑‒–—―−ー－")), max_size=3))
def test_any_text_comes_back_from_the_draft(tmp_path_factory, text, partners):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows: list[list[object]] = [["番号", "名称", "再掲先", "担当課", "関係機関"], [1, "甲"], ["1-1", "乙"]]
        csv.writer(stream).writerows([*rows, ["1-1-1", text, "", "x" + text, "、".join(partners)]])
    drafted = draft_plan(path, Asked(text, text, text), TODAY).text
    plan, problems = load_plan(Memory({PLAN_PATH: drafted.encode()}))
    assert problems == []
    assert plan is not None
    header, place = plan.header, plan.places["1-1-1"]
    assert {plan.title(place), header.title, header.municipality, header.council.name} == {text}
    assert place.node.partners == tuple(partners)


@pytest.mark.parametrize(
    "title", ["\x01", "null", "true", "12", "1e3", "2025-01-01", "- 甲", "甲: 乙", "甲 #乙", "'甲'", "甲 "]
)
def test_a_title_that_yaml_would_take_for_something_else_is_quoted(title):
    header = DraftHeader("計画", "町", "会議", 2025, 2029, frozenset())
    text = draft_text("体系表.csv", header, ("甲", "乙", "丙"), {None: [DraftNode("1", title)]})
    assert ryaml.loads(text)["policies"] == [{"id": "1", "title": title, "measures": []}]


# -- faults -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "faults"),
    [
        ("番号,名前,再掲先", [("row 1", 'there is no column "名称"')]),
        ("項番,名称", [("row 1", 'there is no column "番号"'), ("row 1", 'there is no column "再掲先"')]),
        ("番号,名称,再掲先,,番号", [("E1", 'the column "番号" stands here twice')]),
    ],
)
def test_columns_that_are_missing_or_stand_twice(faults_of, headings, faults):
    assert faults_of(f"{headings}\n1,経営,\n") == faults


@pytest.mark.parametrize(
    ("headings", "remedies"),
    [
        ("番号,名前,再掲先", ['Did you mean the column "名前"? Head it 名称.']),
        (
            "No.,名　称,再掲元",
            ['Did you mean the column "No."? Head it 番号.', 'Did you mean the column "再掲元"? Head it 再掲先.'],
        ),
        ("番号,名称", ["Head a column 再掲先; where nothing is listed again it stays empty."]),
        ("名称,再掲先", ["Head a column 番号."]),
        (
            "",
            [
                "Head a column 番号.",
                "Head a column 名称.",
                "Head a column 再掲先; where nothing is listed again it stays empty.",
            ],
        ),
    ],
)
def test_a_missing_column_comes_with_what_was_probably_meant(draft, headings, remedies):
    with pytest.raises(FaultyOutline) as caught:
        draft(headings)
    assert [fault.remedy.text(str) for fault in caught.value.faults] == remedies


def test_an_optional_column_under_another_name_is_noticed(draft):
    made = draft(THREE.replace("再掲先", "再掲先,担当,関係団体,予算額"))
    assert [note.text(str) for note in made.notes] == [
        'the column "担当" was not used; did you mean 担当課?',
        'the column "関係団体" was not used; did you mean 関係機関?',
        'the column "予算額" was not used',
    ]


ROW = "1-1-2,融資,"


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        (ROW, "一の一,融資,", [("A5", '"一の一" is not a number of the plan')]),
        (ROW, ",融資,", [("A5", "there is no number")]),
        (ROW, "1-0-1,融資,", [("A5", '"1-0-1" is not a number of the plan')]),
        (ROW, "1-1-1-1-1,融資,", [("A5", "the number 1-1-1-1-1 has 5 levels; at most 4 are possible")]),
        (ROW, "1-1①-1-1,融資,", [("A5", "the number 1-1①-1-1 has 5 levels; at most 4 are possible")]),
        (ROW, "1-1-1,融資,", [("A5", "the number 1-1-1 is given twice (also in row 4)")]),
        (ROW, "1-1-2,,", [("B5", 'the row with the number "1-1-2" has no name')]),
        (
            ROW,
            "1-1-2,融資【再掲】,",
            [("C5", '"融資【再掲】" is called a relisting, but the number of its original is missing')],
        ),
        ("\n1-1,相談,", "", [("A3", "1-1-1 stands below 1-1, but no row has the number 1-1")]),
        ("2-1-1,,1-1-1", "2-1-1,,1-1-9", [("C8", "2-1-1 lists 1-1-9 again, but no row has that number")]),
        ("2-1-1,,1-1-1", "2-1-1,,○", [("C8", '"○" is not a number of the plan')]),
        ("2-1-1,,1-1-1", "2-1-1,,2-1-1", [("C8", "2-1-1 is a relisting of itself")]),
        (
            "2-1-1,,1-1-1",
            "2-1-1,,1-1",
            [("C8", "2-1-1 lists 1-1 again, but only the lowest level can be listed again")],
        ),
        ("2-1,催し,", "2-1,,1-1-2", [("C7", "2-1 lists 1-1-2 again, but only the lowest level can be listed again")]),
        (
            "2-1-1,,1-1-1",
            "2-1-1,,1-1-1\n2-1-2,,2-1-1",
            [("C9", "2-1-2 lists 2-1-1 again, which is itself a relisting")],
        ),
        (
            "\n1-1,相談,",
            "\n1月1日,相談,",
            [("A3", "Excel made a date of a number (1月1日); it was probably 1-1")],
        ),
        (
            "2-1-1,,1-1-1",
            "2-1-1,,2001/1/1",
            [("C8", "Excel made a date of a number (2001/1/1); it was probably 1-1-1")],
        ),
    ],
)
def test_every_kind_of_fault_names_its_cell(faults_of, old, new, faults):
    assert THREE.count(old) == 1
    assert faults_of(THREE.replace(old, new)) == faults


def test_what_excel_made_of_the_numbers_is_named_with_its_cell_and_nothing_follows_from_it(faults_of):
    book = workbook(
        sheet(
            ["番号", "名称", "再掲先"],
            [1, "経営"],
            [date(2025, 1, 1), "相談"],
            [date(2001, 1, 1), "訪問"],
            [45659, "融資する"],
            ["1-2-1", "貸付"],
            [time(1, 3), "窓口"],
            [True, "真"],
            ["1-1-2", None, date(2001, 2, 1)],
        )
    )
    assert faults_of(book, "体系表.xlsx") == [
        ("A3", "Excel made a date of a number (2025-01-01); it was probably 1-1"),
        ("A4", "Excel made a date of a number (2001-01-01); it was probably 1-1-1"),
        ("A5", "Excel made a date of a number (45659); it was probably 1-2"),
        ("A7", '"01:03:00" is not a number of the plan'),
        ("A8", '"TRUE" is not a number of the plan'),
        ("C9", "Excel made a date of a number (2001-02-01); it was probably 1-2-1"),
    ]


def test_all_faults_are_told_at_once_with_file_row_cell_and_remedy(draft):
    broken = THREE.replace("1-1-1,訪問,", "1-1-1,,").replace("2,交流,", "二,交流,").replace(",1-1-1", ",1-1-7")
    with pytest.raises(FaultyOutline) as caught:
        draft(broken)
    assert caught.value.text(str).split("\n") == [
        '体系表.csv row 4 (cell B4): the row with the number "1-1-1" has no name',
        "  Remedy: Write the name; a relisting needs the number of its original in 再掲先.",
        '体系表.csv row 6 (cell A6): "二" is not a number of the plan',
        "  Remedy: Write it such as 1, 1-1, 1-1-1 or 1-1①. A row that is only a remark has to go.",
        "体系表.csv row 7 (cell A7): 2-1 stands below 2, but no row has the number 2",
        "  Remedy: Add a row for 2 with its name, or correct the number.",
        "体系表.csv row 8 (cell C8): 2-1-1 lists 1-1-7 again, but no row has that number",
        "  Remedy: Write the number of the original; in its own row the cell stays empty.",
        "Error: the outline has 4 errors; nothing was written",
    ]
    assert "体系表.csv" in caught.value.text(translator("ja"))


def test_of_several_sheets_the_one_with_the_fault_is_named(draft):
    book = workbook(sheet(["表紙"]), sheet(["番号", "名称", "再掲先"], ["x", "経営"]))
    with pytest.raises(FaultyOutline) as caught:
        draft(book)
    assert "体系表.csv [表1] row 2 (cell A2)" in caught.value.text(str)


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (HEADINGS, [("row 1", "there is nothing below the headings")]),
        (HEADINGS + "1,経営,\n1-1,相談,\n", [("row 1", "the numbers have 2 levels; a plan has 3 or 4")]),
        (HEADINGS + "1,経営,\n1-1,,1\n", [
            ("row 1", "the numbers have 2 levels; a plan has 3 or 4"),
            ("C3", "1-1 lists 1 again, but only the lowest level can be listed again"),
        ]),
    ],
)  # fmt: skip
def test_an_outline_of_too_little(faults_of, content, faults):
    assert faults_of(content) == faults


def test_a_missing_parent_is_told_once(faults_of):
    found = faults_of(HEADINGS + "1,経営,\n1-2-1,甲,\n1-2-2,乙,\n1-3-1,丙,\n")
    assert [cell for cell, _ in found] == ["A3", "A5"]


# -- files that are no outline ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"\x81 \xff", UsageFault, "neither UTF-8 nor Shift_JIS"),
        (b"\xff\xfe\x00", UsageFault, "neither UTF-8 nor Shift_JIS"),
        (b'a,b\n"' + b"x" * 200_000, UsageFault, "can't be read as CSV"),
        (b"PK\x03\x04 no workbook", UsageFault, "can't be read as a workbook"),
        (b"\xd0\xcf\x11\xe0 with a password", UsageFault, "can't be read as a workbook"),
    ],
)
def test_a_file_that_is_no_table_says_how_to_save_it(draft, content, error, words):
    with pytest.raises(error) as caught:
        draft(content)
    assert words in caught.value.text(str)
    assert "Remedy" in caught.value.text(str)


def test_a_cell_at_the_end_of_the_sheet_does_not_take_all_memory(draft):
    book = workbook(sheet(["番号", "名称", "再掲先"], [1, "経営"]))
    huge = io.BytesIO()
    with zipfile.ZipFile(huge, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * 50_000_001)
    for raw in (_rezipped(book, b'<c r="B2"', b'<c r="XFD1048576"'), huge.getvalue()):
        with pytest.raises(UsageFault) as caught:
            draft(raw)
        assert "too large" in caught.value.text(str)


def _rezipped(book, old, new):
    """Return a workbook with bytes of its parts replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as given, zipfile.ZipFile(stream, "w") as archive:
        for name in given.namelist():
            archive.writestr(name, given.read(name).replace(old, new))
    return stream.getvalue()


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(EnvironmentFault) as caught:
        draft_plan(tmp_path / "absent.csv", Asked(), TODAY)
    assert "absent.csv" in caught.value.text(str)


def test_without_the_reader_of_workbooks_its_install_line_is_named(draft, monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(EnvironmentFault) as caught:
        draft(workbook(sheet(["番号"])))
    assert 'python -m pip install "mizuho-pdca[papers]"' in caught.value.text(str)
    assert caught.value.exit_code == 4


@given(st.binary(max_size=200))
def test_no_file_ends_in_anything_but_words(tmp_path_factory, raw):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(raw)
    with pytest.raises(PdcaError) as caught:
        draft_plan(path, Asked(), TODAY)
    assert caught.value.text(translator("ja"))


# -- cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "word"),
    [
        ("1", "1", ""), ("１", "1", ""), ("1-1", "1-1", ""), ("1.1", "1-1", ""), ("１．１．", "1-1", ""),
        ("1-1①", "1-1-1", ""), ("1－1－①－2", "1-1-1-2", ""), ("1ー2", "1-2", ""), ("1 - 1", "1-1", ""),
        ("基本目標１", "1", "基本目標"), ("【基本方針１】", "1", "基本方針"), (" 施策 1-1", "1-1", "施策"),
        ("1-1-(1)", "1-1-1", ""), ("（2）", "2", ""), ("⑴", "1", ""), ("❸", "3", ""), ("Ⅱ-1", "2-1", ""),
        ("01-02", "1-2", ""), ("10-1", "10-1", ""), ("1の2", "1-2", ""), ("1/1", "1-1", ""), ("1-1㉑", "1-1-21", ""),
        ("0-1", None, ""), ("合計", None, "合計"), ("", None, ""), ("1-1-1-1-1", None, ""), ("第1章", None, ""),
    ],
)  # fmt: skip
def test_numbers_are_read_in_any_form(text, number, word):
    found, plain = set_apart(text)
    assert (parse_node_id(plain), found) == (number, word)


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("基本方針1　経営基盤の強化", ("基本方針1", "経営基盤の強化")),
        ("1-1①各種補助", ("1-1①", "各種補助")),
        ("1-1 5つの柱", ("1-1", "5つの柱")),
        ("1. 経営", ("1", "経営")),
        ("1-1-(1) 訪問", ("1-1-(1)", "訪問")),
        ("Ⅰ 活力", ("Ⅰ", "活力")),
        ("【基本目標１】にぎわい", ("【基本目標１】", "にぎわい")),
        ("1-1：DX", ("1-1", "DX")),
        ("1 － 経営", ("1", "経営")),
        ("1-1①3つの補助", None),
        ("3Dプリンター", None),
        ("1-1 2-3", None),
        ("12", None),
        ("経営", None),
    ],
)
def test_a_number_and_a_title_in_one_cell_are_told_apart(text, split):
    assert number_and_title(text) == split


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (date(2025, 1, 1), "1-1"), (date(2025, 12, 31), "12-31"), (date(2001, 1, 2), "1-1-2"),
        (date(2012, 3, 4), "12-3-4"), (45658, "1-1"), (45658.0, "1-1"), ("1月1日", "1-1"), ("2025/1/1", "1-1"),
        ("2001/01/02", "1-1-2"), ("2025年1月3日", "1-3"), ("2025-01-02 00:00:00", "1-2"), ("3-Jan", "1-3"),
        ("jan-03", "1-3"), ("１月２日", "1-2"), (datetime(2025, 1, 4), "1-4"),  # noqa: DTZ001 (Excel knows no zones)
        ("1-1", None), ("1/1", None), (1, None), (1.0, None), (1.1, None), (True, None), (time(1, 1), None),
        (timedelta(hours=25), None), (99_999, None), ("", None), ("Janus-1", None),
    ],
)  # fmt: skip
def test_a_date_that_was_a_number_is_recognised(cell, number):
    assert meant_by_date(cell) == number


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1.0, "1"),
        (1.1, "1.1"),
        (True, "TRUE"),
        (date(2025, 1, 1), "2025-01-01"),
        (datetime(2025, 1, 4), "2025-01-04"),  # noqa: DTZ001 (Excel knows no zones)
        (timedelta(hours=25), "1 day, 1:00:00"),
        (7, "7"),
    ],
)
def test_cells_are_shown_as_the_sheet_shows_them(cell, text):
    assert shown(cell) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("訪\n問", "訪問"), ("  訪問\r\n", "訪問"), ("new\nshops", "new shops"), ("DX\n推進", "DX推進"),
        ("a\u200bb\ufeff", "ab"), ("訪　問", "訪　問"), ("葛\U000e0100飾", "葛\U000e0100飾"), ("\x00\x07", ""),
    ],
)  # fmt: skip
def test_a_text_becomes_one_line(text, line):
    assert one_line(text) == line


@pytest.mark.parametrize(
    ("row", "column", "name"), [(0, 0, "A1"), (11, 25, "Z12"), (0, 26, "AA1"), (0, 51, "AZ1"), (0, 702, "AAA1")]
)
def test_cells_are_named_as_excel_names_them(row, column, name):
    assert cell_name(row, column) == name


@pytest.mark.parametrize(
    ("text", "count"), [("1-1-1-1-1", 5), ("１－２", 2), ("-1-", 1), ("第1", 0), ("", 0), ("1-x", 0)]
)
def test_parts_of_a_number_are_counted_however_many(text, count):
    assert len(parts(text)) == count
