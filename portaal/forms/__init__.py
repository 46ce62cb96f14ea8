"""What a client is asked: at her door, and on her own pages."""

from portaal.forms.deur import WIE, CodeForm, WieForm

__all__ = ["WIE", "CodeForm", "WieForm"]
