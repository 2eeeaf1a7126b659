"""WeasyPrint, loaded in half the time.

Replaces nothing of WeasyPrint: what it imports is made ready before. Gains 0.17 s of every build, a
tenth of that of the real plan. Upstream: cffi's out-of-line mode, and an import of fontTools where it is used.

Of the 0.35 s that it takes to load, a half is cffi reading WeasyPrint's declarations in C, and a tenth is fontTools,
which is needed only for fonts that HarfBuzz can not make smaller (measured with 70.0). The declarations are read
beforehand (`tools/declarations.py`), and fontTools is loaded when something of it is called.
"""

from __future__ import annotations

import ast
import contextlib
import ctypes
import hashlib
import io
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import cffi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LATER = ("fontTools.subset", "fontTools.varLib", "fontTools.varLib.instancer")
"""What WeasyPrint imports of fontTools and seldom calls."""


def load() -> None:
    """Import WeasyPrint.

    Raises:
        OSError: Pango is missing.

    """
    # Where Pango is missing, WeasyPrint prints advice in English.
    with _read_declarations(), _later(), contextlib.redirect_stdout(io.StringIO()):
        import_module("weasyprint")


def source_of_declarations() -> str:
    """Return the declarations in C that stand in the installed WeasyPrint."""
    # Found without importing the package, which would read them.
    package = find_spec("weasyprint")
    folder = Path(str(package.origin if package else "")).parent
    tree = ast.parse((folder / "text/ffi.py").read_text(encoding="utf-8"))
    source = next(
        call.args[0]
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "cdef"
    )
    return str(ast.literal_eval(source))


def digest(source: str) -> str:
    """Return by what declarations are known to be those that were read."""
    return hashlib.sha256(source.encode()).hexdigest()


class _Declarations:
    """Stands for a `cffi.FFI` until something is declared: then it is what has been read beforehand, or cffi's own."""

    def cdef(self, source: str) -> None:
        ready = _ready(source)
        if ready is None:
            ready = _FFI()
            ready.cdef(source)
        for name in dir(ready):
            if not name.startswith("_") and name != "dlopen":
                setattr(self, name, getattr(ready, name))
        self._ready = ready

    def dlopen(self, *arguments: Any) -> Any:
        library = self._ready.dlopen(*arguments)
        # For ever: at the end Python clears modules before the last objects of Pango, which would be freed by code that
        # is gone with its library.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(library))
        return library

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


_FFI = cffi.FFI


def _ready(source: str) -> Any:
    try:
        # Another version of cffi may not know its format.
        from planbook.pdf.weasyprint_patches import cffi_declarations  # noqa: PLC0415
    except ImportError:
        return None
    return cffi_declarations.ffi if digest(source) == cffi_declarations.SOURCE else None


@contextlib.contextmanager
def _read_declarations() -> Iterator[None]:
    cffi.FFI = _Declarations
    try:
        yield
    finally:
        cffi.FFI = _FFI


class _Later(ModuleType):
    """A module of which all that is called is imported then."""

    __path__: list[str] = []  # noqa: RUF012 - a package, for the import statement

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*arguments: Any, **options: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*arguments, **options)

        return call


@contextlib.contextmanager
def _later() -> Iterator[None]:
    stubs = {name: _Later(name) for name in _LATER if name not in sys.modules}
    sys.modules.update(stubs)
    try:
        yield
    finally:
        for name, stub in stubs.items():
            if sys.modules.get(name) is stub:
                del sys.modules[name]
