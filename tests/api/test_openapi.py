"""The OpenAPI document: valid, and as much as the description knows."""

import pytest

from api.described import ENDPOINTS, answer, arguments
from yizhan.api.openapi import document, operation
from yizhan.api.platform import platform

MADE = document()


def made(path):
    ((_, found),) = MADE["paths"][path].items()
    return found


def test_the_document_is_valid():
    validator = pytest.importorskip("openapi_spec_validator")
    validator.validate(MADE)


def test_every_endpoint_is_there():
    assert set(MADE["paths"]) == {each.path for each in ENDPOINTS}


def resolver(schema):
    jsonschema = pytest.importorskip("jsonschema")
    return jsonschema.Draft202012Validator({**schema, "components": MADE["components"]})


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.path)
def test_what_fits_the_description_fits_the_document(endpoint):
    query, body = arguments(endpoint, file="")
    told = operation(platform(), endpoint)
    for parameter in told["parameters"]:
        if parameter["name"] in query:
            resolver(parameter["schema"]).validate(query[parameter["name"]])
    if "application/json" in told.get("requestBody", {}).get("content", {}):
        resolver(told["requestBody"]["content"]["application/json"]["schema"]).validate(body)
    schema = told["responses"]["200"]["content"]["application/json"]["schema"]
    resolver(schema).validate(answer(endpoint))
    resolver(schema).validate({"errcode": 48001, "errmsg": "api unauthorized"})


def test_limits_are_told():
    body = made("/cgi-bin/tags/members/batchtagging")["requestBody"]["content"]
    openids = body["application/json"]["schema"]["properties"]["openid_list"]
    assert (openids["minItems"], openids["maxItems"]) == (1, 50)
    draft = MADE["components"]["schemas"]["DraftArticle"]["properties"]
    assert (draft["title"]["minLength"], draft["title"]["maxLength"]) == (1, 32)
    text = MADE["components"]["schemas"]["Text"]["properties"]["content"]
    assert (text["maxLength"], text["x-max-bytes"]) == (2048, 2048)
    count = made("/cgi-bin/draft/batchget")["requestBody"]["content"]["application/json"]
    assert count["schema"]["properties"]["count"]["maximum"] == 20


def test_the_errcode_of_a_slip_is_told():
    asked = made("/cgi-bin/stable_token")["requestBody"]["content"]["application/json"]["schema"]
    assert asked["properties"]["secret"]["x-errcode"] == 40125
    assert "x-errcode" not in asked["properties"]["force_refresh"]


def test_files_texts_and_bytes():
    assert "multipart/form-data" in made("/cgi-bin/media/upload")["requestBody"]["content"]
    assert "text/plain" in made("/cgi-bin/media/voice/translatecontent")["requestBody"]["content"]
    assert "application/octet-stream" in made("/cgi-bin/media/get")["responses"]["200"]["content"]


def test_whose_token_it_takes():
    assert "security" not in made("/cgi-bin/menu/create")
    assert made("/cgi-bin/stable_token")["security"] == []
    assert made("/cgi-bin/component/api_query_auth")["security"] == [{"component": []}]


def test_what_is_retired_is_deprecated():
    assert made("/cgi-bin/shorturl")["deprecated"]
    assert "/cgi-bin/shorturl" not in document(retired=False)["paths"]
    assert made("/cgi-bin/showqrcode")["servers"] == [{"url": "https://mp.weixin.qq.com"}]
