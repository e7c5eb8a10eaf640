import sys

import pytest

from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.render.pdf import fonts
from mizuho_pdca.render.pdf.fonts import GETA, Font, folders


@pytest.fixture(scope="module")
def font():
    return Font()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "瑞穂町工業振興計画",
        "ひらがな カタカナ ﾊﾝｶｸ ABC abc 123 ！？",
        "①②③ ㈱ ㍻ № ℡ – — ・ … 〜 ～ − △ ■ ● ◇ □ ↑ → ↓ ※ 〓",
        "髙﨑 𠮷野家 𩸽 鷗",
        "葛\U000e0100城 辻\U000e0101",
        "1行目\n2行目",
        "a\u200bb",
        "か\u3099",
        "äöüß ñ Ω я",
    ],
)
def test_what_the_font_has_stays_as_it_is(font, text):
    assert font.printable(text) == text


@pytest.mark.parametrize(
    "sign",
    list("👍😀\U0001f1efשاก\u0b95\udc82\ud800\x00\x1b\x7f\ufffe\uffff\U0010ffff\ue000"),
    ids=ascii,
)
def test_what_the_font_lacks_becomes_a_geta(font, sign):
    assert font.printable(f"前{sign}後") == f"前{GETA}後"


@pytest.mark.parametrize(
    "mark", list("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0e\ufe0f"), ids=ascii
)
def test_marks_of_direction_and_style_are_dropped(font, mark):
    assert font.printable(f"前{mark}後{mark}") == "前後"


def test_a_tab_is_a_blank_and_every_line_end_a_line_end(font):
    assert font.printable("a\tb\r\nc\rd\ne") == "a b\nc\nd\ne"


def test_there_is_a_sign_for_every_one_that_is_not_a_mark_of_direction(font):
    text = "".join(map(chr, range(0x20, 0x3000, 7)))
    dropped = sum(ord(sign) in {0x61C, 0x200E, 0x200F} or 0x202A <= ord(sign) <= 0x202E for sign in text)
    assert len(font.printable(text)) in range(len(text) - dropped - 4, len(text) + 1)


def test_regular_and_bold_have_each_a_folder_with_a_font():
    assert len(set(folders())) == 2
    assert all(list(folder.glob("*.otf")) for folder in folders())


@pytest.mark.parametrize("package", ["noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold"])
def test_without_the_fonts_it_is_said_what_to_install(monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    fonts._files.cache_clear()  # noqa: SLF001 (the place is remembered)
    with pytest.raises(EnvironmentFault) as caught:
        folders()
    assert package in caught.value.text(str)
    assert "mizuho-pdca[papers]" in caught.value.text(str)
    fonts._files.cache_clear()  # noqa: SLF001 (the same)
