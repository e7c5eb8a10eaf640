# mypy: allow-untyped-calls
"""Outlines of plans as offices have them, and the plans that are drafted from them."""

import csv
import io
import sys
import zipfile
from datetime import date, time
from xml.sax.saxutils import escape

import pytest
import ryaml
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.app.outline import FaultyOutline, cell_name, draft_plan
from mizuho_pdca.domain.plan.outline import one_line
from mizuho_pdca.domain.records.paths import PLAN_PATH
from mizuho_pdca.errors import EnvironmentFault, PdcaError, UsageFault
from mizuho_pdca.language import translator
from mizuho_pdca.storage.loading import load_plan
from mizuho_pdca.storage.tree import Memory
from mizuho_pdca.storage.workspace import own_plan
from mizuho_pdca.storage.yaml.plan_draft import Asked

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
            for n, (_, _, state, _) in enumerate(sheets)
        )
        + "</sheets></workbook>",
    }
    for n, (rows, merged, _, hidden) in enumerate(sheets):
        cells = "".join(
            f'<row r="{r + 1}" hidden="{int(r + 1 in hidden)}">'
            + "".join(_cell(cell_name(r, c), value) for c, value in enumerate(row))
            + "</row>"
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
    inside: str
    match value:
        case Xml():
            inside = value
        case date():
            inside = f' s="{DATE_STYLE}"><v>{(value - date(1899, 12, 30)).days}</v>'
        case time():
            inside = f' s="{TIME_STYLE}"><v>{(value.hour * 60 + value.minute) / 1440}</v>'
        case bool():
            inside = f' t="b"><v>{int(value)}</v>'
        case int() | float():
            inside = f"><v>{value}</v>"
        case _:
            inside = f' t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is>'
    return f'<c r="{name}"{inside}</c>'


def sheet(*rows, merged=(), state="visible", hidden=()):
    return list(rows), merged, state, hidden


class Xml(str):
    """The inside of a cell as its file has it, after what stands in the cell's own tag."""

    __slots__ = ()


def error(value):
    return Xml(f' t="e"><v>{value}</v>')


def formula(text, stored="", kind="n"):
    return Xml(f' t="{kind}"><f>{escape(text)}</f>{stored}')


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


def test_what_a_relisting_says_beside_its_number_is_named_unless_its_original_says_it(draft, plan_of):
    content = (
        "番号,名称,再掲先,担当課,タグ,内線,工程(R6),指標,単位,目標値(R8)\n"
        "1,経営,,,,,,,,\n1-1,相談,,,,,,,,\n1-1-1,訪問,,産業課,重点,12,試行,件数,件,60\n1-1-2,融資,,,,,,,,\n"
        "2,交流,,,,,,,,\n2-1,催し,,,,,,,,\n"
        "2-1-1,,1-1-1,企画課,重点,12,試行,件数,件,60\n"
        "2-1-2,,1-1-1,,新規,－,,件数,件,80\n,,,,,,,満足度,%,90\n"
        "2-1-3,,1-1-2\n"
    )
    assert [note.text(str) for note in draft(content, since=2024, until=2028).notes] == [
        "row 10: 指標, 単位, 目標値(R8) was left out; a relisting has what stands at its original",
        "row 9: タグ, 目標値(R8) was left out; a relisting has what stands at its original",
    ]
    plan = plan_of(content, since=2024, until=2028)
    assert [(one.node.tags, one.node.indicators) for one in plan.places.values() if one.node.original_id] == [
        ((), ())
    ] * 3


def test_what_a_relisting_says_is_held_against_the_same_column_of_its_original(draft):
    content = (
        "番号,名称,再掲先,タグ,指標,単位,目標値(R8)\n1,経営,,,,,\n1-1,相談,,,,,\n1-1-1,訪問,,重点,件数,件,60\n"
        "2,交流,,,,,\n2-1,催し,,,,,\n2-1-1,,1-1-1,件数,,,\n"
    )
    assert [note.text(str) for note in draft(content, since=2024, until=2028).notes] == [
        "row 7: タグ was left out; a relisting has what stands at its original",
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


TEXT = st.text(max_size=20).map(one_line).filter(lambda text: text and text[0] not in "=#" and "再掲" not in text)


@pytest.mark.slow
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


# -- faults -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "faults"),
    [
        ("番号,名前,再掲先", [("row 1", 'there is no column "名称"')]),
        ("項番,題名", [("row 1", 'there is no column "番号"'), ("row 1", 'there is no column "名称"')]),
        ("番号,名称,再掲元", [("C1", 'the column "再掲元" speaks of relistings, but is not headed 再掲先')]),
        ("番号,名称,再掲", [("C1", 'the column "再掲" speaks of relistings, but is not headed 再掲先')]),
        ("番号,名称,再掲先,,番号", [("E1", 'the column "番号" stands here twice')]),
    ],
)
def test_columns_that_are_missing_or_stand_twice(faults_of, headings, faults):
    assert faults_of(f"{headings}\n1,経営,\n") == faults


def test_columns_of_other_names_are_named_and_not_guessed(draft):
    made = draft(THREE.replace("再掲先", "再掲先,担当部署,再掲の理由,予算額"))
    assert [note.text(str) for note in made.notes] == [
        'the column "担当部署" was not used',
        'the column "再掲の理由" was not used',
        'the column "予算額" was not used',
    ]


@pytest.mark.parametrize("name", ["体系表.csv", "体系表.xlsx"])
def test_where_nothing_is_listed_again_the_column_for_it_may_be_missing(draft, name):
    rows = [["番号", "名称"], ["1", "経営"], ["1-1", "相談"], ["1-1-1", "訪問"]]
    text = "".join(",".join(row) + "\n" for row in rows)
    made = draft(workbook(sheet(*rows)) if name.endswith("xlsx") else text, name)
    assert (made.counts, made.relisted, made.notes) == ((1, 1, 1), 0, ())


def test_without_its_column_a_relisting_is_a_fault_at_its_name(faults_of):
    assert faults_of("番号,名称\n1,経営\n1-1,相談\n1-1-1,訪問\n1-1-2,訪問（再掲）\n") == [
        ("B5", '"訪問（再掲）" is called a relisting, but the number of its original is missing')
    ]


OPTIONAL = """番号,名称,再掲先,タグ,係,担当者,内線,年次計画,工程（R8）,令和9年度の工程
1,経営,,重点、SDG8、重点,,,,,,
1-1,相談,,,商工係,見本花子,0234,,,
1-1-1,訪問,,,,,,R6: 検討、令和7年度：試行,本格実施,－
1-1-2,,1-1-1,捨てる,,,,,,
"""


def test_tags_whom_to_ask_and_the_steps_of_the_years_have_columns(plan_of, draft):
    plan = plan_of(OPTIONAL, since=2024, until=2028)
    policy, measure, first, again = plan.places.values()
    assert policy.node.tags == ("重点", "SDG8")
    owner = measure.node.owner
    assert (owner.section, owner.person, owner.phone) == ("商工係", "見本花子", "0234")
    assert first.node.schedule == {2024: "検討", 2025: "試行", 2026: "本格実施"}
    assert (again.node.tags, again.node.schedule, again.node.owner) == ((), {}, None)
    assert [note.text(str) for note in draft(OPTIONAL, since=2024, until=2028).notes] == [
        "row 5: タグ was left out; a relisting has what stands at its original"
    ]


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("R7: 検討", "検討", [("H4", '"検討" names no fiscal year')]),
        ("R7: 検討", "来年: 検討", [("H4", '"来年: 検討" names no fiscal year')]),
        ("R7:", "R6:", [("H4", "the schedule's step of FY2024 is outside the plan's period (FY2025-FY2029)")]),
        ("（R8）", "（R20）", [("I4", "the schedule's step of FY2038 is outside the plan's period (FY2025-FY2029)")]),
    ],
)
def test_a_step_without_its_year_or_outside_the_period_is_blamed(faults_of, old, new, faults):
    text = OPTIONAL.replace("R6: 検討、令和7年度：試行", "R7: 検討")
    assert text.count(old) == 1
    assert faults_of(text.replace(old, new)) == faults


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


