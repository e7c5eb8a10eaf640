"""Write ``docs/errors.md``: ``python scripts/error_docs.py``, or ``--check`` to compare only.

Every code of ``faults.CATALOGUE`` gets a section: its message in Japanese and English, what it
means (``error_docs.yaml``), what to do, and an example out of the error gallery. ``--check``
writes nothing and exits 1 when the file is not what would be written.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from ryaml import loads  # noqa: E402 (the checkout's own package comes first on the path)

from mizuho_pdca.domain.schema.catalogue import CATALOGUE, CodeWords  # noqa: E402
from mizuho_pdca.language import translator  # noqa: E402

MANUAL = ROOT / "docs" / "errors.md"
MEANINGS = Path(__file__).with_suffix(".yaml")
GALLERY = ROOT / "tests" / "gallery"
EXPECTED = "expected.ja.txt"

HEAD = """\
# エラーと注意の一覧

`pdca validate` が出すエラー（E）、お知らせ（N）、注意（W）を、番号の順に説明します。エラーのある記録は、直すまで集計に
入りません。計画のファイルにエラーがあると、直すまで記録も集計もできません。注意とお知らせは知らせるだけです。
検査がファイルを書き換えることはありません。

```
ファイル:行:桁 [番号] 何が違うか
    行 | その行の中身
       |   ^^^^ 違うところ
  対処: どう直すか
```

- 行と桁は1から数えます。桁は文字の数で、全角も半角も1文字です。
- 誤りがいくつあっても、一度に全部を出します。ただし、E0 で始まる番号の誤りがあるファイルは中身まで読めないため、
  直すと次の誤りが出ることがあります。
- 記録のファイルは手で書かずに `pdca log` などのコマンドで作れば、ここにある誤りのほとんどは起きません。

<!-- scripts/error_docs.py が作る文書です。手で直さず、scripts/error_docs.yaml を直してから作り直してください。 -->
"""

_BLOCK = re.compile(r"(?=^\S.* \[[ENW]\d{3}\] )", re.MULTILINE)
_PLACE = re.compile(r"(?<!\{)\{\w+\}(?!\})")
_GROUPS = {
    "E0": "ファイルそのもの",
    "E10": "項目の形",
    "E11": "計画",
    "E2": "記録",
    "E3": "記録どうしのつながり",
    "E4": "作業フォルダー",
    "E5": "締めた年度",
    "N": "お知らせ",
    "W": "注意",
}
"""Headings by how the codes below them begin; a code belongs to the last one that fits or comes before it."""


def manual() -> str:
    """Return the text of ``docs/errors.md``."""
    meanings = _meanings()
    unknown = sorted(set(meanings) - set(CATALOGUE))
    if unknown:
        raise SystemExit(f"{MEANINGS.name} explains codes that do not exist: {', '.join(unknown)}")
    lines = [HEAD]
    headings = iter(_GROUPS.items())
    following = next(headings, None)
    for code in sorted(CATALOGUE):
        heading = None
        while following is not None and code >= following[0]:
            heading = following[1]
            following = next(headings, None)
        if heading is not None:
            lines.append(f"## {heading}\n")
        lines += _section(code, CATALOGUE[code], meanings.get(code, {}))
    return "\n".join(lines)


def _meanings() -> Mapping[str, Mapping[str, object]]:
    found = loads(MEANINGS.read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise SystemExit(f"{MEANINGS.name} is no mapping")
    return found


def _section(code: str, entry: CodeWords, more: Mapping[str, object]) -> Iterator[str]:
    t = translator("ja")
    yield f"### {code}\n"
    if "meaning" in more:
        yield f"{str(more['meaning']).strip()}\n"
    yield "| 日本語 | English |\n|---|---|"
    yield f"| {_plain(t(entry.message))} | {_plain(entry.message)} |"
    yield f"| 対処: {_plain(t(entry.remedy))} | Remedy: {_plain(entry.remedy)} |\n"
    for example in _examples(code, more.get("examples")):
        yield f"```\n{example.rstrip()}\n```\n"


def _plain(text: str) -> str:
    """Return a message with … where its values go, safe in Markdown."""
    filled = _PLACE.sub("…", text).replace("{{", "{").replace("}}", "}")
    return re.sub(r"([<>*_`|\\])", r"\\\1", filled)


def _examples(code: str, names: object) -> Iterator[str]:
    """Yield what the gallery prints for a code: for the named cases, else for the first."""
    cases = sorted(folder.name for folder in GALLERY.glob(f"{code}-*"))
    chosen = [f"{code}-{name}" for name in names] if isinstance(names, list) else cases[:1]
    for case in chosen:
        blocks = _BLOCK.split((GALLERY / case / EXPECTED).read_text(encoding="utf-8"))
        yield next(block for block in blocks if f" [{code}] " in block.split("\n")[0])


def main(argv: Sequence[str] | None = None) -> int:
    """Write the manual, or compare it; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on a difference")
    wanted = manual()
    if not parser.parse_args(argv).check:
        MANUAL.parent.mkdir(exist_ok=True)
        MANUAL.write_text(wanted, encoding="utf-8", newline="\n")
        return 0
    if MANUAL.is_file() and MANUAL.read_text(encoding="utf-8") == wanted:
        return 0
    print(f"{MANUAL.relative_to(ROOT)} is out of date: run python scripts/error_docs.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
