"""What the documentation under each field of a model says, read when somebody asks for it.

Pydantic can read it as classes are made (`use_attribute_docstrings`); it then parses the source
of every class, which takes about half of the time in which all models are imported.
"""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from itertools import pairwise

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue

__all__ = ["described", "field_text"]


def field_text(model: type[BaseModel], name: str) -> str:
    """Return the documentation of a field; empty where there is none.

    Parameters
    ----------
    model : type of BaseModel
    name : str
        The field, as the class calls it.
    """
    stated = model.model_fields[name].description
    if stated is not None:
        return stated
    owner = next(one for one in model.__mro__ if name in inspect.get_annotations(one))
    return _documented(owner.__module__).get(owner.__qualname__, {}).get(name, "")


def described(
    model: type[BaseModel], schema: JsonSchemaValue, handler: GetJsonSchemaHandler
) -> JsonSchemaValue:
    """Return the JSON Schema of a model with the documentation of its fields.

    Parameters
    ----------
    model : type of BaseModel
    schema : dict
        What pydantic makes of it, or a reference to that.
    handler : GetJsonSchemaHandler
        Finds what a reference means.
    """
    properties = handler.resolve_ref_schema(schema).get("properties", {})
    for name, about in model.model_fields.items():
        text, key = field_text(model, name), about.alias or name
        if text and key in properties:
            properties[key]["description"] = text
    return schema


@cache
def _documented(module: str) -> dict[str, dict[str, str]]:
    """Return the documentation of fields by class of a module."""
    source = inspect.getsource(sys.modules[module])
    classes = (one for one in ast.parse(source).body if isinstance(one, ast.ClassDef))
    return {one.name: dict(_texts(one)) for one in classes}


def _texts(of: ast.ClassDef) -> list[tuple[str, str]]:
    """Return each field of a class that a text follows."""
    return [
        (field.target.id, inspect.cleandoc(text.value.value))
        for field, text in pairwise(of.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    ]