# -- formulas without a value -----------------------------------------------------------------

ERRORS = ["#N/A", "#REF!", "#NAME?", "#DIV/0!", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"]


@pytest.mark.parametrize("value", ERRORS)
@pytest.mark.parametrize("is_text", [False, True])
def test_an_error_of_excel_is_a_fault_at_its_cell(faults_of, value, is_text):
    rows = [["番号", "名称", "再掲先"], ["1", "経営"], ["1-1", "相談"], ["1-1-1", "訪問"]]
    shown = value if is_text else error(value)
    rows += [["1-1-2", shown], ["1-1-3", "訪問", shown], [shown, "融資"]]
    text = "".join(",".join(row) + "\n" for row in rows)
    assert faults_of(text if is_text else workbook(sheet(*rows))) == [
        (cell, f'the cell holds no value but "{value}"') for cell in ("B5", "C6", "A7")
    ]


def test_an_error_in_a_column_of_names_is_told_once_where_cells_are_merged(faults_of):
    rows = [["番号", "名称", "担当課", "備考"], ["1", "経営", error("#N/A")], ["1-1", "相談"], ["1-1-1", "訪問"]]
    assert faults_of(workbook(sheet(*rows, merged=["C2:C4"]))) == [("C2", 'the cell holds no value but "#N/A"')]


def test_an_error_outside_of_what_is_read_is_nobodys_business(draft):
    rows = [["番号", "名称", "備考"], ["1", "経営", error("#REF!")], ["1-1", "相談"], ["1-1-1", "訪問"]]
    assert draft(workbook(sheet(*rows))).counts == (1, 1, 1)


@pytest.mark.parametrize("stored", ["", "<v/>", "<v></v>"])
def test_a_formula_whose_result_was_never_stored_is_a_fault_at_its_cell(faults_of, stored):
    rows = [["番号", "名称", "再掲先"], ["1", "経営"], ["1-1", "相談"], ["1-1-1", "訪問"]]
    rows += [["1-1-2", "訪問", formula("VLOOKUP(B5,X:Y,2)", stored)], ["1-1-3", formula("", stored)]]
    assert faults_of(workbook(sheet(*rows))) == [
        ("C5", "the result of the formula =VLOOKUP(B5,X:Y,2) is not in the file"),
        ("B6", "the result of the formula =… is not in the file"),
    ]


def test_a_formula_with_its_result_is_that_result(draft):
    rows = [["番号", "名称", "再掲先"], ["1", formula("A9", "<v>経営</v>", "str")], ["1-1", "相談"]]
    rows += [["1-1-1", "訪問", formula('""', "<v></v>", "str")]]
    made = draft(workbook(sheet(*rows)))
    assert (made.counts, made.relisted) == ((1, 1, 1), 0)
    assert "title: 経営\n" in made.text


def test_formulas_shown_in_a_text_and_columns_too_narrow_for_their_dates_are_faults(faults_of):
    text = "番号,名称\n1,=A9\n1-1,相談\n########,訪問\n"
    assert faults_of(text) == [
        ("B2", "the result of the formula =A9 is not in the file"),
        ("A4", 'the cell holds no value but "########"'),
    ]


# -- hidden rows, other numerals --------------------------------------------------------------


def test_hidden_rows_are_read_and_noted(draft):
    rows = [
        ["番号", "名称", "指標", "単位"],
        ["1", "経営"],
        ["1-1", "相談"],
        ["1-1-1", "訪問"],
        [],
        ["1-1-2", "融資", "件数", "件"],
        [None, None, "金額", "円"],
        ["番号", "名称"],
        ["1-1-3", "講座"],
    ]
    made = draft(workbook(sheet(*rows, hidden=(4, 5, 7, 8, 9))))
    assert made.counts == (1, 1, 3)
    assert "3 hidden rows were read as well: 4, 7, 9" in [note.text(str) for note in made.notes]


def nodes(plan):
    return {place.id: place.node.label for place in plan.places.values()}


@pytest.mark.parametrize(
    ("numbers", "ids"),
    [
        (["Ⅰ", "1", "（1）", "（2）", "2", "（1）", "Ⅱ", "1", "（1）"], {
            "1": "Ⅰ", "1-1": None, "1-1-1": "（1）", "1-1-2": "（2）", "1-2": None, "1-2-1": "（1）", "2": "Ⅱ",
            "2-1": None, "2-1-1": "（1）",
        }),
        (["ⅰ", "(1)", "ア", "イ", "(2)", "ア", "ⅱ", "(1)", "ア"], {
            "1": "ⅰ", "1-1": "(1)", "1-1-1": "ア", "1-1-2": "イ", "1-2": "(2)", "1-2-1": "ア", "2": "ⅱ",
            "2-1": "(1)", "2-1-1": "ア",
        }),
        (["I", "1)", "a)", "b)", "2)", "a)", "II", "1)", "a)"], {
            "1": "I", "1-1": "1)", "1-1-1": "a)", "1-1-2": "b)", "1-2": "2)", "1-2-1": "a)", "2": "II",
            "2-1": "1)", "2-1-1": "a)",
        }),
        (["1", "1-1", "①", "②", "1-2", "①", "2", "2-1", "①"], dict.fromkeys(
            ["1", "1-1", "1-1-1", "1-1-2", "1-2", "1-2-1", "2", "2-1", "2-1-1"]
        )),
        (["Ⅰ", "Ⅰ-1", "Ⅰ-1-ｱ", "Ⅰ-1-ｲ", "Ⅰ-2", "Ⅰ-2-ｱ", "Ⅱ", "Ⅱ-1", "Ⅱ-1-ｱ"], {
            "1": "Ⅰ", "1-1": "Ⅰ-1", "1-1-1": "Ⅰ-1-ｱ", "1-1-2": "Ⅰ-1-ｲ", "1-2": "Ⅰ-2", "1-2-1": "Ⅰ-2-ｱ", "2": "Ⅱ",
            "2-1": "Ⅱ-1", "2-1-1": "Ⅱ-1-ｱ",
        }),
        (["A", "1", "イ", "ロ", "2", "イ", "B", "1", "イ"], {
            "1": "A", "1-1": None, "1-1-1": "イ", "1-1-2": "ロ", "1-2": None, "1-2-1": "イ", "2": "B",
            "2-1": None, "2-1-1": "イ",
        }),
        (["基本目標Ⅰ", "1-1", "1-1(1)", "1-1⑵", "1-2", "1-2(1)", "基本目標Ⅱ", "2-1", "2-1(1)"], {
            "1": "Ⅰ", "1-1": None, "1-1-1": "1-1(1)", "1-1-2": "1-1⑵", "1-2": None, "1-2-1": "1-2(1)", "2": "Ⅱ",
            "2-1": None, "2-1-1": "2-1(1)",
        }),
        (["Ⅳ", "（ア）", "(a)", "(b)", "（イ）", "(a)", "Ⅸ", "（ア）", "(a)"], {
            "4": "Ⅳ", "4-1": "（ア）", "4-1-1": "(a)", "4-1-2": "(b)", "4-2": "（イ）", "4-2-1": "(a)", "9": "Ⅸ",
            "9-1": "（ア）", "9-1-1": "(a)",
        }),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["体系表.csv", "体系表.xlsx"])
def test_other_numerals_are_printed_and_their_ids_follow_from_their_place(plan_of, numbers, ids, name):
    rows = [["番号", "名称"], *([number, f"甲{n}乙"] for n, number in enumerate(numbers))]
    is_book = name.endswith(".xlsx")
    plan = plan_of(workbook(sheet(*rows)) if is_book else "".join(f"{a},{b}\n" for a, b in rows))
    assert nodes(plan) == ids
    assert list(titles(plan).values()) == [f"甲{n}乙" for n in range(len(numbers))]


def test_a_relisting_names_its_original_by_the_numbers_of_all_levels(plan_of):
    plan = plan_of(HEADINGS + "Ⅰ,経営,\n1,相談,\nア,訪問,\nⅡ,交流,\n1,催し,\nア,,Ⅰ-1-ア\nイ,,1-1-1\n")
    assert {number: plan.places[number].node.original_id for number in ("2-1-1", "2-1-2")} == {
        "2-1-1": "1-1-1", "2-1-2": "1-1-1",
    }  # fmt: skip
    assert plan.places["2-1-2"].number == "イ"


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ("Ⅰ,経営,\n1,相談,\nア,訪問,\nア,融資,\n", [("A5", "the number 1-1-1 is given twice (also in row 4)")]),
        ("Ⅰ,経営,\n1,相談,\nア,訪問,\nイ,,ア\n", [("C5", "1-1-2 lists ア again, but no row has that number")]),
        ("Ⅰ,経営,\n1,相談,\n(1),訪問,\nⅡ,交流,\n(1),催し,\n", [
            ("A6", "2-?-1 stands below 2-?, but no row has the number 2-?"),
        ]),
        ("Ⅰ,経営,\n1,相談,\n(1),訪問,\n①,甲,\nア,乙,\n", [
            ("A6", "the number ア has 5 levels; at most 4 are possible"),
        ]),
    ],
)  # fmt: skip
def test_faults_of_other_numerals(faults_of, rows, faults):
    assert faults_of(HEADINGS + rows) == faults


