"""The description of the platform: what it may say, and that it says it of everything."""

import re
from collections import Counter

import msgspec
import pytest

from api.described import ENDPOINTS
from yizhan.api.platform import CARRIERS, SIMPLE, Endpoint, Field, Type, platform, segments_of

GROUPS = tuple(platform().groups.values())
KINDS = {"subscription", "subscription-verified", "service", "service-verified", "sandbox"}


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.path)
def test_every_type_is_known_in_its_group(endpoint):
    known = SIMPLE | set(platform().groups[endpoint.group].shapes)
    fields = {**endpoint.query, **endpoint.result}.values()
    assert {field.type.name for field in fields} <= known
    assert {field.type.name for field in endpoint.body.values()} <= known | CARRIERS


@pytest.mark.parametrize("group", GROUPS, ids=lambda each: each.name)
def test_every_shape_is_of_known_types(group):
    known = SIMPLE | set(group.shapes)
    for shape in group.shapes.values():
        assert {field.type.name for field in shape.fields.values()} <= known


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.path)
def test_every_endpoint_is_whole(endpoint):
    fields = {**endpoint.query, **endpoint.body}
    assert endpoint.path.startswith("/")
    assert not endpoint.path.endswith("/")
    assert endpoint.about["zh"] and endpoint.about["en"]
    assert endpoint.rights in platform().rights
    assert set(endpoint.one_of) <= set(fields)
    assert endpoint.method == "POST" or not endpoint.body
    assert not set(endpoint.query) & set(endpoint.body)
    if endpoint.named_by:
        assert set(fields[endpoint.named_by].choices) <= set(fields)


def test_no_two_endpoints_answer_to_the_same_attributes():
    assert [name for name, n in Counter(each.segments for each in ENDPOINTS).items() if n > 1] == []


def test_what_may_be_repeated_by_itself_never_sends_anything():
    sending = {
        "/cgi-bin/message/custom/send",
        "/cgi-bin/message/mass/send",
        "/cgi-bin/message/mass/sendall",
        "/cgi-bin/message/mass/preview",
        "/cgi-bin/message/template/send",
        "/cgi-bin/message/template/subscribe",
        "/cgi-bin/message/subscribe/bizsend",
        "/cgi-bin/freepublish/submit",
        "/cgi-bin/draft/add",
        "/cgi-bin/material/add_material",
        "/cgi-bin/comment/reply/add",
        "/cgi-bin/clear_quota",
        "/sns/oauth2/access_token",  # a code works once
    }
    assert {path for path in sending if platform().endpoints[path].safe} == set()


@pytest.mark.parametrize(
    ("path", "method", "query", "body", "result"),
    [
        ("/cgi-bin/openapi/quota/clear", "POST", "", "cgi_path", ""),
        ("/customservice/kfaccount/del", "POST", "", "kf_account", ""),
        ("/cgi-bin/component/clear_quota", "POST", "", "component_appid", ""),
        (
            *("/cgi-bin/component/clear_quota/v2", "POST", ""),
            *("appid component_appid appsecret", ""),
        ),
        (
            *("/channels/ec/service/product/getcardinfo", "POST", ""),
            *("product_id article_type card_type", "product_key? DOM?"),
        ),
        (
            *("/cgi-bin/account/fastregister", "POST", "", "ticket"),
            "appid authorization_code is_wx_verify_succ is_link_succ",
        ),
        (
            *("/cgi-bin/wxopen/qrcodejumpadd", "POST", ""),
            *("prefix appid path is_edit permit_sub_rule? open_version? debug_url?", ""),
        ),
        (
            *("/cgi-bin/wxopen/qrcodejumpget", "POST", ""),
            "appid get_type? prefix_list? page_num? page_size?",
            "qrcodejump_open qrcodejump_pub_quota list_size rule_list total_count?",
        ),
        ("/cgi-bin/wxopen/qrcodejumppublish", "POST", "", "prefix", ""),
        (
            *("/publisher/stat", "GET", "action page page_size start_date end_date ad_slot?", ""),
            "base_resp list? summary? body? revenue_all? penalty_all? settled_revenue_all? "
            "settlement_list? total_num?",
        ),
    ],
)
def test_what_an_endpoint_takes_and_gives(path, method, query, body, result):
    endpoint = platform().endpoints[path]
    assert endpoint.method == method
    assert named(endpoint.query) == query.split()
    assert named(endpoint.body) == body.split()
    assert named(endpoint.result) == result.split()


def named(fields):
    return [name + ("?" if field.optional else "") for name, field in fields.items()]


@pytest.mark.parametrize("name", ["articlesummary", "articletotal", "userread", "userreadhour"])
def test_the_retired_figures_of_articles_name_their_official_successors(name):
    retired = platform().endpoints[f"/datacube/get{name}"].retired
    successors = re.findall(r"get\w+", retired["en"])
    assert successors == re.findall(r"get\w+", retired["zh"])
    for successor in successors:
        endpoint = platform().endpoints[f"/datacube/{successor}"]
        assert (endpoint.source, endpoint.unconfirmed, endpoint.retired) == ("O", "", None)


def test_the_ids_of_a_publication_are_texts():
    submit = platform().endpoints["/cgi-bin/freepublish/submit"].result
    assert submit["publish_id"].type == submit["msg_data_id"].type == Type("str")
    assert platform().endpoints["/cgi-bin/freepublish/get"].body["publish_id"].type == Type("str")


def test_rights_name_kinds_of_accounts():
    rights = platform().rights
    assert {kind for each in rights.values() for kind in each.kinds} == KINDS | {"component"}
    assert set(rights["everyone"].kinds) == KINDS


@pytest.mark.parametrize(
    ("path", "segments"),
    [
        ("/cgi-bin/message/custom/send", ("message", "custom", "send")),
        ("/customservice/kfaccount/del", ("customservice", "kfaccount", "del")),
        ("/sns/userinfo", ("sns", "userinfo")),
    ],
)
def test_a_path_s_attributes_leave_cgi_bin_out(path, segments):
    assert segments_of(path) == segments


@pytest.mark.parametrize(
    ("notation", "kind", "optional"),
    [
        ("str", Type("str"), False),
        ("int?", Type("int"), True),
        ("[Button]", Type("Button", "list"), False),
        ("[openid]?", Type("openid", "list"), True),
        ("{TemplateValue}", Type("TemplateValue", "map"), False),
    ],
)
def test_the_notation_of_a_type(notation, kind, optional):
    field = Field(notation=notation)
    assert (field.type, field.optional) == (kind, optional)


@pytest.mark.parametrize("wrong", [{"maximum": 3}, {"method": "PUT"}, {"answer": "xml"}])
def test_a_slip_in_the_description_is_refused(wrong):
    right = {"path": "/x", "group": "g", "about": {"zh": "x"}, "source": "O", "rights": "everyone"}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(right | wrong, Endpoint)
