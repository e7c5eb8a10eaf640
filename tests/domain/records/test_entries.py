# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.records.entries import Activity, Actual, Evaluation, Improvement, Withdrawal


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("id: a, kind: activity", Activity),
        ("id: a, kind: actual", Actual),
        ("id: a, kind: evaluation, rating: A", Evaluation),
        ("id: a, kind: improvement, direction: 継続, next: 同じ", Improvement),
        ("id: a, kind: withdrawal, withdraws: b", Withdrawal),
    ],
)
def test_the_kind_of_an_entry_chooses_its_shape(make_entry, text, model):
    assert type(make_entry(text)) is model


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("id: a, date: 2025-03-31", 2024),
        ("id: a, date: 2025-04-01", 2025),
        ("id: a, kind: actual, fiscal_year: 2024, date: 2025-06-30", 2024),
        ("id: a, kind: evaluation, rating: A, fiscal_year: 2024, date: 2025-07-01", 2024),
    ],
)
def test_an_activity_belongs_to_the_year_of_its_day_and_any_other_entry_to_the_one_it_names(make_entry, text, year):
    assert make_entry(text).year == year


def test_entries_are_ordered_by_day_then_by_the_moment_of_recording_then_by_name(make_entry):
    texts = [
        "id: d, date: 2024-06-13, recorded: 2024-06-13T08:00:00+09:00",
        "id: c, recorded: 2024-06-20T10:00:00+09:00",
        "id: b, recorded: 2024-06-20T10:00:00+09:00",
        "id: a, recorded: 2024-06-20T00:30:00+00:00",
    ]
    assert [entry.id for entry in sorted(map(make_entry, texts), key=lambda entry: entry.order)] == ["a", "b", "c", "d"]


def test_what_is_optional_is_empty(make_entry):
    entry = make_entry("id: a")
    assert (entry.status, entry.values, entry.links, entry.sample, entry.supersedes) == (None, {}, (), False, None)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ("", None),
        ("reason: 予算がない", "予算がない"),
        ("grounds: 予算がない", "予算がない"),
        ("grounds: 予算がない, supersedes: r, reason: 誤字", "予算がない"),
        ("supersedes: r, reason: 誤字", None),
    ],
)
def test_why_nothing_will_be_done_is_never_the_reason_of_a_correction(make_entry, more, refusal):
    entry = make_entry(f"id: a, kind: response, responds: o, state: 対応しない, text: 対応しない, {more}")
    assert entry.refusal == refusal
