"""Sends webhook messages, signed as Standard Webhooks has it, to addresses that were looked at first."""

import base64
import hashlib
import hmac
import json
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from simreg import __version__
from simreg.api.services import Services
from simreg.service.webhooks import Delivery
from simreg.settings import is_local

AT_ONCE = 4
LONGEST_S = 20
"""Seconds that a receiver has at most: all messages of a round end before another sender may take them."""

NAT64 = ip_network("64:ff9b::/96")
"""IPv6 addresses behind which a gateway reaches IPv4 (RFC 6052)."""

Resolve = Callable[[str, int], list[str]]


class RefusedError(Exception):
    """A message that is not sent, or that the receiver did not take; says why in a word or two."""


def send_due(given: Services, resolve: "Resolve | None" = None) -> int:
    """Send what is due, a few at once; how many there were. Call it again and again."""
    due = given.webhooks.due(AT_ONCE)
    if due:
        with ThreadPoolExecutor(AT_ONCE, "webhook") as senders:
            list(senders.map(lambda one: _tried(given, one, resolve or addresses), due))
    return len(due)


def _tried(given: Services, message: Delivery, resolve: Resolve) -> None:
    seconds = min(given.settings.webhook_timeout_s, LONGEST_S)
    private = given.settings.webhook_private == "on" or given.settings.shows_demo
    try:
        send(message, seconds, private=private, resolve=resolve)
    except Exception as error:  # whatever it is, the next try waits longer, and the others are sent
        given.webhooks.failed(message.id, str(error) if isinstance(error, RefusedError) else type(error).__name__)
        given.metrics.sent.labels("failed").inc()
    else:
        given.webhooks.delivered(message.id)
        given.metrics.sent.labels("delivered").inc()


def send(message: Delivery, seconds: float, *, private: bool, resolve: Resolve) -> None:
    """Send one message. Redirects are not followed. Raises `RefusedError`."""
    body = json.dumps(message.payload, ensure_ascii=False, separators=(",", ":")).encode()
    pool, parts = _connected(message.url, seconds, private, resolve), urlsplit(message.url)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"simreg/{__version__}",
        "Host": parts.netloc.rsplit("@", 1)[-1],
        **signed(message, body, int(time.time())),
    }
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        answer = pool.urlopen(
            "POST", path, body, headers, retries=False, redirect=False, assert_same_host=False, preload_content=False
        )
        status = answer.status
        answer.close()
    except (HTTPError, OSError) as error:
        raise RefusedError(type(error).__name__) from None
    finally:
        pool.close()
    if not 200 <= status < 300:
        raise RefusedError(f"status {status}")


def signed(message: Delivery, body: bytes, now: int) -> dict[str, str]:
    """The three headers: HMAC-SHA256 over id, time and body (Standard Webhooks, Signature scheme)."""
    text = f"{message.id}.{now}.".encode() + body
    signature = base64.b64encode(hmac.new(message.secret, text, hashlib.sha256).digest()).decode()
    return {"webhook-id": message.id, "webhook-timestamp": str(now), "webhook-signature": f"v1,{signature}"}


def addresses(host: str, port: int) -> list[str]:
    """All addresses of a host."""
    return list(dict.fromkeys(str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def _connected(url: str, seconds: float, private: bool, resolve: Resolve) -> urllib3.HTTPConnectionPool:
    """A connection to an address of the URL's host that may be reached; the name is not looked up again."""
    parts = urlsplit(url)
    host, https = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if https else 80)
    if not https and not (private and is_local(host)):
        raise RefusedError("not https")
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError):
        raise RefusedError("host unknown") from None
    if not found or not all(private or _public(address) for address in found):
        raise RefusedError("private address")
    timeout = urllib3.Timeout(total=seconds)
    if https:
        return urllib3.HTTPSConnectionPool(
            found[0], port, timeout=timeout, maxsize=1, server_hostname=host, assert_hostname=host
        )
    return urllib3.HTTPConnectionPool(found[0], port, timeout=timeout, maxsize=1)


def _public(address: str) -> bool:
    """Whether an address is nobody's own: neither it nor an IPv4 address that is wrapped in it."""
    parsed: IPv4Address | IPv6Address | None = ip_address(address.split("%")[0])
    while parsed is not None:
        if not parsed.is_global or parsed.is_multicast:
            return False
        parsed = _inner(parsed) if isinstance(parsed, IPv6Address) else None
    return True


def _inner(address: IPv6Address) -> IPv4Address | None:
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
