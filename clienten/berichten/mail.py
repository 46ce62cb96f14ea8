"""Mail to a client, through the mail server of the settings."""

import smtplib

from django.core.mail import EmailMessage, get_connection

from clienten.berichten.uitkomst import Geweigerd, NietVertrokken, Onzeker


def send_mail(*, naar: str, onderwerp: str, tekst: str, sleutel: str) -> None:
    """Hand one mail to the mail server."""
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        raise NietVertrokken("mailserver_weg") from error
    message = EmailMessage(onderwerp, tekst, to=[naar], connection=connection)
    # The same message under the same name, should a mail server ever get it twice.
    message.extra_headers["X-Activering-Bericht"] = sleutel
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        raise Geweigerd("adres_geweigerd") from error
    except smtplib.SMTPSenderRefused as error:
        raise NietVertrokken("afzender_geweigerd") from error
    except (OSError, smtplib.SMTPException) as error:
        raise Onzeker("mail_onzeker") from error
    finally:
        connection.close()
