"""Our select is Django's, only quicker: the same elements, attributes and texts."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting


class Elements(HTMLParser):
    """Collects tags, attributes and texts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[object] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, sorted(attrs)))

    def handle_endtag(self, tag):
        self.found.append(tag)

    def handle_data(self, data):
        if data.strip():
            self.found.append(data.strip())


def elements(widget: forms.Select, value: object, renderer: object) -> list[object]:
    parser = Elements()
    attrs = {"id": "id_wie", "required": True, "disabled": False}
    parser.feed(widget.render("wie", value, attrs, renderer=renderer))
    return parser.found


@pytest.mark.parametrize("value", ["", "x", "a<b", None])
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
def test_same_elements(widget, value):
    made = widget(choices=[("", "Kies"), ("a<b", 'Els & "Jo"'), ("Groep", [("x", "X"), (7, "7")])])
    ours = elements(made, value, TemplatesSetting())
    assert ours == elements(made, value, DjangoTemplates())
