"""Personal data never leaves the reader: whole columns are dropped, strings in text masked."""

from __future__ import annotations

import re

from matcher.catalogue.vocabulary import fold

MASK = "[개인정보 삭제]"

_SURNAME = (
    "김|이|박|최|정|강|조|윤|장|임|한|오|서|신|권|황|안|송|류|전|홍|고|문|양|손|배|백|허|유|남"
    "|심|노|하|곽|성|"
    "차|주|우|구|민|진|지|엄|채|원|천|방|공|현|함|변|염|여|추|도|소|석|선|설|마|길|연|위|표|명"
    "|기|반"
)

_NO_NAME = (
    r"(?!연구[원자소실비]|공무원|전문[가의직]|주치의|임직원|주관사|조합원|정규직|이공계"
    r"|박사[급후]|원자력|임원급"
    r"|지[정원]|선[정임발]|변경|연락|전화|이메일|서비스|소재지|소속|성명|신청|신규|조[율정]|추천"
    r"|채용|공[석동급]"
    r"|전담|전체|주소|현지|한국|민사|전적|도의|최[대소]|안[전정]|이용|유[한무]|기[관업술타]|임상"
    r"|심사|성실"
    r"|하버드|보스턴|유전[체자]|연구|소화[기제]|오믹스|신경[계과외]|심[혈장전]|안과|조직|정부"
    r"|우리|명예|여성|이사|홍보|구[매성인]|고[객용]|인사)"
)
"""Ordinary words of three syllables and more that begin as surnames do."""

_NAME = (
    rf"(?<![가-힣]){_NO_NAME}(?:{_SURNAME})[가-힣][가-힣]"
    r"(?<![대학팀측처실급직적계로됨에을를는및별내당용형])"
)
_TITLE = (
    r"(?:\s?(?:팀장|본부장|부장|과장|이사|상무|전무|부?사장|회장|실장|소장|센터장)"
    r"|\s(?:연구원|책임))"
)
"""원자력연구원 is an institute: what names one or a duty is a title behind a blank only."""

_END = r"(?=님|씨|께|[이가은는의와과]?(?![가-힣]))"
"""A name or title ends: at most a particle stands behind it."""

_TWO_SURNAMES = "남궁|제갈|황보|선우|독고|사공"
"""Surnames of two syllables."""

_SURE_NAME = (
    rf"(?<![가-힣]){_NO_NAME}(?!미[정상]|문의|본사|지사|대표|공지|공용|안내|주[임무]|원[장내]"
    rf"|없음|전무|방문)"
    rf"(?:(?:{_TWO_SURNAMES})[가-힣]{{1,2}}"
    rf"|(?:{_SURNAME})[가-힣]{{1,2}}?)(?<![팀측처실급적됨에을를는및])"
)
"""What can hardly be but a name, from where it stands: two to four syllables."""

_RARE_AS_NAME = (
    r"(?!신[약제기]|성[분과능]|주[요력관제주장]|진[단행출입료]|지[역분표식속]"
    r"|이[미력전후상하번슈]|인[증허공]|연[계동간]|위[탁원험]"
    r"|방[사법향문]|한의|표[적준면]|현[재황장]|원[료천인]|명[칭확]|반[도복려]|도[입전]"
    r"|소[형속규]|변[리호]|공[학정공급개]|추[진가]"
    r"|정[밀보책]|권리|의|전[략공]|고[분혈]|노[인화]|차[세별]|나노|천연|길|여[러부]|허가"
    r"|선[도정]|기[반존]|황|강의|윤리|구[조축]|안[내건]|조[기합])"
)
"""Words that begin as surnames do and stand beside a title that is a duty or a plain word too."""

_LONG_NAME = rf"(?<![가-힣])(?:(?:{_TWO_SURNAMES})[가-힣]{{2}}|{_RARE_AS_NAME}{_NAME})"

_POST = (
    "대표이사|공동대표|각자대표|부대표|대표|명예교수|석좌교수|겸임교수|부교수|조교수|교수|박사"
    "|병원장|원장|연구소장|소장|"
    "센터장|실장|본부장|부장|팀장|과장|차장|대리|매니저|상무|전무|이사|부사장|사장|회장|"
    "선임연구원|책임연구원|수석연구원|주임연구원|연구원|CEO|CTO|CFO|COO|CSO|CMO|PI"
)
"""What a person may be called, where brackets or a colon tell that it is one."""

