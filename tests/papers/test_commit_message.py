# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.papers.commit_message import SHOWN, ChangeKind, Contents, commit_message, contents, listing

POLICIES = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 支援
      initiatives:
      - {id: 1-1-1-1, title: 企業訪問}
      - {id: 1-1-1-2, title: 相談会}
"""
FILE = "records/2024/1-1-1-1/2024-06-12-k7x3q9.yaml"


@pytest.fixture
def plan(make_plan):
    return make_plan(POLICIES)


@pytest.fixture
def visit(make_entry):
    return make_entry("id: 2024-06-12-k7x3q9")


@pytest.fixture
def talk(make_entry):
    return make_entry("id: 2025-06-12-4m2nbd, date: 2025-06-12, target: 1-1-1-2")


def subject(plan, held):
    return commit_message(plan, held, str).split("\n")[0]


# -- sorting ----------------------------------------------------------------------------------


def test_changed_files_are_sorted_by_what_they_are(visit):
    changes: dict[str, ChangeKind] = {
        FILE: "new",
        "plan/measures.yaml": "edited",
        "plan/notes.txt": "new",
        "records/2022/closed.yaml": "edited",
        "records/2023/closed.yaml": "deleted",
        "records/2024/1-1-1-2/2024-06-12-4m2nbd.yaml": "edited",
        "records/2021/1-1-1-2/2021-06-12-4m2nbd.yaml": "deleted",
        "records/.gitkeep": "deleted",
    }
    held = contents(changes, {FILE: visit}, {2022: True, 2023: False})
    assert held == Contents(
        entries=(visit,),
        plan="edited",
        seals=((2022, True),),
        edited=("records/2024/1-1-1-2/2024-06-12-4m2nbd.yaml",),
        deleted=("records/2021/1-1-1-2/2021-06-12-4m2nbd.yaml", "records/2023/closed.yaml"),
        others=("plan/notes.txt", "records/.gitkeep"),
    )
    assert held.years == [2021, 2022, 2023, 2024]


def test_a_new_file_that_holds_no_entry_is_another_file():
    assert contents({FILE: "new"}, {}, {}).others == (FILE,)


def test_a_seal_that_could_not_be_read_is_an_edited_file():
    assert contents({"records/2022/closed.yaml": "edited"}, {}, {}).edited == ("records/2022/closed.yaml",)


# -- the message ------------------------------------------------------------------------------


def test_one_entry_is_named_with_its_kind_its_day_and_who(plan, visit):
    assert commit_message(plan, Contents((visit,)), str) == (
        "Record: 1-1①-1 企業訪問 (an activity)\n\n"
        "- 1-1①-1 企業訪問 (an activity) 2024-06-12 産業課 2024-06-12-k7x3q9\n\n"
        "Pdca-Entry: 2024-06-12-k7x3q9\nPdca-Year: 2024\n"
    )


def test_several_entries_have_a_line_and_a_trailer_each(plan, visit, talk):
    text = commit_message(plan, Contents((visit, talk)), str)
    assert text.startswith("Record: 2 entries (1-1①-1 企業訪問 and others)\n\n- 1-1①-1")
    assert text.endswith(
        "Pdca-Entry: 2024-06-12-k7x3q9\nPdca-Entry: 2025-06-12-4m2nbd\nPdca-Year: 2024\nPdca-Year: 2025\n"
    )


def test_several_entries_of_one_initiative_name_it_alone(plan, visit, make_entry):
    other = make_entry("id: 2024-06-13-4m2nbd, date: 2024-06-13")
    assert subject(plan, Contents((visit, other))) == "Record: 2 entries (1-1①-1 企業訪問)"


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (Contents(plan="new"), "Plan: 試験計画"),
        (Contents(plan="edited"), "Change of the plan"),
        (Contents(seals=((2024, True),), plan="edited"), "Closing of FY2024"),
        (Contents(seals=((2024, False),)), "Reopening of FY2024"),
        (Contents(edited=(FILE,), deleted=(FILE,)), "Changes by hand: 2 files of records"),
        (Contents(others=("plan/notes.txt",)), "Other files: 1"),
        (Contents(plan="edited", merge=True), "Merge of what was recorded elsewhere"),
    ],
)
def test_the_subject_says_what_weighs_most(plan, held, expected):
    assert subject(plan, held) == expected


def test_a_change_of_the_plan_and_records_are_both_named(plan, visit, talk):
    assert subject(plan, Contents((visit,), plan="edited")) == (
        "Change of the plan; Record: 1-1①-1 企業訪問 (an activity)"
    )
    held = Contents((visit, talk), plan="new")
    assert subject(plan, held) == "Plan: 試験計画; Record: 2 entries (1-1①-1 企業訪問 and others)"


def test_a_correction_says_so(plan, make_entry):
    held = Contents((make_entry("id: 2024-06-13-k7x3q9, supersedes: 2024-06-12-k7x3q9, reason: 誤記"),))
    assert subject(plan, held) == "Record: 1-1①-1 企業訪問 (a correction of an activity)"


def test_what_was_done_by_hand_is_listed(plan):
    held = Contents(seals=((2024, True),), plan="edited", edited=("a",), deleted=("b",), others=("c",))
    assert listing(plan, held, str) == [
        "Closing of FY2024",
        "Change of the plan",
        "Changed by hand: a",
        "Deleted by hand: b",
        "Other file: c",
    ]


def test_more_than_fifty_lines_are_counted_but_every_trailer_stands(plan, make_entry):
    entries = tuple(make_entry(f"id: 2024-06-12-{number:06}") for number in range(SHOWN + 3))
    text = commit_message(plan, Contents(entries), str)
    assert text.count("\n- 1-1") == SHOWN
    assert "\n- and 3 more\n" in text
    assert text.count("\nPdca-Entry: ") == SHOWN + 3
    assert "more" not in commit_message(plan, Contents(entries[:SHOWN]), str)


def test_the_subject_can_be_given_and_takes_one_line(plan, visit):
    text = commit_message(plan, Contents((visit,)), str, " 6月分\n\nPdca-Entry: forged ")
    assert text.startswith("6月分 Pdca-Entry: forged\n\n- 1-1①-1")


def test_a_merge_that_brings_nothing_new_has_its_subject_alone(plan):
    assert commit_message(plan, Contents(merge=True), str) == "Merge of what was recorded elsewhere\n"


def test_the_plan_as_a_whole_has_no_number(plan, make_entry):
    opinion = make_entry("id: 2024-06-12-k7x3q9, kind: opinion, target: plan, meeting: 2024-06-12, text: よい")
    assert subject(plan, Contents((opinion,))) == "Record: the plan as a whole (an opinion)"


def test_what_came_with_a_form_says_so(plan, make_entry):
    came = make_entry(f"id: 2024-06-12-k7x3q9, via: form, digest: {'0' * 64}")
    assert subject(plan, Contents((came,))).endswith("(an activity, from a form)")


def test_a_sample_says_so(plan, make_entry):
    assert subject(plan, Contents((make_entry("id: 2024-06-12-k7x3q9, sample: true"),))).endswith(
        "(an activity, sample)"
    )


def test_no_text_of_a_file_can_pass_for_a_trailer(plan, make_entry):
    entry = make_entry('id: 2024-06-12-k7x3q9, by: "A\\n\\nPdca-Entry: forged\\e[2J\\u2028x"')
    text = commit_message(plan, Contents((entry,), edited=("records/2024/x\n\nPdca-Year: 1",)), str)
    assert "\n- 1-1①-1 企業訪問 (an activity) 2024-06-12 A Pdca-Entry: forged [2J x 2024-06-12-k7x3q9\n" in text
    assert text.count("\nPdca-Entry: ") == 1
    assert "\nPdca-Year: 1\n" not in text


def test_every_word_goes_through_the_translator(plan, visit, talk):
    known = {
        "Record: {count} entries ({what} and others)": "記録: {count}件（{what} ほか）",
        "{what} ({kind}) {day} {who} {entry}": "{what}（{kind}） {day} {who} {entry}",
        "an activity": "活動",
    }
    text = commit_message(plan, Contents((visit, talk)), lambda msgid: known.get(msgid, msgid))
    assert text.startswith(
        "記録: 2件（1-1①-1 企業訪問 ほか）\n\n- 1-1①-1 企業訪問（活動） 2024-06-12 産業課 2024-06-12-k7x3q9\n"
    )
