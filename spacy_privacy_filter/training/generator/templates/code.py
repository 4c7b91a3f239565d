# ruff: noqa: E501  (one template a line)
"""Code, configuration, logs and shell sessions, with secrets and without."""

from __future__ import annotations

from .reading import between_rules, one_a_line

SECRETS = one_a_line(
    "secret",
    "en",
    r"""
export OPENAI_API_KEY={{secret:key}}
AWS_ACCESS_KEY_ID={{secret:key}}\nAWS_SECRET_ACCESS_KEY={{secret:plainkey}}
DB_HOST={{ignored:db-01}}\nDB_PORT={{port}}\nDB_USER=app\nDB_PASSWORD={{secret:password}}
DATABASE_URL={{ignored:postgres://app:}}{{secret:urlpass}}{{ignored:@db.internal:5432/prod}}
mysql -h {{ip}} -u root -p'{{secret:password}}' shop < dump.sql
curl -H "Authorization: Bearer {{secret:jwt}}" {{url:full}}
curl -u admin:{{secret:urlpass}} {{url:full}}
git clone {{ignored:https://oauth2:}}{{secret:key}}{{ignored:@gitlab.com/acme/app.git}}
const stripe = require('stripe')('{{secret:key}}');
api_key = "{{secret:key}}"  # TODO move to vault
headers = {"X-API-Key": "{{secret:plainkey}}", "Accept": "application/json"}
String password = "{{secret:password}}";
password: {{secret:password}}
pass = {{secret:password}}
pwd={{secret:urlpass}};Server={{ignored:tcp:sql01,1433}};Database=crm;User Id=sa
Authorization: Basic {{secret:plainkey}}
Authorization: Bearer {{secret:plainkey}}
Cookie: sessionid={{secret:plainkey}}; theme=dark
client_secret={{secret:plainkey}}&client_id={{ignored:web-portal}}&grant_type=client_credentials
my password is {{secret:password}}, please dont share
The wifi is called GuestNet and the password is {{secret:password}}.
the root pw on that box is {{secret:password}} (yes really)
Login: {{email}} / {{secret:password}}
username: {{handle}} password: {{secret:password}}
user {{handle}} pw {{secret:password}} works for me
Your password has been reset to {{secret:password}}.
I use {{secret:password}} for everything, even my bank
Use token {{secret:key}} until {{date}}.
here's the key for the demo: {{secret:key}}
rotate {{secret:key}} asap, {{person:given}} pasted it in the public channel
seed phrase: {{secret:passphrase}}
The passphrase of the backup drive is "{{secret:passphrase}}".
{{secret:pem}}
ssh key for deploy:\n{{secret:pem}}\nadd it on {{ip}}
token: {{secret:jwt}}
--token={{secret:key}} --verbose
docker login -u ci -p {{secret:key}} {{url:domain}}
npm config set //registry.npmjs.org/:_authToken {{secret:key}}
ENV SECRET_KEY_BASE {{secret:plainkey}}
SECRET_KEY = '{{secret:plainkey}}'
"private_key": "{{secret:plainkey}}",
[{{date:stamp}}] DEBUG auth login user={{email}} password={{secret:password}} result=ok
{{date:stamp}} INFO refresh token {{secret:jwt}} issued for user {{email}}
{{date:stamp}} ERROR {{ignored:redis://:}}{{secret:urlpass}}{{ignored:@cache:6379/0}} timed out after {{measure}}
WEBHOOK_SECRET: {{secret:key}}
sshpass -p {{secret:urlpass}} ssh deploy@{{ip}}
$ echo {{secret:plainkey}} | vault login -
AccountKey={{secret:plainkey}};EndpointSuffix={{ignored:core.windows.net}}
GET /v1/items?access_token={{secret:plainkey}}&page=2 HTTP/1.1
The old code for the safe was {{secret:password}}; {{person:given}} changed it on {{date}}.
encryption_key: "{{secret:plainkey}}" # 256 bit
hunter2? no, mine is {{secret:password}}
slack bot token {{secret:key}}, channel #{{ignored:ops}}
Please enter your new password twice. You typed {{secret:password}} and {{secret:password}}.
""",
)

