"""The code of a municipality 全国地方公共団体コード: prefecture, number, and a digit that checks the others.

Source: 総務省, 全国地方公共団体コード仕様 (JIS X 0401 and JIS X 0402).
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from mizuho_pdca.domain.schema.shapes import of_form

_FORM = re.compile("(?:0[1-9]|[1-3][0-9]|4[0-7])[0-9]{4}")
_WEIGHTS = (6, 5, 4, 3, 2)
_MODULUS = 11

PREFECTURES: tuple[str, ...] = (
    *("北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県"),
    *("埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県"),
    *("岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県"),
    *("鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県"),
    *("佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県"),
)
"""The prefectures in the order of their codes, which count from 01."""


def check_digit(number: str) -> str:
    """Return the sixth digit that belongs to the first five."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=True))
    return str((_MODULUS - total % _MODULUS) % 10)


def is_code(text: str) -> bool:
    """Return whether a text is the code of a municipality: of a prefecture that there is, with the right last digit."""
    return bool(_FORM.fullmatch(text)) and check_digit(text[:-1]) == text[-1]


def prefecture(code: str) -> str | None:
    """Return the name of the prefecture that a code begins with, None where there is none of that number."""
    number = int(code[:2])
    return PREFECTURES[number - 1] if 1 <= number <= len(PREFECTURES) else None


def _code(raw: object) -> str:
    if isinstance(raw, str) and is_code(raw):
        return raw
    raise PydanticCustomError("town_code", "")


TownCode = Annotated[str, PlainValidator(_code), of_form(_FORM)]
