"""Where what comes with climrisk is: in a checkout, or inside the installed wheel."""

from __future__ import annotations

from pathlib import Path

from climrisk.errors import Fault, InvalidStudyError

__all__ = ["STUDY_FILE", "bundled", "bundled_studies", "find_study"]

STUDY_FILE = "study.yaml"
"""The file that makes a folder a study."""

_PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """Return a folder or file that comes with climrisk.

    Parameters
    ----------
    name : str
        Top-level name in the repository: `data`, `scenarios`, `app.py` or `.streamlit`.

    Returns
    -------
    Path
        `climrisk/_bundled/<name>` of an installed wheel, else `<name>` beside the package in a
        checkout.

    Raises
    ------
    FileNotFoundError
        If neither exists, that is, if the installation is incomplete.
    """
    places = (_PACKAGE / "_bundled" / name, _PACKAGE.parent / name)
    for place in places:
        if place.exists():
            return place
    searched = " or ".join(str(place) for place in places)
    raise FileNotFoundError(f"climrisk is not installed completely: no {searched}")


def bundled_studies() -> tuple[str, ...]:
    """Return the names of the studies that come with climrisk, sorted."""
    return tuple(sorted(file.parent.name for file in bundled("data").glob(f"*/{STUDY_FILE}")))


def find_study(name_or_path: str | Path) -> Path:
    """Return the folder of a study.

    Parameters
    ----------
    name_or_path : str or Path
        A study folder, or the bare name of a bundled study. A folder in the current directory
        comes before a bundled study of the same name.

    Returns
    -------
    Path
        A folder that holds `study.yaml`.

    Raises
    ------
    InvalidStudyError
        If there is no such folder, or it is not a study.
    """
    given = Path(name_or_path)
    if (given / STUDY_FILE).is_file():
        return given
    if str(name_or_path) in bundled_studies():
        return bundled("data") / given
    raise InvalidStudyError([Fault(str(name_or_path), 0, "", _reason(given), _allowed())])


def _reason(given: Path) -> str:
    if given.is_dir():
        return f"the folder has no {STUDY_FILE}"
    return "found a file" if given.exists() else "no such folder"


def _allowed() -> str:
    return f"allowed: a study folder, or a bundled study: {', '.join(bundled_studies()) or 'none'}"
