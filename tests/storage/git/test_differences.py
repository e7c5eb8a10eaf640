# mypy: allow-untyped-calls
from mizuho_pdca.domain.history.commits import Change
from mizuho_pdca.storage.git.differences import TreeDifference
from mizuho_pdca.storage.git.objects import TreeItem

PLAN = "plan/measures.yaml"
ENTRY = "records/2024/1-1-2-1/2024-06-12-k7x3q9.yaml"
OTHER = "records/2024/1-1-2-1/2024-07-01-k7x3q9.yaml"


def test_files_are_added_edited_and_deleted_and_others_stay_out(town):
    town.write(ENTRY, "a")
    town.write("records/2023/x", "1")
    first = town.commit()
    assert town.changes(first) == [("added", PLAN), ("added", "records/2023/x"), ("added", ENTRY)]
    town.write(ENTRY, "b")
    town.write(OTHER, "c")
    town.write("README", "d")
    (town.root / "records/2023/x").unlink()
    second = town.commit()
    assert town.changes(second, first) == [("deleted", "records/2023/x"), ("edited", ENTRY), ("added", OTHER)]
    assert town.changes(first, second) == [("added", "records/2023/x"), ("edited", ENTRY), ("deleted", OTHER)]
    assert town.changes(second, second) == []


def test_where_there_was_or_is_nothing_it_says_none(town):
    town.write(ENTRY, "a")
    first = town.commit()
    (town.root / ENTRY).unlink()
    second = town.commit()
    (gone,) = town.differences(second, first).between(second, first)
    assert (gone.path, gone.before is None, gone.after is None) == (ENTRY, False, True)
    came = town.differences(first).between(first, None)
    assert [(one.path, one.before is None, one.after is None) for one in came] == [
        (PLAN, True, False),
        (ENTRY, True, False),
    ]


def test_a_change_names_what_was_there_and_what_is(town, open_town):
    town.write(ENTRY, "a")
    first = town.commit()
    town.write(ENTRY, "b")
    second = town.commit()
    (change,) = town.differences(second, first).changes(second, first)
    with open_town() as objects:
        assert change == Change(
            ENTRY, town.git("rev-parse", f"{first}:{ENTRY}"), town.git("rev-parse", f"HEAD:{ENTRY}")
        )
        assert [objects.blob(name) for name in (change.before, change.after)] == [b"a", b"b"]


def test_a_file_becomes_a_folder_and_a_file_again(town):
    town.write("records/2024/x", "a")
    first = town.commit()
    (town.root / "records/2024/x").unlink()
    town.write("records/2024/x/y", "b")
    town.write("records/2024/x/z", "c")
    second = town.commit()
    there = [("deleted", "records/2024/x"), ("added", "records/2024/x/y"), ("added", "records/2024/x/z")]
    back = [("added", "records/2024/x"), ("deleted", "records/2024/x/y"), ("deleted", "records/2024/x/z")]
    assert (town.changes(second, first), town.changes(first, second)) == (there, back)


def test_the_plan_and_the_records_may_come_go_and_be_something_else(town):
    before = town.commit()
    (town.root / PLAN).unlink()
    town.write(f"{PLAN}/x", "a")
    town.write("records", "no folder")
    after = town.commit()
    assert town.changes(after, before) == [("deleted", PLAN), ("added", f"{PLAN}/x"), ("added", "records")]


def test_the_right_to_run_a_file_is_no_change_of_it(town):
    town.write(ENTRY)
    first = town.commit()
    (town.root / ENTRY).chmod(0o755)
    assert town.changes(town.commit(), first) == []


def test_a_link_in_the_place_of_a_file_is_a_file_that_is_gone_though_the_contents_stay(town):
    town.write(PLAN)
    first = town.commit()
    blob = town.git("rev-parse", f"HEAD:{PLAN}")
    town.git("update-index", "--cacheinfo", f"120000,{blob},{PLAN}")
    town.git("commit", "--quiet", "-m", "link")
    second = town.git("rev-parse", "HEAD")
    assert town.changes(second, first) == [("deleted", PLAN)]
    assert town.changes(first, second) == [("added", PLAN)]
    found = list(town.differences(second, first).between(second, first))
    assert found == [TreeDifference(PLAN, TreeItem(0o100644, blob), TreeItem(0o120000, blob))]
    assert [node.is_link for node in found[0][1:]] == [False, True]


def test_what_is_no_file_differs_and_is_no_change(town):
    town.write("plan/notes.txt")
    (town.root / PLAN).unlink()
    town.write(PLAN + "/x.txt")
    first = town.commit()
    town.git("rm", "-r", "--quiet", "--cached", "plan")
    town.git("update-index", "--add", "--cacheinfo", f"160000,{first},plan")
    town.git("commit", "--quiet", "-m", "other")
    second = town.git("rev-parse", "HEAD")
    found = list(town.differences(second, first).between(second, first))
    assert [(one.path, one.change is None) for one in found] == [("plan", True), (f"{PLAN}/x.txt", False)]


def test_another_repository_in_the_place_of_a_file_is_a_file_that_is_gone(town):
    town.write(ENTRY)
    first = town.commit()
    second = town.put("160000", "1" * 40, ENTRY)
    assert town.changes(second, first) == [("deleted", ENTRY)]
    third = town.put("160000", "2" * 40, ENTRY)
    assert town.changes(third, second) == []
    assert town.changes(first, third) == [("added", ENTRY)]
