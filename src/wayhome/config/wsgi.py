"""What the web server calls."""

from django.core.wsgi import get_wsgi_application

from wayhome.config import memory

application = get_wsgi_application()
memory.settle()
