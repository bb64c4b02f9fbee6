"""Personal data never leaves the reader: whole columns are dropped, strings in text masked."""

from __future__ import annotations

import re

from matcher.catalogue.vocabulary import fold

_SUSPECT = re.compile(
    r"@|\d{4}|\d-\d\d|대표|교수|박사|원장|담당|팀장|이사|과장|부장|연구원|책임|카톡|카카오톡"
)
"""What every personal string holds; most cells do not, and are spared the long search."""

MASK = "[개인정보 삭제]"

_SURNAME = (
    "김|이|박|최|정|강|조|윤|장|임|한|오|서|신|권|황|안|송|류|전|홍|고|문|양|손|배|백|허|유|남|심|노|하|곽|성|"
    "차|주|우|구|민|진|지|엄|채|원|천|방|공|현|함|변|염|여|추|도|소|석|선|설|마|길|연|위|표|명|기|반"
)

_NO_NAME = (
    r"(?!연구[원자소실비]|공무원|전문[가의직]|주치의|임직원|주관사|조합원|정규직|이공계|박사[급후]|원자력|임원급"
    r"|지[정원]|선[정임발]|변경|연락|전화|이메일|서비스|소재지|소속|성명|신청|신규|조[율정]|추천|채용|공[석동급]"
    r"|전담|전체|주소|현지|한국|민사|전적|도의|최[대소]|안[전정]|이용|유[한무]|기[관업술타]|임상|심사|성실"
    r"|하버드|보스턴|유전[체자]|연구|소화[기제]|오믹스|신경[계과외]|심[혈장전]|안과|조직|정부|우리|명예|여성|이사|홍보|구[매성인]|고[객용]|인사)"
)
"""Ordinary words of three syllables and more that begin as surnames do."""

_NAME = (
    rf"(?<![가-힣]){_NO_NAME}(?:{_SURNAME})[가-힣][가-힣]"
    r"(?<![대학팀측처실급직적계로됨에을를는및별내당용형])"
)
_TITLE = r"(?:\s?(?:팀장|본부장|부장|과장|이사)|\s(?:연구원|책임))"
"""원자력연구원 is an institute: what names one or a duty is a title behind a blank only."""

_END = r"(?=님|씨|께|[이가은는의와과]?(?![가-힣]))"
"""A name or title ends: at most a particle stands behind it."""

_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail
    r"|(?<!\d)\d{6}\s?[-‐-–]\s?\d{7}(?!\d)"  # registration number of a resident or a company
    r"|(?<!\d)\d{3}[-‐-–]\d{2}[-‐-–]\d{5}(?!\d)"  # business registration number
    r"|(?<!\d)(?:\+82[-‐-–.\s]?)?\(?0?(?:1[016789]|2|[3-6]\d|70|50\d)\)?"
    r"[-‐-–.\s]\d{3,4}[-‐-–.\s]\d{4}(?!\d)"  # telephone number
    r"|(?<!\d)0(?:1[016789]|2|[3-6]\d|70|50\d)\)\s?\d{3,4}[-‐-–.\s]?\d{4}(?!\d)"  # 02)000-0000
    r"|(?<!\d)01[016789]\d{7,8}(?!\d)"  # mobile number in one run
    r"|카(?:카오)?톡\s*(?:(?:ID|id|Id|아이디)\s*:?|:)\s*[A-Za-z0-9][A-Za-z0-9_.-]{2,}"  # messenger
    rf"|(?<![가-힣])(?:대표이사|담당자|담당\s?:)\s?:?\s?{_NAME}"
    rf"(?:\s?(?:대표|교수|박사|원장)|{_TITLE})?{_END}"  # person behind a title
    rf"|(?<![가-힣]){_NO_NAME}(?!문의[는처])(?:{_SURNAME})[가-힣][가-힣](?<![대학과팀측의])"
    r"\s?(?:대표이사|대표|교수|박사|원장)"  # person
    rf"|(?<![가-힣]){_NO_NAME}(?:{_SURNAME})[가-힣]의\s박사(?:님|(?=\s*(?:[,;.()/|\d]|$)))"
    rf"|{_NAME}{_TITLE}{_END}"  # person before a title
)


def mask(text: str) -> tuple[str, int]:
    """Return the text with personal strings masked, and how many there were."""
    return _PERSONAL.subn(MASK, text) if _SUSPECT.search(text) else (text, 0)


def shareable(text: str) -> str:
    """Return a text as it stands, or folded and masked where it holds a personal string."""
    masked, found = mask(fold(text))
    return masked if found else text
