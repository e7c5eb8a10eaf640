"""Write the draft of a plan's file: what an outline gives, and comments that say what to fill in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mizuho_pdca.storage.workspace import own_plan
from mizuho_pdca.storage.yaml_reading import loads

CHILD_KEYS = {3: ("policies", "measures", "initiatives"), 4: ("policies", "measures", "submeasures", "initiatives")}
"""Under which keys the nodes of each level stand, by the number of levels."""

_MARK = "★"
_OUTSIDE_PLAIN = re.compile(r"[\[\]{},#&*!|>'\"%@`\\:]|^[-?=~<.+ ]| $")


@dataclass(frozen=True)
class DraftHeader:
    """What the plan will say of itself; ``told`` names the parts that somebody has given."""

    title: str
    municipality: str
    council: str
    since: int
    until: int
    told: frozenset[str]


@dataclass(frozen=True)
class DraftNode:
    """A node to be written: an original with its title, or a relisting of another."""

    id: str
    title: str = ""
    relisted_from: str | None = None
    department: str | None = None
    partners: tuple[str, ...] = ()


def draft_text(
    source: str, header: DraftHeader, levels: Sequence[str], children: Mapping[str | None, Sequence[DraftNode]]
) -> str:
    """Return the text of a plan's file; ``children`` lists the nodes below each number, the policies below None."""
    keys = CHILD_KEYS[len(levels)]
    return "\n".join(
        [
            _HEAD.format(
                source=source,
                mark=_MARK,
                original="-".join("1" * len(levels)),
                relisting="-".join(["2", *"1" * (len(levels) - 1)]),
            ),
            *_header(header, levels),
            _own_scheme(),
            _INDICATORS.format(since=header.since),
            f"{keys[0]}:",
            *_nodes(children, None, keys),
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
#       direction: increase   # increase 増やす、decrease 減らす、maintain 保つ
#       method: ratio         # ratio 実績÷目標、progress 基準値からの進み、maintain 達成か未達成か、done 設置／なしなど
#       aggregate: sum        # sum 年度内の合計、cumulative 累計、latest 最後の値、max 最大、mean 平均
#       baseline: {{year: {since}, value: 40, source: 計画書 第2章}}
#       targets: {{{since}: 60}}   # 「年度: 目標値」を , で並べます
#       adopted: false        # 正式に採用した指標は true。false の間は（案）と印刷されます"""


def _header(header: DraftHeader, levels: Sequence[str]) -> Iterator[str]:
    def asked(part: str, line: str, what: str) -> str:
        return line if part in header.told else f"{line}   # {_MARK} {what}"

    period = f"{{from: {header.since}, until: {header.until}}}"
    yield "plan:"
    yield f"  id: plan-{header.since}   # {_MARK} 計画の記号。英数字で、計画ごとに変えます"
    yield asked("title", f"  title: {_scalar(header.title)}", "計画の名称")
    yield "  # edition: 第1版（令和○年○月）"
    yield asked("municipality", f"  municipality: {_scalar(header.municipality)}", "市町村名")
    yield "  # office: 企画課"
    yield "  language: ja"
    yield asked("period", f"  period: {period}", "計画の期間。年度で書き、どちらの年度も含みます")
    yield "  # vision: 計画の将来像"
    yield "  council:"
    yield asked("council", f"    name: {_scalar(header.council)}", "年に1回、計画の進み具合を確かめる会議")
    yield f"  levels:   # {_MARK} 各階層の呼び名。上から順に、画面や資料に印刷されます"
    for name in levels:
        yield f"  - name: {_scalar(name)}"
    yield ""


def _own_scheme() -> str:
    """Return the scheme of the program's own plan as it is written, with its comments."""
    lines = own_plan().splitlines()
    first, last = lines.index("scheme:"), lines.index("policies:")
    while lines[first - 1].startswith("#"):
        first -= 1
    return "\n".join(lines[first:last])


def _nodes(
    children: Mapping[str | None, Sequence[DraftNode]], parent: str | None, keys: Sequence[str]
) -> Iterator[str]:
    for node in children.get(parent, ()):
        number = _scalar(node.id)
        if node.relisted_from is not None:
            yield f"- {{id: {number}, relisted_from: {_scalar(node.relisted_from)}}}"
            continue
        yield f"- id: {number}"
        yield f"  title: {_scalar(node.title)}"
        if node.department is not None:
            yield f"  department: {_scalar(node.department)}"
        if node.partners:
            yield f"  partners: [{', '.join(map(_scalar, node.partners))}]"
        if len(keys) > 1:
            below = list(_nodes(children, node.id, keys[1:]))
            yield f"  {keys[1]}:" + ("" if below else " []")
            yield from (f"  {line}" for line in below)


def _scalar(text: str) -> str:
    """Return a text of one line as YAML, bare where that reads back as the same text."""
    bare = not _OUTSIDE_PLAIN.search(text)
    try:
        bare = bare and loads(text) == text
    except ValueError:
        bare = False
    return text if bare else json.dumps(text, ensure_ascii=False)
