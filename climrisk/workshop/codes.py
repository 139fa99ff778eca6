"""Join codes, personal return codes and the facilitator's PIN.

Secrets are kept as scrypt hashes (RFC 7914; N = 2^14, r = 8, p = 1, 16 MB and some 50 ms each) with
16 random bytes of salt of their own, so that a copied database does not open a session.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Final

from climrisk.errors import WorkshopError

__all__ = [
    "ALPHABET",
    "COST",
    "hashed",
    "is_hash",
    "matches",
    "new_join_code",
    "new_return_code",
    "normalised",
    "split_return_code",
    "valid_pin",
]

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 signs that nobody mixes up when they are read out: no 0 O, 1 I L."""

_JOIN_SIGNS: Final = 6
_RETURN_SIGNS: Final = 10
_LEAST_PIN: Final = 6
_MOST_SECRET: Final = 200
COST = 2**14
"""N of scrypt for new hashes."""
_R, _P = 8, 1
_MEMORY: Final = 2**28
_SALT_BYTES: Final = 16


def new_join_code() -> str:
    """Return a code of six signs for the shared link; it opens the door, nobody's answers."""
    return _signs(_JOIN_SIGNS)


def new_return_code(number: int) -> str:
    """Return a participant's personal code, such as `7-K3QMA-9TRXW`; 49 random bits.

    Parameters
    ----------
    number : int
        The participant's number, which the code begins with.
    """
    signs = _signs(_RETURN_SIGNS)
    return f"{number}-{signs[:5]}-{signs[5:]}"


def split_return_code(code: str) -> tuple[int, str] | None:
    """Return number and secret of a return code as it was typed; None if it is none."""
    number, _, secret = code.strip().partition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 6:
        return None
    return int(number), normalised(secret)


def normalised(code: str) -> str:
    """Return a code as it is compared: capitals, without blanks and hyphens."""
    return "".join(code[:_MOST_SECRET].upper().replace("-", "").split())


def valid_pin(pin: str) -> str:
    """Return the PIN.

    Raises
    ------
    WorkshopError
        Shorter than six signs, or absurdly long.
    """
    if not _LEAST_PIN <= len(pin) <= _MOST_SECRET:
        raise WorkshopError(f"a PIN of {len(pin)} signs; allowed: {_LEAST_PIN} to {_MOST_SECRET}")
    return pin


def hashed(secret: str) -> str:
    """Return cost, salt and scrypt hash of a secret; the cost may grow, old hashes still hold."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return f"scrypt${COST}${salt.hex()}${_scrypt(secret, salt, COST).hex()}"


def matches(secret: str, kept: str) -> bool:
    """Say whether a secret is the one that was hashed; takes as long either way."""
    _, cost, salt, digest = kept.split("$")
    found = _scrypt(secret, bytes.fromhex(salt), int(cost))
    return hmac.compare_digest(found, bytes.fromhex(digest))


def is_hash(kept: str) -> bool:
    """Say whether a text is a hash as `hashed` makes them, at a cost that is bearable."""
    found = re.fullmatch(r"scrypt\$([0-9]{1,5})\$[0-9a-f]{32}\$[0-9a-f]{64}", kept, re.ASCII)
    cost = int(found[1]) if found else 0
    return cost > 1 and cost & (cost - 1) == 0


def _scrypt(secret: str, salt: bytes, cost: int) -> bytes:
    content = secret.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(content, salt=salt, n=cost, r=_R, p=_P, maxmem=_MEMORY, dklen=32)


def _signs(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))
