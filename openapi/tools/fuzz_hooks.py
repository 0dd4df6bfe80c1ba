"""What `fuzz` adds to Schemathesis: who calls, values out of this world, and what a contract of ours promises beside its schemas."""

import copy
import json
import os
import re

import schemathesis
from hypothesis import strategies as st
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.generation.meta import TestPhase
from schemathesis.transport.serialization import serialize_json

# The document that is tried, as it is published.
DOCUMENT = {}
TOKEN = os.environ["FUZZ_TOKEN"]
SPARES = os.environ["FUZZ_SPARES"].split(",")
# Values of what there is, by the names of the fields that take them.
KNOWN = {}
for pair in os.environ["FUZZ_KNOWN"].split(","):
    KNOWN.setdefault(pair.split("=")[0], []).append(pair.split("=")[1])
# What ends sessions of who calls: others call these, each until they are signed out, so that the run itself stays signed in.
SIGNS_OUT = {"end_all_sessions", "end_session", "end_staff_session"}
SIGNED_OUT = {"token_missing", "token_invalid", "token_expired", "session_ended"}

# Schemathesis cannot hold a lone surrogate. This character stands for one, and becomes one on its way out.
SURROGATE = "\ue000"
# No text may hold these, at any door: PostgreSQL keeps no U+0000, UTF-8 has no lone surrogate, nobody can read the others.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ue000\ufffe\uffff]")
TEXTS = ["\x00", "a\x00b", "a\u202eb", "\ufffe"]
# A server knows the years 1880 to 2199.
DAYS = ["0000-01-01", "-0001-12-31", "0001-01-01", "1879-12-31", "2200-01-01", "9999-12-31", "10000-01-01", "+262142-12-31", "-262143-01-01"]
TIMES = {"date": "", "date-time": "T00:00:00Z", "date-time-local": "T00:00:00"}
WHOLE = [2**31, -(2**31) - 1, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64, 10**30]
BROKEN = [1e308, -1e308, 5e-324, 10**400, -(10**400)]


def follow(schema):
    """The schema that a reference names; all that an object is made of, in one."""
    while "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    for part in schema.get("allOf", []):
        schema = {**schema, **follow(part)}
    return schema


