"""Syntax errors of YAML in plain words, with the cure."""

from __future__ import annotations

import re
from typing import Any, Final

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from climrisk.errors import Fault
from climrisk.io.wording import escaped

__all__ = ["directive_fault", "syntax_fault"]

# Part of the parser's problem -> (what stands there, the cure). The first that fits is used.
_PLAIN_WORDS: Final = (
    (
        "character '\\t' that cannot start",
        "a tab",
        "allowed: spaces for indentation",
    ),
    (
        "that cannot start any token",
        "text that begins with a reserved sign such as '@', '`' or '%'",
        "put the text in quotes",
    ),
    (
        "mapping values are not allowed here",
        "a ':' where no key can stand",
        "indent keys of one level alike, write ': ' with a space after every key here and on the "
        "line above, and put text that holds ': ' in quotes",
    ),
    (
        "could not find expected ':'",
        "a key without ':'",
        "write 'key: value', and put text of several lines in quotes",
    ),
    (
        "but found '-'",
        "a list entry '-' among keys",
        "indent the list below its key",
    ),
    (
        "expected <block end>",
        "indentation that fits no line above, or text after a closed quote or bracket",
        "indent entries of one level alike, and put text that holds quotes or brackets in quotes",
    ),
    (
        "escape ",
        "a '\\' in double quotes that begins no escape",
        "use single quotes for text that holds '\\'",
    ),
    (
        "expected the node content",
        "a bracket or comma where a value should stand",
        "close every '[' and '{', and put text that begins with a bracket in quotes",
    ),
    (
        "expected alphabetic or numeric character",
        "text that begins with '*' or '&'",
        "put the text in quotes",
    ),
    (
        "chomping or indentation indicators",
        "text on the line of '>' or '|'",
        "begin the text on the next line, or put it in quotes",
    ),
)
_DIRECTIVE: Final = re.compile("(?:^|[\\n\\r\\x85\\u2028\\u2029])%")


def directive_fault(text: str, file: str) -> Fault | None:
    """Return a fault where a line begins with `%`, else None.

    Directives could change the version or the tags of a file; the parser also fails on some
    versions in a way of its own, so they are refused before it starts.

    Parameters
    ----------
    text : str
        The whole text that will be parsed.
    file : str
        The file's name as faults state it.
    """
    match = _DIRECTIVE.search(text)
    if match is None:
        return None
    line = text.count("\n", 0, match.end()) + 1
    cure = "allowed: no directives; indent text, and put it in quotes"
    return Fault(file, line, "", "a line that begins with '%'", cure)


def syntax_fault(error: YAMLError, text: str, file: str) -> Fault:
    """Turn a parser's error into a fault.

    Parameters
    ----------
    error : YAMLError
        What the parser raised.
    text : str
        The whole text that was parsed.
    file : str
        The file's name as faults state it.
    """
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        found = f"invisible character U+{ord(text[error.position]):04X}"
        return Fault(file, line, "", found, "remove it")
    if isinstance(error, MarkedYAMLError):
        return Fault(file, *_marked(error))
    return Fault(file, 0, "", "cannot be read as YAML", "allowed: YAML 1.2")


def _marked(error: MarkedYAMLError) -> tuple[int, str, str, str]:
    problem = str(error.problem or error.context or "cannot be read as YAML")
    start, place = _line(error.context_mark), _line(error.problem_mark)
    if "unexpected end of stream" in problem:
        return start or place, "", "a quote that is never closed", "close it on the same line"
    if "expected ',' or" in problem:
        bracket = "{" if "mapping" in str(error.context) else "["
        found = f"a '{bracket}' from line {start} without its end, or a missing comma"
        return place, "", found, "separate entries by ', ' and close the bracket"
    for part, found, cure in _PLAIN_WORDS:
        if part in problem:
            return place or start, "", found, cure
    return place or start, "", f"not YAML: {escaped(problem)[:200]}", "allowed: YAML 1.2"


def _line(mark: Any) -> int:
    return 0 if mark is None else int(mark.line) + 1
