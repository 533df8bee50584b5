"""Notes, keys and checkpoints: published vectors, and everything that is not one."""

import base64
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.errors import InputError
from simreg.log.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from simreg.log.keys import Kind, Signer, Verifier, parse_signer, parse_verifier
from simreg.log.note import Note, Signature, cosign, parse_note, sign_note, verify_note

# The example in the documentation of Go's package note: text, key and signature are public.
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"

# The example of c2sp.org/tlog-checkpoint and c2sp.org/tlog-cosignature; their keys are not published.
C2SP = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)

LOG = Signer("log.example/one", bytes(range(32)))
WITNESS = Signer("witness.example/w", bytes(range(1, 33)), Kind.COSIGNATURE)
CHECKPOINT = Checkpoint(LOG.name, 7, bytes(32))


def code(act: object, *given: object) -> str:
    assert callable(act)
    with pytest.raises(InputError) as raised:
        act(*given)
    return raised.value.code


def test_a_note_is_signed_as_go_signs_it() -> None:
    signer, verifier = parse_signer(GO_PRIVATE), parse_verifier(GO_PUBLIC)
    note = sign_note(GO_TEXT, signer)
    assert note.data.decode() == GO_TEXT + "\n" + GO_LINE
    assert verify_note(parse_note(note.data), [verifier])[0].by == verifier
    assert (signer.text, signer.verifier.text) == (GO_PRIVATE, GO_PUBLIC)
    assert signer.secret.hex() not in repr(signer)
    assert GO_PRIVATE[-20:] not in repr(signer)


def test_the_specification_s_example_is_read() -> None:
    note = parse_note(C2SP.encode())
    checkpoint = parse_checkpoint(note.text)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert note.data.decode() == C2SP
    assert checkpoint.text == note.text
    assert int.from_bytes(note.signatures[1].data[:8], "big") == 1679315147
    assert [len(one.data) for one in note.signatures] == [64, 72]


def test_a_checkpoint_is_signed_and_cosigned() -> None:
    note = cosign(CHECKPOINT.signed(LOG), WITNESS, 1_790_000_000)
    opened, seen = open_checkpoint(note.data, LOG.verifier, [WITNESS.verifier])
    assert opened == CHECKPOINT
    assert [(one.by.name, one.at) for one in seen] == [(WITNESS.name, 1_790_000_000)]
    again = cosign(note, WITNESS, 1_790_000_060)
    assert len(again.signatures) == 2
    assert open_checkpoint(again.data, LOG.verifier)[1] == []


def test_a_cosignature_signs_what_the_specification_says() -> None:
    note = cosign(CHECKPOINT.signed(LOG), WITNESS, 42)
    message = b"cosignature/v1\ntime 42\n" + CHECKPOINT.text.encode()
    assert WITNESS.verifier.verify(message, note.signatures[1].data[8:])
    assert WITNESS.verifier.id != Verifier(WITNESS.name, WITNESS.verifier.public).id


def test_a_log_does_not_cosign() -> None:
    with pytest.raises(TypeError):
        cosign(CHECKPOINT.signed(LOG), LOG, 1)


def test_a_false_or_missing_signature_is_refused() -> None:
    note = CHECKPOINT.signed(LOG)
    other = Signer("log.example/two", bytes(32))
    assert code(open_checkpoint, note.data, other.verifier) == "note-unsigned"
    assert code(open_checkpoint, note.data.replace(b"\n7\n", b"\n8\n"), LOG.verifier) == "note-signature"
    renamed = Note(note.text, (Signature(LOG.name, LOG.verifier.id, bytes(64)),))
    assert code(open_checkpoint, renamed.data, LOG.verifier) == "note-signature"
    seen = cosign(note, WITNESS, 5).data.replace(b"witness.example/w", b"witness.example/v")
    assert open_checkpoint(seen, LOG.verifier, [WITNESS.verifier])[1] == []
    bad = Note(note.text, (*note.signatures, Signature(WITNESS.name, WITNESS.verifier.id, bytes(72))))
    assert code(open_checkpoint, bad.data, LOG.verifier, [WITNESS.verifier]) == "note-signature"


