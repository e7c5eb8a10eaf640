# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""The page of the review in a real browser: what it does, whom it serves, and that it does no more."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it comes without types
from playwright.sync_api import expect

from mizuho_pdca.language import translator
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers
from mizuho_pdca.render.html.page import page as as_html

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LIST = "#paper-initiatives"
HOSTILE = (
    "<script>window.broken = 1</script>",
    '"><img src=x onerror="window.broken = 1">',
    "' onmouseover='window.broken = 1",
    "</script></style></title><svg onload='window.broken = 1'>",
    "javascript:window.broken = 1",
    "\x1b[31m赤\x1b[0m",
    "{{ 7*7 }}",
    "長" * 3000,
    "x" * 3000,
    "\u202eabc",
    "$& {column}",
)


def rows(page, section=LIST):
    return page.locator(f"{section} tbody tr:visible")


def texts(page, column, section=LIST):
    return page.locator(f'{section} .field[data-label="{column}"] > bdi').all_inner_texts()


def choose(page, heading, choice):
    page.locator(f"{LIST} label:has(select.choice)", has_text=heading).locator("select").select_option(value=choice)


def sort_button(page, heading, section=LIST):
    return page.locator(f"{section} thead").get_by_role("button", name=heading, exact=True)


@pytest.fixture
def page(watched, address):
    return watched.open(address)


# -- everything is there, and nothing else is asked for ---------------------------------------


def test_the_whole_page_is_one_file(page, watched, address):
    page.wait_for_timeout(300)
    assert {url for url in watched.requests if url.startswith("file")} == {address}
    assert page.locator("h1").inner_text().startswith("瑞穂町工業振興計画")
    loaded = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert [name for name in loaded if not name.startswith("data:")] == []


def test_the_policy_holds_back_what_is_not_the_pages_own(page, watched):
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.broken = 1'}))")
    page.evaluate("fetch('https://example.com/').catch(() => null)")
    page.wait_for_timeout(200)
    assert page.evaluate("window.broken") is None
    assert any("Content Security Policy" in complaint for complaint in watched.complaints)
    assert not any("example.com" in url for url in watched.requests)
    watched.complaints.clear()


def test_without_scripts_everything_is_shown_and_nothing_invites_a_click(watched, address, sample_papers):
    page = watched.open(address, java_script_enabled=False)
    for paper in sample_papers.for_council.papers:
        assert page.locator(f"#paper-{paper.name} .grid tbody tr:visible").count() == len(paper.rows)
    assert page.locator("button:visible, select:visible, input:visible").count() == 0


# -- finding and sorting ----------------------------------------------------------------------


def test_words_narrow_the_list_and_the_count_is_said(page, sample_papers):
    whole = len(sample_papers.papers[1].rows)
    status = page.locator(f"{LIST} [role=status]")
    assert rows(page).count() == whole
    page.locator(f"{LIST} input").fill("ビジネス マッチング")
    expect(rows(page)).not_to_have_count(whole)
    left = rows(page).count()
    assert 0 < left < whole
    assert all("マッチング" in text for text in rows(page).all_inner_texts())
    said = status.inner_text()
    assert str(left) in said
    assert str(whole) in said
    page.locator(f"{LIST} .reset").click()
    expect(rows(page)).to_have_count(whole)
    assert page.locator(f"{LIST} input").input_value() == ""


@pytest.mark.parametrize("word", ["ﾋﾞｼﾞﾈｽﾏｯﾁﾝｸﾞ", "びじねすまっちんぐ", "マッチング　ビジネス"])
def test_width_kana_and_order_of_words_do_not_matter(page, word, sample_papers):
    wanted = [row for row in sample_papers.papers[1].rows if any("ビジネスマッチング" in cell.text for cell in row)]
    page.locator(f"{LIST} input").fill(word)
    expect(rows(page)).to_have_count(len(wanted))


@pytest.mark.parametrize("word", ["1-1-2-1", "１－１②－１", "1-1②-1"])
def test_a_row_is_found_by_its_number(page, word, sample_papers):
    page.locator(f"{LIST} input").fill(word)
    expect(rows(page)).not_to_have_count(len(sample_papers.papers[1].rows))
    assert page.locator("[id='1-1-2-1']").is_visible()


def test_every_column_of_few_words_has_a_list_of_them(page, sample_papers):
    paper = sample_papers.papers[1]
    positions = [n for n, column in enumerate(paper.columns) if column.choices]
    assert page.locator(f"{LIST} select.choice").count() == len(positions)
    for position in positions:
        wanted = list(dict.fromkeys(row[position].choice for row in paper.rows))
        options = page.locator(f"{LIST} select[data-position='{position}'] option")
        assert options.all_inner_texts()[1:] == wanted


