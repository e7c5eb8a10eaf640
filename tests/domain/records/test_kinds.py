from datetime import date
from typing import TypeVar, get_args

import pytest

from mizuho_pdca.domain.records.entries import Entry, Evaluation, OfYear, Recorded, Response, Withdrawal
from mizuho_pdca.domain.records.kinds import KINDS, Form, displaced, first_line, references, texts

HEAD = {
    "schema": 1,
    "id": "2024-06-12-k7x3q9",
    "target": "1-1-1-1",
    "date": "2024-06-12",
    "by": "産業課",
    "recorded": "2024-06-12T10:22:33+09:00",
}


T = TypeVar("T", bound=Recorded)


def entry(shape: type[T], **keys: object) -> T:
    return shape.model_validate({**HEAD, **keys})


def test_every_kind_of_entry_is_described_and_no_other():
    assert [kind.shape for kind in KINDS.values()] == list(get_args(Entry))
    for code, kind in KINDS.items():
        assert get_args(kind.shape.model_fields["kind"].annotation) == (code,)


@pytest.mark.parametrize("code", KINDS)
def test_every_key_that_a_kind_adds_is_described(code):
    kind = KINDS[code]
    common = {*Recorded.model_fields, *OfYear.model_fields, "kind"}
    assert [field.key for field in kind.fields] == [key for key in kind.shape.model_fields if key not in common]
    assert {field.form for field in kind.fields} <= set(get_args(Form))


def test_the_keys_of_a_form_stand_in_the_order_of_the_file():
    assert KINDS["evaluation"].keys("text") == ("progress", "issues")
    assert KINDS["response"].keys("answer", "answered") == ("responds", "state")
    assert KINDS["opinion"].keys("figures") == ()


def test_an_entry_says_its_texts_without_blanks_around_them_and_without_those_that_are_not_given():
    rated = entry(Evaluation, kind="evaluation", fiscal_year=2024, rating="B", issues=" 人手が足りない。\n次の行\n")
    assert list(texts(rated)) == [("issues", "人手が足りない。\n次の行")]
    assert first_line(rated) == "人手が足りない。"


def test_a_withdrawal_says_its_reason():
    taken = entry(Withdrawal, kind="withdrawal", fiscal_year=2024, withdraws="2024-06-11-aaaaaa", reason="誤記\n以上")
    assert first_line(taken) == "誤記"
    assert list(references(taken)) == displaced(taken) == [("withdraws", "2024-06-11-aaaaaa")]


def test_an_answer_refers_to_its_opinion_and_puts_only_what_it_corrects_out_of_force():
    keys = {"responds": "2024-06-11-aaaaaa", "supersedes": "2024-06-11-bbbbbb", "reason": "誤記"}
    answer = entry(Response, kind="response", state="answered", text="対応した。", **keys)
    assert list(references(answer)) == [("responds", "2024-06-11-aaaaaa"), ("supersedes", "2024-06-11-bbbbbb")]
    assert displaced(answer) == [("supersedes", "2024-06-11-bbbbbb")]
    assert answer.date == date(2024, 6, 12)