# -- files that are no outline ----------------------------------------------------------------


def test_a_text_that_was_renamed_to_a_workbook_is_read_and_noted(draft):
    made = draft(THREE, "体系表.xlsx")
    assert made.counts == (2, 2, 3)
    assert [note.text(str) for note in made.notes] == ["体系表.xlsx is a text, not a workbook, and was read as CSV"]


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"\x81 \xff", UsageFault, "neither UTF-8 nor Shift_JIS"),
        (b"\xff\xfe\x00", UsageFault, "neither UTF-8 nor Shift_JIS"),
        (b'a,b\n"' + b"x" * 200_000, UsageFault, "can't be read as CSV"),
        (b"PK\x03\x04 no workbook", UsageFault, "can't be read as a workbook"),
        (b"PK\x05\x06" + bytes(18), UsageFault, "can't be read as a workbook"),
        (b"\xd0\xcf\x11\xe0 Workbook", UsageFault, "a workbook of the old form (.xls)"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), UsageFault, "locked with a password"),
    ],
)
def test_a_file_that_is_no_table_says_how_to_save_it(draft, content, error, words):
    with pytest.raises(error) as caught:
        draft(content)
    assert words in caught.value.text(str)
    assert "Remedy" in caught.value.text(str)


@pytest.mark.slow
def test_a_cell_at_the_end_of_the_sheet_does_not_take_all_memory(draft):
    book = workbook(sheet(["番号", "名称", "再掲先"], [1, "経営"]))
    huge = io.BytesIO()
    with zipfile.ZipFile(huge, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * 50_000_001)
    for raw in (_rezipped(book, b'<c r="B2"', b'<c r="XFD1048576"'), huge.getvalue()):
        with pytest.raises(UsageFault) as caught:
            draft(raw)
        assert "too large" in caught.value.text(str)


