"""Write the draft of a plan's file: what an outline gives, and comments that say what to fill in."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from mizuho_pdca.domain.plan.numbers import parent_id
from mizuho_pdca.domain.plan.outline import OutlineNode, one_line
from mizuho_pdca.domain.plan.outline_indicators import OutlineIndicator, is_figure
from mizuho_pdca.domain.plan.targets import EVERY_YEAR, EVERY_YEAR_KEY
from mizuho_pdca.storage.workspace import own_plan
from mizuho_pdca.storage.yaml.reading import loads

_KEYS = {3: ("policies", "measures", "initiatives"), 4: ("policies", "measures", "submeasures", "initiatives")}
"""Under which keys the nodes of each level stand, by the number of levels."""

_MARK = "★"
_OUTSIDE_PLAIN = re.compile(r"[\[\]{},#&*!|>'\"%@`\\:]|^[-?=~<.+ ]| $")
_YEARS = 5
"""Fiscal years of a plan whose period nobody gave."""


@dataclass(frozen=True)
class Asked:
    """What the header of a plan needs, as far as somebody gave it; the years are fiscal ones, both included."""

    title: str | None = None
    municipality: str | None = None
    council: str | None = None
    since: int | None = None
    until: int | None = None

    def period(self, this_year: int) -> tuple[int, int]:
        """Return the first and the last fiscal year, where need be from this one on."""
        since = self.since
        if since is None:
            since = this_year if self.until is None else self.until - _YEARS + 1
        return since, since + _YEARS - 1 if self.until is None else self.until


def draft_text(
    name: str, asked: Asked, levels: Sequence[str], nodes: Sequence[OutlineNode], period: tuple[int, int]
) -> str:
    """Return the text of a plan's file, made of the outline in the file ``name``."""
    below: defaultdict[str | None, list[OutlineNode]] = defaultdict(list)
    for node in nodes:
        below[parent_id(node.id)].append(node)
    ones = "-1" * (len(levels) - 1)
    ids = (f"kpi-{n}" for n in count(1))
    return "\n".join(
        [
            _HEAD.format(source=one_line(name), mark=_MARK, original=f"1{ones}", relisting=f"2{ones}"),
            *_header(one_line(name).rpartition(".")[0], asked, levels, period),
            _own_scheme(),
            _INDICATORS.format(since=period[0]),
            f"{_KEYS[len(levels)][0]}:",
            *_nodes(below, None, _KEYS[len(levels)], ids),
            "",
        ]
    )


_HEAD = """\
# {source} から pdca init が作った、計画の下書き
#
# 直すところ
#   ・{mark} の付いた行を、計画書のとおりに直し、{mark} のメモを消します。
#   ・指標（KPI）と、ここにない説明（summary: や出典 source:）を書き足します。
#   ・直したら pdca validate で確かめてください。誤りのある行と直し方が出ます。
#     {mark} の書き残しは出ないので、{mark} を検索して確かめます。
#
# 書き方の決まり
#   ・字下げは半角スペース2つずつ。タブと全角スペースは使いません。
#   ・「#」から行末まではメモです。読み込まれないので、自由に書き足せます。
#   ・「名前: 値」の「:」の後ろには半角スペースを1つ入れます。
#   ・1 のように数字1つだけの番号は "1" と引用符で囲みます。1-1 からは不要です。
#   ・記録は番号で結び付くため、一度使った番号は変えず、ほかのものにも使い回しません。
#   ・やめたものは消さず、最後の年度を until: 2026 のように書きます（2026年度までは有効）。
#   ・途中から加わるものには、始まる年度を from: 2027 のように書きます。
#   ・再掲は {{id: {relisting}, relisted_from: {original}}} のように、元の番号だけを書きます。
schema: 1
"""

_INDICATORS = """\
# 指標（indicators:）の足し方
#   測りたいものの title: などの次の行に、頭をそろえて、次のように書き足します。
#     indicators:
#     - id: company-visits    # 半角の英小文字・数字・ハイフン。計画全体で重ならないように
#       name: 企業訪問件数
#       unit: 件
#       kind: output          # output 活動指標（行った量）、outcome 成果指標（その結果の変化）
#       direction: increase   # increase 増やす、decrease 減らす、maintain 保つ、none 見守るだけ
#       method: ratio         # ratio 実績÷目標、progress 基準値からの進み、maintain 達成か未達成か、done 設置／なしなど
#                             # inverse 目標÷実績（減らす指標で、基準値がないもの）
#       aggregate: sum        # sum 年度内の合計、cumulative 累計、latest 最後の値、max 最大、mean 平均
#       baseline: {{year: {since}, value: 40, source: 計画書 第2章}}
#       targets: {{{since}: 60}}   # 「年度: 目標値」を , で並べます
#       adopted: false        # 正式に採用した指標は true。false の間は（案）と印刷されます
#   予算と決算は kind: input とし、unit: を円・千円・百万円、targets: を予算額にします。決算額を実績として記録します。
#   目標値は {{text: 維持}}、{{text: 維持, at_least: 50}}、{{from: 5, to: 10}} とも書けます。
#   毎年度同じなら targets: {{every_year: 500}} とします。"""


