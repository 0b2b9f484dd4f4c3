"""Windows: what its print spooler and drawing functions are handed, as structures. Source: Windows API, published."""

import ctypes
from ctypes import wintypes


class PrinterInfo2(ctypes.Structure):
    """PRINTER_INFO_2W."""

    _fields_ = (
        ("server", wintypes.LPWSTR), ("printer", wintypes.LPWSTR), ("share", wintypes.LPWSTR),
        ("port", wintypes.LPWSTR), ("driver", wintypes.LPWSTR), ("comment", wintypes.LPWSTR),
        ("location", wintypes.LPWSTR), ("devmode", ctypes.c_void_p), ("separator", wintypes.LPWSTR),
        ("processor", wintypes.LPWSTR), ("datatype", wintypes.LPWSTR), ("parameters", wintypes.LPWSTR),
        ("security", ctypes.c_void_p), ("attributes", wintypes.DWORD), ("priority", wintypes.DWORD),
        ("default_priority", wintypes.DWORD), ("start", wintypes.DWORD), ("until", wintypes.DWORD),
        ("status", wintypes.DWORD), ("jobs", wintypes.DWORD), ("average", wintypes.DWORD),
    )  # fmt: skip


class SystemTime(ctypes.Structure):
    """SYSTEMTIME."""

    _fields_ = tuple(
        (name, wintypes.WORD) for name in ("year", "month", "weekday", "day", "hour", "minute", "second", "ms")
    )


class JobInfo1(ctypes.Structure):
    """JOB_INFO_1W."""

    _fields_ = (
        ("job", wintypes.DWORD), ("printer", wintypes.LPWSTR), ("machine", wintypes.LPWSTR),
        ("user", wintypes.LPWSTR), ("document", wintypes.LPWSTR), ("datatype", wintypes.LPWSTR),
        ("words", wintypes.LPWSTR), ("status", wintypes.DWORD), ("priority", wintypes.DWORD),
        ("position", wintypes.DWORD), ("pages", wintypes.DWORD), ("printed", wintypes.DWORD),
        ("submitted", SystemTime),
    )  # fmt: skip


class DocInfo(ctypes.Structure):
    """DOCINFOW."""

    _fields_ = (
        ("size", ctypes.c_int), ("name", wintypes.LPCWSTR), ("output", wintypes.LPCWSTR),
        ("datatype", wintypes.LPCWSTR), ("kind", wintypes.DWORD),
    )  # fmt: skip


class DevMode(ctypes.Structure):
    """DEVMODEW up to the fields that are set here; a driver's own part follows it."""

    _fields_ = (
        ("device", wintypes.WCHAR * 32), ("spec", wintypes.WORD), ("driver", wintypes.WORD),
        ("size", wintypes.WORD), ("extra", wintypes.WORD), ("fields", wintypes.DWORD),
        ("orientation", ctypes.c_short), ("paper", ctypes.c_short), ("length", ctypes.c_short),
        ("width", ctypes.c_short), ("scale", ctypes.c_short), ("copies", ctypes.c_short), ("source", ctypes.c_short),
    )  # fmt: skip


class GdiplusInput(ctypes.Structure):
    """GdiplusStartupInput."""

    _fields_ = (
        ("version", ctypes.c_uint32), ("debug", ctypes.c_void_p),
        ("no_thread", wintypes.BOOL), ("no_codecs", wintypes.BOOL),
    )  # fmt: skip
