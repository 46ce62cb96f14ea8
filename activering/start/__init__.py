"""The one-command start: brings a database, secrets, web, worker and beat along on one machine."""