def nullable(schema):
    return {**schema, "nullable": True} if "$ref" not in schema else {"allOf": [schema], "nullable": True}


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Adds what the document says once for all: what may be left out of a body may also be null. Answers keep their schemas."""
    DOCUMENT.update(copy.deepcopy(raw_schema))
    schemas = raw_schema["components"]["schemas"]

    def sent(value):
        if isinstance(value, list):
            return [sent(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        if isinstance(value.get("$ref"), str):
            name = value["$ref"].rsplit("/", 1)[1]
            if f"{name}.Sent" not in schemas:
                schemas[f"{name}.Sent"] = {}
                schemas[f"{name}.Sent"].update(sent(DOCUMENT["components"]["schemas"][name]))
            return {"$ref": f"#/components/schemas/{name}.Sent"}
        made = {key: inner if key in ("example", "enum") else sent(inner) for key, inner in value.items()}
        if isinstance(made.get("properties"), dict) and made.get("type") == "object":
            needed = made.get("required", [])
            made["properties"] = {name: of if name in needed else nullable(of) for name, of in made["properties"].items()}
        return made

    for item in raw_schema["paths"].values():
        for operation in item.values():
            if "requestBody" in operation:
                operation["requestBody"] = sent(operation["requestBody"])


@schemathesis.serializer("application/json")
def as_json(context, value):
    made = serialize_json(value)
    return made["data"] if "data" in made else json.dumps(made["json"]).replace("\\ue000", "\\ud800").encode()


@schemathesis.auth(refresh_interval=None)
class Caller:
    """Who calls: one session for the whole run, and another for what ends it."""

    def get(self, case, context):
        return TOKEN

    def set(self, case, data, context):
        signs_out = case.operation.definition.raw.get("operationId") in SIGNS_OUT
        case.headers["Authorization"] = f"Bearer {SPARES[0] if signs_out else data}"


@schemathesis.hook
def after_call(context, case, response):
    """Whoever was signed out has done what they were there for."""
    said = response.request.headers.get("Authorization", "")
    if response.status_code == 401 and len(SPARES) > 1 and said == f"Bearer {SPARES[0]}":
        del SPARES[0]


def operation_of(case):
    return DOCUMENT["paths"][case.operation.path].get(case.operation.method.lower(), {})


def leaves(value, schema, at=()):
    """Each value of a body that its schema describes: where it stands, what it is, what it should be."""
    schema = follow(schema)
    if isinstance(value, dict):
        for name, of in schema.get("properties", {}).items():
            if name in value:
                yield from leaves(value[name], of, (*at, name))
        for alternative in schema.get("oneOf", []) + schema.get("anyOf", []):
            yield from leaves(value, alternative, at)
    elif isinstance(value, list) and "items" in schema:
        for n, inner in enumerate(value):
            yield from leaves(inner, schema["items"], (*at, n))
    elif at:
        yield at, value, schema


def body_of(case):
    return operation_of(case).get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})


def described(case):
    """The values of a request that its operation describes: of its body, its query and its path."""
    for at, value, schema in leaves(case.body, body_of(case)):
        yield ("body", *at), value, schema
    for parameter in operation_of(case).get("parameters", []):
        container = {"query": case.query, "path": case.path_parameters}.get(parameter["in"])
        if isinstance(container, dict) and parameter["name"] in container:
            yield (parameter["in"], parameter["name"]), container[parameter["name"]], follow(parameter["schema"])


def strange(where, schema):
    """Values out of this world for something of a schema."""
    of = schema.get("type")
    if of == "integer":
        return WHOLE
    if of == "number":
        return BROKEN
    if of != "string":
        return []
    # No address holds a lone surrogate.
    texts = TEXTS + [SURROGATE, f"a{SURROGATE}b"] if where[0] == "body" else TEXTS
    time = TIMES.get(schema.get("format"))
    return texts if time is None else texts + [day + time for day in DAYS]


def tame(value, schema):
    """A body that is not refused for what a generator adds to nearly each: fields of no meaning, characters that nobody can read, far years."""
    schema = follow(schema)
    if isinstance(value, dict):
        fields = dict(schema.get("properties", {}))
        for alternative in schema.get("oneOf", []) + schema.get("anyOf", []):
            fields.update(follow(alternative).get("properties", {}))
        return {name: tame(inner, fields[name]) for name, inner in value.items() if name in fields}
    if isinstance(value, list):
        return [tame(inner, schema.get("items", {})) for inner in value]
    if isinstance(value, str):
        value = CONTROL.sub("x", value)
        if schema.get("format") in TIMES:
            value = re.sub(r"^(0\d\d\d|1[0-8]\d\d|2[2-9]\d\d|[3-9]\d\d\d)(?=-)", "2028", value)
    return value


def put(case, where, value):
    container = {"query": case.query, "path": case.path_parameters}.get(where[0], case.body)
    for step in where[1:-1]:
        container = container[step]
    container[where[-1]] = value


@st.composite
def changed(draw, case):
    """A request about what there is, mostly, and now and then with a value out of this world."""
    places = list(described(case))
    fuzzing = case.meta is not None and case.meta.phase.name is TestPhase.FUZZING
    if any(where[0] == "body" for where, _, _ in places):
        case.body = tame(case.body, body_of(case)) if draw(st.integers(0, 7)) != 5 else copy.deepcopy(case.body)
        places = list(described(case))
    # A chain has ids of its own, from the answers before it.
    for where, _, schema in places if fuzzing else []:
        known = KNOWN.get(next(step for step in reversed(where) if isinstance(step, str)), [])
        if known and draw(st.integers(0, 3)) != 2:
            put(case, where, draw(st.sampled_from(known)))
        elif schema.get("format") == "uuid" and draw(st.booleans()):
            # An id of something else.
            put(case, where, draw(st.sampled_from(draw(st.sampled_from(list(KNOWN.values()))))))
    places = [(where, values) for where, _, schema in places if (values := strange(where, schema))]
    if places and draw(st.integers(0, 7)) == 5:
        where, values = draw(st.sampled_from(places))
        put(case, where, draw(st.sampled_from(values)))
    return case


@schemathesis.hook
def flatmap_case(context, case):
    return changed(case)


def unearthly(where, value, schema):
    """Whether no server may take it for what it should be."""
    if not isinstance(value, str):
        return False
    time = TIMES.get(schema.get("format"))
    broken = UNREADABLE.search(value) or (where[0] == "body" and SURROGATE in value)
    return bool(broken) or (time is not None and value.removesuffix(time) in DAYS)


@schemathesis.hook
def filter_failure(context, failure, case, response):
    # HTTP passes over a header that nobody knows. Schemathesis knows that too, but not where another header is a number.
    return not (isinstance(failure, AcceptedNegativeData) and "x-schemathesis-unknown-property" in case.headers)


@schemathesis.check
def nothing_out_of_this_world_is_taken(context, response, case):
    if response.status_code < 400:
        for where, value, schema in described(case):
            assert not unearthly(where, value, schema), f"{response.status_code} for {value!r} at {'.'.join(map(str, where))}"


@schemathesis.check
def a_problem_is_one_that_is_declared(context, response, case):
    if response.status_code < 400:
        return
    assert response.headers["content-type"] == ["application/problem+json"], response.headers["content-type"]
    if response.request.method == "HEAD":
        return
    problem = json.loads(response.content)
    assert problem["status"] == response.status_code and problem["request_id"], problem
    declared = operation_of(case).get("x-problem-codes", [])
    assert problem["code"] in declared, f"{problem['code']} is not declared: {problem}"
    # Else all that follows would be a refusal.
    signed_in = response.request.headers.get("Authorization") == f"Bearer {TOKEN}"
    assert not (signed_in and problem["code"] in SIGNED_OUT), f"whoever calls was signed out: {problem}"


@schemathesis.check
def what_is_allowed_is_what_the_path_takes(context, response, case):
    if response.status_code != 405:
        return
    # As the router chooses: a word goes before a parameter, from the left.
    parts = response.request.path_url.split("?")[0].split("/")

    def fits(template):
        return len(template) == len(parts) and all(t[:1] == "{" or t == p for t, p in zip(template, parts))

    templates = [path for path in DOCUMENT["paths"] if fits(path.split("/"))]
    best = max(templates, key=lambda path: [part[:1] != "{" for part in path.split("/")])
    takes = {method.upper() for method in DOCUMENT["paths"][best]}
    takes |= {"HEAD"} if "GET" in takes else set()
    allowed = set(", ".join(response.headers["allow"]).split(", "))
    assert allowed == takes, f"{best} takes {sorted(takes)}, and Allow says {sorted(allowed)}"


@schemathesis.check
class MuchIsAnsweredAndNotRefused:
    """A run in which nearly all is refused tries nothing."""

    def __init__(self):
        self.tried, self.answered = set(), set()

    def after_response(self, context, response, case):
        self.tried.add(case.operation.label)
        if response.status_code < 300:
            self.answered.add(case.operation.label)

    def after_run(self, context):
        told = f"{len(self.answered)} operations of {len(self.tried)} were ever done"
        print(told)
        assert len(self.answered) * 3 > len(self.tried), told
