# ruff: noqa: E501  (one template a line)
"""Secrets inside other things: connection strings, commands, sessions, notes, many languages."""

from __future__ import annotations

from .reading import between_rules, one_a_line

# A user, a password and a machine in one string: only the password is a secret, and the rest is
# neither right nor wrong (a link without it would be one).
STRINGS = one_a_line(
    "secret",
    "en",
    r"""
{{ignored:postgres://app:}}{{secret:urlpass}}{{ignored:@localhost:5432/app}}
{{ignored:postgresql://reader:}}{{secret:urlpass}}{{ignored:@pg.internal/sales?sslmode=require}}
DSN={{ignored:postgresql+psycopg://svc:}}{{secret:urlpass}}{{ignored:@172.16.3.9:5432/ledger}}
{{ignored:mysql+pymysql://root:}}{{secret:urlpass}}{{ignored:@127.0.0.1/wordpress}}
db_url: "{{ignored:mysql://report:}}{{secret:urlpass}}{{ignored:@mysql-02:3306/}}"
{{ignored:mariadb://etl:}}{{secret:urlpass}}{{ignored:@warehouse:3307/raw}}
{{ignored:mongodb+srv://crm:}}{{secret:urlpass}}{{ignored:@cluster0.mongodb.net/crm?retryWrites=true}}
mongo = MongoClient("{{ignored:mongodb://svc_orders:}}{{secret:urlpass}}{{ignored:@192.168.7.20:27017/orders}}")
{{ignored:redis://:}}{{secret:urlpass}}{{ignored:@cache:6379/0}}
REDIS_URL={{ignored:rediss://default:}}{{secret:urlpass}}{{ignored:@10.4.4.8:6380}}
{{ignored:amqps://worker:}}{{secret:urlpass}}{{ignored:@mq.internal:5671/jobs}}
broker_url = '{{ignored:pyamqp://celery:}}{{secret:urlpass}}{{ignored:@queue//}}'
{{ignored:ftp://upload:}}{{secret:urlpass}}{{ignored:@files.acme.test/incoming}}
{{ignored:sftp://backup:}}{{secret:urlpass}}{{ignored:@nas:22/daily}}
curl {{ignored:https://ci:}}{{secret:urlpass}}{{ignored:@artifacts.acme.test/pkg.tgz}} -O
git clone {{ignored:https://x-token-auth:}}{{secret:key}}{{ignored:@bitbucket.org/acme/api.git}}
git push {{ignored:https://}}{{secret:key}}{{ignored:@gitlab.com/acme/web.git}} main
pip install --index-url {{ignored:https://reader:}}{{secret:plainkey}}{{ignored:@pypi.acme.test/simple}} tools
{{ignored:ldap://cn=admin:}}{{secret:urlpass}}{{ignored:@ldap:389}}
{{ignored:smtp://mailer:}}{{secret:urlpass}}{{ignored:@smtp.acme.test:587}}
{{ignored:neo4j://neo4j:}}{{secret:urlpass}}{{ignored:@graph:7687}}
{{ignored:clickhouse://default:}}{{secret:urlpass}}{{ignored:@ch-1:9000/events}}
{{ignored:jdbc:sqlserver://sql01;databaseName=hr;user=sa;password=}}{{secret:urlpass}};encrypt=true
Server=sql02;Database=pay;User Id=pay;Password={{secret:urlpass}};
Data Source=ora1;User Id=scott;Password={{secret:password}};Pooling=true
host=db1 port={{port}} user=app password={{secret:urlpass}} dbname=app
sqlalchemy.url = {{ignored:oracle://hr:}}{{secret:urlpass}}{{ignored:@ora:1521/xe}}
{{date:stamp}} ERROR cannot connect to {{ignored:postgres://svc:}}{{secret:urlpass}}{{ignored:@10.9.0.3:5432/x}}: timeout
{{date:stamp}} retrying {{ignored:mysql://jobs:}}{{secret:urlpass}}{{ignored:@10.0.8.1:3306/jobs}} ({{n}})
the connection string is {{ignored:postgres://me:}}{{secret:urlpass}}{{ignored:@localhost/dev}}, works for me
{{url:full}}?api_key={{secret:plainkey}}
GET /v2/orders?token={{secret:plainkey}}&page={{n}}
webhook {{url:domain}} signed with {{secret:key}}
""",
)

