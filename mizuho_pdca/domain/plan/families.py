"""Families of indicators 指標の系統: what towns measure alike, whatever they call it; a small list with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from mizuho_pdca.message import N_

FamilyCode = Literal[
    "start-ups",
    "company-attraction",
    "company-visits",
    "establishments",
    "employees",
    "shipments",
    "value-added",
    "job-openings-ratio",
    "certified-farmers",
    "visitors",
    "overnight-stays",
    "net-migration",
    "waiting-children",
    "checkup-rate",
]


@dataclass(frozen=True)
class Family:
    """What one family measures, in which unit, and whose figure it is.

    Towns' values ``add_up`` to something, or, as rates do, they don't.
    """

    name: str
    unit: str
    source: str
    adds_up: bool = True


FAMILIES: Mapping[FamilyCode, Family] = {
    "start-ups": Family(N_("start-ups"), "件", "産業競争力強化法にもとづく創業支援等事業計画の実績（中小企業庁）"),
    "company-attraction": Family(N_("companies attracted"), "件", "工場立地法にもとづく工場立地動向調査（経済産業省）"),
    "company-visits": Family(N_("visits to companies"), "件", "小規模事業者支援法にもとづく経営発達支援計画の巡回件数"),
    "establishments": Family(N_("establishments"), "事業所", "経済センサス（総務省・経済産業省）"),
    "employees": Family(N_("persons employed"), "人", "経済センサス（総務省・経済産業省）"),
    "shipments": Family(N_("value of manufactured goods shipped"), "百万円", "経済構造実態調査 製造業事業所調査"),
    "value-added": Family(N_("value added"), "百万円", "経済センサス‐活動調査（総務省・経済産業省）"),
    "job-openings-ratio": Family(
        N_("ratio of job openings to applicants"), "倍", "一般職業紹介状況（厚生労働省）", adds_up=False
    ),
    "certified-farmers": Family(
        N_("certified farmers"), "経営体", "農業経営基盤強化促進法にもとづく認定（農林水産省）"
    ),
    "visitors": Family(N_("visitors"), "人", "観光入込客統計に関する共通基準（観光庁）"),
    "overnight-stays": Family(N_("overnight stays"), "人泊", "宿泊旅行統計調査（観光庁）"),
    "net-migration": Family(N_("net migration"), "人", "住民基本台帳人口移動報告（総務省）"),
    "waiting-children": Family(
        N_("children waiting for a nursery"), "人", "保育所等関連状況取りまとめ（こども家庭庁）"
    ),
    "checkup-rate": Family(
        N_("rate of health check-ups"), "%", "特定健康診査・特定保健指導の実施状況（厚生労働省）", adds_up=False
    ),
}
"""The families, by code."""
