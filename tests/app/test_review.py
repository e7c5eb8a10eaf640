# mypy: allow-untyped-calls
from datetime import datetime, timedelta, timezone

import pytest

from mizuho_pdca.app.log import log
from mizuho_pdca.app.plan import show_plan
from mizuho_pdca.app.review import make_review, make_years
from mizuho_pdca.app.status import current_year, make_standing
from mizuho_pdca.errors import UsageFault

JAPAN = timezone(timedelta(hours=9))


@pytest.fixture
def desk(make_desk, workspace):
    return make_desk(workspace)


@pytest.fixture
def with_departments(workspace):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    changed = text.replace("{id: 1-1-1-2, title", "{id: 1-1-1-2, department: 産業課, title")
    assert changed != text
    path.write_text(changed, encoding="utf-8")


def test_a_clean_review_has_every_listing_and_nothing_reported(desk):
    report = make_review(desk, 2024)
    assert len(report.initiatives) == 36
    assert (report.total.tally.listed, report.total.tally.distinct, report.total.tally.not_reported) == (36, 30, 30)
    assert not any(row.state.reported for row in report.initiatives)


def test_a_review_carries_the_commit_and_the_problems(desk, workspace, git):
    git(workspace, "init", "--quiet")
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "begin")
    (workspace / "records").mkdir()
    (workspace / "records" / "note.txt").touch()
    assert make_review(desk, 2024).as_of.dirty is False  # what is no data is no change of it
    log(desk, "1-1②-1", "訪問")
    report = make_review(desk, 2024)
    assert report.as_of.commit == git(workspace, "rev-parse", "HEAD").strip()
    assert report.as_of.dirty is True
    assert [problem.fault.code for problem in report.problems] == ["W402"]


@pytest.mark.parametrize(
    ("part", "listings"),
    [({"policy": "1"}, 16), ({"policy": "基本方針４"}, 4), ({"measure": "1-1"}, 4), ({"measure": "４－３"}, 1)],
)
def test_a_part_of_the_plan_can_be_reviewed(desk, part, listings):
    assert len(make_review(desk, 2024, **part).initiatives) == listings


@pytest.mark.parametrize(
    ("part", "option"),
    [({"policy": "1-1"}, "--policy"), ({"measure": "1"}, "--measure"), ({"measure": "1-1②"}, "--measure")],
)
def test_a_number_on_another_level_is_refused(desk, part, option):
    with pytest.raises(UsageFault) as caught:
        make_review(desk, 2024, **part)
    assert option in caught.value.text(str)


@pytest.mark.parametrize("option", ["policy", "measure", "department"])
def test_an_empty_option_was_given_all_the_same(desk, option):
    with pytest.raises(UsageFault) as caught:
        make_review(desk, 2024, **{option: ""})
    expected = 'no initiative is seen to by ""' if option == "department" else 'there is no "" in the plan'
    assert caught.value.text(str).startswith(f"Error: {expected}")


def test_the_work_of_a_department_can_be_reviewed(desk, with_departments):  # noqa: ARG001
    for typed in ("産業課", " 産業課　", "産業課\u200b"):
        assert [row.place.id for row in make_review(desk, 2024, department=typed).initiatives] == ["1-1-1-2"]
    with pytest.raises(UsageFault) as caught:
        make_review(desk, 2024, department="観光課")
    assert "産業課" in caught.value.text(str)


def test_each_of_several_departments_finds_its_work_in_the_years_that_it_had_it(desk, workspace):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    by_year = "{id: 1-1-1-2, department: {2022: 産業課、企画課, 2026: [商工観光課, 産業課]}, title"
    path.write_text(text.replace("{id: 1-1-1-2, title", by_year), encoding="utf-8")

    def found(year, department):
        return [row.place.id for row in make_review(desk, year, department=department).initiatives]

    assert (
        found(2024, "産業課")
        == found(2024, "企画課")
        == found(2026, "商工観光課")
        == found(2026, "産業課")
        == ["1-1-1-2"]
    )
    with pytest.raises(UsageFault) as caught:
        found(2024, "商工観光課")
    assert "The plan names: 企画課, 産業課." in caught.value.text(str)


def test_a_plan_without_departments_says_so(desk):
    with pytest.raises(UsageFault) as caught:
        make_review(desk, 2024, department="産業課")
    assert "department:" in caught.value.text(str)


def test_who_has_reported_counts_each_initiative_once(desk):
    log(desk, "1-1②-1", "訪問", day="2024-06-12")
    now = make_standing(desk, 2024)
    assert (now.reporting.numerator, now.reporting.denominator) == (1, 30)
    assert "1-1-2-1" not in {row.place.id for row in now.missing}


@pytest.mark.parametrize(
    ("now", "year", "is_over"),
    [
        (datetime(2025, 3, 31, tzinfo=JAPAN), 2024, False),
        (datetime(2025, 4, 1, tzinfo=JAPAN), 2025, False),
        (datetime(2020, 1, 1, tzinfo=JAPAN), 2022, False),
        (datetime(2040, 1, 1, tzinfo=JAPAN), 2031, True),
    ],
)
def test_this_year_stays_within_the_plan(make_desk, workspace, now, year, is_over):
    assert current_year(make_desk(workspace, now)) == (year, is_over)


def test_the_whole_plan_is_shown_by_default(desk):
    plan, places = show_plan(desk, None, None)
    assert places == list(plan.places.values())


def test_a_part_of_the_plan_is_shown_with_what_is_above_it(desk):
    _, places = show_plan(desk, "1-1②", None)
    assert [place.id for place in places] == ["1", "1-1", "1-1-2", "1-1-2-1", "1-1-2-2"]


def test_a_year_shows_what_is_in_force_then(desk, workspace):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{id: 1-1-1-2, title", "{id: 1-1-1-2, from: 2027, title"), encoding="utf-8")
    assert "1-1-1-2" not in {place.id for place in show_plan(desk, None, 2026)[1]}
    assert "1-1-1-2" in {place.id for place in show_plan(desk, None, 2027)[1]}
    with pytest.raises(UsageFault):
        show_plan(desk, None, 2050)


def test_departments_of_several_years_are_named_as_in_the_last(make_desk, workspace):
    plan = workspace / "plan" / "measures.yaml"
    text = plan.read_text(encoding="utf-8")
    by_year = "department: {2022: 産業課, 2024: 商工課}"
    plan.write_text(text.replace("{id: 1-1-1-2, title", f"{{id: 1-1-1-2, {by_year}, title"), encoding="utf-8")
    desk = make_desk(workspace)
    assert [*make_years(desk, range(2022, 2025), department="商工課").reports] == [2022, 2023, 2024]
    for years, name in ((range(2022, 2025), "産業課"), (range(2022, 2024), "商工課")):
        with pytest.raises(UsageFault):
            make_years(desk, years, department=name)


@pytest.mark.parametrize("years", [range(2021, 2024), range(2030, 2033)])
def test_the_first_and_the_last_of_several_years_are_years_of_the_plan(desk, years):
    with pytest.raises(UsageFault):
        make_years(desk, years)