def test_lists_narrow_together(page, sample_papers):
    paper = sample_papers.papers[1]
    status, rating = (
        next(n for n, one in enumerate(paper.columns) if one.heading.startswith(word)) for word in ("状況", "評価")
    )
    chosen = next(row for row in paper.rows if row[rating].choice == "A")
    wanted = [row for row in paper.rows if (row[status].text, row[rating].choice) == (chosen[status].text, "A")]
    choose(page, "状況", chosen[status].choice)
    choose(page, "評価", "A")
    assert rows(page).count() == len(wanted)


def test_a_column_is_sorted_by_the_keyboard(page):
    original = texts(page, "状況")
    button = sort_button(page, "状況")
    head = button.locator("xpath=ancestor::th")
    button.focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    up = texts(page, "状況")
    assert "状況" in page.locator(f"{LIST} [role=status]").inner_text()
    page.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "descending"
    down = texts(page, "状況")
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") is None
    assert texts(page, "状況") == original
    assert sorted(up) == sorted(down) == sorted(original)
    assert list(dict.fromkeys(up)) == list(dict.fromkeys(down))[::-1]
    assert len(list(dict.fromkeys(up))) == len(set(original))


def test_numbers_are_sorted_as_numbers(page):
    section = "#paper-indicators"
    sort_button(page, "当年度", section).click()
    fields = page.locator(f'{section} .field[data-label="当年度"]')
    written = fields.evaluate_all("all => all.map(one => one.dataset.number ?? '')")
    numbers = [float(number) if number else None for number in written]
    known = [number for number in numbers if number is not None]
    assert known == sorted(known)
    assert numbers[: len(known)] == known, "what has no number comes last"


def test_numbers_of_the_plan_are_sorted_as_people_count(page, sample_papers):
    sort_button(page, "番号").click()
    anchors = page.locator(f"{LIST} tbody tr").evaluate_all("all => all.map(one => one.id)")
    assert anchors == sorted(anchors, key=lambda anchor: [int(part) for part in anchor.split("-")])
    assert set(anchors) == set(sample_papers.papers[1].anchors)


def test_columns_that_stand_below_others_are_sorted_too(page):
    button = sort_button(page, "翌年度の予定")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator(f"{LIST} th[aria-sort]").count() == 1


def test_on_a_telephone_the_order_is_chosen_from_a_list(watched, address):
    page = watched.open(address, **PHONE)
    assert page.locator(f"{LIST} thead").is_hidden()
    page.locator(f"{LIST} select.order").select_option(value="0 descending")
    assert page.locator(f"{LIST} tbody tr").first.get_attribute("id").startswith("4-")


# -- links ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [DESKTOP, PHONE, {"width": 900, "height": 900}])
def test_a_deep_link_shows_its_row(watched, address, size):
    page = watched.open(f"{address}#3-1-2-1", **size)
    page.wait_for_timeout(200)
    box = page.locator("[id='3-1-2-1']").bounding_box()
    assert 0 <= box["y"] < size["height"] / 2
    plain, marked = (
        page.locator(f"[id='{one}'] > :first-child").evaluate("one => getComputedStyle(one).backgroundColor")
        for one in ("1-1-1-1", "3-1-2-1")
    )
    assert plain != marked


def test_a_row_is_not_hidden_by_the_head_of_its_table(watched, address):
    page = watched.open(f"{address}#3-1-2-1")
    head = page.locator(f"{LIST} thead th").first.bounding_box()
    assert head["y"] == pytest.approx(0, abs=1), "the head stays in sight"
    assert page.locator("[id='3-1-2-1']").bounding_box()["y"] >= head["y"] + head["height"] - 1


def test_a_link_to_a_hidden_row_shows_it_again(page):
    page.locator(f"{LIST} input").fill("この語はどこにもない")
    expect(rows(page)).to_have_count(0)
    page.locator("#paper-summary tbody a:not(.here)").nth(1).click()
    assert page.locator("[id='1-1-1-1']").is_visible()
    assert rows(page).count() > 1


def test_a_row_links_to_itself(page):
    page.locator("[id='1-1-2-1'] a.here").click()
    assert page.url.endswith("#1-1-2-1")


def test_the_first_stop_of_the_keyboard_leads_to_the_papers(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


# -- for everyone, on every screen and on paper -----------------------------------------------


@pytest.mark.parametrize("state", ["plain", "used"])
@pytest.mark.parametrize("size", [DESKTOP, {"width": 900, "height": 900}, PHONE])
def test_axe_finds_nothing(watched, address, size, state):
    page = watched.open(f"{address}#1-1-2-1", **size)
    if state == "used":
        page.locator(f"{LIST} input").fill("企業")
        page.locator(f"{LIST} select.order").evaluate(
            "one => { one.value = '0 descending'; one.dispatchEvent(new Event('change', {bubbles: true})) }"
        )
        page.locator("details").first.evaluate("one => one.open = true")
        page.wait_for_timeout(400)
    assert watched.complaints == []
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
    watched.complaints.clear()  # those that axe itself caused
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 360, 390, 640, 641, 900, 1099, 1100, 1280, 1920])
def test_no_page_is_wider_than_its_window(watched, address, width):
    page = watched.open(address, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [641, 900])
