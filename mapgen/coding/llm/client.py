"""Send questions to a chat-completions endpoint, which is not trusted.

Messages come in, and the text that the model wrote goes out. Time and size are limited. Error
messages never repeat what a server sends, because it could contain the key or text of an article.
Redirects are not followed, and proxies and passwords in the environment are not used, so that
articles and the key go only to the given address.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

from mapgen.coding.llm.reply import AnswerError, content_of
from mapgen.coding.llm.schema import SCHEMA
from mapgen.errors import SettingsError
from mapgen.settings import parse_endpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from typing import Any

KEY = "MAPGEN_LLM_KEY"
OK = 200
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_WHY = {
    401: "it did not accept the key (MAPGEN_LLM_KEY)",
    403: "it did not accept the key (MAPGEN_LLM_KEY)",
    404: "it has no such address or model",
    413: "the article is too long for it",
    429: "it is asked too often",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Limits of time, size and attempts."""

    connect_seconds: float = 10.0
    answer_seconds: float = 600.0  # for a whole request, since small machines answer slowly
    reply_bytes: int = 2_000_000
    answer_tokens: int = 4096
    tries: int = 3
    first_wait: float = 2.0  # seconds before the second try, doubled for the third
    longest_wait: float = 60.0  # seconds; give up if the server asks for a longer wait


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class _Reply:
    """What is kept of a response of the endpoint."""

    status: int
    body: bytes
    retry_after: str | None


class Client:
    """Client for one model at one endpoint.

    Parameters
    ----------
    endpoint
        Address of the server, to which ``/chat/completions`` is appended.
    model
        Name of the model.
    key
        Key that is sent as a bearer token, or None.
    limits
        Limits of time, size and attempts.
    sleep
        Function that waits a number of seconds between attempts.

    Raises
    ------
    SettingsError
        If the address is invalid, the key has invalid characters, or the key would be sent without
        encryption to another machine.
    """

    def __init__(
        self,
        endpoint: str,
        model: str,
        *,
        key: str | None = None,
        limits: Limits = DEFAULT_LIMITS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        try:
            self.endpoint = parse_endpoint(endpoint)
        except ValueError as err:
            msg = f"endpoint: {err}."
            raise SettingsError(msg) from None
        key = (key or "").strip()
        parts = urlsplit(self.endpoint)
        if key and parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
            msg = (
                f"endpoint: {KEY} is set and the address is plain http on another machine: anyone "
                "on the way could read the key and the articles. Use https, or unset the key."
            )
            raise SettingsError(msg)
        if not re.fullmatch(r"[!-~]*", key):
            msg = (
                f"{KEY}: holds white space or characters that no key has (its value is not shown)."
            )
            raise SettingsError(msg)
        self.model = model
        self._headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",  # a reply cannot grow after its size is measured
            **({"Authorization": f"Bearer {key}"} if key else {}),
        }
        self._limits, self._sleep = limits, sleep

    def ask(self, messages: Sequence[dict[str, str]]) -> str:
        """Return what the model writes in answer to messages.

        Parameters
        ----------
        messages
            Messages with ``role`` and ``content``.

        Returns
        -------
        str
            Text of the answer.

        Raises
        ------
        AnswerError
            If there is no usable answer.
        """
        body = json.dumps(
            {
                "model": self.model,
                "messages": list(messages),
                "temperature": 0,
                "seed": 0,
                "max_tokens": self._limits.answer_tokens,
                "stream": False,
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "events", "strict": True, "schema": SCHEMA},
                },
            }
        ).encode()
        wait = self._limits.first_wait
        for n in range(1, self._limits.tries + 1):
            is_last = n == self._limits.tries
            reply = self._try(body, is_last=is_last)
            if reply is not None and reply.status == OK:
                return content_of(reply.body)
            if reply is not None and (is_last or reply.status not in _AGAIN):
                raise _refusal(reply.status)
            asked = _seconds(reply.retry_after) if reply is not None else None
            if asked is not None and asked > self._limits.longest_wait:
                msg = f"the endpoint asks to wait longer than {self._limits.longest_wait:g} seconds"
                raise AnswerError(msg)
            self._sleep(wait if asked is None else asked)
            wait *= 2
        msg = "the endpoint was not asked"  # only if the limits allow no attempt
        raise AnswerError(msg)

    def _try(self, body: bytes, *, is_last: bool) -> _Reply | None:
        """Return a reply, or None if the connection broke and another attempt may succeed."""
        try:
            return _run(self._exchange, body)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            msg = "the endpoint cannot be reached: does the server run, and is the address right?"
        except (TimeoutError, httpx.TimeoutException):
            msg = f"the endpoint did not answer within {self._limits.answer_seconds:g} seconds"
        except (httpx.HTTPError, httpx.InvalidURL):
            if not is_last:
                return None
            msg = "the connection to the endpoint broke"
        raise AnswerError(msg) from None  # the library's message may contain request headers

    async def _exchange(self, body: bytes) -> _Reply:
        """Send one request, with a time limit for the whole exchange."""
        limits = self._limits
        timeout = httpx.Timeout(limits.answer_seconds, connect=limits.connect_seconds)
        async with (
            asyncio.timeout(limits.answer_seconds),
            httpx.AsyncClient(timeout=timeout, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "POST", f"{self.endpoint}/chat/completions", content=body, headers=self._headers
            ) as response,
        ):
            again = response.headers.get("retry-after")
            if response.status_code != OK:
                return _Reply(response.status_code, b"", again)
            if response.headers.get("content-encoding", "identity") != "identity":
                msg = "the reply of the endpoint is compressed, which was not asked for"
                raise AnswerError(msg)
            data = bytearray()
            async for chunk in response.aiter_raw():
                data += chunk
                if len(data) > limits.reply_bytes:
                    msg = f"the reply of the endpoint is longer than {limits.reply_bytes:,} bytes"
                    raise AnswerError(msg)
            return _Reply(OK, bytes(data), again)


def _run(exchange: Callable[[bytes], Coroutine[Any, Any, _Reply]], body: bytes) -> _Reply:
    """Run an exchange to its end, even in a notebook, which already runs an event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(exchange(body))
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(exchange(body))).result()


def _refusal(status: int) -> AnswerError:
    """Return the error for an HTTP status other than 200."""
    if 300 <= status < 400:  # noqa: PLR2004
        msg = f"the endpoint redirects to another address (HTTP {status}), which is not followed"
    else:
        why = _WHY.get(status) or (
            "it is out of order"
            if status >= 500  # noqa: PLR2004
            else "it may not know the model, response_format or max_tokens"
        )
        msg = f"the endpoint refused the request (HTTP {status}): {why}"
    return AnswerError(msg)


def _seconds(words: str | None) -> float | None:
    """Return the seconds that a server asks to wait, or None if it does not say so clearly."""
    if words is None:
        return None
    if re.fullmatch(r"\d{1,9}", words.strip()):
        return float(words)
    try:
        at = parsedate_to_datetime(words)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(tz=UTC)).total_seconds())


def _is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
