"""Windows: the spooler behind the same port. Pages are drawn as pictures by GDI+; jobs are kept until they are told.

Source: Print Spooler, GDI and GDI+ of the Windows API, published. Written to the documentation, not run on Windows yet.
"""

import ctypes
import sys
from ctypes import wintypes
from functools import cache

from app.domain.printing import JobState, JobStatus, Printer, PrintJob, PrintOrder, Tray
from app.errors import PrinterRejects, PrinterUnknown, PrintRefused, PrintServiceGone, TrayUnknown
from app.paper.raster import draw_pages
from app.paper.windows_states import accepts, job_status, printer_reasons, printer_state
from app.paper.windows_structures import DevMode, DocInfo, GdiplusInput, JobInfo1, PrinterInfo2

DOTS = 300.0
"""How finely pages are drawn. Source: the smallest type on forms is 7 points, read at 300 dpi; assumed."""
_LOCAL, _CONNECTIONS, _LEVEL = 0x2, 0x4, 2
_BINS, _BIN_NAMES, _NAME_LENGTH = 6, 12, 24
_COPY_OUT, _HAS_COPIES, _HAS_SOURCE = 2, 0x100, 0x200
_DELETE, _RETAIN, _RELEASE = 5, 8, 9
"""JOB_CONTROL_*: RETAIN keeps a job that is printed, so that its end can be read; RELEASE lets it go then."""
_WIDTH, _HEIGHT, _LEFT, _TOP = 110, 111, 112, 113
"""PHYSICALWIDTH and its like for GetDeviceCaps: the whole sheet, in dots of the device."""
_PIXELS, _GDIPLUS, _RELEASE_SLOT = 2, 1, 2
_UNKNOWN_JOB = 87
"""ERROR_INVALID_PARAMETER: GetJob's answer for a number that the queue does not have."""

