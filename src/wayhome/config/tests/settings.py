"""The settings of the product, with the data folder, the sign-in and the files of a test run."""

import os

from wayhome.config.home import CHECKOUT, secrets

os.environ.setdefault("WAYHOME_HOME", str(CHECKOUT / ".wayhome-test"))
os.environ["WAYHOME_ROLE"] = "app"
os.environ.setdefault("WAYHOME_HTTPS", "0")

from wayhome.config.settings import *  # noqa: F403 (the environment has to be set before it is read)
from wayhome.config.settings import DATABASES, STORAGES

# One login that can be the application or the worker, and starts as the application (config/testing.py).
DATABASES["default"]["USER"] = "wayhome_test"
DATABASES["default"]["PASSWORD"] = secrets().password("wayhome_test")
DATABASES["default"]["OPTIONS"].pop("pool")
DATABASES["default"]["OPTIONS"]["assume_role"] = "wayhome_app"
# Passwords are checked for real, with a hash that costs no time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Files are served from where they are, so that no test waits for a collection of them.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
# A browser of a test asks for each of them once.
WHITENOISE_MAX_AGE = 3600
# Tests that are about the second step ask for it.
WAYHOME_REQUIRE_MFA = False
