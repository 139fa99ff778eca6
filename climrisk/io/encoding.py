"""Reading text files that people saved in some editor: UTF-8, or a message naming the cure."""

from __future__ import annotations

import codecs
import stat
from pathlib import Path
from typing import Final

from climrisk.errors import Fault, InvalidStudyError

__all__ = ["LIMIT_BYTES", "read_text"]

LIMIT_BYTES: Final = 5_000_000
"""Largest file that is read, in bytes; a register of 1,000 items has about 1,000,000."""

_CURE: Final = "save the file as UTF-8 (in Excel: 'CSV UTF-8')"
_BYTE_ORDER_MARKS: Final = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_CHINESE: Final = (
    ("big5hkscs", "Big5 (traditional Chinese)"),
    ("gb18030", "GBK (simplified Chinese)"),
)
# The most frequent characters of modern Chinese in both scripts, then those of this field.
# Bytes read with the wrong one of the two code pages give rare characters instead.
_COMMON: Final = frozenset(
    "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主"
    "发發年动動同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着著等部度家电電"
    "力里裡如水化高自二理起小物现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应應开開它合还"
    "還因由其些然前外天政四日社义義事平形相全表间間样樣与與关關各重新线線内內数數正心反你明看原又么麼"
    "利比或但质質气氣第向道命此变變条條只没沒结結解问問意建月公无無系很情者最立代想已通并並提直题題"
    "程展五果料象员員革位入常文总總次品式活设設及管特件长長求老头頭基资資边邊流路级級少图圖山统統接"
    "知较較将將组組见見计計手角期根论論运運农農指几幾九区區强強放决決西被干做必先回则則任取据據处處"
    "风風险險碳仓倉库庫暴雨台颱候租赁賃收营營损損失价價格场場温溫客户戶备備源绿綠色环環境排海洪低保供"
    "链鏈市目标標减減节節能耗企业費费率成融贷貸投，。、；：（）"
)
_ENOUGH_COMMON: Final = 0.15
_SAMPLE_BYTES: Final = 200_000


def read_text(path: Path, limit_bytes: int = LIMIT_BYTES, *, name: str | None = None) -> str:
    """Return the text of a UTF-8 file, without its byte order mark.

    Parameters
    ----------
    path : Path
        File to read.
    limit_bytes : int
        Largest size, in bytes; checked before anything is read.
    name : str, optional
        How faults name the file, relative to the study folder; by default its last part.

    Raises
    ------
    InvalidStudyError
        The file is missing, is no regular file, cannot be opened, is too large, holds NUL
        bytes, or is not UTF-8: Big5, GBK, UTF-16 and UTF-32 are named.
    """
    file = name or path.name
    raw = _read_bytes(path, limit_bytes, file)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            raise _fault(file, 1, f"{encoding} text, not UTF-8", _CURE)
    if b"\0" in raw:
        raise _fault(file, _line(raw, raw.index(b"\0")), "a NUL byte: no plain text file", _CURE)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _fault(file, *_not_utf8(error), _CURE) from None


def _read_bytes(path: Path, limit_bytes: int, file: str) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise _fault(file, 0, "not a regular file", "allowed: a text file in UTF-8")
        if found.st_size > limit_bytes:
            raise _too_large(file, found.st_size, limit_bytes)
        with path.open("rb") as stream:
            raw = stream.read(limit_bytes + 1)
    except FileNotFoundError:
        raise _fault(file, 0, "missing", "needed: a text file in UTF-8") from None
    except OSError as error:
        raise _fault(file, 0, f"cannot be read: {error.strerror}") from None
    if len(raw) > limit_bytes:  # the file grew since it was measured
        raise _too_large(file, len(raw), limit_bytes)
    return raw


def _too_large(file: str, size: int, limit: int) -> InvalidStudyError:
    return _fault(file, 0, f"{size / 1e6:,.3g} MB", f"allowed: at most {limit / 1e6:,.3g} MB")


def _not_utf8(error: UnicodeDecodeError) -> tuple[int, str]:
    """Return the line of the first bad byte and what the file seems to be instead."""
    raw = error.object
    line = _line(raw, error.start)
    encoding = _chinese_encoding(raw)
    if encoding:
        return line, f"{encoding} text, not UTF-8"
    return line, f"byte 0x{raw[error.start]:02X}, which is not UTF-8"


def _chinese_encoding(raw: bytes) -> str:
    """Name the Chinese code page in which most characters are common ones; empty if none."""
    share = {name: _common_share(raw[:_SAMPLE_BYTES], codec) for codec, name in _CHINESE}
    best = max(share, key=lambda name: share[name])
    return best if share[best] >= _ENOUGH_COMMON else ""


def _common_share(raw: bytes, codec: str) -> float:
    text = raw.decode(codec, errors="replace")
    foreign = [char for char in text if not char.isascii()]
    return sum(char in _COMMON for char in foreign) / max(len(foreign), 1)


def _line(raw: bytes, position: int) -> int:
    return raw.count(b"\n", 0, position) + 1


def _fault(file: str, line: int, found: str, allowed: str = "") -> InvalidStudyError:
    return InvalidStudyError([Fault(file, line, "", found, allowed)])
