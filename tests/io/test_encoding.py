from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from climrisk.errors import InvalidStudyError
from climrisk.io.encoding import read_text

TRADITIONAL = "schema: 1\ntitle: 倉庫暴雨風險\nnote: 供應鏈受颱風影響，設備租賃的收入減少\n"
SIMPLIFIED = "schema: 1\ntitle: 仓库暴雨风险\nnote: 供应链受台风影响，设备租赁的收入减少\n"
readable = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def saved(folder: Path, raw: bytes) -> Path:
    path = folder / "register.yaml"
    path.write_bytes(raw)
    return path


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=readable, mark=st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_utf8_is_read_with_and_without_a_byte_order_mark(
    tmp_path: Path, text: str, mark: bytes
) -> None:
    expected = text.removeprefix("\ufeff") if not mark else text
    assert read_text(saved(tmp_path, mark + text.encode())) == expected


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (TRADITIONAL.encode("big5"), r"^register\.yaml:2: Big5 .*; save the file as UTF-8"),
        (TRADITIONAL.encode("big5hkscs"), r":2: Big5 \(traditional Chinese\) text, not UTF-8"),
        (SIMPLIFIED.encode("gbk"), r":2: GBK \(simplified Chinese\) text, not UTF-8; save"),
        (SIMPLIFIED.encode("gb18030"), r":2: GBK \(simplified Chinese\)"),
        (TRADITIONAL.encode("gbk"), r":2: GBK"),
        (TRADITIONAL.encode("utf-16"), r":1: UTF-16 text, not UTF-8; save"),
        (b"\xfe\xff" + TRADITIONAL.encode("utf-16-be"), ":1: UTF-16 text"),
        (TRADITIONAL.encode("utf-32"), ":1: UTF-32 text"),
        ("a: 1\nb: 2\n".encode("utf-16-le"), ":1: a NUL byte: no plain text file"),
        ("a: 1\nnote: Größe\n".encode("cp1252"), ":2: byte 0xF6, which is not UTF-8; save"),
        ("title: 気候変動リスク\n".encode("shift_jis"), ":1: byte 0x8B, which is not UTF-8"),
        (b"a: 1\nb: \0\n", ":2: a NUL byte"),
    ],
)
def test_other_encodings_are_named_with_the_line_and_the_cure(
    tmp_path: Path, raw: bytes, message: str
) -> None:
    with pytest.raises(InvalidStudyError, match=message):
        read_text(saved(tmp_path, raw))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(TRADITIONAL), st.permutations(SIMPLIFIED))
def test_the_code_page_is_told_by_frequent_characters_in_any_order(
    tmp_path: Path, traditional: list[str], simplified: list[str]
) -> None:
    with pytest.raises(InvalidStudyError, match="Big5"):
        read_text(saved(tmp_path, "".join(traditional).encode("big5")))
    with pytest.raises(InvalidStudyError, match="GBK"):
        read_text(saved(tmp_path, "".join(simplified).encode("gbk")))


def test_size_is_checked_before_anything_is_read(tmp_path: Path) -> None:
    path = tmp_path / "register.yaml"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)  # sparse: no disk is used
    with pytest.raises(InvalidStudyError, match=r"^register\.yaml: 200 MB; allowed: at most 5 MB$"):
        read_text(path)


def test_the_limit_itself_is_allowed(tmp_path: Path) -> None:
    assert read_text(saved(tmp_path, b"a: 1"), limit_bytes=4) == "a: 1"
    with pytest.raises(InvalidStudyError, match="at most"):
        read_text(saved(tmp_path, b"a: 12"), limit_bytes=4)


def test_the_fault_names_the_file_as_the_caller_does(tmp_path: Path) -> None:
    with pytest.raises(InvalidStudyError, match=r"^lx/study\.yaml: missing; needed: a text file"):
        read_text(tmp_path / "study.yaml", name="lx/study.yaml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidStudyError, match="not a regular file"):
        read_text(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InvalidStudyError, match="not a regular file"):
        read_text(tmp_path / "pipe")


def test_the_system_s_reason_is_given(tmp_path: Path) -> None:
    path = tmp_path / "loop"
    path.symlink_to(path)
    with pytest.raises(InvalidStudyError, match="loop: cannot be read: "):
        read_text(path)
