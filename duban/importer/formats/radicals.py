"""Characters that a PDF gives as radicals or compatibility forms of the ones that were meant."""

import unicodedata

SUPPLEMENT = (
    "⺁厂⺇几⺌小⺎兀⺏尢⺐尢⺑尢⺗心⺙攵⺛旡⺜日⺝月⺞歹⺟母⺠民⺡水⺢水⺣火⺥爪⺦丬⺨犬⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糸⺰纟"
    "⺱网⺲罒⺳网⺴网⺵网⺶羊⺷羊⺸羊⺹老⺺聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃西⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶"
    "⻏阝⻐钅⻑长⻒长⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐"
    "⻭歯⻮齿⻯竜⻰龙⻱龟⻲龟⻳龟⼾户"
)
"""Pairs of a radical and its character that Unicode's own equivalents lack or write otherwise."""

COMPATIBLE = (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAFF))
MEANT = {code: unicodedata.normalize("NFKC", chr(code)) for code in COMPATIBLE} | {
    ord(radical): meant for radical, meant in zip(SUPPLEMENT[::2], SUPPLEMENT[1::2], strict=True)
}


def meant(text: str) -> str:
    """Return text with every radical replaced by the character that looks like it."""
    return text.translate(MEANT)