COMMANDS = one_a_line(
    "secret",
    "en",
    r"""
mysql -u root -p{{secret:urlpass}} shop < dump.sql
psql "user=app password={{secret:urlpass}}" -c 'select 1'
redis-cli -a {{secret:urlpass}} ping
curl -u admin:{{secret:urlpass}} {{url:full}}
curl -H "Authorization: Bearer {{secret:jwt}}" {{url:full}}
curl -H 'PRIVATE-TOKEN: {{secret:key}}' {{url:full}}
wget --password={{secret:urlpass}} --user={{handle}} {{url:full}}
sshpass -p '{{secret:password}}' ssh root@{{ip}}
docker login -u {{handle}} -p {{secret:key}}
docker run -e POSTGRES_PASSWORD={{secret:urlpass}} -p {{port}}:{{port}} postgres
helm install app --set auth.password={{secret:urlpass}}
export OPENAI_API_KEY={{secret:key}}; python run.py
openssl enc -aes-256-cbc -k {{secret:password}} -in {{file}}
zip -P {{secret:password}} out.zip {{file}}
7z x {{file}} -p{{secret:urlpass}}
gpg --batch --passphrase "{{secret:passphrase}}" {{file}}
echo {{secret:key}} | gh auth login --with-token
terraform apply -var db_password={{secret:urlpass}}
twine upload -u __token__ -p {{secret:key}} dist/*
htpasswd -b .htpasswd {{handle}} {{secret:urlpass}}
smbclient //nas/share -U {{handle}}%{{secret:urlpass}}
rclone config create box s3 secret_access_key={{secret:plainkey}}
login: {{handle}}\nPassword: {{secret:password}}\nLast login: {{date:stamp}}
$ cat .env\nTOKEN={{secret:key}}\nDEBUG=0
> SELECT pw FROM users WHERE name='{{handle}}';\n{{secret:password}}
""",
)

PROSE = one_a_line(
    "secret",
    "en",
    r"""
I set it to {{secret:password}}, you can change it later.
Try {{secret:password}} first, then {{secret:password}}.
The old one ({{secret:password}}) no longer works, the new one is {{secret:password}}
Your PIN letter is wrong, the portal password is {{secret:password}}, not {{secret:password}}.
user: {{handle}} / pass: {{secret:password}}
{{handle}} : {{secret:password}}
{{email}} : {{secret:password}}
{{email}} | {{secret:password}}
{{email}},{{secret:password}},{{date:iso}}
creds below\n{{handle}}\n{{secret:password}}
u: {{email}}\np: {{secret:password}}
Router: {{ip}}, user admin, password {{secret:password}}
Wifi "Guest {{n}}": {{secret:password}}
The seed phrase "{{secret:passphrase}}" opens the vault.
Write these words on paper: {{secret:passphrase}}
seed: {{secret:passphrase}}
He shouted his passphrase, {{secret:passphrase}}, across the office.
Licence key of the backup software: {{secret:plainkey}}
Please rotate {{secret:key}} and {{secret:key}}.
token for {{person:given}}: {{secret:key}}
{{person:given}}'s key is {{secret:plainkey}}, mine is {{secret:plainkey}}
The bot posted {{secret:key}} in #general at {{hour}}.
Password hint: my dog. Password: {{secret:password}}. Security question: my school.
The door code changed; the alarm answers to "{{secret:password}}".
You asked for a reset. Temporary password: {{secret:password}} - valid {{n}} hours.
For the demo use demo@{{ignored:acme.test}} with {{secret:password}}.
She uses {{secret:password}} for everything, even for the bank.
the pass for the zip is {{secret:password}} thx
pls reset, i typed {{secret:password}} and it says wrong
my pw {{secret:password}} got hacked
Found in the dump: {{email}}:{{secret:password}}
Your verification link has expired. Your password is still {{secret:password}}.
""",
)

