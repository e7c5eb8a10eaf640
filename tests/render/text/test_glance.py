from mizuho_pdca.domain.review.standing import standing
from mizuho_pdca.language import translator
from mizuho_pdca.render.text.glance import glance_text

EN, JA = translator("en"), translator("ja")


def test_a_new_year_lists_the_first_that_are_missing_and_counts_the_rest(adopted_report):
    text = glance_text(standing(adopted_report), "令和6年度（2024年度）", None, ["記録する"], JA, 80)
    lines = text.split("\n")
    assert lines[:2] == ["瑞穂町工業振興計画", "令和6年度（2024年度）"]
    assert "0/30" in text
    assert "2025-03-31" in text
    assert [line.split()[0] for line in lines if line.startswith("  1-")] == [
        "1-1①-1",
        "1-1①-2",
        "1-1②-1",
        "1-1②-2",
        "1-2①-1",
    ]
    assert lines[6:8] == [
        "  1-1①-2 中小企業振興資金融資あっせん制度により融資を受けた事業者への利子補給・",
        "         保証料補助",
    ]
    assert "25" in lines[11]
    assert lines[-1] == "  記録する"


def test_a_year_with_everything_reported_names_what_is_left(report):
    text = glance_text(standing(report), "FY2024", None, ["one", "two"], EN, 80)
    assert "Reported 2/2" in text
    assert "Not reported" not in text
    assert "Not evaluated yet: 1" in text
    assert "Indicators without a value" not in text
    assert text.endswith("  one\n  two")


def test_up_to_five_missing_ones_are_all_listed(make_report):
    text = glance_text(standing(make_report("id: a, target: 1-1-1-2, status: done")), "FY2024", None, [], EN, 80)
    assert "  1-1①-1 企業訪問活動の実施\n" in text
    assert "more" not in text
    assert "Indicators without a value: 3" in text


def test_a_sample_says_so_beside_the_year(make_report):
    text = glance_text(standing(make_report("id: a, status: done, sample: true")), "令和6年度", "見本", [], JA, 80)
    assert "令和6年度 【見本】" in text


def test_an_opinion_that_waits_for_an_answer_is_counted(make_report):
    opinion = "id: a, kind: opinion, fiscal_year: 2024, date: 2025-08-01, target: 1-1, meeting: 2025-08-01, text: x"
    text = glance_text(standing(make_report(opinion)), "FY2024", None, [], EN, 80)
    assert "Opinions without an answer: 1" in text
