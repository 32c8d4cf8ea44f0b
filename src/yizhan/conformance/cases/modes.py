"""Plaintext, compatible and safe mode, and the key (docs/protocol.md#b)."""

from base64 import b64decode, b64encode
from os import urandom

from yizhan.conformance import pushes
from yizhan.conformance.case import Chapter
from yizhan.conformance.expect import Failure, answered, echoed, refused, replied, sound
from yizhan.conformance.forging import (
    BLOCK,
    Forger,
    crooked_padding,
    padding,
    zero_padding,
)
from yizhan.conformance.judging import Heard
from yizhan.conformance.pushes import Letter
from yizhan.conformance.target import Target, envelope_xml
from yizhan.wire.signature import sign

chapter = Chapter("modes")

FOREIGN_APPID = "wxffffffffffffffff"
OTHER_KEY = "ZYXWVUTSRQPONMLKJIHGFEDCBA9876543210zyxwvut"


def forger(target: Target) -> Forger:
    """What encrypts with the account's key; the case needs `sealed`."""
    assert target.server.forger is not None  # noqa: S101  # the runner has looked
    return target.server.forger


def text(target: Target, content: str = "") -> bytes:
    """A text as it stands inside an envelope."""
    return pushes.document(target.text(content or pushes.word()))


async def deliver_padded(target: Target, padded: bytes) -> Heard:
    """These decrypted bytes, as they are, in an envelope that is signed right."""
    return await target.deliver(target.envelope(forger(target).encrypt(padded)))


@chapter.breaks("B1", "plain")
async def mode_plain_raw(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    answered(await target.deliver(letter.asking(encrypt_type="raw")))


@chapter.breaks("B1", "plain", "reply")
async def mode_plain_reply(target: Target) -> None:
    heard = await target.push(target.text(pushes.word()))
    replied(heard)
    if heard.sealed:
        raise Failure("notice.sealed_in_plain")


@chapter.breaks("B1, B3", "sealed")
async def mode_sealed_push(target: Target) -> None:
    answered(await target.push(target.text(pushes.word())))


@chapter.breaks("B1, B4", "safe", "reply")
async def mode_safe_reply(target: Target) -> None:
    heard = await target.push(target.text(pushes.word()))
    replied(heard)
    if not heard.sealed:
        raise Failure("notice.plain_in_safe")


@chapter.breaks("B1", "compat", "reply")
async def mode_compat_reply(target: Target) -> None:
    replied(await target.push(target.text(pushes.word())))


@chapter.breaks("B1, B3", "compat")
async def mode_compat_safe_body(target: Target) -> None:
    # Edge servers may keep the earlier setting for some minutes.
    answered(await target.deliver(target.letter(target.text(pushes.word()), mode="safe")))


@chapter.breaks("B3", "sealed", limit=60)
async def mode_every_padding(target: Target) -> None:
    for size in range(BLOCK):
        answered(await target.push(target.text("驿" + "x" * size)))


@chapter.breaks("B3", "sealed", "echo")
async def mode_length_in_bytes(target: Target) -> None:
    content = "长度按字节算：驿站📮" + pushes.word()
    echoed(await target.push(target.text(content)), content)


@chapter.breaks("B3", "sealed")
async def mode_long_message(target: Target) -> None:
    push = target.message(
        "link", Title="标题", Description="长文" * 3000, Url="https://example.com/"
    )
    answered(await target.push(push))


@chapter.breaks("B3, K3", "sealed")
async def mode_any_prefix(target: Target) -> None:
    sender = forger(target)
    for prefix in (bytes(range(240, 256)), b"\0" * 16, b"</xml><xml>12345"):
        ciphertext = sender.cipher.encrypt(text(target), random=prefix)
        answered(await target.deliver(target.envelope(ciphertext)))


@chapter.breaks("K1", "sealed")
async def mode_newline_between(target: Target) -> None:
    body = text(target).replace(b"><", b">\n<").replace(b">\n<![CDATA[", b"><![CDATA[")
    answered(await target.deliver(target.letter(body)))


@chapter.unwise("B3", "sealed")
async def mode_mime_breaks(target: Target) -> None:
    ciphertext = forger(target).cipher.encrypt(text(target))
    letter = target.envelope(ciphertext)
    broken = "\n".join(ciphertext[start : start + 76] for start in range(0, len(ciphertext), 76))
    signed = target.envelope(broken)
    heard = await target.deliver(letter._replace(body=signed.body))
    if heard.outcome not in ("replied", "acknowledged"):
        answered(await target.deliver(signed))


@chapter.breaks("B2", "sealed")
async def mode_pretty_envelope(target: Target) -> None:
    letter = target.envelope(forger(target).cipher.encrypt(text(target)))
    body = letter.body.replace(b"><To", b">\n    <To").replace(b"><En", b">\n    <En")
    answered(await target.deliver(letter._replace(body=body.replace(b"></xml", b">\n</xml"))))


@chapter.insecure("B2", "sealed")
async def mode_outer_user(target: Target) -> None:
    ciphertext = forger(target).cipher.encrypt(text(target))
    letter = target.envelope(ciphertext)
    heard = await target.deliver(letter._replace(body=envelope_xml("gh_someoneelse0", ciphertext)))
    sound(heard)
    if heard.why and heard.why.code == "wrong_from":
        raise Failure(heard.why.phrase, **heard.why.values)


@chapter.insecure("B2", "compat", "echo")
async def mode_compat_trusts_cipher(target: Target) -> None:
    inside, beside = pushes.word(), pushes.word()
    heard = await target.deliver(swapped(target, text(target, inside), text(target, beside)))
    sound(heard)
    if heard.echo == beside:
        raise Failure("beside", found=beside)


@chapter.insecure("B2", "compat", "reply")
async def mode_compat_trusts_sender(target: Target) -> None:
    other = pushes.new_openid()
    beside = text(target).replace(target.fan.encode(), other.encode())
    heard = await target.deliver(swapped(target, text(target), beside))
    sound(heard)
    if heard.why and heard.why.code == "wrong_to":
        raise Failure(heard.why.phrase, **heard.why.values)


def swapped(target: Target, inside: bytes, beside: bytes) -> Letter:
    """A compatible push whose plain copy says something else."""
    letter = target.envelope(ciphertext := forger(target).cipher.encrypt(inside))
    element = f"<Encrypt><![CDATA[{ciphertext}]]></Encrypt></xml>".encode()
    return letter._replace(body=beside.removesuffix(b"</xml>") + element)


@chapter.insecure("B1, security", "sealed")
async def mode_downgrade(target: Target) -> None:
    refused(await target.deliver(target.letter(target.text(pushes.word()), mode="plain")))


@chapter.insecure("B1, security", "sealed")
async def mode_downgrade_raw(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()), mode="plain")
    refused(await target.deliver(letter.asking(encrypt_type="raw")))


