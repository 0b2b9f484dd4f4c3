"""住基GW: the way of a 処理通番 to the network core, by the resident network's own file."""

from collections.abc import Callable, Mapping, Sequence

from app.backend.addressee.ports import PassOn
from app.domain.number import MyNumber
from app.domain.secret import Secret
from app.link.letters import Correspondent, Neighbour
from app.wire.exchange import Acquired, Acquisition, Acquisitions

ResidentCodes = Callable[[str, Sequence[str]], Mapping[str, Secret]]
ResidentFile = Callable[[str, Mapping[str, MyNumber]], Mapping[str, Secret]]
"""Municipality and 処理通番 → 個人番号 to 処理通番 → 住民票コード, of those that the communication server knows."""


class Gateway:
    """住基GW: finds the 住民票コード and hands it, with the 処理通番, to the core; the code comes no nearer than here.

    It is found by 個人番号 in the communication server's file where that is in this process, else by ``codes``.
    """

    def __init__(self, post: Correspondent, core: Neighbour, codes: ResidentCodes) -> None:
        self._post = post
        self._core = core
        self._codes = codes
        self._file: ResidentFile | None = None

    def meet(self, file: ResidentFile) -> None:
        """The communication server is in this process."""
        self._file = file

    def pass_on(self, municipality: str, items: Sequence[PassOn]) -> None:
        """Pass on what can be; a person without a 住民票コード is passed by. Errors: Unreachable."""
        known = self._found(municipality, items)
        message = Acquisitions(
            municipality=municipality,
            acquisitions=tuple(
                Acquisition(process_number=item.process_number, resident_code=code.text()) for item, code in known
            ),
        )
        letter = self._post.write(f"gateway@{municipality}", "acquisitions/1", message)
        self._post.read(self._core.ask(letter), "acquired/1", Acquired, "nws")

    def _found(self, municipality: str, items: Sequence[PassOn]) -> list[tuple[PassOn, Secret]]:
        numbers = {item.process_number: item.my_number for item in items if item.my_number is not None}
        filed = {} if self._file is None else self._file(municipality, numbers)
        rest = [item for item in items if item.process_number not in filed]
        codes = self._codes(municipality, [item.business_number for item in rest]) if rest else {}
        found = [(item, filed.get(item.process_number) or codes.get(item.business_number)) for item in items]
        return [(item, code) for item, code in found if code is not None]
