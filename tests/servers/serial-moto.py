"""moto's server for tests. S3 requests go one after the other: its check of a condition and its write are two steps.

usage: serial-moto.py PORT
"""

import io
import logging
import os
import sys
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

port = int(sys.argv[1])
os.environ.setdefault("MOTO_PORT", str(port))
server = DomainDispatcherApplication(create_backend_app)
one_at_a_time = threading.Lock()


def app(environ, start_response):
    scope = environ.get("HTTP_AUTHORIZATION", "") + environ.get("QUERY_STRING", "")
    if "/sqs/" in scope:  # a long poll may not keep the others waiting
        return server(environ, start_response)
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length:
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(length))
    with one_at_a_time:
        return [b"".join(server(environ, start_response))]


logging.getLogger("werkzeug").setLevel(logging.ERROR)
run_simple("127.0.0.1", port, app, threaded=True)
