"""Figures that stand outside the rows, such as a plan's total, given to the row they belong to."""

from collections.abc import Sequence

from duban.importer.dates.phrase import Setting
from duban.importer.quantities.reading import quantities
from duban.importer.shapes.reconcile import likeness, pair_counts
from duban.importer.shapes.sentences import sentences
from models.document import Paragraph, Place
from models.draft import Doubt, Quantity, Row

_ALIKE = 0.5
_CLEARLY_LESS = 0.6


def with_outside_quantities(
    rows: Sequence[Row], outside: Sequence[Paragraph], setting: Setting
) -> tuple[list[Row], tuple[Doubt, ...]]:
    """The rows with the figures of the other paragraphs, and a question for each of them.

    A figure that a row has already is left out. It goes to the row whose title alone the sentence
    and the one before it resemble; a total of the plan goes to the first.
    """
    if not rows:
        return [], ()
    done = {row.number: row for row in rows}
    known = {(figure.value, figure.unit) for row in rows for figure in row.quantities}
    doubts: list[Doubt] = []
    for paragraph in outside:
        before = ""
        for sentence in sentences(paragraph.text):
            around, before = before + sentence, sentence
            for figure in quantities(sentence, setting):
                if (figure.value, figure.unit) in known:
                    continue
                known.add((figure.value, figure.unit))
                number = _nearest(rows, around)
                row = done[number]
                done[number] = row._replace(quantities=(*row.quantities, figure))
                doubts.append(_asked(figure, number, paragraph.place))
    return [done[row.number] for row in rows], tuple(doubts)


def _nearest(rows: Sequence[Row], around: str) -> str:
    rarity = pair_counts(row.title for row in rows)
    scores = {row.number: likeness(row.title, around, rarity) for row in rows}
    best, *others = sorted(scores, key=lambda number: -scores[number])
    second = max((scores[number] for number in others), default=0.0)
    is_clear = scores[best] >= _ALIKE and second <= scores[best] * _CLEARLY_LESS
    return best if is_clear else rows[0].number


def _asked(figure: Quantity, number: str, place: Place) -> Doubt:
    return Doubt(
        "figure-outside-rows",
        f"“{figure.text[:40]}”写在各项任务之外，没有分解到任务，由谁负责？",
        f"暂列在{number}。",
        place,
        number,
    )
