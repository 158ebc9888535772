"""What the HTML reader takes for the main text of pages as people save them: nothing round it, and all of it."""

import re

import pytest

from flashcards.readers import html

EN = "The probe returned to Earth in the early hours of Thursday with samples collected from the moon."
ZH = "嫦娥五号返回器星期四凌晨携带月球样品返回地球，在内蒙古着陆。"
TEXT = f"<p>{EN}</p><p>{ZH}</p>"
LINKS = '<a href="/a">Home</a> <a href="/b">World news</a> <a href="/c">双语新闻</a> <a href="/d">About</a>'


def texts(markup):
    return [block.text for block in html.read(markup.encode(), "a.html")[0].blocks]


NEWS = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Probe - Daily</title>
<script>document.write("<p>script</p>"); var html = "</p><div>";</script></head><body class="home page">
<div id="cookie-banner">We use cookies to improve your experience on our site. By continuing you accept our policy in
full and without any exception whatever.<button>Accept</button></div>
<div class="top"><a href="/"><img alt="logo"></a><div class="slogan">Learn Chinese every day</div>{LINKS}</div>
<div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/tips">Language Tips</a> &gt; Bilingual</div>
<div class="wrap"><div class="left"><h1>Lunar probe returns<br>月球探测器返回</h1>
<div class="share">分享到： <a href="#"></a><a href="#"></a></div>
<div id="Content">{TEXT}<figure><img src="x.jpg"><figcaption>返回器。</figcaption></figure>
<p>{EN} <a href="/im">Inner Mongolia</a></p><p>{ZH}</p></div>
<div class="related"><h3>Related stories</h3><ul><li><a href="1">Another story about the moon and its secrets</a></li>
<li><a href="2">More on the space programme</a></li><li><a href="3">China in space</a></li></ul></div>
<div>上一篇：<a href="x">前一篇文章的标题</a> 下一篇：<a href="y">下一篇文章的标题</a></div></div>
<div class="right"><h3>Most viewed</h3><ol><li><a href="1">Premier visits Shanghai</a></li>
<li><a href="2">热门新闻一条</a></li><li><a href="3">热门新闻两条</a></li></ol></div></div>
<form action="/s"><input name="q"><label>Search our site</label></form>
<div class="bottom"><p>Copyright 1995 - 2020. All rights reserved. The content (including but not limited to text,
photo, multimedia information, etc) published in this site belongs to us.</p></div>
<footer>京ICP备12345号 <a href="/about">About us</a></footer></body></html>"""


def test_a_page_of_news():
    assert texts(NEWS) == ["Lunar probe returns", "月球探测器返回", EN, ZH, "返回器。", f"{EN} Inner Mongolia", ZH]


ROUND_A_TEXT = {
    "navigation": f"<nav>{LINKS}</nav>",
    "a footer": "<footer>All about this site, and who made it and why</footer>",
    "an aside": "<aside>Something else</aside>",
    "a form": "<form><p>Write to us</p></form>",
    "a role": '<div role="search">Find something</div>',
    "a banner about cookies": '<div class="CookieConsent">We use cookies</div>',
    "a bar to share": '<div class="share-bar">分享到：微信 微博</div>',
    "comments of readers": '<div id="comments"><p>Great!</p><p>写得好！</p></div>',
    "what is for other readers": '<span class="sr-only">Skip to the text</span>',
    "a menu without a name": f"<div>{LINKS}</div>",
    "a menu in a list": "<ul><li><a href=1>首页</a><li><a href=2>新闻</a><li><a href=3>法律</a></ul>",
    "a menu on a line": f"{LINKS}<br>",
    "a copyright": "<p>Copyright © 2020 Somebody. 版权所有</p>",
    "a number of a permit": "<div>京ICP备12345号</div>",
    "the next page": '<p>上一篇：<a href="1">昨天的新闻</a></p>',
    "what is hidden from screen readers": '<div aria-hidden="true">★ Icon</div>',
}


@pytest.mark.parametrize("markup", ROUND_A_TEXT.values(), ids=ROUND_A_TEXT)
def test_what_stands_round_a_text(markup):
    assert texts(f"<body>{markup}{TEXT}</body>") == [EN, ZH]
    assert texts(f"<body>{TEXT}<div>{markup}</div></body>") == [EN, ZH]


@pytest.mark.parametrize(
    "element", ["<main>", "<article>", '<div role="main">', '<section itemprop="articleBody">', '<div class="content">']
)
def test_an_element_that_holds_the_text(element):
    page = f"<div>Latest update: 9:00</div><header><h1>标题</h1></header>{element}{TEXT * 3}<p>Bye.</p></{element[1:]}"
    assert texts(f"{page}<div>Beijing 25 degrees</div>") == ["标题", *[EN, ZH] * 3, "Bye."]


def test_an_article_in_each_language():
    assert texts(f"<article><p>{EN}</p></article><article><p>{ZH}</p></article>") == [EN, ZH]


def test_one_article_of_many_is_not_the_text():
    assert texts(f"<main>One</main><div>{TEXT}</div>") == ["One", EN, ZH]


PLAIN = {
    "paragraphs": "<p>Hello.<p>你好。<p>Goodbye, friends.<p>再见，朋友们。",
    "a short beginning and end": f"<h1>Hi</h1><p>Dear all,</p><div>{TEXT}</div><p>Bye.</p>",
    "a short beginning before the text's container": f'<h2>Hi</h2><p>Dear all,</p><div id="text">{TEXT}</div>',
    "long text beside the container": f'<div id="text">{TEXT * 10}</div><div>{ZH}</div>',
    "breaks": "Hello.<br>你好。<br><br>Bye.<br>再见。",
    "fonts": "<font size=2>Hello.<br><br><center>你好。</center></font>",
    "a table": "<table><tr><td>Hello.</td><td>你好。</td></tr></table>",
    "a list": "<ol><li>Hello.</li><li>你好。</li></ol>",
}


@pytest.mark.parametrize("markup", PLAIN.values(), ids=PLAIN)
def test_a_plain_page_keeps_all_its_text(markup):
    everything = re.sub(r"<[^>]*>", "", markup)
    assert "".join(texts(markup)).replace(" ", "") == everything.replace(" ", "")


BELIEVED_BY_NOBODY = {
    "a form round the page": f'<form id="aspnetForm">{TEXT}</form>',
    "translations in asides": f"<p>{ZH}</p><aside>{EN}</aside>" * 3,
    "translations in a footer": f"<p>{ZH}</p><footer>{EN}</footer>",
    "a text called a comment": f'<div class="comments">{TEXT}</div>',
    "a text behind a dialog": f'<div id="app" aria-hidden="true">{TEXT}</div><div role="dialog">Subscribe</div>',
    "a menu of dishes": "<div class=menu><p>Fried rice</p><p>炒饭</p><p>Dumplings</p><p>饺子</p></div>",
    "every word linked": "<p><a href=1>我</a><a href=2>爱</a><a href=3>北京</a>。<p>I love Beijing." * 4,
    "a vocabulary whose words are linked": "<table>"
    + "".join(f"<tr><td><a href={word}>{word}</a><td>a word" for word in "一二三四五")
    + "</table>",
    "a page that hides itself": f'<body style="display:none">{TEXT}</body>',
}


@pytest.mark.parametrize("markup", BELIEVED_BY_NOBODY.values(), ids=BELIEVED_BY_NOBODY)
def test_what_is_most_of_the_text_is_the_text(markup):
    languages = [block.lang for block in html.read(markup.encode(), "a")[0].blocks]
    assert languages.count("zh") == languages.count("en") > 0


NINETIES = """<HTML><HEAD><TITLE>My Old Home</TITLE></HEAD>
<BODY BGCOLOR="#FFFFFF"><CENTER><FONT SIZE=+2><B>My Old Home</B></FONT><BR><FONT SIZE=+2>故乡</FONT></CENTER>
<FONT FACE="Times">Braving the bitter cold, I travelled home.<BR><BR>
我冒了严寒，回到故乡去。<BR><BR>
It was late winter.<P>时候既然是深冬。
<P>As we drew near my former home
the day became overcast.
<P>渐近故乡时，天气又阴晦了。
<HR>
<A HREF="index.html">Back</A> | <A HREF="next.html">Next</A> | <A HREF="mail">Mail me</A><BR>
Copyright (C) 1997 Some University
</BODY></HTML>"""

WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><style><!-- p.MsoNormal {{margin:0}} --></style>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>me</o:Author></o:DocumentProperties></xml><![endif]--></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><div class=WordSection1 style='layout-grid:15.6pt'>
<p class=MsoNormal><span style='font-family:宋体'>我们用</span><span lang=EN-US>Microsoft Word</span><span
style='font-family:宋体'>写字。</span></p><p class=MsoNormal><span lang=EN-US>We write with Microsoft
Word.<o:p></o:p></span></p><p class=MsoNormal><span lang=EN-US>&nbsp;</span></p>
<p class=MsoNormal>{ZH}</p></div></body></html>"""