@chapter.insecure("B1, security", "sealed")
async def mode_downgrade_aes(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()), mode="plain")
    refused(await target.deliver(letter.asking(encrypt_type="aes", msg_signature="0" * 40)))


@chapter.insecure("B3", "sealed")
async def mode_msg_signature_wrong(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    refused(await target.deliver(letter.asking(msg_signature=urandom(20).hex())))


@chapter.insecure("B3", "sealed")
async def mode_msg_signature_missing(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    refused(await target.deliver(letter.without("msg_signature")))


@chapter.insecure("B3, L4", "sealed")
async def mode_msg_signature_is_not_signature(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    refused(await target.deliver(letter.asking(msg_signature=letter.value("signature"))))


@chapter.insecure("B3", "sealed")
async def mode_other_ciphertext(target: Target) -> None:
    signed = target.letter(target.text(pushes.word()))
    other = target.letter(target.text(pushes.word()))
    refused(await target.deliver(signed._replace(body=other.body)))


@chapter.insecure("B3", "sealed")
async def mode_flipped_bit(target: Target) -> None:
    ciphertext = forger(target).cipher.encrypt(text(target))
    letter = target.envelope(ciphertext)
    changed = bytearray(b64decode(ciphertext))
    changed[7] ^= 1  # falls on the random prefix: nothing but the signature can tell
    body = envelope_xml(target.server.original_id, b64encode(changed).decode())
    refused(await target.deliver(letter._replace(body=body)))


@chapter.insecure("B3", "sealed")
async def mode_other_appid(target: Target) -> None:
    ciphertext = forger(target).foreign(FOREIGN_APPID).encrypt(text(target))
    refused(await target.deliver(target.envelope(ciphertext)))


@chapter.insecure("B3", "sealed")
async def mode_no_appid(target: Target) -> None:
    plain = forger(target).plain(text(target), appid="")
    refused(await deliver_padded(target, padding(plain)))


@chapter.unwise("B3, B6", "sealed")
async def mode_crooked_padding(target: Target) -> None:
    plain = forger(target).plain(text(target))
    while len(plain) % BLOCK > BLOCK - 3:
        plain = forger(target).plain(text(target, pushes.word() + "xxx"))
    refused(await deliver_padded(target, crooked_padding(plain)))


@chapter.unwise("B3", "sealed")
async def mode_zero_padding(target: Target) -> None:
    refused(await deliver_padded(target, zero_padding(forger(target).plain(text(target)))))


@chapter.unwise("B3", "sealed")
async def mode_inner_length(target: Target) -> None:
    body = text(target)
    for length in (len(body) + 1, len(body) - 1, 0, 2**31 + 7, 2**32 - 1):
        plain = forger(target).plain(body, length=length)
        refused(await deliver_padded(target, padding(plain)))


@chapter.insecure("B3", "sealed")
async def mode_other_key(target: Target) -> None:
    sender = Forger(OTHER_KEY, forger(target).appid)
    refused(await target.deliver(target.envelope(sender.cipher.encrypt(text(target)))))


@chapter.unwise("B3, security", "sealed")
async def mode_no_base64(target: Target) -> None:
    for ciphertext in ("这不是密文", "AAAA", "A" * 43, "", "=" * 8, b64encode(b"x" * 15).decode()):
        heard = await target.deliver(target.envelope(ciphertext))
        refused(heard)
        sound(heard)


@chapter.unwise("security", "sealed")
async def mode_no_oracle(target: Target) -> None:
    plain = forger(target).plain(text(target))
    wrong = (
        zero_padding(plain),
        padding(forger(target).plain(text(target), appid=FOREIGN_APPID)),
        padding(forger(target).plain(text(target), length=2**31)),
    )
    heard = [await deliver_padded(target, each) for each in wrong]
    answers = {(each.answer.status, each.answer.body) for each in heard}
    if len(answers) > 1:
        raise Failure("oracle", count=len(answers))


@chapter.unwise("B3", "safe", "reply")
async def mode_fresh_random(target: Target) -> None:
    push = target.text(pushes.word())
    first, second = [await target.push(push) for _ in range(2)]
    replied(first)
    replied(second)
    if first.answer.body == second.answer.body:
        raise Failure("same_ciphertext")


@chapter.unwise("B4, M", "sealed")
async def mode_signature_too(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    wrong = sign("notThisToken", letter.value("timestamp"), letter.value("nonce"))
    refused(await target.deliver(letter.asking(signature=wrong)))
