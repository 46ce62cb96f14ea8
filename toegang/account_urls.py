"""The few doors of allauth that we open; no self-registration, no change of e-mail address."""

from allauth.account import views
from django.urls import path, re_path

from toegang.permissions import Permission

login = views.login
inactive = views.account_inactive
logout = views.logout
password_change = views.password_change
password_reset = views.password_reset
password_reset_done = views.password_reset_done
password_reset_key = views.password_reset_from_key
password_reset_key_done = views.password_reset_from_key_done

# allauth guards these itself; the mark tells the permission test who may come.
for door in (
    login,
    inactive,
    password_reset,
    password_reset_done,
    password_reset_key,
    password_reset_key_done,
):
    door.required_permission = "public"
for door in (logout, password_change):
    door.required_permission = Permission.FRAME_USE

urlpatterns = [
    path("aanmelden/", login, name="account_login"),
    path("afgesloten/", inactive, name="account_inactive"),
    path("afmelden/", logout, name="account_logout"),
    path("wachtwoord/", password_change, name="account_change_password"),
    path("wachtwoord/vergeten/", password_reset, name="account_reset_password"),
    path("wachtwoord/vergeten/verzonden/", password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        password_reset_key,
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/nieuw/klaar/",
        password_reset_key_done,
        name="account_reset_password_from_key_done",
    ),
]