WIKI = f"""<html class="client-js"><body class="mediawiki"><div id="mw-navigation"><h2>Navigation</h2>{LINKS}</div>
<div id="content" class="mw-body" role="main"><h1 id="firstHeading">Panda</h1><div class="noprint">From Somewhere</div>
<p>The <b>giant panda</b> (<a href="/zh">Chinese</a>: <span lang="zh-Hans">大熊猫</span>; <a href="/p">pinyin</a>:
<i lang="zh-Latn">dàxióngmāo</i>) is a bear.<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup></p>
<div id="toc"><h2>Contents</h2><ul><li><a href="#a">1 Names</a></li><li><a href="#b">2 Life</a></li>
<li><a href="#c">3 See also</a></li></ul></div>
<h2>Names<span class="mw-editsection">[<a href="e">edit</a>]</span></h2><p>大熊猫是熊。</p></div></body></html>"""

TRANSLATED_BY_THE_BROWSER = """<main><h1>Title<font class="notranslate" lang="zh-CN"><br><font>标题</font></font></h1>
<p>It is changing.<font class="target-wrapper" lang="zh-CN"><br><font class="block">它在变。</font></font></p></main>"""

LAYOUT_TABLES = f"""<table width=760><tr><td colspan=2><img src="logo.gif"></td></tr><tr><td width=150>
<a href=1>首页</a><br><a href=2>英语</a><br><a href=3>阅读</a><br></td><td>
<h2>谚语</h2><table><tr><td>英文</td><td>中文</td></tr><tr><td>{EN}</td><td>{ZH}</td></tr></table></td></tr></table>"""

PAGES = {
    "of the nineties": (
        NINETIES,
        [
            *("My Old Home", "故乡", "Braving the bitter cold, I travelled home.", "我冒了严寒，回到故乡去。"),
            *("It was late winter.", "时候既然是深冬。", "As we drew near my former home the day became overcast."),
            "渐近故乡时，天气又阴晦了。",
        ],
    ),
    "saved by Word": (WORD, ["我们用Microsoft Word写字。", "We write with Microsoft Word.", ZH]),
    "of a wiki": (
        WIKI,
        ["Panda", "The giant panda (Chinese: 大熊猫; pinyin: dàxióngmāo) is a bear.", "Names", "大熊猫是熊。"],
    ),
    "translated by the browser": (TRANSLATED_BY_THE_BROWSER, ["Title", "标题", "It is changing.", "它在变。"]),
    "laid out by tables": (LAYOUT_TABLES, ["谚语", EN, ZH]),
}


@pytest.mark.parametrize(("markup", "expected"), PAGES.values(), ids=PAGES)
def test_pages(markup, expected):
    assert texts(markup) == expected
