"""More wordings of secrets: prose, code, chats, tickets, settings, several languages."""

from __future__ import annotations

from .reading import between_rules, one_a_line

LINES = one_a_line(
    "secret",
    "en",
    r"""
PASSWORD={{secret:password}}
PASSWORD = "{{secret:password}}"
PGPASSWORD={{secret:password}} psql -h {{ip}} -U app
REDIS_PASSWORD: '{{secret:password}}'
SMTP_PASS={{secret:urlpass}}
API_TOKEN={{secret:plainkey}}
ACCESS_TOKEN: {{secret:key}}
STRIPE_SECRET={{secret:key}}\nSTRIPE_MODE=live
GITHUB_TOKEN={{secret:key}} gh release list
SLACK_TOKEN="{{secret:key}}"
HF_TOKEN={{secret:key}} python train.py
JWT_SECRET={{secret:plainkey}}
SESSION_SECRET="{{secret:passphrase}}"
let token = "{{secret:jwt}}";
var apiKey = '{{secret:key}}';
private static final String KEY = "{{secret:plainkey}}";
$password = "{{secret:password}}";
define('DB_PASSWORD', '{{secret:password}}');
openai.api_key = "{{secret:key}}"
client = Client(api_key="{{secret:key}}", timeout={{n}})
auth=("admin", "{{secret:password}}")
requests.get(url, headers={"Authorization": "Token {{secret:plainkey}}"})
fetch(url, { headers: { 'x-api-key': '{{secret:key}}' } })
setx API_KEY {{secret:key}}
"password": "{{secret:password}}"
"password":"{{secret:password}}","remember":true
{"user": "{{handle}}", "pass": "{{secret:password}}"}
{"access_token": "{{secret:jwt}}", "expires_in": 3600}
{"token": "{{secret:key}}", "scope": "repo"}
<password>{{secret:password}}</password>
<add key="ApiKey" value="{{secret:plainkey}}" />
X-Api-Key: {{secret:plainkey}}
x-auth-token: {{secret:jwt}}
Set-Cookie: session={{secret:plainkey}}; HttpOnly; Path=/
Proxy-Authorization: Basic {{secret:plainkey}}
spring.datasource.password={{secret:password}}
ansible_become_pass: {{secret:password}}
vault_token = "{{secret:key}}"
wpa_passphrase={{secret:password}}
requirepass {{secret:urlpass}}
net use Z: \\files {{secret:urlpass}} /user:admin
mongodump --username root --password {{secret:urlpass}} --db shop
{{ignored:mongodb://admin:}}{{secret:urlpass}}{{ignored:@10.0.0.4:27017}}
{{ignored:amqp://guest:}}{{secret:urlpass}}{{ignored:@rabbit:5672/}}
{{ignored:mysql://shop:}}{{secret:urlpass}}{{ignored:@db:3306/shop}}
echo "{{secret:password}}" | sudo -S systemctl restart nginx
git remote set-url origin {{ignored:https://}}{{secret:key}}{{ignored:@github.com/acme/site.git}}
kubectl create secret generic app --from-literal=key={{secret:plainkey}}
az login --service-principal -p {{secret:plainkey}}
aws configure set aws_secret_access_key {{secret:plainkey}}
The admin password for the staging server is {{secret:password}}.
Her password was {{secret:password}} until she changed it last week.
My old password, {{secret:password}}, stopped working this morning.
I forgot whether it was {{secret:password}} or {{secret:password}}.
Please log in with the username {{handle}} and the password {{secret:password}}.
Your one-time password is {{secret:password}}. It expires in {{n}} minutes.
Your new credentials: user {{email}}, password {{secret:password}}
Initial password: {{secret:password}} (must be changed)
Default login admin, password {{secret:password}}, please change after setup.
The shared mailbox uses {{secret:password}} as its password.
The API key {{secret:key}} was found in a public repository.
We revoked the key {{secret:key}} after the leak.
Someone committed {{secret:key}} to the repo, rotate it now.
Use the following token to authenticate: {{secret:key}}
My access token is {{secret:jwt}} and it returns 401.
I generated a new key ({{secret:key}}) but the request still fails.
Is {{secret:plainkey}} the right secret for the webhook?
Please revoke {{secret:key}}; it belongs to the old build server.
Guest network: password {{secret:password}}, valid until Sunday.
wifi pass is {{secret:password}} btw
pw: {{secret:password}}
pwd - {{secret:password}}
pass: {{secret:password}}
passwd={{secret:password}}
secret: {{secret:plainkey}}
token {{secret:key}}
key={{secret:plainkey}}
login={{handle}}&password={{secret:urlpass}}
netflix login {{email}} pw {{secret:password}}, dont change it
can u log in for me? {{email}} and the password is {{secret:password}}
tell mum the alarm password is {{secret:password}}
lol my password is still {{secret:password}}
bro who uses {{secret:password}} as a password
it's {{secret:password}} all lower case, that's the laptop password
Ticket {{order}}: user shared password {{secret:password}} in clear text.
Ticket {{order}}: API key {{secret:key}} exposed in build log.
Agent note: reset to {{secret:password}}, customer informed.
Customer's security answer is "{{secret:passphrase}}".
recovery phrase {{secret:passphrase}}
My wallet words are {{secret:passphrase}}, keep them safe.
Mnemonic = "{{secret:passphrase}}"
BIP39 words: {{secret:passphrase}}
{{date:stamp}} WARN leaked header Authorization: Bearer {{secret:jwt}}
{{date:stamp}} DEBUG connecting with password '{{secret:password}}'
{{date:stamp}} INFO token={{secret:key}} accepted
{{date:stamp}} ERROR invalid api key {{secret:key}}
level=debug msg="auth ok" secret={{secret:plainkey}}
+    api_key = "{{secret:key}}"\n-    api_key = os.environ["KEY"]
# old password: {{secret:password}}
// key: {{secret:key}}
-- password for the report user: {{secret:password}}
CREATE USER app WITH PASSWORD '{{secret:password}}';
ALTER USER root IDENTIFIED BY '{{secret:password}}';
INSERT INTO tokens VALUES ('{{secret:plainkey}}', {{n}});
| Service | Password |\n|---|---|\n| mail | {{secret:password}} |
VPN: {{url:domain}}\nUser: {{handle}}\nPassword: {{secret:password}}
Account: {{email}}\nPassword: {{secret:password}}\nHint: pet
Key ID: {{secret:key}}\nSecret: {{secret:plainkey}}
Contact {{person:full}} for the password; it is not {{secret:password}} any more.
{{person:given}}, the new door password is {{secret:password}}.
{{person:given}} wrote the password {{secret:password}} on a note.
""",
)

