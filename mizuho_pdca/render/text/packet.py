"""Say in words whether a packet is still what the data makes."""

from __future__ import annotations

from collections.abc import Iterator

from mizuho_pdca.domain.review.packet import Origin, State, Verification
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.text import printable

_STATES: dict[State, str] = {
    "same": N_("as made"),
    "changed": N_("changed since it was made"),
    "missing": N_("missing"),
    "other": N_("made of other data, or by another version"),
    "unlisted": N_("not of this packet"),
}
_DIGITS = 12


def verification_text(found: Verification, t: Translate) -> str:
    """Return the verdict, every file that is not as made, and what may be the reason."""
    return "\n".join(printable(line) for line in _lines(found, t))


def _lines(found: Verification, t: Translate) -> Iterator[str]:
    if found.is_same:
        words = N_("All {count} files are what this data makes ({data}).")
        yield t(words).format(count=len(found.states), data=_origin(found.expected.as_of, t))
        return
    yield t(N_("These papers are not what this data makes:"))
    for name, state in found.states.items():
        if state != "same":
            yield f"  {name}: {t(_STATES[state])}"
    made, here = found.found, found.expected
    if made.as_of != here.as_of:
        words = N_("They were made of {made}; the data here is {here}.")
        yield t(words).format(made=_origin(made.as_of, t), here=_origin(here.as_of, t))
    if made.as_of.commit is not None and not made.as_of.dirty and made.as_of.commit != here.as_of.commit:
        yield t(N_("To hold them against the data that they were made of, add --as-of {commit}.")).format(
            commit=made.as_of.commit[:_DIGITS]
        )
    if made.tool != here.tool:
        yield t(N_("They were made by another version of the program or of its packages:"))
        yield from _tools(found)


def _origin(origin: Origin, t: Translate) -> str:
    if origin.commit is None:
        return t(N_("data without git"))
    words = N_("commit {commit} with changes since") if origin.dirty else N_("commit {commit}")
    return t(words).format(commit=origin.commit[:_DIGITS])


def _tools(found: Verification) -> Iterator[str]:
    made, here = found.found.tool, found.expected.tool
    names: dict[str, tuple[str | None, str | None]] = {"pdca": (made.version, here.version)}
    names |= {name: (made.packages.get(name), here.packages.get(name)) for name in {**here.packages, **made.packages}}
    for name, (then, now) in names.items():
        if then != now:
            yield f"  {name}: {then or '?'} → {now or '?'}"
