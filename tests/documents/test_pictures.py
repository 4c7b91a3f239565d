"""Pictures keep their pixels, and lose what is written beside them."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from spacy_privacy_filter.documents.pictures import blank_picture, clean_picture

NAME = b"Kai Lund"


def make(form: str, *, has_notes: bool) -> bytes:
    rng = np.random.default_rng(20260)
    image = Image.fromarray(rng.integers(0, 255, (20, 30, 3), dtype=np.uint8))
    out, options = io.BytesIO(), {}
    if has_notes and form == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", NAME.decode())
        notes.add_itxt("Title", NAME.decode(), zip=True)
        options = {"pnginfo": notes}
    elif has_notes:
        options = {"comment": NAME}
    if has_notes and form != "GIF":
        exif = Image.Exif()
        exif[0x013B] = NAME.decode()
        options["exif"] = exif
    if form == "JPEG":
        options["progressive"] = has_notes
    image.save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF"])
def test_notes_are_gone_and_pixels_stay(form: str) -> None:
    source = make(form, has_notes=True)
    assert NAME in source
    cleaned = clean_picture(source + NAME)  # also what stands behind the end
    assert cleaned is not None
    assert NAME not in cleaned
    before, after = (
        np.asarray(Image.open(io.BytesIO(x)).convert("RGB")) for x in (source, cleaned)
    )
    assert (before == after).all()
    assert clean_picture(cleaned) == cleaned


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF"])
def test_pictures_that_are_cut_off_or_unknown(form: str) -> None:
    source = make(form, has_notes=False)
    for n_bytes in (0, 3, 12, 30, len(source) // 2, len(source) - 3):
        assert clean_picture(source[:n_bytes]) is None
    assert clean_picture(b"BM" + source) is None


@pytest.mark.parametrize("name", ["a.png", "a.tiff", "a.wmf", "a.emf", "a.svg"])
def test_blank_pictures(name: str) -> None:
    blank = blank_picture(name)
    assert len(blank) < 200
    if name[-3:] != "svg":
        with Image.open(io.BytesIO(blank)) as image:
            assert image.format in ("PNG", "WMF", "EMF")
