"""The JSON Schema of the pack format, so that an editor completes and checks a pack while it is written."""

from typing import Any

from redress.policy.format import PackFile, Requirement


def pack_schema() -> dict[str, Any]:
    """The schema of `data/policies/<shop>.yml`, generated from the models that load it."""
    schema = PackFile.model_json_schema(by_alias=True)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_shortened(schema)}
    evidence = schema["$defs"][Requirement.__name__]
    schema["$defs"][Requirement.__name__] = {"anyOf": [{"type": "string"}, evidence]}
    return schema


def _shortened(value: Any) -> Any:
    """Where a list is expected, its only entry may stand alone."""
    if isinstance(value, list):
        return [_shortened(one) for one in value]
    if not isinstance(value, dict):
        return value
    schema = {key: _shortened(one) for key, one in value.items() if key != "title" or not isinstance(one, str)}
    if schema.get("type") == "array" and "items" in schema:
        outside = {key: schema.pop(key) for key in ("default", "description") if key in schema}
        return {"anyOf": [schema, schema["items"]], **outside}
    return schema
