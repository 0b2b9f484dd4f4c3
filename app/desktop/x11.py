"""X11: the Print key is taken over while this program is in front; what other programs photograph can't be prevented.

Source: the X protocol (GrabKey) and xcb's own headers, published. Qt's connection is used, so that the key's release
arrives at the focused window (its press does not, measured); both libraries are those that Qt itself works with.
"""

import ctypes
from collections.abc import Callable
from functools import lru_cache

from app.desktop.print_key import KeyHeld

_PRINT = 0xFF61
"""XK_Print of keysymdef.h; Alt+Print is the same key."""
_ANY = 0x8000
_SHIFT, _LOCK, _CONTROL, _ALT, _NUM, _SUPER = 0x01, 0x02, 0x04, 0x08, 0x10, 0x40
_ASYNC = 1


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Screens(ctypes.Structure):
    _fields_ = (("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


class X11PrintKey:
    """See ``PrintKey``. ``connection``: Qt's ``xcb_connection_t*``. On the window's thread."""

    def __init__(self, connection: int) -> None:
        self._connection = ctypes.c_void_p(connection)
        self._xcb = _xcb()
        screens = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._connection))
        self._root = int(screens.data[0])
        self._codes = _print_codes(self._connection)

    def take(self, pressed: Callable[[], None]) -> KeyHeld:  # noqa: ARG002 -- its release comes to the focused window
        """With every modifier at once; where another program has one of them, each of the others by itself."""
        if self._codes and all(self._grab(code, _ANY) for code in self._codes):
            return KeyHeld.TAKEN
        got = [self._grab(code, modifiers) for code in self._codes for modifiers in _combinations()]
        return KeyHeld.PARTLY if any(got) else KeyHeld.BY_OTHERS

    def give_back(self) -> None:
        for code in self._codes:
            self._xcb.xcb_ungrab_key(self._connection, code, self._root, _ANY)
        self._xcb.xcb_flush(self._connection)

    def _grab(self, code: int, modifiers: int) -> bool:
        cookie = self._xcb.xcb_grab_key_checked(self._connection, 1, self._root, modifiers, code, _ASYNC, _ASYNC)
        error = self._xcb.xcb_request_check(self._connection, cookie)
        if error:
            _free(error)
        return not error


def _combinations() -> list[int]:
    """Shift, Control, Alt and Super in each combination, whatever Caps Lock and Num Lock say."""
    found = [0]
    for modifier in (_SHIFT, _CONTROL, _ALT, _SUPER, _LOCK, _NUM):
        found += [each | modifier for each in found]
    return found


@lru_cache(maxsize=1)
def _xcb() -> ctypes.CDLL:
    xcb, pointer, short = ctypes.CDLL("libxcb.so.1"), ctypes.c_void_p, ctypes.c_uint8
    for name, result, words in (
        ("xcb_get_setup", pointer, (pointer,)),
        ("xcb_setup_roots_iterator", _Screens, (pointer,)),
        (
            "xcb_grab_key_checked",
            _Cookie,
            (pointer, short, ctypes.c_uint32, ctypes.c_uint16, short, short, short),
        ),
        ("xcb_ungrab_key", _Cookie, (pointer, short, ctypes.c_uint32, ctypes.c_uint16)),
        ("xcb_request_check", pointer, (pointer, _Cookie)),
        ("xcb_flush", ctypes.c_int, (pointer,)),
    ):
        call = getattr(xcb, name)
        call.restype, call.argtypes = result, words
    return xcb


def _print_codes(connection: ctypes.c_void_p) -> tuple[int, ...]:
    """The key codes of Print on this keyboard."""
    symbols, pointer = ctypes.CDLL("libxcb-keysyms.so.1"), ctypes.c_void_p
    symbols.xcb_key_symbols_alloc.restype, symbols.xcb_key_symbols_alloc.argtypes = pointer, (pointer,)
    symbols.xcb_key_symbols_free.restype, symbols.xcb_key_symbols_free.argtypes = None, (pointer,)
    symbols.xcb_key_symbols_get_keycode.restype = ctypes.POINTER(ctypes.c_uint8)
    symbols.xcb_key_symbols_get_keycode.argtypes = (pointer, ctypes.c_uint32)
    table = symbols.xcb_key_symbols_alloc(connection)
    found = symbols.xcb_key_symbols_get_keycode(table, _PRINT)
    codes: list[int] = []
    while found and found[len(codes)]:
        codes.append(found[len(codes)])
    if found:
        _free(ctypes.cast(found, pointer).value)
    symbols.xcb_key_symbols_free(table)
    return tuple(codes)


def _free(place: int | None) -> None:
    free = ctypes.CDLL(None).free
    free.restype, free.argtypes = None, (ctypes.c_void_p,)
    free(place)