FOREIGN = [
    template
    for language, text in {
        "es": "Contraseña: {{secret:password}}\nMi clave es {{secret:password}}, cámbiala\nUsuario {{handle}} clave {{secret:password}}",
        "fr": "Mot de passe : {{secret:password}}\nmdp {{secret:password}} pour le wifi\nClé secrète : {{secret:plainkey}}",
        "de": "Passwort: {{secret:password}}\nDas Kennwort lautet {{secret:password}}.\nZugang: {{handle}} / {{secret:password}}",
        "pt": "Senha: {{secret:password}}\nminha senha do banco é {{secret:password}}\nChave secreta {{secret:plainkey}}",
        "it": "Password: {{secret:password}}\nLa mia password era {{secret:password}}, ora no\nChiave: {{secret:key}}",
        "nl": "Wachtwoord: {{secret:password}}\nMijn wachtwoord is {{secret:password}} geworden\nToken {{secret:key}} is gelekt",
        "sv": "Lösenord: {{secret:password}}\nLösenordet är {{secret:password}}",
        "da": "Adgangskode: {{secret:password}}\nKoden er {{secret:password}}, skift den",
        "no": "Passord: {{secret:password}}\nPassordet er {{secret:password}}",
        "fi": "Salasana: {{secret:password}}\nSalasana on {{secret:password}}",
        "pl": "Hasło: {{secret:password}}\nMoje hasło to {{secret:password}}",
        "cs": "Heslo: {{secret:password}}\nHeslo je {{secret:password}}, změňte ho",
        "hu": "Jelszó: {{secret:password}}\nA jelszó {{secret:password}}",
        "ro": "Parola: {{secret:password}}\nParola este {{secret:password}}",
        "tr": "Şifre: {{secret:password}}\nParola {{secret:password}} olarak değişti",
        "ru": "Пароль: {{secret:password}}\nМой пароль {{secret:password}}, не забудь",
        "uk": "Пароль: {{secret:password}}\nПароль від пошти {{secret:password}}",
        "el": "Κωδικός: {{secret:password}}\nΟ κωδικός είναι {{secret:password}}",
        "ar": "كلمة المرور: {{secret:password}}\nكلمة السر هي {{secret:password}}",
        "he": "סיסמה: {{secret:password}}\nהסיסמה היא {{secret:password}}",
        "hi": "पासवर्ड: {{secret:password}}\nमेरा पासवर्ड {{secret:password}} है",
        "zh": "密码:{{secret:password}}\n我的密码是{{secret:password}}\n密钥:{{secret:key}}",
        "ja": "パスワードは{{secret:password}}です\n暗証:{{secret:password}}",
        "ko": "비밀번호: {{secret:password}}\n비밀번호는 {{secret:password}} 입니다",
        "vi": "Mật khẩu: {{secret:password}}\nMật khẩu là {{secret:password}}",
        "id": "Kata sandi: {{secret:password}}\nSandi saya {{secret:password}}",
        "th": "รหัสผ่าน: {{secret:password}}\nรหัสผ่านคือ {{secret:password}}",
    }.items()
    for template in one_a_line("secret", language, text)
]

FILES = between_rules(
    "config",
    "en",
    """
database:
  url: {{ignored:postgres://api:}}{{secret:urlpass}}{{ignored:@db:5432/api}}
  pool: {{n}}
---
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: {{secret:password}}
      POSTGRES_USER: app
---
[client]
user=root
password={{secret:urlpass}}
---
machine {{ignored:api.acme.test}}
  login {{handle}}
  password {{secret:plainkey}}
---
"ConnectionStrings": {
  "Main": "Server=sql;User=app;Password={{secret:urlpass}};"
}
---
app.jwt.secret={{secret:plainkey}}
app.mail.password={{secret:password}}
app.mail.from={{email}}
---
{"user": "{{handle}}", "secret": "{{secret:plainkey}}", "created": "{{date:iso}}"}
{"user": "{{handle}}", "secret": "{{secret:plainkey}}", "created": "{{date:iso}}"}
---
apiVersion: v1
kind: Secret
stringData:
  username: app
  password: {{secret:password}}
---
:SITE name={{ignored:shop}}
:PASS {{secret:password}}
:KEY {{secret:key}}
""".strip("\n"),
)

TEMPLATES = [*STRINGS, *COMMANDS, *PROSE, *FOREIGN, *FILES]
