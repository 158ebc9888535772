"""Which other language a text is in: its script tells, or, in Latin letters, the share of its function words."""

import re
from collections import defaultdict
from collections.abc import Sequence, Set

from flashcards.model import HAN

_HAN = re.compile(f"[{HAN}]")
_HIRAGANA = re.compile("[\u3041-\u3096]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc\uff66-\uff9f]")
_LATIN = re.compile("[A-Za-zÀ-ɏḀ-ỿ]")
_SCRIPTS = {
    "Korean": re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"),
    "Russian": re.compile("[\u0400-\u052f]"),
    "Greek": re.compile("[\u0370-\u03ff]"),
    "Arabic": re.compile("[\u0600-\u06ff\u0750-\u077f]"),
    "Hebrew": re.compile("[\u0590-\u05ff]"),
    "Thai": re.compile("[\u0e00-\u0e7f]"),
    "Hindi": re.compile("[\u0900-\u097f]"),
}
"""The scripts that are neither Latin nor Chinese, each under the name of its commonest language."""

_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|「[^」]*」|『[^』]*』|[(（][^()（）]*[)）]")
_LEAST_KANA = 0.2    # of kana and characters; Japanese has .4 and more, the name of a shop (优の良品) .25 but one kana

_WORD = re.compile(r"[^\W\d_]+['’]?")    # the apostrophe tells French d' and l' from letters
_STOP = re.compile(r"[.!?…][\"'”’»)]*$")
_ENGLISH = frozenset("""
    a about above across after again against all almost along already also although always am among an and another any
    are as at away back be because been before behind being below beside between both but by came can come could did do
    does done down during each either else even ever every few first for from gave get go goes good got had has have
    having he her here him himself his how however i if in into is it its itself just know last let like little long
    made make man many may me men might mine more most much must my near never new next no nor not nothing now of off
    often old on once one only or other our out over own people rather s said same saw say see shall she should since
    small so some something soon still such t take than that the thee their them then there therefore these they thing
    this those thou though through thus thy till to together too toward towards two under until up upon us very was way
    we well went were what when where whether which while who whom whose why will with within without would ye year
    years yes yet you your yours
""".split())
_FUNCTION_WORDS = {
    "French": """
        à au aux avec avait avant bien c ce cela ces cet cette chez comme d' dans de des deux du elle elles en encore
        est et était être fait il ils j' je l' la le les leur leurs lui m' ma mais même mes mon n' ne nos notre nous on
        ont ou où par pas peu plus pour qu' quand que qui s' sa sans se ses si son sont sous sur ta tes ton tous tout
        toute très tu un une vos votre vous y été ai aussi
    """,
    "German": """
        aber alle als am auch auf aus bei beim bin bis da das dass daß dem den denn der des die dir doch du durch ein
        eine einem einen einer eines er es etwas für habe haben hat hatte hatten hier ich ihm ihn ihr ihre ihrem ihren
        im ins ist ja kann kein keine können man mein meine mich mir mit nach nicht noch nun nur ob oder ohne schon sehr
        sein seine seinen sich sie sind um und uns unser unter viel vom von vor waren wenn werden wie wieder wir wird wo
        wurde wurden zu zum zur zwei zwischen
    """,
    "Spanish": """
        a al algo antes aquí así bien como con cuando de del desde donde dos el él ella ellos en entre era eran es esa
        ese eso esta está están estas este esto estos fue ha había han hasta hay la las le les lo los más me mi mis muy
        nada ni no nos nosotros o otra otro para pero poco por porque que qué quien se ser si sí sin sobre son su sus
        también tan te tengo tiene todo todos tu un una unas unos y ya yo
    """,
    "Portuguese": """
        a à ao aos as às até com como da das de dela dele deles depois do dois dos e é ela elas ele eles em entre era
        eram essa esse esta está este eu foi foram há isso isto já lhe mais mas me mesmo meu minha muito na nas nem no
        nos nós nossa nosso não num numa o onde os ou para pela pelo por porque quando que quem são se sem ser seu seus
        só sua suas também te tem tinha tudo um uma umas uns você vocês
    """,
    "Italian": """
        a ad agli ai al alla alle anche ancora aveva bene c' che chi ci come con cosa cui d' da dal dalla degli dei del
        dell' della delle di dopo dove due e è ed era erano fu gli ha hanno ho i il in io l' la le lei li lo loro lui ma
        mi mia mio molto ne nei nel nell' nella nelle noi non nostra nostro o ogni per perché però più poi prima quando
        quella quello questa questo qui se sempre senza si sia sono su sua sue sul sulla suo suoi ti tra tutti tutto un
        una uno vi voi
    """,
    "Dutch": """
        aan al alle als altijd ben bij daar dan dat de deze die dit door een en er geen ging haar had heb hebben heeft
        heel het hij hoe hun ik in is ja je kan komen kon maar man meer met mij mijn moet naar niet niets nog nu of om
        omdat ons onze ook op over te tegen toch toen tot twee u uit van veel voor want waren wat we wel werd wij wil
        worden wordt ze zeer zich zij zijn zo zonder zou
    """,
    "Swedish": """
        att av blev de den det dig din du efter eller en ett från för ha hade han har hon hur i inte jag kan kommer man
        med men mig min mycket ni nu när och om oss på sedan sig sin ska skulle som så till två under upp ut var vara vi
        vid vill är
    """,
    "Polish": """
        ale bardzo był była było były być co czy dla do gdy gdzie go i ich ja jak jako jego jej jest jeszcze już kiedy
        która które który lub ma mnie może my na nad nas nie nim o od oraz po pod przed przez przy są się tak także tam
        tego ten to tu tylko tym w we więc z za ze że
    """,
    "Turkish": """
        ama bana ben beni benim bir biz bu bunu çok da daha de değil diye en gibi hem her için ile ise iyi kadar ki mi
        ne o olan olarak oldu olduğu on ona onu onun sen sonra şey şu ve veya ya yok
    """,
    "Vietnamese": """
        anh bà bạn bị các cái cho chúng có con cô của cũng cùng đã đang đây đến để đi đó được đều em gì hai hay họ không
        khi là làm lại lên mà một mỗi mình muốn này năm nên nhiều như nhưng những nó nói nơi ở ông phải qua ra rằng rất
        rồi sau sẽ ta tại theo thì thế tôi trên trong trước từ và vào vẫn về vì việc với vui
    """,
    "Indonesian": """
        ada adalah akan aku anda apa atau bagi bahwa banyak bisa dalam dan dapat dari dengan di dia hari harus ini itu
        juga kami kamu karena ke kepada kita lagi lebih maka masih mereka namun nya oleh orang pada para saat saja
        sangat satu saya sebagai sebuah secara sedang semua seperti serta sudah tahun telah tetapi tidak untuk yang
    """,
}
# What an author may leave untranslated in a name: Rio de la Plata, Ludwig van Beethoven, Il Gattopardo.
_IN_NAMES = frozenset("""
    a al as d' da das de dei del della den der des di do dos du e el en ein et i il in l' la las le les lo los o of os t
    te ter und van von y zu zum zur
""".split())
_LANGUAGES_OF: defaultdict[str, list[str]] = defaultdict(list)
for _name, _words in _FUNCTION_WORDS.items():
    for _word in _words.split():
        _LANGUAGES_OF[_word].append(_name)