if sys.platform == "win32":

    @cache
    def _spool() -> ctypes.WinDLL:
        return ctypes.WinDLL("winspool.drv", use_last_error=True)

    @cache
    def _gdi() -> ctypes.WinDLL:
        library = ctypes.WinDLL("gdi32")
        library.CreateDCW.restype = wintypes.HDC
        return library

    @cache
    def _plus() -> ctypes.WinDLL:
        return ctypes.WinDLL("gdiplus")

    @cache
    def _shell() -> ctypes.WinDLL:
        library = ctypes.WinDLL("shlwapi")
        library.SHCreateMemStream.restype = ctypes.c_void_p
        return library

    class WindowsQueue:
        """The printers that this user of Windows has, local and shared."""

        def printers(self) -> tuple[Printer, ...]:
            return tuple(sorted(map(_printer, _listed()), key=lambda one: one.name))

        def submit(self, pdf: bytes, order: PrintOrder) -> PrintJob:
            found = next((one for one in self.printers() if one.name == order.printer), None)
            if found is None:
                raise PrinterUnknown(printer=order.printer)
            if not found.accepts:
                raise PrinterRejects(printer=order.printer)
            if order.tray and order.tray not in {one.name for one in found.trays}:
                raise TrayUnknown(printer=order.printer, tray=order.tray)
            with _Opened(order.printer) as handle:
                job = _print(handle, order, draw_pages(pdf, DOTS))
            return PrintJob(order.printer, str(job))

        def status(self, job: PrintJob) -> JobStatus:
            with _Opened(job.printer) as handle:
                bits = _job_bits(handle, int(job.job))
                if bits is None:
                    return JobStatus(JobState.LOST)
                status = job_status(bits)
                if status.is_over:
                    _spool().SetJobW(handle, int(job.job), 0, None, _RELEASE)
            return status

        def cancel(self, job: PrintJob) -> None:
            with _Opened(job.printer) as handle:
                if not _spool().SetJobW(handle, int(job.job), 0, None, _DELETE):
                    raise PrintRefused(printer=job.printer)

    class _Opened:
        """An open printer."""

        def __init__(self, name: str) -> None:
            self._name, self._handle = name, wintypes.HANDLE()

        def __enter__(self) -> wintypes.HANDLE:
            if not _spool().OpenPrinterW(ctypes.c_wchar_p(self._name), ctypes.byref(self._handle), None):
                raise PrinterUnknown(printer=self._name)
            return self._handle

        def __exit__(self, *_: object) -> None:
            _spool().ClosePrinter(self._handle)

    def _listed() -> list[PrinterInfo2]:
        """Errors: PrintServiceGone."""
        needed, count, flags = wintypes.DWORD(), wintypes.DWORD(), _LOCAL | _CONNECTIONS
        sizes = ctypes.byref(needed), ctypes.byref(count)
        _spool().EnumPrintersW(flags, None, _LEVEL, None, 0, *sizes)
        if not needed.value:
            return []
        room = ctypes.create_string_buffer(needed.value)
        if not _spool().EnumPrintersW(flags, None, _LEVEL, room, needed.value, *sizes):
            raise PrintServiceGone
        rows = ctypes.cast(room, ctypes.POINTER(PrinterInfo2 * count.value)).contents
        kept = list(rows)
        for row in kept:
            row.room = room  # the names lie in it
        return kept

    def _printer(info: PrinterInfo2) -> Printer:
        return Printer(
            name=info.printer,
            place=info.location or info.comment or "",
            state=printer_state(info.status),
            accepts=accepts(info.status),
            reasons=printer_reasons(info.status),
            trays=_trays(info),
        )

    def _trays(info: PrinterInfo2) -> tuple[Tray, ...]:
        ask = _spool().DeviceCapabilitiesW
        count = ask(ctypes.c_wchar_p(info.printer), ctypes.c_wchar_p(info.port), _BINS, None, None)
        if count <= 0:
            return ()
        numbers, names = (wintypes.WORD * count)(), ctypes.create_unicode_buffer(_NAME_LENGTH * count)
        ask(ctypes.c_wchar_p(info.printer), ctypes.c_wchar_p(info.port), _BINS, numbers, None)
        ask(ctypes.c_wchar_p(info.printer), ctypes.c_wchar_p(info.port), _BIN_NAMES, names, None)
        parts = ("".join(names[at * _NAME_LENGTH : (at + 1) * _NAME_LENGTH]) for at in range(count))
        words = [part.partition("\0")[0] for part in parts]
        return tuple(Tray(str(number), word) for number, word in zip(numbers, words, strict=True))

    def _job_bits(handle: wintypes.HANDLE, job: int) -> int | None:
        """Its status bits, None where the queue does not know it. Errors: PrintServiceGone."""
        needed = wintypes.DWORD()
        _spool().GetJobW(handle, job, 1, None, 0, ctypes.byref(needed))
        if not needed.value:
            if ctypes.get_last_error() == _UNKNOWN_JOB:
                return None
            raise PrintServiceGone
        room = ctypes.create_string_buffer(needed.value)
        if not _spool().GetJobW(handle, job, 1, room, needed.value, ctypes.byref(needed)):
            return None
        return int(ctypes.cast(room, ctypes.POINTER(JobInfo1)).contents.status)

    def _print(handle: wintypes.HANDLE, order: PrintOrder, pages: tuple[bytes, ...]) -> int:
        """The job's number. Errors: PrintRefused, after which nothing of it is left in the queue."""
        name = ctypes.c_wchar_p(order.printer)
        device = _gdi().CreateDCW(ctypes.c_wchar_p("WINSPOOL"), name, None, _settings(handle, order))
        if not device:
            raise PrintRefused(printer=order.printer)
        try:
            document = DocInfo(ctypes.sizeof(DocInfo), order.title, None, None, 0)
            job = _gdi().StartDocW(wintypes.HDC(device), ctypes.byref(document))
            if job <= 0:
                raise PrintRefused(printer=order.printer)
            _spool().SetJobW(handle, job, 0, None, _RETAIN)
            if not _draw_all(device, pages) or _gdi().EndDoc(wintypes.HDC(device)) <= 0:
                _gdi().AbortDoc(wintypes.HDC(device))
                raise PrintRefused(printer=order.printer)
            return int(job)
        finally:
            _gdi().DeleteDC(wintypes.HDC(device))

    def _settings(handle: wintypes.HANDLE, order: PrintOrder) -> "ctypes.Array[ctypes.c_char]":
        """The printer's own settings with copies and tray of this order."""
        name = ctypes.c_wchar_p(order.printer)
        size = _spool().DocumentPropertiesW(None, handle, name, None, None, 0)
        if size <= 0:
            raise PrintRefused(printer=order.printer)
        room = ctypes.create_string_buffer(size)
        if _spool().DocumentPropertiesW(None, handle, name, room, None, _COPY_OUT) < 0:
            raise PrintRefused(printer=order.printer)
        mode = ctypes.cast(room, ctypes.POINTER(DevMode)).contents
        mode.fields |= _HAS_COPIES
        mode.copies = order.copies
        if order.tray:
            mode.fields |= _HAS_SOURCE
            mode.source = int(order.tray)
        return room

    def _draw_all(device: int, pages: tuple[bytes, ...]) -> bool:
        """Whether every page was drawn."""
        token = ctypes.c_size_t()
        start = GdiplusInput(_GDIPLUS, None, 0, 0)
        if _plus().GdiplusStartup(ctypes.byref(token), ctypes.byref(start), None):
            return False
        try:
            return all(_draw(wintypes.HDC(device), page) for page in pages)
        finally:
            _plus().GdiplusShutdown(token)

    def _draw(device: wintypes.HDC, png: bytes) -> bool:
        """One sheet, its picture from edge to edge."""
        if _gdi().StartPage(device) <= 0:
            return False
        stream = ctypes.c_void_p(_shell().SHCreateMemStream(png, len(png)))
        picture, drawing = ctypes.c_void_p(), ctypes.c_void_p()
        is_drawn = not _plus().GdipCreateBitmapFromStream(stream, ctypes.byref(picture))
        if is_drawn and not _plus().GdipCreateFromHDC(device, ctypes.byref(drawing)):
            left, top, width, height = (_gdi().GetDeviceCaps(device, one) for one in (_LEFT, _TOP, _WIDTH, _HEIGHT))
            _plus().GdipSetPageUnit(drawing, _PIXELS)
            is_drawn = not _plus().GdipDrawImageRectI(drawing, picture, -left, -top, width, height)
            _plus().GdipDeleteGraphics(drawing)
        if picture.value:
            _plus().GdipDisposeImage(picture)
        _let_go(stream)
        return _gdi().EndPage(device) > 0 and is_drawn

    def _let_go(stream: ctypes.c_void_p) -> None:
        """IUnknown.Release."""
        if stream.value:
            table = ctypes.cast(stream, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
            ctypes.WINFUNCTYPE(wintypes.ULONG, ctypes.c_void_p)(table[_RELEASE_SLOT] or 0)(stream)
