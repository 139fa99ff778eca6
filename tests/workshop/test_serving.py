"""Who a proxy names may see the study, and nobody else."""

from __future__ import annotations

import pytest

from climrisk.workshop.serving import Proxy, read_proxy

STATED = {
    "CLIMRISK_APP_USER_HEADER": "X-Forwarded-Email",
    "CLIMRISK_APP_OPERATORS": "ana@example.com, Li@example.com,",
}


@pytest.mark.parametrize(
    ("headers", "is_let_in"),
    [
        ({"X-Forwarded-Email": "ana@example.com"}, True),
        ({"X-Forwarded-Email": " LI@example.com "}, True),
        ({"X-Forwarded-Email": "eve@example.com"}, False),
        ({"X-Forwarded-Email": ""}, False),
        ({"X-Forwarded-User": "ana@example.com"}, False),
        ({}, False),
    ],
)
def test_only_named_operators_are_let_in(headers: dict[str, str], is_let_in: bool) -> None:
    assert read_proxy(STATED).lets_in(headers) == is_let_in


def test_without_a_header_nobody_is_named() -> None:
    assert read_proxy({}) == Proxy()
    assert not read_proxy({"CLIMRISK_APP_OPERATORS": "ana@example.com"}).lets_in(
        {"": "ana@example.com"}
    )
    assert not read_proxy({"CLIMRISK_APP_USER_HEADER": "X-User"}).lets_in({"X-User": ""})
