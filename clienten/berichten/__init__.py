"""The lines along which messages leave: mail, a gateway for text messages, or a file."""
