"""Secrets in headers, logs, pipelines and settings."""

from __future__ import annotations

from .reading import between_rules, one_a_line

HEADERS = one_a_line(
    "log",
    "en",
    r"""
Cookie: csrftoken={{secret:plainkey}}; sessionid={{secret:plainkey}}
Set-Cookie: auth={{secret:jwt}}; Secure; SameSite=Lax
> Authorization: token {{secret:key}}
< x-amz-security-token: {{secret:plainkey}}
X-CSRF-Token: {{secret:plainkey}}
Ocp-Apim-Subscription-Key: {{secret:plainkey}}
X-Hub-Signature-256: sha256={{hash}}{{hash}}\nX-Hook-Secret: {{secret:plainkey}}
PHPSESSID={{secret:plainkey}}; lang=en
JSESSIONID={{secret:plainkey}}
refresh_token={{secret:key}}&grant_type=refresh_token
username={{handle}}&password={{secret:urlpass}}&remember=1
POST /login user={{handle}} pw={{secret:urlpass}} 401
{{date:stamp}} auth[{{n}}]: failed login for {{handle}} with password {{secret:password}}
{{date:stamp}} [debug] env: DB_PASSWORD={{secret:urlpass}} PORT={{port}}
{{date:stamp}} [trace] otp {{secret:otp}} sent to {{phone}}
{{date:stamp}} INFO reset code {{secret:otp}} for {{email}}
{{date:stamp}} WARN deprecated key {{secret:key}} used by {{ip}}
{{date:stamp}} GET {{ignored:/hooks/}}{{secret:plainkey}} 200
{{date:stamp}} ERROR Unauthorized: token "{{secret:jwt}}" expired
{{date:stamp}} session {{secret:plainkey}} opened for user {{handle}}
{"level":"warn","msg":"secret in query","api_key":"{{secret:plainkey}}"}
{"event":"login","user":"{{email}}","password":"{{secret:password}}","ok":false}
{"headers":{"authorization":"Bearer {{secret:jwt}}","host":"{{url:domain}}"}}
time="{{date:iso}}" level=error msg="bad token" token={{secret:key}}
{{date:stamp}} dhcp: lease {{ip}} {{mac}}; wpa: psk={{secret:password}}
[{{date:stamp}}] AUTH {{handle}} {{secret:urlpass}} OK
USER anonymous\nPASS {{secret:urlpass}}
AUTH {{secret:urlpass}}\n+OK
""",
)

FILES = between_rules(
    "config",
    "en",
    r"""
machine {{ignored:github.com}} login {{handle}} password {{secret:key}}
---
# ~/.netrc
machine {{ignored:files.acme.test}}
login deploy
password {{secret:urlpass}}
---
deploy:{{secret:hash}}
reader:{{secret:hash}}
---
name: release
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    env:
      NPM_TOKEN: {{secret:key}}
      CI: true
---
stages: [test, deploy]
deploy:
  variables:
    KUBE_TOKEN: "{{secret:jwt}}"
    REPLICAS: "{{n}}"
  script: make deploy
---
pipeline {
  environment {
    SONAR_TOKEN = '{{secret:key}}'
  }
}
---
apiVersion: v1
kind: Secret
metadata:
  name: db
type: Opaque
data:
  password: {{secret:plainkey}}
  user: YWRtaW4=
---
env:
  - name: DB_PASSWORD
    value: "{{secret:password}}"
  - name: LOG_LEVEL
    value: debug
---
variable "db_password" {
  type    = string
  default = "{{secret:password}}"
}
---
resource "aws_db_instance" "main" {
  engine   = "postgres"
  username = "root"
  password = "{{secret:urlpass}}"
}
---
[database]
host = "localhost"
password = "{{secret:password}}"
max_connections = {{n}}
---
[api]
key = {{secret:plainkey}}
url = {{url:full}}
---
<context-param>
  <name>apiKey</name>
  <value>{{secret:plainkey}}</value>
</context-param>
---
<user name="{{handle}}" password="{{secret:password}}" role="admin"/>
---
{
  "type": "service_account",
  "private_key_id": "{{secret:plainkey}}",
  "client_email": "{{email}}"
}
---
{
  "auths": {
    "{{url:domain}}": {
      "auth": "{{secret:plainkey}}"
    }
  }
}
---
{"mcpServers": {"search": {"env": {"API_KEY": "{{secret:key}}"}}}}
---
[profile prod]
aws_access_key_id={{secret:key}}
aws_secret_access_key={{secret:plainkey}}
aws_session_token={{secret:plainkey}}
---
[wifi-security]
key-mgmt=wpa-psk
psk={{secret:password}}
---
interface wlan0
 ssid {{ignored:shop}}
 wpa-psk ascii {{secret:urlpass}}
 enable secret {{secret:urlpass}}
---
[Interface]
PrivateKey = {{secret:plainkey}}
Address = {{ip}}/24
---
client
remote {{ip}} {{port}}
<secret>
{{secret:plainkey}}
</secret>
---
[mysqld_exporter]
user = exporter
password = {{secret:odd}}
---
smtp_host: {{ignored:mail.acme.test}}
smtp_user: {{email}}
smtp_password: {{secret:password}}
smtp_port: 587
---
# .pypirc
[pypi]
username = __token__
password = {{secret:key}}
---
//registry.npmjs.org/:_authToken={{secret:key}}
registry=https://registry.npmjs.org/
---
slack:
  bot_token: {{secret:key}}
  signing_secret: {{secret:plainkey}}
telegram:
  token: {{secret:bot}}
---
TWILIO_AUTH_TOKEN={{secret:plainkey}}
SENDGRID_API_KEY={{secret:key}}
PORT={{port}}
SENTRY_ENV=production
---
DB_PASSWORD="{{secret:password}}"
SECRET_KEY_BASE={{secret:plainkey}}
OAUTH_CLIENT_SECRET={{secret:uuid}}
DEBUG=false
---
alertmanager:
  pagerduty_key: {{secret:plainkey}}
  receivers: [{{email}}]
---
ssh_authorized: no
root_password: "{{secret:hash}}"
timezone: UTC
---
users:
  {{handle}}:
    pin: "{{secret:pin}}"
    card: {{account:member}}
---
security:
  jwt:
    secret: '{{secret:plainkey}}'
    ttl: {{n}}
---
<wpa>
  <ssid>{{ignored:barn}}</ssid>
  <sharedKey>{{secret:password}}</sharedKey>
</wpa>
---
diff --git a/{{file}} b/{{file}}
-token = "{{secret:key}}"
+token = load_token()
---
AuthType Basic
AuthUserFile /etc/htpasswd
# user reader, password {{secret:urlpass}}
---
key: |
{{secret:pem}}
port: {{port}}
""".strip("\n"),
)

TEMPLATES = [*HEADERS, *FILES]