def test_a_checkpoint_of_another_log_is_refused() -> None:
    note = sign_note(Checkpoint("log.example/two", 7, bytes(32)).text, LOG)
    assert code(open_checkpoint, note.data, LOG.verifier) == "checkpoint-origin"


@pytest.mark.parametrize(
    "text",
    [
        *("one\n7\n", "one\n07\n{r}\n", "one\n-1\n{r}\n", "one\n7\n{r}", "\n7\n{r}\n", "one\n7\nAAAA\n"),
        *("one\n7\n{r}\n\n", "one\n٧\n{r}\n", "one\n9007199254740992\n{r}\n", "one\n7 \n{r}\n", "one\n7\n{r}=\n"),
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    root = base64.b64encode(bytes(32)).decode()
    assert code(parse_checkpoint, text.replace("{r}", root)) == "checkpoint-malformed"


@pytest.mark.parametrize(
    "data",
    [
        *(
            b"",
            b"a\n",
            b"a\n\n",
            b"a\n\nb\n",
            b"a\n\n\xe2\x80\x94 n AAAA\n",
            b"a\n\n\xe2\x80\x94 n AAAAAAA=",
            b"\xff\n\n",
        ),
        *(b"a\r\n\n\xe2\x80\x94 n AAAAAAA=\n", b"a\n\n\xe2\x80\x94 n+m AAAAAAA=\n", b"a\n\n\xe2\x80\x94  AAAAAAA=\n"),
        b"a\n\n" + "— n\u00a0m AAAAAAA=\n".encode(),
        b"a\n\n" + b"\xe2\x80\x94 n AAAAAAA=\n" * 65,
        b"a" * 140_000 + b"\n\n\xe2\x80\x94 n AAAAAAA=\n",
        b"a\n\n\xe2\x80\x94 n AAAAAAB=\n",
    ],
)
def test_what_is_no_note_is_refused(data: bytes) -> None:
    assert code(parse_note, data) == "note-malformed"


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode) | st.just(C2SP.encode()))
def test_any_bytes_are_a_note_or_refused(data: bytes) -> None:
    try:
        note = parse_note(data)
    except InputError:
        return
    assert note.data == data


@given(st.data())
def test_a_changed_note_is_never_taken(data: st.DataObject) -> None:
    note = bytearray(CHECKPOINT.signed(LOG).data)
    at = data.draw(st.integers(0, len(note) - 1))
    note[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(InputError):
        open_checkpoint(bytes(note), LOG.verifier)


@given(st.text(max_size=60))
def test_any_text_can_be_signed_or_is_refused(text: str) -> None:
    with suppress(InputError, UnicodeEncodeError):
        assert parse_note(sign_note(text, LOG).data).text == text


@given(st.text(max_size=120) | st.sampled_from([GO_PUBLIC[:-1], GO_PUBLIC + "A", GO_PUBLIC.replace("c7", "c8")]))
def test_other_texts_are_no_keys(text: str) -> None:
    assert code(parse_verifier, text) == "key-malformed"
    assert code(parse_signer, "PRIVATE+KEY+" + text) == "key-malformed"
    assert code(parse_signer, text) == "key-malformed"


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u2003b", "a\nb", "a" * 201, "a\u200bb"])
def test_a_key_s_name_can_stand_in_a_note(name: str) -> None:
    assert code(Verifier, name, bytes(32)) == "key-malformed"
    assert code(Signer, name, bytes(32)) == "key-malformed"


def test_a_key_of_another_length_is_none() -> None:
    assert code(Verifier, "a", bytes(31)) == "key-malformed"
    assert code(Signer, "a", bytes(33)) == "key-malformed"
