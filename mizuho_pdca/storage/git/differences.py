"""What became of plan and records from commit to commit, told by one ``git diff-tree`` of them all.

It reads only folders, never contents, so that no attribute and no configuration has a say. Format:
git-diff-tree(1), "RAW OUTPUT FORMAT". Somebody may move a workspace's folder within its repository:
then it is followed back, from the last commit to the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from mizuho_pdca.domain.history.commits import Change, is_entry
from mizuho_pdca.domain.records.paths import PLAN_PATH, RECORDS, name_at
from mizuho_pdca.storage.git.objects import DEEPEST, TreeItem
from mizuho_pdca.storage.git.program import SECONDS_OF_HISTORY, Git

_RAW = ("diff-tree", "-r", "-z", "--raw", "--no-renames", "--ignore-submodules=none")
_ALL = ("--stdin", "--root", "--always", "--")
_PLAN_FOLDER = PLAN_PATH.partition("/")[0]
_TOPS = (_PLAN_FOLDER, PLAN_PATH, f"{PLAN_PATH}/**", RECORDS, f"{RECORDS}/**")


class TreeDifference(NamedTuple):
    """What stands at a path in two commits; None where nothing does, or a folder."""

    path: str
    before: TreeItem | None
    after: TreeItem | None

    @property
    def change(self) -> Change | None:
        """Return what became of the file, None where there was and is none, or its contents stayed."""
        before, after = (item.id if item is not None and item.is_file else None for item in self[1:])
        return None if before == after else Change(self.path, before, after)


class Differences:
    """The differences of commits from their parents.

    ``folders`` has by commit the one in which the workspace lay, relative to the repository, with a
    slash at its end; the repository itself is empty.
    """

    def __init__(self, git: Git, folder: str, parents: Mapping[str, Sequence[str]]) -> None:
        """Ask git; ``parents`` names each commit, the first one first, with those that it is held against."""
        self._git = git
        pairs = [(name, parent) for name, others in parents.items() for parent in others or ("",)]
        text = "".join(f"{name} {parent}".rstrip() + "\n" for name, parent in pairs)
        told = git.read(*_RAW, *_ALL, *(f":(top,glob)**/{top}" for top in _TOPS), text=text, seconds=SECONDS_OF_HISTORY)
        self._found = dict(zip(pairs, _parts(told), strict=True))
        self.folders = dict.fromkeys(parents, folder)
        for name in reversed([*parents]):
            for parent in parents[name]:
                self.folders[parent] = self._folder_before(name, parent)
        self._own = {folder, *self.folders.values()}
        self._origins: dict[str, str] = {}
        for one in chain.from_iterable(self._found.values()):
            where, _, path = one.path.rpartition(f"{RECORDS}/")
            if one.before is None and is_entry(f"{RECORDS}/{path}"):
                self._origins.setdefault(name_at(path), where)

    def between(self, name: str, parent: str | None) -> Iterator[TreeDifference]:
        """Yield what differs in the workspace between a commit and its parent, links and other repositories as well."""
        folder, found = self.folders[name], self._found[name, parent or ""]
        before = folder if parent is None else self._folder_before(name, parent)
        if folder != before:
            ends = (f"{one}:{where}".rstrip("/") for one, where in ((parent, before), (name, folder)))
            (found,) = _parts(f"{name}\0{self._git.read(*_RAW, *ends)}")
            folder = ""
        for one in found:
            path = one.path.removeprefix(folder)
            is_ours = f"{path}/".startswith((f"{PLAN_PATH}/", f"{RECORDS}/")) or path == _PLAN_FOLDER
            if is_ours and one.path == folder + path:
                yield one._replace(path=path)

    def changes(self, name: str, parent: str | None) -> Iterator[Change]:
        """Yield what became of the files of plan and records."""
        return (change for one in self.between(name, parent) if (change := one.change) is not None)

    def strangers(self, paths: Iterable[str]) -> dict[str, list[str]]:
        """Return which entries first lay in a folder to which the workspace was not followed, by that folder."""
        result = defaultdict[str, list[str]](list)
        for path in paths:
            folder = self._origins.get(name_at(path))
            if folder is not None and folder not in self._own:
                result[folder].append(path)
        return result

    def _folder_before(self, name: str, parent: str) -> str:
        """Return where the workspace lay at a parent: elsewhere if its plan came, and another folder's plan went.

        A plan that stays counts as well where entries went from there: another workspace may have taken its place.
        """
        here, found = self.folders[name], self._found[name, parent]
        came = {one.path for one in found if one.before is None}
        if here + PLAN_PATH not in came:
            return here
        gone = {one.path for one in found if one.after is None}
        names = {name_at(path) for path in came if path.startswith(f"{here}{RECORDS}/")}

        def shared(folder: str) -> int:
            return sum(path.startswith(f"{folder}{RECORDS}/") and name_at(path) in names for path in gone)

        plans = (one for one in found if f"/{one.path}".endswith(f"/{PLAN_PATH}") and one.before is not None)
        folders = {one.path.removesuffix(PLAN_PATH): one for one in plans}
        left = [folder for folder, one in sorted(folders.items()) if one.after is None or shared(folder)]
        return max(left, key=shared, default=here)


def _parts(told: str) -> list[list[TreeDifference]]:
    """Return the differences of each pair of commits: git begins them with a commit's name."""
    result: list[list[TreeDifference]] = []
    words = iter(told.split("\0")[:-1])
    for word in words:
        if not word.startswith(":"):
            result.append([])
            continue
        path = next(words)
        if path.count("/") <= DEEPEST:
            old_mode, new_mode, old, new, _ = word[1:].split()
            result[-1].append(TreeDifference(path, _item(old_mode, old), _item(new_mode, new)))
    return result


def _item(mode: str, name: str) -> TreeItem | None:
    """Return one side of a difference; git says mode 0 where there is nothing."""
    return None if int(mode, 8) == 0 else TreeItem(int(mode, 8), name)