def test_what_scrolls_is_reached_by_the_keyboard(watched, address, width):
    page = watched.open(address, width=width)
    page.wait_for_timeout(100)
    grid = page.locator(f"{LIST} .grid")
    assert grid.get_attribute("tabindex") == "0"
    grid.evaluate("one => { one.scrollLeft = 300; one.scrollTop = 300 }")
    frame, key = grid.bounding_box(), page.locator("[id='1-1-2-1'] > :first-child").bounding_box()
    assert key["x"] == pytest.approx(frame["x"], abs=2), "the numbers stay in sight"


_CUT = """() => [...document.querySelectorAll('.grid .number bdi, .bars td + td bdi')].flatMap(said => {
  const text = said.firstChild
  return [...(text?.textContent ?? '').matchAll(/[!-.0-~]+/g)].filter(figure => {
    const range = document.createRange()
    range.setStart(text, figure.index)
    range.setEnd(text, figure.index + figure[0].length)
    return new Set([...range.getClientRects()].map(line => Math.round(line.top))).size > 1
  }).map(figure => figure[0])
})"""


@pytest.mark.parametrize("width", [1920, 1280, 1100, 1000, 390])
def test_no_figure_is_cut_into_two_lines(watched, address, width):
    assert watched.open(address, width=width).evaluate(_CUT) == []


def test_a_table_of_long_figures_scrolls_and_the_page_does_not(watched, tmp_path):
    columns = (Column("番号", 8), *(Column("執行率", 8, number=True) for _ in range(9)))
    row = (Cell("1-1"), *(Cell("84.5% (175,201,000/188,976,543)"),) * 9)
    paper = Paper("summary", "総括表", columns, (row,))
    file = tmp_path / "wide.html"
    file.write_bytes(as_html(Papers("題", (), None, (paper,), ()), translator("ja")))
    page = watched.open(file.as_uri(), width=1280)
    assert page.evaluate(_CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_on_a_telephone_every_value_has_its_label(watched, address):
    page = watched.open(address, **PHONE)
    labels = page.locator("[id='1-1-2-1'] .field").evaluate_all(
        "all => all.map(one => getComputedStyle(one, '::before').content)"
    )
    assert '"番号"' in labels
    assert "none" not in labels


def test_paper_shows_no_controls_and_all_rows(page, sample_papers):
    page.emulate_media(media="print")
    assert page.locator(".tools :is(button, select, input):visible").count() == 0
    buttons = page.locator("thead button").evaluate_all("all => all.map(one => getComputedStyle(one).display)")
    assert set(buttons) == {"contents"}, "the headings are plain words"
    assert page.locator(".skip:visible, .contents:visible, .here:visible, .back:visible").count() == 0
    assert rows(page).count() == len(sample_papers.papers[1].rows)
    assert page.locator(f"{LIST} thead").evaluate("one => getComputedStyle(one).display") == "table-header-group"
    assert page.locator(f"{LIST} tbody tr").first.evaluate("one => getComputedStyle(one).breakInside") == "avoid"
    assert page.locator(f"{LIST} thead th").first.inner_text() == "番号"


def test_a_printed_choice_says_that_it_is_one(page):
    choose(page, "評価", "A")
    page.emulate_media(media="print")
    assert page.locator(f"{LIST} [role=status]").is_visible()


# -- harm -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_hostile_texts_do_nothing(watched, tmp_path: Path, size):
    columns = (Column("番号", 8), Column("本文", 20, choices=True), Column("続き", 20, under=True))
    cells = tuple((Cell(text), Cell(text, key=text, link=text), Cell(text)) for text in HOSTILE)
    paper = Paper("initiatives", HOSTILE[0], columns, cells, keys=2, anchors=HOSTILE)
    file = tmp_path / "hostile.html"
    file.write_bytes(as_html(Papers(HOSTILE[1], HOSTILE[:5], HOSTILE[0], (paper,), HOSTILE[:5]), translator("ja")))
    page = watched.open(file.as_uri(), **size)
    for heading in ("番号", "本文"):
        page.locator("select.order").evaluate(
            "(one, label) => { one.selectedIndex = [...one.options].findIndex(o => o.text.includes(label));"
            " one.dispatchEvent(new Event('change', {bubbles: true})) }",
            heading,
        )
    select = page.locator("select.choice")
    for n in range(1, len(HOSTILE) + 1):
        select.select_option(index=n)
        assert rows(page).count() == 1
    page.locator("input").fill("<script>")
    page.wait_for_timeout(400)
    page.mouse.move(200, 200)
    assert page.evaluate("window.broken") is None
    assert page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
