"""The description of the platform as an OpenAPI 3.1 document; there is no official one."""

from collections.abc import Mapping
from importlib.metadata import version

from yizhan.api.options import API
from yizhan.api.platform import Endpoint, Field, Group, Platform, Texts, explained, platform

Json = dict[str, object]

PLAIN: Mapping[str, Json] = {
    "str": {"type": "string"},
    "openid": {"type": "string", "minLength": 1},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "object": {"type": "object"},
    "any": {},
    "file": {"type": "string", "format": "binary"},
    "text": {"type": "string"},
}
ANSWER: Json = {
    "type": "object",
    "properties": {"errcode": {"type": "integer"}, "errmsg": {"type": "string"}},
}
TOKENS = {"account": "access_token", "component": "component_access_token"}


def document(*, retired: bool = True) -> Json:
    """The whole document, with what is retired or without."""
    known = platform()
    groups = known.groups.values()
    endpoints = [e for group in groups for e in group.endpoints if retired or not e.retired]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "WeChat Official Account API",
            "version": version("yizhan"),
            "description": "微信公众号接口. Unofficial: from public documentation and SDKs.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": API}],
        "tags": [{"name": g.name, "description": _texts(g.title)} for g in groups],
        "security": [{"account": []}],
        "paths": {e.path: {e.method.lower(): operation(known, e)} for e in endpoints},
        "components": {
            "securitySchemes": {
                whose: {"type": "apiKey", "in": "query", "name": name}
                for whose, name in TOKENS.items()
            },
            "schemas": {
                "Answer": ANSWER,
                **{name: shape for group in groups for name, shape in shapes(group).items()},
            },
        },
    }


def operation(known: Platform, endpoint: Endpoint) -> Json:
    """One endpoint."""
    made: Json = {
        "operationId": "_".join(endpoint.segments),
        "tags": [endpoint.group],
        "summary": endpoint.about["en"],
        "description": description(known, endpoint),
        "parameters": [parameter(endpoint, *each) for each in endpoint.query.items()],
        "responses": {"200": response(endpoint)},
        "x-safe-to-repeat": endpoint.safe,
        "x-rights": list(known.rights[endpoint.rights].kinds),
    }
    if endpoint.token not in TOKENS:
        made["security"] = []
    elif endpoint.token != "account":  # noqa: S105  # whose
        made["security"] = [{endpoint.token: []}]
    if endpoint.host:
        made["servers"] = [{"url": endpoint.host}]
    if endpoint.retired:
        made["deprecated"] = True
    if endpoint.method == "POST":
        made["requestBody"] = request_body(endpoint)
    return made


def description(known: Platform, endpoint: Endpoint) -> str:
    rights = known.rights[endpoint.rights]
    lines = [endpoint.about["zh"], f"{rights.en} · {rights.zh}"]
    if endpoint.retired:
        lines.append(_texts(endpoint.retired))
    if endpoint.unconfirmed:
        lines.append(f"unconfirmed: {endpoint.unconfirmed}")
    return "\n\n".join(lines)


def parameter(endpoint: Endpoint, name: str, field: Field) -> Json:
    made = {"name": name, "in": "query", "required": not field.optional, "schema": schema(field)}
    texts = explained(endpoint.path, name)
    return made | ({"description": _texts(texts)} if texts else {})


def request_body(endpoint: Endpoint) -> Json:
    """A form with a file, a bare text, or JSON."""
    kinds = {field.type.name for field in endpoint.body.values()}
    body = members(endpoint.body, loose=endpoint.open)
    kind = "multipart/form-data" if "file" in kinds else "application/json"
    if "text" in kinds:
        kind, body = "text/plain", {"type": "string"}
    return {"required": True, "content": {kind: {"schema": body}}}


def response(endpoint: Endpoint) -> Json:
    known: Json = {"allOf": [{"$ref": "#/components/schemas/Answer"}, members(endpoint.result)]}
    content: Json = {"application/json": {"schema": _or_error(endpoint, known)}}
    if endpoint.answer == "media":
        content["application/octet-stream"] = {"schema": PLAIN["file"]}
    return {"description": "the answer, or an errcode other than 0", "content": content}


def members(fields: Mapping[str, Field], *, loose: bool = True) -> Json:
    """An object of these members."""
    made: Json = {
        "type": "object",
        "properties": {name: schema(field) for name, field in fields.items()},
    }
    required = [name for name, field in fields.items() if not field.optional]
    if required:
        made["required"] = required
    if not loose:
        made["additionalProperties"] = False
    return made


def shapes(group: Group) -> dict[str, Json]:
    return {name: members(shape.fields) for name, shape in group.shapes.items()}


def schema(field: Field) -> Json:
    """One member, with its limits, and the errcode of what passes them where that is known."""
    fields = {} if field.code is None else {"x-errcode": field.code}
    return _limited(field) | fields


def _limited(field: Field) -> Json:
    name, many = field.type
    one: Json = {"$ref": f"#/components/schemas/{name}"}
    if name in PLAIN:
        one = dict(PLAIN[name])
    if field.choices:
        one["enum"] = list(field.choices)
    if many == "list":
        return {"type": "array", "items": one} | _limits(field, "minItems", "maxItems")
    if many == "map":
        return {"type": "object", "additionalProperties": one}
    if one.get("type") == "string":
        one |= _limits(field, "minLength", "maxLength")
        if field.max_bytes is not None:  # no more characters than bytes
            one["maxLength"] = min(field.max_bytes, int(field.max or field.max_bytes))
            one["x-max-bytes"] = field.max_bytes
        return one
    return one | _limits(field, "minimum", "maximum")


def _limits(field: Field, least: str, most: str) -> Json:
    limits = {least: field.min, most: field.max}
    return {name: int(value) for name, value in limits.items() if value is not None}


def _or_error(endpoint: Endpoint, known: Json) -> Json:
    """Errors answer with the same status and none of the members."""
    if not any(not field.optional for field in endpoint.result.values()):
        return known
    return {"anyOf": [known, {"$ref": "#/components/schemas/Answer"}]}


def _texts(texts: Texts) -> str:
    return f"{texts['en']} · {texts['zh']}"
