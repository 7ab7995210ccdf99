"""Match sentences in which somebody denies the one before without a verb of denial.

"The army insists it doesn't.", '"Lies," says a spokesman.', "Not yet, says the governor." A
sentence comes in; the match goes out, with who denies and by which words.
"""

from __future__ import annotations

import re

_SAYS = r"(?:answer|counter|insist|maintain|repl|respond|retort|say|said|sa)(?:ed|ied|s|y|ies|id)?"
_NOT = r"(?:are|did|do|does|had|has|have|is|was|were)(?:\snot|n['’]t)"
_SO = (
    r"(?:\s(?:so|true|the\scase|happened|yet|(?:control|hold|taken|captured|entered)\s"
    r"(?:any\sof\s)?(?:it|the\s(?:city|town|village))))?"
)
_SPOKESMAN = r"(?P<who>(?![^.;]*\babout\b)(?:(?:an?|the)\s)?[^\s“”\"][^“”\".,;:]{2,60}?)"
_NO_CLAIM = r"(?P<claim>(?!))?"
_END = r"(?:\sthere)?\s*(?:[.!;]|$)"

# "The army insists it doesn't"
_INSISTS = re.compile(
    rf"^[-–—•*\s]*(?:But\s|However,\s)?(?P<who>(?:[A-Z]|the\s\w)[\w'’.-]*(?:\s[\w'’.-]+){{0,6}}?)\s"
    rf"(?P<verb>{_SAYS}\s(?:that\s)?(?:it|they|its\s\w+|their\s\w+)\s{_NOT}){_SO}{_NO_CLAIM}\s*(?:[.!;]|$)"
)
# '"Lies," says a police spokesman there'
_QUOTED = re.compile(
    rf"^[\s“\"‘']*(?P<verb>(?:(?:all|complete|more|mere|pure|total)\s)?(?:a\slie|fake(?:\snews)?"
    rf"|fantas(?:y|ies)|lies|nonsense|not\s(?:so|true|yet)|propaganda|rubbish|untrue)\b)[,.!]?[”\"’']+\s"
    rf"(?:says|said)\s{_SPOKESMAN}{_NO_CLAIM}{_END}",
    re.IGNORECASE,
)
# "Not yet, says the governor"
_BARE_WORDS = rf"(?:not\s(?:so|true|yet)|(?:it|they)\s{_NOT}{_SO})"
_BARE = re.compile(
    rf"^[-–—•*\s]*(?:But\s)?(?P<verb>{_BARE_WORDS}),\s(?:insists|says|said)\s{_SPOKESMAN}{_NO_CLAIM}"
    rf"(?:\sthere)?\s*(?:[.!;:]|$)",
    re.IGNORECASE,
)
# "the rebels say it is theirs; not yet, says the capital"
_WITHIN = re.compile(
    rf"[;:–—]\s(?:but\s)?(?P<verb>{_BARE_WORDS}),\s(?:insists|says|said)\s{_SPOKESMAN}"
    rf"(?:\sthere)?\s*(?:[.!;]|$)",
    re.IGNORECASE,
)


def flat_denial(sentence: str) -> re.Match[str] | None:
    """Match a sentence by which somebody only says that what was told is not so.

    Parameters
    ----------
    sentence
        The text of the sentence. The match has the groups ``who``, ``verb`` and ``claim``.
    """
    return _INSISTS.match(sentence) or _QUOTED.match(sentence) or _BARE.match(sentence)


def flat_denial_within(sentence: str) -> re.Match[str] | None:
    """Match the denial behind a claim of the same sentence: "..., not yet, says the army".

    Parameters
    ----------
    sentence
        The text of the sentence. The match has the groups ``who`` and ``verb``.
    """
    return _WITHIN.search(sentence)