def test_what_unpacks_to_gigabytes_is_refused_before_it_is_read(draft):
    book = zipfile.ZipFile(io.BytesIO(workbook(sheet(["番号", "名称"]))))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in book.namelist():
            archive.writestr(part, book.read(part))
    raw = bytearray(stream.getvalue())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (4_000_000_000).to_bytes(4, "little")
    with pytest.raises(UsageFault) as caught:
        draft(bytes(raw))
    assert "too large" in caught.value.text(str)


def test_a_long_text_in_every_cell_is_refused_before_it_takes_all_memory(draft):
    cells = "".join(f'<c r="A{row}" t="s"><v>0</v></c>' for row in range(1, 5001))
    book = _rezipped(workbook(sheet([Xml("></c>" + cells + "<c>")])), b"none", b"none")
    stream = io.BytesIO(book)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", "<sst><si><t>" + "長" * 30_000 + "</t></si></sst>")
    with pytest.raises(UsageFault) as caught:
        draft(stream.getvalue())
    assert "too large" in caught.value.text(str)


@pytest.mark.parametrize(
    ("part", "more"),
    [
        (b"<sheetData>", b"<x>" * 3_000_000 + b"<sheetData>"),
        (b"</sheetData>", b"<x/>" * 3_000_000 + b"</sheetData>"),
        (b"</sheetData>", b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 10_001 + b"</mergeCells>"),
        (b"</sheets>", b'<sheet name="s" sheetId="9" r:id="r0"/>' * 100 + b"</sheets>"),
    ],
    ids=["depth", "tags", "merged areas", "sheets"],
)
def test_a_short_file_that_is_full_of_parts_is_refused(draft, part, more):
    book = _rezipped(workbook(sheet(["番号", "名称"], [1, "経営"])), part, more)
    assert len(book) < 100_000
    with pytest.raises(UsageFault) as caught:
        draft(book)
    assert "too large" in caught.value.text(str)


