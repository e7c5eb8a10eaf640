"""The kinds of entries: what each is called and what it refers to."""

from __future__ import annotations

from mizuho_pdca.message import N_, message

KINDS = {
    "activity": message(N_("an activity")),
    "actual": message(N_("an actual")),
    "evaluation": message(N_("an evaluation")),
    "improvement": message(N_("an improvement")),
    "opinion": message(N_("an opinion")),
    "response": message(N_("a response")),
    "withdrawal": message(N_("a withdrawal")),
}
