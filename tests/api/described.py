"""Valid arguments and answers for every endpoint, made from its description."""

from yizhan.api.platform import Endpoint, Field, platform

OPENID = "oYz0a1B2c3D4e5F6g7H8i9J0kLmN"
ENDPOINTS = tuple(platform().endpoints.values())
PLAIN = {"str": "x", "openid": OPENID, "int": 1, "float": 1.5, "bool": True, "any": "x"}


def arguments(endpoint: Endpoint, *, file: object = b"") -> tuple[dict, dict]:
    """The query and the body of a call with all that is required."""
    named = required(endpoint)
    query = {n: value(endpoint, f) for n, f in endpoint.query.items() if n in named}
    body = {n: value(endpoint, f, file) for n, f in endpoint.body.items() if n in named}
    return query, body


def required(endpoint: Endpoint) -> set[str]:
    fields = {**endpoint.query, **endpoint.body}
    names = {name for name, field in fields.items() if not field.optional}
    if endpoint.named_by:
        names.add(str(fields[endpoint.named_by].choices[0]))
    return names | set(endpoint.one_of[:1])


def answer(endpoint: Endpoint) -> dict:
    """A whole answer of that endpoint, optional members included."""
    members = {n: value(endpoint, f) for n, f in endpoint.result.items()}
    return {"errcode": 0, "errmsg": "ok", **members}


def value(endpoint: Endpoint, field: Field, file: object = b"") -> object:
    """A value within the field's limits."""
    name, many = field.type
    if many == "map":
        return {"keyword1": one(endpoint, name, field, file)}
    if many == "list":
        least = int(field.min or 1)
        return [one(endpoint, name, field, file) for _ in range(least)]
    return one(endpoint, name, field, file)


def one(endpoint: Endpoint, name: str, field: Field, file: object) -> object:
    if field.choices:
        return field.choices[0]
    match name:
        case "file":
            return file
        case "text":
            return "你好"
        case "date":
            return "2026-11-23"
        case "object":
            return {"k": "v"}
        case "int" | "float" if field.min:
            return int(field.min)
    if name in PLAIN:
        return PLAIN[name]
    shape = platform().shape(endpoint, name)
    return {n: value(endpoint, f, file) for n, f in shape.fields.items() if not f.optional}
