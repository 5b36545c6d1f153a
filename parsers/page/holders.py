"""Of which element a block is a paragraph, whatever tags stand between."""

from __future__ import annotations

from parsers.page.blocks import Block, Page

HOLDERS = frozenset({"p", "blockquote", "li", "ul", "ol", "pre", "td", "tr", "tbody", "h2", "h3", "h4"})
LINE = 40  # weight from which a div of one line may be a paragraph


def holder(page: Page, block: Block) -> int:
    """The element whose children the paragraphs are: the one above p, blockquote, li."""
    return _climbed(page, block.parent)


def place_of(page: Page, block: Block) -> int:
    """The same for the choice of the story's place: a line in a div of its own is a paragraph, too."""
    if block.tag == "div" and block.size >= LINE and _is_line(page, block.parent):
        return _climbed(page, page.elements[block.parent].parent)
    return holder(page, block)


def _climbed(page: Page, index: int) -> int:
    elements = page.elements
    while index >= 0 and (element := elements[index]).tag in HOLDERS and element.parent >= 0:
        index = element.parent
    return index


def _is_line(page: Page, index: int) -> bool:
    """Is an element one line without another element in it, beside no paragraphs that the page marks as such?"""
    elements = page.elements
    element = elements[index]
    return (
        element.last - element.first == 1
        and element.parent > 0
        and (index + 1 == len(elements) or elements[index + 1].parent != index)
        and element.parent not in page.paragraphed
    )


def beside_each_other(page: Page, one: Block, other: Block) -> bool:
    """Do two blocks stand in one flow: paragraphs of one element, or alike elements of their own below one?"""
    if holder(page, one) == holder(page, other):
        return True
    first, second = page.elements[one.parent], page.elements[other.parent]
    return (first.parent, first.tag, first.classes) == (second.parent, second.tag, second.classes)
