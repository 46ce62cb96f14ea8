"""Reading for the client: who stands at the door, and what she sees behind it."""

from portaal.queries.deur import is_live, link_by_code, link_by_token, stay_by_secret

__all__ = ["is_live", "link_by_code", "link_by_token", "stay_by_secret"]
