"""Takes the markup out of a cell and leaves its words: HTML lists and line breaks, Markdown, odd spaces."""

import html
import re

BULLET = "•"
BULLETS = "•·▪●○◦‣\uf0b7\uf0a7"

# Only tags that are known: "<5 children" and "<https://example.org>" are words.
_BREAKS = re.compile(r"<(?:br|/p|p|/?div|/?ul|/?ol|/li|/h[1-6]|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ITEMS = re.compile(r"<li(?:\s[^<>]*)?>", re.IGNORECASE)
_OTHERS = re.compile(
    r"</?(?:b|i|u|em|strong|span|font|sup|sub|small|a|s|strike|mark|center|table|tbody|thead|tr|td|th)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_LINKS = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_MARKDOWN = re.compile(r"(?<![\w*])(\*\*\*|\*\*|\*|__)(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_INLINE_BULLET = re.compile(rf"(?:(?<=\s)|^)[{BULLETS}](?:\s|$)", re.MULTILINE)
_SPACES = re.compile(r"[^\S\n]+")


def plain(text: str) -> str:
    """The words, one line for each paragraph or bullet. Nothing but tags, entities and odd spaces is taken away."""
    if not text or text.isspace():
        return ""
    if "<" in text:
        text = _without_tags(text)
    if "&" in text:
        text = html.unescape(text)
    text = text.translate(_UNSEEN).replace("\r\n", "\n").replace("\r", "\n")
    text = _INLINE_BULLET.sub(f"\n{BULLET} ", _SPACES.sub(" ", text))
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line not in ("", BULLET))


def without_emphasis(text: str) -> str:
    """The words without the asterisks of Markdown: of a text only, for in a document or a sheet they are words."""
    return _MARKDOWN.sub(r"\2", text) if "*" in text or "__" in text else text


def _without_tags(text: str) -> str:
    text = _LINKS.sub(r"\1", text)
    text = _BREAKS.sub("\n", text)
    text = _ITEMS.sub(f"\n{BULLET} ", text)
    return _OTHERS.sub("", text)


def one_line(text: str) -> str:
    """The words of a cell as one line, for headings and for showing."""
    return " ".join(text.split())
