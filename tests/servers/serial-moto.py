"""moto's server for tests. S3 requests go one after the other: its check of a condition and its write are two steps.
Besides, KMS signs digests as KMS does (MessageType DIGEST), which moto takes for messages.

usage: serial-moto.py PORT
"""

import io
import logging
import os
import sys
import threading

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from moto.kms import utils as kms_utils
from moto.kms.responses import KmsResponse
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

port = int(sys.argv[1])
asked = threading.local()
sign_request, sign_message = KmsResponse.sign, kms_utils.ECDSAPrivateKey.sign


def sign(self):
    asked.digest = self._get_param("MessageType") == "DIGEST"
    return sign_request(self)


def sign_digest(self, message, signing_algorithm):
    if not getattr(asked, "digest", False):
        return sign_message(self, message, signing_algorithm)
    return self.private_key.sign(message, ec.ECDSA(Prehashed(hashes.SHA256())))


KmsResponse.sign = sign
kms_utils.ECDSAPrivateKey.sign = sign_digest
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
