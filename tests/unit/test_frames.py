"""Bytes of frames against the examples of RFC 6455, §5.7, and what eventlet did before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atelier.frames import binary_frame, text_frame, unmasked

MASK = (0x37, 0xFA, 0x21, 0x3D)
MASKED_HELLO = bytes((0x7F, 0x9F, 0x4D, 0x51, 0x58))


def test_unmasked_gives_the_hello_of_the_rfc() -> None:
    assert unmasked(MASKED_HELLO, MASK) == b"Hello"


def test_unmasked_of_a_second_piece_goes_on_with_the_mask() -> None:
    assert unmasked(MASKED_HELLO[:3], MASK, 3) + unmasked(MASKED_HELLO[3:], MASK, 2, 3) == b"Hello"


@given(st.binary(max_size=300), st.tuples(*[st.integers(0, 255)] * 4), st.integers(0, 1000))
def test_unmasked_is_the_byte_by_byte_of_the_rfc(data: bytes, mask: tuple[int, ...], offset: int) -> None:
    expected = bytes(byte ^ mask[(offset + place) % 4] for place, byte in enumerate(data))
    assert unmasked(data, mask, len(data), offset) == expected


def test_text_frame_gives_the_hello_of_the_rfc() -> None:
    assert text_frame("Hello") == bytes((0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F))


def test_text_frame_writes_lengths_of_256_bytes_and_64_kibibytes_as_the_rfc() -> None:
    assert text_frame("x" * 256)[:4] == bytes((0x81, 0x7E, 0x01, 0x00))
    assert text_frame("x" * 65_536)[:10] == bytes((0x81, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0))


def test_a_binary_frame_differs_from_a_text_by_its_kind_alone() -> None:
    for size in (0, 125, 126, 65_535, 65_536):
        text, binary = text_frame("x" * size), binary_frame(b"x" * size)
        assert (text[0], binary[0]) == (0x81, 0x82)
        assert text[1:] == binary[1:]


def test_text_frame_is_what_the_driver_itself_would_write() -> None:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from eventlet.websocket import RFC6455WebSocket

    socket = RFC6455WebSocket(None, {})
    for text in ("", "é", "x" * 125, "x" * 126, "é" * 40_000):
        assert text_frame(text) == socket._pack_message(text)
