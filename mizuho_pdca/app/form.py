"""The coordinator's list of forms: what was sent out, and what came back; a file a year beside the records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field, TypeAdapter

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.domain.schema.shapes import Shape, Text, read_shape
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.storage.yaml.reading import Unreadable, parse
from mizuho_pdca.storage.yaml.writing import to_text

FORMS = "forms"
"""The folder of the lists: what lies in it is no record."""

_SCHEMA = 1


class Sent(Shape):
    """A form that went out; without a department it is everybody's."""

    at: Text
    file: Text
    department: Text | None = None


class Back(Shape):
    """A form that came back, and how many of its rows were complete.

    ``answered`` are the departments whose rows are filled in, where that is not one department's form alone;
    None stands for what no department sees to.
    """

    at: Text
    file: Text
    digest: Text
    department: Text | None = None
    by: Text | None = None
    answered: tuple[Text | None, ...] = ()
    complete: int
    asked: int


class FormList(Shape):
    """What was sent out in a year, and what came back, in order."""

    schema_version: Literal[1] = Field(default=1, alias="schema")
    sent: tuple[Sent, ...] = ()
    back: tuple[Back, ...] = ()


FORM_LIST: TypeAdapter[FormList] = TypeAdapter(FormList)


def list_path(year: int) -> str:
    """Return where the list of a year lies."""
    return f"{FORMS}/{year}.yaml"


def read_list(desk: Desk, year: int) -> FormList:
    """Return the list of a year, empty where there is none; raise ``EnvironmentFault`` where it can't be read."""
    try:
        raw = desk.tree.read(list_path(year))
        shaped = read_shape(FORM_LIST, parse(raw))
    except FileNotFoundError:
        return FormList()
    except (OSError, Unreadable):
        shaped = []
    if isinstance(shaped, list):
        raise EnvironmentFault(
            N_("{file} can't be read"),
            file=list_path(year),
            remedy=message(N_("It only lists which forms went out and came back. Delete it to begin anew.")),
        )
    return shaped


def add_to_list(desk: Desk, year: int, *, sent: Iterable[Sent] = (), back: Iterable[Back] = ()) -> None:
    """Add to the list of a year what went out or came back; a file that came in before is listed once."""
    known = read_list(desk, year)
    came = [*known.back]
    for one in back:
        came = [other for other in came if other.digest != one.digest] + [one]
    data = {
        "schema": _SCHEMA,
        "sent": [_row(one) for one in (*known.sent, *sent)],
        "back": [_row(one) for one in came],
    }
    desk.tree.write(list_path(year), to_text(data).encode(), replace=True)


def _row(one: Sent | Back) -> dict[str, object]:
    return {key: value for key, value in one.model_dump(mode="json").items() if value not in (None, [])}
