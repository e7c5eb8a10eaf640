import pytest

from mizuho_pdca.language import CATALOGUES, choose_language, translator


@pytest.mark.parametrize(
    ("wanted", "environ", "language"),
    [
        (None, {}, "ja"),
        ("en", {}, "en"),
        ("EN", {}, "en"),
        ("en_GB", {"PDCA_LANG": "ja"}, "en"),
        ("ja", {"PDCA_LANG": "en", "LANG": "en_US.UTF-8"}, "ja"),
        (None, {"PDCA_LANG": "en"}, "en"),
        (None, {"PDCA_LANG": "ja", "LANG": "en_US.UTF-8"}, "ja"),
        ("fr", {"PDCA_LANG": "en"}, "en"),
        (None, {"PDCA_LANG": "fr"}, "ja"),
        (None, {"LANG": "en_US.UTF-8"}, "en"),
        (None, {"LC_ALL": "en_US.UTF-8", "LANG": "ja_JP.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "ja_JP.UTF-8"}, "en"),
        (None, {"LANG": "C"}, "ja"),
        (None, {"LANG": "C.UTF-8"}, "ja"),
        (None, {"LANG": "de_DE.UTF-8"}, "ja"),
    ],
)
def test_the_language_is_that_of_the_option_then_the_variable_then_the_locale(wanted, environ, language):
    assert choose_language(wanted, environ) == language


def test_the_environment_is_the_real_one_by_default(monkeypatch):
    monkeypatch.setenv("PDCA_LANG", "en")
    assert choose_language(None) == "en"


def test_english_needs_no_catalogue():
    assert translator("en")("  Remedy: {remedy}") == "  Remedy: {remedy}"


def test_japanese_comes_from_the_catalogue_beside_the_package():
    assert (CATALOGUES / "ja" / "LC_MESSAGES" / "pdca.mo").is_file()
    assert translator("ja")("  Remedy: {remedy}") == "  対処: {remedy}"
    assert translator("ja")("not reported") == "未入力"
    assert translator("ja")(" (draft)") == "（案）"


def test_a_text_without_a_translation_stays_english():
    assert translator("ja")("no such text") == "no such text"
