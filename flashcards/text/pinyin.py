"""Chinese in Latin letters beside the characters that it is the reading of."""

import re
import unicodedata

from flashcards.model import HAN

_SYLLABLE = r"""(?:
    [bp](?:a|o|ai|ei|ao|ou|an|en|ang|eng|i|ie|iao|ian|in|ing|u)
  | m(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|i|ie|iao|iu|ian|in|ing|u)
  | f(?:a|o|ei|ou|an|en|ang|eng|u)
  | [dt](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu|ian|ing|u|uo|ui|uan|un)
  | [nl](?:a|e|o|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu|ian|in|iang|ing|u|uo|uan|un|[üv]e?|ue)
  | [gkh](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)
  | [jqx](?:i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un)
  | [zcs]h?(?:a|e|i|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)
  | r(?:e|i|ao|ou|an|en|ang|eng|ong|u|ua|uo|ui|uan|un)
  | y(?:a|e|i|o|ai|ao|ou|an|in|ang|ing|ong|u|ue|uan|un)
  | w(?:a|o|u|ai|ei|an|en|ang|eng)
  | a|o|e|ai|ei|ao|ou|an|en|ang|eng|er
)r?[0-5]?[\s'’·-]*"""
_TONE_MARKS = "\u0304\u0301\u030c\u0300"
_TONES = re.compile(f"[{_TONE_MARKS}]|[a-zü][1-4]")
_CHINESE_CHARACTER = re.compile(f"[{HAN}]")
_LONGEST = 20    # characters; a whole sentence is no word of a list


def is_pinyin_of(text: str, chinese: str) -> bool:
    """Whether a text is the reading of a Chinese word or phrase: as many syllables as it has characters, with tones.

    >>> is_pinyin_of("huài", "坏"), is_pinyin_of("ni3 hao3", "你好"), is_pinyin_of("China", "中国")
    (True, True, False)
    """
    characters = len(_CHINESE_CHARACTER.findall(chinese))
    decomposed = unicodedata.normalize("NFD", text.lower().strip(" ()[]/（）【】.,。，"))
    if not 0 < characters <= _LONGEST or not _TONES.search(decomposed):
        return False
    plain = unicodedata.normalize("NFC", re.sub(f"[{_TONE_MARKS}]", "", decomposed))
    return re.fullmatch(f"(?:{_SYLLABLE}){{{characters}}}", plain, re.VERBOSE) is not None