_FEWEST_WORDS = 6
_LEAST_SHARE = 0.2    # of the words; prose of these languages has .3 to .5
_TIMES_AS_MANY = 3    # as words that only English has; a quoted title may have some


def third_language(text: str, *, among: Set[str] = frozenset()) -> str:
    """The language of a text that is neither Chinese nor English, by its English name; "" if it may be one of them.

    Args:
        text: a paragraph, line or title.
        among: languages that the document is known to have. A text of a few words is taken for one of them if it has
            a word of it and none of English; otherwise a short text may be a name, and is never judged by its words.

    >>> third_language("Wir hatten beide Hunger und kauften uns etwas."), third_language("Привет!")
    ('German', 'Russian')
    >>> third_language("Lin Xiaoyu and the Académie de la Langue"), third_language("优の良品")
    ('', '')
    """
    return _by_script(text) or _by_words(text, among)


def _by_script(text: str) -> str:
    if _is_japanese(_QUOTED.sub("", text)) or (not _HAN.search(_QUOTED.sub("", text)) and _is_japanese(text)):
        return "Japanese"
    others = len(_HAN.findall(text)) + len(_LATIN.findall(text))
    return next((name for name, script in _SCRIPTS.items() if len(script.findall(text)) > others), "")


def _is_japanese(text: str) -> bool:
    """Whether there is more kana than a Chinese text would quote; in Japanese some of it is hiragana beside kanji."""
    kana = len(_KANA.findall(text))
    if kana < 2:
        return False
    characters = len(_HAN.findall(text))
    if kana <= len(_LATIN.findall(text)) or (characters and not _HIRAGANA.search(text)):
        return False
    return kana >= _LEAST_KANA * (kana + characters)


def _by_words(text: str, among: Set[str]) -> str:
    if _HAN.search(_QUOTED.sub("", text)):
        return ""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    if not words:
        return ""
    english = {word for word in words if word.rstrip("'") in _ENGLISH}
    known: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        for name in _LANGUAGES_OF.get(word, ()):
            known[name].append(word)
    if len(words) < _FEWEST_WORDS:
        return "" if english else next((name for name in known if name in among), "")
    found = ""
    own: list[str] = []
    for name, its in known.items():
        distinctive = [word for word in its if word not in english]
        if len(distinctive) > len(own):
            found, own = name, distinctive
    only_english = sum(1 for word in words if word in english and word not in known[found])
    return found if len(own) >= _TIMES_AS_MANY * only_english and _is_prose(text, words, own) else ""


def _is_prose(text: str, words: Sequence[str], own: Sequence[str]) -> bool:
    """Whether a text has as many function words of a language as its prose has, and not only those of its names."""
    distinct = {word for word in own if len(word) > 1}
    is_name = distinct <= _IN_NAMES and not (_STOP.search(text) and len(own) > 2)
    return len(own) >= _LEAST_SHARE * len(words) and len(distinct) > 1 and not is_name