_POST_BEFORE = (
    "대표이사|대표자|공동대표|각자대표|부대표|대표|CEO|CTO|CFO|COO|CSO|CMO|PI|"
    "연구책임자|책임연구자|과제책임자|실무책임자|책임자|병원장|원장|연구소장|소장|센터장|부사장"
    "|사장|회장|교수|박사|담당자|작성자"
)
_LABEL = rf"{_POST_BEFORE}|담당|실무자|성명|이름|성함|문의처?|발표자|신청자|제출자|응답자"
"""What a name follows behind a colon or in brackets."""

_PERSON = rf"{_SURE_NAME}(?:\s?(?:{_POST}))?님?"

_SHORT_NAME = (
    r"(?<![가-힣])(?!이[하상번후전미사차온식용]|박[사막]|최[고초대근종]|정[부식규책보밀상]"
    r"|강[원남소점]|조[직합사기율정]|윤리|장[기비애내]"
    r"|임[상원직시]|한[국방미식독의]|오[송창픈전]|서[울부면류]|신[규약임설경체생]|권[역리]"
    r"|안[과전산양내]|송[도파]|전[국체문임직남북주략신공통무사용]"
    r"|홍[보콩릉]|고[객문유려령]|문[화의]|양[사측국산자]|손상|배[양포]|백신|허가"
    r"|유[일럽전망통산방사]|남[한성부미]|심[장사]|노[인사조화동]"
    r"|하[반부]|성[분과인남형]|차기|주[요주력관식무]|우[리수선]|구[강매로]|민[간원])"
    r"[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민]"
    r"[가-힣](?<![팀측처실급적됨에을를는및등의])"
)
"""A name of two syllables behind which a title ends the phrase; the rarest surnames are words."""

_FOREIGNER = (
    r"(?<![A-Za-z])(?:Dr|Prof|Professor)\b\.?\s*"
    r"(?!(?:\S+\s){0,2}(?:Reddy|Lab|Pharma|Inst|Hosp|Inc\b|Ltd|GmbH|Group|Clinic|Cent|Found"
    r"|School))"
    r"[A-Z](?:[A-Za-z'’-]+|\.)(?:\s[A-Z](?:[A-Za-z'’-]+|\.)){1,2}"
)
"""Dr. and Prof. before two or three names; Dr. Reddy's Laboratories is a company."""

_DIRECT = (
    r"(?<![\w.+-])[\w.+-]+(?:@|\s?(?:\([aA][tT]\)|\[[aA][tT]\]"
    r"|골뱅이)\s?)[\w-]+(?:\.[\w-]+)+"  # e-mail
    r"|(?<!\d)(?:\+82[-‐-–.\s]?)?(?:\(0?1[016789]\)"
    r"|0?1[016789])[-‐-–.\s]\d{3,4}[-‐-–.\s]\d{4}(?!\d)"
    r"|(?<!\d)01[016789]\d{7,8}(?!\d)"  # mobile number in one run
)
"""What reaches one person: a name beside it is that of the person."""

_NUMBER = (
    r"(?<!\d)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"(?:\s?[-‐-–]\s?[1-8][*xX●○]{6}|\s?[1-8]\d{6}(?!\d|\s?원))"  # resident, hidden or in one run
    r"|(?<![\w)])\+\d{1,3}[-.\s]?(?:\(?\d{1,4}\)?[-.\s])?\d{3,4}[-.\s]\d{4}(?!\d)"  # abroad
    r"|\([2-9]\d\d\)\s?\d{3}-\d{4}(?!\d)|(?<![\d-])[2-9]\d\d-\d{3}-\d{4}(?![\d-])"  # America
    r"|(?<!\d)\d{6}\s?[-‐-–]\s?\d{7}(?!\d)"  # registration number of a resident or a company
    r"|(?<!\d)\d{3}[-‐-–]\d{2}[-‐-–]\d{5}(?!\d)"  # business registration number
    r"|(?<!\d)(?:\+82[-‐-–.\s]?)?(?:\(0?(?:2|[3-6]\d|70|50\d)\)|0?(?:2|[3-6]\d|70|50\d))"
    r"[-‐-–.\s]\d{3,4}[-‐-–.\s]\d{4}(?!\d)"  # telephone number
    r"|(?<!\d)0(?:1[016789]|2|[3-6]\d|70|50\d)\)\s?\d{3,4}[-‐-–.\s]?\d{4}(?!\d)"  # 02)000-0000
)