@pytest.mark.slow
@pytest.mark.parametrize("rows", [",\n" * 500_000, " " * 50_000_000])
def test_a_text_of_a_million_cells_or_of_fifty_megabytes_is_refused(draft, rows):
    with pytest.raises(UsageFault) as caught:
        draft(HEADINGS + rows)
    assert "too large" in caught.value.text(str)


def _rezipped(book, old, new):
    """Return a workbook with bytes of its parts replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as given, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
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


@pytest.mark.parametrize(
    ("row", "column", "name"), [(0, 0, "A1"), (11, 25, "Z12"), (0, 26, "AA1"), (0, 51, "AZ1"), (0, 702, "AAA1")]
)
def test_cells_are_named_as_excel_names_them(row, column, name):
    assert cell_name(row, column) == name


MEASURED = """番号,名称,再掲先,指標名,単位,現状値（R5）,目標値(R7),令和9年度の目標,毎年度の目標
1,経営,,,,,,,
1-1,相談,,黒字の割合,％,△5.0,40,50.5%,
,,,満足度,,－,,維持,
1-1-1,訪問,,待機,人,"1,200人",,0,
1-1-2,融資,,融資件数,,,,,
1-1-3,催し,,来場者,人,10,10,10,500
1-1-4,,1-1-1,,,,,,
"""


def test_how_a_row_is_measured_has_columns(plan_of, draft):
    made = {one.name: one for one, _ in plan_of(MEASURED, since=2025).indicators.values()}
    assert list(made) == ["黒字の割合", "満足度", "待機", "融資件数", "来場者"]
    first, worded, falling, bare, steady = made.values()
    assert (first.unit, str(first.baseline.value), first.baseline.year) == ("％", "-5.0", 2023)
    assert [(year, str(value)) for year, value in first.target_values.items()] == [(2025, "40"), (2027, "50.5")]
    assert (first.direction, first.method) == ("increase", "ratio")
    assert (worded.unit, worded.baseline, worded.target_values[2027].text) == (None, None, "維持")
    assert (falling.direction, falling.method, str(falling.baseline.value)) == ("decrease", "progress", "1200")
    assert [one.direction for one in (worded, bare, steady)] == ["none"] * 3
    text = draft(MEASURED, since=2025).text
    assert "    every_year: 500\n" in text
    assert text.count("- id: kpi-") == len(made)
    assert draft(MEASURED, since=2025).notes == ()


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("待機,人", ",人", [("D5", "there are figures here, but no indicator")]),
        ("満足度", "", [("D4", "there are figures here, but no indicator")]),
        ("△5.0", "約5", [("F3", '"約5" is no figure')]),
        (
            "（R5）,目標値(R7)", "（R5）,基準値(R7)",
            [("F3", "the indicator has two baselines"), ("F7", "the indicator has two baselines")],
        ),
        ("（R5）,目標値(R7)", "（R5）,R5の現状値", [("G1", 'the column "R5の現状値" stands here twice')]),
        (
            "現状値（R5）", "現状値（R7）",
            [(cell, "the target is not after the year of the baseline") for cell in ("G3", "G7")],
        ),
        ("目標値(R7)", "目標値(R6)", [("G1", "targets of FY2024 stand before the plan's first year (FY2025)")]),
    ],
)  # fmt: skip
def test_figures_that_nothing_says_the_meaning_of_are_blamed(faults_of, old, new, faults):
    assert MEASURED.count(old) == 1
    assert faults_of(MEASURED.replace(old, new)) == faults


def test_figures_need_a_column_of_what_they_measure_and_a_year(draft):
    bare = MEASURED.replace("指標名", "備考").replace("(R7)", "")
    assert [note.text(str) for note in draft(bare, since=2025).notes] == [
        f'the column "{column}" was not used'
        for column in ("備考", "単位", "現状値(R5)", "目標値", "令和9年度の目標", "毎年度の目標")
    ]


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ("50.5%", "0.505", "row 3: Excel keeps 50 % as 0.5; is 0.505 of 黒字の割合 in percent?"),
        ("維持", "60件", 'row 4: the target "60件" of 満足度 is taken as words, not as a figure'),
    ],
)
def test_what_may_be_meant_otherwise_is_noted(draft, old, new, note):
    assert MEASURED.count(old) == 1
    assert [one.text(str) for one in draft(MEASURED.replace(old, new), since=2025).notes] == [note]
