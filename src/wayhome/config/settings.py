"""Django's settings. What differs between machines comes from the environment or from the data folder."""

import os
from datetime import timedelta
from pathlib import Path

from wayhome.config import single_sign_on
from wayhome.config.home import home, secrets
from wayhome.config.postgres import connection_parameters

PACKAGE = Path(__file__).resolve().parent.parent
SECRETS = secrets()
SECRET_KEY = SECRETS.django_key
# Signs who is looking, so that SQL smuggled into a query cannot claim to be somebody else (access/rows.sql).
VIEWER_KEY = SECRETS.viewer_key
DEBUG = False
ALLOWED_HOSTS = os.environ.get("WAYHOME_HOSTS", "127.0.0.1,localhost").split(",")
# How this Wayhome is reached, for links in mails that no request asked for.
WAYHOME_ADDRESS = os.environ.get("WAYHOME_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
IS_DEMO = os.environ.get("WAYHOME_DEMO") == "1"
# Over plain http only the demo on this machine is served; anywhere else cookies travel on https alone.
IS_HTTPS = os.environ.get("WAYHOME_HTTPS", "0" if IS_DEMO else "1") == "1"

# Lower modules first: rows.sql files are applied in this order.
MODULES = [
    "wayhome.web",
    "wayhome.audit",
    "wayhome.events",
    "wayhome.partnership",
    "wayhome.access",
    "wayhome.people",
    "wayhome.missing",
    "wayhome.strategy",
    "wayhome.exploitation",
    "wayhome.insight",
    "wayhome.statutory",
    "wayhome.desk",
    "wayhome.config",
]
INSTALLED_APPS = [
    *(module for module in MODULES if (PACKAGE / module.removeprefix("wayhome.") / "apps.py").exists()),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_linear_migrations",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "wayhome.web.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wayhome.web.middleware.ContentSecurity",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wayhome.access.middleware.OpenViewer",
    "wayhome.access.middleware.SecondStep",
    "wayhome.web.middleware.Refusals",
]

ROOT_URLCONF = "wayhome.config.urls"
WSGI_APPLICATION = "wayhome.config.wsgi.application"
DATABASES = {"default": connection_parameters(os.environ.get("WAYHOME_ROLE", "app"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Counts tries to sign in, and nothing else: ordinary pages never ask it.
CACHES = {"default": {"BACKEND": "wayhome.audit.tried.Tried"}}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "NAME": "jinja2",
        "OPTIONS": {
            "environment": "wayhome.web.jinja.environment",
            "context_processors": ["wayhome.web.context.page"],
        },
    },
    {
        # For the mails and the few pages of libraries that bring Django templates.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
TEMPLATES[0]["DIRS"] = [PACKAGE / module.removeprefix("wayhome.") / "templates" for module in MODULES]

# Single sign-on: {"name": ..., "client_id": ..., "secret": ..., "server_url": ...} as JSON, or a list of such.
SINGLE_SIGN_ON = single_sign_on.providers(os.environ.get("WAYHOME_OIDC", ""))
SOCIALACCOUNT_PROVIDERS = single_sign_on.library_settings(SINGLE_SIGN_ON)
# Where else a form may lead, beside ourselves.
FORM_DESTINATIONS = list(single_sign_on.origins(SINGLE_SIGN_ON))

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["wayhome.access.signed_in.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
# How long a link to set a password holds: it is sent to people before their first day.
PASSWORD_RESET_TIMEOUT = int(timedelta(days=3).total_seconds())
ACCOUNT_ADAPTER = "wayhome.access.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_FORMS = {
    "login": "wayhome.access.sign_in_forms.SignIn",
    "reset_password": "wayhome.access.sign_in_forms.AskForNewPassword",
    "reset_password_from_key": "wayhome.access.sign_in_forms.ChooseNewPassword",
    "change_password": "wayhome.access.sign_in_forms.ChangePassword",
    "reauthenticate": "wayhome.access.sign_in_forms.ConfirmPassword",
}
# Beside the library's own limits: addresses of owners' links that open nothing, by visitor.
ACCOUNT_RATE_LIMITS = {"open_link": "20/10m/ip"}
# How many proxies of ours stand in front, so that tries to sign in are counted by visitor and not by proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("WAYHOME_PROXIES", "0"))
# Everyone with a password has a second step, except in the demo. Single sign-on brings its own.
WAYHOME_REQUIRE_MFA = os.environ.get("WAYHOME_REQUIRE_MFA", "0" if IS_DEMO else "1") == "1"
MFA_ADAPTER = "wayhome.access.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Wayhome"
# The library marks the address of whoever chooses a password as unconfirmed, and then refuses them the second step
# that we demand. It guards against people who sign up with another's address: here nobody signs up.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "wayhome.access.sign_in_forms.EnterCode",
    "reauthenticate": "wayhome.access.sign_in_forms.ConfirmCode",
    "activate_totp": "wayhome.access.sign_in_forms.SetUpApp",
}
SOCIALACCOUNT_ADAPTER = "wayhome.access.sign_in.SocialAccountAdapter"

SESSION_ENGINE = "wayhome.access.sessions"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "wayhome.web.errors.form_expired"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATIC_ROOT = home() / "static"
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

EMAIL_HOST = os.environ.get("WAYHOME_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("WAYHOME_MAIL_PORT", "25"))
# Mails carry links that open an account: outside the demonstration they never go to a log.
EMAIL_BACKEND = (
    f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console' if IS_DEMO else 'dummy'}.EmailBackend"
)
DEFAULT_FROM_EMAIL = os.environ.get("WAYHOME_MAIL_FROM", "wayhome@localhost")

WAYHOME_SUBSCRIPTIONS = "wayhome.config.subscriptions.SUBSCRIPTIONS"
WAYHOME_NAVIGATION = "wayhome.config.navigation.ITEMS"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
