"""Folding of many names and places: the same forms as ``NameFolder`` and ``fold_address`` give, at a tenth the cost."""

import re
from collections.abc import Callable

from app.domain.address import address_parts, as_in_places
from app.domain.kana import DASHES, fold_kana
from app.domain.names import NameFolder, bare, is_selector

_SLOW = re.compile(r"[ヴｦ-ﾟ゛゜\u3099\u309a]|^\s*[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Kana of which a neighbour changes the form: half width, and with marks of their own; a selector of nothing."""
_LONG = "ー"
_RUN_ON = re.compile("([オコソトノホモヨロ])(ウ+)")


class _Table(dict[int, str]):
    """What each character folds to, made when it is first met."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = self[code] = "" if is_selector(character) or character.isspace() else self._fold(character)
        return folded


class SearchFolder:
    """Folds character by character, by tables that grow with what is met; one for each process."""

    def __init__(self, folder: NameFolder) -> None:
        self._folder = folder
        self._names = _Table(self._of_name)
        self._places = _Table(lambda c: "".join(folder.variants.head(one) for one in bare(as_in_places(c))))

    def name(self, text: str) -> str:
        """As ``NameFolder.for_search``."""
        if _SLOW.search(text):
            return self._folder.for_search(text)
        folded = text.translate(self._names)
        if _LONG in folded:
            return fold_kana(folded)
        return _RUN_ON.sub(_run_on, folded)

    def place(self, address: str) -> list[str]:
        """The parts that ``fold_address`` puts hyphens between."""
        if _SLOW.search(address):
            return [part for one in address_parts(address) if (part := self._slow_part(one))]
        return [part for one in address_parts(address) if (part := one.translate(self._places))]

    def _of_name(self, character: str) -> str:
        plain = "".join(self._folder.variants.loose(one) for one in bare(character))
        return _LONG if plain in DASHES else fold_kana(plain)

    def _slow_part(self, part: str) -> str:
        return "".join(self._folder.variants.head(one) for one in bare(as_in_places(part)))


def _run_on(found: re.Match[str]) -> str:
    return found[1] + "オ" * len(found[2])
