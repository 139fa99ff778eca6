"""Keeping a file's comments with what they speak of when entries come and go.

The parser hangs a comment on the last word before it, however deep that stands. A heading above
the next section would therefore move or vanish with the entry that happens to stand before it.
"""

from __future__ import annotations

from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.tokens import CommentToken

__all__ = ["give_comment", "pass_heading_on", "take_comment"]


def take_comment(node: Any, key: Any, *, of_siblings: bool) -> str:
    """Remove and return the comment lines behind an entry that do not speak of it.

    Parameters
    ----------
    node : CommentedMap or CommentedSeq
        The mapping or list.
    key : str or int
        The entry.
    of_siblings : bool
        Whether lines that are indented like the entry, and so speak of the next one, are taken
        as well as those that stand further left.
    """
    token = _token(*_last_word(node, key))
    if token is None:
        return ""
    first, *lines = token.value.split("\n")
    edge = (node.lc.col or 0) + of_siblings
    heads = (number for number, line in enumerate(lines) if _stands_left_of(line, edge))
    start = next(heads, len(lines))
    while start > 0 and not lines[start - 1].strip():
        start -= 1
    taken = lines[start:]
    if not any(taken):
        return ""
    token.value = "\n".join([first, *lines[:start], ""])
    return "\n".join(taken)


def give_comment(node: Any, key: Any, text: str) -> None:
    """Hang comment lines behind an entry.

    Parameters
    ----------
    node : CommentedMap or CommentedSeq
        The mapping or list.
    key : str or int
        The entry.
    text : str
        What `take_comment` returned; nothing is done where it is empty.
    """
    if not text:
        return
    holder, last = _last_word(node, key)
    token = _token(holder, last)
    if token is None:
        token = CommentToken("\n", CommentMark(0), None)
        is_map = isinstance(holder, CommentedMap)
        holder.ca.items[last] = [None, None, token, None] if is_map else [token, None]
    token.value = token.value.rstrip("\n") + "\n" + text


def pass_heading_on(node: CommentedMap, key: Any, following: Any) -> None:
    """Move the comment lines above an entry to the one below it.

    The parser hangs them there, not on the entry before, where that one ends in a bracket.

    Parameters
    ----------
    node : CommentedMap
        The mapping.
    key, following : str or int
        The entry, and the one below it.
    """
    heading = node.ca.items.get(key, [None, None])[1]
    if heading:
        slots = node.ca.items.setdefault(following, [None, None, None, None])
        slots[1] = [*heading, *(slots[1] or ())]


def _last_word(node: Any, key: Any) -> tuple[Any, Any]:
    """Return the container and key of the last value inside an entry."""
    value = node[key]
    is_block = isinstance(value, CommentedMap | CommentedSeq) and not value.fa.flow_style()
    if not is_block or not value:
        return node, key
    return _last_word(value, len(value) - 1 if isinstance(value, CommentedSeq) else list(value)[-1])


def _token(holder: Any, key: Any) -> Any:
    slots = holder.ca.items.get(key)
    return None if slots is None else slots[2 if isinstance(holder, CommentedMap) else 0]


def _stands_left_of(line: str, edge: int) -> bool:
    return line.lstrip().startswith("#") and len(line) - len(line.lstrip()) < edge
