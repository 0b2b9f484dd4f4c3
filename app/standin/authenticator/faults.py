"""How a CTAP2 command ends when it can't be done: the status byte in place of an answer."""

from enum import IntEnum


class Status(IntEnum):
    """Status codes. Source: CTAP 2.1 section 8.2, published."""

    OK = 0x00
    INVALID_COMMAND = 0x01
    INVALID_PARAMETER = 0x02
    INVALID_CBOR = 0x12
    MISSING_PARAMETER = 0x14
    CREDENTIAL_EXCLUDED = 0x19
    UNSUPPORTED_ALGORITHM = 0x26
    KEY_STORE_FULL = 0x28
    UNSUPPORTED_OPTION = 0x2B
    INVALID_OPTION = 0x2C
    NO_CREDENTIALS = 0x2E
    NOT_ALLOWED = 0x30
    PIN_INVALID = 0x31
    PIN_BLOCKED = 0x32
    PIN_AUTH_INVALID = 0x33
    PIN_AUTH_BLOCKED = 0x34
    PIN_NOT_SET = 0x35
    TOKEN_REQUIRED = 0x36
    PIN_POLICY_VIOLATION = 0x37
    INVALID_SUBCOMMAND = 0x3E


class CommandRefused(Exception):
    """The command ends with ``status``; nothing has changed but counters."""

    def __init__(self, status: Status) -> None:
        super().__init__(status.name)
        self.status = status