_PERSONAL = re.compile(
    # Each group of alternatives is tried only where its first letter can stand.
    rf"(?<![가-힣])(?=[가-힣CP])(?:{_PERSON}\s?[(\[]\s?(?:{_DIRECT})\s?[)\]]"  # name (number)
    rf"|{_LONG_NAME}(?:\s?(?:{_POST}))?\s?[,/·:]?\s?(?:{_DIRECT})"  # name, number
    rf"|(?:대표이사|담당자|담당\s?:)\s?:?\s?{_NAME}"
    rf"(?:\s?(?:대표|교수|박사|원장)|{_TITLE})?{_END}"  # person behind a title
    rf"|(?<![A-Za-z])(?:{_LABEL})(?:\s?:\s?{_PERSON}{_END}|\s?\(\s?{_PERSON}\s?\))"
    rf"|(?<![A-Za-z])(?:{_POST_BEFORE})\s{_LONG_NAME}{_END}"
    rf"|{_SURE_NAME}\s?\(\s?(?:{_POST})\s?\)"  # person before a title in brackets
    rf"|{_NO_NAME}(?!문의[는처])(?:{_SURNAME})[가-힣][가-힣](?<![대학과팀측의])"
    r"\s?(?:대표이사|대표|교수|박사|원장)"  # person
    rf"|{_NO_NAME}(?:{_SURNAME})[가-힣]의\s박사(?:님|(?=\s*(?:[,;.()/|\d]|$)))"
    rf"|{_NAME}{_TITLE}{_END}"  # person before a title
    rf"|{_SHORT_NAME}\s(?:대표이사|대표|CEO)"
    r"(?:님|(?=[이가은는와]?\s*(?:[,;/).|]|$)|[이가은는와]\s))"
    rf"|{_LONG_NAME}(?:\s(?:{_POST})|님){_END})"
    rf"|(?=[\w.+(-])(?:{_DIRECT}|{_NUMBER})"
    rf"(?:\s?[(\[]\s?{_PERSON}\s?[)\]]|\s?[,/·]?\s?{_LONG_NAME}{_END})?"
    r"|카(?:카오)?톡\s*(?:(?:ID|id|Id|아이디)\s*:?|:)\s*[A-Za-z0-9][A-Za-z0-9_.-]{2,}"  # messenger
    rf"|{_FOREIGNER}"
)

_SUSPECT = re.compile(
    r"@|\d{4}|\d-\d\d|대표|교수|박사|[원소실부팀과차사회터]장|담당|이사|연구원|책임|카톡|카카오톡"
    r"|Dr|Prof|[(\[][aA][tT]|골뱅이|C[ETFOSM]O|PI|[상전]무|대리|매니저|님"
    r"|[작성응답신청제출발표]자|실무자|문의|성명|이름|성함"
)
"""What every personal string holds; most cells do not, and are spared the long search."""


_BRACKET = re.compile(
    r"\s*[(\[](?!(?:주|유|재|사|합|주식회사|유한회사|재단법인"
    r"|사단법인)\s*[)\]])[^()\[\]]*(?:[)\]]|$)"
)
"""What stands in brackets and is no form of company."""


def drop_brackets(text: str) -> tuple[str, int]:
    """Return a folded text without what stands in brackets, and how many brackets there were.

    For columns such as 업체명(대표자), whose header says that the brackets hold a person.
    """
    dropped = 0
    while (found := _BRACKET.subn("", text))[1]:  # again, for brackets in brackets
        text, dropped = found[0], dropped + found[1]
    return text, dropped


def mask(text: str) -> tuple[str, int]:
    """Return the text with personal strings masked, and how many there were."""
    return _PERSONAL.subn(MASK, text) if _SUSPECT.search(text) else (text, 0)


def shareable(text: str) -> str:
    """Return a text as it stands, or folded and masked where it holds a personal string."""
    masked, found = mask(fold(text))
    return masked if found else text
