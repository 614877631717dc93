"""Sends mail through the school's or authority's own server, where one is set up."""

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from flask import current_app
from flask_security import MailUtil


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes out. With `user` empty nobody signs in to it."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""

    def send(self, recipient: str, subject: str, text: str) -> None:
        """Sends one plain text message. Raises OSError or SMTPException when the server does not take it."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, recipient, subject
        message.set_content(text)
        with smtplib.SMTP(self.host, self.port, timeout=20) as server:
            if self.user:
                server.starttls()
                server.login(self.user, self.password)
            server.send_message(message)


def mail_server() -> MailServer | None:
    """The server that is set up, or None: then links are shown to the administrator instead."""
    server: MailServer | None = current_app.extensions["vfm_mail"]
    return server


class SecurityMail(MailUtil):
    """What the sign-in library wants to send (a reset link, a notice) goes out in plain text, or not at all."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: Any,
        sender: Any,
        body: str | None,
        html: str | None,
        **kwargs: Any,
    ) -> None:
        server = mail_server()
        if server is None:
            return
        try:
            server.send(str(recipient), str(subject), body or "")
        except (OSError, smtplib.SMTPException):
            # Whoever asked is told the same as if the address were unknown; the operator finds it in the log.
            current_app.logger.exception("mail was not taken by %s", server.host)