FOREIGN = [
    template
    for language, text in {
        "es": r"""
La contraseña de {{person:given}} es {{secret:password}}.
usuario {{email}}, contraseña {{secret:password}}
El token de acceso es {{secret:key}}
Clave de la API: {{secret:plainkey}}
""",
        "fr": r"""
Le mot de passe est {{secret:password}}, à changer rapidement.
Identifiant : {{email}}, mot de passe : {{secret:password}}
La clé API {{secret:key}} a été publiée par erreur.
jeton={{secret:jwt}}
""",
        "de": r"""
Mein altes Passwort war {{secret:password}}.
Benutzer: {{email}} Kennwort: {{secret:password}}
Der API-Schlüssel {{secret:key}} wurde gesperrt.
WLAN-Schlüssel: {{secret:password}}
""",
        "pt": r"""
A senha nova é {{secret:password}}, não conte a ninguém.
chave de acesso: {{secret:key}}
""",
        "it": r"""
Accesso: {{email}} / {{secret:password}}
La chiave API è {{secret:key}}
""",
        "nl": r"""
Het wachtwoord van de wifi is {{secret:password}}
Inloggen met {{email}} en {{secret:password}}
""",
        "ru": r"""
Логин {{email}}, пароль {{secret:password}}
Ключ API {{secret:key}} утёк в логи
""",
        "zh": r"""
登录密码:{{secret:password}}
API密钥是{{secret:key}},请尽快更换
""",
        "ja": r"""
パスワード:{{secret:password}}
APIキー {{secret:key}} を無効にしてください
""",
        "pl": r"""
Hasło do serwera: {{secret:password}}
Klucz API {{secret:key}} wyciekł
""",
        "tr": r"""
Yeni şifreniz {{secret:password}}
API anahtarı: {{secret:key}}
""",
    }.items()
    for template in one_a_line("secret", language, text)
]

BLOCKS = between_rules(
    "config",
    "en",
    r"""
DB_HOST={{ip}}
DB_USER=app
DB_PASS={{secret:password}}
CACHE_TTL={{n}}
---
[default]
aws_access_key_id = {{secret:key}}
aws_secret_access_key = {{secret:plainkey}}
region = eu-west-1
---
export GITHUB_TOKEN="{{secret:key}}"
export EDITOR=vim
export API_URL={{url:full}}
---
{
  "host": "{{url:domain}}",
  "username": "{{handle}}",
  "password": "{{secret:password}}",
  "retries": {{n}}
}
---
auth:
  token: "{{secret:jwt}}"
  refresh: {{secret:plainkey}}
  owner: {{email}}
---
Host build
  HostName {{ip}}
  # passphrase: {{secret:passphrase}}
---
<server>
  <id>releases</id>
  <username>deploy</username>
  <password>{{secret:password}}</password>
</server>
---
const config = {
  apiKey: "{{secret:key}}",
  baseUrl: "{{url:full}}",
  debug: true,
};
---
resource "db" "main" {
  username = "admin"
  password = "{{secret:password}}"
  port     = {{port}}
}
---
tls.key: |
{{secret:pem}}
---
variables:
  NPM_TOKEN: {{secret:key}}
  NODE_VERSION: "{{version}}"
---
network={
  ssid="home"
  psk="{{secret:password}}"
}
""".strip("\n"),
)

TEMPLATES = [*LINES, *FOREIGN, *BLOCKS]