CONFIG = between_rules(
    "config",
    "en",
    r"""
# .env
APP_ENV=production
APP_URL={{url:full}}
APP_KEY={{secret:plainkey}}
MAIL_USERNAME={{email}}
MAIL_PASSWORD={{secret:password}}
LOG_LEVEL=info
---
database:
  host: {{ip}}
  port: {{port}}
  user: admin
  password: "{{secret:password}}"
  pool: {{n}}
---
[smtp]
server = {{url:domain}}
user = {{email}}
password = {{secret:password}}
timeout = {{n}}
---
{
  "apiKey": "{{secret:key}}",
  "authDomain": "{{url:domain}}",
  "projectId": "demo-{{n}}",
  "debug": false
}
---
services:
  web:
    image: nginx:{{version}}
    environment:
      - JWT_SECRET={{secret:plainkey}}
      - ADMIN_EMAIL={{email}}
    ports:
      - "{{port}}:{{port}}"
---
<configuration>
  <connectionStrings>
    <add name="Main" connectionString="Server={{ip}};User Id=sa;Password={{secret:urlpass}};" />
  </connectionStrings>
</configuration>
---
import boto3

client = boto3.client(
    "s3",
    aws_access_key_id="{{secret:key}}",
    aws_secret_access_key="{{secret:plainkey}}",
)
---
def connect():
    # ask {{person:full}} <{{email}}> before changing this
    return login("{{email}}", "{{secret:password}}", retries={{n}})
---
apiVersion: v1
kind: Secret
data:
  token: {{secret:plainkey}}
metadata:
  name: api-{{version}}
---
provider "aws" {
  region     = "eu-west-1"
  access_key = "{{secret:key}}"
  secret_key = "{{secret:plainkey}}"
}
---
machine {{url:domain}}
  login {{email}}
  password {{secret:key}}
""".strip("\n"),
)

LOGS = between_rules(
    "log",
    "en",
    r"""
{{date:stamp}} INFO  [worker-{{n}}] order {{order}} paid by {{email}} ({{price}}) in {{measure}}
---
{{date:stamp}} WARN  request_id={{uuid}} slow query {{measure}} on build {{hash}}
---
{{ip}} - - [{{date:stamp}}] "GET /index.html HTTP/1.1" 200 {{n}}12 "{{url:full}}" "Mozilla/5.0 (X11; Linux x86_64)"
---
{"ts": "{{date:stamp}}", "level": "error", "user": {"name": "{{person:full#1}}", "email": "{{email#1}}", "phone": "{{phone}}"}, "trace": "{{uuid}}"}
---
{{date:stamp}} sshd[{{n}}31]: Failed password for root from {{ip}} port {{port}} ssh2
---
{{date:stamp}} ERROR PaymentError: card {{account:card}} declined for {{person:full}} (code {{n}})
---
Traceback (most recent call last):
  File "{{file}}", line {{n}}, in <module>
ValueError: invalid phone number: '{{phone}}'
---
commit {{hash}}
Author: {{person:full#1}} <{{email#1}}>
Date:   {{date:stamp}}

    Bump {{product}} to {{version}}, fixes #{{n}}
---
INSERT INTO customers (name, email, phone, born) VALUES ('{{person:full#1}}', '{{email#1}}', '{{phone}}', '{{date:iso}}');
---
user = User(first="{{person:given#1}}", last="{{person:family#1}}", email="{{email#1}}")
assert user.age > {{n}}
---
{{date:stamp}} sms to {{phone}} queued, message id {{uuid}}
---
SELECT * FROM orders WHERE customer_email = '{{email}}' AND created_at > '{{date:iso}}';
---
$ whois {{url:domain}}
Registrant: {{person:full}}
Registrant Phone: {{phone}}
Creation Date: {{date:stamp}}
---
{{date:stamp}} login ok user={{email}} ip={{ip}} agent={{product}}
---
# Contact: {{person:full}} ({{phone}})
# Last change {{date}}
version = "{{version}}"
""".strip("\n"),
)

LINKS = one_a_line(
    "link",
    "en",
    r"""
See {{url}} for details.
Read more: {{url}}
{{url}}
My portfolio is at {{url}} and the code at {{url}}.
have u seen this {{url}} ???
The form is here ({{url}}), fill it in by {{date}}.
[our shop]({{url:full}}) is open again
<a href="{{url:full}}">{{person:full}}</a>
Follow my blog {{url:domain}} or write to {{email}}
Redirected from {{url:full}} to {{url:full}} with status 301
Clinic website: {{url}}, phone {{phone}}
Download version {{version}} from {{url}}.
{{person:full}}'s page: {{url}}
Source: {{org}}, {{url}}, retrieved {{date}}
click {{url}} to track parcel {{order}}
GET {{url:full}} 200 OK {{measure}}
The meeting link is {{url:full}}, passcode {{secret:password}}.
Phishing: the sender {{email}} links to {{url}} instead of our site {{url:domain}}.
wget -q {{url:full}} -O {{file}}
"homepage": "{{url:full}}", "version": "{{version}}"
""",
)

TEMPLATES = [*SECRETS, *CONFIG, *LOGS, *LINKS]
