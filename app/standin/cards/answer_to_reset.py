"""Answers to reset of the card. Source: card.md 1.1, seen on cards by several readers."""

from functools import reduce
from operator import xor

CONTACT = bytes.fromhex("3BE000FF8131FE4514")
CONTACT_NEWER = bytes.fromhex("3BDA13FF8131FB468012392F31C173C601C03B")
RESIDENT_CARD = bytes.fromhex("3B888001000014E0B38191005E")
"""住民基本台帳カード, the card before the My Number card."""


def contactless(application: bytes, protocol: bytes = bytes.fromhex("B381A1"), frames: int = 0x00) -> bytes:
    """As a reader makes it up for Type B (PC/SC part 3): 4 application and 3 protocol bytes, frame byte, check byte."""
    body = b"\x88\x80\x01" + application + protocol + bytes([frames])
    return b"\x3b" + body + bytes([reduce(xor, body)])
