"""The published test vectors, as docs/protocol.md#k has them."""

from typing import NamedTuple


class Vector(NamedTuple):
    token: str
    key: str
    appid: str
    timestamp: str
    nonce: str
    msg_signature: str
    encrypt: str
    length: int
    pad: int


K1_SIGNATURE = "16120ec1b8dbb870f510d87ce6bc2463eae6ca1a"
K1_AES_KEY = "69b71d79f8218a39259a7a29aabb2dbafc31cb3d35db7e39ebbf3d0010831051"
K1_RANDOM = b"89465c840c5f116f"
K2_RANDOM = b"HLFOQjbkfgUh46s8"

_K1_ENCRYPT = (
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmB"
    "M4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyy"
    "Xwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrC"
    "VKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD"
    "1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9G"
    "hglF2PE="
)
_K2_ENCRYPT = (
    "3kKZ++U5ocvIF8dAHPct71x8uU00NF2unLwn6szkBOHqvn9ZZgpyNCFCOePMhK64EuaOTcKtje/BFGmmDNFH"
    "g5EpNoZAXj3s7A2YopQCIwDAEb0Eer5Agl3g6jOskVgs3Youycx9ijoP83HUYiMf7/z/xuTUY2oKcMLT5qTV"
    "FiXoGDKcEqGcRRkx0W59g4vTbmg6unyOOC31p8C4GYZRRzswd5HCaQSmIJsWuSsxJusdqyDURhXAATTcvm2u"
    "YwDxmN11SIiyoT25oIiRd5i6Us6Q86+nB2nZciOR5RX2yFa4diFpzg6fsiK9h8lWvnsj/loZyul/r/x3dYB6"
    "h9lAPYg0NVMCZBjOBRhW/UJXK0ep07VMtF16qsoq4eVa36PQc774WqTbOsKTf6Vd1w4VCS+BVwMRF9XbH5W5"
    "RT5fQUDVflwZHFBS5vCPd37l0QFSo/p9+5TzYRfFN8/GLSz9m6a2qmNAIwqsy0UdZL+PB8KqQGaHt4a2czt7"
    "0nATcFA0Vxposa2hA1DCFN47VkAPNn613Y5tsX2CEj38XPVJKDBqmu2Urk89XFRvR1clOeZ+RFW8Gt1I2aah"
    "qhea1LkEHIyblsp2QiOjicCYFOOC5CpRE4I4k2qJ/z8TP3Wiq8Yh"
)
_K3_ENCRYPT = (
    "TYISAfTaVqF97gn22+BQrYOtJcf4GU360iTvjzdLBAp800rTdKFOj+nUhAJKUJ82YA5zbRHPZ/F6P8ok8dYM"
    "Whu2zBWwv+xIWlERDlaIKp2CKzbSa5FZ2gl1EWrZzn/GDkKEuDIEY7GyjJaVfiduMg8N6oBlxx6xYz0tuyNl"
    "VWoAbgDvIxYYJwkN7CRADuD0IPTE7mkY4fGc56fxFc2D58vnsIOQ8ys28m81fhHZ4g0UjcJKJXofj0N5QTJx"
    "O9RmHVP39+b0KcevUacw4Dmi8c72/S0IqIl/eBgZVG4IVVPgpii/7gojmbFDHFi9/RTA4nwQJAe9JxNx+76R"
    "vnmXvfCW8PigFlvtsJvY31Nv/ZB97ZxIUiJYk2Y48JoH3wZEs/9NKzDHOaOT+SvRFLaIWeD9DUayXXG5g0vE"
    "fugrZPM="
)
K1 = Vector(
    "spamtest",
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "wx2c2769f8efd9abc2",
    "1409735669",
    "1320562132",
    "5d197aaffba7e9b25a30732f161a50dee96bd5fa",
    _K1_ENCRYPT,
    length=280,
    pad=2,
)
K2 = Vector(
    "spamtest",
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "wx2c2769f8efd9abc2",
    "1415979516",
    "1320562132",
    "8dc95bd84e3a9d58b3cffd08e922a215fc07d7f1",
    _K2_ENCRYPT,
    length=427,
    pad=15,
)
K3 = Vector(
    "tom00123",
    "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
    "wx17a727aa81c60f43",
    "1515926128",
    "143125540",
    "2a57bca3d93100e42599d453d97ebde9f5a57eca",
    _K3_ENCRYPT,
    length=251,
    pad=31,
)
VECTORS = (K1, K2, K3)

JS_SDK = {
    "noncestr": "Wm3WZYTPz0wzccnW",
    "jsapi_ticket": (
        "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
    ),
    "timestamp": "1414587457",
    "url": "http://mp.weixin.qq.com?params=value",
}
JS_SDK_SIGNATURE = "0f9de62fce790f9a083d5c99e95740ceb90c27ed"
