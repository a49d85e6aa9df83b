"""Reads a page of HTML, writes it as PDF. Run by render.go as: python3 -I -c THIS

Nothing is fetched but what stands in the page itself (data:). Fonts are cut down to the letters used by HarfBuzz:
the Python code that WeasyPrint 57 uses for it takes five seconds for each Chinese font, this some milliseconds.
"""
import ctypes
import os
import sys
from urllib.parse import urlsplit

from fontTools import subset as _fonttools  # noqa: F401  (a missing one is said now, not in the middle of a page)
from weasyprint import HTML, default_url_fetcher
from weasyprint.pdf.stream import Font

RETAIN_GIDS, NO_HINTING, DESUBROUTINIZE, DROP_TABLES = 2, 1, 4, 3


def harfbuzz():
    library = ctypes.CDLL('libharfbuzz-subset.so.0')
    pointer, integer = ctypes.c_void_p, ctypes.c_uint
    for name, result, arguments in (
        ('hb_blob_create', pointer, [ctypes.c_char_p, integer, ctypes.c_int, pointer, pointer]),
        ('hb_face_create', pointer, [pointer, integer]),
        ('hb_subset_input_create_or_fail', pointer, []),
        ('hb_subset_input_glyph_set', pointer, [pointer]),
        ('hb_subset_input_set', pointer, [pointer, ctypes.c_int]),
        ('hb_subset_input_set_flags', None, [pointer, integer]),
        ('hb_set_add', None, [pointer, integer]),
        ('hb_subset_or_fail', pointer, [pointer, pointer]),
        ('hb_face_reference_blob', pointer, [pointer]),
        ('hb_blob_get_data', pointer, [pointer, ctypes.POINTER(integer)]),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


def cut(font, glyphs, library):
    """The font with these glyphs alone, under their own numbers; None where HarfBuzz cannot."""
    source = font.file_content
    face = library.hb_face_create(library.hb_blob_create(source, len(source), 1, None, None), font.index)
    wanted = library.hb_subset_input_create_or_fail()
    library.hb_subset_input_set_flags(wanted, RETAIN_GIDS | NO_HINTING | DESUBROUTINIZE)
    for glyph in glyphs:
        library.hb_set_add(library.hb_subset_input_glyph_set(wanted), glyph)
    for table in ('GSUB', 'GPOS', 'GDEF', 'BASE', 'VORG', 'vhea', 'vmtx'):
        library.hb_set_add(library.hb_subset_input_set(wanted, DROP_TABLES), int.from_bytes(table.encode(), 'big'))
    small = library.hb_subset_or_fail(face, wanted)
    if not small:
        return None
    length = ctypes.c_uint()
    data = library.hb_blob_get_data(library.hb_face_reference_blob(small), ctypes.byref(length))
    return ctypes.string_at(data, length.value)


def clean_with(library, original):
    def clean(font, cmap):
        # Fonts that vary or hold pictures stay WeasyPrint's own business.
        plain = font.ttfont is not None and 'fvar' not in font.ttfont and not (font.png or font.svg)
        small = cut(font, cmap, library) if cmap and plain else None
        if small is None:
            original(font, cmap)
        else:
            font.file_content = small
    return clean


def only_data(url, *arguments, **named):
    if urlsplit(url).scheme != 'data':
        raise ValueError('only data: may be loaded')
    return default_url_fetcher(url, *arguments, **named)


try:
    Font.clean = clean_with(harfbuzz(), Font.clean)
except OSError:
    pass  # without HarfBuzz's library it is only slow
pdf = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=only_data).write_pdf()
sys.stdout.buffer.write(pdf)
sys.stdout.buffer.flush()
# Pango's objects are not taken down: in some order or other that crashes, and the process ends anyhow.
os._exit(0)
