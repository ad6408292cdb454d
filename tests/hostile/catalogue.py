"""All attacks."""

import attacks_endings
import attacks_login
import attacks_proxy
import attacks_replies
import attacks_text
import attacks_tls

PARTS = [attacks_tls, attacks_login, attacks_text, attacks_replies, attacks_proxy, attacks_endings]
ATTACKS = [attack for part in PARTS for attack in part.ATTACKS]
