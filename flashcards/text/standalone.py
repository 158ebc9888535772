"""Lines that stand by themselves though no full stop ends them: salutations and datelines."""

import re

from flashcards.model import HAN, Language

_LONGEST = {"zh": 60, "en": 160}    # characters; what is longer is a sentence that begins like a salutation

_ADDRESSED_ZH = re.compile(
    "(?:(?<![我你您他她它咱人])[们們]|总统|總統|主席|总理|總理|首相|国王|國王|女王|陛下|殿下|阁下|閣下|元首|首脑|首腦|使节|使節|书记|書記|秘书长|秘書長"
    "|部长|部長|省长|省長|市长|市長|议长|議長|议员|議員|大使|会长|會長|校长|校長|院长|院長|院士|教授|博士|老师|老師|先生|女士|小姐"
    "|太太|夫人|夫妇|夫婦|同事|同志|同学|同學|同仁|同胞|侨胞|僑胞|朋友|代表|委员|委員|领导|領導|嘉宾|嘉賓|来宾|來賓|专家|專家|听众"
    "|聽眾|观众|觀眾|读者|讀者|家长|家長|网友|網友|乡亲|鄉親|父老|战友|戰友|兄弟|姐妹|姊妹|校友)$"
)
_OPENS_SALUTATION_ZH = re.compile("(?:尊敬|敬爱|敬愛|亲爱|親愛)的|各位|诸位|諸位")
_BETWEEN_ADDRESSED_ZH = re.compile(r"[，,、\s]+")

_NAME_EN = re.compile(r"[A-Z][\w.'’-]*(?:\s(?:of|the|and|[A-Z][\w.'’-]*))*")
_VOCATIVE_EN = re.compile(
    r"""
      (?: My\s )? Dear \s .+
    | Your \s (?: (?: Royal | Serene ) \s )? (?: Excellenc | Majest | Highness | Hono ) .*
    | Excellenc (?: y | ies ) | Madam | Sir
    | (?: Mr | Mrs | Ms | Madam | Mister ) \b \.? \s [A-Z].*
    | (?: Distinguished | Honou?rable | Honou?red | Esteemed | Respected | Fellow ) (?: \s [\w'’-]+ ){1,6}
    | (?: Ladies | Gentlemen | Colleagues | Friends | Comrades | Delegates | Students | Classmates | Compatriots
        | Brothers | Sisters | Guests ) (?: \s and \s (?: dear \s | fellow \s )? \w+ )*
    """,
    re.VERBOSE,
)
_VOCATIVE_WITHIN_EN = re.compile(_VOCATIVE_EN.pattern, re.VERBOSE | re.IGNORECASE)

_DATE_ZH = r"[（(]?\s*(?:\d{4}|[〇零一二三四五六七八九]{4})\s*年\s*\w{1,3}\s*月(?:\s*\w{1,3}\s*日)?\s*[）)]?"
_PLACE_ZH = rf"[{HAN}·]{{0,6}}"
_DATELINE_ZH = re.compile(rf"{_DATE_ZH}[\s，,、]*{_PLACE_ZH}|{_PLACE_ZH}[\s，,、]*{_DATE_ZH}")

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE_EN = rf"\(?(?:{_MONTH}\s(?:{_DAY},?\s)?|{_DAY}\s{_MONTH},?\s)\d{{4}}\)?"
_PLACE_EN = r"(?!(?:On|In|By|At|Since|Until|From|Before|After)\b)[A-Z][\w.'’-]*(?:,?\s[A-Z][\w.'’-]*){0,4}"
_DATELINE_EN = re.compile(rf"(?:{_PLACE_EN},?\s)?{_DATE_EN}(?:,?\s{_PLACE_EN})?\.?")


def is_standalone(text: str, lang: Language) -> bool:
    """Whether the text is a whole salutation or dateline.

    >>> is_standalone("尊敬的各位同事:", "zh"), is_standalone("Beijing, November 10, 2020", "en")
    (True, True)
    >>> is_standalone("各位同事要加强合作，", "zh"), is_standalone("Friends from the news media,", "en")
    (False, False)
    """
    text = text.strip()
    if not text or len(text) > _LONGEST[lang]:
        return False
    if lang == "zh":
        return bool(_DATELINE_ZH.fullmatch(text)) or _is_salutation_zh(text)
    return bool(_DATELINE_EN.fullmatch(text)) or _is_salutation_en(text)


def _is_salutation_zh(text: str) -> bool:
    body = text.rstrip("，,：:！!。 ")
    addressed = all(_ADDRESSED_ZH.search(part) for part in _BETWEEN_ADDRESSED_ZH.split(body))
    return addressed and bool(_OPENS_SALUTATION_ZH.match(body) or body[-1:] in "们們" or text[-1] in "：:！!")


def _is_salutation_en(text: str) -> bool:
    first, *others = re.split(r",\s*", text.rstrip(",:!. "))
    return bool(_VOCATIVE_EN.fullmatch(first)) and all(
        _VOCATIVE_WITHIN_EN.fullmatch(part) or _NAME_EN.fullmatch(part) for part in others
    )
