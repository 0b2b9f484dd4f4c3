"""Talking to a virtual card in bytes, without any program of ours between."""

from app.standin.cards.virtual import VirtualCard


class Talk:
    """A card under power; ``send`` takes hexadecimal digits and gives data and the status word's digits."""

    def __init__(self, card: VirtualCard) -> None:
        self.card = card
        card.insert()

    def send(self, command: str) -> tuple[bytes, str]:
        data, status = self.card.transmit(bytes.fromhex(command))
        return data, f"{status:04X}"

    def status(self, command: str) -> str:
        return self.send(command)[1]

    def select(self, aid: bytes) -> str:
        return self.status(f"00A4040C{len(aid):02X}{aid.hex()}")

    def verify(self, number: int, code: str) -> str:
        return self.status(f"002000{number | 0x80:02X}{len(code):02X}{code.encode().hex()}")

    def tries(self, number: int) -> str:
        return self.status(f"002000{number | 0x80:02X}")

    def read(self, number: int) -> tuple[bytes, str]:
        """A whole file by extended length."""
        chosen = self.status(f"00A4020C02{number:04X}")
        return self.send("00B00000000000") if chosen == "9000" else (b"", chosen)

    def sign(self, data: bytes, *, way: int = 0, key: int = 0) -> tuple[bytes, str]:
        reference = key | 0x80 if key else 0
        return self.send(f"802A{way:02X}{reference:02X}{len(data):02X}{data.hex()}00")
