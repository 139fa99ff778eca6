"""One YAML file of a study, edited in place: comments kept, checked before, whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import unified_diff
from pathlib import Path
from typing import Any, Final

from climrisk.domain.edit import Edit, with_edits
from climrisk.domain.study import Study
from climrisk.errors import ClimriskError, InvalidStudyError
from climrisk.io.atomic import write_atomically
from climrisk.io.encoding import read_text
from climrisk.io.folder_lock import folder_lock
from climrisk.io.study import read_study
from climrisk.io.workbook.patch import patched_yaml
from climrisk.io.yaml_tree import read_yaml

__all__ = ["StudyFile"]

_READ: Final = ("study.yaml", "register.yaml", "targets.yaml", "sites.csv", "inventory.csv")
_FOLDERS: Final = ("scenarios", "emission_factors", "pathways")
"""Files of a study, and folders of files, that are read with it; runs and reports are not."""


class StudyFile:
    """A YAML file in a study's folder.

    Parameters
    ----------
    folder : Path
        The study's folder.
    name : str
        `register.yaml`, `study.yaml` or `targets.yaml`.

    Raises
    ------
    ValueError
        Another file.
    """

    def __init__(self, folder: Path, name: str = "register.yaml") -> None:
        if name not in _READ or not name.endswith(".yaml"):
            raise ValueError(f"found {name!r}, allowed a YAML file of a study")
        self._folder = folder.resolve()
        self.name: Final = name
        self.study: Final = self._folder.name

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the study's folder against other writers."""
        with folder_lock(self._folder):
            yield

    def text(self) -> str:
        """Return the file as it stands.

        Raises
        ------
        InvalidStudyError
            It cannot be read.
        """
        return read_text(self._folder / self.name, name=self.name)

    def data(self, text: str) -> Any:
        """Return a text of this file as plain data.

        Raises
        ------
        InvalidStudyError
            With every fault of the text.
        """
        tree = read_yaml(text, self.name)
        if tree.faults:
            raise InvalidStudyError(tree.faults)
        return tree.data

    def edited(self, text: str, edits: Sequence[Edit]) -> tuple[str, Study]:
        """Return the text with edits carried out in it, and the study that it then makes.

        Nothing is written to the folder.

        Parameters
        ----------
        text : str
            The file as it stands.
        edits : sequence of Edit
            What becomes of which place.

        Raises
        ------
        InvalidStudyError
            The study would have faults; all of them.
        ClimriskError
            A place cannot be edited, or not without changing something else.
        """
        old = self.data(text)
        try:
            wanted = with_edits(old, edits)
        except KeyError as error:
            raise ClimriskError(f"{self.name}: {error.args[0]}") from None
        after = patched_yaml(text.replace("\r\n", "\n"), old, wanted)
        if "\r\n" in text:
            after = after.replace("\n", "\r\n")
        if self.data(after) != wanted:
            raise ClimriskError(f"{self.name} cannot be edited in place; edit it by hand")
        return after, self._study_with(after)

    def write(self, before: str, after: str) -> str:
        """Write the file if it still stands as it was; return the difference if it does not.

        Parameters
        ----------
        before, after : str
            The text as it was read, and what it becomes.

        Returns
        -------
        str
            Empty where the file was written, else a unified difference from `before` to what
            stands there now; nothing was written then.

        Raises
        ------
        ClimriskError
            The file cannot be written.
        """
        if difference := self.difference(before):
            return difference
        try:
            write_atomically(self._folder / self.name, after.encode())
        except OSError as error:
            raise ClimriskError(f"{self.name} cannot be written: {error.strerror}") from error
        return ""

    def difference(self, before: str) -> str:
        """Return the unified difference from `before` to the file as it stands, empty if none."""
        now = self.text()
        if now == before:
            return ""
        lines = unified_diff(
            before.splitlines(), now.splitlines(), f"{self.name} as read", self.name, lineterm=""
        )
        return "\n".join(lines) or f"{self.name}: line ends changed"

    def _study_with(self, text: str) -> Study:
        """Read the study as it would be with another text of this file."""
        with tempfile.TemporaryDirectory() as place:
            copy = Path(place) / self.study
            beside = (one for folder in _FOLDERS for one in (self._folder / folder).glob("*.*"))
            for source in (*(self._folder / name for name in _READ), *beside):
                target = copy / source.relative_to(self._folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                if source.is_file():
                    target.write_bytes(source.read_bytes())
            (copy / self.name).write_bytes(text.encode())
            return read_study(copy)
