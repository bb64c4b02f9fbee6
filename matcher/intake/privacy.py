"""Personal data never leaves the reader: whole columns are dropped, strings in text masked."""

from __future__ import annotations

import re

from matcher.catalogue.vocabulary import fold

_SUSPECT = re.compile(r"@|\d{4}|\d-\d\d|대표|교수|박사|원장")
"""What every personal string holds; most cells do not, and are spared the long search."""

MASK = "[개인정보 삭제]"

_SURNAME = (
    "김|이|박|최|정|강|조|윤|장|임|한|오|서|신|권|황|안|송|류|전|홍|고|문|양|손|배|백|허|유|남|심|노|하|곽|성|"
    "차|주|우|구|민|진|지|엄|채|원|천|방|공|현|함|변|염|여|추|도|소|석|선|설|마|길|연|위|표|명|기|반"
)

_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail
    r"|(?<!\d)\d{6}\s?[-‐-–]\s?\d{7}(?!\d)"  # registration number of a resident or a company
    r"|(?<!\d)\d{3}[-‐-–]\d{2}[-‐-–]\d{5}(?!\d)"  # business registration number
    r"|(?<!\d)(?:\+82[-‐-–.\s]?)?\(?0?(?:1[016789]|2|[3-6]\d|70|50\d)\)?"
    r"[-‐-–.\s]\d{3,4}[-‐-–.\s]\d{4}(?!\d)"  # telephone number
    r"|(?<!\d)01[016789]\d{7,8}(?!\d)"  # mobile number in one run
    rf"|(?<![가-힣])(?:{_SURNAME})[가-힣][가-힣](?<![대학과팀측의])"
    r"\s?(?:대표이사|대표|교수|박사|원장)"  # person
)


def mask(text: str) -> tuple[str, int]:
    """Return the text with personal strings masked, and how many there were."""
    return _PERSONAL.subn(MASK, text) if _SUSPECT.search(text) else (text, 0)


def shareable(text: str) -> str:
    """Return a text as it stands, or folded and masked where it holds a personal string."""
    masked, found = mask(fold(text))
    return masked if found else text
