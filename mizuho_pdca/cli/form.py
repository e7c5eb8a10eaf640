"""The forms that offices fill in, sent out and taken back: form export, form import, form status."""

from __future__ import annotations

from mizuho_pdca.cli.framework import Group, command
from mizuho_pdca.message import N_

_FORMS = N_("Forms")


class FormGroup(Group):
    """What can be done with forms."""

    family = "form"
    listed = {  # noqa: RUF012 (a class attribute of the base, declared there)
        "export": _FORMS,
        "import": _FORMS,
        "status": _FORMS,
    }
    japanese = {  # noqa: RUF012 (the same)
        "作成": "export",
        "取込": "import",
        "状況": "status",
    }


PARTS = FormGroup


@command(N_("Send out Excel forms on a year, take them back, and see who has answered."))
def form() -> None:
    """Send out Excel forms on a year, take them back, and see who has answered."""