def _header(name: str, asked: Asked, levels: Sequence[str], period: tuple[int, int]) -> Iterator[str]:
    def line(key: str, told: str | None, otherwise: str, what: str) -> str:
        text = one_line(told or "")
        return f"{key}: {_scalar(text or otherwise)}" + ("" if text else f"   # {_MARK} {what}")

    is_whole = asked.since is not None and asked.until is not None
    yield "plan:"
    yield f"  id: plan-{period[0]}   # {_MARK} 計画の記号。英数字で、計画ごとに変えます"
    yield line("  title", asked.title, f"{name}（仮の名称）", "計画の名称")
    yield "  # edition: 第1版（令和○年○月）"
    yield line("  municipality", asked.municipality, "○○町", "市町村名")
    yield "  # office: 企画課"
    yield "  language: ja"
    what = "" if is_whole else f"   # {_MARK} 計画の期間。年度で書き、どちらの年度も含みます"
    yield f"  period: {{from: {period[0]}, until: {period[1]}}}{what}"
    yield "  # vision: 計画の将来像"
    yield "  council:"
    yield line("    name", asked.council, "○○協議会", "年に1回、計画の進み具合を確かめる会議")
    yield f"  levels:   # {_MARK} 各階層の呼び名。上から順に、画面や資料に印刷されます"
    yield from (f"  - name: {_scalar(level)}" for level in levels)
    yield ""


def _own_scheme() -> str:
    """Return the scheme of the program's own plan as it is written, with its comments."""
    lines = own_plan().splitlines()
    first, last = lines.index("scheme:"), lines.index("policies:")
    while lines[first - 1].startswith("#"):
        first -= 1
    return "\n".join(lines[first:last])


def _nodes(
    below: Mapping[str | None, Sequence[OutlineNode]], parent: str | None, keys: Sequence[str], ids: Iterator[str]
) -> Iterator[str]:
    for node in below.get(parent, ()):
        pairs = {"id": node.id, "label": node.label, "title": node.title, "department": node.department}
        if node.relisted_from is not None:
            pairs = {"id": node.id, "label": node.label, "relisted_from": node.relisted_from}
        lines = [f"{key}: {_scalar(value)}" for key, value in pairs.items() if value]
        if node.relisted_from is not None:
            yield f"- {{{', '.join(lines)}}}"
            continue
        if node.partners:
            lines.append(f"partners: [{', '.join(map(_scalar, node.partners))}]")
        if node.tags:
            lines.append(f"tags: [{', '.join(map(_scalar, node.tags))}]")
        if node.schedule:
            lines += ["schedule:", *(f"  {year}: {_scalar(step)}" for year, step in sorted(node.schedule.items()))]
        if node.owner:
            lines += ["owner:", *(f"  {key}: {_scalar(text)}" for key, text in node.owner.items())]
        if node.indicators:
            lines += ["indicators:", *(line for one in node.indicators for line in _indicator(next(ids), one))]
        yield f"- {lines[0]}"
        yield from (f"  {line}" for line in lines[1:])
        if keys[1:]:
            nodes = list(_nodes(below, node.id, keys[1:], ids))
            yield f"  {keys[1]}:" + ("" if nodes else " []")
            yield from (f"  {line}" for line in nodes)


def _indicator(own_id: str, indicator: OutlineIndicator) -> Iterator[str]:
    """Yield the lines of an indicator; what its row doesn't say is marked."""
    course = indicator.course
    yield f"- id: {own_id}   # {_MARK} 指標の記号。半角の英小文字・数字・ハイフンで、分かりやすく付けます"
    yield f"  name: {_scalar(indicator.name)}"
    if indicator.unit:
        yield f"  unit: {_scalar(indicator.unit)}"
    yield f"  kind: outcome   # {_MARK} output 活動指標、outcome 成果指標、input 予算など"
    direction, method = course or ("none", "ratio")
    asked = (
        "" if course else f"   # {_MARK} increase 増やす、decrease 減らす、maintain 保つ。none の間は達成を判定しません"
    )
    yield f"  direction: {direction}{asked}"
    yield f"  method: {method}"
    yield f"  aggregate: latest   # {_MARK} sum 年度内の合計、cumulative 累計、latest 最後の値"
    if indicator.baseline is not None:
        yield "  baseline: {{year: {}, value: {}}}".format(*indicator.baseline)
    if indicator.targets:
        yield "  targets:"
    for year, text in sorted(indicator.targets.items()):
        target = text if is_figure(text) else f"{{text: {_scalar(text)}}}"
        yield f"    {EVERY_YEAR_KEY if year == EVERY_YEAR else year}: {target}"
    yield f"  adopted: true   # {_MARK} 正式に採用したもの。案なら false"


def _scalar(text: str) -> str:
    """Return a text of one line as YAML, bare where that reads back as the same text."""
    bare = not _OUTSIDE_PLAIN.search(text) and not text.isdecimal()  # 0234 is a number to other readers
    try:
        bare = bare and loads(text) == text
    except ValueError:
        bare = False
    return text if bare else json.dumps(text, ensure_ascii=False)
