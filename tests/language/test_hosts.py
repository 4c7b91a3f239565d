"""Names of hosts: of mail, and before a path without a scheme."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.language.hosts import RESERVED, is_mail_host, is_top, is_web_host


@pytest.mark.parametrize("name", ["com", "ORG", "museum", "xn--p1ai", "公司", *sorted(RESERVED)])
def test_domains_at_the_top(name: str) -> None:
    assert is_top(name)
    assert is_mail_host(f"mail.{name}")


def test_what_is_no_domain() -> None:
    assert not is_top("nowhere")
    assert not is_top("cfg")


@pytest.mark.parametrize("host", ["github.com", "paypal.me", "ada.example", "x.com", "EXAMPLE.ORG"])
def test_hosts_before_a_path(host: str) -> None:
    assert is_web_host(host)


@pytest.mark.parametrize(
    "host", ["report.py", "self.id", "3.in", "asp.net", "e.g", "a..com", "-a.com", "Some.Com", "x"]
)
def test_what_is_no_host_before_a_path(host: str) -> None:
    assert not is_web_host(host)


def test_hosts_of_mail_without_a_dot() -> None:
    assert is_mail_host("intranet")
    assert not is_mail_host("latest")
    assert not is_mail_host("2x.png")
    assert is_mail_host("[192.0.2.1]")
