"""Reading a batch file, with every fault at once."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from climrisk.domain.batch import Batch
from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.encoding import read_text
from climrisk.io.faults import faults_from_validation
from climrisk.io.tree import Tree
from climrisk.io.yaml_tree import read_yaml

__all__ = ["read_batch_file"]


def read_batch_file(path: Path) -> tuple[Batch, Tree]:
    """Return what a batch file states, and where in the file it stands.

    Parameters
    ----------
    path : Path
        A YAML file.

    Raises
    ------
    InvalidStudyError
        With every fault found in the file itself, each with line and field.
    """
    if not path.is_file():
        reason = "found a folder" if path.is_dir() else "no such file"
        raise InvalidStudyError([Fault(str(path), 0, "", reason, "allowed: a batch file")])
    tree = read_yaml(read_text(path, name=path.name), path.name)
    try:
        batch = Batch.model_validate(tree.data if tree.data is not None else {})
    except ValidationError as error:
        faults = faults_from_validation(error, tree, (), Batch) if tree.complete else []
        raise InvalidStudyError([*tree.faults, *faults]) from None
    if tree.faults:
        raise InvalidStudyError(tree.faults)
    return batch, tree
