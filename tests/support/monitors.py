"""Monitors of an X server that come and go: RandR 1.5, as when a cable is pulled."""

import ctypes
from ctypes.util import find_library


class _Info(ctypes.Structure):
    """XRRMonitorInfo. Source: X11/extensions/Xrandr.h, published."""

    _fields_ = (
        ("name", ctypes.c_ulong),
        ("primary", ctypes.c_int),
        ("automatic", ctypes.c_int),
        ("outputs_count", ctypes.c_int),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("mwidth", ctypes.c_int),
        ("mheight", ctypes.c_int),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    )


class Monitors:
    """The monitors of one display. The first one that is put there takes the place of the server's own."""

    def __init__(self, display: str) -> None:
        self._x11 = ctypes.CDLL(find_library("X11"))
        self._randr = ctypes.CDLL(find_library("Xrandr"))
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self._x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
        self._x11.XInternAtom.restype = ctypes.c_ulong
        self._x11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self._x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
        self._randr.XRRAllocateMonitor.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self._randr.XRRAllocateMonitor.restype = ctypes.POINTER(_Info)
        self._randr.XRRSetMonitor.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.POINTER(_Info)]
        self._randr.XRRDeleteMonitor.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]
        self._randr.XRRGetMonitors.argtypes = [
            ctypes.c_void_p,
            ctypes.c_ulong,
            ctypes.c_int,
            ctypes.POINTER(ctypes.c_int),
        ]
        self._randr.XRRGetMonitors.restype = ctypes.POINTER(_Info)
        self._server = self._x11.XOpenDisplay(display.encode())
        self._root = self._x11.XDefaultRootWindow(self._server)

    def put(self, name: str, left: int, width: int, height: int, *, own: bool = False) -> None:
        """A monitor from ``left`` on, pixels. ``own``: it hangs on the server's only output and is the first one."""
        made = self._randr.XRRAllocateMonitor(self._server, 1 if own else 0)
        info = made.contents
        info.name, info.primary, info.automatic = self._atom(name), int(own), 0
        info.x, info.y, info.width, info.height = left, 0, width, height
        info.mwidth, info.mheight = width // 4, height // 4
        if own:
            count = ctypes.c_int()
            present = self._randr.XRRGetMonitors(self._server, self._root, 1, ctypes.byref(count))
            info.outputs[0] = present[0].outputs[0]
        self._randr.XRRSetMonitor(self._server, self._root, made)
        self._x11.XSync(self._server, 0)

    def take(self, name: str) -> None:
        """Its cable is pulled."""
        self._randr.XRRDeleteMonitor(self._server, self._root, self._atom(name))
        self._x11.XSync(self._server, 0)

    def close(self) -> None:
        """End the connection."""
        self._x11.XCloseDisplay(self._server)

    def _atom(self, name: str) -> int:
        return int(self._x11.XInternAtom(self._server, name.encode(), 0))
