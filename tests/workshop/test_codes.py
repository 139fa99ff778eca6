"""Codes that are read out, typed in and never stored."""

from __future__ import annotations

import hashlib

import pytest

from climrisk.errors import WorkshopError
from climrisk.workshop import codes
from climrisk.workshop.codes import (
    ALPHABET,
    hashed,
    is_hash,
    matches,
    new_join_code,
    new_return_code,
    normalised,
    split_return_code,
    valid_pin,
)

FULL_COST = codes.COST  # before any test makes it cheap


def test_no_sign_can_be_mixed_up() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set("01ILO") & set(ALPHABET)
    codes = {new_join_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 6 and set(code) <= set(ALPHABET) for code in codes)


def test_a_code_is_taken_as_people_type_it() -> None:
    assert normalised(" k3q-mx 2 ") == "K3QMX2"
    code = new_return_code(12)
    number, secret = split_return_code(f"  {code.lower()} ") or (0, "")
    assert (number, secret) == (12, "".join(code.split("-")[1:]))


@pytest.mark.parametrize("typed", ["", "K3QMA-9TRXW", "-1-AAAAA-BBBBB", "9" * 9 + "-A", "٣-AAAAA"])
def test_what_is_no_return_code_is_told_apart(typed: str) -> None:
    assert split_return_code(typed) is None


def test_hashes_are_scrypt_with_a_salt_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "COST", FULL_COST)
    one, other = hashed("secret"), hashed("secret")
    assert one != other
    scheme, cost, salt, digest = one.split("$")
    expected = hashlib.scrypt(b"secret", salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32)
    assert (scheme, cost, digest, len(salt)) == ("scrypt", "16384", expected.hex(), 32)
    assert is_hash(one)
    assert matches("secret", one)
    assert not matches("Secret", one)


@pytest.mark.parametrize("pin", ["12345", "x" * 201])
def test_a_pin_has_a_length(pin: str) -> None:
    with pytest.raises(WorkshopError, match=f"a PIN of {len(pin)} signs; allowed: 6 to 200"):
        valid_pin(pin)


def test_a_cheaper_hash_of_old_still_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "COST", 2**4)
    old = hashed("secret")
    monkeypatch.setattr(codes, "COST", 2**5)
    assert matches("secret", old)


@pytest.mark.parametrize("kept", ["", "scrypt$16$00$00", "scrypt$15$" + "0" * 32 + "$" + "0" * 64])
def test_what_is_no_hash_is_told_apart(kept: str) -> None:
    assert not is_hash(kept)
