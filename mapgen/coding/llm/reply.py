"""Extract the model's answer from the reply of an endpoint, strictly, with reasons for refusals.

The bytes of a reply come in; the text that the model wrote, or the value of a JSON text, goes out.
"""

from __future__ import annotations

import json
import re
from typing import Any

from mapgen.errors import MapgenError

_FENCE = re.compile(r"\s*```(?:json)?[ \t]*\n(.*)\n```\s*", re.DOTALL)


class AnswerError(MapgenError, RuntimeError):
    """The model gave no usable answer.

    The message never contains text from the server.
    """


class _TwiceError(Exception):
    """A JSON object has a duplicate key."""


def strict_json(text: str | bytes, what: str) -> Any:  # noqa: ANN401  JSON is what it is
    """Parse a JSON text.

    Parameters
    ----------
    text
        The text. Bytes must be UTF-8.
    what
        Name of the text for messages, such as "the reply".

    Returns
    -------
    object
        The value.

    Raises
    ------
    AnswerError
        If the text is not JSON, has a duplicate key, or has a number such as ``NaN``.
    """
    try:
        words = text.decode("utf-8") if isinstance(text, bytes) else text
        return json.loads(words, object_pairs_hook=_once, parse_constant=_no_number)
    except _TwiceError:
        msg = f"{what} has a key twice"
        raise AnswerError(msg) from None
    except (ValueError, RecursionError):
        msg = f"{what} is not JSON"
        raise AnswerError(msg) from None


def content_of(reply: bytes) -> str:
    """Return what the model wrote, from the reply of a chat-completions endpoint.

    Parameters
    ----------
    reply
        Body of the reply.

    Returns
    -------
    str
        Text of the answer, without a Markdown code fence around it.

    Raises
    ------
    AnswerError
        If the answer is cut off, refused or empty, or the reply has another form.
    """
    envelope = strict_json(reply, "the reply of the endpoint")
    choices = envelope.get("choices") if isinstance(envelope, dict) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        msg = "the reply of the endpoint is not that of a chat-completions endpoint"
        raise AnswerError(msg)
    if message.get("refusal") or choice.get("finish_reason") == "content_filter":
        msg = "the model refused to answer"
        raise AnswerError(msg)
    if choice.get("finish_reason") == "length":
        msg = "the model's answer was cut off (finish_reason length)"
        raise AnswerError(msg)
    content = message.get("content")
    if not isinstance(content, str) or not content.strip():
        msg = "the model's answer is empty"
        raise AnswerError(msg)
    fenced = _FENCE.fullmatch(content)  # common for servers that ignore the schema
    return fenced.group(1) if fenced else content


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object, or refuse it if a key is duplicate, since either value may be meant."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _TwiceError
    return found


def _no_number(_: str) -> Any:  # noqa: ANN401  it never returns
    """Refuse ``NaN`` and infinite numbers, which JSON does not have."""
    raise ValueError
