import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire.vectors import K1_SIGNATURE
from yizhan.errors import Refused
from yizhan.wire.query import Query, read

S = f"signature={K1_SIGNATURE}"
T = "timestamp=1409735669"
N = "nonce=1320562132"
GOOD = f"{S}&{T}&{N}"


def refusal(query: str) -> str:
    with pytest.raises(Refused) as caught:
        read(query.encode())
    assert caught.value.reason == "query_format"
    assert caught.value.authenticated is False
    return caught.value.detail


def test_reads_what_the_platform_sends():
    openid = "oYz0a1B2c3D4e5F6g7H8i9J0kLmN"
    sealed = f"{GOOD}&openid={openid}&encrypt_type=aes&msg_signature={K1_SIGNATURE}"
    assert read(sealed.encode()) == Query(
        K1_SIGNATURE, "1409735669", "1320562132", K1_SIGNATURE, True, b"", openid
    )
    assert read(f"{S}&echostr=0123&{T}&{N}".encode()) == Query(
        K1_SIGNATURE, "1409735669", "1320562132", "", False, b"0123", ""
    )


@pytest.mark.parametrize(
    "query",
    [
        f"{N}&{T}&{S}",
        f"&&{GOOD}&",
        f"{GOOD}&path=a&path=b&%ff=%fe",
        f"{S.replace('signature=1', 'signature=%31')}&timestamp=%31409735669&nonce=13205621%332",
        f"{GOOD}&encrypt_type=raw",
        f"{GOOD}&encrypt_type=",
    ],
)
def test_order_escapes_and_strange_parameters_do_not_matter(query: str):
    asked = read(query.encode())
    assert asked[:3] == (K1_SIGNATURE, "1409735669", "1320562132")
    assert not asked.encrypted


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "signature"),
        (f"{T}&{N}", "signature"),
        (f"{S}&{N}", "timestamp"),
        (f"{S}&{T}", "nonce"),
        (f"{GOOD}&{S}", "signature"),
        (f"{GOOD}&{T}", "timestamp"),
        (f"{GOOD}&nonce=other", "nonce"),
        (f"{GOOD}&echostr=1&echostr=2", "echostr"),
        (f"{GOOD}&encrypt_type=aes&encrypt_type=raw", "encrypt_type"),
        (f"signature=&{T}&{N}", "signature"),
        (f"{S}0&{T}&{N}", "signature"),
        (f"{S[:-1]}&{T}&{N}", "signature"),
        (f"signature={K1_SIGNATURE.upper()}&{T}&{N}", "signature"),
        (f"{S}%0a&{T}&{N}", "signature"),
        (f"%73ignature={K1_SIGNATURE}&{T}&{N}", "signature"),
        (f"{S}&timestamp=&{N}", "timestamp"),
        (f"{S}&timestamp=-1&{N}", "timestamp"),
        (f"{S}&timestamp=1e9&{N}", "timestamp"),
        (f"{S}&timestamp=1234567890123&{N}", "timestamp"),
        (f"{S}&timestamp=%D9%A1&{N}", "timestamp"),
        (f"{S}&timestamp=١&{N}", "timestamp"),
        (f"{S}&{T}&nonce=", "nonce"),
        (f"{S}&{T}&nonce=a-b", "nonce"),
        (f"{S}&{T}&nonce=a+b", "nonce"),
        (f"{S}&{T}&nonce={'a' * 65}", "nonce"),
        (f"{S}&{T}&nonce=é", "nonce"),
        (f"{GOOD}&encrypt_type=des", "encrypt_type"),
    ],
)
def test_what_is_missing_repeated_or_malformed_is_named(query: str, name: str):
    assert refusal(query) == name


@pytest.mark.parametrize(
    ("sent", "echostr"),
    [
        ("0012", b"0012"),
        ("a+b/c==", b"a+b/c=="),
        ("a%2Bb%20%26", b"a+b &"),
        ("%E4%BD%A0%FF%00", b"\xe4\xbd\xa0\xff\x00"),
        ("你", "你".encode()),
        ("%zz%", b"%zz%"),
        ("", b""),
    ],
)
def test_echostr_comes_out_byte_for_byte(sent: str, echostr: bytes):
    assert read(f"{GOOD}&echostr={sent}".encode()).echostr == echostr


@pytest.mark.parametrize("length", [1, 64])
def test_the_longest_nonce_and_timestamp_are_let_in(length: int):
    read(f"{S}&timestamp={'9' * 12}&nonce={'Z' * length}".encode())


VALUES = st.sampled_from([*"0aZ_-.%+/é\n", "aes", "raw", "", "a" * 64, K1_SIGNATURE, "1409735669"])
PAIRS = st.builds(
    "{}={}".format,
    st.sampled_from(["openid", "encrypt_type", "msg_signature", "echostr", "nonce", "other", ""]),
    st.lists(VALUES, max_size=3).map("".join),
)


@given(st.permutations([S, T, N]), st.lists(PAIRS, max_size=4), st.integers(0, 60))
def test_the_usual_query_and_any_other_are_read_alike(signed: list[str], more: list[str], cut: int):
    """With a strange parameter at its end it is no usual one."""
    for query in ("&".join([*signed, *more]), "&".join([S, T, N, *more]), GOOD[: -cut or None]):
        assert outcome(query) == outcome(query + "&strange"), query


def outcome(query: str) -> Query | str:
    try:
        return read(query.encode())
    except Refused as refused:
        return refused.detail
