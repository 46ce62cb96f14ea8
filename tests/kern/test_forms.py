"""Forms: whatever is typed in a date box gives a day or a sentence, never a crash."""

from datetime import date

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from kern.forms import DateField, LayoutForm


class Form(LayoutForm):
    dag = DateField(label="Dag")
    later = DateField(label="Later", required=False)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22 10:00+01:00", tick=False):
        yield


@given(st.text(max_size=80))
def test_any_text_is_a_day_or_a_refusal(text):
    form = Form({"dag": text})
    if form.is_valid():
        assert isinstance(form.cleaned_data["dag"], date)
    else:
        assert form.errors["dag"][0].endswith((".", "?"))


@pytest.mark.parametrize(
    "text",
    [
        "9" * 100_000,
        "1/" * 50_000,
        "+" + "9" * 5000 + "m",
        "\x00",
        "31/02/2026",
    ],
    ids=["digits", "slashes", "months", "nul", "no such day"],
)
def test_a_hostile_date_is_refused_at_once(text):
    with pytest.raises(ValidationError):
        DateField().clean(text)


def test_a_day_is_shown_as_people_write_it_and_a_mistake_as_it_was_typed():
    assert 'value="05/03/2026"' in str(Form(initial={"dag": date(2026, 3, 5)})["dag"])
    wrong = Form({"dag": '31/02/2026"><script>'})
    assert not wrong.is_valid()
    assert "<script>" not in str(wrong["dag"])
    assert "31/02/2026&quot;" in str(wrong["dag"])


def test_an_empty_box_is_told_or_stays_empty():
    form = Form({})
    assert form.errors == {"dag": ["Vul een datum in."]}
    assert Form({"dag": "5/3/2026"}).is_valid()


def test_the_template_owns_form_and_token():
    form = Form()
    assert form.helper.form_tag is False
    assert form.helper.disable_csrf is True


def test_no_form_speaks_of_a_value_or_a_valid_choice():
    class Everything(LayoutForm):
        tekst = forms.CharField(max_length=5)
        keuze = forms.ChoiceField(choices=[("a", "A")])
        uren = forms.DecimalField(max_value=38, decimal_places=1)
        leeg = forms.CharField()
        eigen = forms.CharField(error_messages={"required": "Schrijf waarom."})

    form = Everything({"tekst": "x" * 12, "keuze": "b", "uren": "40.25"})
    assert {name: set(errors) for name, errors in form.errors.items()} == {
        "tekst": {"Dit is te lang: 12 tekens, hoogstens 5."},
        "keuze": {"Kies een van de mogelijkheden in de lijst."},
        "uren": {"Dit is te veel: hoogstens 38.", "Te veel cijfers na de komma: hoogstens 1."},
        "leeg": {"Vul dit in."},
        "eigen": {"Schrijf waarom."},
    }
