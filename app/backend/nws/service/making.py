"""符号: made of what stands for a person with a key of each institution and version; unlinkable without that key."""

from collections.abc import Iterable

from app.domain.exchange_numbers import LinkCode
from app.domain.secret import Secret, secret
from app.trust.seal import derive
from app.trust.tokens import ExactTokens, exact_token


class CodeMaker:
    """Codes of one institution under one version of its key."""

    def __init__(self, index: Secret, municipality: str, version: int) -> None:
        self._version = version.to_bytes(2, "big")
        self._tokens = ExactTokens(derive(index, f"code/{municipality}/{version}"), municipality, "code")

    def code(self, subject: Secret) -> LinkCode:
        """The person's code at this body: another body's can't be told from it without the core's key."""
        return self.codes([subject])[0]

    def codes(self, subjects: Iterable[Secret]) -> list[LinkCode]:
        """As ``code`` for each, in order."""
        return [LinkCode(self._version + one) for one in self._tokens.of_all(one.reveal() for one in subjects)]


def subject_of(index: Secret, resident_code: str) -> Secret:
    """What stands for a person in the core: a keyed token of the 住民票コード."""
    return Secret(exact_token(derive(index, "subject"), "", "resident_code", secret(resident_code)))
