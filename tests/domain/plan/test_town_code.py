import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.domain.plan.town_code import PREFECTURES, check_digit, is_code, prefecture

KNOWN = {
    "011002": "札幌市",
    "131016": "千代田区",
    "133035": "瑞穂町",
    "271004": "大阪市",
    "401307": "福岡市",
    "473821": "与那国町",
    "010006": "北海道",
    "130001": "東京都",
}


@pytest.mark.parametrize("code", KNOWN)
def test_the_codes_of_the_list_are_codes(code):
    assert is_code(code)


@pytest.mark.parametrize(
    "code", ["133034", "13303", "1330355", "１３３０３５", "13303x", "", "001009", "480002", " 133035"]
)
def test_other_texts_are_none(code):
    assert not is_code(code)


def test_a_code_begins_with_its_prefecture():
    assert [prefecture(code) for code in ("011002", "133035", "473821")] == ["北海道", "東京都", "沖縄県"]
    assert prefecture("480000") is None
    assert len(PREFECTURES) == 47


@given(st.integers(1, 47), st.integers(0, 999), st.integers(0, 4), st.integers(1, 9))
def test_one_digit_that_was_mistyped_is_found_nearly_always(first, rest, place, step):
    number = f"{first:02}{rest:03}"
    code = number + check_digit(number)
    assert is_code(code)
    wrong = code[:place] + str((int(code[place]) + step) % 10) + code[place + 1 :]
    assert not is_code(wrong) or code[-1] == "1"  # the one digit that stands for two remainders
